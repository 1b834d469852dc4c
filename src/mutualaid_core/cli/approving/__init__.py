"""Approving (审批) from the command line: the life of a scheme, step by step, with its papers."""
