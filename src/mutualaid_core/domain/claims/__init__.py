"""Settlements, claims, decisions with reasons and trace."""
