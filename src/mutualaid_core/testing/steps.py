"""Hypothesis strategies (测试数据生成) for the terms of a benefit: conditions, base, steps, classes.

What is drawn is valid and sound: it asks only for facts that are always known or that
``DECLARED`` declares, and variations by class leave no class out. Sizes are small, so that a
test can draw a whole scheme and claims of it many times a second.
"""

from collections.abc import Sequence
from typing import Final

from hypothesis import strategies as st

from mutualaid_core.domain.scheme.benefit.bands import Band, DayBand, SumBand
from mutualaid_core.domain.scheme.benefit.base import (
    AmountsBase,
    Base,
    DayCount,
    DaysBase,
    EventBase,
    Unit,
)
from mutualaid_core.domain.scheme.benefit.conditions import (
    AmountWithin,
    CodeIs,
    Condition,
    CountWithin,
    FlagIs,
    Match,
)
from mutualaid_core.domain.scheme.benefit.steps import (
    AtMost,
    ByClass,
    Choice,
    DayTable,
    Deductible,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    PlainStep,
    Share,
    SlabBands,
    Step,
    SumBands,
    TimesShares,
)
from mutualaid_core.domain.scheme.facts import KNOWN_CODES, FactKind, FactTerm
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.testing.strategies import money

SOURCE: Final = "HN-4.4.2c"
"""Clause that drawn terms cite; which one does not matter to any rule."""

DECLARED: Final = (
    FactTerm(
        name="employer_class",
        kind=FactKind.CODE,
        title="单位类别",
        codes=("public", "private"),
        source=SOURCE,
    ),
    FactTerm(name="grade", kind=FactKind.CODE, title="等级", codes=("A", "B", "C"), source=SOURCE),
    FactTerm(name="cause", kind=FactKind.CODE, title="病因", codes=("one", "two"), source=SOURCE),
    FactTerm(name="degree", kind=FactKind.COUNT, title="伤残等级", source=SOURCE),
    FactTerm(name="surgery", kind=FactKind.FLAG, title="手术", source=SOURCE),
    FactTerm(name="loss_amt", kind=FactKind.AMOUNT, title="损失金额", source=SOURCE),
)
"""Facts that drawn schemes declare, as far as they ask for them."""

CLOSED_CODES: Final[dict[str, tuple[str, ...]]] = {
    "hosp_lv": KNOWN_CODES["hosp_lv"],
    "grade": ("A", "B", "C"),
    "employer_class": ("public", "private"),
}
"""Codes with a list of words by which drawn benefits vary."""

OPEN_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "psn_type": ("11", "12", "21"),
    "dise_code": ("C50.900", "C53.900", "J18.900"),
}
"""Codes that take any word, with the words that drawn schemes and claims use."""

COUNTS: Final[dict[str, int]] = {"age": 60, "degree": 10, "stay_ordinal": 3}
"""Counts by which drawn benefits vary, with a number up to which their ends lie."""

AMOUNTS: Final = ("medfee_sumamt", "psn_part_amt", "loss_amt")
"""Amounts that drawn conditions look at."""

RATIOS: Final = tuple(
    Ratio(*parts) for parts in ((0, 1), (1, 3), (7, 20), (2, 5), (1, 2), (3, 5), (105, 1000), (1, 1))
)
"""Ratios that schemes print, with thirds among them that no amount of fen divides by."""

FEN_MAX: Final = 5_000_000
"""Upper end of drawn edges and amounts: 50,000 yuan."""

SUM_MAX: Final = 20_000
"""Upper end of drawn fixed sums, which no drawn cap undercuts: 200 yuan."""

SHARES_MAX: Final = 3
"""Shares that a member may hold of a drawn scheme in which shares count."""


def ratios() -> st.SearchStrategy[Ratio]:
    """One of the printed ratios."""
    return st.sampled_from(RATIOS)


_PAYING: Final = st.sampled_from([ratio for ratio in RATIOS if 0 < ratio.numerator < ratio.denominator])


def amounts(least: int = 1, most: int = FEN_MAX) -> st.SearchStrategy[Money]:
    """Amounts in fen, above nothing unless told."""
    return money(least, most)


