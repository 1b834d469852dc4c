"""Benefit: steps that fit together, limits that say something, every source told."""

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.bands import DayBand
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Limit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.steps import (
    ByClass,
    Choice,
    DayTable,
    FixedSum,
    MarginalBands,
    MinimumPayment,
    PerDay,
    Share,
    Step,
)
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.values.dates import MonthEnd
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

SOURCE = "HN-4.4.2c"
DAYS = DaysBase(counted=DayCount.NIGHTS, first_payable_day=1, source=SOURCE)
EVENT = EventBase(source=SOURCE)
FIXED = FixedSum(amount=Money(500_000), source=SOURCE)
PER_DAY = PerDay(amount=Money(8_000), source=SOURCE)
HALF = Share(ratio=Ratio(1, 2), source=SOURCE)
ON_PERIOD = Accumulation(over=Over.PERIOD, source=SOURCE)


def minimum(base_up_to: Money | None = None, *, may_exceed_base: bool = False) -> MinimumPayment:
    """A minimum of 50.00."""
    return MinimumPayment(
        amount=Money(5_000), base_up_to=base_up_to, may_exceed_base=may_exceed_base, source=SOURCE
    )


@pytest.fixture
def per_day(benefit: Benefit) -> Benefit:
    """A benefit of 80 a day."""
    return attrs.evolve(benefit, basis=Basis.FIXED, base=DAYS, steps=(PER_DAY,), limits=())


@pytest.fixture
def fixed(benefit: Benefit) -> Benefit:
    """A benefit of 5,000 for the event."""
    return attrs.evolve(benefit, basis=Basis.FIXED, base=EVENT, steps=(FIXED,), limits=())


@pytest.mark.parametrize("over", [Over.CLAIM, Over.PERIOD])
@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"cause": "cause"}, "cause must be given for same_cause, and only for it"),
        ({"within_days": 30}, "within_days must be given, or within_months, for same_cause"),
        ({"within_months": 3, "month_end": MonthEnd.LAST_DAY}, "within_days must be given"),
        ({"month_end": MonthEnd.LAST_DAY}, "month_end must be given with within_months"),
    ],
)
def test_only_a_cause_has_a_time(over: Over, told: dict[str, object], rule: str) -> None:
    """A cause or a time where claims do not hang on a cause must be refused."""
    with pytest.raises(InvalidValueError, match=rule):
        Accumulation(over=over, source=SOURCE, **told)


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ({"within_days": 30}, "cause must be given"),
        ({"cause": "cause"}, "within_days must be given"),
        (
            {"cause": "cause", "within_days": 30, "within_months": 3, "month_end": MonthEnd.LAST_DAY},
            "within_days must be given, or within_months, for same_cause, got 2",
        ),
        ({"cause": "cause", "within_months": 3}, "month_end must be given with within_months"),
        (
            {"cause": "cause", "within_months": 3, "month_end": MonthEnd.REFUSE},
            "month_end must say which day it is instead, got 'refuse'",
        ),
        ({"cause": "cause", "within_days": 0}, "within_days must be >= 1"),
        ({"cause": "cause", "within_months": 0}, "within_months must be >= 1"),
    ],
)
def test_a_cause_has_one_time(told: dict[str, object], rule: str) -> None:
    """The same cause without one stated time must be refused."""
    with pytest.raises(InvalidValueError, match=rule):
        Accumulation(over=Over.SAME_CAUSE, source=SOURCE, **told)


@pytest.mark.parametrize(
    "time", [{"within_days": 90}, {"within_months": 3, "month_end": MonthEnd.NEXT_FIRST}], ids=str
)
def test_the_same_cause_within_a_time_is_one(time: dict[str, object]) -> None:
    """Days, or months with what becomes of the 31st, must be enough."""
    assert Accumulation(over=Over.SAME_CAUSE, cause="cause", source=SOURCE, **time).cause == "cause"


@pytest.mark.parametrize(
    ("base", "steps", "place"),
    [
        (EVENT, (HALF,), "steps\\[0\\] must take event"),
        (EVENT, (FIXED, PER_DAY), "steps\\[1\\] must take money"),
        (DAYS, (FIXED,), "steps\\[0\\] must take days"),
    ],
)
def test_a_step_takes_what_comes_before_it(
    benefit: Benefit, base: EventBase, steps: tuple[Step, ...], place: str
) -> None:
    """A step of another unit than what comes in must be refused by its place."""
    with pytest.raises(InvalidValueError, match=place):
        attrs.evolve(benefit, basis=Basis.FIXED, base=base, steps=steps, limits=())


def test_a_benefit_has_steps(per_day: Benefit) -> None:
    """A benefit that is never computed must be refused."""
    with pytest.raises(InvalidValueError, match="steps must not be empty"):
        attrs.evolve(per_day, steps=())


