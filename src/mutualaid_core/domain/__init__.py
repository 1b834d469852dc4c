"""Frozen data, by subject: what the engine speaks of."""
