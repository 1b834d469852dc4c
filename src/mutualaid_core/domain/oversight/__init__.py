"""Disclosure, indicators, findings and reports."""