# ------------------------------------------------------------------ conditions


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions on a claim, of every kind."""
    return _CONDITIONS


def member_conditions() -> st.SearchStrategy[Condition]:
    """Conditions on what is known of a member when he or she joins."""
    return _MEMBER_CONDITIONS


def _codes() -> st.SearchStrategy[Condition]:
    names = st.sampled_from(sorted(CLOSED_CODES))
    return names.flatmap(
        lambda name: st.builds(CodeIs, fact=st.just(name), one_of=_some_of(CLOSED_CODES[name]))
    )


def _prefixes() -> st.SearchStrategy[Condition]:
    words = _some_of(("C", "C5", "J18"))
    return st.builds(CodeIs, fact=st.just("dise_code"), one_of=words, match=st.just(Match.PREFIX))


def _flags() -> st.SearchStrategy[Condition]:
    names = st.sampled_from(("surgery", "designated_hospital", "first_time"))
    return st.builds(FlagIs, fact=names, holds=st.booleans())


@st.composite
def count_conditions(draw: st.DrawFn) -> CountWithin:
    """Conditions on a whole number, with one end or two."""
    name = draw(st.sampled_from(sorted(COUNTS)))
    least, most = sorted(draw(st.tuples(*[st.integers(0, COUNTS[name])] * 2)))
    opened = draw(st.sampled_from(("least", "most", "neither")))
    return CountWithin(
        fact=name, least=None if opened == "least" else least, most=None if opened == "most" else most
    )


@st.composite
def amount_conditions(draw: st.DrawFn) -> AmountWithin:
    """Conditions on a sum of amounts, with one end or two, of either kind."""
    lower, upper = sorted(draw(st.tuples(*[st.integers(0, FEN_MAX)] * 2)))
    # Exclusive ends two fen further out leave room for an amount between any two ends.
    ends = {
        draw(st.sampled_from(("above", "at_least"))): Money(lower),
        draw(st.sampled_from(("below", "up_to"))): Money(upper + 2),
    }
    if draw(st.booleans()):
        ends.pop(draw(st.sampled_from(sorted(ends))))
    name = draw(st.sampled_from(AMOUNTS))
    subtract = draw(st.sampled_from(((), ("acct_pay",))))
    return AmountWithin(add=(name,), subtract=subtract, **ends)


def _some_of(words: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True).map(tuple)


# Built once: putting a strategy together takes longer than drawing from it.
_MEMBER_CONDITIONS: Final = st.one_of(
    st.integers(16, 60).map(lambda age: CountWithin(fact="age", least=age)),
    st.integers(16, 60).map(lambda age: CountWithin(fact="age", most=age)),
    st.sampled_from((("1",), ("2",))).map(lambda words: CodeIs(fact="sex", one_of=words)),
)
_CONDITIONS: Final = st.one_of(_codes(), _prefixes(), _flags(), count_conditions(), amount_conditions())


# ------------------------------------------------------------------------ base


def bases(*, stay: bool = True) -> st.SearchStrategy[Base]:
    """Bases of every unit, days for a stay only; amounts fit the open points of drawn versions."""
    event = st.just(EventBase(source=SOURCE))
    money_bases = amounts_bases()
    return st.one_of(money_bases, money_bases, _days_bases(), event) if stay else money_bases | event


def amounts_bases() -> st.SearchStrategy[AmountsBase]:
    """Bases of money: what is in scope less funds, what a fund paid, or a declared loss."""
    return st.sampled_from(
        tuple(
            AmountsBase(add=add, subtract=subtract, source="HN-4.2.1e")
            for add, subtract in (
                (("inscp_scp_amt",), ("fund_pay_sumamt",)),
                (("inscp_scp_amt",), ("hifp_pay", "hifob_pay")),
                (("hifp_pay",), ()),
                (("inscp_scp_amt",), ("fund_pay_sumamt", "hosp_part_amt")),
                (("loss_amt",), ()),
            )
        )
    )


def _days_bases() -> st.SearchStrategy[DaysBase]:
    return st.builds(
        DaysBase,
        counted=st.sampled_from(DayCount),
        first_payable_day=st.integers(1, 4),
        source=st.just(SOURCE),
    )


# ----------------------------------------------------------------------- steps


@st.composite
def marginal_bands(draw: st.DrawFn, bands_max: int = 4) -> MarginalBands:
    """Marginal tables from nothing or above it, closed or open, with and without a most."""
    return MarginalBands(bands=draw(_bands(bands_max, closed=draw(st.booleans()))), source=SOURCE)


@st.composite
def _bands(draw: st.DrawFn, bands_max: int, *, closed: bool) -> tuple[Band, ...]:
    edges = sorted(draw(st.sets(st.integers(0, FEN_MAX), min_size=2, max_size=bands_max + 1)))
    uppers: list[Money | None] = [Money(edge) for edge in edges[1:]]
    if not closed:
        uppers[-1] = None
    if draw(st.booleans()):
        edges[0] = 0
    limited = draw(st.booleans())
    last = len(uppers) - 1
    bands = []
    for number, (above, up_to) in enumerate(zip(edges, uppers, strict=False)):
        # Bands that pay nothing are allowed, but for the last: something must be paid.
        ratio = draw(ratios() if number < last else _PAYING)
        gives = FEN_MAX if up_to is None else (up_to.fen - above) * ratio.numerator // ratio.denominator
        most = draw(amounts(1, gives // 2)) if limited and gives > 1 and ratio.numerator else None
        bands.append(Band(above=Money(above), up_to=up_to, ratio=ratio, most=most))
    return tuple(bands)


@st.composite
def slab_bands(draw: st.DrawFn) -> SlabBands:
    """Tables of ratios on the whole amount, from nothing or above it."""
    return SlabBands(bands=draw(_bands(3, closed=False)), source=SOURCE)


@st.composite
def sum_bands(draw: st.DrawFn) -> SumBands:
    """Tables of fixed sums, from nothing or above it."""
    edges = sorted(draw(st.sets(st.integers(0, FEN_MAX), min_size=1, max_size=3)))
    uppers = [*(Money(edge) for edge in edges[1:]), None]
    return SumBands(
        bands=tuple(
            SumBand(above=Money(above), up_to=up_to, pays=draw(amounts(1, SUM_MAX)))
            for above, up_to in zip(edges, uppers, strict=True)
        ),
        source=SOURCE,
    )


@st.composite
def day_tables(draw: st.DrawFn) -> DayTable:
    """Tables of days: fixed numbers, the actual days, or these up to a most."""
    lasts = [*sorted(draw(st.sets(st.integers(1, 30), max_size=2))), None]
    firsts = [1, *(last + 1 for last in lasts if last is not None)]
    bands = []
    for first, last in zip(firsts, lasts, strict=True):
        pays = draw(st.none() | st.integers(1, 30))
        # A band of the actual days alone would change nothing.
        most = None if pays is not None else draw(st.integers(max(1, first // 2), first))
        bands.append(DayBand(first=first, last=last, pays=pays, most=most))
    return DayTable(bands=tuple(bands), source=SOURCE)


def deductibles() -> st.SearchStrategy[Deductible]:
    """Deductibles from nothing up to 1,000 yuan."""
    return amounts(0, 100_000).map(lambda amount: Deductible(amount=amount, source=SOURCE))


def ratio_steps() -> st.SearchStrategy[PlainStep]:
    """Steps that make a part of an amount: bands of every kind, or one share."""
    shares = _PAYING.map(lambda ratio: Share(ratio=ratio, source=SOURCE))
    return st.one_of(marginal_bands(), shares, slab_bands(), sum_bands())


@st.composite
def minima(draw: st.DrawFn) -> MinimumPayment:
    """Minimum payments for every base or some, within the base or not."""
    return MinimumPayment(
        amount=draw(amounts(1, 10_000)),
        base_up_to=draw(amounts(1, 1_000_000)) if draw(st.booleans()) else None,
        may_exceed_base=draw(st.booleans()),
        source=SOURCE,
    )


def at_mosts() -> st.SearchStrategy[AtMost]:
    """Upper bounds in the midst of a calculation."""
    return amounts(SUM_MAX, 500_000).map(lambda amount: AtMost(amount=amount, source=SOURCE))


def times_shares() -> st.SearchStrategy[TimesShares]:
    """Multiplication by as many shares as drawn schemes sell."""
    return st.just(TimesShares(most=SHARES_MAX, source=SOURCE))


@st.composite
def by_class(draw: st.DrawFn, steps: st.SearchStrategy[PlainStep]) -> ByClass:
    """Variation of *steps* by a code or a count, with a step for every class."""
    name = draw(st.sampled_from((*sorted(CLOSED_CODES), *sorted(OPEN_WORDS), *sorted(COUNTS))))
    if name in COUNTS:
        edge = draw(st.integers(1, COUNTS[name]))
        low, high = Choice(least=0, most=edge - 1, step=draw(steps)), Choice(least=edge, step=draw(steps))
        return ByClass(fact=name, choices=(low, high), source=SOURCE)
    words = CLOSED_CODES.get(name, OPEN_WORDS.get(name, ()))
    cut = draw(st.integers(1, len(words) - 1))
    first = Choice(one_of=words[:cut], step=draw(steps))
    takes_rest = name in OPEN_WORDS or draw(st.booleans())
    second = Choice(one_of=() if takes_rest else words[cut:], step=draw(steps))
    return ByClass(fact=name, choices=(first, second), source=SOURCE)


_MONEY: Final = (deductibles(), ratio_steps(), at_mosts(), minima(), times_shares())
_DAY_TABLES: Final = day_tables()
_PER_DAY: Final = amounts(1, SUM_MAX).map(lambda amount: PerDay(amount=amount, source=SOURCE))
_FIXED: Final = amounts(1, SUM_MAX).map(lambda amount: FixedSum(amount=amount, source=SOURCE))


@st.composite
def step_lists(draw: st.DrawFn, unit: Unit) -> tuple[Step, ...]:
    """Steps that lead from *unit* to money, each the same for everybody or by class."""
    deductible, ratio, at_most, minimum, shares = _MONEY
    made: list[Step] = []
    if unit is Unit.MONEY:
        _maybe(draw, made, deductible)
        made.append(_varied(draw, ratio))
        _maybe(draw, made, at_most)
        _maybe(draw, made, minimum)
    elif unit is Unit.DAYS:
        _maybe(draw, made, _DAY_TABLES)
        made.append(_varied(draw, _PER_DAY))
    else:
        made.append(_varied(draw, _FIXED))
    if draw(st.booleans()):
        made.append(draw(shares))
    return tuple(made)


def _maybe(draw: st.DrawFn, made: list[Step], steps: st.SearchStrategy[PlainStep]) -> None:
    if draw(st.booleans()):
        made.append(_varied(draw, steps))


def _varied(draw: st.DrawFn, steps: st.SearchStrategy[PlainStep]) -> Step:
    """One of *steps*, now and then by class."""
    return draw(by_class(steps)) if draw(st.integers(0, 3)) == 0 else draw(steps)
