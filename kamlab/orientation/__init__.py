"""What key accounts and relationship marketing are, measured instead of asserted."""
