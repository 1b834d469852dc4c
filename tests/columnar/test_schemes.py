"""Schemes built by hand: one cap over a period, shares, causes, days, payments."""

import random
from typing import Any, Final

import attrs
import numpy
import pytest

from mutualaid_core.columnar import adjudicate_lines, reasons_of
from mutualaid_core.columnar.tables.rows import periods_of, prior_of, tables_of
from mutualaid_core.columnar.turns.order import only_cap
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.conditions import CodeIs
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, Excess, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import PerDay, TimesShares
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Over
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.values.dates import DayRange, MonthEnd, add_days
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.claims import lines as single
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014

SOURCE: Final = "HN-4.4.3c"
PERSONS, CLAIMS = 6, 60


def cap(most: int, per: Per = Per.PERIOD, **more: Any) -> AmountLimit:  # noqa: ANN401  # any field
    """A limit on amounts in fen."""
    return AmountLimit(most=Money(most), per=per, source=SOURCE, **more)


def same_cause(**within: Any) -> Accumulation:  # noqa: ANN401  # days, or months and their end
    """Claims for one diagnosis that follow each other count as one."""
    return Accumulation(over=Over.SAME_CAUSE, cause="dise_code", source=SOURCE, **within)


PLAIN = attrs.evolve(YUEYANG_2014, limits=(cap(300_000),))
SHARES = attrs.evolve(
    PLAIN,
    steps=(*PLAIN.steps, TimesShares(most=3, source=SOURCE)),
    limits=(cap(100_000, times_shares=True), cap(150_000, Per.LIFETIME, excess=Excess.REFUSE)),
)
MONTHS = same_cause(within_months=1, month_end=MonthEnd.LAST_DAY)
DAILY = attrs.evolve(
    PLAIN,
    basis=Basis.FIXED,
    base=DaysBase(counted=DayCount.BOTH_DAYS, first_payable_day=3, source=SOURCE),
    steps=(PerDay(amount=Money(5_000), source=SOURCE),),
    limits=(
        DaysLimit(most=20, per=Per.PERIOD, source=SOURCE),
        DaysLimit(most=8, per=Per.CLAIM, source=SOURCE),
        PaymentsLimit(most=3, per=Per.PERIOD, each="dise_code", source=SOURCE),
        cap(60_000, each="hosp_lv"),
    ),
)
SECOND = attrs.evolve(PLAIN, benefit_id="second", limits=(cap(250_000, counter="both"),))
BENEFITS: Final = {
    "one cap": (PLAIN,),
    "one cap over a lifetime": (
        attrs.evolve(PLAIN, limits=(cap(90_000, Per.CLAIM), cap(400_000, Per.LIFETIME))),
    ),
    "refused": (attrs.evolve(PLAIN, limits=(cap(200_000, excess=Excess.REFUSE),)),),
    "shares": (SHARES,),
    "by diagnosis": (attrs.evolve(PLAIN, limits=(cap(80_000, each="dise_code"),)),),
    "payments": (attrs.evolve(PLAIN, limits=(PaymentsLimit(most=2, per=Per.LIFETIME, source=SOURCE),)),),
    "period adds up": (attrs.evolve(PLAIN, accumulate=Accumulation(over=Over.PERIOD, source=SOURCE)),),
    "cause within days": (attrs.evolve(PLAIN, accumulate=same_cause(within_days=20)),),
    "cause within months": (attrs.evolve(PLAIN, accumulate=MONTHS),),
    "days": (DAILY,),
    "days alone": (attrs.evolve(DAILY, limits=DAILY.limits[:1]),),
    "one cap of levels": tuple(
        attrs.evolve(
            benefit,
            benefit_id=f"levels-{'-'.join(words)}",
            when=(CodeIs(fact="hosp_lv", one_of=words),),
            limits=(cap(250_000, counter="levels"),),
        )
        for benefit, words in ((PLAIN, ("1", "2")), (SECOND, ("3",)))
    ),
    "caps of levels": tuple(
        attrs.evolve(
            PLAIN,
            benefit_id=f"levels-{'-'.join(words)}",
            when=(CodeIs(fact="hosp_lv", one_of=words),),
            limits=(cap(most, counter="levels"),),
        )
        for most, words in ((250_000, ("1", "2")), (200_000, ("3",)))
    ),
    "shared counter": (attrs.evolve(PLAIN, limits=(cap(250_000, counter="both"),)), SECOND),
}


def plan_of(name: str) -> Plan:
    """The scheme of that name, compiled."""
    points = attrs.evolve(VERSION.open_points, use_order=UseOrder.DISCHARGE)
    return compile_version(attrs.evolve(VERSION, benefits=BENEFITS[name], open_points=points))


