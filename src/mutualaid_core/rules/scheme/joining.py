"""Joining under a policy (参加规则): ways in, refusals, goals, riders, late joiners."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, MembershipMode, RefusalReason
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.scheme.allowed import asked

_WAYS: Final[Mapping[MembershipMode, tuple[JoinedBy, ...]]] = {
    MembershipMode.INDIVIDUAL: (JoinedBy.UNIT, JoinedBy.PLATFORM, JoinedBy.PERSON),
    MembershipMode.UNIT_OR_PLATFORM: (JoinedBy.UNIT, JoinedBy.PLATFORM),
    MembershipMode.UNIT_ONLY: (JoinedBy.UNIT,),
}


@implements("HN-3.1.2c", "GD-2.3.1c")
def joining_faults(joined_by: JoinedBy, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why nobody may be brought in that way; empty where somebody may.

    Clause:
        HN-3.1.2c, GD-2.3.1c
    """
    mode = policy.policy.membership.mode
    if mode is None or joined_by in _WAYS[mode]:
        return ()
    rule = "must be " + " or ".join(way.value for way in _WAYS[mode])
    return (asked(policy.cited("membership.mode"), "joined_by", rule, joined_by.value),)


@implements("SN-2.1.4c", "ACFTU-1.1c")
def refusal_faults(reason: RefusalReason, policy: EffectivePolicy) -> tuple[Fault, ...]:
    """Why a unit may not refuse its workers for that reason; empty where nothing forbids it.

    Illness is no reason under any policy: cover is for all alike, whatever their health.

    Clause:
        SN-2.1.4c, ACFTU-1.1c
    """
    rule = "must not be the reason of a refusal"
    if reason is RefusalReason.ILLNESS:
        return (Fault(subject="refusal", rule=rule, found=reason.value, clause="ACFTU-1.1c"),)
    banned = policy.policy.membership.refusals_banned or ()
    if reason not in banned:
        return ()
    return (asked(policy.cited("membership.refusals_banned", reason.value), "refusal", rule, reason.value),)


@implements("SN-2.1.4a")
def goal_gap(eligible: int, enrolled: int, policy: EffectivePolicy) -> int | None:
    """Persons who are missing from a unit's goal; ``None`` where no layer sets one.

    A goal is shown beside the gate and refuses nobody.

    Clause:
        SN-2.1.4a
    """
    goal = policy.policy.goal.unit_ratio
    if goal is None:
        return None
    return max(-(-eligible * goal.numerator // goal.denominator) - enrolled, 0)


@implements("SN-2.2.2a", "SN-2.2.3a")
def rider_faults(
    held: tuple[str, ...], parts: tuple[Part, ...], policy: EffectivePolicy
) -> tuple[Fault, ...]:
    """The riders that one person holds in a period without what they need.

    Clause:
        SN-2.2.2a, SN-2.2.3a
    """
    if not policy.policy.product.rider_requires_main:
        return ()
    return tuple(
        asked(
            policy.cited("product.rider_requires_main"),
            part.part_id,
            f"must be held with {needed}",
            "without",
        )
        for part in parts
        for needed in part.needs
        if part.part_id in held and needed not in held
    )


@attrs.frozen(kw_only=True)
class RiderOnly:
    """Persons with riders alone (只参加副险), out of all persons who hold anything."""

    persons: int
    of: int


@implements("SN-2.2.2a", "SN-2.2.2b")
def rider_only(held: tuple[tuple[str, ...], ...], parts: tuple[Part, ...]) -> RiderOnly:
    """How many persons hold riders and no main item; reported also where that is allowed.

    Args:
        held: What each person holds.
        parts: Parts of the scheme; those that need others are riders.

    Clause:
        SN-2.2.2a, SN-2.2.2b
    """
    mains = {part.part_id for part in parts if not part.needs}
    own = [set(each) for each in held if each]
    return RiderOnly(persons=sum(not each & mains for each in own), of=len(own))


@implements("HN-4.3.5d", "HN-4.4.2b")
def late_joining_faults(
    cover: DayRange,
    period: DayRange,
    paid_on: datetime.date,
    window_last_day: datetime.date,
    policy: EffectivePolicy,
) -> tuple[Fault, ...]:
    """Why cover may not be given so where nobody waits; empty where it may.

    Without a waiting period the window is the only guard against joining on the way to
    hospital: cover starts with the period and not with the payment, and who pays late is
    refused, or starts with the next period.

    Clause:
        HN-4.3.5d, HN-4.4.2b
    """
    if policy.policy.benefit.waiting_days_max != 0:
        return ()
    faults = []
    if paid_on > window_last_day:
        rule = f"must be <= {window_last_day.isoformat()}, or for the next period"
        faults.append(Fault(subject="paid_on", rule=rule, found=paid_on.isoformat(), clause="HN-4.3.5d"))
    if cover.first_day != period.first_day:
        rule, found = f"must be {period.first_day.isoformat()}", cover.first_day.isoformat()
        faults.append(Fault(subject="cover.first_day", rule=rule, found=found, clause="HN-4.3.5d"))
    return tuple(faults)


@implements("ACFTU-3.2a")
def is_bound_by_cost(basis: Basis) -> bool:
    """Whether all payers together are held to the cost: for compensation, not for a fixed sum.

    Clause:
        ACFTU-3.2a
    """
    return basis is Basis.INDEMNITY


@implements("GD-2.3.2b")
def repetition_faults(group: str, basis: Basis, paid_groups: tuple[str, ...]) -> tuple[Fault, ...]:
    """Why a fixed sum may not be paid again: one event is paid once under its group.

    Args:
        group: Group of the event, such as a group of diseases.
        basis: Basis of the benefit.
        paid_groups: Groups under which the person was paid fixed sums before.

    Clause:
        GD-2.3.2b
    """
    if is_bound_by_cost(basis) or group not in paid_groups:
        return ()
    rule = "must be paid once under its group"
    return (Fault(subject="event", rule=rule, found="paid before", clause="GD-2.3.2b"),)
