"""Funding (缴费分担): who bears the dues, by which plan, and what each source came to."""

import datetime
import enum
import itertools
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.paying.funding import Authorisation, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import Dues, FundingSource
from mutualaid_core.domain.scheme.dues import PayerShare as SharePart
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.domain.values.money import Money, Rounding, round_fen, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import split_of

_MEMBER, _UNION, _EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER

PATTERN_CLAUSES: Final[Mapping[PlanPattern, str]] = MappingProxyType(
    {
        PlanPattern.GIFT: "SN-2.1.5",
        PlanPattern.GIFT_THEN_INDIVIDUAL: "SN-2.3.5a",
        PlanPattern.THREE_WAY: "SN-2.3.5b",
        PlanPattern.UNION_MAJOR: "SN-2.3.5c",
        PlanPattern.PAYROLL_VOLUNTARY: "SN-2.3.5d",
        PlanPattern.EMPLOYER_SUBSIDY: "SN-2.3.4a",
    }
)
"""Clause of each pattern (缴费方式)."""


def shares_of(split: tuple[SharePart, ...]) -> dict[FundingSource, Fraction]:
    """The exact share of each payer; a payer of the rest bears what the others leave.

    Raises:
        InvalidValueError: The shares are not one whole.
    """
    told = {
        part.payer: Fraction(part.ratio.numerator, part.ratio.denominator)
        for part in split
        if part.ratio is not None
    }
    rest = [part.payer for part in split if part.ratio is None]
    left = 1 - sum(told.values(), Fraction(0))
    if len(rest) > 1 or left < 0 or (not rest and left):
        rule = "must add up to 1, or leave the rest to one payer"
        raise InvalidValueError("split", rule, str(1 - left), clause="ACFTU-2.3a")
    return told | dict.fromkeys(rest, left)


@implements("SN-2.3.4a", "SN-2.3.4b", "SN-2.3.5a", "SN-2.3.5b", "SN-2.3.5c", "SN-2.3.5d")
def plan_faults(plan: FundingPlan, dues: Dues, terms: ContributionTerms) -> tuple[Fault, ...]:
    """Why a funding plan may not hold, all of it at once; empty where it may.

    A plan by which the union pays and that cites no resolution is only to be held, since the
    number can be brought; ``is_for_a_person`` tells these faults apart.

    Args:
        plan: The plan.
        dues: Dues of the version, which name the payers.
        terms: What the policies together ask of contributions.

    Clause:
        SN-2.3.4a, SN-2.3.4b, SN-2.3.5a, SN-2.3.5b, SN-2.3.5c, SN-2.3.5d
    """
    try:
        years = [(each, shares_of(each.split)) for each in plan.years]
    except InvalidValueError as error:
        fault = Fault(
            subject=plan.unit_id,
            rule=f"{error.field} {error.rule}",
            found=str(error.value),
            clause="ACFTU-2.3a",
        )
        return (fault,)
    return (
        *_allowed_faults(plan, dues, terms),
        *_scheme_faults(plan, dues, years),
        *(fault for each in years for fault in _year_faults(plan, *each)),
        *_falling_faults(plan, years),
        *_resolution_faults(plan, years),
    )


@implements("SN-2.3.4b")
def is_for_a_person(faults: Iterable[Fault]) -> bool:
    """Whether a person can clear these faults up: the number of a resolution is all that is missing.

    Clause:
        SN-2.3.4b
    """
    return all(fault.clause == "SN-2.3.4b" for fault in faults)


def _allowed_faults(plan: FundingPlan, dues: Dues, terms: ContributionTerms) -> Iterator[Fault]:
    pattern = plan.pattern.allowed_as
    if pattern is not None and terms.patterns is not None and pattern not in terms.patterns:
        allowed = ", ".join(each.value for each in terms.patterns)
        yield _fault(plan, f"must be one of {allowed}", plan.pattern.value)
    named = dict.fromkeys(share.payer for each in plan.years for share in each.split)
    if strangers := [payer.value for payer in named if payer not in dues.payers]:
        found = ", ".join(strangers)
        yield Fault(subject=plan.unit_id, rule="must name allowed payers", found=found, clause="HN-4.3.1")


