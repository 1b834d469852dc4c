"""The driver's errors in the store's own words; the only place that reads them.

The driver's text is chained, never quoted: it may hold values.
"""

import sqlite3
from typing import Final, TypeAlias

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


DriverError: TypeAlias = DBAPIError | sqlite3.Error
"""An error of the driver, as SQLAlchemy wraps it or as it is."""


def result_code(error: DriverError) -> int:
    """SQLite's primary result code, 0 where the driver gave none."""
    own = error.orig if isinstance(error, DBAPIError) else error
    return getattr(own, "sqlite_errorcode", 0) & 0xFF


def translated(error: DriverError, operation: str) -> StoreError:
    """The store's error for a driver's error that happened before anything was committed.

    Args:
        error: What the driver raised.
        operation: Name of the port method.
    """
    code = result_code(error)
    if code in _BUSY:
        return StoreBusyError(operation, "another writer held the database for too long", hint="try again")
    return StoreBrokenError(operation, _WHAT.get(code, "the database refused a statement"))


def is_poison(error: DriverError) -> bool:
    """Whether the handle must not be used again; a busy or full disk leaves it sound."""
    return result_code(error) not in _BUSY | {_READ_ONLY, _FULL}
