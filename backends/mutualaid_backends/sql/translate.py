"""The driver's errors in the store's own words; the only place that reads them.

The driver's text is chained, never quoted: it may hold values.
"""

from typing import Final

from sqlalchemy.exc import DBAPIError

from mutualaid_core.errors import StoreBrokenError, StoreBusyError, StoreError

# SQLite's primary result codes: the low byte of the extended code that the driver gives.
_BUSY: Final = frozenset((5, 6))
_READ_ONLY: Final = 8
_FULL: Final = 13
_CANNOT_OPEN: Final = 14
_WHAT: Final = {
    _READ_ONLY: "the database cannot be written",
    10: "the disk failed",
    11: "the database is damaged",
    _FULL: "the disk is full",
    _CANNOT_OPEN: "the database cannot be opened",
    26: "the file is no database",
}


def result_code(error: DBAPIError) -> int:
    """SQLite's primary result code, 0 where the driver gave none."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF


def translated(error: DBAPIError, operation: str) -> StoreError:
    """The store's error for a driver's error that happened before anything was committed.

    Args:
        error: What the driver raised.
        operation: Name of the port method.
    """
    code = result_code(error)
    if code in _BUSY:
        return StoreBusyError(operation, "another writer held the database for too long", hint="try again")
    return StoreBrokenError(operation, _WHAT.get(code, "the database refused a statement"))


def is_poison(error: DBAPIError) -> bool:
    """Whether the handle must not be used again; a busy or full disk leaves it sound."""
    return result_code(error) not in _BUSY | {_READ_ONLY, _FULL}
