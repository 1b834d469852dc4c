"""The explanation of a decision: complete in both languages, and right to the fen."""

import datetime
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, Settlement
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.fund.payment import Payment
from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MarginalBands, MinimumPayment
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.money import ZERO, Money, Rounding, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.publication.sentences import explain, explain_payments, explain_trace
from mutualaid_core.publication.wording import MINUS

Make = Callable[..., Decision]
GOLDEN = Path(__file__).parent / "golden"


def told(decision: Decision, lang: str, rule: Rule) -> str:
    """What is said of the first step of *rule*."""
    number = next(i for i, step in enumerate(decision.trace.steps) if step.rule is rule)
    return explain(decision, lang)[number + 1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whole_explanation(decided: Make, lang: str) -> None:
    """A paid claim must be explained so that a pocket calculator gives the same benefit."""
    # 20,000.01 - 8,000.00 = 12,000.01; 5,000.00 x 30% = 1,500.00; 5,000.00 x 35% = 1,750.00;
    # 2,000.01 x 40% = 800.004; together 4,050.004, half up 4,050.00; the cap leaves 45,950.00.
    written_by_hand = (GOLDEN / f"explanation.{lang}.txt").read_text(encoding="utf-8")
    assert written_by_hand.splitlines() == list(explain(decided(), lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained(decided: Make, reason: Reason, lang: str) -> None:
    """Each reason must be told with its name, its clause, and what to do about it if anything can be done."""
    benefit = ZERO if reason.outcome in {Outcome.REJECT, Outcome.HOLD} else Money(1)
    decision = attrs.evolve(decided(), reasons=(reason,), outcome=gravest((reason,)), benefit=benefit)
    sentence = explain(decision, lang)[-2]
    remedy = reason.remedy_zh if lang == "zh" else reason.remedy_en
    wanted = (reason.name, reason.clause, reason.zh if lang == "zh" else reason.en, remedy)
    assert all(part in sentence for part in wanted)


@pytest.mark.parametrize(
    ("reasons", "advice"),
    [
        ((Reason.NOT_A_MEMBER,), "What to do: ask the unit's union to check the roster."),
        ((Reason.FILED_TOO_LATE,), "No step mends this; if a fact above is wrong, ask the union"),
        ((Reason.NAME_DIFFERS,), "What to do: show proof of identity."),
    ],
)
def test_what_to_do(decided: Make, reasons: tuple[Reason, ...], advice: str) -> None:
    """A refused or held claim must say what can be done, and what remains where nothing can."""
    decision = attrs.evolve(decided(), reasons=reasons, outcome=gravest(reasons), benefit=ZERO)
    assert advice in explain(decision, "en")[-2]


def test_all_reasons_are_told(decided: Make) -> None:
    """A claim refused for two reasons must tell both, in the step and one by one."""
    decision = decided(enrolled=False, filed_on=datetime.date(2014, 7, 1))
    sentences = explain(decision, "en")
    assert "not admitted, because: not a member of this period, filed after the time limit." in sentences[2]
    assert [sentence.split(" ")[1] for sentence in sentences[-3:]] == ["Reason:", "Reason:", "Conclusion:"]


@pytest.mark.parametrize(
    ("reason", "zh"),
    [
        (Reason.NOT_A_MEMBER, "5. 结论：不予给付。"),
        (
            Reason.NAME_DIFFERS,
            "5. 结论：暂缓，目前核定补助 0.00 元；上列各项查清或办妥后继续办理，申请不必重交。",
        ),
        (Reason.CAP_EXHAUSTED, "5. 结论：通过，但没有可补助的金额，核定补助 0.00 元。"),
    ],
)
def test_conclusions(decided: Make, reason: Reason, zh: str) -> None:
    """The last sentence must say what the decision comes to, also where nothing is paid."""
    trace = attrs.evolve(decided().trace, steps=decided().trace.steps[:2])
    outcome = gravest((reason,))
    decision = attrs.evolve(decided(), reasons=(reason,), outcome=outcome, benefit=ZERO, trace=trace)
    assert zh == explain(decision, "zh")[-1]


def banded(terms: Benefit, ratio: Ratio, place: RoundingPlace) -> Benefit:
    """*terms* with one open band, half down, rounded at *place*."""
    bands = MarginalBands(bands=(Band(above=ZERO, up_to=None, ratio=ratio),), source="HN-4.4.2c")
    rule = RoundingRule(mode=Rounding.DOWN, place=place, source="HN-4.4.3b")
    return attrs.evolve(terms, steps=(bands,), rounding=rule)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        # 12,000.01 / 3 = 4,000.00333...: 400000 fen and a third.
        (
            RoundingPlace.END_OF_BENEFIT,
            "12,000.01 元 × 1/3 = 4,000.00 元又 1/3 分；累计 4,000.00 元又 1/3 分",
        ),
        (RoundingPlace.EACH_BAND, "× 1/3 = 4,000.00 元又 1/3 分，舍入为 4,000.00 元；累计 4,000.00 元"),
    ],
)
def test_fractions_of_a_fen(decided: Make, terms: Benefit, place: RoundingPlace, text: str) -> None:
    """A share without an end in decimals must be shown exactly, and its rounding must be seen."""
    decision = decided(benefit=banded(terms, Ratio(1, 3), place))
    assert text in told(decision, "zh", Rule.BAND)


def test_a_base_below_zero(decided: Make) -> None:
    """Where the funds paid more than counts, the sentence must show the sum and that it counts as nothing."""
    # 100.00 - 8,000.00 = -7,900.00
    trace = decided().trace
    amounts = (("inscp_scp_amt", Money(10_000)), ("-hifp_pay", Money(800_000)))
    low = attrs.evolve(trace.steps[3], amounts=amounts, after=ZERO)
    decision = attrs.evolve(decided(), trace=attrs.evolve(trace, steps=(low,)))
    assert "= -7,900.00 yuan, which is below zero and counts as 0.00 yuan" in explain(decision, "en")[1]


@pytest.mark.parametrize(
    ("deductible", "text"),
    [
        # 12,000.01 - 2,000.00 = 10,000.01
        ("2000", f"12,000.01 元 {MINUS} 起付线 2,000.00 元 = 10,000.01 元"),
        ("12000.01", "12,000.01 元不超过起付线 12,000.01 元，余 0.00 元"),
    ],
)
def test_deductible(decided: Make, terms: Benefit, deductible: str, text: str) -> None:
    """The deductible must be shown as a subtraction, or as more than there is."""
    first = Deductible(amount=parse_yuan(deductible), source="HN-4.4.2a")
    decision = decided(benefit=attrs.evolve(terms, steps=(first, *terms.steps[1:])))
    assert text in told(decision, "zh", Rule.DEDUCTIBLE)


@pytest.mark.parametrize(
    ("granted", "text"),
    [
        # 50,000 - 48,000 = 2,000 is left of the cap for a benefit of 4,050.
        ("48000", "= 2,000.00 元，4,050.00 元超过此数，减为 2,000.00 元；限额还余 0.00 元"),
        ("50000", "本期此前已核定 50,000.00 元，限额 50,000.00 元已用完，4,050.00 元减为 0.00 元"),
    ],
)
def test_cap(decided: Make, granted: str, text: str) -> None:
    """A cap that cuts must be told with what earlier benefits used of it."""
    assert text in told(decided(granted=parse_yuan(granted)), "zh", Rule.PERIOD_CAP)


@pytest.mark.parametrize(
    ("may_exceed", "least", "text"),
    [
        # In scope 8,100.00 - 8,000.00 = 100.00; 30% of it is 30.00.
        ("no", "200", "按最低补助额 200.00 元计，但以补助基数 100.00 元为限，得 100.00 元"),
        ("no", "50", "由 30.00 元提高到最低补助额 50.00 元，得 50.00 元"),
        ("no", "100", "由 30.00 元提高到最低补助额 100.00 元，得 100.00 元"),
        ("yes", "200", "由 30.00 元提高到最低补助额 200.00 元（可以高于自负的 100.00 元），得 200.00 元"),
    ],
)
def test_minimum(  # noqa: PLR0913  # the fixtures and the case
    decided: Make,
    terms: Benefit,
    stay: Callable[..., Settlement],
    *,
    may_exceed: str,
    least: str,
    text: str,
) -> None:
    """The minimum must be told with whether the base limits it or it may exceed what the member bore."""
    minimum = MinimumPayment(
        amount=parse_yuan(least), base_up_to=None, may_exceed_base=may_exceed == "yes", source="HN-4.4.2c"
    )
    settlement = stay(inscp_scp_amt=parse_yuan("8100"), preselfpay_amt=parse_yuan("11900.01"))
    decision = decided(settlement=settlement, benefit=attrs.evolve(terms, steps=(*terms.steps, minimum)))
    assert text in told(decision, "zh", Rule.MINIMUM)


def test_minimum_limited_in_english(decided: Make, terms: Benefit, stay: Callable[..., Settlement]) -> None:
    """A base below the minimum must be told as the limit."""
    # 8,030.00 - 8,000.00 = 30.00, of which 30% is 9.00
    least = MinimumPayment(amount=Money(5_000), base_up_to=None, may_exceed_base=False, source="HN-4.4.2c")
    settlement = stay(inscp_scp_amt=parse_yuan("8030"), preselfpay_amt=parse_yuan("11970.01"))
    decision = decided(settlement=settlement, benefit=attrs.evolve(terms, steps=(*terms.steps, least)))
    text = "raised towards the minimum of 50.00 yuan, limited to the base of 30.00 yuan: 30.00 yuan"
    assert text in told(decision, "en", Rule.MINIMUM)


def payment(instalment: int, fen: int, day: int) -> Payment:
    """A payment of the claim in March 2014."""
    return Payment(
        scheme_id="chengbu",
        period_id="2014",
        claim_id="C-1",
        member_id="m-1",
        instalment=instalment,
        amount=Money(fen),
        paid_on=datetime.date(2014, 3, day),
        entry_id=f"P-{instalment}",
    )


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("zh", [("已于2014年3月20日支付 4,333.33 元。",), ("尚未支付。",)]),
        ("en", [("Paid on 20 March 2014: 4,333.33 yuan.",), ("Not paid yet.",)]),
    ],
)
def test_payment_is_told_apart(decided: Make, lang: str, texts: list[tuple[str, ...]]) -> None:
    """What was granted must be told as paid only where there is a payment."""
    decision = decided()
    found = [explain_payments(decision, made, lang) for made in ((payment(1, 433_333, 20),), ())]
    assert found == texts


