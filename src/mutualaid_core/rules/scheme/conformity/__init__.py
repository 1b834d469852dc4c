"""Conformity (合规检查): everything in which a version goes against the policies above it."""

from mutualaid_core.rules.scheme.conformity.version import (
    nonconformities,
    parts_nonconformities,
    pooling_nonconformities,
)

__all__ = ["nonconformities", "parts_nonconformities", "pooling_nonconformities"]
