"""Conformity of benefits (补助标准合规): what a version pays, against the policy in force on a day."""

from collections.abc import Iterator, Sequence
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.bands import Band, SumBand
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import (
    ByClass,
    Deductible,
    MarginalBands,
    PlainStep,
    SlabBands,
    Step,
    SumBands,
)
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.rules.scheme.allowed import asked, strangers

NET_AMOUNTS: Final = frozenset({"psn_part_amt", "psn_cash_pay", "acct_pay", "acct_mulaid_pay"})
"""Settlement amounts that the member bore, from which every fund has been taken already."""

FUND_AMOUNTS: Final = frozenset(
    {"hifp_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "hifob_pay", "maf_pay", "oth_pay"}
)
"""Settlement amounts that add up to ``fund_pay_sumamt``."""


@implements("HN-4.2.1a", "ACFTU-S1.1")
def events_conform(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of events and kinds of care for which schemes may not pay.

    Clause:
        HN-4.2.1a, ACFTU-S1.1
    """
    limits = policy.policy.benefit
    for number, benefit in enumerate(version.benefits):
        place = f"benefits[{number}].event"
        yield from strangers(policy, "benefit.events", place, (benefit.event,), limits.events)
    own = version.event.kinds_of_care
    yield from strangers(policy, "benefit.kinds_of_care", "event.kinds_of_care", own, limits.kinds_of_care)


@implements("ACFTU-3.2a", "HN-4.2.1f")
def basis_conforms(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of benefits whose basis is not allowed.

    Clause:
        ACFTU-3.2a, HN-4.2.1f
    """
    for number, benefit in enumerate(version.benefits):
        place = f"benefits[{number}].basis"
        yield from strangers(policy, "benefit.basis", place, (benefit.basis,), policy.policy.benefit.basis)


@implements("HN-4.4.2a")
def deductibles_conform(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of every place at which more is left to the member first than is allowed.

    A step that takes an amount off is one such place, and so is a table whose lowest band
    begins above nothing, or pays nothing.

    Clause:
        HN-4.4.2a
    """
    most = policy.policy.benefit.deductible_max
    if most is None:
        return
    for number, benefit in enumerate(version.benefits):
        for path, amount in _deductibles(benefit):
            if amount > most:
                place = f"benefits[{number}].{path}"
                yield asked(policy.cited("benefit.deductible_max"), place, f"must be <= {most}", str(amount))


def _deductibles(benefit: Benefit) -> Iterator[tuple[str, Money]]:
    """Path of each place that leaves something to the member, and what is left there and before."""
    before = ZERO
    for number, step in enumerate(benefit.steps):
        found = [(path, left) for path, left in _left_by(f"steps[{number}]", step) if left > ZERO]
        yield from ((path, before + left) for path, left in found)
        before += max((left for _, left in found), default=ZERO)


def _left_by(path: str, step: Step) -> Iterator[tuple[str, Money]]:
    """Path and amount of what a step leaves to the member, for each class of a choice."""
    if isinstance(step, ByClass):
        for number, choice in enumerate(step.choices):
            yield from _left_by_plain(f"{path}.choices[{number}].step", choice.step)
    else:
        yield from _left_by_plain(path, step)


def _left_by_plain(path: str, step: PlainStep) -> Iterator[tuple[str, Money]]:
    if isinstance(step, Deductible):
        yield f"{path}.amount", step.amount
    elif isinstance(step, MarginalBands | SlabBands | SumBands):
        number, edge = _unpaid_up_to(step.bands)
        yield f"{path}.bands[{number}].above", edge


def _unpaid_up_to(bands: Sequence[Band | SumBand]) -> tuple[int, Money]:
    """The first band that pays something, and where it begins; the last one where none does."""
    paying = (number for number, band in enumerate(bands) if _pays(band))
    number = next(paying, len(bands) - 1)
    return number, bands[number].above


def _pays(band: Band | SumBand) -> bool:
    return band.ratio.numerator > 0 if isinstance(band, Band) else band.pays > ZERO


@implements("HN-4.4.2b")
def waiting_conforms(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of benefits that wait longer than is allowed.

    Clause:
        HN-4.4.2b
    """
    most = policy.policy.benefit.waiting_days_max
    for number, benefit in enumerate(version.benefits):
        if most is not None and benefit.waiting.days > most:
            place, found = f"benefits[{number}].waiting.grades", str(benefit.waiting.days)
            yield asked(policy.cited("benefit.waiting_days_max"), place, f"must be <= {most} days", found)


@implements("HN-4.2.1e", "ACFTU-3.1a")
def earlier_payers_conform(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of indemnities whose base still holds what somebody paid before.

    A base of what the member bore holds nothing of it; amounts that the scheme declares say
    in their title what they are.

    Clause:
        HN-4.2.1e, ACFTU-3.1a
    """
    wanted = policy.policy.benefit.earlier_payers or ()
    own = frozenset(fact.name for fact in version.facts)
    for number, benefit in enumerate(version.benefits):
        base = benefit.base
        if benefit.basis is not Basis.INDEMNITY or not isinstance(base, AmountsBase):
            continue
        missing = [payer for payer in wanted if not _is_free_of(payer, base, own)]
        if missing:
            place, rule = f"benefits[{number}].base.subtract", "must subtract " + ", ".join(wanted)
            found = "no " + ", ".join(missing)
            yield asked(policy.cited("benefit.earlier_payers", missing[0]), place, rule, found)


def _is_free_of(payer: str, base: AmountsBase, declared: frozenset[str]) -> bool:
    """Whether nothing that *payer* paid is left in *base*."""
    taken = set(base.subtract)
    if taken >= FUND_AMOUNTS:
        taken.add("fund_pay_sumamt")
    if "fund_pay_sumamt" in taken:
        taken |= FUND_AMOUNTS
    return payer in taken or set(base.add) <= NET_AMOUNTS | declared


@implements("HN-4.4.3c")
def cap_conforms(version: SchemeVersion, policy: EffectivePolicy) -> Iterator[Fault]:
    """Faults of benefits that no cap per person and period holds, or not one cap together.

    Clause:
        HN-4.4.3c
    """
    if not policy.policy.benefit.cap_required:
        return
    counters = [_period_counters(benefit) for benefit in version.benefits]
    for number, own in enumerate(counters):
        if not own:
            place = f"benefits[{number}].limits"
            yield asked(policy.cited("benefit.cap_required"), place, "must hold a period cap", "none")
    if counters and all(counters) and not frozenset.intersection(*counters):
        rule = "must share the counter of one period cap"
        found = ", ".join(sorted(frozenset.union(*counters)))
        yield asked(policy.cited("benefit.cap_required"), "benefits", rule, found)


def _period_counters(benefit: Benefit) -> frozenset[str]:
    """The counters over which caps per person and period run."""
    return frozenset(
        limit.counter or benefit.benefit_id
        for limit in benefit.limits
        if isinstance(limit, AmountLimit) and limit.per is Per.PERIOD and limit.each is None
    )
