"""The tables of the data contract, grouped by what they tell."""
