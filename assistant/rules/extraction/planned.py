"""To come."""
def rules(source, covered): return iter(())
def tax_rules(source): return iter(())
