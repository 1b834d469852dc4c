"""The file backend: a folder with an append-only log, readable by eye, safe against power loss."""

from mutualaid_backends.file.store import FileStore, open_file

__all__ = ["FileStore", "open_file"]
