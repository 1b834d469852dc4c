"""Steps and limits that never change anything, and amounts that contradict each other (金额矛盾)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from mutualaid_core.domain.scheme.benefit import steps
from mutualaid_core.domain.scheme.benefit.bands import Band, SumBand
from mutualaid_core.domain.scheme.benefit.limits import (
    AmountLimit,
    DaysLimit,
    Excess,
    Limit,
    PaymentsLimit,
    Per,
)
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Benefit, Over
from mutualaid_core.domain.values.money import Money, round_fen
from mutualaid_core.rules.scheme.soundness.figures.bounds import (
    NOTHING,
    Bounds,
    along,
    band_most,
    is_reached,
    start,
)
from mutualaid_core.rules.scheme.soundness.finding import Finding, Flaw
from mutualaid_core.rules.scheme.soundness.terms import Terms

Found = Iterator[tuple[str, Flaw, str, str]]
"""Path inside the benefit, flaw, rule, and what was found."""

_SAMPLES: Final = 6

_WIDTH: Final = (Per.CLAIM, Per.PERIOD, Per.LIFETIME)


def amount_findings(terms: Terms) -> Iterator[Finding]:
    """What has no effect, or contradicts, however many shares a member holds."""
    dues = terms.dues
    held = max((rate.shares_max for rate in dues.rates), default=1) if dues is not None else None
    for path, benefit in terms.benefits:
        told = [_of_benefit(benefit, shares) for shares in _samples(benefit, held)]
        for (place, flaw), (rule, found) in told[0].items():
            if all((place, flaw) in others for others in told):
                yield Finding(flaw=flaw, path=f"{path}.{place}", rule=rule, found=found)


def _samples(benefit: Benefit, held: int | None) -> tuple[int, ...]:
    """Numbers of shares by which a benefit can differ: one, what counts at most, and what can be held."""
    counted = [step.most for step in benefit.flat_steps if isinstance(step, steps.TimesShares)]
    most = max(counted, default=1) if held is None else held
    return tuple(dict.fromkeys([1, most, *(min(each, most) for each in counted)]))[:_SAMPLES]


def _of_benefit(benefit: Benefit, shares: int) -> dict[tuple[str, Flaw], tuple[str, str]]:
    found: dict[tuple[str, Flaw], tuple[str, str]] = {}
    for check in (_steps, _sums, _limits, _rounding):
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
        rule = f"must be < {_yuan(before.most)}, which is the most that comes before it"
        yield place, Flaw.NO_EFFECT, rule, str(amount)
    elif amount.fen < before.least:
        rule = f"must be >= {_yuan(before.least)}, which is the least that comes before it"
        yield place, Flaw.CONTRADICTING_AMOUNTS, rule, str(amount)


def _minimum(place: str, step: steps.MinimumPayment, before: Bounds) -> Found:
    if before.least >= step.amount.fen:
        rule = f"must be > {_yuan(before.least)}, which is the least that comes before it"
        yield place, Flaw.NO_EFFECT, rule, str(step.amount)
    elif before.most is not None and before.most < step.amount.fen:
        rule = f"must be <= {_yuan(before.most)}, which is the most that comes before it"
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
                rule = f"must be < {_yuan(highest)}, which is all that the band gives"
                yield f"{at}.most", Flaw.NO_EFFECT, rule, str(band.most)


def _day_table(place: str, step: steps.DayTable) -> Found:
    for number, band in enumerate(step.bands):
        if band.most is not None and band.last is not None and band.most >= band.last:
            yield f"{place}.bands[{number}].most", Flaw.NO_EFFECT, f"must be < {band.last}", str(band.most)


def _sums(benefit: Benefit, shares: int) -> Found:
    """Printed sums above a cap that follows: an upper bound after them, or a limit."""
    limits = [_fen(limit, shares) for limit in benefit.limits if isinstance(limit, AmountLimit)]
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
    return f"must be <= {_yuan(cap)}, which is the cap", _yuan(Fraction(fen))


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


def _fen(limit: AmountLimit, shares: int) -> int:
    """What *limit* leaves to so many shares."""
    return limit.most.fen * (shares if limit.times_shares else 1)


def _limits(benefit: Benefit, shares: int) -> Found:
    """Limits that never bind."""
    *_, (_, _, _, after) = along(benefit, shares, start(benefit))
    most = _tidy(_with_waiting(benefit, shares, after.most), benefit.rounding.unit)
    for number, limit in enumerate(benefit.limits):
        place = f"limits[{number}].most"
        wider = _wider(limit, benefit.limits)
        if wider is not None:
            rule = f"must be < {_text(wider)}, which is the limit over a {wider.per.value}"
            yield place, Flaw.NO_EFFECT, rule, _text(limit)
        elif isinstance(limit, AmountLimit):
            own = _fen(limit, shares)
            payments = _payments(limit, benefit)
            if most and payments is not None and own >= most * payments:
                rule = f"must be < {_yuan(most * payments)}, which is all that can be paid"
                yield place, Flaw.NO_EFFECT, rule, str(limit.most)
        elif isinstance(limit, DaysLimit) and limit.per is Per.CLAIM:
            yield from _days_limit(place, limit, benefit, shares)


def _days_limit(place: str, limit: DaysLimit, benefit: Benefit, shares: int) -> Found:
    """A limit on the days of one claim that the table of days never lets through."""
    table = [
        after.most
        for _, step, _, after in along(benefit, shares, start(benefit))
        if isinstance(step, steps.DayTable)
    ]
    if table and table[-1] is not None and limit.most >= table[-1]:
        yield (
            place,
            Flaw.NO_EFFECT,
            f"must be < {table[-1]}, which is the most days that are paid",
            str(limit.most),
        )


def _with_waiting(benefit: Benefit, shares: int, most: Fraction | None) -> Fraction | None:
    """The most that is paid, also early in the cover."""
    sums = [grade.pays.fen * (shares if grade.times_shares else 1) for grade in benefit.waiting.grades]
    return None if most is None else max([most, *map(Fraction, sums)])


def _tidy(most: Fraction | None, unit: Money) -> Fraction | None:
    """*most* as it is at most after rounding."""
    return None if most is None else Fraction(-(-most // unit.fen) * unit.fen)


def _payments(limit: AmountLimit, benefit: Benefit) -> int | None:
    """How often what one claim gives can be paid under *limit*; ``None`` where that is not known."""
    if limit.counter is not None:
        return None
    if limit.per is Per.CLAIM:
        return 1
    if limit.each is None and benefit.accumulate.over is Over.PERIOD and limit.per is Per.PERIOD:
        return None if benefit.waiting.grades else 1
    counts = [
        each.most
        for each in benefit.limits
        if isinstance(each, PaymentsLimit)
        and each.each in {None, limit.each}
        and _WIDTH.index(each.per) >= _WIDTH.index(limit.per)
    ]
    # Claims for one cause are one payment, however many they are.
    return None if benefit.accumulate.over is Over.SAME_CAUSE else min(counts, default=None)


def _wider(limit: Limit, limits: tuple[Limit, ...]) -> Limit | None:
    """A limit over a longer time that is used up before *limit* can bind; ``None`` for none."""
    if limit.counter is not None or (isinstance(limit, AmountLimit) and limit.excess is Excess.REFUSE):
        return None
    for other in limits:
        is_wider = type(other) is type(limit) and _WIDTH.index(other.per) > _WIDTH.index(limit.per)
        scales = getattr(other, "times_shares", False) == getattr(limit, "times_shares", False)
        if is_wider and scales and other.each in {None, limit.each} and _size(other) <= _size(limit):
            return other
    return None


def _size(limit: Limit) -> int:
    return limit.most.fen if isinstance(limit, AmountLimit) else limit.most


def _text(limit: Limit) -> str:
    return str(limit.most)


def _yuan(fen: Fraction) -> str:
    """A bound as an amount is written, downwards to the fen; it may be larger than any amount."""
    whole, cents = divmod(int(fen), 100)
    return f"{whole}.{cents:02d}"
