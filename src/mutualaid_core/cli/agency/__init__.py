"""Agencies (代办机构) from the command line: what they collect, what they pass on, what they still have."""
