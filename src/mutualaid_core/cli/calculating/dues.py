"""Dues (互助金) of the members of a file, for each scheme that they join."""

from collections.abc import Iterator
from pathlib import Path

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.scheme.dues import DuesRate
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import age_on
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.claims.members import Member, MemberFile, read_members
from mutualaid_core.intake.claims.persons import PERSON_ID
from mutualaid_core.intake.claims.terms import SchemeTerms, terms_of, together
from mutualaid_core.intake.problem import Problem, Trouble, in_file_order
from mutualaid_core.publication.calculation.dues import MemberDues
from mutualaid_core.rules.membership.dues import Holding, applying_rate, dues_of, split_of
from mutualaid_core.rules.membership.eligibility import meets_terms
from mutualaid_core.rules.membership.facts import MemberFacts


def dues_rows(
    versions: tuple[SchemeVersion, ...], members: Path, sheet: str | None = None
) -> tuple[tuple[MemberDues, ...], tuple[Problem, ...]]:
    """What each member of a file pays, by row and then in the order of the schemes.

    Args:
        versions: The schemes.
        members: The file.
        sheet: Sheet of a workbook that has several.

    Returns:
        The rows, and what is to be looked at in the file.

    Raises:
        IntakeError: The file has problems.
        InvalidValueError: The versions do not stand together.
    """
    schemes = terms_of(versions)
    file = read_members(members, schemes, for_dues=True, wanted_sheet=sheet)
    rows = tuple(
        row for member in file.members for scheme in schemes for row in _rows(member, scheme, file, schemes)
    )
    if file.sheet.log.found:
        raise IntakeError(in_file_order(file.sheet.log.found))
    return rows, tuple(file.sheet.flags.found)


def _rows(
    member: Member, scheme: SchemeTerms, file: MemberFile, schemes: tuple[SchemeTerms, ...]
) -> Iterator[MemberDues]:
    """The row of one member in one scheme; none where the member has not joined it."""
    if member.scheme_id not in {"", scheme.scheme_id}:
        return
    log, first = file.sheet.log, member.cover.days.first_day
    versions = [each.version for each in scheme.versions if each.version.is_in_force(first)]
    if len(versions) != 1:
        trouble = Trouble.TWO_VERSIONS if versions else Trouble.VALUE
        log.add(
            member.row, "first_day", trouble, "", f"no version of {scheme.scheme_id}" if not versions else ""
        )
        return
    version = versions[0]
    held = _held(member, version)
    if held is None:
        if len(schemes) == 1 or member.scheme_id:
            log.add(member.row, "parts", Trouble.BLANK)
        return
    try:
        yield _row(member, version, held, file)
    except InvalidValueError as error:
        _note(error, member, file, schemes)


def _held(member: Member, version: SchemeVersion) -> tuple[str | None, ...] | None:
    """Parts that the member holds, in the order of the scheme; ``None`` where none of those it has."""
    if not version.parts:
        return (None,)
    return tuple(part.part_id for part in version.parts if part.part_id in member.cover.parts) or None


def _row(
    member: Member, version: SchemeVersion, held: tuple[str | None, ...], file: MemberFile
) -> MemberDues:
    """The dues of all parts held; nothing where the version or one of the parts does not take the person."""
    cover, facts = member.cover, facts_of(member)
    rates = _rates(version, held, facts)
    if rates is None:
        return _dues_row(member, version, file, reasons=(Reason.NOT_ELIGIBLE,))
    shares = cover.counts.get("shares", 1)
    most = max(rate.shares_max for rate in rates)
    if shares > most:
        raise InvalidValueError("shares", f"must be 1 to {most}", shares)
    # A part that takes fewer shares than another one of the same member takes as many as it can.
    holdings = [Holding(part=rate.part, shares=min(shares, rate.shares_max)) for rate in rates]
    costs = [dues_of((holding,), version.dues, facts) for holding in holdings]
    parts = tuple((holding.part or "", cost.fen) for holding, cost in zip(holdings, costs, strict=True))
    return _dues_row(member, version, file, whole=total(costs), parts=parts)


def _rates(
    version: SchemeVersion, held: tuple[str | None, ...], facts: MemberFacts
) -> tuple[DuesRate, ...] | None:
    """The rate of each part held; ``None`` for a person who may not join, or not with one of them."""
    if not meets_terms(version.eligibility, facts):
        return None
    rates = [applying_rate(part, version.dues, facts) for part in held]
    told = tuple(rate for rate in rates if rate is not None)
    return told if len(told) == len(rates) else None


def _dues_row(  # noqa: PLR0913  # the place of a row, and what stands in it
    member: Member,
    version: SchemeVersion,
    file: MemberFile,
    *,
    whole: Money = ZERO,
    parts: tuple[tuple[str, int], ...] = (),
    reasons: tuple[Reason, ...] = (),
) -> MemberDues:
    split = split_of(whole, version.dues.split) if not reasons else ()
    return MemberDues(
        row=member.row,
        person_id=member.cover.person_id if file.person == PERSON_ID else "",
        scheme_id=version.scheme_id,
        version_id=version.version_id,
        amount=whole.fen,
        parts=parts,
        borne=tuple((share.payer, share.amount.fen) for share in split),
        reasons=reasons,
    )


def facts_of(member: Member) -> MemberFacts:
    """What the row tells of the member, whose age is that on the first day of cover."""
    cover, counts = member.cover, dict(member.cover.counts)
    if cover.born is not None:
        counts["age"] = age_on(cover.born, cover.days.first_day)
    return MemberFacts(amounts=member.amounts, counts=counts, codes=cover.codes, flags=cover.flags)


def _note(
    error: InvalidValueError, member: Member, file: MemberFile, schemes: tuple[SchemeTerms, ...]
) -> None:
    """Note why no dues follow from a row: a fact that it does not tell, or a value that has no rate."""
    log, field = file.sheet.log, "born" if error.field == "age" else error.field
    if error.field in together(schemes).of_member and error.value is None:
        trouble = Trouble.BLANK if field in file.sheet.given else Trouble.MISSING_COLUMN
        row = member.row if trouble is Trouble.BLANK else 1
        if trouble is Trouble.BLANK or not any(each.field == field for each in log.found):
            log.add(row, field, trouble, "", "the dues ask for it")
        return
    log.add(member.row, field, Trouble.VALUE, "", error.rule)
