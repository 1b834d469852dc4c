"""Marginal tiers (分段累加): each band pays its ratio on its own slice, rounded once."""

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit import Band, MarginalBands, RoundingPlace, RoundingRule
from mutualaid_core.domain.values.money import ZERO, Money, round_fen
from mutualaid_core.domain.values.ratio import common_denominator


@implements("HN-4.4.2c")
def slice_of(base: Money, band: Band) -> Money:
    """The part of *base* that lies in *band*; zero where none does.

    Clause:
        HN-4.4.2c
    """
    top = base if band.up_to is None else min(base, band.up_to)
    return max(top - band.above, ZERO)


@implements("HN-4.4.2c", "HN-4.4.3b")
def marginal_benefit(
    base: Money, table: MarginalBands, rounding: RoundingRule
) -> tuple[Money, tuple[TraceStep, ...]]:
    """Sum over the bands, exact until the one rounding that *rounding* names.

    Returns:
        The rounded sum, a step per band that the base reaches, and the step of the rounding.

    Clause:
        HN-4.4.2c, HN-4.4.3b
    """
    common = common_denominator(tuple(band.ratio for band in table.bands))
    summed = 0
    steps = []
    for number, band in enumerate(table.bands):
        part = slice_of(base, band)
        if not part:
            continue
        share = part.fen * band.ratio.numerator * (common // band.ratio.denominator)
        if rounding.place is RoundingPlace.EACH_BAND:
            share = round_fen(share, common, rounding.mode) * common
        summed += share
        steps.append(_band_step(part, share, common, table, number))
    result = Money(round_fen(summed, common, rounding.mode))
    return result, (*steps, _rounding_step(summed, common, result, rounding))


@implements("HN-4.4.2c")
def has_share(base: Money, table: MarginalBands) -> bool:
    """Whether *base* reaches a band that pays anything, however little.

    Clause:
        HN-4.4.2c
    """
    return any(band.ratio.numerator and slice_of(base, band) for band in table.bands)


def _band_step(part: Money, share: int, common: int, table: MarginalBands, number: int) -> TraceStep:
    band = table.bands[number]
    whole, rest = divmod(share, common)
    upper = (("up_to", band.up_to),) if band.up_to is not None else ()
    exact = (("exact_fen", f"{share}/{common}"),) if rest else ()
    return TraceStep(
        rule=Rule.BAND,
        before=part,
        after=Money(whole),
        amounts=(("above", band.above), *upper),
        facts=(("ratio", str(band.ratio)), *exact),
        parameter=f"benefit.steps[0].bands[{number}]",
        source=table.source,
        clauses=("HN-4.4.2c",),
    )


def _rounding_step(summed: int, common: int, result: Money, rounding: RoundingRule) -> TraceStep:
    return TraceStep(
        rule=Rule.ROUNDING,
        after=result,
        facts=(
            ("mode", rounding.mode.value),
            ("place", rounding.place.value),
            ("exact_fen", f"{summed}/{common}" if summed % common else str(summed // common)),
        ),
        parameter="benefit.rounding",
        source=rounding.source,
        clauses=("HN-4.4.3b",),
    )
