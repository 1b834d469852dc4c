"""Paying (缴费) from the command line: remittances of units, and how units share the dues."""
