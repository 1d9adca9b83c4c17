"""What can be evaluated: this process, a running server, a file of predictions."""
