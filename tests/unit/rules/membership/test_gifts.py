"""Gifts: who may give, within the policy's quota of the year, and that the giver bears all."""

import attrs
import pytest

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.domain.values.identifiers import MemberId, PeriodId, PolicyId, SchemeId
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.rules.membership.gifts import (
    GiftTerms,
    YearQuota,
    gift_split_faults,
    group_faults,
    programme_faults,
    quota_faults,
    resolution_faults,
    year_faults,
)
from mutualaid_core.testing.samples import yuan

WHO = MemberId("M1")
GROUPS = tuple(f"group-{number}" for number in range(1, 9))
GIFT_2021 = Gift(year=2021, persons=10_000, groups=8, payer=FundingSource.UNION, source="SN-2.1.5")
TERMS = GiftTerms(programme_id="GIFT", payer=FundingSource.UNION, groups=GROUPS, quota=10_000, year=2021)
PROGRAMME = GiftProgramme(
    programme_id="GIFT",
    scheme_id=SchemeId("SN-A"),
    period_id=PeriodId("2021"),
    payer=FundingSource.UNION,
    groups=GROUPS,
    quota=10_000,
    resolution="R-1",
    source="SN-2.1.5",
)
PAYERS = (FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER)


def test_the_programme_of_the_policy_passes() -> None:
    """10,000 persons of eight groups at the union's cost must be what the policy of 2021 allows."""
    assert programme_faults(TERMS, (GIFT_2021,), PAYERS) == ()


@pytest.mark.parametrize(
    ("payer", "found"),
    [(None, "mutual_fund"), (FundingSource.MEMBER, "member"), (FundingSource.INTEREST, "interest")],
)
def test_the_fund_never_pays(payer: FundingSource | None, found: str) -> None:
    """The mutual fund, its members and its yield must each be refused by name."""
    (fault,) = programme_faults(attrs.evolve(TERMS, payer=payer), (GIFT_2021,), PAYERS)
    assert (fault.found, fault.clause) == (found, "SN-2.1.5")


def test_who_may_not_bear_dues_does_not_give() -> None:
    """A donor must not give in a scheme whose dues no donor may bear."""
    donor = attrs.evolve(TERMS, payer=FundingSource.DONATION)
    (fault,) = programme_faults(donor, (), PAYERS)
    assert (fault.rule, fault.clause) == ("must be paid by member or union or employer", "HN-4.3.1")


def test_all_that_goes_beyond_the_policy_is_told_at_once() -> None:
    """Another payer, a ninth group and one person more must be three faults."""
    beyond = attrs.evolve(TERMS, payer=FundingSource.EMPLOYER, groups=(*GROUPS, "ninth"), quota=10_001)
    faults = programme_faults(beyond, (GIFT_2021,), PAYERS)
    assert [fault.found for fault in faults] == ["employer", "9", "10001"]


def test_a_policy_that_says_nothing_of_the_year_sets_no_quota() -> None:
    """For another year than 2021 the number must be free."""
    assert programme_faults(attrs.evolve(TERMS, year=2022, quota=20_000), (GIFT_2021,), PAYERS) == ()


@pytest.mark.parametrize(
    ("taken", "quota", "found"), [(0, 10_000, []), (4_000, 6_000, []), (4_000, 6_001, ["6001"])]
)
def test_programmes_of_a_year_share_its_quota(taken: int, quota: int, found: list[str]) -> None:
    """After 4,000 places, 6,000 more must pass and 6,001 not."""
    quota_ = YearQuota(policy_id=PolicyId("SN"), persons=10_000, taken=taken)
    faults = year_faults(attrs.evolve(TERMS, quota=quota), (quota_,))
    assert [fault.found for fault in faults] == found


def test_every_layer_whose_places_run_out_is_named() -> None:
    """With 9 of the city's 10 and 99 of the province's 100 taken, 2 more must be two faults."""
    quotas = tuple(
        YearQuota(policy_id=PolicyId(name), persons=persons, taken=persons - 1)
        for name, persons in (("CITY", 10), ("SN", 100))
    )
    faults = year_faults(attrs.evolve(TERMS, quota=2), quotas)
    assert [fault.rule for fault in faults] == [
        "must keep to the 1 persons left of 10 in 2021 by CITY",
        "must keep to the 1 persons left of 100 in 2021 by SN",
    ]


def test_a_programme_rests_on_a_resolution() -> None:
    """Without the number of a decision a programme must be held."""
    assert resolution_faults(TERMS, "2021-7") == ()
    assert [fault.clause for fault in resolution_faults(TERMS, None)] == ["SN-2.3.4b"]


@pytest.mark.parametrize(
    ("group", "found"), [("group-8", None), ("miner", "another group"), ("", "no group")]
)
def test_only_the_groups_are_given(group: str, found: str | None) -> None:
    """A person of the eighth group must pass; of another one, or of none, not."""
    assert [fault.found for fault in group_faults(WHO, group, PROGRAMME)] == ([found] if found else [])


@pytest.mark.parametrize(("given", "found"), [(9_999, []), (10_000, ["number 10001"])])
def test_the_quota_holds_to_the_person(given: int, found: list[str]) -> None:
    """The 10,000th person must pass, the 10,001st be held."""
    assert [fault.found for fault in quota_faults(WHO, given, PROGRAMME)] == found


@pytest.mark.parametrize(
    ("split", "found"),
    [
        ({"union": 50}, []),
        ({"union": 50, "member": 0}, []),
        ({"union": 49, "member": 1}, ["member"]),
        ({"employer": 20, "member": 30}, ["employer, member"]),
    ],
)
def test_the_giver_bears_the_whole(split: dict[str, int], found: list[str]) -> None:
    """A contribution to a gift must be borne wholly by the payer of its programme."""
    parts = tuple(
        PayerShare(payer=FundingSource(who), amount=yuan(part) if part else ZERO)
        for who, part in split.items()
    )
    assert [fault.found for fault in gift_split_faults(WHO, parts, PROGRAMME)] == found
