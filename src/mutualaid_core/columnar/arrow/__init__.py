"""Columns of Arrow: what frames bring, checked and turned into arrays."""