def test_instalments_are_told_in_order(decided: Make) -> None:
    """Of several payments each must be told, in their order."""
    found = explain_payments(decided(), (payment(2, 5_000, 21), payment(1, 400_000, 20)), "zh")
    assert found == ("第 1 次已于2014年3月20日支付 4,000.00 元。", "第 2 次已于2014年3月21日支付 50.00 元。")


@pytest.mark.parametrize(
    ("reason", "texts"),
    [
        (Reason.NOT_A_MEMBER, ()),
        (Reason.CAP_EXHAUSTED, ()),
        (Reason.NAME_DIFFERS, ("尚未支付。",)),
    ],
)
def test_payment_of_nothing(decided: Make, reason: Reason, texts: tuple[str, ...]) -> None:
    """Nothing must be said of payment where none is to come, and a held claim be unpaid."""
    decision = attrs.evolve(decided(), reasons=(reason,), outcome=gravest((reason,)), benefit=ZERO)
    assert explain_payments(decision, (), "zh") == texts


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("field", AMOUNT_FIELDS)
def test_every_settlement_amount_has_a_name(decided: Make, terms: Benefit, field: str, lang: str) -> None:
    """Each amount that a base may name must be called by its label and its national name."""
    base = AmountsBase(add=(field,), subtract=(), source="HN-4.2.1d")
    sentence = told(decided(benefit=attrs.evolve(terms, base=base)), lang, Rule.BASE)
    assert f"（{field}）" in sentence if lang == "zh" else f"({field})" in sentence