def covers_made() -> dict[str, list[Cover]]:
    """Each person is covered for the sample year, half of them in two parts."""
    first, last = VERSION.first_day, VERSION.last_day or VERSION.first_day
    middle = add_days(first, 180)
    made = {}
    for number in range(PERSONS):
        parts = (
            [DayRange(first, last)]
            if number % 2
            else [DayRange(first, middle), DayRange(add_days(middle, 2), last)]
        )
        made[f"P-{number}"] = [
            Cover(person_id=f"P-{number}", period_id="2014", days=days, counts={"shares": number % 4})
            for days in parts
        ]
    return made


def lines_made(seed: int) -> list[ClaimLine]:
    """Claims of few persons with many each, over all bands, from a fixed seed."""
    chance = random.Random(seed)  # noqa: S311  # repeatable test data, no secret
    made = []
    for number in range(CLAIMS):
        began = add_days(VERSION.first_day, chance.randrange(-5, 360))
        base, paid = chance.randrange(0, 2_000_000), chance.randrange(0, 100_000)
        amounts = dict.fromkeys((*PLAIN.base.add, *PLAIN.base.subtract), 0)  # type: ignore[union-attr]  # of amounts
        made.append(
            ClaimLine(
                claim_id=f"C-{number:03d}",
                person_id=f"P-{chance.randrange(PERSONS)}",
                event=EventKind.INPATIENT_STAY,
                began=began,
                ended=add_days(began, chance.randrange(0, 25)),
                amounts={**amounts, PLAIN.base.add[0]: base + paid},  # type: ignore[union-attr]  # of amounts
                codes={"dise_code": chance.choice(("A01", "B02")), "hosp_lv": chance.choice(("1", "2", "3"))},
                flags={"first_time": False},
            )
        )
    return made


@pytest.mark.parametrize("name", BENEFITS)
@pytest.mark.parametrize("seed", [1, 2])
def test_schemes_pay_on_columns_what_they_pay_one_by_one(name: str, seed: int) -> None:
    """Many claims of few persons must be paid the same, with and without the breakdown."""
    plan, lines, covers = plan_of(name), lines_made(seed), covers_made()
    expected = single.adjudicate_lines(plan, lines, covers, Counters())
    claims, held, _ = tables_of(lines, covers)
    for breakdown in (False, True):
        found = adjudicate_lines(plan, claims, held, breakdown=breakdown, block=17)
        assert [expected[line.claim_id].amount for line in lines] == found.paid.tolist()
    assert any(each.amount for each in expected.values())


@pytest.mark.parametrize("name", BENEFITS)
def test_schemes_know_what_was_used_before(name: str) -> None:
    """The second half of the claims must be paid as after the first, though that came in another file."""
    plan, covers, counters = plan_of(name), covers_made(), Counters()
    ordered = sorted(lines_made(3), key=lambda line: (line.ended, line.claim_id))
    single.adjudicate_lines(plan, ordered[:30], covers, counters)
    claims, held, persons = tables_of(ordered[30:], covers)
    prior = prior_of(counters.values, persons, periods_of(covers))
    expected = single.adjudicate_lines(plan, ordered[30:], covers, counters)
    found = adjudicate_lines(plan, claims, held, prior).paid
    assert [each.amount for each in expected.values()] == found.tolist()


def test_one_cap_needs_no_turns() -> None:
    """Only the schemes with one cap that cuts may take the short way."""
    short = {name for name in BENEFITS if only_cap(plan_of(name)) is not None}
    assert short == {"one cap", "one cap over a lifetime", "one cap of levels"}


@pytest.mark.parametrize("name", BENEFITS)
def test_schemes_say_on_columns_what_they_say_one_by_one(name: str) -> None:
    """Reasons, and what each benefit comes to, must be those of single claims."""
    plan, lines, covers = plan_of(name), lines_made(5), covers_made()
    expected = single.adjudicate_lines(plan, lines, covers, Counters())
    claims, held, _ = tables_of(lines, covers)
    found = adjudicate_lines(plan, claims, held, breakdown=True, block=17)
    told = [reasons_of(int(bits)) for bits in found.reasons]
    assert told == [expected[line.claim_id].reasons for line in lines]
    for place, line in enumerate(lines):
        award = expected[line.claim_id].award
        paid = {} if award is None else {each.benefit_id: each.amount for each in award.lines}
        columns = {each.benefit_id: int(each.amount[place]) for each in found.benefits}
        assert columns == {each: paid.get(each, 0) for each in columns}


def test_the_breakdown_of_a_cap_adds_up() -> None:
    """What the steps came to, less what the limits cut, must be what is paid."""
    lines = lines_made(4)
    claims, held, _ = tables_of(lines, covers_made())
    found = adjudicate_lines(plan_of("one cap"), claims, held, breakdown=True)
    (benefit,) = found.benefits
    cut = numpy.sum([each.cut for each in benefit.cuts], axis=0)
    assert (benefit.result - cut).tolist() == found.paid.tolist()
