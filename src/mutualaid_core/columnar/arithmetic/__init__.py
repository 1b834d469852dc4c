"""Exact arithmetic on columns of whole numbers."""
