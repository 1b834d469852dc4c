"""Figures (数值核对): steps, limits, counters, dues and shares, and how large everything can become."""
