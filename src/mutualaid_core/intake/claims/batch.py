"""Batch (批次): claims with the covers and counters by which they are computed, scheme by scheme.

Every fault of every file is found before anything is computed.
"""

import datetime
from collections.abc import Mapping
from pathlib import Path

import attrs

from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.claims.claims import NO_PARTS, Claim, ClaimFile, read_claims
from mutualaid_core.intake.claims.facts import Owed
from mutualaid_core.intake.claims.members import Member, covers_for, read_members
from mutualaid_core.intake.claims.prior import read_prior
from mutualaid_core.intake.claims.sheet import Sheet
from mutualaid_core.intake.claims.terms import SchemeTerms, Terms, parts_of, terms_of, together
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import cover_on
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.membership.dues import check_parts


@attrs.frozen(kw_only=True)
class VersionBatch:
    """The claims that belong to one version of a scheme.

    Attributes:
        plan: The version, compiled.
        lines: Its claims, in the order of the file.
    """

    plan: Plan
    lines: tuple[ClaimLine, ...]


@attrs.frozen(kw_only=True)
class SchemeBatch:
    """All claims for one scheme.

    Attributes:
        scheme_id: The scheme.
        versions: Its versions by their first days, with the claims of each.
        covers: Covers of each person.
        counters: What was used before.
    """

    scheme_id: str
    versions: tuple[VersionBatch, ...]
    covers: Mapping[str, tuple[Cover, ...]] = attrs.field(repr=False)
    counters: Counters = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Batch:
    """The claims of a file, ready to be computed.

    Attributes:
        claim_ids: Their ids, in the order of the file.
        schemes: The schemes in the order in which they pay.
        flags: What is to be looked at in the files and stands against nothing.
    """

    claim_ids: tuple[str, ...]
    schemes: tuple[SchemeBatch, ...]
    flags: tuple[Problem, ...] = ()


def read_batch(
    versions: tuple[SchemeVersion, ...],
    claims: Path,
    members: Path | None = None,
    prior: Path | None = None,
    *,
    sheet: str | None = None,
) -> Batch:
    """Read the claims for *versions*, with the members and the prior use beside them.

    Without a file of members everybody is covered on all days of each version, which is then
    the period; what a claim tells of its person is all that is known.

    Args:
        versions: Versions of one or more schemes, in the order in which the schemes pay.
        claims: File of claims, CSV or workbook.
        members: File of members.
        prior: File of prior use.
        sheet: Sheet of the claims, of a workbook that has several.

    Raises:
        IntakeError: A file has problems; nothing was computed.
        InvalidValueError: The versions do not stand together.
    """
    schemes = terms_of(versions)
    needs, parts = together(schemes), parts_of(schemes)
    file = read_claims(claims, needs, parts, with_members=members is not None, sheet=sheet)
    roll = None if members is None else read_members(members, schemes)
    sheets = [file.sheet, *(() if roll is None else (roll.sheet,))]
    if roll is not None and roll.sheet.given and file.sheet.given and roll.person != file.person:
        detail = "the claims name persons so"
        roll.sheet.log.add(1, file.person, Trouble.MISSING_COLUMN, "", detail)
    rolls = {
        scheme.scheme_id: covers_for(scheme.scheme_id, roll.members) if roll else None for scheme in schemes
    }
    counters = {scheme.scheme_id: Counters() for scheme in schemes}
    if prior is not None:
        periods = {scheme.scheme_id: _periods(scheme, rolls[scheme.scheme_id]) for scheme in schemes}
        counters, used = read_prior(prior, schemes, periods, file.person)
        sheets.append(used)
    owed = Owed(file=file, members=roll)
    made = tuple(
        _scheme_batch(scheme, file, rolls[scheme.scheme_id], counters[scheme.scheme_id], owed)
        for scheme in schemes
    )
    _raise_problems(sheets)
    return Batch(
        claim_ids=tuple(claim.line.claim_id for claim in file.claims),
        schemes=made,
        flags=tuple(flag for each in sheets for flag in each.flags.found),
    )


def _raise_problems(sheets: list[Sheet]) -> None:
    problems = [problem for sheet in sheets for problem in sheet.log.found]
    if problems:
        raise IntakeError(in_file_order(problems))


