"""Numbers (数值): small enough to be computed exactly, and times that end within a lifetime of a fund."""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Benefit
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.options import LargePayment
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import EventTerms
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.rules.scheme.soundness.figures.bounds import Bounds, along
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

DENOMINATORS_MAX: Final = 10**12
"""What the denominators of a benefit may come to when multiplied."""

DAYS_MAX: Final = 3_660
"""No waiting and no time limit lasts longer than ten years."""

MONTHS_MAX: Final = 120

CLAIM_MAX: Final = 10**10
"""Fen of the largest claim that is read from a file; no stay costs a hundred million yuan."""


LENGTHS_MAX: Final[Mapping[str, int]] = {
    "when": 30,
    "waived_when": 30,
    "grades": 30,
    "steps": 30,
    "limits": 30,
    "choices": 200,
    "rates": 200,
    "parts": 100,
    "terms": 30,
    "gate": 30,
}
"""How many parts a list may have; everything in it is held against everything else."""


def length_findings(terms: Terms) -> Iterator[Finding]:
    """Lists that are longer than any terms are: nothing else of them can be checked in a short time."""
    lengths = {path: len(each) for path, each in terms.conditions.items()}
    lengths["parts"] = len(terms.every(Part))
    for path, each in terms.entities.items():
        for field in LENGTHS_MAX:
            if isinstance(value := getattr(each, field, None), tuple):
                lengths[f"{path}.{field}"] = len(value)
    for path, length in lengths.items():
        most = LENGTHS_MAX.get(path.rpartition(".")[2], length)
        if length > most:
            rule = f"must have <= {most} parts"
            yield Finding(flaw=Flaw.TOO_LONG, path=path, rule=rule, found=str(length))


def number_findings(terms: Terms) -> Iterator[Finding]:
    """Benefits whose figures cannot be computed exactly within the limit of an amount."""
    dues = terms.dues
    held = max(rate.shares_max for rate in dues.rates) if dues is not None else 1
    for path, benefit in terms.benefits:
        product = math.prod(_denominator(step) for step in benefit.steps)
        if product > DENOMINATORS_MAX:
            rule = f"must have denominators that multiply to <= {DENOMINATORS_MAX:,}"
            yield _numbers(f"{path}.steps", rule, f"{product:,}")
        yield from _overflows(path, benefit, held)


def _denominator(step: steps.Step) -> int:
    """Denominator by which a step multiplies that of the running fraction."""
    match step:
        case steps.Share():
            return step.ratio.denominator
        case steps.MarginalBands() | steps.SlabBands():
            return math.lcm(*(band.ratio.denominator for band in step.bands))
        case steps.ByClass():
            return math.lcm(*(_denominator(choice.step) for choice in step.choices))
        case _:
            return 1


def _overflows(path: str, benefit: Benefit, held: int) -> Iterator[Finding]:
    """The first step after which the largest claim is above the largest amount."""
    largest = {Unit.MONEY: CLAIM_MAX, Unit.DAYS: DAYS_MAX, Unit.EVENT: 1}[benefit.base.unit]
    rule = f"must keep every benefit within {FEN_MAX // 100:,} yuan"
    for place, _, _, after in along(benefit, held, Bounds(Fraction(0), Fraction(largest))):
        if after.most is not None and after.most > FEN_MAX:
            yield _numbers(f"{path}.{place}", rule, "more for the largest claim")
            break
    for number, limit in enumerate(benefit.limits):
        if isinstance(limit, AmountLimit) and limit.times_shares and limit.most.fen * held > FEN_MAX:
            yield _numbers(f"{path}.limits[{number}].most", rule, f"{limit.most} for each of {held} shares")
    for number, grade in enumerate(benefit.waiting.grades):
        if grade.times_shares and grade.pays.fen * held > FEN_MAX:
            place = f"{path}.waiting.grades[{number}].pays"
            yield _numbers(place, rule, f"{grade.pays} for each of {held} shares")


def _numbers(path: str, rule: str, found: str) -> Finding:
    return Finding(flaw=Flaw.NUMBERS, path=path, rule=rule, found=found)


def time_findings(terms: Terms) -> Iterator[Finding]:
    """Times that are longer than any scheme asks for."""
    times = [(f"{path}.filing_days_max", event.filing_days_max) for path, event in terms.every(EventTerms)]
    times += [(f"{path}.through_day", grade.through_day) for path, grade in terms.every(WaitingGrade)]
    times += [(f"{path}.window_days", large.window_days) for path, large in terms.every(LargePayment)]
    times += [(f"{path}.within_days", each.within_days or 0) for path, each in terms.every(Accumulation)]
    for place, days in times:
        if days > DAYS_MAX:
            yield Finding(flaw=Flaw.TOO_LONG, path=place, rule=f"must be <= {DAYS_MAX}", found=str(days))
    for path, each in terms.every(Accumulation):
        if (each.within_months or 0) > MONTHS_MAX:
            place, found = f"{path}.within_months", str(each.within_months)
            yield Finding(flaw=Flaw.TOO_LONG, path=place, rule=f"must be <= {MONTHS_MAX}", found=found)


def twice_findings(terms: Terms) -> Iterator[Finding]:
    """Steps that multiply by the shares a second time, and what waives a waiting that there is not."""
    for path, benefit in terms.benefits:
        places = [at for at, step in enumerate(benefit.steps) if _multiplies(step)]
        for at in places[1:]:
            rule = "must stand once: the amount is already that of all shares"
            yield Finding(flaw=Flaw.DOUBLED_NAME, path=f"{path}.steps[{at}]", rule=rule, found="times_shares")
        if benefit.waiting.waived_when and not benefit.waiting.grades:
            rule, place = "must be empty where there are no grades", f"{path}.waiting.waived_when"
            yield Finding(flaw=Flaw.NO_EFFECT, path=place, rule=rule, found="conditions")


def _multiplies(step: steps.Step) -> bool:
    if isinstance(step, steps.ByClass):
        return any(isinstance(choice.step, steps.TimesShares) for choice in step.choices)
    return isinstance(step, steps.TimesShares)
