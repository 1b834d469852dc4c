"""Conformity (合规检查): whether a scheme version keeps to the policies above it."""

import datetime
from collections.abc import Iterator

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, Condition
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.policy.product import Structure
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.scheme.allowed import asked, strangers
from mutualaid_core.rules.scheme.conformity.benefit import (
    basis_conforms,
    cap_conforms,
    deductibles_conform,
    earlier_payers_conform,
    events_conform,
    waiting_conforms,
)
from mutualaid_core.rules.scheme.conformity.joining import joining_conforms
from mutualaid_core.rules.scheme.layers import Chain, days_to_check, effective_if_sound, starts_of


@implements("ACFTU-18.1", "ACFTU-4.3c", "HN-0.3")
def nonconformities(version: SchemeVersion, policy: Policy, *above: Policy) -> tuple[Fault, ...]:
    """Everything in *version* that its policies do not allow; empty where it conforms.

    It is judged on its first day, and on every later day of its force on which a further layer
    starts. What a later layer adds says so.

    Args:
        version: The terms.
        policy: The policy that they name.
        above: The policies above that one, the nearest first.

    Clause:
        ACFTU-18.1, ACFTU-4.3c, HN-0.3 and those of the single checks
    """
    chain = (policy, *above)
    found = list(_wrong_policy(version, policy))
    known: set[Fault] = set()
    for number, day in enumerate(days_to_check(chain, version.first_day, version.last_day)):
        faults = _faults_on(day, version, chain)
        fresh = [fault for fault in faults if fault not in known]
        known.update(faults)
        found += [attrs.evolve(each, rule=f"{each.rule} from {day}") if number else each for each in fresh]
    return tuple(found)


def _faults_on(day: datetime.date, version: SchemeVersion, chain: Chain) -> tuple[Fault, ...]:
    """What the layers of one day do not allow."""
    checks = (
        *(_dues, _same_dues, _payers, _eligibility, _structure, _riders, _large_payment),
        *(events_conform, basis_conforms, deductibles_conform, waiting_conforms),
        *(earlier_payers_conform, cap_conforms, joining_conforms),
    )
    effective = effective_if_sound(chain, day)
    if effective is None:
        return ()
    return tuple(fault for check in checks for fault in check(version, effective))


@implements("HN-3.2.1a", "HN-3.2.1b", "ACFTU-4.2a", "ACFTU-18.2")
def pooling_nonconformities(
    region: PoolingRegion, policy: Policy, *above: Policy, on: datetime.date | None = None
) -> tuple[Fault, ...]:
    """What is wrong with *region* as a pool under its policies; empty where nothing is.

    Args:
        region: The pool.
        policy: The nearest policy.
        above: The policies above it, the nearest first.
        on: The day; ``None`` for the day from which all of them hold.

    Clause:
        HN-3.2.1a, HN-3.2.1b, ACFTU-4.2a, ACFTU-18.2
    """
    chain = (policy, *above)
    effective = effective_if_sound(chain, max(starts_of(chain)) if on is None else max(on, policy.valid_from))
    if effective is None:
        return ()
    pooling = effective.policy.pooling
    return (
        *strangers(effective, "pooling.levels", "region.level", (region.level,), pooling.levels),
        *strangers(effective, "pooling.types", "region.type", (region.type,), pooling.types),
    )


@implements("HN-0.3", "HN-4.3.4a", "ACFTU-4.3c")
def parts_nonconformities(
    policy: Policy, region: PoolingRegion, scheme: Scheme, version: SchemeVersion, period: Period
) -> tuple[Fault, ...]:
    """Where the parts of a founding do not belong together; empty where they do.

    Clause:
        HN-0.3, HN-4.3.4a, ACFTU-4.3c
    """
    belongs = (
        ("scheme.policy_id", scheme.policy_id, policy.policy_id, "HN-0.3"),
        ("scheme.pool_id", scheme.pool_id, region.pool_id, "ACFTU-4.2a"),
        ("scheme_id", version.scheme_id, scheme.scheme_id, "ACFTU-4.3c"),
        ("period.scheme_id", period.scheme_id, scheme.scheme_id, "HN-4.3.4a"),
        ("period.state", period.state.value, PeriodState.OPEN.value, "ACFTU-S4.2b"),
    )
    faults = [
        Fault(subject=subject, rule=f"must be {wanted}", found=found, clause=clause)
        for subject, found, wanted, clause in belongs
        if found != wanted
    ]
    uncovered = next(
        (day for day in (period.cover.first_day, period.cover.last_day) if not version.is_in_force(day)), None
    )
    if uncovered is not None:
        rule, found = "must be in force through the period", f"not on {uncovered.isoformat()}"
        faults.append(Fault(subject="first_day", rule=rule, found=found, clause="ACFTU-4.3c"))
    return tuple(faults)


