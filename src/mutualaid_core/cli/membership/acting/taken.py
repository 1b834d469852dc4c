"""Taken (已用编号): an id that somebody gives anew, told as what it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mutualaid_core.domain.fund.ledger import LedgerLine
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import form_of
from mutualaid_core.work import read_many


@contextmanager
def refusing_taken(
    name: str,
    given: str,
    hint: Callable[[], str] = lambda: "give another id",
    store: Store | None = None,
) -> Iterator[None]:
    """Tell that an id was used before, for another act.

    Args:
        name: Name of the argument.
        given: The id.
        hint: Tells what to do about it, once it is used.
        store: Where the ledger tells by which entry it is used; ``None`` where it is no entry's id.

    Raises:
        InvalidValueError: It was.
    """
    try:
        yield
    except AlreadyExistsError as error:
        rule = f"must not be used yet{_by(store, error)}"
        raise InvalidValueError(name, rule, given, hint=hint()) from error


def _by(store: Store | None, error: AlreadyExistsError) -> str:
    """By which entry of the ledger an id is used; blank where it is another record's."""
    if store is None or error.kind != form_of(LedgerLine).kind:
        return ""
    line = read_many(store, LedgerLine, (error.key,)).get(error.key)
    return "" if line is None else f": it is an entry of {line.subject} of {line.booked_on.isoformat()}"
