"""What people would use instead: search that shows its best passage, each a target for `python -m eval run`."""
