"""Continuity (连续参保): what an act on one place does to others of the member, before and after it."""