def test_strange_codes_stand_as_they_are(decided: Make) -> None:
    """A code without a name must be shown as it is and not break the explanation."""
    trace = decided().trace
    facts = tuple(
        (name, "99" if name in {"med_type", "insutype"} else value) for name, value in trace.steps[1].facts
    )
    step = attrs.evolve(trace.steps[1], facts=facts)
    decision = attrs.evolve(decided(), trace=attrs.evolve(trace, steps=(step,)))
    assert "kind of care 99, insurance 99" in explain(decision, "en")[1]


def test_a_stay_outside_the_period(decided: Make, stay: Callable[..., Settlement]) -> None:
    """A stay outside the period must be told so in the step of the period."""
    settlement = stay(begndate=datetime.date(2013, 12, 1), enddate=datetime.date(2013, 12, 31))
    assert "2013年12月31日不在互助期 2014（" in told(decided(settlement=settlement), "zh", Rule.PERIOD)


def test_a_trace_is_told_without_a_decision(decided: Make) -> None:
    """A computation that is no decision must name its version and tell its steps in the same words."""
    whole, alone = explain(decided(), "en"), explain_trace(decided().trace, "en")
    assert alone[0] == "1. Computed under scheme version V-2014 and policy HN-2013."
    assert alone[1:] == whole[1:12]
