"""Totals from the books, and what explains a difference to them."""
