"""The A4 rule, however a company writes it: its outline, and each clause with its kind."""