def _periods(scheme: SchemeTerms, roll: Mapping[str, tuple[Member, ...]] | None) -> frozenset[str]:
    if roll is None:
        return frozenset(terms.version.version_id for terms in scheme.versions)
    return frozenset(member.cover.period_id for own in roll.values() for member in own)


def _scheme_batch(
    scheme: SchemeTerms,
    file: ClaimFile,
    roll: Mapping[str, tuple[Member, ...]] | None,
    counters: Counters,
    owed: Owed,
) -> SchemeBatch:
    own = [(claim, terms) for claim in file.claims if (terms := _version_of(claim, scheme, file)) is not None]
    if roll is None:
        covers = _covers_of_claims(scheme, own, file)
    else:
        covers = {person: tuple(member.cover for member in rows) for person, rows in roll.items()}
    lines: dict[str, list[ClaimLine]] = {terms.version.version_id: [] for terms in scheme.versions}
    for claim, terms in own:
        day = claim.line.day(terms.version.event.period_by)
        cover = cover_on(covers.get(claim.line.person_id, ()), day)
        owed.check(claim, terms, cover, _member_of(cover, roll, claim))
        lines[terms.version.version_id].append(claim.line)
    versions = tuple(
        VersionBatch(plan=terms.plan, lines=tuple(lines[terms.version.version_id]))
        for terms in scheme.versions
    )
    return SchemeBatch(scheme_id=scheme.scheme_id, versions=versions, covers=covers, counters=counters)


def _member_of(
    cover: Cover | None, roll: Mapping[str, tuple[Member, ...]] | None, claim: Claim
) -> Member | None:
    if roll is None or cover is None:
        return None
    return next(each for each in roll[claim.line.person_id] if each.cover is cover)


def _version_of(claim: Claim, scheme: SchemeTerms, file: ClaimFile) -> Terms | None:
    """The one version to which a claim belongs; two of them are noted."""
    found = scheme.version_for(claim.line)
    if len(found) > 1:
        named = ", ".join(terms.version.version_id for terms in found)
        file.sheet.log.add(claim.row, file.sheet.name("began"), Trouble.TWO_VERSIONS, "", named)
        return None
    return found[0]


def _check_parts(file: ClaimFile, claim: Claim, parts: tuple[Part, ...]) -> None:
    """Note parts that the row of a claim may not hold together."""
    held = tuple(sorted((claim.parts or NO_PARTS) & {part.part_id for part in parts}))
    try:
        check_parts(held, parts)
    except InvalidValueError as error:
        if held:
            file.sheet.log.add(claim.row, "parts", Trouble.VALUE, "", error.rule)


def _covers_of_claims(
    scheme: SchemeTerms, own: list[tuple[Claim, Terms]], file: ClaimFile
) -> dict[str, tuple[Cover, ...]]:
    """A cover on all days of each version, with the parts that the person's claims of it tell."""
    first: dict[tuple[str, str], Claim] = {}
    for claim, terms in own:
        place = (claim.line.person_id, terms.version.version_id)
        before = first.setdefault(place, claim)
        if before.parts is None:
            first[place] = claim
        elif claim.parts is not None and claim.parts != before.parts:
            detail = f"differs from row {before.row}"
            file.sheet.log.add(claim.row, "parts", Trouble.PARTS_DIFFER, "", detail)
    by_version = {str(terms.version.version_id): terms.version.parts for terms in scheme.versions}
    for (_, version_id), claim in first.items():
        _check_parts(file, claim, by_version[version_id])
    spans = {
        terms.version.version_id: DayRange(
            terms.version.first_day, terms.version.last_day or datetime.date.max
        )
        for terms in scheme.versions
    }
    found: dict[str, list[Cover]] = {person: [] for person, _ in first}
    for person, covers in found.items():
        for version_id, days in spans.items():
            claim_there = first.get((person, version_id))
            parts = NO_PARTS if claim_there is None else claim_there.parts or NO_PARTS
            covers.append(Cover(person_id=person, period_id=version_id, days=days, parts=parts))
    return {person: tuple(covers) for person, covers in found.items()}
