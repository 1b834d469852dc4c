"""What a benefit must keep to, whatever the terms and the stay."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.settlement import FUND_FIELDS, Settlement
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.scheme.benefit import Base, BenefitTerms, MinimumPayment
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.rules.claims.admission import ClaimFacts
from mutualaid_core.rules.claims.benefit import benefit_for_stay
from mutualaid_core.rules.claims.decision import Verdict, decide
from mutualaid_core.rules.fund.postings import contribution_by_source
from mutualaid_core.serialization.codec import decode, encode
from mutualaid_core.testing.samples import FILED_ON, PERIOD_RECORD, VERSION, YUEYANG_2014, member_id, stay
from mutualaid_core.testing.strategies import benefit_terms, contributions, money, settlements

STAYS = settlements()
GRANTED = money(0, 10_000_000)


@st.composite
def terms_with_minimum(draw: st.DrawFn) -> BenefitTerms:
    """Terms with or without a minimum, over bases that take all, some or none of the payers off."""
    terms = draw(benefit_terms())
    minimum = MinimumPayment(
        amount=draw(money(1, 20_000)),
        base_up_to=draw(st.none() | money(1, 1_000_000)),
        may_exceed_base=draw(st.booleans()),
        source="HN-4.4.2c",
    )
    earlier = tuple(draw(st.lists(st.sampled_from(FUND_FIELDS), unique=True)))
    base = Base(add=("inscp_scp_amt",), subtract=earlier, source="HN-4.2.1e")
    steps = (terms.bands, minimum) if draw(st.booleans()) else (terms.bands,)
    return attrs.evolve(terms, base=base, steps=steps)


@given(STAYS, terms_with_minimum(), GRANTED)
def test_a_benefit_lies_between_nothing_and_the_base(
    settlement: Settlement, terms: BenefitTerms, granted: Money
) -> None:
    """No benefit may be below nothing, or above what the member bore, unless the minimum says so."""
    line = benefit_for_stay(settlement, terms, granted)
    most = line.base
    if terms.minimum is not None and terms.minimum.may_exceed_base and line.base:
        most = max(most, terms.minimum.amount)
    assert ZERO <= line.amount <= most


@given(STAYS, terms_with_minimum(), GRANTED)
def test_all_payers_together_keep_to_the_expense(
    settlement: Settlement, terms: BenefitTerms, granted: Money
) -> None:
    """Funds, hospital and benefit together must never be above what the stay cost."""
    line = benefit_for_stay(settlement, terms, granted)
    paid = settlement.fund_pay_sumamt + settlement.hosp_part_amt + line.amount
    assert paid <= settlement.medfee_sumamt


@given(STAYS, terms_with_minimum(), GRANTED)
def test_a_benefit_keeps_to_what_the_cap_leaves(
    settlement: Settlement, terms: BenefitTerms, granted: Money
) -> None:
    """What was granted before and the benefit together must keep to the cap, if there is one."""
    line = benefit_for_stay(settlement, terms, granted)
    cap = terms.period_cap
    assert cap is None or line.amount <= max(cap.amount - granted, ZERO)


@given(benefit_terms(), money(0, 60_000_000), money(0, 1_000_000), GRANTED)
def test_more_self_borne_cost_never_lowers_the_benefit(
    terms: BenefitTerms, base: Money, more: Money, granted: Money
) -> None:
    """Under bands and cap, whoever bore more must not be paid less."""
    less_paid = benefit_for_stay(stay(base), terms, granted).amount
    assert less_paid <= benefit_for_stay(stay(base + more), terms, granted).amount


@given(money(0, 60_000_000), money(0, 1_000_000))
def test_the_published_minimum_never_lowers_the_benefit(base: Money, more: Money) -> None:
    """Under the terms printed in Yueyang, minimum included, whoever bore more must not be paid less."""
    less_paid = benefit_for_stay(stay(base), YUEYANG_2014, ZERO).amount
    assert less_paid <= benefit_for_stay(stay(base + more), YUEYANG_2014, ZERO).amount


@given(benefit_terms(), money(0, 60_000_000), GRANTED, money(0, 1_000_000))
def test_more_granted_before_never_raises_the_benefit(
    terms: BenefitTerms, base: Money, granted: Money, more: Money
) -> None:
    """Whoever was granted more before must not be paid more."""
    assert (
        benefit_for_stay(stay(base), terms, granted + more).amount
        <= benefit_for_stay(stay(base), terms, granted).amount
    )


@given(STAYS, terms_with_minimum(), GRANTED)
def test_the_trace_ends_with_the_amount(settlement: Settlement, terms: BenefitTerms, granted: Money) -> None:
    """The last step must give what is paid, and the first the base."""
    line = benefit_for_stay(settlement, terms, granted)
    assert (line.steps[0].after, line.steps[-1].after) == (line.base, line.amount)


def judged(settlement: Settlement, terms: BenefitTerms, granted: Money) -> Verdict:
    """The verdict on a stay of somebody who is no member."""
    facts = ClaimFacts(
        settlement=settlement,
        filed_on=FILED_ON,
        period=PERIOD_RECORD,
        unit_admitted=None,
        member=None,
        enrolment=None,
        contribution=None,
    )
    version = attrs.evolve(VERSION, benefit=terms)
    return decide(facts, version, granted, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON)


@given(STAYS, terms_with_minimum(), GRANTED)
def test_the_same_facts_give_the_same_decision(
    settlement: Settlement, terms: BenefitTerms, granted: Money
) -> None:
    """Decided anew, from facts that were stored and read back, decision and trace must be equal."""
    stored = decode(encode(settlement), Settlement)
    first, again = judged(settlement, terms, granted), judged(stored, terms, granted)
    assert encode(first.decision) == encode(again.decision)


@given(STAYS, terms_with_minimum(), GRANTED)
def test_who_is_refused_is_paid_nothing(settlement: Settlement, terms: BenefitTerms, granted: Money) -> None:
    """Whatever the terms, a refusal must pay nothing and use nothing of the cap."""
    verdict = judged(settlement, terms, granted)
    assert (verdict.decision.outcome, verdict.decision.benefit, verdict.cap_use) == (
        Outcome.REJECT,
        ZERO,
        ZERO,
    )


@given(st.lists(contributions(), max_size=5))
def test_sources_add_up(paid: list[Contribution]) -> None:
    """What the sources bore must add up to what was paid."""
    by_source = contribution_by_source(tuple(paid))
    assert total(part.amount for part in by_source) == total(each.amount for each in paid)
