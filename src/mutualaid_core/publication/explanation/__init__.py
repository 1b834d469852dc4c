"""Explanation (说明): how each step of a trace is told, and what differs between two of them."""
