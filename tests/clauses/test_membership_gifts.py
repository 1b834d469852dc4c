"""陕西 2021 二（一）: gifts to the eight groups, and refusals for which no unit may refuse."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.domain.scheme.policy.membership import MembershipTerms, RefusalReason
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.rules.membership.gifts import gift_split_faults, group_faults, quota_faults
from mutualaid_core.services.membership.refusals import TellRefusal, flags_of_unit, tell_refusal
from mutualaid_core.testing.acts.years import Years
from mutualaid_core.testing.samples import (
    EXAMPLE_TERMS,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    dues,
    member_id,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World

GROUPS = (
    "truck_driver",
    "ride_hailing_driver",
    "courier",
    "food_rider",
    "nurse",
    "domestic_worker",
    "shop_assistant",
    "security_guard",
)
"""Words for eight groups; the clause counts them and does not name them."""


def programme() -> GiftProgramme:
    """10,000 places for the eight groups at the union's cost."""
    return GiftProgramme(
        programme_id="GIFT",
        scheme_id=SchemeId("SN-A"),
        period_id=PeriodId("2021"),
        payer=FundingSource.UNION,
        groups=GROUPS,
        quota=10_000,
        resolution="2021-1",
        source="SN-2.1.5",
    )


def years_of(members: int) -> Years:
    """A world under a policy that gives five persons of 2014 a place, and whose unit was admitted."""
    gift = Gift(year=2014, persons=5, groups=8, payer=FundingSource.UNION, source="SN-2.1.5")
    world = World(founding=attrs.evolve(FOUNDING, policy=attrs.evolve(POLICY, gifts=(gift,))))
    world.found()
    world.admit(members, members)
    return Years(world)


@pytest.mark.clause("SN-2.1.5")
def test_the_ten_thousand_and_first_is_held() -> None:
    """Quota 10,000: the 10,000th person must pass, the 10,001st be held."""
    assert quota_faults(member_id(1), 9_999, programme()) == ()
    (fault,) = quota_faults(member_id(1), 10_000, programme())
    assert (fault.found, fault.clause) == ("number 10001", "SN-2.1.5")


@pytest.mark.clause("SN-2.1.5")
def test_the_service_holds_whoever_comes_after_the_quota() -> None:
    """With two places, the third person must be held, and be given one when it becomes free."""
    years = years_of(3)
    years.gifts.found(2)
    years.gifts.give(1, 2)
    assert years.gifts.give(3).outcome is Outcome.HOLD
    years.mend.withdraw(1)
    assert years.gifts.give(3).outcome is Outcome.PASS


@pytest.mark.clause("SN-2.1.5")
@pytest.mark.parametrize("payer", [None, FundingSource.MEMBER, FundingSource.INTEREST])
def test_the_mutual_fund_never_pays(payer: FundingSource | None) -> None:
    """A programme at the cost of the fund, of its members or of its yield must be refused."""
    done = years_of(1).gifts.found(payer=payer)
    assert (done.outcome, done.faults[0].clause) == (Outcome.REJECT, "SN-2.1.5")


@pytest.mark.clause("SN-2.1.5")
def test_whoever_is_in_none_of_the_groups_is_refused() -> None:
    """A person who is not tagged in one of the eight groups must be refused."""
    assert group_faults(member_id(1), "nurse", programme()) == ()
    (fault,) = group_faults(member_id(1), "", programme())
    assert (fault.found, fault.clause) == ("no group", "SN-2.1.5")
    years = years_of(1)
    years.gifts.found()
    assert years.gifts.give(1, group="miner").outcome is Outcome.REJECT


@pytest.mark.clause("SN-2.1.5")
def test_the_giver_alone_bears_the_dues_of_a_gift() -> None:
    """50.00 from the union must pass; a single yuan of the member's own must not."""
    assert gift_split_faults(member_id(1), dues(1, union=50).split, programme()) == ()
    (fault,) = gift_split_faults(member_id(1), dues(1, union=49, member=1).split, programme())
    assert (fault.found, fault.clause) == ("member", "SN-2.1.5")


@pytest.mark.clause("SN-2.1.5")
def test_programmes_never_promise_more_than_the_policy_gives() -> None:
    """Of five persons a year, a programme of six must be refused, and so one of three after three."""
    years = years_of(1)
    assert years.gifts.found(6, programme_id="A").outcome is Outcome.REJECT
    assert years.gifts.found(3, programme_id="B").outcome is Outcome.PASS
    assert years.gifts.found(3, programme_id="C").outcome is Outcome.REJECT


@pytest.mark.clause("SN-2.1.4c")
@pytest.mark.parametrize("reason", [RefusalReason.SIMILAR_FUND, RefusalReason.COMMERCIAL_INSURANCE])
def test_other_funds_and_insurance_are_no_reason_to_refuse(reason: RefusalReason) -> None:
    """'Has a similar fund' and 'has commercial insurance' must be rejected, and the unit flagged."""
    terms = MembershipTerms(
        refusals_banned=(RefusalReason.SIMILAR_FUND, RefusalReason.COMMERCIAL_INSURANCE),
        source="SN-2.1.4c",
    )
    world = World(founding=attrs.evolve(FOUNDING, policy=attrs.evolve(POLICY, membership=terms)))
    world.found()
    command = TellRefusal(refusal_id="RF-1", scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, reason=reason)
    done = tell_refusal(world.host, world.act(), command).result
    assert (done.outcome, done.unit_outcome, done.faults[0].clause) == (
        Outcome.REJECT,
        Outcome.FLAG,
        "SN-2.1.4c",
    )
    assert [flag.reason for flag in flags_of_unit(world.store, SCHEME, PERIOD, UNIT)] == [reason]


@pytest.mark.clause("SN-2.1.4c")
def test_other_cover_enters_the_limit_and_refuses_nobody() -> None:
    """A member with 400.00 from elsewhere must be granted the benefit of the 600.00 that are left.

    40 % of 1,000.00 are 400.00; with 400.00 paid by other cover, 40 % of 600.00 are 240.00.
    """
    world = World(founding=attrs.evolve(FOUNDING, version=version_with(EXAMPLE_TERMS)))
    world.found()
    world.join(1, 2)
    world.grant(60_000)
    plain = world.file(stay(1_000, 1))
    before = stay(1_000, 2)
    covered = attrs.evolve(
        before,
        oth_pay=yuan(400),
        fund_pay_sumamt=yuan(11_400),
        psn_part_amt=yuan(1_100),
        psn_cash_pay=yuan(1_100),
    )
    other = world.file(covered)
    assert (plain.outcome, plain.benefit) == (Outcome.PASS, yuan(400))
    assert (other.outcome, other.benefit) == (Outcome.PASS, yuan(240))
