"""Renewing (续保) from the command line: who is due, and carrying them over."""
