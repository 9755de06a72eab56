"""What an analyst declares about an export: mapping.yml, read and checked."""
