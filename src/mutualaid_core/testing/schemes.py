"""Hypothesis strategies (测试数据生成) for whole scheme versions: benefits, limits, dues, open points.

Every version drawn here is valid and sound: benefits refer to earlier ones only, limits that
share a counter state the same, each part has a rate, and every fact that is asked for is known
or declared.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, Unit
from mutualaid_core.domain.scheme.benefit.conditions import Condition, CountWithin, FlagIs
from mutualaid_core.domain.scheme.benefit.limits import (
    AmountLimit,
    DaysLimit,
    Excess,
    Limit,
    PaymentsLimit,
    Per,
)
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import MarginalBands, TimesShares
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.dues import Dues, DuesRate, FundingSource, PayerShare
from mutualaid_core.domain.scheme.eligibility import Eligibility, Employment, InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import (
    CoverAfter,
    CoverEnd,
    LargePayment,
    LaterPayment,
    OpenPoints,
    UseOrder,
)
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.version import EventDate, EventTerms, SchemeVersion
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.domain.values.identifiers import PolicyId, SchemeId, VersionId
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.soundness import unsoundnesses
from mutualaid_core.testing import steps
from mutualaid_core.testing.steps import SOURCE, amounts
from mutualaid_core.testing.strategies import day_ranges, ids

Part_ = TypeVar("Part_")

EVENTS: Final = (
    *(EventKind.INPATIENT_STAY,) * 3,
    *(EventKind.OUTPATIENT_VISIT, EventKind.CRITICAL_ILLNESS, EventKind.DEATH),
)
"""Kinds of event that drawn benefits cover, stays more often than the others."""

PARTS: Final = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)
"""Parts of drawn schemes that have any: a main item, and a rider on top of it."""

SHARED_COUNTER: Final = "together"


_UNITS: Final = st.sampled_from((Money(1), Money(1), Money(10), Money(100)))
_EACH: Final = st.sampled_from((None, None, "hosp_lv", "grade"))
_LONG: Final = st.sampled_from((Per.PERIOD, Per.LIFETIME))
_PER: Final = st.sampled_from((Per.PERIOD, Per.PERIOD, Per.LIFETIME, Per.CLAIM))
_WORKING_AGE: Final = st.integers(40, 70).map(lambda age: CountWithin(fact="age", least=16, most=age))


def rarely(parts: st.SearchStrategy[Part_]) -> st.SearchStrategy[tuple[Part_, ...]]:
    """One of *parts* now and then, mostly none: what asks for too much is paid nothing."""
    return st.one_of(st.just(()), st.just(()), parts.map(lambda part: (part,)))


_RARELY_MEMBERS: Final = rarely(steps.member_conditions())
_RARELY_CLAIMS: Final = rarely(steps.conditions())
_RARELY_OF_AGE: Final = rarely(_WORKING_AGE)


# ---------------------------------------------------------------- one benefit


def roundings(*, has_bands: bool) -> st.SearchStrategy[RoundingRule]:
    """Every mode, place and a unit of a fen, ten fen or a yuan; each band only where there are bands."""
    places = [each for each in RoundingPlace if has_bands or each is not RoundingPlace.EACH_BAND]
    return st.tuples(st.sampled_from(Rounding), st.sampled_from(places), _UNITS).map(
        lambda drawn: RoundingRule(mode=drawn[0], place=drawn[1], unit=drawn[2], source=SOURCE)
    )


@st.composite
def waitings(draw: st.DrawFn) -> Waiting:
    """No waiting, or up to two grades that pay nothing or a sum; waived on renewal or never."""
    ends = sorted(draw(st.sets(st.integers(1, 90), max_size=2)))
    grades = [
        WaitingGrade(
            through_day=end,
            pays=draw(st.just(Money(0)) | amounts(1, 5_000)),
            times_shares=draw(st.booleans()),
        )
        for end in ends
    ]
    renewal = FlagIs(fact="first_time", holds=False)
    return Waiting(
        grades=tuple(grades),
        first_day_counts=draw(st.booleans()),
        waived_when=draw(st.sampled_from(((), (renewal,)))) if grades else (),
        source="HN-4.4.2b",
    )


@st.composite
def accumulations(draw: st.DrawFn) -> Accumulation:
    """Each claim by itself, the period together, or the same cause within days or months."""
    over = draw(st.sampled_from(Over))
    if over is not Over.SAME_CAUSE:
        return Accumulation(over=over, source="HN-4.4.3b")
    times: dict[str, Any] = {"within_days": draw(st.integers(1, 90))}
    if draw(st.booleans()):
        months, end = draw(st.integers(1, 3)), draw(st.sampled_from((MonthEnd.NEXT_FIRST, MonthEnd.LAST_DAY)))
        times = {"within_months": months, "month_end": end}
    return Accumulation(over=over, cause="cause", source="HN-4.4.3b", **times)


@st.composite
def limits(draw: st.DrawFn, *, pays_days: bool) -> tuple[Limit, ...]:
    """Up to three limits of different kinds, over a claim, a period or a lifetime."""
    kinds: list[st.SearchStrategy[Limit]] = [_amount_limits(), _payments_limits()]
    if pays_days:
        kinds.append(_days_limits())
    chosen = draw(st.lists(st.sampled_from(range(len(kinds))), max_size=len(kinds), unique=True))
    return tuple(draw(kinds[number]) for number in chosen)


@st.composite
def _amount_limits(draw: st.DrawFn) -> AmountLimit:
    per = draw(_PER)
    return AmountLimit(
        most=draw(amounts(steps.SUM_MAX, 150_000)),
        per=per,
        each=None if per is Per.CLAIM else draw(_EACH),
        excess=draw(st.sampled_from(Excess)),
        times_shares=draw(st.booleans()),
        source="HN-4.4.3c",
    )


@st.composite
def _payments_limits(draw: st.DrawFn) -> PaymentsLimit:
    most = draw(st.integers(1, 3))
    return PaymentsLimit(most=most, per=draw(_LONG), each=draw(_EACH), source=SOURCE)


@st.composite
def _days_limits(draw: st.DrawFn) -> DaysLimit:
    per = draw(_PER)
    each = None if per is Per.CLAIM else draw(_EACH)
    return DaysLimit(most=draw(st.integers(1, 60)), per=per, each=each, source=SOURCE)


@st.composite
def benefits(draw: st.DrawFn, benefit_id: str = "benefit", event: EventKind | None = None) -> Benefit:
    """Benefits of every base, accumulation, step, limit and rounding, of a part or not by the caller."""
    kind = draw(st.sampled_from(EVENTS)) if event is None else event
    base = draw(steps.bases() if kind is EventKind.INPATIENT_STAY else steps.bases(stay=False))
    made = draw(steps.step_lists(base.unit))
    # A fixed sum has nothing to add up, and only stays begin anew or go on.
    alone = base.unit is Unit.EVENT or kind is not EventKind.INPATIENT_STAY
    accumulate = Accumulation(over=Over.CLAIM, source="HN-4.4.3b") if alone else draw(accumulations())
    limits_days = base.unit is Unit.DAYS and accumulate.over is Over.CLAIM
    basis = draw(st.sampled_from(Basis)) if base.unit is Unit.MONEY else Basis.FIXED
    draft = Benefit(
        benefit_id=benefit_id,
        name="补助项目",
        event=kind,
        basis=basis,
        when=draw(_RARELY_CLAIMS),
        waiting=draw(waitings()),
        base=base,
        accumulate=accumulate,
        steps=made,
        limits=draw(limits(pays_days=limits_days)),
        rounding=draw(roundings(has_bands=False)),
    )
    if any(isinstance(step, MarginalBands) for step in draft.flat_steps):
        return attrs.evolve(draft, rounding=draw(roundings(has_bands=True)))
    return draft


@st.composite
def marginal_benefits(draw: st.DrawFn) -> Benefit:
    """Benefits for which more cost never means less money: deductible, marginal bands, a cap.

    Only bands that are not limited by themselves are drawn, the cap cuts and does not refuse,
    and nothing is rounded but the end, to the fen.
    """
    tiers = draw(steps.marginal_bands())
    plain = attrs.evolve(tiers, bands=tuple(attrs.evolve(band, most=None) for band in tiers.bands))
    cap = draw(st.none() | amounts(1, 2_000_000))
    return Benefit(
        benefit_id="inpatient",
        name="住院补助",
        event=EventKind.INPATIENT_STAY,
        basis=Basis.INDEMNITY,
        waiting=Waiting(grades=(), source="HN-4.4.2b"),
        base=AmountsBase(add=("inscp_scp_amt",), subtract=("fund_pay_sumamt",), source="HN-4.2.1f"),
        accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
        steps=(draw(steps.deductibles()), plain),
        limits=() if cap is None else (AmountLimit(most=cap, per=Per.PERIOD, source="HN-4.4.3c"),),
        rounding=RoundingRule(
            mode=draw(st.sampled_from(Rounding)), place=RoundingPlace.END_OF_BENEFIT, source=SOURCE
        ),
    )


# ----------------------------------------------------------------------- dues


@st.composite
def dues(draw: st.DrawFn, shares_max: Mapping[str | None, int] = MappingProxyType({None: 1})) -> Dues:
    """Rates with the most shares of each part, ``None`` for a scheme without; the last is for everybody."""
    listed = []
    for part, most in shares_max.items():
        if when := draw(_RARELY_MEMBERS):
            listed.append(draw(rates(part, when, most)))
        listed.append(draw(rates(part, (), most)))
    return Dues(rates=tuple(listed), payers=tuple(FundingSource), split=draw(splits()), source="HN-4.3.1")


@st.composite
def rates(
    draw: st.DrawFn, part: str | None = None, when: tuple[Condition, ...] = (), shares_max: int = 1
) -> DuesRate:
    """Rates of a part for those of whom *when* holds."""
    amount = draw(amounts(1, 20_000))
    return DuesRate(part=part, when=when, amount=amount, shares_max=shares_max, source="HN-4.3.4b")


@st.composite
def splits(draw: st.DrawFn) -> tuple[PayerShare, ...]:
    """No split, ratios that add up to one, or ratios and one payer of the rest."""
    payers = draw(st.lists(st.sampled_from(FundingSource), max_size=3, unique=True))
    weights = [draw(st.integers(1, 9)) for _ in payers]
    shares = [
        PayerShare(payer=payer, ratio=Ratio(weight, sum(weights)))
        for payer, weight in zip(payers, weights, strict=True)
    ]
    has_rest: bool = bool(shares) and draw(st.booleans())
    if has_rest:
        at = draw(st.integers(0, len(shares) - 1))
        shares[at] = attrs.evolve(shares[at], ratio=None)
    return tuple(shares)


# -------------------------------------------------------------------- versions


@st.composite
def open_points(draw: st.DrawFn) -> OpenPoints:
    """Answers to what the documents leave open; those on the base are true of drawn bases."""
    ends = [draw(st.sampled_from(CoverEnd)) for _ in range(3)]
    return OpenPoints(
        use_order=draw(st.sampled_from(UseOrder)),
        preselfpay_in_base=False,
        overlimit_in_base=False,
        account_is_self_borne=True,
        later_payment=draw(st.sampled_from(LaterPayment)),
        cover_after=CoverAfter(
            retirement=ends[0], dismissal=ends[1], transfer_out=ends[2], source="HN-4.3.5c"
        ),
        large_payment=LargePayment(amount=draw(amounts()), window_days=7, source="ACFTU-13.5b"),
        heir_papers=("死亡证明",),
        source="HN-4.2.1d",
    )


def scheme_versions(benefits_max: int = 3) -> st.SearchStrategy[SchemeVersion]:
    """Valid and sound scheme versions in every form of the language, with few small benefits."""
    return _drafts(benefits_max).filter(lambda version: not unsoundnesses(version))


@st.composite
def _drafts(draw: st.DrawFn, benefits_max: int) -> SchemeVersion:
    """Versions that are nearly always sound: what is left unsound is a term without effect."""
    force = draw(day_ranges(days_max=800))
    count = draw(st.integers(1, benefits_max))
    parts = draw(st.sampled_from(((), PARTS))) if count > 1 else ()
    part_ids = tuple(part.part_id for part in parts)
    made = _listed(draw, count, part_ids)
    shares_max = {part: _shares_max(made, part) for part in part_ids or (None,)}
    return SchemeVersion(
        version_id=VersionId(draw(ids())),
        scheme_id=SchemeId(draw(ids())),
        policy_id=PolicyId(draw(ids())),
        first_day=force.first_day,
        last_day=draw(st.sampled_from((None, force.last_day))),
        documents=(),
        facts=tuple(fact for fact in steps.DECLARED if fact.name in _words(made)),
        parts=parts,
        dues=draw(dues(shares_max)),
        eligibility=Eligibility(
            insurance_types=(InsuranceType.EMPLOYEE, InsuranceType.RESIDENT),
            employments=tuple(Employment),
            when=draw(_RARELY_OF_AGE),
            source="HN-4.1.1b",
        ),
        event=EventTerms(
            kinds_of_care=("21",),
            institutions=(),
            period_by=draw(st.sampled_from(EventDate)),
            filing_days_max=draw(st.integers(30, 365)),
            source="HN-4.2.1b",
        ),
        benefits=made,
        open_points=draw(open_points()),
    )


def _listed(draw: st.DrawFn, count: int, part_ids: tuple[str, ...]) -> tuple[Benefit, ...]:
    """Benefits that refer to earlier ones of the same event, and share a counter now and then."""
    made: list[Benefit] = []
    shared = draw(st.none() | amounts(steps.SUM_MAX, 150_000))
    for number in range(count):
        benefit = draw(benefits(f"benefit-{number + 1}"))
        earlier = tuple(each.benefit_id for each in made if each.event is benefit.event)
        changes: dict[str, Any] = {"part": part_ids[number] if number < len(part_ids) else None}
        if earlier:
            relation = draw(st.sampled_from(("none", "excludes", "less")))
            if relation == "excludes":
                changes["excludes"] = earlier[-1:]
            elif relation == "less" and isinstance(benefit.base, AmountsBase):
                changes["base"] = attrs.evolve(benefit.base, less_benefits=earlier, less_elsewhere=True)
        if shared is not None and draw(st.booleans()):
            limit = AmountLimit(most=shared, per=Per.PERIOD, counter=SHARED_COUNTER, source="HN-4.4.3c")
            changes["limits"] = (*benefit.limits, limit)
        made.append(attrs.evolve(benefit, **changes))
    return tuple(made)


def _shares_max(made: tuple[Benefit, ...], part: str | None) -> int:
    """As many shares of a part as count somewhere; one where none do."""
    own = (benefit for benefit in made if part is None or benefit.part in {None, part})
    counts = any(isinstance(step, TimesShares) for benefit in own for step in benefit.flat_steps)
    return steps.SHARES_MAX if counts else 1


def facts_asked(version: SchemeVersion) -> frozenset[str]:
    """Names of the facts for which the benefits of *version* ask, and other words among them."""
    return _words(version.benefits)


def _words(made: tuple[Benefit, ...]) -> frozenset[str]:
    """Every text in the benefits; one that is no name of a fact does no harm."""
    return frozenset(leaf for leaf in _leaves(made) if isinstance(leaf, str))


def _leaves(value: Any) -> Iterator[Any]:  # noqa: ANN401  # a part of an entity
    if isinstance(value, tuple):
        parts: Any = value
    elif attrs.has(type(value)):
        parts = (getattr(value, field.name) for field in attrs.fields(type(value)))
    else:
        yield value
        return
    for part in parts:
        yield from _leaves(part)
