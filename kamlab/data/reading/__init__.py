"""Read whatever an export consists of: every source becomes rows of text."""
