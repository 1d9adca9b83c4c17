"""What is missing on this machine, how to mend it, and what goes where."""
