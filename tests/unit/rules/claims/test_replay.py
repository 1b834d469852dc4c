"""Replay: a trace gives its own result again, and a changed figure is found out."""

import json
from collections.abc import Iterator

import attrs
import pytest
from hypothesis import given

from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.admission import ClaimFacts
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.decision import decide
from mutualaid_core.rules.claims.lines import adjudicate_line, cover_on
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.working.log import Log
from mutualaid_core.rules.claims.working.replay import replay
from mutualaid_core.serialization.codec import from_plain
from mutualaid_core.testing.claims import ClaimFile, claim_files
from mutualaid_core.testing.samples import FILED_ON, VERSION, member_id

MONEY_FACTS = {"exact_fen", "exact_before", "days", "paid_days", "sum", "base"}


def step(
    rule: Rule, *ends: str | None, facts: str = "", place: str = "steps[0]", **amounts: str
) -> TraceStep:
    """A step; ends and amounts in yuan, facts as ``name=value`` separated by blanks."""
    before, after = (None if end is None else parse_yuan(end) for end in (*ends, None, None)[:2])
    return TraceStep(
        rule=rule,
        before=before,
        after=after,
        amounts=tuple((name, parse_yuan(amount)) for name, amount in amounts.items()),
        facts=tuple((name, value) for name, _, value in (each.partition("=") for each in facts.split())),
        parameter=f"benefits[0].{place}",
        source="HN-4.4.2c",
        clauses=("HN-4.4.2c",),
    )


def trace_of(*steps: TraceStep, form: int = 2) -> Trace:
    """A trace of these steps."""
    return Trace(form=form, version_id="V", policy_id="P", steps=steps)


def rounded(exact: str, after: str, *, mode: str = "half_up", place: str = "end_of_benefit") -> TraceStep:
    """The rounding that ends a benefit."""
    facts = f"mode={mode} place={place} exact_fen={exact}"
    return step(Rule.ROUNDING, None, after, facts=facts, place="rounding")


def base(amount: str) -> TraceStep:
    """A base of so many yuan."""
    return step(Rule.BASE, None, amount, place="base", inscp_scp_amt=amount)


def traces_of(file: ClaimFile) -> Iterator[tuple[int, Trace]]:
    """What each claim of a file is paid, with its trace."""
    plan, counters, by = compile_version(file.version), Counters(), file.version.open_points.use_order
    for line in sorted(file.lines, key=lambda line: (line.order_day(by), line.claim_id)):
        own, log = file.covers[line.person_id], Log()
        cover = cover_on(own, line.day(file.version.event.period_by))
        period = "" if cover is None else cover.period_id
        outcome = adjudicate_line(plan, line, own, counters.of(line.person_id, period), log)
        if outcome.award is not None:
            counters.add(line.person_id, period, outcome.award.uses)
        if log.steps:
            yield outcome.amount, trace_of(*log.steps)


def planted(trace: Trace) -> Iterator[Trace]:
    """The trace with each figure of the money chain changed by a fen, or a day, in turn."""
    for number, own in enumerate(trace.steps):
        changed = [
            attrs.evolve(own, **{end: Money(value.fen + 1)})
            for end, value in (("before", own.before), ("after", own.after))
            if value is not None
        ]
        for at, (name, value) in enumerate(own.facts):
            if name in MONEY_FACTS:
                whole, _, part = value.partition("/")
                other = (name, f"{int(whole) + 1}/{part}" if part else str(int(whole) + 1))
                changed.append(attrs.evolve(own, facts=(*own.facts[:at], other, *own.facts[at + 1 :])))
        for other_step in changed:
            yield attrs.evolve(trace, steps=(*trace.steps[:number], other_step, *trace.steps[number + 1 :]))


@given(file=claim_files())
def test_a_trace_gives_its_own_result(file: ClaimFile) -> None:
    """Whatever the scheme, the steps of a claim must come to what the rules pay for it."""
    for paid, trace in traces_of(file):
        assert replay(trace) == Money(paid)


