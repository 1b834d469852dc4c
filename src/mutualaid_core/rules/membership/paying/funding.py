"""Funding (缴费分担): who bears the dues, by which plan, and what each source came to."""

import datetime
import enum
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.funding import (
    Authorisation,
    EarlierPlan,
    FundingPlan,
    PlanPattern,
    PlanYear,
)
from mutualaid_core.domain.scheme.dues import Dues, FundingSource
from mutualaid_core.domain.scheme.dues import PayerShare as SharePart
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.domain.values.money import Money, Rounding, round_fen, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import check_borne, split_of
from mutualaid_core.rules.membership.paying.glide import Path, falls, falls_after

_MEMBER, _UNION, _EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER

_Years = list[tuple[PlanYear, dict[FundingSource, Fraction]]]

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
def plan_faults(
    plan: FundingPlan, dues: Dues, terms: ContributionTerms, known: FundingPlan | None = None
) -> tuple[Fault, ...]:
    """Why a funding plan may not hold, all of it at once; empty where it may.

    A plan by which the union pays and that cites no resolution is only to be held, since the
    number can be brought; ``is_for_a_person`` tells these faults apart.

    Args:
        plan: The plan.
        dues: Dues of the version, which name the payers.
        terms: What the policies together ask of contributions.
        known: Plans that the unit made before; ``None`` for none.

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
        *(fault for each in years for fault in _year_faults(plan, dues, *each)),
        *_falling_faults(plan, years, known),
        *_resolution_faults(plan, years),
    )


@implements("SN-2.3.4b", "ACFTU-11.1b")
def plan_day_faults(plan: FundingPlan, told_on: datetime.date) -> tuple[Fault, ...]:
    """Why a plan cannot be recorded yet: it is of a day to come.

    Args:
        plan: The plan.
        told_on: Business day on which it is recorded.

    Clause:
        SN-2.3.4b, ACFTU-11.1b
    """
    if plan.made_on <= told_on:
        return ()
    rule, found = f"must be made by {told_on.isoformat()}", plan.made_on.isoformat()
    return (Fault(subject=plan.unit_id, rule=rule, found=found, clause="ACFTU-11.1b"),)


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


def _scheme_faults(plan: FundingPlan, dues: Dues, years: _Years) -> Iterator[Fault]:
    """Years in which a plan shares the dues otherwise than the scheme itself."""
    wanted = _borne(dues.split) if dues.split else {}
    for year, _ in years:
        own = _borne(year.split)
        if wanted and own != wanted:
            rule = f"must be shared as the scheme says: {_told(wanted)}"
            found = f"{year.year}: {_told(own)}"
            yield Fault(subject=plan.unit_id, rule=rule, found=found, clause="ACFTU-2.3a")


def _borne(split: tuple[SharePart, ...]) -> dict[FundingSource, Fraction]:
    """The exact share of each payer who bears something."""
    return {payer: share for payer, share in shares_of(split).items() if share}


def _told(shares: dict[FundingSource, Fraction]) -> str:
    return ", ".join(f"{payer.value} {share}" for payer, share in shares.items())


def _year_faults(
    plan: FundingPlan, dues: Dues, year: PlanYear, shares: dict[FundingSource, Fraction]
) -> Iterator[Fault]:
    """What the pattern asks of every single year, of the shares and then of the amounts in fen."""
    holds, rule = _asked(plan.pattern, shares)
    if not holds:
        yield _fault(plan, rule, f"{year.year}: {_told(shares)}")
        return
    for amount in dict.fromkeys(rate.amount for rate in dues.rates):
        parts = planned_split(plan, year.year, amount, dues.split)
        holds, rule = _asked(plan.pattern, {part.payer: part.amount.fen for part in parts})
        if not holds:
            yield _fault(plan, rule, f"{year.year}: {_told_fen(parts)}")


def _asked(pattern: PlanPattern, borne: Mapping[FundingSource, Fraction | int]) -> tuple[bool, str]:
    """Whether the pattern is kept to by who bears what, in shares or in fen, and what it asks."""
    own, union, employer = (Fraction(borne.get(payer, 0)) for payer in (_MEMBER, _UNION, _EMPLOYER))
    others = sum(borne.values()) - own - union - employer
    rules = {
        PlanPattern.GIFT: (own == 0, "must leave nothing to the member"),
        PlanPattern.GIFT_THEN_INDIVIDUAL: (True, ""),
        PlanPattern.THREE_WAY: (
            min(own, union, employer) > 0 and others == 0,
            "must be shared by member, union and employer alone",
        ),
        PlanPattern.UNION_MAJOR: (own < union, "must have the union bear more than the member"),
        PlanPattern.PAYROLL_VOLUNTARY: (own > 0, "must have the member bear a part"),
        PlanPattern.EMPLOYER_SUBSIDY: (min(own, employer) > 0, "must have employer and member bear a part"),
    }
    return rules[pattern]


def _told_fen(parts: tuple[PayerShare, ...]) -> str:
    return ", ".join(f"{part.payer.value} {part.amount}" for part in parts)


def _falling_faults(plan: FundingPlan, years: _Years, known: FundingPlan | None) -> Iterator[Fault]:
    """A glide path on which the member's share falls, within the plan or from the plans before it."""
    if plan.pattern is not PlanPattern.GIFT_THEN_INDIVIDUAL:
        return
    path = [(each.year, shares.get(_MEMBER, Fraction(0))) for each, shares in years]
    plans = () if known is None else known.plans
    before = [(each, _path(each)) for each in plans if each.pattern is plan.pattern]
    for year, after, stood in (*falls_after(plan, path, before), *falls(path)):
        yield _fault(plan, "must not let the member's share fall", f"{year}: {after} after {stood}")


