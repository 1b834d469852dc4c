"""Listed persons (缴费名单) as the lines of remittances."""

from collections.abc import Iterator
from pathlib import Path

from mutualaid_core.cli.membership.persons import member_id_by
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.intake.membership.remittances import PaidRow, RemittanceList, read_remittance_list
from mutualaid_core.ports.keys import Keys
from mutualaid_core.services.membership.contribution import LINES_MAX

Lines = tuple[RemittanceLine, ...]


def listed(file: Path, unit: str, payer: str) -> RemittanceList:
    """The list of a unit.

    Args:
        file: The file.
        unit: The unit.
        payer: Who bears it where the file names no payers.

    Raises:
        IntakeError: With every problem of the file.
    """
    return read_remittance_list(file, unit, FundingSource(payer))


def lines_of(rows: tuple[PaidRow, ...], keys: Keys) -> Lines:
    """The lines of a list, by pseudonym."""
    return tuple(
        RemittanceLine(
            member_id=member_id_by(row.person, keys),
            amount=row.amount,
            split=row.split,
            paid_directly=row.paid_directly,
        )
        for row in rows
    )


def portions(lines: Lines) -> Iterator[Lines]:
    """The lines in as many as one remittance can list."""
    for start in range(0, len(lines), LINES_MAX):
        yield lines[start : start + LINES_MAX]


def say_left_alone(read: RemittanceList, output: Output) -> None:
    """Say which rows of the file were not taken, and what it hides; nothing where there is nothing."""
    output.look_at(read.flags)
    say_rows_left(others=read.others, not_joining=read.not_joining, output=output)


def say_rows_left(*, others: int, not_joining: int, output: Output) -> None:
    """Say how many rows were not taken, and why; nothing where all were.

    Args:
        others: Rows of other units.
        not_joining: Rows of the unit, of people who do not join.
        output: Where to say it.
    """
    if others:
        output.say(f"其他单位的 {others} 行未用", f"rows of other units, left alone: {others}")
    if not_joining:
        output.say(f"不参加的 {not_joining} 行未用", f"rows of who does not join: {not_joining}")
