"""Proposes rules from the articles of any policy, by clause patterns of policy language."""