@given(file=claim_files(claims_max=3, benefits_max=2))
def test_a_changed_figure_is_found_out(file: ClaimFile) -> None:
    """A fen or a day changed anywhere in the chain of what comes in and goes out must be refused."""
    for _, trace in traces_of(file):
        for changed in planted(trace):
            with pytest.raises(InvalidValueError, match=r"^steps\[[0-9]+\]\."):
                replay(changed)


def test_a_decision_is_replayed(facts: ClaimFacts) -> None:
    """A decision on 8,000 self-borne must come to 1,500 + 35 % of 3,000 = 2,550 again."""
    decision = decide(
        facts, compile_version(VERSION), {}, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON
    )
    assert replay(decision.trace) == parse_yuan("2550")


def test_a_refusal_comes_to_nothing(facts: ClaimFacts) -> None:
    """A claim that was not admitted must come to nothing."""
    late = attrs.evolve(facts, filed_on=FILED_ON.replace(year=2016))
    decision = decide(
        late, compile_version(VERSION), {}, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON
    )
    assert replay(decision.trace) == ZERO


def test_money_on_a_refusal_is_found_out() -> None:
    """A refused claim must not be granted a fen."""
    facts = "reason=FILED_TOO_LATE outcome=REJECT"
    with pytest.raises(InvalidValueError, match=r"steps\[1\]\.after must be 0\.00, got '0\.01'"):
        replay(
            trace_of(
                step(Rule.ADMISSION, facts="result=refused"), step(Rule.BENEFIT, None, "0.01", facts=facts)
            )
        )


FIRST_FORM = """
[null, null, [], [["result", "passed"]], "admission"]
[null, 50000, [["inscp_scp_amt", 70000], ["-hifp_pay", 20000]], [], "base"]
[50000, 40000, [["deductible", 10000]], [], "deductible"]
[30000, 9000, [["above", 0], ["up_to", 30000]], [["ratio", "30%"]], "band"]
[null, 9000, [], [["mode", "half_up"], ["place", "each_band"], ["exact_fen", "9000"]], "rounding"]
[9000, 12000, [["minimum", 12000], ["base", 40000]], [["may_exceed_base", "no"]], "minimum"]
[12000, 11000, [["expense", 90000], ["funds", 70000], ["hospital", 9000]], [], "indemnity"]
[11000, 11000, [["cap", 5000000], ["granted", 0], ["left", 4989000]], [], "period_cap"]
[null, 11000, [], [["reason", "COMPUTED"], ["outcome", "PASS"]], "benefit"]
"""
"""A decision as the first form kept it: rounded before the minimum, a closed band, cut to the cost.

700 - 200 = 500, less 100 is 400; 30 % of the first 300 is 90, and nothing above; raised to 120;
900 - 700 - 90 = 110.
"""


def first_form(text: str = FIRST_FORM) -> Trace:
    """That trace."""
    names = ("before", "after", "amounts", "facts", "rule")
    common = {"parameter": "benefit", "source": "HN-4.4.1", "clauses": ["HN-4.4.1"]}
    steps = [dict(zip(names, json.loads(row), strict=True)) | common for row in text.strip().splitlines()]
    return from_plain({"form": 1, "version_id": "V", "policy_id": "P", "steps": steps}, Trace)


def test_the_first_form_is_replayed() -> None:
    """A trace of the first form must come to its own result."""
    assert replay(first_form()) == parse_yuan("110")


def test_a_base_in_no_band_of_the_first_form_is_replayed() -> None:
    """The first form told no step for an amount that reaches no band; it must come to nothing."""
    rows = FIRST_FORM.strip().splitlines()
    empty = rows[4].replace("9000", "0")
    ended = rows[8].replace("11000", "0")
    assert replay(first_form("\n".join((rows[1], rows[2], empty, ended)))) == ZERO


@pytest.mark.parametrize(("old", "new"), [("40000, [", "40001, ["), ("9000, 12000", "9000, 11999")])
def test_a_changed_figure_of_the_first_form_is_found_out(old: str, new: str) -> None:
    """A fen changed in a trace of the first form must be refused."""
    with pytest.raises(InvalidValueError, match=r"^steps\[[25]\]\.after must be"):
        replay(first_form(FIRST_FORM.replace(old, new)))


