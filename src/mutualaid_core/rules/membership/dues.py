"""Dues (互助金缴费): what an enrolment costs, and who bears which part of it."""

import datetime
import math
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.contribution import PayerShare as PayerPart
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.dues import Dues, DuesRate, FundingSource, PayerShare
from mutualaid_core.domain.scheme.joining import JoiningTerms
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.values.money import Money, split_by_weights, total
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.facts import NO_FACTS, MemberFacts
from mutualaid_core.rules.membership.terms import fee_of
from mutualaid_core.rules.scheme.fit import all_hold

_NOTHING: Final = Ratio(0, 1)


@attrs.frozen(kw_only=True)
class Holding:
    """What a member holds (持有): shares of one part, or of a scheme that has none.

    Attributes:
        part: Part of the scheme; ``None`` where the scheme has no parts.
        shares: Shares.
    """

    part: str | None = None
    shares: int = 1


@implements("SN-2.2.3a")
def check_parts(held: tuple[str, ...], parts: tuple[Part, ...]) -> None:
    """Refuse parts that a member may not hold together.

    Raises:
        InvalidValueError: A part is unknown, held twice, without one that it needs, or beside one
            that it excludes.

    Clause:
        SN-2.2.3a
    """
    known = {part.part_id: part for part in parts}
    if strangers := [part_id for part_id in held if part_id not in known]:
        _refuse_parts("must be among " + (", ".join(known) or "none"), strangers)
    if len(set(held)) != len(held):
        _refuse_parts("must name each part once", list(held))
    for part_id in held:
        if missing := [needed for needed in known[part_id].needs if needed not in held]:
            _refuse_parts(f"must hold {', '.join(missing)} with {part_id}", list(held))
        if beside := [other for other in known[part_id].excludes if other in held]:
            _refuse_parts(f"must not hold {', '.join(beside)} with {part_id}", list(held))


def _refuse_parts(rule: str, found: list[str]) -> None:
    raise InvalidValueError("parts", rule, ", ".join(found), clause="SN-2.2.3a")


@implements("HN-4.3.4b")
def rate_for(part: str | None, dues: Dues, facts: MemberFacts = NO_FACTS) -> DuesRate:
    """The rate of a part that applies to a member: the first one whose conditions hold.

    Raises:
        InvalidValueError: No rate of the part applies, or a condition asks for what is not known.

    Clause:
        HN-4.3.4b
    """
    found = applying_rate(part, dues, facts)
    if found is None:
        raise InvalidValueError("dues", "must have a rate that applies", part, clause="HN-4.3.4b")
    return found


@implements("HN-4.3.4b")
def applying_rate(part: str | None, dues: Dues, facts: MemberFacts) -> DuesRate | None:
    """The rate of a part that applies to a member; ``None`` for a person whom the part does not take.

    Raises:
        InvalidValueError: A condition asks for what is not known.

    Clause:
        HN-4.3.4b
    """
    of_part = (rate for rate in dues.rates if rate.part == part)
    return next((rate for rate in of_part if all_hold(rate.when, facts)), None)


@implements("HN-4.3.4b", "HN-4.3.4c", "HN-4.3.5a")
def dues_for(shares: int, dues: Dues, facts: MemberFacts = NO_FACTS) -> Money:
    """What *shares* of a scheme without parts cost for one period, to be paid at once.

    Raises:
        InvalidValueError: More shares than one person may hold, or none; or no rate applies.

    Clause:
        HN-4.3.4b, HN-4.3.4c, HN-4.3.5a
    """
    return dues_of((Holding(shares=shares),), dues, facts)


@implements("HN-4.3.4b", "HN-4.3.4c", "HN-4.3.5a")
def dues_of(holdings: tuple[Holding, ...], dues: Dues, facts: MemberFacts = NO_FACTS) -> Money:
    """What all that a member holds costs for one period, to be paid at once.

    Raises:
        InvalidValueError: More shares of a part than one person may hold, or none; or no rate
            of a part applies.

    Clause:
        HN-4.3.4b, HN-4.3.4c, HN-4.3.5a
    """
    return total(_cost(holding, rate_for(holding.part, dues, facts)) for holding in holdings)


def _cost(holding: Holding, rate: DuesRate) -> Money:
    if not 1 <= holding.shares <= rate.shares_max:
        rule = f"must be 1 to {rate.shares_max}"
        raise InvalidValueError("shares", rule, holding.shares, clause="HN-4.3.4c")
    return Money(rate.amount.fen * holding.shares)


@implements("HN-4.3.4b")
def holdings_of(parts: tuple[str, ...], shares: int) -> tuple[Holding, ...]:
    """What somebody holds: so many shares of each part, or of a scheme that has none.

    Clause:
        HN-4.3.4b
    """
    return tuple(Holding(part=part, shares=shares) for part in parts) or (Holding(shares=shares),)


