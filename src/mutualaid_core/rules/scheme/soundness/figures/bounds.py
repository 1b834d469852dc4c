"""Bounds (上下界): between which amounts a benefit can lie after each of its steps."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.soundness.finding import Flaw

NOTHING: Final = Fraction(0)

Found: TypeAlias = Iterator[tuple[str, Flaw, str, str]]
"""Path inside the benefit, flaw, rule, and what was found."""


@attrs.frozen
class Bounds:
    """Between what a quantity lies where it is above nothing.

    Attributes:
        least: The least that it is known to be then; 0 where nothing is known.
        most: The most that it can be; ``None`` for no end.
    """

    least: Fraction
    most: Fraction | None

    def scaled(self, factor: Fraction) -> "Bounds":
        """Both ends times *factor*."""
        if not factor:
            return Bounds(NOTHING, NOTHING)
        return Bounds(self.least * factor, None if self.most is None else self.most * factor)

    def cut(self, most: Fraction) -> "Bounds":
        """Nothing above *most*."""
        return Bounds(min(self.least, most), most if self.most is None else min(self.most, most))


def start(benefit: Benefit) -> Bounds:
    """What the steps of *benefit* start from."""
    if benefit.base.unit is Unit.MONEY:
        return Bounds(NOTHING, None)
    return Bounds(Fraction(1), Fraction(1) if benefit.base.unit is Unit.EVENT else None)


def along(benefit: Benefit, shares: int, first: Bounds) -> Iterator[tuple[str, steps.Step, Bounds, Bounds]]:
    """Each step of *benefit* with its path inside it and the bounds before and after it.

    Args:
        benefit: The benefit.
        shares: Shares held.
        first: What the steps start from.
    """
    before = first
    for number, step in enumerate(benefit.steps):
        if step.TAKES is Unit.DAYS and step.GIVES is Unit.MONEY:
            for limit in benefit.limits:
                if isinstance(limit, DaysLimit) and limit.per is Per.CLAIM:
                    before = before.cut(Fraction(limit.most))
        after = _rounded(benefit, step, _after(step, shares, before))
        yield f"steps[{number}]", step, before, after
        before = after


def _rounded(benefit: Benefit, step: steps.Step, after: Bounds) -> Bounds:
    """Bounds with what rounding on the way may add at most."""
    rule = benefit.rounding
    if after.most is None or rule.place is RoundingPlace.END_OF_BENEFIT or step.GIVES is not Unit.MONEY:
        return after
    parts = len(step.bands) if isinstance(step, steps.MarginalBands) else 1
    unit = Fraction(rule.unit.fen)
    # Downwards an amount may lose all but what is a whole unit.
    return Bounds(after.least // unit * unit, -(-after.most // unit) * unit + (parts - 1) * unit)


def _after(step: steps.Step, shares: int, before: Bounds) -> Bounds:
    """Bounds after a step; of several choices the widest."""
    if not isinstance(step, steps.ByClass):
        return after_plain(step, shares, before)
    each = [after_plain(choice.step, shares, before) for choice in step.choices]
    mosts = [bounds.most for bounds in each if bounds.most is not None]
    # What pays nothing at all has no least amount above nothing.
    leasts = [bounds.least for bounds in each if bounds.most != NOTHING]
    return Bounds(min(leasts, default=NOTHING), max(mosts) if len(mosts) == len(each) else None)


def after_plain(step: steps.PlainStep, shares: int, before: Bounds) -> Bounds:  # noqa: PLR0911  # one line per step
    """Bounds after one step."""
    match step:
        case steps.Deductible():
            fen = Fraction(step.amount.fen)
            return before if not fen else Bounds(NOTHING, _less(before.most, fen))
        case steps.Share():
            return before.scaled(_exact(step.ratio))
        case steps.AtMost():
            return before.cut(Fraction(step.amount.fen))
        case steps.TimesShares():
            return before.scaled(Fraction(min(shares, step.most)))
        case steps.PerDay():
            return before.scaled(Fraction(step.amount.fen))
        case steps.FixedSum():
            return Bounds(Fraction(step.amount.fen), Fraction(step.amount.fen))
        case steps.MinimumPayment():
            return _raised(step, before)
        case _:
            return _by_table(step, before)


def _by_table(
    step: steps.MarginalBands | steps.SlabBands | steps.SumBands | steps.DayTable, before: Bounds
) -> Bounds:
    match step:
        case steps.MarginalBands():
            return Bounds(NOTHING, _marginal(step, before.most))
        case steps.SlabBands():
            return Bounds(NOTHING, _slab(step, before.most))
        case steps.SumBands():
            sums = [band.pays.fen for band in step.bands if is_reached(band.above.fen, before.most)]
            paid = [Fraction(fen) for fen in sums if fen]
            return Bounds(min(paid, default=NOTHING), max(paid, default=NOTHING))
        case _:
            return _days(step)


def _less(most: Fraction | None, fen: Fraction) -> Fraction | None:
    return None if most is None else max(NOTHING, most - fen)


def _exact(ratio: Ratio) -> Fraction:
    return Fraction(ratio.numerator, ratio.denominator)


def is_reached(edge: int, most: Fraction | None) -> bool:
    """Whether an amount of at most *most* can lie above *edge*."""
    return most is None or edge < most


def _raised(step: steps.MinimumPayment, before: Bounds) -> Bounds:
    """A minimum raises the least only where it always applies in full."""
    fen = Fraction(step.amount.fen)
    always = step.base_up_to is None and step.may_exceed_base
    most = before.most if before.most is None or before.most == NOTHING else max(before.most, fen)
    return Bounds(max(before.least, fen) if always else before.least, most)


def band_most(band: Band, most: Fraction | None) -> Fraction | None:
    """The most that a band's ratio gives on its own slice, whatever the band's limit; ``None`` for no end."""
    ratio = _exact(band.ratio)
    ends = [
        end for end in (most, None if band.up_to is None else Fraction(band.up_to.fen)) if end is not None
    ]
    if not ratio:
        return NOTHING
    return ratio * max(NOTHING, min(ends) - band.above.fen) if ends else None


def _marginal(step: steps.MarginalBands, most: Fraction | None) -> Fraction | None:
    whole = NOTHING
    for band in step.bands:
        given = band_most(band, most)
        if band.most is not None:
            given = Fraction(band.most.fen) if given is None else min(given, Fraction(band.most.fen))
        if given is None:
            return None
        whole += given
    return whole


def _slab(step: steps.SlabBands, most: Fraction | None) -> Fraction | None:
    highest = NOTHING
    for band in step.bands:
        if not is_reached(band.above.fen, most) or not band.ratio.numerator:
            continue
        ends = [
            end for end in (most, None if band.up_to is None else Fraction(band.up_to.fen)) if end is not None
        ]
        given = [min(ends) * _exact(band.ratio)] if ends else []
        given += [] if band.most is None else [Fraction(band.most.fen)]
        if not given:
            return None
        highest = max(highest, min(given))
    return highest


def _days(step: steps.DayTable) -> Bounds:
    paid = [band.pays for band in step.bands if band.pays is not None]
    actual = [band for band in step.bands if band.pays is None]
    ends = [band.most or band.last for band in actual]
    most = None if None in ends else Fraction(max([0, *paid, *(end for end in ends if end is not None)]))
    leasts = [days for days in paid if days] + [min(band.first, band.most or band.first) for band in actual]
    return Bounds(Fraction(min(leasts, default=0)), most)


def yuan_of(fen: Fraction) -> str:
    """A bound as an amount is written, downwards to the fen; it may be larger than any amount."""
    whole, cents = divmod(int(fen), 100)
    return f"{whole}.{cents:02d}"


def fen_of(limit: AmountLimit, shares: int) -> int:
    """What *limit* leaves to so many shares."""
    return limit.most.fen * (shares if limit.times_shares else 1)
