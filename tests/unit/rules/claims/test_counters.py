"""Counters: what a claim may use, and what persons used."""

import attrs

from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import PerDay
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.rules.claims.admission import ClaimFacts, facts_of
from mutualaid_core.rules.claims.counters import Counters, counters_named, counters_of, lasts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014, version_with, yuan

SOURCE = "HN-4.4.3c"
LIMITED = attrs.evolve(
    YUEYANG_2014,
    limits=(
        AmountLimit(most=yuan(100), per=Per.PERIOD, times_shares=True, source=SOURCE),
        AmountLimit(most=yuan(50), per=Per.CLAIM, source=SOURCE),
        AmountLimit(most=yuan(900), per=Per.LIFETIME, each="hosp_lv", source=SOURCE),
        PaymentsLimit(most=2, per=Per.PERIOD, counter="times", source=SOURCE),
    ),
)


def test_each_counter_is_told_with_the_most_it_may_hold(facts: ClaimFacts) -> None:
    """Caps with shares, words and shared names must be told; a cap of one claim has no counter."""
    enrolment = attrs.evolve(facts.enrolment, shares=3)
    event = facts_of(attrs.evolve(facts, enrolment=enrolment), VERSION)
    assert counters_of(compile_version(version_with(LIMITED)), event) == {
        "amount/inpatient/period": 30_000,
        "amount/inpatient/lifetime/3": 90_000,
        "payments/times/period": 2,
    }


def test_days_have_their_counter(facts: ClaimFacts) -> None:
    """A limit on days must be told in days."""
    days = attrs.evolve(
        YUEYANG_2014,
        base=DaysBase(counted=DayCount.NIGHTS, first_payable_day=1, source=SOURCE),
        steps=(PerDay(amount=yuan(50), source=SOURCE),),
        limits=(DaysLimit(most=180, per=Per.PERIOD, source=SOURCE),),
    )
    event = facts_of(facts, VERSION)
    assert counters_of(compile_version(version_with(days)), event) == {"days/inpatient/period": 180}


def test_what_adds_up_has_its_counters(facts: ClaimFacts) -> None:
    """A benefit over a period must keep the bases and results of its claims."""
    adding = attrs.evolve(YUEYANG_2014, accumulate=Accumulation(over=Over.PERIOD, source=SOURCE), limits=())
    event = facts_of(facts, VERSION)
    assert counters_of(compile_version(version_with(adding)), event) == {
        "base/inpatient/period": FEN_MAX,
        "result/inpatient/period": FEN_MAX,
    }


def test_counters_without_words_are_named_for_everybody() -> None:
    """Every counter that does not hang on a word must be named, whoever uses it."""
    assert counters_named(compile_version(version_with(LIMITED))) == {
        "amount/inpatient/period",
        "payments/times/period",
    }


def test_a_period_and_a_lifetime_are_kept_apart() -> None:
    """What is used in a period must not count in the next; what lasts must."""
    counters = Counters()
    counters.add("p", "2014", {"amount/a/period": 5, "amount/a/lifetime/x": 7})
    counters.add("p", "2015", {"amount/a/period": 1})
    assert counters.of("p", "2014") == {"amount/a/period": 5, "amount/a/lifetime/x": 7}
    assert counters.of("p", "2015") == {"amount/a/period": 1, "amount/a/lifetime/x": 7}


def test_persons_are_kept_apart() -> None:
    """What one person used must not count for another."""
    counters = Counters()
    counters.add("p", "2014", {"amount/a/lifetime": 5})
    assert counters.of("q", "2014") == {}


def test_the_name_of_a_counter_tells_whether_it_lasts() -> None:
    """The third part of a name must tell, even where a word contains a slash."""
    assert (lasts("amount/a/lifetime/x/period"), lasts("amount/a/period")) == (True, False)


def test_stays_for_one_cause_have_their_counters(facts: ClaimFacts) -> None:
    """A benefit that joins stays must keep base, result, payment and last day for the cause."""
    terms = Accumulation(over=Over.SAME_CAUSE, cause="hosp_lv", within_days=30, source=SOURCE)
    joining = attrs.evolve(YUEYANG_2014, accumulate=terms, limits=())
    event = facts_of(facts, VERSION)
    names = ("base", "result", "paid", "ended")
    assert counters_of(compile_version(version_with(joining)), event) == {
        f"cause-{name}/inpatient/lifetime/3": FEN_MAX for name in names
    }