def _scheme_faults(
    plan: FundingPlan, dues: Dues, years: list[tuple[PlanYear, dict[FundingSource, Fraction]]]
) -> Iterator[Fault]:
    """Years in which a plan shares the dues otherwise than the scheme itself."""
    wanted = {payer: share for payer, share in shares_of(dues.split).items() if share} if dues.split else {}
    for year, shares in years:
        own = {payer: share for payer, share in shares.items() if share}
        if wanted and own != wanted:
            rule = f"must be shared as the scheme says: {_told(wanted)}"
            found = f"{year.year}: {_told(own)}"
            yield Fault(subject=plan.unit_id, rule=rule, found=found, clause="ACFTU-2.3a")


def _told(shares: dict[FundingSource, Fraction]) -> str:
    return ", ".join(f"{payer.value} {share}" for payer, share in shares.items())


def _year_faults(plan: FundingPlan, year: PlanYear, shares: dict[FundingSource, Fraction]) -> Iterator[Fault]:
    """What the pattern asks of every single year."""
    own, union, employer = (shares.get(payer, Fraction(0)) for payer in (_MEMBER, _UNION, _EMPLOYER))
    told = f"{year.year}: {_told(shares)}"
    rules = {
        PlanPattern.GIFT: (own == 0, "must leave nothing to the member"),
        PlanPattern.GIFT_THEN_INDIVIDUAL: (True, ""),
        PlanPattern.THREE_WAY: (
            min(own, union, employer) > 0 and own + union + employer == 1,
            "must be shared by member, union and employer alone",
        ),
        PlanPattern.UNION_MAJOR: (own < union, "must have the union bear more than the member"),
        PlanPattern.PAYROLL_VOLUNTARY: (own > 0, "must have the member bear a part"),
        PlanPattern.EMPLOYER_SUBSIDY: (min(own, employer) > 0, "must have employer and member bear a part"),
    }
    holds, rule = rules[plan.pattern]
    if not holds:
        yield _fault(plan, rule, told)


def _falling_faults(
    plan: FundingPlan, years: list[tuple[PlanYear, dict[FundingSource, Fraction]]]
) -> Iterator[Fault]:
    """A glide path on which the member's share falls."""
    if plan.pattern is not PlanPattern.GIFT_THEN_INDIVIDUAL:
        return
    own = [(each.year, shares.get(_MEMBER, Fraction(0))) for each, shares in years]
    for (_, before), (year, after) in itertools.pairwise(own):
        if after < before:
            yield _fault(plan, "must not let the member's share fall", f"{year}: {after} after {before}")


def _resolution_faults(
    plan: FundingPlan, years: list[tuple[PlanYear, dict[FundingSource, Fraction]]]
) -> Iterator[Fault]:
    if plan.resolution is None and any(shares.get(_UNION) for _, shares in years):
        yield no_resolution(plan.unit_id, "none")


def _fault(plan: FundingPlan, rule: str, found: str) -> Fault:
    return Fault(subject=plan.unit_id, rule=rule, found=found, clause=PATTERN_CLAUSES[plan.pattern])


@implements("SN-2.3.4b")
def no_resolution(unit_id: UnitId, found: str) -> Fault:
    """The fault that the union pays without a resolution that allows it.

    Clause:
        SN-2.3.4b
    """
    rule = "must cite the resolution by which the union pays"
    return Fault(subject=unit_id, rule=rule, found=found, clause="SN-2.3.4b")


@implements("SN-2.3.5a", "SN-2.3.5b", "SN-2.3.4a")
def planned_split(plan: FundingPlan, year: int, due: Money) -> tuple[PayerShare, ...]:
    """Who bears what of the dues in a year, to the fen; empty before the plan begins.

    Args:
        plan: The plan.
        year: Year in which the period begins.
        due: What the member's place costs.

    Clause:
        SN-2.3.5a, SN-2.3.5b, SN-2.3.4a
    """
    return split_of(due, plan.split_in(year))


