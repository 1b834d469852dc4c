"""Taken (已用编号): an id that somebody gives anew, told as what it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from mutualaid_core.errors import AlreadyExistsError, InvalidValueError


@contextmanager
def refusing_taken(
    name: str, given: str, hint: Callable[[], str] = lambda: "give another id"
) -> Iterator[None]:
    """Tell that an id was used before, for another act.

    Args:
        name: Name of the argument.
        given: The id.
        hint: Tells what to do about it, once it is used.

    Raises:
        InvalidValueError: It was.
    """
    try:
        yield
    except AlreadyExistsError as error:
        raise InvalidValueError(name, "must not be used yet", given, hint=hint()) from error
