"""Proves a reply statement by statement, whoever wrote it: this program, a person or a language model."""
