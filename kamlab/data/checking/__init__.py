"""What may be wrong in an export: checks that each return findings."""
