"""Names (列名) of the columns of frames: other names of a column, and names that are misspelt."""

from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from typing import Any, Final

from mutualaid_core.domain.claims.names import NATIONAL_NAMES
from mutualaid_core.domain.scheme.facts import COLUMN_OF_PART, KNOWN_CODES, KNOWN_FACTS, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.errors import InvalidValueError

Table = Any  # a table of Arrow, which comes without types

CLAIM_COLUMNS: Final = (
    "claim_id",
    "person_id",
    "event",
    "began",
    "ended",
    "settled",
    "filed",
    "elsewhere",
    "is_reversed",
)
COVER_COLUMNS: Final = ("person_id", "period_id", "first_day", "last_day", "born")

_UNASKED: Final = (
    "shares",
    "days",
    "insutype",
    "med_type",
    "designated_hospital",
    "fixmedins_code",
    "medfee_sumamt",
    "fund_pay_sumamt",
    "hosp_part_amt",
)
"""Facts that decide what is paid where they are told, and are missed nowhere."""

_SHORT: Final = 6
_CLOSE, _CLOSE_SHORT = 0.85, 0.9
"""From here on two names are taken for one; of short ones one letter makes another word."""

_HINT_CHARS_MAX: Final = 60


def kinds_of(version: SchemeVersion) -> Mapping[str, FactKind]:
    """Every fact that a version knows or declares, with its kind."""
    return {**KNOWN_FACTS, **{fact.name: fact.kind for fact in version.facts}}


def words_of(version: SchemeVersion) -> Mapping[str, tuple[str, ...]]:
    """The words of each code that a version knows or declares; an empty list takes any word."""
    return {**KNOWN_CODES, **{fact.name: fact.codes for fact in version.facts}}


def own_names(table: Table) -> Table:
    """The claims with their own names of columns in place of the national ones.

    Raises:
        InvalidValueError: A column stands under both.
    """
    names = set(table.column_names)
    for national, own in NATIONAL_NAMES.items():
        if national in names and own in names:
            raise InvalidValueError(national, f"must not stand beside {own}, which is the same", None)
    return table.rename_columns([NATIONAL_NAMES.get(name, name) for name in table.column_names])


def refuse_misspelt_claims(names: Collection[str], version: SchemeVersion) -> None:
    """Refuse a column of claims that is nearly one that decides what is paid.

    Raises:
        InvalidValueError: A column is nearly one that is not there.
    """
    national = tuple(name for name, own in NATIONAL_NAMES.items() if own not in names)
    _refuse_misspelt(names, (*CLAIM_COLUMNS, *national, *_UNASKED), version)


def refuse_misspelt_covers(names: Collection[str], version: SchemeVersion) -> None:
    """Refuse a column of covers that is nearly one that decides what is paid.

    Raises:
        InvalidValueError: A column is nearly one that is not there.
    """
    parts = tuple(f"{COLUMN_OF_PART}{part.part_id}" for part in version.parts)
    _refuse_misspelt(names, (*COVER_COLUMNS, *parts, *_UNASKED), version)


def _refuse_misspelt(names: Collection[str], looked_at: Iterable[str], version: SchemeVersion) -> None:
    declared = tuple(fact.name for fact in version.facts)
    wanted = tuple(dict.fromkeys((*looked_at, *declared)))
    known = {*wanted, *CLAIM_COLUMNS, *COVER_COLUMNS, *NATIONAL_NAMES, *KNOWN_FACTS}
    lacking = [name for name in wanted if name not in names]
    for name in names:
        near = () if name in known else [each for each in lacking if _is_close(name.lower(), each.lower())]
        if near:
            rule = f"must be named {near[0]}, or less like it"
            raise InvalidValueError(name, rule, None, hint=f"did you mean {near[0]}?")


def _is_close(name: str, known: str) -> bool:
    least = _CLOSE if len(known) >= _SHORT else _CLOSE_SHORT
    both = SequenceMatcher(None, name, known)
    # The first two are quick, and never below the third.
    return both.real_quick_ratio() >= least and both.quick_ratio() >= least and both.ratio() >= least


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A question that names the known word nearest to *text*; empty where none is near."""
    close = get_close_matches(text[:_HINT_CHARS_MAX], list(known), n=1)
    return f"did you mean {close[0]}?" if close else ""
