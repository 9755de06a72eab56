"""The import itself: every table read, cleaned, checked and written, or nothing."""
