"""The portfolio review: one page on what happened, why, and what to decide."""