@implements("HN-4.3.4b", "HN-4.3.5a")
def due_of(
    enrolment: Enrolment, dues: Dues, joining: JoiningTerms | None = None, facts: MemberFacts = NO_FACTS
) -> Money:
    """What an enrolment costs in its period: all that is held, at the fee of its term.

    Args:
        enrolment: The enrolment.
        dues: Dues of the version.
        joining: The joining terms of the version; ``None`` where it has none.
        facts: What is known of the member.

    Raises:
        InvalidValueError: No rate applies, more shares are held than one person may, or the fee
            is no whole number of fen.

    Clause:
        HN-4.3.4b, HN-4.3.5a
    """
    whole = dues_of(holdings_of(enrolment.parts, enrolment.shares), dues, facts)
    return fee_of(whole, joining, enrolment.term_months)


@implements("ACFTU-2.3a", "SN-2.3.5b")
def split_of(amount: Money, split: tuple[PayerShare, ...]) -> tuple[PayerPart, ...]:
    """Who bears what of *amount*, to the fen; empty where the scheme leaves it to the units.

    The fen that rounding down leaves over go to the largest remainders; equal ones are served in
    the order in which the split names the payers. A payer of the rest has the exact share that the
    others leave, so that thirds come out alike however they are written.

    Clause:
        ACFTU-2.3a, SN-2.3.5b
    """
    if not split:
        return ()
    ratios = [share.ratio or _NOTHING for share in split]
    whole = math.lcm(*(ratio.denominator for ratio in ratios))
    told = [ratio.numerator * (whole // ratio.denominator) for ratio in ratios]
    rest = whole - sum(told)
    weights = tuple(
        rest if share.ratio is None else weight for share, weight in zip(split, told, strict=True)
    )
    parts = split_by_weights(amount, weights)
    return tuple(PayerPart(payer=share.payer, amount=part) for share, part in zip(split, parts, strict=True))


@implements("ACFTU-2.3a", "HN-4.3.1", "HN-5.2.2a")
def check_contribution(contribution: Contribution, due: Money, dues: Dues, terms: ContributionTerms) -> None:
    """Refuse a contribution that is not the dues, from a payer not allowed, or too early.

    Where the scheme says who bears which share, the contribution must be borne so.

    Args:
        contribution: What was paid.
        due: What the enrolment costs.
        dues: Dues of the version, which name the payers.
        terms: What the policies together ask of contributions.

    Raises:
        InvalidValueError: With the field that is wrong and its clause.

    Clause:
        ACFTU-2.3a, HN-4.3.1, HN-5.2.2a
    """
    if contribution.amount != due:
        raise InvalidValueError(
            "contribution", f"must be {due}", str(contribution.amount), clause="HN-4.3.4b"
        )
    strangers = [part.payer.value for part in contribution.split if part.payer not in dues.payers]
    if strangers:
        raise InvalidValueError("split", "must name allowed payers", ", ".join(strangers), clause="HN-4.3.1")
    check_borne(contribution, split_of(due, dues.split), "ACFTU-2.3a")
    check_received_on(contribution.received_on, terms)


@implements("ACFTU-2.3a")
def check_borne(contribution: Contribution, wanted: tuple[PayerPart, ...], clause: str) -> None:
    """Refuse a contribution that is not borne as *wanted*; nothing is asked where that is empty.

    Args:
        contribution: What was paid.
        wanted: Who must bear what, to the fen.
        clause: Clause by which it must be so.

    Raises:
        InvalidValueError: It is borne otherwise.

    Clause:
        ACFTU-2.3a
    """
    if wanted and _borne(wanted) != _borne(contribution.split):
        raise InvalidValueError("split", f"must be {_told(wanted)}", _told(contribution.split), clause=clause)


def _borne(split: tuple[PayerPart, ...]) -> dict[FundingSource, Money]:
    """Amounts by payer; who bears nothing need not be named."""
    return {part.payer: part.amount for part in split if part.amount}


def _told(split: tuple[PayerPart, ...]) -> str:
    return ", ".join(f"{part.payer.value} {part.amount}" for part in split)


@implements("HN-5.2.2a")
def check_received_on(received_on: datetime.date, terms: ContributionTerms) -> None:
    """Refuse money that came before collection was allowed, where a policy says from when on it is.

    Raises:
        InvalidValueError: *received_on* is too early.

    Clause:
        HN-5.2.2a
    """
    if terms.collect_from is not None and received_on < terms.collect_from:
        rule = f"must be >= {terms.collect_from.isoformat()}"
        raise InvalidValueError("received_on", rule, received_on.isoformat(), clause="HN-5.2.2a")
