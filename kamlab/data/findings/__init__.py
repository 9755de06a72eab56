"""What was found: its words, its weight, and how it is shown and kept."""
