"""Answer questions about policies: question in, cited and checked answer out."""
