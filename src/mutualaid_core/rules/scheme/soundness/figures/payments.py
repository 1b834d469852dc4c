"""Dues and shares (缴费与份数): every part has its rates, every rate applies, every share counts."""

from collections.abc import Iterator, Sequence

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.conditions import Condition, CountWithin
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.dues import DuesRate
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms


def rate_findings(terms: Terms) -> Iterator[Finding]:
    """Parts without a rate, rates without a part, and rates that an earlier one leaves nothing to."""
    dues = terms.dues
    if dues is None:
        return
    named = {rate.part for rate in dues.rates}
    asked = [set(rate.when) for rate in dues.rates]
    for path, part in terms.every(Part):
        if part.part_id not in named and named <= set(terms.part_ids):
            yield _rate(f"{path}.part_id", "must have a rate of dues", part.part_id)
    for number, rate in enumerate(dues.rates):
        path = f"dues.rates[{number}]"
        if rate.part is None and terms.part_ids:
            yield _rate(path, "must name the part that it is for", "no part")
        before = [at for at in range(number) if dues.rates[at].part == rate.part]
        if any(asked[at] <= asked[number] for at in before):
            rule = "must stand before the rate that takes everybody whom this one is for"
            yield _rate(path, rule, "no one left")


def _rate(path: str, rule: str, found: str) -> Finding:
    return Finding(flaw=Flaw.RATES, path=path, rule=rule, found=found)


def share_findings(terms: Terms) -> Iterator[Finding]:
    """Shares that are paid for and never count, and shares that count and cannot be held."""
    dues = terms.dues
    if dues is None:
        return
    for path, benefit in terms.benefits:
        held = max((rate.shares_max for rate in dues.rates if _is_for(rate, benefit)), default=None)
        for place, step in _times_shares(path, benefit):
            if held is not None and step.most > held:
                rule = f"must be <= {held}, which is all that a member may hold"
                yield Finding(flaw=Flaw.SHARES, path=f"{place}.most", rule=rule, found=str(step.most))
    # Shares of a part that is misspelt count somewhere else than it seems.
    if not terms.is_whole or {benefit.part for _, benefit in terms.benefits} - {None, *terms.part_ids}:
        return
    for number, rate in enumerate(dues.rates):
        counted = [_counted(benefit) for _, benefit in terms.benefits if _is_for(rate, benefit)]
        if counted and None not in counted:
            most = max(each for each in counted if each is not None)
            if rate.shares_max > most:
                rule = f"must be <= {most}, for further shares never count"
                place = f"dues.rates[{number}].shares_max"
                yield Finding(flaw=Flaw.SHARES, path=place, rule=rule, found=str(rate.shares_max))


def _is_for(rate: DuesRate, benefit: Benefit) -> bool:
    """Whether who pays a rate may claim a benefit."""
    return rate.part is None or benefit.part in {None, rate.part}


def _times_shares(path: str, benefit: Benefit) -> Iterator[tuple[str, steps.TimesShares]]:
    for number, step in enumerate(benefit.steps):
        place = f"{path}.steps[{number}]"
        if isinstance(step, steps.TimesShares):
            yield place, step
        elif isinstance(step, steps.ByClass):
            for at, choice in enumerate(step.choices):
                if isinstance(choice.step, steps.TimesShares):
                    yield f"{place}.choices[{at}].step", choice.step


def _counted(benefit: Benefit) -> int | None:
    """How many shares make a difference to a benefit; ``None`` for any number."""
    mosts = [step.most for step in benefit.flat_steps if isinstance(step, steps.TimesShares)]
    if mosts:
        return max(mosts)
    grades = any(grade.times_shares for grade in benefit.waiting.grades)
    limits = any(isinstance(limit, AmountLimit) and limit.times_shares for limit in benefit.limits)
    return None if grades or limits or _asks_shares(benefit) else 1


def _asks_shares(benefit: Benefit) -> bool:
    """Whether a benefit depends on the number of shares in another way than by multiplying."""
    conditions: Sequence[Condition] = (*benefit.when, *benefit.waiting.waived_when)
    classes = any(isinstance(step, steps.ByClass) and step.fact == "shares" for step in benefit.steps)
    return classes or any(isinstance(each, CountWithin) and each.fact == "shares" for each in conditions)
