"""Taken (已用编号): an id that somebody gives anew, told as what it is."""

from collections.abc import Iterator
from contextlib import contextmanager

from mutualaid_core.errors import AlreadyExistsError, InvalidValueError


@contextmanager
def refusing_taken(name: str, given: str) -> Iterator[None]:
    """Tell that an id was used before, for another act.

    Args:
        name: Name of the argument.
        given: The id.

    Raises:
        InvalidValueError: It was.
    """
    try:
        yield
    except AlreadyExistsError as error:
        raise InvalidValueError(name, "must not be used yet", given, hint="give another id") from error
