"""Read policy documents and find passages in them. Knows no dialogue and no language model."""
