"""Every step of a plan gives on columns what it gives for one number, in and beyond 64 bits."""

import datetime
from typing import Final

import attrs
import numpy
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.columnar.arithmetic.exact import Column, column
from mutualaid_core.columnar.facts import EventFacts
from mutualaid_core.columnar.lines import Batch, event_facts
from mutualaid_core.columnar.result import empty_result
from mutualaid_core.columnar.steps import Env, apply, chosen, reaches
from mutualaid_core.columnar.tables.index import index_of
from mutualaid_core.columnar.tables.rows import tables_of
from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.claims import lines as single
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.plan import steps as plans
from mutualaid_core.rules.claims.plan.compile import compile_benefit, compile_version
from mutualaid_core.rules.claims.plan.terms import BenefitPlan
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014
from mutualaid_core.testing.schemes import benefits

DAY: Final = datetime.date(2014, 3, 1)
WORDS: Final = {
    "hosp_lv": "2",
    "grade": "B",
    "employer_class": "public",
    "psn_type": "12",
    "dise_code": "C50.900",
}
LINE: Final = ClaimLine(
    claim_id="C-1",
    person_id="P-1",
    event=EventKind.INPATIENT_STAY,
    began=DAY,
    ended=DAY,
    counts={"degree": 5, "stay_ordinal": 1, "age": 40, "shares": 2},
    codes=WORDS,
    flags={"surgery": True, "first_time": False},
)
COVER: Final = Cover(person_id="P-1", period_id="2014", days=DayRange(DAY, DAY))


def facts_of(rows: int) -> EventFacts:
    """The same facts in so many rows."""
    lines = [attrs.evolve(LINE, claim_id=f"C-{number}") for number in range(rows)]
    claims, covers, _ = tables_of(lines, {"P-1": [COVER]})
    plan = compile_version(VERSION)
    result = empty_result(plan, rows, breakdown=False)
    batch = Batch(plan=plan, claims=claims, index=index_of(claims, covers), known=None, result=result)
    return event_facts(batch, slice(0, rows))[0]


def both(plan: BenefitPlan, values: list[int]) -> tuple[list[list[int]], list[list[int]]]:
    """The numbers after each step: one by one, and on columns."""
    one = single.event_facts(LINE, COVER, VERSION)
    env = Env(facts=facts_of(len(values)), payable=column(numpy.array(values)))
    number = Column(numpy.array(values), max(values))
    envs = [plans.Env(facts=one, payable=value) for value in values]
    alone, together = [values], [values]
    for place, (step, reach) in enumerate(zip(plan.steps, reaches(plan), strict=True)):
        kind = step.chosen(one) if isinstance(step, plans.ByCode | plans.ByCount) else step
        alone.append([kind.apply(value, each) for value, each in zip(alone[-1], envs, strict=True)])
        number = apply(chosen(step, env), number, env)
        together.append([int(value) for value in number.values])
        assert min(number.bound, reach) >= max(alone[-1])
        if place + 1 == plan.leading:
            env.payable = number
            for each, value in zip(envs, alone[-1], strict=True):
                each.payable = value
    return alone, together


COUNTS: Final = frozenset({"degree", "stay_ordinal", "age", "shares", "days", "cover_day"})


@given(benefits(), st.lists(st.integers(0, 20_000_000), min_size=1, max_size=8))
def test_steps_of_drawn_benefits_agree(benefit: Benefit, values: list[int]) -> None:
    """Every step must give the same numerators for usual amounts."""
    plan = compile_benefit(benefit, "benefits[0]", COUNTS)
    if plan.terms.base.unit is Unit.EVENT:
        values = [1 for _ in values]
    alone, together = both(
        plan, [value % 400 for value in values] if plan.terms.base.unit is Unit.DAYS else values
    )
    assert alone == together


@given(benefits(), st.lists(st.integers(10**11, 10**12), min_size=1, max_size=4))
def test_steps_on_the_largest_amounts_agree(benefit: Benefit, values: list[int]) -> None:
    """Where 64 bits do not hold the way, the numerators must still be exact."""
    plan = compile_benefit(benefit, "benefits[0]", COUNTS)
    if plan.terms.base.unit is Unit.MONEY:
        alone, together = both(plan, values)
        assert alone == together


def test_edges_of_the_bands_agree() -> None:
    """At every edge of the Yueyang bands, and one fen beside it, the numerators must agree."""
    plan = compile_benefit(YUEYANG_2014, "benefits[0]", COUNTS)
    edges = [edge for step in plan.steps if isinstance(step, plans.Marginal) for edge in step.edges]
    alone, together = both(plan, [max(edge + beside, 0) for edge in edges for beside in (-1, 0, 1)])
    assert alone == together
