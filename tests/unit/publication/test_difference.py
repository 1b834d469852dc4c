"""Difference: what two computations do not have in common, and what it comes to, in both languages."""

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MinimumPayment
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan
from mutualaid_core.publication.explanation.comparison import plain_difference, tell_difference
from mutualaid_core.publication.explanation.difference import (
    AmountChange,
    FactChange,
    Kind,
    StepDifference,
    difference,
)

Make = Callable[..., Decision]


@pytest.fixture
def with_deductible(terms: Benefit) -> Benefit:
    """The terms with a deductible of 300.00."""
    first = Deductible(amount=parse_yuan("300"), source="HN-4.4.2a")
    return attrs.evolve(terms, steps=(first, *terms.steps[1:]))


def rules_of(made: Decision | Trace, found: tuple[StepDifference, ...]) -> list[str]:
    """Kind and rule of each step that differs, as *made*, the second of two, has them."""
    trace = made.trace if isinstance(made, Decision) else made
    return [
        f"{each.kind.value} {trace.steps[each.after].rule.value}" for each in found if each.after is not None
    ]


def test_a_computation_does_not_differ_from_itself(decided: Make) -> None:
    """Two equal decisions must differ in nothing."""
    found = difference(decided(), decided())
    assert (found.effect, found.steps, found.reasons_added, found.reasons_left_out) == (ZERO, (), (), ())


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        ("zh", ("补助没有变化，都是 4,050.00 元。", "各步骤没有不同。")),
        ("en", ("The benefit is the same: 4,050.00 yuan.", "No step differs.")),
    ],
)
def test_no_difference_is_told(decided: Make, lang: Any, sentences: tuple[str, ...]) -> None:  # noqa: ANN401
    """Where nothing differs, that must be said."""
    assert tell_difference(difference(decided(), decided()), lang) == sentences


def test_another_deductible_is_found(decided: Make, with_deductible: Benefit) -> None:
    """A deductible of 300.00 must be told with what each later step gives less."""
    # 300.00 less in the last band at 40% is 120.00 less: 4,050.004 - 120.00 = 3,930.004.
    found = difference(decided(), decided(benefit=with_deductible))
    assert (found.paid_before, found.paid_after, found.effect) == (
        parse_yuan("4050"),
        parse_yuan("3930"),
        Money(-12_000),
    )
    assert [each.effect for each in found.steps] == [-30_000, -12_000, -12_000, -12_000, -12_000]
    assert found.steps[0] == StepDifference(
        kind=Kind.CHANGED,
        before=4,
        after=4,
        amounts=(
            AmountChange("deductible", ZERO, parse_yuan("300")),
            AmountChange("after", parse_yuan("12000.01"), parse_yuan("11700.01")),
        ),
        effect=-30_000,
    )


