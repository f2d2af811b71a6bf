"""What words mean the same, and which places are meant."""
