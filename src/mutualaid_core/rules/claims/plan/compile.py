"""Compile (编译): a scheme version becomes a plan of whole numbers.

Each step multiplies the denominator of the running fraction by that of its own ratios, so the
denominators are known before any claim is. Where classes differ in theirs, all are lifted to
the least common one.
"""

import math
from collections.abc import Sequence
from functools import singledispatch
from itertools import pairwise

from mutualaid_core.domain.scheme.benefit import steps as terms
from mutualaid_core.domain.scheme.benefit.bands import Band, SumBand
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.limits import DaysLimit
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.facts import KNOWN_FACTS, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.ratio import common_denominator
from mutualaid_core.rules.claims.plan import steps as plans
from mutualaid_core.rules.claims.plan.steps import Origin
from mutualaid_core.rules.claims.plan.terms import BenefitPlan, Plan, limit_plan


def compile_version(version: SchemeVersion) -> Plan:
    """The plan of *version*. It is made once and computes any number of claims."""
    counts = {fact.name for fact in version.facts if fact.kind is FactKind.COUNT}
    counts |= {name for name, kind in KNOWN_FACTS.items() if kind is FactKind.COUNT}
    benefits = tuple(
        compile_benefit(benefit, f"benefits[{number}]", frozenset(counts))
        for number, benefit in enumerate(version.benefits)
    )
    return Plan(
        version=version,
        benefits=benefits,
        insurances=frozenset({None, *(each.value for each in version.eligibility.insurance_types)}),
        cares=frozenset({None, *version.event.kinds_of_care}),
    )


def compile_benefit(benefit: Benefit, path: str, counts: frozenset[str]) -> BenefitPlan:
    """The plan of one benefit.

    Args:
        benefit: The benefit.
        path: Path of its parameter.
        counts: Names of the facts that are whole numbers.
    """
    limits = [
        limit_plan(limit, benefit, f"{path}.limits[{number}]") for number, limit in enumerate(benefit.limits)
    ]
    shares = [step.most for step in benefit.flat_steps if isinstance(step, terms.TimesShares)]
    minima = [step for step in benefit.flat_steps if isinstance(step, terms.MinimumPayment)]
    per_day = [
        number
        for number, step in enumerate(benefit.steps)
        if step.TAKES is Unit.DAYS and step.GIVES is Unit.MONEY
    ]
    steps, places = _steps(benefit, path, counts)
    leading = _leading(benefit)
    return BenefitPlan(
        terms=benefit,
        path=path,
        steps=steps,
        leading=places[leading - 1] + 1 if leading else 0,
        per_day=places[per_day[0]] if per_day else None,
        shares_most=max(shares) if shares else None,
        may_exceed_base=any(step.may_exceed_base for step in minima),
        days_limits=tuple(each for each in limits if isinstance(each.limit, DaysLimit)),
        limits=tuple(each for each in limits if not isinstance(each.limit, DaysLimit)),
    )


def _leading(benefit: Benefit) -> int:
    """How many steps are deductibles, for every class, before any other step."""
    for number, step in enumerate(benefit.steps):
        kinds = [choice.step for choice in step.choices] if isinstance(step, terms.ByClass) else [step]
        if not all(isinstance(kind, terms.Deductible) for kind in kinds):
            return number
    return len(benefit.steps)


def _steps(
    benefit: Benefit, path: str, counts: frozenset[str]
) -> tuple[tuple[plans.StepPlan, ...], tuple[int, ...]]:
    """The steps of the plan, and the place among them of each step of the benefit.

    Roundings after single steps are steps of the plan too.
    """
    made: list[plans.StepPlan] = []
    places: list[int] = []
    rule, taken = benefit.rounding, 1
    in_bands = rule if rule.place is RoundingPlace.EACH_BAND else None
    for number, step in enumerate(benefit.steps):
        place = f"{path}.steps[{number}]"
        given = _given(step, taken, in_bands)
        places.append(len(made))
        if isinstance(step, terms.ByClass):
            made.append(_by_class(step, place, taken, given, in_bands, counts))
        else:
            made.append(_plain(step, place, taken, given, in_bands))
        taken = given
        is_fine = taken > 1 or rule.unit.fen > 1
        if rule.place is RoundingPlace.EACH_STEP and step.GIVES is Unit.MONEY and is_fine:
            made.append(_rounding(rule, path, taken))
            taken = 1
    return (*made, _rounding(rule, path, taken)), tuple(places)


def _rounding(rule: RoundingRule, path: str, taken: int) -> plans.Round:
    origin = Origin(step=None, path=f"{path}.rounding", source=rule.source, given=1)
    return plans.Round(origin=origin, rule=rule, taken=taken)


def _given(step: terms.Step, taken: int, in_bands: RoundingRule | None) -> int:
    """Denominator of what *step* gives when it takes a fraction over *taken*."""
    match step:
        case terms.ByClass():
            return math.lcm(*(_given(choice.step, taken, in_bands) for choice in step.choices))
        case terms.MarginalBands() if in_bands is not None:
            return 1
        case terms.MarginalBands() | terms.SlabBands():
            return taken * common_denominator(tuple(band.ratio for band in step.bands))
        case terms.Share():
            return taken * step.ratio.denominator
        case terms.SumBands() | terms.FixedSum() | terms.PerDay() | terms.DayTable():
            return 1
        case _:
            return taken


