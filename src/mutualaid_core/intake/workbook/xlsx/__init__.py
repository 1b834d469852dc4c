"""Workbooks of zip archives and markup (.xlsx)."""
