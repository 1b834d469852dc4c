"""Steps and limits that never change anything, and amounts that contradict each other (金额矛盾)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.bands import Band, SumBand
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.money import Money, round_fen
from mutualaid_core.rules.scheme.soundness.figures.bounds import (
    NOTHING,
    Bounds,
    Found,
    along,
    band_most,
    fen_of,
    is_reached,
    start,
    yuan_of,
)
from mutualaid_core.rules.scheme.soundness.figures.limits import idle_limits
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

_SAMPLES: Final = 6


def amount_findings(terms: Terms) -> Iterator[Finding]:
    """What has no effect, or contradicts, however many shares a member holds."""
    dues = terms.dues
    held = max((rate.shares_max for rate in dues.rates), default=1) if dues is not None else None
    for path, benefit in terms.benefits:
        samples = _samples(benefit, held)
        told = {shares: _of_benefit(benefit, shares) for shares in samples}
        for (place, flaw), (rule, found) in told[samples[0]].items():
            if all((place, flaw) in others for others in told.values()):
                # What a limit would have to cut is what the most shares are paid.
                most = told[max(samples)][place, flaw][0] if place.startswith("limits") else rule
                yield Finding(flaw=flaw, path=f"{path}.{place}", rule=most, found=found)


def _samples(benefit: Benefit, held: int | None) -> tuple[int, ...]:
    """Numbers of shares by which a benefit can differ: one, what counts at most, and what can be held."""
    counted = [step.most for step in benefit.flat_steps if isinstance(step, steps.TimesShares)]
    most = max(counted, default=1) if held is None else held
    return tuple(dict.fromkeys([1, most, *(min(each, most) for each in counted)]))[:_SAMPLES]


def _of_benefit(benefit: Benefit, shares: int) -> dict[tuple[str, Flaw], tuple[str, str]]:
    found: dict[tuple[str, Flaw], tuple[str, str]] = {}
    for check in (_steps, _sums, idle_limits, _rounding):
        for place, flaw, rule, what in check(benefit, shares):
            found.setdefault((place, flaw), (rule, what))
    return found


def _steps(benefit: Benefit, shares: int) -> Found:
    for place, step, before, after in along(benefit, shares, start(benefit)):
        if before.most == NOTHING:
            break
        if isinstance(step, steps.ByClass):
            for number, choice in enumerate(step.choices):
                yield from _step(f"{place}.choices[{number}].step", choice.step, before)
        else:
            yield from _unchanging(place, step)
            yield from _step(place, step, before)
        if after.most == NOTHING:
            yield place, Flaw.CONTRADICTING_AMOUNTS, "must leave something to be paid", "nothing ever"


def _unchanging(place: str, step: steps.PlainStep) -> Found:
    """A step that lets everything pass as it is. For one class of several it is a statement."""
    match step:
        case steps.Share() if step.ratio.numerator == step.ratio.denominator:
            yield f"{place}.ratio", Flaw.NO_EFFECT, "must be below 100%", str(step.ratio)
        case steps.TimesShares() if step.most == 1:
            yield f"{place}.most", Flaw.NO_EFFECT, "must be > 1", "1"
        case steps.DayTable() if all(band.pays is None and band.most is None for band in step.bands):
            yield place, Flaw.NO_EFFECT, "must pay other days than the actual ones", "the actual days"
        case _:
            pass


def _step(place: str, step: steps.PlainStep, before: Bounds) -> Found:
    match step:
        case steps.AtMost():
            yield from _at_most(f"{place}.amount", step.amount, before)
        case steps.MinimumPayment():
            yield from _minimum(f"{place}.amount", step, before)
        case steps.MarginalBands() | steps.SlabBands() | steps.SumBands():
            yield from _bands(place, step.bands, before)
        case steps.DayTable():
            yield from _day_table(place, step)
        case _:
            pass


def _rounding(benefit: Benefit, shares: int) -> Found:
    """A unit that leaves nothing of the most that the steps come to."""
    rule = benefit.rounding
    if rule.place is not RoundingPlace.END_OF_BENEFIT:
        return
    most = [after.most for _, _, _, after in along(benefit, shares, start(benefit))][-1]
    if most and not round_fen(most.numerator, most.denominator * rule.unit.fen, rule.mode):
        yield "rounding.unit", Flaw.CONTRADICTING_AMOUNTS, "must leave something to be paid", "nothing ever"


def _at_most(place: str, amount: Money, before: Bounds) -> Found:
    if before.most is not None and amount.fen >= before.most:
        rule = f"must be < {yuan_of(before.most)}, which is the most that comes before it"
        yield place, Flaw.NO_EFFECT, rule, str(amount)
    elif amount.fen < before.least:
        rule = f"must be >= {yuan_of(before.least)}, which is the least that comes before it"
        yield place, Flaw.CONTRADICTING_AMOUNTS, rule, str(amount)


def _minimum(place: str, step: steps.MinimumPayment, before: Bounds) -> Found:
    if before.least >= step.amount.fen:
        rule = f"must be > {yuan_of(before.least)}, which is the least that comes before it"
        yield place, Flaw.NO_EFFECT, rule, str(step.amount)
    elif before.most is not None and before.most < step.amount.fen:
        rule = f"must be <= {yuan_of(before.most)}, which is the most that comes before it"
        yield place, Flaw.CONTRADICTING_AMOUNTS, rule, str(step.amount)


def _bands(place: str, bands: tuple[Band, ...] | tuple[SumBand, ...], before: Bounds) -> Found:
    """Bands that no amount reaches, and limits of bands that their ratio never reaches."""
    rows: tuple[Band | SumBand, ...] = bands
    for number, band in enumerate(rows):
        at = f"{place}.bands[{number}]"
        if not is_reached(band.above.fen, before.most):
            rule = "must be a band that an amount can reach"
            yield at, Flaw.NO_EFFECT, rule, f"above {band.above}"
        elif isinstance(band, Band) and band.most is not None:
            highest = band_most(band, before.most)
            if highest is not None and band.most.fen >= highest:
                rule = f"must be < {yuan_of(highest)}, which is all that the band gives"
                yield f"{at}.most", Flaw.NO_EFFECT, rule, str(band.most)


def _day_table(place: str, step: steps.DayTable) -> Found:
    for number, band in enumerate(step.bands):
        if band.most is not None and band.last is not None and band.most >= band.last:
            yield f"{place}.bands[{number}].most", Flaw.NO_EFFECT, f"must be < {band.last}", str(band.most)


def _sums(benefit: Benefit, shares: int) -> Found:
    """Printed sums above a cap that follows: an upper bound after them, or a limit."""
    limits = [fen_of(limit, shares) for limit in benefit.limits if isinstance(limit, AmountLimit)]
    for number, step in enumerate(benefit.steps):
        for place, fen in _printed(f"steps[{number}]", step):
            factor, caps = _caps_after(benefit.steps[number + 1 :], shares, limits)
            if caps and fen * factor > min(caps):
                yield place, Flaw.CONTRADICTING_AMOUNTS, *_above(fen, Fraction(min(caps), factor))
    for number, grade in enumerate(benefit.waiting.grades):
        fen = grade.pays.fen * (shares if grade.times_shares else 1)
        if limits and fen > min(limits):
            place = f"waiting.grades[{number}].pays"
            yield place, Flaw.CONTRADICTING_AMOUNTS, *_above(fen, Fraction(min(limits)))


def _above(fen: int, cap: Fraction) -> tuple[str, str]:
    return f"must be <= {yuan_of(cap)}, which is the cap", yuan_of(Fraction(fen))


def _printed(place: str, step: steps.Step) -> Iterator[tuple[str, int]]:
    """The sums that a step states by themselves, in fen, with their paths."""
    match step:
        case steps.FixedSum() | steps.MinimumPayment():
            yield f"{place}.amount", step.amount.fen
        case steps.SumBands():
            for number, band in enumerate(step.bands):
                yield f"{place}.bands[{number}].pays", band.pays.fen
        case steps.ByClass():
            for number, choice in enumerate(step.choices):
                yield from _printed(f"{place}.choices[{number}].step", choice.step)
        case _:
            pass


def _caps_after(following: tuple[steps.Step, ...], shares: int, limits: list[int]) -> tuple[int, list[int]]:
    """By what a sum is still multiplied, and the caps on it; limits only where nothing else changes it."""
    factor, caps = 1, []
    for step in following:
        if isinstance(step, steps.TimesShares):
            factor *= min(shares, step.most)
        elif isinstance(step, steps.AtMost):
            caps.append(step.amount.fen)
        elif not isinstance(step, steps.MinimumPayment):
            return factor, caps
    return factor, [*caps, *limits]
