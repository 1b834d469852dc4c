"""Head (表头): which column of a roster stands where."""

import datetime
import re
from collections.abc import Iterator
from typing import Final

from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.records import is_too_wide
from mutualaid_core.intake.rosters.columns import LEFT_ALONE, ROSTER_ALIASES, ROSTER_COLUMNS
from mutualaid_core.intake.rosters.rows import RowReader
from mutualaid_core.intake.rosters.source import Source, is_blank
from mutualaid_core.intake.structure import did_you_mean

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_ ]{0,29}", re.ASCII)


def reader_of(
    source: Source, rows: Iterator[tuple[int, list[str] | None]], counted_on: datetime.date | None
) -> RowReader | None:
    """What reads the rows below the head; ``None`` where the head is none, which is noted.

    Args:
        source: The file.
        rows: Its rows, of which the first is taken.
        counted_on: Day on which ages are judged.
    """
    for number, cells in rows:
        if cells is None:
            return None
        if is_blank(cells):
            source.log.add(number, "", Trouble.BLANK_ROW)
            continue
        places = _places(number, cells, source.log)
        return None if places is None else RowReader(places, cells, counted_on)
    if not source.log.found:
        source.log.add(0, "", Trouble.EMPTY_FILE)
    return None


def _places(number: int, head: list[str], log: Problems) -> dict[str, int] | None:
    known = {column.name: column.name for column in ROSTER_COLUMNS} | dict(ROSTER_ALIASES)
    places: dict[str, int] = {}
    before = log.noted
    if is_too_wide(number, head, log):
        return None
    if not any(name in known for name in head):
        log.add(number, "", Trouble.NO_HEAD)
        return None
    for at, name in enumerate(head):
        own = known.get(name, name)
        if own in LEFT_ALONE:
            continue
        if own not in known:
            # A text that may be a person's is told by its place.
            field = name if _NAME.fullmatch(name) else f"column {at + 1}"
            log.add(number, field, Trouble.UNKNOWN_COLUMN, "", did_you_mean(name, known))
        elif own in places:
            log.add(number, name, Trouble.DOUBLED_COLUMN)
        else:
            places[own] = at
    missing = [each.name for each in ROSTER_COLUMNS if each.default is None and each.name not in places]
    for name in missing:
        log.add(number, name, Trouble.MISSING_COLUMN)
    return places if log.noted == before or not missing else None
