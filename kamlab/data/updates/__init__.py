"""A portfolio month by month: updates, restatements, earlier versions."""