DEDUCTIBLE = {
    "zh": (
        "补助由 4,050.00 元变为 3,930.00 元，少 120.00 元。",
        (
            "【起付线】起付线由 0.00 元变为 300.00 元；得数由 12,000.01 元变为 11,700.01 元（少 300.00 元）。"
            "〔参数 benefits[0].steps[0]〕"
        ),
        "【分段补助】得数由 800.00 元变为 680.00 元（少 120.00 元）。〔参数 benefits[0].steps[1].bands[2]〕",
        "【舍入】得数由 4,050.00 元变为 3,930.00 元（少 120.00 元）。〔参数 benefits[0].rounding〕",
        (
            "【本期最高限额】限额余额由 45,950.00 元变为 46,070.00 元；得数由 4,050.00 元变为 3,930.00 元"
            "（少 120.00 元）。〔参数 benefits[0].limits[0]〕"
        ),
        "【补助金额】得数由 4,050.00 元变为 3,930.00 元（少 120.00 元）。〔参数 benefits〕",
    ),
    "en": (
        "The benefit goes from 4,050.00 yuan to 3,930.00 yuan: 120.00 yuan less.",
        (
            "Deductible: deductible goes from 0.00 yuan to 300.00 yuan; the result goes from 12,000.01 yuan"
            " to "
            "11,700.01 yuan (300.00 yuan less). [parameter benefits[0].steps[0]]"
        ),
        (
            "Band: the result goes from 800.00 yuan to 680.00 yuan (120.00 yuan less). "
            "[parameter benefits[0].steps[1].bands[2]]"
        ),
        (
            "Rounding: the result goes from 4,050.00 yuan to 3,930.00 yuan (120.00 yuan less). "
            "[parameter benefits[0].rounding]"
        ),
        (
            "Cap of the period: left of the cap goes from 45,950.00 yuan to 46,070.00 yuan; the result goes"
            " from "
            "4,050.00 yuan to 3,930.00 yuan (120.00 yuan less). [parameter benefits[0].limits[0]]"
        ),
        (
            "Benefit: the result goes from 4,050.00 yuan to 3,930.00 yuan (120.00 yuan less). "
            "[parameter benefits]"
        ),
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_deductible_is_told(decided: Make, with_deductible: Benefit, lang: Any) -> None:  # noqa: ANN401
    """The same difference must be told step by step in either language."""
    found = difference(decided(), decided(benefit=with_deductible))
    assert tell_difference(found, lang) == DEDUCTIBLE[lang]


@pytest.fixture
def small(stay: Callable[..., Settlement]) -> Settlement:
    """A stay with 100.00 self-borne in scope, of which 30% are 30.00."""
    return stay(inscp_scp_amt=parse_yuan("8100"), preselfpay_amt=parse_yuan("11900.01"))


@pytest.fixture
def with_minimum(terms: Benefit) -> Benefit:
    """The terms with a minimum of 50.00."""
    least = MinimumPayment(
        amount=parse_yuan("50"), base_up_to=None, may_exceed_base=False, source="HN-4.4.2c"
    )
    return attrs.evolve(terms, steps=(*terms.steps, least))


def test_a_step_that_is_added_is_told_whole(decided: Make, small: Settlement, with_minimum: Benefit) -> None:
    """A minimum that only the second has must be told as it stands there, with its reason."""
    found = difference(decided(settlement=small), decided(settlement=small, benefit=with_minimum))
    assert found.reasons_added == (Reason.MINIMUM_APPLIED,)
    assert [each.effect for each in found.steps if each.kind is Kind.ADDED] == [2_000]
    assert tell_difference(found, "en")[:3] == (
        "The benefit goes from 30.00 yuan to 50.00 yuan: 20.00 yuan more.",
        "New reasons: raised to the minimum payment.",
        (
            "Minimum: a step is added: 30.00 yuan is raised to the minimum of 50.00 yuan: 50.00 yuan. "
            "[parameter benefits[0].steps[2]]"
        ),
    )


def test_a_step_that_is_left_out_is_told_whole(
    decided: Make, small: Settlement, with_minimum: Benefit
) -> None:
    """The same, the other way round, must be told as left out."""
    found = difference(decided(settlement=small, benefit=with_minimum), decided(settlement=small))
    assert [each.effect for each in found.steps if each.kind is Kind.LEFT_OUT] == [-2_000]
    assert tell_difference(found, "zh")[:3] == (
        "补助由 50.00 元变为 30.00 元，少 20.00 元。",
        "不再有的理由：已按最低补助额给付。",
        (
            "【最低补助额】少了一步：由 30.00 元提高到最低补助额 50.00 元，得 50.00 元。"
            "〔参数 benefits[0].steps[2]〕"
        ),
    )


def test_bands_that_are_not_reached_are_left_out(decided: Make, small: Settlement) -> None:
    """Bands that only the larger base reaches must be left out, each with its share."""
    found = difference(decided(), decided(settlement=small))
    gone = [each for each in found.steps if each.kind is Kind.LEFT_OUT]
    # 35% of 5,000.00 and 40% of 2,000.01, in whole fen.
    assert [(each.before, each.effect) for each in gone] == [(6, -175_000), (7, -80_000)]


def test_a_refusal_is_told_against_a_payment(decided: Make) -> None:
    """Against a refused claim every step of the benefit must be left out, and the reasons be told."""
    found = difference(decided(), decided(enrolled=False))
    assert (found.reasons_added, found.reasons_left_out) == ((Reason.NOT_A_MEMBER,), (Reason.COMPUTED,))
    sentences = tell_difference(found, "en")
    assert sentences[:3] == (
        "The benefit goes from 4,050.00 yuan to 0.00 yuan: 4,050.00 yuan less.",
        "Reasons no longer there: computed by the schedule.",
        "New reasons: not a member of this period.",
    )
    assert "reasons goes from (none) to not a member of this period" in sentences[3]


def test_versions_that_differ_are_told(decided: Make) -> None:
    """Two versions must be named."""
    other = attrs.evolve(decided().trace, version_id="V-2015")
    assert tell_difference(difference(decided().trace, other), "zh")[1] == "项目版本由 V-2014 变为 V-2015。"


def step(rule: Rule, *ends: int | None, facts: tuple[tuple[str, str], ...] = (), **more: Any) -> TraceStep:  # noqa: ANN401
    """A step with fen that came in and went out."""
    before, after = (None if end is None else Money(end) for end in (*ends, None, None)[:2])
    words: dict[str, Any] = {"parameter": "benefits[0]", "source": "HN-4.4.1", "clauses": ("HN-4.4.1",)}
    return TraceStep(rule=rule, before=before, after=after, facts=facts, **(words | more))


def trace_of(*steps: TraceStep, form: int = 2) -> Trace:
    """A trace of these steps."""
    return Trace(form=form, version_id="V", policy_id="P", steps=steps)


def applies(benefit: str) -> TraceStep:
    """The beginning of a benefit."""
    names = (("benefit", benefit), ("name", benefit), ("event", "death"), ("basis", "fixed"))
    return step(Rule.APPLIES, facts=names)


def test_what_a_trace_without_an_end_pays_is_added_up() -> None:
    """Without the step that ends a decision, the last amounts of the benefits must be added up."""
    days = step(Rule.DAYS)
    first = (applies("one"), step(Rule.FIXED_SUM, None, 500), days)
    found = difference(trace_of(*first), trace_of(*first, applies("two"), step(Rule.FIXED_SUM, None, 700)))
    assert (found.paid_before, found.paid_after) == (Money(500), Money(1_200))
    assert [(each.kind, each.after, each.effect) for each in found.steps] == [
        (Kind.ADDED, 3, 0),
        (Kind.ADDED, 4, 700),
    ]


def test_benefits_are_matched_by_their_ids() -> None:
    """A benefit that both have must be compared with itself, wherever it stands."""
    one = (applies("one"), step(Rule.FIXED_SUM, None, 500, parameter="benefits[0].steps[0]"))
    two = (applies("two"), step(Rule.FIXED_SUM, None, 700, parameter="benefits[1].steps[0]"))
    moved = attrs.evolve(two[1], parameter="benefits[0].steps[0]")
    found = difference(trace_of(*one, *two), trace_of(two[0], moved))
    assert [(each.kind, each.before, each.effect) for each in found.steps] == [
        (Kind.LEFT_OUT, 0, 0),
        (Kind.LEFT_OUT, 1, -500),
    ]


def test_benefits_without_an_id_in_common_are_matched_by_their_place() -> None:
    """The benefits of two schemes must be compared in their order, and the ids be told."""
    one = (applies("one"), step(Rule.FIXED_SUM, None, 500))
    other = (applies("other"), step(Rule.FIXED_SUM, None, 600))
    found = difference(trace_of(*one), trace_of(*other))
    assert rules_of(trace_of(*other), found.steps) == ["changed applies", "changed fixed_sum"]
    assert found.steps[0].facts[0] == FactChange("benefit", "one", "other")


def test_the_first_form_is_compared_with_the_second(decided: Make) -> None:
    """A decision kept in the first form must be compared step by step, though its paths differ."""
    trace = decided().trace
    old = [step for step in trace.steps if step.rule is not Rule.APPLIES]
    first = [attrs.evolve(each, parameter=each.parameter.replace("benefits[0]", "benefit")) for each in old]
    found = difference(trace_of(*first, form=1), trace)
    assert rules_of(trace, found.steps) == ["added applies"]


def test_only_what_comes_in_is_not_told_again() -> None:
    """A step that gives the same of another amount must be kept, and not told, since it follows."""
    bound = (("at_most", Money(100)),)
    before, after = (trace_of(step(Rule.AT_MOST, came_in, 100, amounts=bound)) for came_in in (200, 300))
    found = difference(before, after)
    assert found.steps[0].amounts == (AmountChange("before", Money(200), Money(300)),)
    assert tell_difference(found, "en") == ("The benefit is the same: 1.00 yuan.", "No step differs.")


@pytest.mark.parametrize(
    ("name", "before", "after", "text"),
    [
        ("mode", "half_up", "down", "rounding goes from rounded half up to rounded down"),
        ("may_exceed_base", "no", "yes", "may exceed the base goes from no to yes"),
        ("ratio", "30%", None, "ratio goes from 30% to (none)"),
        ("strange", "a", "b", "strange goes from a to b"),
        ("mode", "strange", "down", "rounding goes from strange to rounded down"),
        (
            "reason",
            "COMPUTED",
            "CAP_REDUCED",
            "by the schedule to cut to what the cap leaves",
        ),
    ],
)
def test_facts_are_told_by_their_names(name: str, before: str, after: str | None, text: str) -> None:
    """A fact must be told by its name, and its value by its own where it has one."""
    sides = [
        trace_of(step(Rule.SHARE, 100, 100, facts=() if value is None else ((name, value),)))
        for value in (before, after)
    ]
    assert text in tell_difference(difference(*sides), "en")[1]


def test_amounts_are_told_by_their_names() -> None:
    """A national field, a benefit and an amount that only one has must be told by name."""
    sides = [
        trace_of(step(Rule.BASE, None, 100, amounts=amounts))
        for amounts in (
            (("inscp_scp_amt", Money(300)), ("-benefit:one", Money(200))),
            (("inscp_scp_amt", Money(100)),),
        )
    ]
    assert tell_difference(difference(*sides), "en")[1] == (
        "Base: cost within insurance policy (inscp_scp_amt) goes from 3.00 yuan to 1.00 yuan; paid by"
        " benefit "
        "one goes from 2.00 yuan to (none). [parameter benefits[0]]"
    )


def test_another_source_is_told() -> None:
    """A parameter of the same figure that another document prints must be told."""
    sides = [trace_of(step(Rule.AT_MOST, 100, 100, source=source)) for source in ("HN-4.4.1", "HN-4.4.3c")]
    found = tell_difference(difference(*sides), "zh")
    assert found[1] == "【封顶】出处由 HN-4.4.1 变为 HN-4.4.3c。〔参数 benefits[0]〕"


def test_a_difference_is_plain_data(decided: Make, with_deductible: Benefit) -> None:
    """A program must find the same as a reader: fen, steps, amounts, and the sentences."""
    found = difference(decided(), decided(benefit=with_deductible))
    plain = plain_difference(found, "zh")
    assert (plain["before_fen"], plain["after_fen"], plain["effect_fen"]) == (405_000, 393_000, -12_000)
    assert plain["steps"][0] == {
        "kind": "changed",
        "rule": "deductible",
        "parameter": ["benefits[0].steps[0]", "benefits[0].steps[0]"],
        "amounts": [
            {"name": "deductible", "before": 0, "after": 30_000},
            {"name": "after", "before": 1_200_001, "after": 1_170_001},
        ],
        "facts": [],
        "effect_fen": -30_000,
    }
    assert plain["sentences"] == list(DEDUCTIBLE["zh"])


def test_steps_on_one_side_are_plain_data() -> None:
    """A step that only one side has must have no path, and no amounts to compare, on the other."""
    share = step(Rule.SHARE, 100, 50, facts=(("ratio", "50%"),))
    plain = plain_difference(
        difference(trace_of(step(Rule.EVENT, facts=(("times", "1"),))), trace_of(share)), "en"
    )
    assert [(each["kind"], each["parameter"], each["effect_fen"]) for each in plain["steps"]] == [
        ("added", [None, "benefits[0]"], -50),
        ("left_out", ["benefits[0]", None], 0),
    ]
    assert plain["versions"] == ["V", "V"]
