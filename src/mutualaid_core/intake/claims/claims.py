"""Claims (补助申请) of a file as lines of the rules, each with its row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.intake.claims.columns import CLAIM_ALIASES, claim_columns
from mutualaid_core.intake.claims.needs import Together
from mutualaid_core.intake.claims.persons import person_column
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet, read_sheet
from mutualaid_core.intake.damage import shown_figures
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.table import Row
from mutualaid_core.rules.claims.given.rows import ClaimLine

NO_PARTS: Final[frozenset[str]] = frozenset()


@attrs.frozen(kw_only=True)
class Claim:
    """A claim with its place.

    Attributes:
        row: Its row.
        line: The claim.
        parts: Parts of the scheme that the row says the person holds; ``None`` where it does not say.
        told: Every column that the row fills, whether rightly or not.
    """

    row: int
    line: ClaimLine
    parts: frozenset[str] | None
    told: frozenset[str]


@attrs.frozen(kw_only=True)
class ClaimFile:
    """A file of claims.

    Attributes:
        sheet: The file.
        person: Column by which it names persons.
        claims: Its claims in their order, but those whose row does not say what a claim is.
    """

    sheet: Sheet
    person: str
    claims: tuple[Claim, ...]


def read_claims(
    path: Path, needs: Together, parts: tuple[str, ...], *, with_members: bool, sheet: str | None = None
) -> ClaimFile:
    """Read a file of claims; problems are noted in its sheet.

    Args:
        path: The file.
        needs: What the schemes ask for.
        parts: Parts of the schemes.
        with_members: Whether a file of members stands beside it.
        sheet: Sheet of a workbook that has several.
    """
    columns = claim_columns(needs, parts, with_members=with_members)
    read = read_sheet(path, columns, CLAIM_ALIASES, sheet)
    person = person_column(read)
    only = needs.events[0] if len(needs.events) == 1 else None
    for name in ("claim_id", *(() if only else ("event",)), "began"):
        if read.given and name not in read.given:
            read.log.add(1, name, Trouble.MISSING_COLUMN)
    names = _by_kind(read, needs)
    first: dict[str, int] = {}
    claims = tuple(
        _claim(row, person, only, names)
        for row in read.rows
        if _is_whole(read, row, person, only) and not _is_doubled(read, row, first)
    )
    return ClaimFile(sheet=read, person=person, claims=claims)


def _by_kind(sheet: Sheet, needs: Together) -> dict[FactKind, tuple[str, ...]]:
    """The facts that the file tells, by kind."""
    told = [(name, kind) for name, kind in needs.kinds.items() if name in sheet.given]
    return {kind: tuple(name for name, each in told if each is kind) for kind in FactKind}


def _is_whole(sheet: Sheet, row: Row, person: str, only: EventKind | None) -> bool:
    """Whether the row says what makes a claim; what is blank is noted."""
    values, whole = row.values, True
    for name in ("claim_id", person, "began", *(() if only else ("event",))):
        if name not in values:
            whole = False
            if name in sheet.given:
                sheet.log.add(row.number, sheet.name(name), Trouble.BLANK)
        elif values[name] is DAMAGED:
            whole = False
    return whole and _ends_after_it_began(sheet, row)


def _ends_after_it_began(sheet: Sheet, row: Row) -> bool:
    began, ended = row.values["began"], row.values.get("ended")
    if ended is None or ended is DAMAGED or ended >= began:
        return True
    sheet.log.add(
        row.number, sheet.name("ended"), Trouble.VALUE, "", f"must not be before {sheet.name('began')}"
    )
    return False


def _is_doubled(sheet: Sheet, row: Row, first: dict[str, int]) -> bool:
    claim_id = row.values["claim_id"]
    before = first.setdefault(claim_id, row.number)
    if before == row.number:
        return False
    shown = shown_figures(claim_id)
    sheet.log.add(row.number, sheet.name("claim_id"), Trouble.DOUBLED_ROW, shown, f"see row {before}")
    return True


def _claim(row: Row, person: str, only: EventKind | None, names: Mapping[FactKind, tuple[str, ...]]) -> Claim:
    told = frozenset(row.values)
    values = {name: value for name, value in row.values.items() if value is not DAMAGED}
    line = ClaimLine(
        claim_id=values["claim_id"],
        person_id=values[person],
        event=values["event"] if only is None else values.get("event", only),
        began=values["began"],
        ended=values.get("ended", values["began"]),
        settled=values.get("settled"),
        filed=values.get("filed"),
        amounts=_some(values, names[FactKind.AMOUNT]),
        counts=_some(values, names[FactKind.COUNT]),
        codes=_some(values, names[FactKind.CODE]),
        flags=_some(values, names[FactKind.FLAG]),
        is_reversed=values.get("refd_setl_flag", False),
        elsewhere=values.get("elsewhere", 0),
    )
    return Claim(row=row.number, line=line, parts=values.get("parts"), told=told)


def _some(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
