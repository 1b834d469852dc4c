"""Benefit of one stay: the steps in their order, and the reasons that shaped the amount."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.claims.benefit import benefit_for_stay, benefit_step
from mutualaid_core.testing.samples import EXAMPLE_TERMS, YUEYANG_2014, bands, stay, yuan


@pytest.mark.parametrize(
    ("base", "granted", "amount", "reasons"),
    [
        ("0", "0", "0", (Reason.NOTHING_SELF_BORNE,)),
        ("8000", "0", "2550", (Reason.COMPUTED,)),  # 1,500 + 35 % of 3,000
        ("120", "0", "50", (Reason.MINIMUM_APPLIED, Reason.COMPUTED)),
        ("8000", "49000", "1000", (Reason.CAP_REDUCED, Reason.COMPUTED)),
        ("8000", "50000", "0", (Reason.CAP_EXHAUSTED, Reason.COMPUTED)),
        ("120", "49990", "10", (Reason.CAP_REDUCED, Reason.MINIMUM_APPLIED, Reason.COMPUTED)),
        ("120", "50000", "0", (Reason.CAP_EXHAUSTED, Reason.COMPUTED)),
    ],
)
def test_the_reasons_tell_what_shaped_the_amount(
    base: str, granted: str, amount: str, reasons: tuple[Reason, ...]
) -> None:
    """Each limit that changed the amount must be among the reasons, the gravest first."""
    line = benefit_for_stay(stay(base), YUEYANG_2014, yuan(granted))
    assert (line.amount, line.reasons) == (yuan(amount), reasons)


def test_the_steps_stand_in_the_order_of_the_terms() -> None:
    """Base, deductible, bands, rounding, minimum and cap must follow each other."""
    line = benefit_for_stay(stay(120), YUEYANG_2014, ZERO)
    assert [step.rule for step in line.steps] == [
        Rule.BASE,
        Rule.DEDUCTIBLE,
        Rule.BAND,
        Rule.ROUNDING,
        Rule.MINIMUM,
        Rule.PERIOD_CAP,
    ]


def test_each_step_takes_on_what_the_one_before_left() -> None:
    """What a limit takes must be what the step before gave."""
    steps = {step.rule: step for step in benefit_for_stay(stay(120), YUEYANG_2014, ZERO).steps}
    assert steps[Rule.MINIMUM].before == steps[Rule.ROUNDING].after
    assert steps[Rule.PERIOD_CAP].before == steps[Rule.MINIMUM].after


def test_terms_without_minimum_and_cap_have_no_such_steps() -> None:
    """Where the terms name neither minimum nor cap, the trace must end with the rounding."""
    terms = attrs.evolve(EXAMPLE_TERMS, limits=())
    line = benefit_for_stay(stay(60_000), terms, yuan(99_999))
    assert (line.amount, line.steps[-1].rule) == (yuan(33_500), Rule.ROUNDING)


def test_the_deductible_comes_before_the_bands() -> None:
    """A deductible of 300 must leave 700 of 1,000 to the bands: 30 % are 210."""
    terms = attrs.evolve(YUEYANG_2014, deductible=yuan(300))
    assert benefit_for_stay(stay(1_000), terms, ZERO).amount == yuan(210)


def test_a_deductible_that_leaves_nothing_brings_no_minimum() -> None:
    """A base of 120 within a deductible of 300 must bring nothing, not the minimum."""
    terms = attrs.evolve(YUEYANG_2014, deductible=yuan(300))
    assert benefit_for_stay(stay(120), terms, ZERO).amount == ZERO


def test_a_band_that_pays_nothing_brings_no_minimum() -> None:
    """A base of 120 in a band of 0 % must bring nothing, not the minimum."""
    terms = attrs.evolve(YUEYANG_2014, steps=(bands((5_000, 0), (None, 50)), YUEYANG_2014.steps[1]))
    assert benefit_for_stay(stay(120), terms, ZERO).amount == ZERO


def test_the_indemnity_limit_is_shown() -> None:
    """A benefit cut to the expense must have its step between minimum and cap."""
    # 8,000 in scope, but 7,000 of it borne by the hospital: 2,550 are cut to the 1,500 left.
    settlement = stay(8_000, hosp_part_amt=yuan(7_000))
    line = benefit_for_stay(settlement, YUEYANG_2014, ZERO)
    assert (line.amount, line.steps[-2].rule) == (yuan(1_500), Rule.INDEMNITY)


def test_the_last_step_names_the_leading_reason() -> None:
    """The last step of a trace must show the amount, the reason, its outcome and its clause."""
    step = benefit_step(yuan(10), Reason.CAP_REDUCED)
    assert (step.after, step.fact("reason"), step.fact("outcome"), step.clauses) == (
        yuan(10),
        "CAP_REDUCED",
        "PASS",
        ("HN-4.4.3c",),
    )
