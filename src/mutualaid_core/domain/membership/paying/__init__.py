"""Paying (缴费): remittances of units with their corrections, and funding plans."""
