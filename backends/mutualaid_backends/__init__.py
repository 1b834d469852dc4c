"""Stores that come with the engine: memory, file and SQL."""
