"""Members (参保人员) of a file as covers of the rules, each with its row."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from mutualaid_core.domain.scheme.facts import FactKind
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.claims.claims import NO_PARTS
from mutualaid_core.intake.claims.columns import member_columns
from mutualaid_core.intake.claims.persons import person_column
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet, read_sheet
from mutualaid_core.intake.claims.terms import SchemeTerms, parts_of, together
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.table import Row
from mutualaid_core.rules.claims.given.rows import Cover
from mutualaid_core.rules.membership.dues import check_parts


@attrs.frozen(kw_only=True)
class Member:
    """A cover with its place.

    Attributes:
        row: Its row.
        scheme_id: The scheme of the cover; empty for all schemes.
        cover: The cover.
        amounts: Amounts of the person in fen, by which dues may differ.
        told: Every column that the row fills, whether rightly or not.
    """

    row: int
    scheme_id: str
    cover: Cover
    amounts: Mapping[str, int] = attrs.field(repr=False)
    told: frozenset[str]


@attrs.frozen(kw_only=True)
class MemberFile:
    """A file of members.

    Attributes:
        sheet: The file.
        person: Column by which it names persons.
        members: Its rows in their order, but those that do not say what a cover is.
    """

    sheet: Sheet
    person: str
    members: tuple[Member, ...]


def read_members(
    path: Path, schemes: tuple[SchemeTerms, ...], *, for_dues: bool = False, wanted_sheet: str | None = None
) -> MemberFile:
    """Read a file of members; problems are noted in its sheet.

    Args:
        path: The file.
        schemes: The schemes.
        for_dues: Whether only dues are asked for, so that no period and no last day need be told.
        wanted_sheet: Sheet of a workbook that has several.
    """
    needs, parts = together(schemes), parts_of(schemes)
    columns = member_columns(needs, parts, tuple(scheme.scheme_id for scheme in schemes))
    sheet = read_sheet(path, columns, {}, wanted_sheet)
    person = person_column(sheet)
    wanted = ["first_day", *(() if for_dues else ("period_id", "last_day")), *(("parts",) if parts else ())]
    for name in wanted:
        if sheet.given and name not in sheet.given:
            sheet.log.add(1, name, Trouble.MISSING_COLUMN)
    members, kinds = [], needs.kinds
    filled = (person, *(name for name in wanted if name != "parts"))
    for row in sheet.rows:
        if _is_whole(sheet, row, filled):
            member = _member(row, person, kinds)
            _check_parts(sheet, member, schemes)
            members.append(member)
    if not for_dues:
        _refuse_overlaps(sheet, members, schemes)
    return MemberFile(sheet=sheet, person=person, members=tuple(members))


def _is_whole(sheet: Sheet, row: Row, names: tuple[str, ...]) -> bool:
    values, whole = row.values, True
    for name in names:
        if name not in values:
            whole = False
            if name in sheet.given:
                sheet.log.add(row.number, sheet.name(name), Trouble.BLANK)
        elif values[name] is DAMAGED:
            whole = False
    last = values.get("last_day")
    if whole and last is not None and last is not DAMAGED and last < values["first_day"]:
        sheet.log.add(row.number, sheet.name("last_day"), Trouble.VALUE, "", "must not be before first_day")
        whole = False
    return whole


def _member(row: Row, person: str, kinds: Mapping[str, FactKind]) -> Member:
    values = {name: value for name, value in row.values.items() if value is not DAMAGED}
    first = values["first_day"]
    cover = Cover(
        person_id=values[person],
        period_id=values.get("period_id", ""),
        days=DayRange(first, values.get("last_day", first)),
        born=values.get("born"),
        parts=values.get("parts", NO_PARTS),
        counts=_of_kind(values, kinds, FactKind.COUNT),
        codes=_of_kind(values, kinds, FactKind.CODE),
        flags=_of_kind(values, kinds, FactKind.FLAG),
    )
    return Member(
        row=row.number,
        scheme_id=values.get("scheme_id", ""),
        cover=cover,
        amounts=_of_kind(values, kinds, FactKind.AMOUNT),
        told=frozenset(row.values),
    )


def _of_kind(values: Mapping[str, Any], kinds: Mapping[str, FactKind], kind: FactKind) -> dict[str, Any]:
    return {name: value for name, value in values.items() if kinds.get(name) is kind}


def _check_parts(sheet: Sheet, member: Member, schemes: tuple[SchemeTerms, ...]) -> None:
    """Note parts that a member may not hold together."""
    for scheme in schemes:
        if member.scheme_id not in {"", scheme.scheme_id}:
            continue
        for terms in scheme.versions:
            own = {part.part_id for part in terms.version.parts}
            held = tuple(sorted(own & member.cover.parts))
            if held and terms.version.is_in_force(member.cover.days.first_day):
                try:
                    check_parts(held, terms.version.parts)
                except InvalidValueError as error:
                    sheet.log.add(member.row, "parts", Trouble.VALUE, "", error.rule)


def covers_for(scheme_id: str, members: tuple[Member, ...] | list[Member]) -> dict[str, tuple[Member, ...]]:
    """The rows that tell of a scheme, by person and first day."""
    found: dict[str, list[Member]] = {}
    for member in members:
        if member.scheme_id in {"", scheme_id}:
            found.setdefault(member.cover.person_id, []).append(member)
    return {
        person: tuple(sorted(own, key=lambda member: member.cover.days.first_day))
        for person, own in found.items()
    }


def _refuse_overlaps(sheet: Sheet, members: list[Member], schemes: tuple[SchemeTerms, ...]) -> None:
    """Note every row whose days share a day with another cover of the same person."""
    noted = {
        (max(one.row, other.row), min(one.row, other.row))
        for scheme in schemes
        for own in covers_for(scheme.scheme_id, members).values()
        for one, other in _overlaps(own)
    }
    for row, other in sorted(noted):
        sheet.log.add(row, sheet.name("first_day"), Trouble.COVERS_OVERLAP, "", f"see row {other}")


def _overlaps(own: tuple[Member, ...]) -> Iterator[tuple[Member, Member]]:
    """Each cover of a person with the longest before it, where they share a day."""
    longest = own[0]
    for member in own[1:]:
        if member.cover.days.first_day <= longest.cover.days.last_day:
            yield longest, member
        if member.cover.days.last_day > longest.cover.days.last_day:
            longest = member