def _by_class(  # noqa: PLR0913, PLR0917  # what a step needs, and the names of the counts
    step: terms.ByClass,
    path: str,
    taken: int,
    given: int,
    in_bands: RoundingRule | None,
    counts: frozenset[str],
) -> plans.ByCode | plans.ByCount:
    made = [
        (choice, _plain(choice.step, f"{path}.choices[{number}].step", taken, given, in_bands))
        for number, choice in enumerate(step.choices)
    ]
    rest = made[-1][1] if made[-1][0].takes_rest else None
    named = [(choice, plan) for choice, plan in made if not choice.takes_rest]
    if step.fact in counts:
        ranges = tuple((choice.least or 0, choice.most, plan) for choice, plan in named)
        return plans.ByCount(fact=step.fact, ranges=ranges, rest=rest)
    table = {word: plan for choice, plan in named for word in choice.one_of}
    return plans.ByCode(fact=step.fact, table=table, rest=rest)


def _plain(
    step: terms.PlainStep, path: str, taken: int, given: int, in_bands: RoundingRule | None
) -> plans.PlainPlan:
    origin = Origin(step=step, path=path, source=step.source, given=given)
    if isinstance(step, terms.MarginalBands):
        return _marginal(step, origin, taken, in_bands)
    return _compiled(step, origin, taken)


def _edges(bands: Sequence[Band] | Sequence[SumBand], taken: int) -> tuple[int, ...]:
    return tuple(band.above.fen * taken for band in bands)


def _marginal(
    step: terms.MarginalBands, origin: Origin, taken: int, in_bands: RoundingRule | None
) -> plans.Marginal:
    common = common_denominator(tuple(band.ratio for band in step.bands))
    edges = _edges(step.bands, taken)
    ratios = tuple(band.ratio.numerator * (common // band.ratio.denominator) for band in step.bands)
    offsets = [0]
    for (lower, upper), ratio in zip(pairwise(edges), ratios, strict=False):
        offsets.append(offsets[-1] + (upper - lower) * ratio)
    last = step.bands[-1].up_to
    mosts = tuple(None if band.most is None else band.most.fen * taken * common for band in step.bands)
    natural = 1 if in_bands is not None else taken * common
    plain = in_bands is None and all(most is None for most in mosts)
    kind = plans.Marginal if plain else plans.MarginalByBand
    return kind(
        origin=origin,
        edges=edges,
        top=None if last is None else last.fen * taken,
        ratios=ratios,
        offsets=tuple(offsets),
        mosts=mosts,
        rounding=in_bands,
        taken=taken * common,
        lift=origin.given // natural,
    )


@singledispatch
def _compiled(step: terms.PlainStep, origin: Origin, taken: int) -> plans.PlainPlan:
    """The plan of a step other than marginal bands; one function for each kind."""
    assert isinstance(step, terms.Deductible)  # every other kind has a function of its own
    return plans.Subtract(origin=origin, amount=step.amount.fen * taken, lift=origin.given // taken)


@_compiled.register
def _(step: terms.SlabBands, origin: Origin, taken: int) -> plans.PlainPlan:
    common = common_denominator(tuple(band.ratio for band in step.bands))
    return plans.Slab(
        origin=origin,
        edges=_edges(step.bands, taken),
        ratios=tuple(band.ratio.numerator * (common // band.ratio.denominator) for band in step.bands),
        mosts=tuple(None if band.most is None else band.most.fen * taken * common for band in step.bands),
        lift=origin.given // (taken * common),
    )


@_compiled.register
def _(step: terms.SumBands, origin: Origin, taken: int) -> plans.PlainPlan:
    sums = tuple(band.pays.fen * origin.given for band in step.bands)
    return plans.Sums(origin=origin, edges=_edges(step.bands, taken), sums=sums)


@_compiled.register
def _(step: terms.Share, origin: Origin, taken: int) -> plans.PlainPlan:
    factor = step.ratio.numerator * (origin.given // (taken * step.ratio.denominator))
    return plans.Times(origin=origin, factor=factor)


@_compiled.register
def _(step: terms.AtMost, origin: Origin, taken: int) -> plans.PlainPlan:
    return plans.Bound(origin=origin, amount=step.amount.fen * taken, lift=origin.given // taken)


@_compiled.register
def _(step: terms.MinimumPayment, origin: Origin, taken: int) -> plans.PlainPlan:
    return plans.Minimum(
        origin=origin,
        amount=step.amount.fen * taken,
        reach=None if step.base_up_to is None else step.base_up_to.fen,
        within_base=not step.may_exceed_base,
        taken=taken,
        lift=origin.given // taken,
    )


@_compiled.register
def _(step: terms.TimesShares, origin: Origin, taken: int) -> plans.PlainPlan:
    return plans.Shares(origin=origin, most=step.most, lift=origin.given // taken)


@_compiled.register
def _(step: terms.DayTable, origin: Origin, _taken: int) -> plans.PlainPlan:
    return plans.Days(
        origin=origin,
        firsts=tuple(band.first for band in step.bands),
        pays=tuple(band.pays for band in step.bands),
        mosts=tuple(band.most for band in step.bands),
    )


@_compiled.register
def _(step: terms.PerDay, origin: Origin, _taken: int) -> plans.PlainPlan:
    return plans.Times(origin=origin, factor=step.amount.fen * origin.given)


@_compiled.register
def _(step: terms.FixedSum, origin: Origin, _taken: int) -> plans.PlainPlan:
    return plans.Give(origin=origin, amount=step.amount.fen * origin.given)
