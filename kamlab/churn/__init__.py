"""Who stays, who leaves and who is about to: retention, silence, fading, warnings."""
