"""Workbooks of compound files and records (.xls)."""
