"""Calculation (理赔计算结果): what claims of a file come to, as CSV, as JSON, and step by step."""