def test_days_are_priced(per_day: Benefit) -> None:
    """A table of days without a sum per day must be refused."""
    table = DayTable(bands=(DayBand(first=1, last=None),), source=SOURCE)
    with pytest.raises(InvalidValueError, match="steps must end with money, got 'days'"):
        attrs.evolve(per_day, steps=(table,))


def test_bands_are_rounded_where_there_are_bands(benefit: Benefit, bands: MarginalBands) -> None:
    """Rounding each band must be refused without marginal bands, and taken with them in any class."""
    each = attrs.evolve(benefit.rounding, place=RoundingPlace.EACH_BAND)
    inside = ByClass(fact="grade", choices=(Choice(step=bands),), source=SOURCE)
    assert attrs.evolve(benefit, steps=(inside,), rounding=each).rounding == each
    with pytest.raises(InvalidValueError, match="rounding must not be each_band without marginal bands"):
        attrs.evolve(benefit, steps=(HALF,), rounding=each)


@pytest.mark.parametrize("tied", [minimum(), minimum(Money(100), may_exceed_base=True)], ids=str)
def test_a_minimum_hangs_on_money_alone(per_day: Benefit, tied: MinimumPayment) -> None:
    """A minimum that looks at the base must be refused where the base is days."""
    with pytest.raises(InvalidValueError, match="steps must not tie a minimum to a base that is not money"):
        attrs.evolve(per_day, steps=(PER_DAY, tied))


def test_a_free_minimum_may_follow_days(per_day: Benefit) -> None:
    """A minimum that does not look at the base must be taken after any base."""
    free = minimum(may_exceed_base=True)
    assert attrs.evolve(per_day, steps=(PER_DAY, free)).steps[-1] == free


def test_a_sum_for_an_event_compensates_nothing(fixed: Benefit) -> None:
    """A benefit without a cost must be refused as compensation of one."""
    with pytest.raises(InvalidValueError, match="basis must be fixed for a benefit that has no cost"):
        attrs.evolve(fixed, basis=Basis.INDEMNITY)


@pytest.mark.parametrize(
    ("limit", "rule"),
    [
        (DaysLimit(most=180, per=Per.PERIOD, source=SOURCE), "must not limit days without a sum per day"),
        (PaymentsLimit(most=2, per=Per.CLAIM, source=SOURCE), "must count payments over more than a claim"),
        (
            AmountLimit(most=Money(1), per=Per.CLAIM, each="grade", source=SOURCE),
            "must not share what one claim uses up",
        ),
        (
            AmountLimit(most=Money(1), per=Per.CLAIM, counter="all", source=SOURCE),
            "must not share what one claim uses up",
        ),
    ],
)
def test_a_limit_that_says_nothing_is_refused(fixed: Benefit, limit: Limit, rule: str) -> None:
    """Days of no days, payments of one claim, and a counter for one claim must be refused by their place."""
    other = AmountLimit(most=Money(1), per=Per.CLAIM, source=SOURCE)
    with pytest.raises(InvalidValueError, match=f"limits\\[1\\] {rule}"):
        attrs.evolve(fixed, limits=(other, limit))


def test_days_that_add_up_have_no_limit_of_days(per_day: Benefit) -> None:
    """Days may be limited claim by claim, and not where the days of claims add up."""
    limited = attrs.evolve(per_day, limits=(DaysLimit(most=180, per=Per.PERIOD, source=SOURCE),))
    with pytest.raises(InvalidValueError, match=r"limits\[0\] must not limit days of claims that add up"):
        attrs.evolve(limited, accumulate=ON_PERIOD)


def test_steps_of_classes_stand_in_the_place_of_the_choice(benefit: Benefit, bands: MarginalBands) -> None:
    """The steps of every class must be told in order, the choice itself not."""
    choice = ByClass(
        fact="grade", choices=(Choice(one_of=("A",), step=HALF), Choice(step=bands)), source=SOURCE
    )
    assert attrs.evolve(benefit, steps=(choice, minimum())).flat_steps == (HALF, bands, minimum())


def test_every_source_is_told(benefit: Benefit) -> None:
    """The sources of all parameters must be told, those of each class too."""
    choice = ByClass(fact="grade", choices=(Choice(step=HALF),), source="HN-4.4.2d")
    around = ("HN-4.4.2b", "HN-4.2.1f", "HN-4.4.3b", "ACFTU-2.4b")
    changed = attrs.evolve(benefit, steps=(choice,))
    assert changed.sources == (*around, "HN-4.4.2d", SOURCE, "HN-4.4.3c")


@pytest.mark.parametrize("field", ["benefit_id", "part"])
def test_a_benefit_is_named_by_ids(benefit: Benefit, field: str) -> None:
    """An id with a slash must be refused, since it becomes part of a counter's key."""
    with pytest.raises(InvalidValueError, match=f"{field} must be 1 to 64 bytes"):
        attrs.evolve(benefit, **{field: "a/b"})
