"""Naming a person (指明会员) on a command line: by pseudonym, or by an ID number that nobody sees.

An argument stays in the history of the shell and in the list of processes, so an ID number is
read from a file, from standard input or from a prompt that does not echo.
"""

import getpass
import re
import sys
import unicodedata
from pathlib import Path
from typing import Final, TypeAlias

from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.numbers import file_shown, identity_number_in, personal_number_in
from mutualaid_core.domain.values.personal import ResidentId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.batch import KEY_BYTES_MAX
from mutualaid_core.ports.keys import Keys
from mutualaid_core.services.identity import member_id_of

STANDARD_INPUT: Final = "-"
ID_FILE_BYTES_MAX: Final = 256

_LOOKS_PERSONAL: Final = re.compile(r"(?<![0-9A-Za-z])[0-9]{15,}[Xx]?(?![0-9A-Za-z])")
"""As long as an ID number, whatever its check says; within a pseudonym figures stand beside letters."""

_ADVICE: Final = "use the pseudonym, or --id-file FILE (- for standard input), which stays out of the history"


Person: TypeAlias = MemberId | ResidentId
"""A person as named (所指会员): the pseudonym itself, or the ID number it is made of."""


def member_id_by(person: Person, keys: Keys) -> MemberId:
    """The pseudonym of a person.

    Args:
        person: Pseudonym or ID number.
        keys: Keys with which pseudonyms are made.
    """
    return member_id_of(keys, person) if isinstance(person, ResidentId) else person


def person_named(given: str | None, id_file: Path | None) -> Person:
    """The person that a command is about, asked for before any store is held.

    Args:
        given: Pseudonym from the command line; ``None`` for none.
        id_file: File with an ID number, ``-`` for standard input; ``None`` for none.

    Raises:
        InvalidValueError: Both or neither are given, an ID number stands on the command line, or
            the file cannot be read or holds no ID number.

    Clause:
        ACFTU-11.2b, ACFTU-11.2h
    """
    if given is not None and id_file is not None:
        raise InvalidValueError("member", "must not stand beside --id-file", "both")
    if given is not None:
        return MemberId(impersonal("member", given, personal_number_in(given)))
    text = _asked() if id_file is None else _read(id_file)
    return ResidentId.parse(text)


def impersonal(name: str, given: str, kind: str | None = None) -> str:
    """An argument that holds no ID or card number, which must not come back in an answer either.

    Args:
        name: Name of the argument.
        given: What stands on the command line.
        kind: What number of a person was found in it already.

    Raises:
        InvalidValueError: It holds an ID or card number, or looks like one that was mistyped.

    Clause:
        ACFTU-11.2h
    """
    plain = unicodedata.normalize("NFKC", given)
    if kind is None and _LOOKS_PERSONAL.search(plain):
        kind = "an ID number"
    kind = identity_number_in(plain) or kind
    if kind is not None:
        rule, shown = f"must not be {kind}", f"{len(given)} characters"
        raise InvalidValueError(name, rule, shown, clause="ACFTU-11.2h", hint=_ADVICE)
    return given


def named_id(name: str, given: str) -> str:
    """An argument that names a record, or a place among records: no longer than a key, and impersonal.

    Args:
        name: Name of the argument.
        given: What stands on the command line.

    Raises:
        InvalidValueError: It is longer than any key, or holds an ID or card number.

    Clause:
        ACFTU-11.2h
    """
    size = len(given.encode(errors="replace"))
    if size > KEY_BYTES_MAX:
        raise InvalidValueError(name, f"must be <= {KEY_BYTES_MAX} bytes", f"{size} bytes")
    return impersonal(name, given)


def _asked() -> str:
    if not sys.stdin.isatty():
        raise InvalidValueError("member", "must be given", "none", hint=_ADVICE)
    return getpass.getpass("ID number (not shown) 身份证号（不显示）: ")


def _read(id_file: Path) -> str:
    """The one line of the file; nothing of it is ever quoted."""
    if str(id_file) == STANDARD_INPUT:
        return sys.stdin.readline(ID_FILE_BYTES_MAX)
    try:
        with id_file.open("rb") as file:
            read = file.read(ID_FILE_BYTES_MAX + 1)
        return read.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "not a text file"
        rule = f"must be a file that can be read ({what})"
        raise InvalidValueError("id_file", rule, file_shown(id_file.name)) from error