@implements("HN-0.3")
def _wrong_policy(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    if version.policy_id != policy.policy_id:
        rule = f"must be {policy.policy_id}"
        yield Fault(subject="policy_id", rule=rule, found=version.policy_id, clause="HN-0.3")
    if version.first_day < policy.valid_from:
        rule = f"must be >= {policy.valid_from.isoformat()}"
        yield Fault(subject="first_day", rule=rule, found=version.first_day.isoformat(), clause="ACFTU-4.3c")


@implements("HN-4.3.4b", "HN-4.3.4c", "ACFTU-1.1b")
def _dues(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    terms = policy.policy.contribution
    least, most = terms.amount_min, terms.amount_max
    for number, rate in enumerate(version.dues.rates):
        place, found = f"dues.rates[{number}].amount", str(rate.amount)
        if least is not None and rate.amount < least:
            rule = f"must be >= {least}" if most is None else f"must be {least} to {most}"
            yield asked(policy.cited("contribution.amount_min"), place, rule, found)
        if most is not None and rate.amount > most:
            rule = f"must be <= {most}" if least is None else f"must be {least} to {most}"
            yield asked(policy.cited("contribution.amount_max"), place, rule, found)
        if terms.shares_max is not None and rate.shares_max > terms.shares_max:
            place, rule = f"dues.rates[{number}].shares_max", f"must be <= {terms.shares_max}"
            yield asked(policy.cited("contribution.shares_max"), place, rule, str(rate.shares_max))


@implements("ACFTU-1.1c")
def _same_dues(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Rates that a banned fact tells from a rate of the same part with another amount."""
    same_for = policy.policy.contribution.same_for or ()
    rates = version.dues.rates
    for number, rate in enumerate(rates):
        told = [name for condition in rate.when for name in facts_of(condition) if name in same_for]
        others = {other.amount for other in rates if other.part == rate.part and other.amount != rate.amount}
        if told and others:
            rule = "must not differ by " + ", ".join(same_for)
            place, found = f"dues.rates[{number}].when", ", ".join(told)
            yield asked(policy.cited("contribution.same_for", told[0]), place, rule, found)


def facts_of(condition: Condition) -> tuple[str, ...]:
    """The facts that a condition asks for."""
    if isinstance(condition, AmountWithin):
        return condition.add + condition.subtract
    return (condition.fact,)


@implements("HN-4.3.1")
def _payers(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    allowed = policy.policy.contribution.payers
    yield from strangers(policy, "contribution.payers", "dues.payers", version.dues.payers, allowed)


@implements("HN-4.1.1b", "HN-4.1.1c", "SN-1.5")
def _eligibility(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    for name in ("insurance_types", "employments"):
        path = f"eligibility.{name}"
        own, allowed = getattr(version.eligibility, name), getattr(policy.policy.eligibility, name)
        yield from strangers(policy, path, path, own, allowed)


@implements("HN-4.2.1a")
def _structure(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    if policy.policy.product.structure is Structure.SINGLE and len(version.parts) > 1:
        found = ", ".join(part.part_id for part in version.parts)
        yield asked(policy.cited("product.structure"), "parts", "must be one item without parts", found)


@implements("SN-2.2.3a")
def _riders(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Parts that may be held without the main item, though they are not another main item."""
    if not policy.policy.product.rider_requires_main:
        return
    mains: list[Part] = []
    for number, part in enumerate(version.parts):
        if part.needs:
            continue
        if all(_exclude_each_other(part, main) for main in mains):
            mains.append(part)
        else:
            rule = f"must name the main item {mains[0].part_id}, or exclude it"
            place = f"parts[{number}].needs"
            yield asked(policy.cited("product.rider_requires_main"), place, rule, "none")


def _exclude_each_other(one: Part, other: Part) -> bool:
    return one.part_id in other.excludes or other.part_id in one.excludes


@implements("ACFTU-13.5b")
def _large_payment(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    own, terms = version.open_points.large_payment, policy.policy.account
    place = "open_points.large_payment"
    if terms.large_amount is not None and own.amount > terms.large_amount:
        rule = f"must be <= {terms.large_amount}"
        yield asked(policy.cited("account.large_amount"), f"{place}.amount", rule, str(own.amount))
    if terms.large_window_days is not None and own.window_days < terms.large_window_days:
        rule = f"must be >= {terms.large_window_days} days"
        yield asked(
            policy.cited("account.large_window_days"), f"{place}.window_days", rule, str(own.window_days)
        )