BAND = {"facts": "ratio=50%", "place": "steps[0].bands[0]"}
BROKEN: tuple[tuple[str, tuple[TraceStep, ...], str], ...] = (
    (
        "a step before any base",
        (step(Rule.SHARE, "1", "1", facts="ratio=100%"),),
        r"steps\[0\]\.rule must come",
    ),
    ("two bases", (base("1"), base("1")), r"steps\[1\]\.rule must not start a benefit here"),
    ("no rounding", (base("1"),), r"steps\[0\]\.rule must round"),
    (
        "a step after the end",
        (step(Rule.BENEFIT, None, "0", facts="outcome=PASS"), base("1")),
        r"steps\[1\]\.rule must not follow",
    ),
    ("no fact", (step(Rule.EVENT),), r"steps\[0\]\.times must be told"),
    ("no amount", (base("1"), step(Rule.AT_MOST, "1", "1")), r"steps\[1\]\.at_most must be told"),
    ("no end", (base("1"), step(Rule.AT_MOST, None, "1", at_most="2")), r"steps\[1\]\.before must be 1\.00"),
    ("no count", (step(Rule.EVENT, facts="times=once"),), r"steps\[0\]\.times must be a whole number"),
    ("no ratio", (base("1"), step(Rule.SHARE, "1", "1", facts="ratio=half")), r"steps\[1\]\.ratio must be"),
    (
        "no fraction",
        (base("1"), step(Rule.SHARE, "1", "0.33", facts="ratio=1/3 exact_fen=x")),
        r"steps\[1\]\.exact_fen must be a fraction",
    ),
    (
        "another fraction",
        (base("1"), step(Rule.SHARE, "1", "0.33", facts="ratio=1/3 exact_fen=101/3")),
        r"steps\[1\]\.exact_fen must be 100/3",
    ),
    (
        "no such rounding",
        (base("1"), rounded("100", "1", mode="gently")),
        r"steps\[1\]\.mode must be a way of rounding",
    ),
    (
        "no such unit",
        (base("1"), step(Rule.ROUNDING, None, "1", facts="mode=up place=end exact_fen=100 unit_fen=0")),
        r"steps\[1\]\.unit_fen must be fen above 0",
    ),
    ("another exact", (base("1"), rounded("99", "1")), r"steps\[1\]\.exact_fen must be 100"),
    ("rounded up", (base("1"), rounded("100", "1.01")), r"steps\[1\]\.after must be 100 fen"),
    (
        "rounded to nothing told",
        (base("1"), step(Rule.ROUNDING, None, None, facts="mode=up place=end exact_fen=100")),
        r"steps\[1\]\.after must be 100 fen, got 'nothing'",
    ),
    (
        "a gap between bands",
        (
            base("9"),
            step(Rule.BAND, "1", "0.50", above="0", up_to="1", **BAND),
            step(Rule.BAND, "7", "3.50", above="2", **BAND),
        ),
        r"steps\[2\]\.above must be where the band before it ends, got .*200",
    ),
    (
        "a band that is not reached",
        (base("9"), step(Rule.BAND, "1", "0.50", above="9", **BAND)),
        r"steps\[1\]\.above must be below what comes in, got .*900",
    ),
    (
        "a band left out",
        (base("9"), step(Rule.BAND, "1", "0.50", above="0", up_to="1", **BAND), rounded("50", "0.50")),
        r"steps\[2\]\.rule must be a band",
    ),
    (
        "a band that no rounding of its benefit follows",
        (
            base("9"),
            step(Rule.BAND, "9", "4.50", above="0", **BAND),
            step(Rule.APPLIES),
            rounded("450", "4.50"),
        ),
        r"steps\[2\]\.rule must round",
    ),
    (
        "a wrong edge above the bands",
        (
            base("9"),
            step(Rule.BAND, "1", "0.50", above="0", up_to="1", **BAND),
            step(Rule.BANDS, "9", "0.50", top="2"),
        ),
        r"steps\[2\]\.top must be where the last band ends, got .*200",
    ),
    (
        "an amount that reaches the bands",
        (base("9"), step(Rule.BANDS, "9", "0", below="8")),
        r"steps\[1\]\.below must not be below what comes in, got .*800",
    ),
    (
        "a top that the amount only reaches",
        (
            base("1"),
            step(Rule.BAND, "1", "0.50", above="0", up_to="1", **BAND),
            step(Rule.BANDS, "1", "0.50", top="1"),
        ),
        r"steps\[2\]\.top must be where the last band ends, got .*100",
    ),
    (
        "a share of a band without its exact amount",
        (base("1"), step(Rule.BAND, "1", "0.33", above="0", facts="ratio=1/3", place="steps[0].bands[0]")),
        r"steps\[1\]\.",
    ),
    (
        "a band above its own maximum",
        (base("9"), step(Rule.BAND, "9", "4.50", above="0", most="4", **BAND)),
        r"steps\[1\]\.",
    ),
    (
        "a slab of the band below",
        (base("9"), step(Rule.SLAB, "9", "4.50", facts="ratio=50%", above="9")),
        r"steps\[1\]\.above must be of the band",
    ),
    (
        "a slab whose band ends before",
        (base("9"), step(Rule.SLAB, "9", "4.50", facts="ratio=50%", above="0", up_to="8")),
        r"steps\[1\]\.above must be of the band",
    ),
    (
        "a row that ends before",
        (
            step(Rule.DAYS, facts="days=9 stay_days=9 first_payable_day=1"),
            step(Rule.DAY_TABLE, facts="days=9 paid_days=7 first=4 last=8 pays=7"),
        ),
        r"steps\[1\]\.first must be of the row",
    ),
    (
        "an indemnity above its base",
        (
            base("9"),
            step(Rule.SHARE, "9", "9", facts="ratio=100%"),
            step(Rule.INDEMNITY, "9", "9", base="8", known_cost="20"),
        ),
        r"steps\[2\]\.base must be the base of the benefit, got .*800",
    ),
    (
        "money on a claim that was held",
        (
            step(Rule.ADMISSION, facts="result=passed"),
            step(Rule.BENEFIT, None, "0.01", facts="outcome=HOLD"),
        ),
        r"steps\[1\]\.after must be 0\.00",
    ),
    (
        "a benefit of a claim that admission refused",
        (step(Rule.ADMISSION, facts="result=refused"), step(Rule.APPLIES), base("9")),
        r"steps\[2\]\.rule must not start a benefit here",
    ),
    (
        "a slab of another amount",
        (base("9"), step(Rule.SLAB, "9", "4.50", facts="ratio=50%", above="10")),
        r"steps\[1\]\.above must be of the band in which the amount lies, got .*10\.00",
    ),
    (
        "a slab that is reached",
        (base("9"), step(Rule.SLAB, "9", "0", below="8")),
        r"steps\[1\]\.below must not be below what comes in, got .*800",
    ),
    (
        "a minimum on another base",
        (base("9"), step(Rule.MINIMUM, "9", "20", facts="may_exceed_base=yes", minimum="20", base="10")),
        r"steps\[1\]\.base must be what the deductibles leave, got .*10\.00",
    ),
    (
        "a minimum that does not reach so far",
        (
            base("9"),
            step(
                Rule.MINIMUM, "9", "20", facts="may_exceed_base=yes", minimum="20", base="9", base_up_to="8"
            ),
        ),
        r"steps\[1\]\.base_up_to must reach to the base, got .*800",
    ),
    (
        "more shares than are held",
        (base("9"), step(Rule.TIMES_SHARES, "9", "27", facts="shares=3 held=2")),
        r"steps\[1\]\.shares must be <= 2, got .*3",
    ),
    (
        "a row of other days",
        (
            step(Rule.DAYS, facts="days=3 stay_days=3 first_payable_day=1"),
            step(Rule.DAY_TABLE, facts="days=3 paid_days=7 first=4 pays=7"),
        ),
        r"steps\[1\]\.first must be of the row in which the days lie, got .*4",
    ),
    (
        "a day after the waiting period",
        (
            base("9"),
            step(Rule.WAITING, None, "1", facts="cover_day=31 through_day=30 times_shares=no", pays="1"),
        ),
        r"steps\[1\]\.cover_day must be <= 30, got .*31",
    ),
    (
        "an indemnity on another base",
        (base("9"), step(Rule.INDEMNITY, "9", "8", base="8")),
        r"steps\[1\]\.base must be the base of the benefit, got .*800",
    ),
    (
        "a cap of other shares",
        (
            base("9"),
            step(
                Rule.PERIOD_CAP, "9", "9", facts="shares=2", cap="30", granted="0", left="21", per_share="10"
            ),
        ),
        r"steps\[1\]\.cap must be",
    ),
    (
        "another rest of a cap",
        (base("9"), step(Rule.PERIOD_CAP, "9", "9", cap="30", granted="0", left="20.99")),
        r"steps\[1\]\.left must be 2100 fen",
    ),
)


