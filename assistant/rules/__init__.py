"""Policies as data: the schema of a rule, its loader, the calculator, and the proposer of new rules."""
