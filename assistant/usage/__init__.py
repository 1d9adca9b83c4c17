"""What is asked and what helped: masked text, department and week; never a person."""