def _path(plan: EarlierPlan) -> Path:
    return [(each.year, shares_of(each.split).get(_MEMBER, Fraction(0))) for each in plan.years]


def _resolution_faults(plan: FundingPlan, years: _Years) -> Iterator[Fault]:
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
def planned_split(
    plan: FundingPlan, year: int, due: Money, scheme: tuple[SharePart, ...] = ()
) -> tuple[PayerShare, ...]:
    """Who bears what of the dues in a year, to the fen; empty before the plan begins.

    Args:
        plan: The plan.
        year: Year in which the period begins.
        due: What the member's place costs.
        scheme: Split of the scheme itself. Where the plan only repeats it, in another order or with
            a rest, the scheme's order says who bears the odd fen.

    Clause:
        SN-2.3.5a, SN-2.3.5b, SN-2.3.4a
    """
    own = plan.split_in(year)
    repeats = bool(own and scheme) and _borne(own) == _borne(scheme)
    return split_of(due, scheme if repeats else own)


@implements("SN-2.3.5a", "SN-2.3.5b", "SN-2.3.5c", "SN-2.3.5d", "SN-2.3.4a")
def check_planned(
    contribution: Contribution, plan: FundingPlan, year: int, scheme: tuple[SharePart, ...]
) -> None:
    """Refuse a contribution that is not borne as the unit's plan says, by the amounts in fen.

    Args:
        contribution: What was paid: what the member's place costs.
        plan: The unit's plan.
        year: Year in which the period begins.
        scheme: Split of the scheme itself; empty where it has none.

    Raises:
        InvalidValueError: It is borne otherwise, or what the plan makes of the dues is not what its
            pattern asks.

    Clause:
        SN-2.3.5a, SN-2.3.5b, SN-2.3.5c, SN-2.3.5d, SN-2.3.4a
    """
    wanted = planned_split(plan, year, contribution.amount, scheme)
    clause = PATTERN_CLAUSES[plan.pattern]
    check_borne(contribution, wanted, clause)
    holds, rule = _asked(plan.pattern, {part.payer: part.amount.fen for part in wanted})
    if wanted and not holds:
        raise InvalidValueError("split", rule, _told_fen(wanted), clause=clause)


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
