"""Rules about what may be published."""