@pytest.mark.parametrize(("steps", "told"), [each[1:] for each in BROKEN], ids=[each[0] for each in BROKEN])
def test_the_first_step_that_does_not_follow_is_named(steps: tuple[TraceStep, ...], told: str) -> None:
    """A trace that does not follow must be refused with the number of the step and what it must be."""
    with pytest.raises(InvalidValueError, match=told):
        replay(trace_of(*steps))


FOLLOWS: tuple[tuple[str, tuple[TraceStep, ...], str], ...] = (
    (
        "two tables, one after the other",
        # 50 % of 9.00 is 4.50, and 50 % of that 2.25.
        (
            base("9"),
            step(Rule.BAND, "9", "4.50", above="0", facts="ratio=50%", place="steps[0].bands[0]"),
            step(Rule.BAND, "4.50", "2.25", above="0", facts="ratio=50%", place="steps[1].bands[0]"),
            rounded("225", "2.25"),
        ),
        "2.25",
    ),
    (
        "a table whose bands the second amount does not reach",
        (
            base("9"),
            step(Rule.BAND, "9", "4.50", above="0", facts="ratio=50%", place="steps[0].bands[0]"),
            step(Rule.BANDS, "4.50", "0", below="5", place="steps[1]"),
            rounded("0", "0"),
        ),
        "0",
    ),
    (
        "a part above the last band",
        (
            base("9"),
            step(Rule.BAND, "8", "4", above="0", up_to="8", facts="ratio=50%", place="steps[0].bands[0]"),
            step(Rule.BANDS, "9", "4", top="8", place="steps[0]"),
            rounded("400", "4"),
        ),
        "4",
    ),
    (
        "each band rounded",
        # A third of 1.00 is 33 fen and a third, rounded up 34; half of 1.00 is 50.
        (
            base("2"),
            step(Rule.BAND, "1", "0.34", above="0", up_to="1", facts="ratio=1/3", place="steps[0].bands[0]"),
            step(Rule.BAND, "1", "0.50", above="1", facts="ratio=50%", place="steps[0].bands[1]"),
            rounded("84", "0.84", mode="up", place="each_band"),
        ),
        "0.84",
    ),
    (
        "two benefits",
        (
            step(Rule.APPLIES),
            base("2"),
            rounded("200", "2"),
            step(Rule.APPLIES),
            step(Rule.EVENT, facts="times=1"),
            step(Rule.FIXED_SUM, None, "5", sum="5"),
            rounded("500", "5"),
        ),
        "7",
    ),
    (
        "a minimum beside a class without deductible",
        # The deductible of one class leads no other step, so the minimum keeps to the base.
        (
            base("9"),
            step(Rule.DEDUCTIBLE, "9", "1", deductible="8", place="steps[0].choices[0].step"),
            step(Rule.MINIMUM, "1", "9", facts="may_exceed_base=no", minimum="20", base="9"),
            rounded("900", "9"),
        ),
        "9",
    ),
    (
        "nothing after a deductible in the middle",
        (
            base("9"),
            step(Rule.SHARE, "9", "4.50", facts="ratio=50%"),
            step(Rule.DEDUCTIBLE, "4.50", "0", deductible="8"),
            rounded("0", "0"),
        ),
        "0",
    ),
    (
        "a minimum that may exceed the base",
        (
            base("9"),
            step(
                Rule.MINIMUM, "9", "20", facts="may_exceed_base=yes", minimum="20", base="9", base_up_to="9"
            ),
            rounded("2000", "20"),
        ),
        "20",
    ),
    (
        "tables of a slab and of sums",
        # 50 % of 9.00 is 4.50, at most 4.00, which gives the sum of 3.00.
        (
            base("9"),
            step(Rule.SLAB, "9", "4", facts="ratio=50%", above="5", most="4"),
            step(Rule.FIXED_SUM_BY_BAND, "4", "3", above="0", up_to="4", sum="3"),
            rounded("300", "3"),
        ),
        "3",
    ),
    (
        "a slab that is not reached",
        (base("9"), step(Rule.SLAB, "9", "0", below="9"), rounded("0", "0")),
        "0",
    ),
    (
        "days of a table, within a limit, times the shares",
        # A stay of 9 nights is paid as 7 days, of which 5 are left: 250.00, twice.
        (
            step(Rule.DAYS, facts="stay_days=9 first_payable_day=1 days=9"),
            step(Rule.DAY_TABLE, facts="days=9 paid_days=7 first=8 last=14 pays=7"),
            step(Rule.DAYS_LIMIT, facts="days=7 paid_days=5 most=90 used=85 per=period"),
            step(Rule.PER_DAY, None, "250", facts="days=5", per_day="50"),
            step(Rule.TIMES_SHARES, "250", "500", facts="shares=2 held=3"),
            rounded("50000", "500"),
            step(Rule.PAYMENTS_LIMIT, "500", "0", facts="most=1 used=1 per=lifetime"),
        ),
        "0",
    ),
    (
        "days that a row bounds",
        (
            step(Rule.DAYS, facts="stay_days=40 first_payable_day=1 days=40"),
            step(Rule.DAY_TABLE, facts="days=40 paid_days=30 first=15 most=30"),
            step(Rule.PER_DAY, None, "30", facts="days=30", per_day="1"),
            rounded("3000", "30"),
        ),
        "30",
    ),
    (
        "bounds by the cost, and by the base without a cost",
        # 20.00 less 9.00 and 1.00 is 10.00, less 2.00 that others paid; 8.00 for a base of 9.00 less 3.00.
        (
            base("9"),
            rounded("900", "9"),
            step(Rule.INDEMNITY, "9", "8", expense="20", funds="9", hospital="1", elsewhere="2"),
            step(Rule.INDEMNITY, "8", "6", known_cost="9", benefits="3"),
        ),
        "6",
    ),
    (
        "claims that are added up",
        # 9.00 and 3.00 before are 12.00; half of it is 6.00, less 1.50 that came before.
        (
            base("9"),
            step(Rule.ACCUMULATION, facts="over=period base=900 earlier=300 sum=1200 unit=money"),
            step(Rule.SHARE, "12", "6", facts="ratio=50%"),
            rounded("600", "6"),
            step(Rule.LESS_EARLIER, "6", "4.50", earlier="1.50"),
        ),
        "4.50",
    ),
    (
        "caps of a claim and of a lifetime",
        (
            base("9"),
            rounded("900", "9"),
            step(Rule.CLAIM_CAP, "9", "8", facts="excess=cut", cap="8", granted="0", left="8"),
            step(Rule.LIFETIME_CAP, "8", "0", facts="excess=refuse", cap="10", granted="3", left="7"),
        ),
        "0",
    ),
    (
        "the waiting period",
        (
            base("9"),
            step(
                Rule.WAITING,
                None,
                "4",
                facts="cover_day=9 through_day=30 times_shares=yes shares=2",
                pays="2",
            ),
        ),
        "4",
    ),
    (
        "the last day of the waiting period",
        (
            base("9"),
            step(Rule.WAITING, None, "2", facts="cover_day=30 through_day=30 times_shares=no", pays="2"),
        ),
        "2",
    ),
    (
        "an amount that lies just below all bands, and one that ends with a band",
        (
            step(Rule.APPLIES),
            base("8"),
            step(Rule.BANDS, "8", "0", below="8"),
            rounded("0", "0"),
            step(Rule.APPLIES),
            base("8"),
            step(Rule.SLAB, "8", "4", facts="ratio=50%", above="5", up_to="8"),
            rounded("400", "4"),
        ),
        "4",
    ),
    (
        "a band of one fen",
        # 100 % of the one fen above 8.99.
        (
            base("9"),
            step(Rule.BAND, "0.01", "0.01", above="8.99", facts="ratio=100%", place="steps[0].bands[0]"),
            rounded("1", "0.01"),
        ),
        "0.01",
    ),
    (
        "bands of what is no whole fen",
        # A third of 1.00 is 33 fen and a third; half of it 16 and two thirds, at most 10 fen; and
        # the rest of the first third above 0.20, which is 13 fen and a third, in whole.
        (
            base("1"),
            step(Rule.SHARE, "1", "0.33", facts="ratio=1/3 exact_fen=100/3"),
            step(
                Rule.BAND,
                "0.20",
                "0.10",
                above="0",
                up_to="0.20",
                most="0.10",
                facts="ratio=100%",
                place="steps[1].bands[0]",
            ),
            step(
                Rule.BAND,
                "0.13",
                "0.13",
                above="0.20",
                facts="ratio=100% exact_before=40/3 exact_fen=40/3",
                place="steps[1].bands[1]",
            ),
            rounded("70/3", "0.23"),
        ),
        "0.23",
    ),
    (
        "no day that a table pays",
        (
            step(Rule.DAYS, facts="stay_days=1 first_payable_day=2 days=0"),
            step(Rule.DAY_TABLE, facts="days=0 paid_days=0"),
            step(Rule.PER_DAY, None, "0", facts="days=0", per_day="50"),
            rounded("0", "0"),
        ),
        "0",
    ),
    (
        "the first and the last day of a row",
        (
            step(Rule.APPLIES),
            step(Rule.DAYS, facts="stay_days=8 first_payable_day=1 days=8"),
            step(Rule.DAY_TABLE, facts="days=8 paid_days=8 first=8 last=14"),
            step(Rule.PER_DAY, None, "8", facts="days=8", per_day="1"),
            rounded("800", "8"),
            step(Rule.APPLIES),
            step(Rule.DAYS, facts="stay_days=14 first_payable_day=1 days=14"),
            step(Rule.DAY_TABLE, facts="days=14 paid_days=14 first=8 last=14"),
            step(Rule.DAYS_LIMIT, facts="days=14 paid_days=0 most=90 used=95 per=period"),
            step(Rule.PER_DAY, None, "0", facts="days=0", per_day="1"),
            rounded("0", "0"),
        ),
        "8",
    ),
    (
        "an indemnity by the base, and one where nothing is left",
        (
            step(Rule.APPLIES),
            base("9"),
            step(Rule.TIMES_SHARES, "9", "18", facts="shares=2 held=2"),
            rounded("1800", "18"),
            step(Rule.INDEMNITY, "18", "9", base="9", known_cost="20"),
            step(Rule.APPLIES),
            base("9"),
            rounded("900", "9"),
            step(Rule.INDEMNITY, "9", "0", expense="9", funds="9", hospital="1"),
        ),
        "9",
    ),
    ("a refused claim alone", (step(Rule.ADMISSION, facts="result=refused"),), "0"),
)


@pytest.mark.parametrize(("steps", "paid"), [each[1:] for each in FOLLOWS], ids=[each[0] for each in FOLLOWS])
def test_what_follows_is_added_up(steps: tuple[TraceStep, ...], paid: str) -> None:
    """Steps that follow one from the other must come to what they pay together."""
    assert replay(trace_of(*steps)) == parse_yuan(paid)


@pytest.mark.parametrize("form", [0, 3])
def test_a_form_that_is_not_known_is_refused(form: int) -> None:
    """A trace of a form that this library does not know must be refused, and not misread."""
    with pytest.raises(InvalidValueError, match="form must be 1 to 2"):
        trace_of(base("1"), form=form)
