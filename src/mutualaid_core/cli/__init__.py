"""The ``mutualaid`` command."""
