"""Referrals: what counts as burden, who says no, and one list a period."""

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.referral import BurdenThreshold, Consent, ReferralState
from mutualaid_core.domain.values.identifiers import PeriodId
from mutualaid_core.errors import NotFoundError
from mutualaid_core.services.governance.referrals import (
    DeclineReferral,
    ReferMember,
    ReferralMoved,
    ShareReferral,
    decline_referral,
    refer_member,
    share_referral,
    watch_list,
)
from mutualaid_core.testing.samples import FILED_ON, PERIOD, SCHEME, member_id, stay, yuan
from mutualaid_core.testing.world import World

DECLINE = DeclineReferral(scheme_id=SCHEME, period_id=PERIOD, member_id=member_id(1))


def referred(world: World, amount: int) -> ReferralMoved:
    """Look whether the first member bears so many yuan."""
    command = ReferMember(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        threshold=BurdenThreshold(amount=yuan(amount), source="办法"),
    )
    return refer_member(world.host, world.act(), command).result


def test_every_decided_stay_counts_and_no_other(joined: World) -> None:
    """A paid and a refused stay must count, a held one and those of others must not."""
    joined.file(stay(8_000, setl_id="S-A"))  # 8,500 borne, 1,500 + 1,050 granted
    joined.file(stay(1_000, setl_id="S-B", med_type="11"))  # 1,500 borne, refused
    joined.file(stay(5_000, setl_id="S-C", psn_part_amt=yuan(9)))  # held: it does not add up
    joined.file(stay(9_000, 2))
    done = referred(joined, 7_450)
    assert (done.is_new, done.burden) == (True, yuan(8_500 - 2_550 + 1_500))


def test_a_light_burden_is_not_listed(joined: World) -> None:
    """A burden below the threshold must be told, and leave no record."""
    joined.file(stay(8_000))
    done = referred(joined, 6_000)
    assert (done.is_new, done.referral, done.burden) == (False, None, yuan(5_950))
    assert list(watch_list(joined.store, SCHEME, PERIOD)) == []


def test_who_says_no_is_not_shared(joined: World) -> None:
    """After the member declined, even a consent must not open the referral again."""
    joined.file(stay(8_000))
    referred(joined, 5_000)
    declined = decline_referral(joined.host, joined.act(), DECLINE).result
    share = ShareReferral(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        consent=Consent(given_on=FILED_ON, record="同意-1"),
    )
    done = share_referral(joined.host, joined.act(), share).result
    assert declined.referral is not None
    assert (declined.referral.state, done.outcome) == (ReferralState.DECLINED, Outcome.REJECT)


def test_the_list_is_of_one_period(joined: World) -> None:
    """The list of another period must be empty."""
    joined.file(stay(8_000))
    referred(joined, 5_000)
    assert [each.member_id for each in watch_list(joined.store, SCHEME, PERIOD)] == [member_id(1)]
    assert list(watch_list(joined.store, SCHEME, PeriodId("2015"))) == []


def test_who_is_not_listed_has_no_referral(joined: World) -> None:
    """An act on a referral that does not exist must be an error."""
    with pytest.raises(NotFoundError):
        decline_referral(joined.host, joined.act(), DECLINE)
