"""Actors, bodies, resolutions and obligations."""
