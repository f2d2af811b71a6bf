"""Words for what was found: one module for each kind of answer. Every figure comes from a rule, a calculation or a quotation."""