@attrs.frozen(kw_only=True)
class PayrollBatch:
    """Payroll batch (工资代扣名单): from whose pay the dues are deducted.

    Attributes:
        deducted: Workers who have authorised it.
        listed: Workers who have not; they pay otherwise, or not at all.
    """

    deducted: tuple[MemberId, ...]
    listed: tuple[MemberId, ...]


@implements("SN-2.3.5d")
def payroll_batch(
    members: tuple[MemberId, ...], authorisations: tuple[Authorisation, ...], cut_off: datetime.date
) -> PayrollBatch:
    """Who is deducted from the pay: each worker by an own authorisation that was not withdrawn.

    Args:
        members: Workers of the batch, in their order.
        authorisations: What the workers gave; the newest of a worker counts.
        cut_off: Day of the deduction; an authorisation given later, or withdrawn before, is none.

    Clause:
        SN-2.3.5d
    """
    newest: dict[MemberId, Authorisation] = {}
    for each in sorted(authorisations, key=lambda each: each.given_on):
        if each.given_on <= cut_off:
            newest[each.member_id] = each
    holding = {
        who for who, each in newest.items() if each.withdrawn_on is None or each.withdrawn_on >= cut_off
    }
    return PayrollBatch(
        deducted=tuple(who for who in members if who in holding),
        listed=tuple(who for who in members if who not in holding),
    )


class SourceGroup(enum.Enum):
    """Group of sources (资金来源类别) in the report on support from outside (ACFTU-4.5)."""

    MEMBERS = "members"
    UNIONS_AND_EMPLOYERS = "unions_and_employers"
    GOVERNMENT = "government"
    SOCIETY = "society"
    OTHER = "other"


_GROUPS: Final[Mapping[FundingSource, SourceGroup]] = MappingProxyType(
    {
        FundingSource.MEMBER: SourceGroup.MEMBERS,
        FundingSource.UNION: SourceGroup.UNIONS_AND_EMPLOYERS,
        FundingSource.EMPLOYER: SourceGroup.UNIONS_AND_EMPLOYERS,
        FundingSource.GOVERNMENT: SourceGroup.GOVERNMENT,
        FundingSource.DONATION: SourceGroup.SOCIETY,
        FundingSource.INTEREST: SourceGroup.OTHER,
        FundingSource.OTHER: SourceGroup.OTHER,
    }
)


@attrs.frozen(kw_only=True)
class SourceReport:
    """Report by source (资金来源情况): every source on its own line, adding up to the total.

    Attributes:
        lines: Amount of each source, in the order of ``FundingSource``; no zeros.
        total: What they add up to.

    Clause:
        ACFTU-4.5, ACFTU-2.3a, HN-4.3.1
    """

    lines: tuple[PayerShare, ...]
    total: Money

    def share(self, source: FundingSource) -> Fraction:
        """The exact part of the total that a source bears; 0 where nothing came in."""
        borne = sum(line.amount.fen for line in self.lines if line.payer is source)
        return Fraction(borne, self.total.fen) if self.total else Fraction(0)

    def amount(self, group: SourceGroup) -> Money:
        """What a group of sources came to."""
        return total(line.amount for line in self.lines if _GROUPS[line.payer] is group)


@implements("ACFTU-4.5", "ACFTU-2.3a", "HN-4.3.1")
def source_report(parts: Iterable[PayerShare]) -> SourceReport:
    """What each source came to, listed apart and adding up.

    Args:
        parts: Amounts by source; a source may come more than once.

    Clause:
        ACFTU-4.5, ACFTU-2.3a, HN-4.3.1
    """
    sums = dict.fromkeys(FundingSource, 0)
    for part in parts:
        sums[part.payer] += part.amount.fen
    lines = tuple(PayerShare(payer=source, amount=Money(fen)) for source, fen in sums.items() if fen)
    return SourceReport(lines=lines, total=total(line.amount for line in lines))


@implements("ACFTU-2.3a")
def percent(share: Fraction) -> str:
    """A share in percent with two decimals, half up.

    Clause:
        ACFTU-2.3a

    >>> percent(Fraction(1, 3))
    '33.33 %'
    """
    hundredths = round_fen(share.numerator * 10_000, share.denominator, Rounding.HALF_UP)
    return f"{hundredths // 100}.{hundredths % 100:02d} %"
