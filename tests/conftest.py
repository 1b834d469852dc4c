"""Hypothesis profiles: ``fast`` for every run, ``full`` for the long one (``MUTUALAID_PROFILE=full``)."""

import os

from hypothesis import settings

# The everyday run must give the same answer for the same code, on a slow machine too.
settings.register_profile("fast", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("full", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("MUTUALAID_PROFILE", "fast"))
