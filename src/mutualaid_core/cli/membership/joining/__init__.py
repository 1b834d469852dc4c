"""Joining (参加) from the command line: units judged, lists enrolled, refusals told."""
