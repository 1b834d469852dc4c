"""Result of a roster row by row (名册逐行结果), as a CSV file."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.intake.problem import Problem, Problems
from mutualaid_core.intake.rosters.check import RosterCheck
from mutualaid_core.ports.keys import Keys
from mutualaid_core.publication.decisions import neutral_cell
from mutualaid_core.services.identity import pseudonyms

COLUMNS: Final = ("file", "row", "unit_code", "member_id", "outcome", "reason")
"""Columns of the result; a person is named by pseudonym, and only where there are keys."""

_NOT_WRITTEN: Final = "not imported: other rows have faults"

Noted = Mapping[tuple[str, int], Sequence[str]]


def write_result(path: Path, check: RosterCheck, keys: Keys | None, *, is_import: bool) -> None:
    """Write a line for each row, beside the file and then in its place.

    ``PASS`` says that the row is sound, ``FLAG`` that it is and that something is to be looked
    at, ``REJECT`` that it has faults, ``HOLD`` that it was not written because of other rows.

    Args:
        path: The file.
        check: What was checked.
        keys: Make the pseudonyms.
        is_import: Whether the rows were to be written.
    """
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows(check, keys, is_import=is_import))
    beside.replace(path)


def is_result_of(path: Path, rosters: Sequence[Path]) -> bool:
    """Whether a file is a result of rosters of these names, which a further result may replace.

    Args:
        path: The file, which is there.
        rosters: The rosters.
    """
    names = {neutral_cell(Problems(file=roster.name).file) for roster in rosters}
    if not path.is_file():
        # A device has no end, and a pipe may never have a beginning.
        return False
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            return next(reader, None) == list(COLUMNS) and all(row and row[0] in names for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error):
        return False


def _rows(
    check: RosterCheck, keys: Keys | None, *, is_import: bool
) -> Iterator[tuple[str, int, str, str, str, str]]:
    faults, flags = _by_row(check.faults), _by_row(check.flags)
    named = None if keys is None else pseudonyms(keys)
    for source, reader in check.readers:
        name = source.log.file
        rows = source.rows()
        next(rows, None)
        for number, cells in rows:
            log = Problems(file=name)
            line = None if cells is None else reader.read(number, cells, log)
            unit_id, member_id = "", ""
            if line is not None:
                unit_id = line.unit_id
                member_id = "" if named is None else named(line.id_number)
            wrong = [*(each.trouble.code for each in log.found), *faults.get((name, number), ())]
            told = flags.get((name, number), ())
            outcome, reason = Outcome.FLAG if told else Outcome.PASS, " ".join(dict.fromkeys(told))
            if wrong or line is None:
                outcome, reason = Outcome.REJECT, " ".join(dict.fromkeys(wrong))
            elif is_import and not check.is_sound:
                outcome, reason = Outcome.HOLD, _NOT_WRITTEN
            yield neutral_cell(name), number, neutral_cell(unit_id), member_id, outcome.value, reason


def _by_row(problems: Sequence[Problem]) -> Noted:
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for problem in problems:
        found[problem.file, problem.row].append(problem.trouble.code)
    return found
