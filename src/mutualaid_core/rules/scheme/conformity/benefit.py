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
from mutualaid_core.rules.scheme.soundness.figures.shared import HELD_IN

COST_AMOUNTS: Final = frozenset({"medfee_sumamt", "inscp_scp_amt"})
"""Settlement amounts of what care cost, of which anybody may have paid a part."""

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
    for number, benefit in enumerate(version.benefits):
        base = benefit.base
        if benefit.basis is not Basis.INDEMNITY or not isinstance(base, AmountsBase):
            continue
        held = [payer for payer in wanted if _may_hold(base, payer)]
        taken = _taken(base)
        missing = [payer for payer in held if payer not in taken]
        if missing:
            place, rule = f"benefits[{number}].base.subtract", "must subtract " + ", ".join(held)
            found = "no " + ", ".join(missing)
            yield asked(policy.cited("benefit.earlier_payers", missing[0]), place, rule, found)


def _may_hold(base: AmountsBase, payer: str) -> bool:
    """Whether something that *payer* paid may stand in what *base* adds."""
    return any(
        name in COST_AMOUNTS
        or name == payer
        or payer in HELD_IN.get(name, ())
        or name in HELD_IN.get(payer, ())
        for name in base.add
    )


def _taken(base: AmountsBase) -> frozenset[str]:
    """What *base* subtracts, the funds and their sum each for the other."""
    taken = frozenset(base.subtract)
    if "fund_pay_sumamt" in taken or taken >= FUND_AMOUNTS:
        taken |= {"fund_pay_sumamt", *FUND_AMOUNTS}
    return taken


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
