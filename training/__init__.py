"""What the package's small weights are fitted on, and the code that fits them; in no wheel."""
