"""The gate: everything that a run has to pass, check by check."""
