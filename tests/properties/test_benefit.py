"""What a benefit for one stay must keep to; the laws of the engine as a whole are in ``test_engine``."""

import attrs
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.scheme.benefit.terms import Benefit, Over
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.rules.claims.admission import ClaimFacts, facts_of
from mutualaid_core.rules.claims.award import award
from mutualaid_core.rules.claims.decision import decide
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.fund.postings import contribution_by_source
from mutualaid_core.serialization.codec import decode, encode
from mutualaid_core.testing.samples import (
    FILED_ON,
    PERIOD_RECORD,
    YUEYANG_2014,
    member_id,
    stay,
    version_with,
)
from mutualaid_core.testing.schemes import marginal_benefits
from mutualaid_core.testing.strategies import contributions, money, settlements

STAYS = settlements()
BASES = money(0, 60_000_000)
MORE = money(0, 1_000_000)
CAP_COUNTER = "amount/inpatient/period"


def claim(settlement: Settlement) -> ClaimFacts:
    """A claim of somebody who is no member."""
    return ClaimFacts(
        settlement=settlement,
        filed_on=FILED_ON,
        period=PERIOD_RECORD,
        unit_admitted=None,
        member=None,
        enrolment=None,
        contribution=None,
    )


def paid(settlements_: list[Settlement], benefit: Benefit, granted: Money = ZERO) -> Money:
    """What one person is paid for these stays together, after what was granted before."""
    version = version_with(benefit)
    plan = compile_version(version)
    used, amount = {CAP_COUNTER: granted.fen}, 0
    for settlement in settlements_:
        made = award(plan, facts_of(claim(settlement), version), used)
        amount += made.amount
        used = {**used, **{key: used.get(key, 0) + added for key, added in made.uses.items()}}
    return Money(amount)


@given(marginal_benefits(), BASES, MORE, MORE)
def test_more_self_borne_cost_never_lowers_the_benefit(
    benefit: Benefit, base: Money, more: Money, granted: Money
) -> None:
    """Under bands and cap, whoever bore more must not be paid less."""
    assert paid([stay(base)], benefit, granted) <= paid([stay(base + more)], benefit, granted)


@given(BASES, MORE)
def test_the_published_minimum_never_lowers_the_benefit(base: Money, more: Money) -> None:
    """Under the terms printed in Yueyang, minimum included, whoever bore more must not be paid less."""
    assert paid([stay(base)], YUEYANG_2014) <= paid([stay(base + more)], YUEYANG_2014)


@given(marginal_benefits(), BASES, MORE, MORE)
def test_more_granted_before_never_raises_the_benefit(
    benefit: Benefit, base: Money, granted: Money, more: Money
) -> None:
    """Whoever was granted more before must not be paid more."""
    assert paid([stay(base)], benefit, granted + more) <= paid([stay(base)], benefit, granted)


@given(marginal_benefits(), st.lists(money(0, 8_000_000), min_size=1, max_size=4))
def test_a_split_bill_is_paid_as_one_where_claims_add_up(benefit: Benefit, bases: list[Money]) -> None:
    """Where a period adds up, parts of a bill must together be paid what the whole is."""
    over = attrs.evolve(benefit.accumulate, over=Over.PERIOD)
    adding = attrs.evolve(benefit, accumulate=over)
    whole = paid([stay(total(bases))], adding)
    assert paid([stay(base) for base in bases], adding) == whole


def judged(settlement: Settlement, benefit: Benefit, granted: Money) -> Decision:
    """The decision on a stay of somebody who is no member."""
    plan = compile_version(version_with(benefit))
    used = {CAP_COUNTER: granted.fen}
    return decide(claim(settlement), plan, used, claim_id="S-1", member_id=member_id(1), decided_on=FILED_ON)


@given(STAYS, marginal_benefits(), MORE)
def test_the_same_facts_give_the_same_decision(
    settlement: Settlement, benefit: Benefit, granted: Money
) -> None:
    """Decided anew, from facts that were stored and read back, decision and trace must be equal."""
    stored = decode(encode(settlement), Settlement)
    first, again = judged(settlement, benefit, granted), judged(stored, benefit, granted)
    assert encode(first) == encode(again)


@given(STAYS, marginal_benefits(), MORE)
def test_who_is_refused_is_paid_nothing(settlement: Settlement, benefit: Benefit, granted: Money) -> None:
    """Whatever the terms, a refusal must pay nothing and use nothing of any limit."""
    decision = judged(settlement, benefit, granted)
    assert (decision.outcome, decision.benefit, decision.uses) == (Outcome.REJECT, ZERO, ())


@given(st.lists(contributions(), max_size=5))
def test_sources_add_up(paid: list[Contribution]) -> None:
    """What the sources bore must add up to what was paid."""
    by_source = contribution_by_source(tuple(paid))
    assert total(part.amount for part in by_source) == total(each.amount for each in paid)
