"""``open_store(url)``: finds the backend of a store URL among the installed ones."""

from importlib.metadata import EntryPoint, entry_points
from typing import Final, cast

from mutualaid_core.errors import MissingExtraError, UnknownStoreError
from mutualaid_core.ports.store import Store

GROUP: Final = "mutualaid.backends"
_EXTRAS: Final = {"sqlalchemy": "sql", "alembic": "sql", "psycopg": "postgres", "pymysql": "mysql"}


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Open the store at *url*: ``memory:``, ``sqlite:///year.db``, ``file:///dir``.

    Three slashes lead to a relative path, four to an absolute one. A store that does not
    exist yet is made, its folders too, unless *read_only*.

    Args:
        url: ``scheme:rest``; the scheme picks the backend.
        read_only: Whether ``commit`` shall refuse.

    Raises:
        UnknownStoreError: No installed backend answers to the scheme.
        MissingExtraError: The backend needs an extra that is not installed.
        StoreBrokenError: The store is damaged, of another format, or unsafe to use.
    """
    url_scheme = url.partition(":")[0]
    backends = {point.name: point for point in entry_points(group=GROUP)}
    if url_scheme not in backends:
        raise UnknownStoreError(url_scheme, tuple(sorted(backends)))
    return cast("Store", _load(backends[url_scheme])(url, read_only=read_only))


def _load(point: EntryPoint):  # type: ignore[no-untyped-def]  # noqa: ANN202  # entry points are untyped
    try:
        return point.load()
    except ModuleNotFoundError as error:
        # Only a known driver has an extra that brings it; any other missing module is a real fault.
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRAS:
            raise
        raise MissingExtraError(_EXTRAS[missing]) from error
