"""Ways to spoil a right answer by program."""
