"""Columns (列) of the files of claims, members and prior use, from what the schemes ask for."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from mutualaid_core.domain.claims.names import NATIONAL_NAMES
from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake import cells
from mutualaid_core.intake.claims.needs import Together
from mutualaid_core.intake.damage import Form
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.structure import did_you_mean
from mutualaid_core.intake.table import Column

CLAIM_ALIASES: Final = {name: own for name, own in NATIONAL_NAMES.items() if own != "is_reversed"}
"""National names of what stands in a claim under a name of its own; a file has no other name for the
flag of a settlement that was reversed."""

MEMBER_FACTS: Final = ("shares", "age", "sex", "first_time", "insutype", "psn_type")
"""Known facts of which a file of members may tell; of the others the claim does."""

_FROM_ONE: Final = frozenset({"shares", "cover_day", "stay_ordinal"})
_MOST: Final = 9_999
_SEPARATOR: Final = ";"
_DAY_CHARS: Final = 10


def day_or_instant(cell: str) -> datetime.date:
    """A day; of a moment, the day on the clock where it was stated.

    Raises:
        InvalidValueError: *cell* is neither.
    """
    return cells.day(cell) if len(cell) <= _DAY_CHARS else cells.instant(cell).date()


def word_of(words: tuple[str, ...]) -> Callable[[str], str]:
    """Reads one of *words*; any word without blanks where there are none."""

    def parse(cell: str) -> str:
        if not words:
            return cells.opaque_id(cell)
        if cell not in words:
            hint = did_you_mean(cell, words)
            rule = f"must be one of {', '.join(words)}" + (f"; {hint}" if hint else "")
            raise InvalidValueError("word", rule, f"{len(cell)} characters")
        return cell

    return parse


def words_among(known: tuple[str, ...]) -> Callable[[str], frozenset[str]]:
    """Reads a list of words of *known*, separated by semicolons."""
    one = word_of(known)

    def parse(cell: str) -> frozenset[str]:
        return frozenset(one(word.strip()) for word in cell.split(_SEPARATOR))

    return parse


def event_among(events: tuple[EventKind, ...]) -> Callable[[str], EventKind]:
    """Reads the kind of an event, by its word."""
    one = word_of(tuple(event.value for event in events))
    return lambda cell: EventKind(one(cell))


def from_one(cell: str) -> int:
    """Shares, or a number in a row: 1 to 9,999.

    Raises:
        InvalidValueError: *cell* is none.
    """
    number = cells.one_or_more(cell)
    if number > _MOST:
        raise InvalidValueError("count", f"must be <= {_MOST}", number)
    return number


def _days(name: str) -> Column:
    return Column(name=name, parse=cells.day, form=Form.FIGURES, trouble=Trouble.DAY)


def _fen(name: str) -> Column:
    return Column(
        name=name, parse=lambda cell: cells.amount(cell).fen, form=Form.AMOUNT, trouble=Trouble.AMOUNT
    )


def _level(cell: str) -> str:
    return cells.hospital_level(cell).value


def _revealed(cell: str) -> str:
    return cells.resident_id(cell).reveal()


_PERSON: Final = (
    Column(name="person_id", parse=cells.opaque_id, form=Form.CODE, mask=cells.mask_all),
    Column(name="certno", parse=_revealed, form=Form.FIGURES, trouble=Trouble.ID_NUMBER, mask=cells.mask_id),
)
"""The person, under an id of one's own or under the ID number, which appears nowhere again."""


def fact_column(name: str, kind: FactKind, words: tuple[str, ...]) -> Column:
    """The column of a fact."""
    match kind:
        case FactKind.AMOUNT:
            return _fen(name)
        case FactKind.COUNT:
            parse_count = from_one if name in _FROM_ONE else cells.count
            return Column(name=name, parse=parse_count, form=Form.FIGURES)
        case FactKind.FLAG:
            return Column(name=name, parse=cells.flag, form=Form.FIGURES)
        case FactKind.CODE:
            parse = _level if name == "hosp_lv" else word_of(words)
            mask = cells.mask_all if name == "dise_code" else None
            return Column(name=name, parse=parse, form=Form.CODE, mask=mask)


def _fact_columns(needs: Together, names: Iterable[str]) -> tuple[Column, ...]:
    return tuple(fact_column(name, needs.kinds[name], needs.words(name)) for name in names)


def claim_columns(needs: Together, parts: tuple[str, ...], *, with_members: bool) -> tuple[Column, ...]:
    """What a file of claims may hold.

    Args:
        needs: What the schemes ask for.
        parts: Parts of the schemes.
        with_members: Whether a file of members stands beside it, which then tells the parts.
    """
    held = () if with_members or not parts else (_parts(parts),)
    return (
        Column(name="claim_id", parse=cells.opaque_id, form=Form.CODE),
        *_PERSON,
        Column(name="event", parse=event_among(tuple(EventKind)), form=Form.CODE),
        _days("began"),
        _days("ended"),
        attrs.evolve(_days("settled"), parse=day_or_instant),
        attrs.evolve(_days("filed"), parse=day_or_instant),
        *held,
        *_fact_columns(needs, needs.kinds),
        _fen("elsewhere"),
        Column(name="refd_setl_flag", parse=cells.flag, form=Form.FIGURES),
    )


def member_columns(needs: Together, parts: tuple[str, ...], schemes: tuple[str, ...]) -> tuple[Column, ...]:
    """What a file of members may hold.

    Args:
        needs: What the schemes ask for.
        parts: Parts of the schemes.
        schemes: Ids of the schemes.
    """
    declared = [name for name in needs.titles if name not in MEMBER_FACTS]
    return (
        *_PERSON,
        Column(name="scheme_id", parse=word_of(schemes), form=Form.CODE),
        Column(name="period_id", parse=cells.opaque_id, form=Form.CODE),
        _days("first_day"),
        _days("last_day"),
        *((_parts(parts),) if parts else ()),
        attrs.evolve(_days("born"), mask=cells.mask_all),
        *_fact_columns(needs, (*MEMBER_FACTS, *declared)),
    )


def _parts(parts: tuple[str, ...]) -> Column:
    return Column(name="parts", parse=words_among(parts), form=Form.TEXT)


def prior_columns(schemes: tuple[str, ...]) -> tuple[Column, ...]:
    """What a file of prior use may hold.

    Args:
        schemes: Ids of the schemes.
    """
    return (
        *_PERSON,
        Column(name="scheme_id", parse=word_of(schemes), form=Form.CODE),
        Column(name="period_id", parse=cells.opaque_id, form=Form.CODE),
        Column(name="counter", parse=counter_name, form=Form.TEXT),
        Column(name="used", parse=str, form=Form.FIGURES),
    )


def counter_name(cell: str) -> str:
    """The name of a counter, whose parts are joined by slashes.

    Raises:
        InvalidValueError: It has too few parts to be one.
    """
    least = 3
    if len(cell.split("/")) < least or not cell.isprintable():
        raise InvalidValueError("counter", "must be written kind/name/per", f"{len(cell)} characters")
    return cell


def as_used(counter: str, *, in_days: bool) -> Callable[[str], Any]:
    """Reads what was used of *counter*: yuan, days or times; for the end of a stay its day.

    Args:
        counter: Key of the counter.
        in_days: Whether the bases of its benefit are days and not money.
    """
    kind = counter.partition("/")[0]
    if kind == "cause-ended":
        return lambda cell: cells.day(cell).toordinal()
    if kind in {"payments", "days", "cause-paid"} or (in_days and kind in {"base", "cause-base"}):
        return cells.count
    return lambda cell: cells.amount(cell).fen
