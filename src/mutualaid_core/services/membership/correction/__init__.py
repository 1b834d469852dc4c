"""Correction (更正) of enrolments: taken back, found void, or corrected; always by a further entry."""
