"""What was asked: its kind, the task, the department, and what it leans on of the turns before."""
