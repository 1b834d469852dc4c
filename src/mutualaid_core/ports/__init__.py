"""Ports: what the core asks of the outside world."""
