"""What accounts are worth: concentration, profit, lifetime value and potential."""
