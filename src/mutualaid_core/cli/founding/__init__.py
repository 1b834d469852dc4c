"""Founding (设立) from the command line: a scheme with its first period, and later periods."""
