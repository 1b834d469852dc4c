"""Whose limits may bind, and their claims one turn after the other."""
