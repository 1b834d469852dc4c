"""Funding: each pattern's rule, the exact split of a plan, payroll consent, the report by source."""

import datetime
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.paying.funding import Authorisation, FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.dues import PayerShare as SharePart
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.identifiers import EntryId, MemberId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.paying.funding import (
    PATTERN_CLAUSES,
    SourceGroup,
    check_planned,
    is_for_a_person,
    payroll_batch,
    percent,
    plan_day_faults,
    plan_faults,
    planned_split,
    shares_of,
    source_report,
)
from mutualaid_core.testing.samples import PERIOD, POLICY, SCHEME, UNIT, VERSION, rated, yuan

DAY = datetime.date
TERMS = POLICY.contribution
MEMBER, UNION, EMPLOYER = FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER


def split(**shares: str | None) -> tuple[SharePart, ...]:
    """Shares by payer, as fractions; ``None`` for the rest."""
    made = []
    for payer, share in shares.items():
        over, under = (share or "0/1").split("/")
        ratio = None if share is None else Ratio(int(over), int(under))
        made.append(SharePart(payer=FundingSource(payer), ratio=ratio))
    return tuple(made)


def plan(
    pattern: PlanPattern, *years: tuple[SharePart, ...], resolution: str | None = "职代会2024-3号"
) -> FundingPlan:
    """A plan from 2024 on, a split for each year."""
    return FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=pattern,
        years=tuple(PlanYear(year=2024 + after, split=each) for after, each in enumerate(years)),
        resolution=resolution,
        made_on=DAY(2023, 12, 1),
    )


def clauses(made: FundingPlan) -> list[str]:
    """The clauses of a plan's faults under the sample scheme."""
    return [fault.clause for fault in plan_faults(made, VERSION.dues, TERMS)]


def glide(*percents: int) -> FundingPlan:
    """A glide path of the member's share; the employer bears the rest."""
    return plan(
        PlanPattern.GIFT_THEN_INDIVIDUAL, *(split(member=f"{each}/100", employer=None) for each in percents)
    )


@pytest.mark.clause("SN-2.3.5a")
def test_a_glide_path_rises() -> None:
    """0, 30, 60 and 100 percent must pass; 30 after 60 must be refused with its year."""
    assert clauses(glide(0, 30, 60, 100)) == []
    (fault,) = plan_faults(glide(0, 60, 30, 100), VERSION.dues, TERMS)
    assert (fault.clause, fault.found) == ("SN-2.3.5a", "2026: 3/10 after 3/5")


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        (PlanPattern.GIFT, split(employer="1/1"), split(employer="9/10", member=None)),
        (
            PlanPattern.THREE_WAY,
            split(union="1/3", employer="1/3", member="1/3"),
            split(union="1/2", member="1/2"),
        ),
        (PlanPattern.UNION_MAJOR, split(union="31/60", member="29/60"), split(union="1/2", member="1/2")),
        (PlanPattern.PAYROLL_VOLUNTARY, split(member="1/1"), split(employer="1/1")),
        (PlanPattern.EMPLOYER_SUBSIDY, split(employer="1/2", member="1/2"), split(member="1/1")),
    ],
    ids=lambda value: value.value if isinstance(value, PlanPattern) else "",
)
def test_a_pattern_keeps_what_its_name_says(
    pattern: PlanPattern, good: tuple[SharePart, ...], bad: tuple[SharePart, ...]
) -> None:
    """Shares that fit a pattern must pass, those that do not must be refused by its clause."""
    assert clauses(plan(pattern, good)) == []
    assert clauses(plan(pattern, bad)) == [PATTERN_CLAUSES[pattern]]


@pytest.mark.clause("SN-2.3.5b")
def test_a_fourth_payer_is_not_three_ways() -> None:
    """Government money beside the three must be refused under that pattern."""
    four = split(union="1/4", employer="1/4", member="1/4", government=None)
    dues = attrs.evolve(VERSION.dues, payers=tuple(FundingSource))
    assert [fault.clause for fault in plan_faults(plan(PlanPattern.THREE_WAY, four), dues, TERMS)] == [
        "SN-2.3.5b"
    ]


def test_a_payer_who_may_not_pay_is_named() -> None:
    """A donation, which the sample scheme does not take, must be refused once."""
    by_gift = split(donation="1/1")
    (fault,) = plan_faults(plan(PlanPattern.GIFT, by_gift, by_gift), VERSION.dues, TERMS)
    assert (fault.clause, fault.found) == ("HN-4.3.1", "donation")


def test_a_policy_may_list_its_patterns() -> None:
    """Where a policy lists three-way sharing alone, a glide path must be refused, and a gift not."""
    listed = attrs.evolve(TERMS, patterns=(FundingPattern.THREE_WAY,))
    (fault,) = plan_faults(glide(0, 30), VERSION.dues, listed)
    assert (fault.rule, fault.found) == ("must be one of three_way", "gift_then_individual")
    thirds = plan(PlanPattern.THREE_WAY, split(union="1/3", employer="1/3", member=None))
    gift = plan(PlanPattern.GIFT, split(employer="1/1"))
    assert [plan_faults(each, VERSION.dues, listed) for each in (thirds, gift)] == [(), ()]


@pytest.mark.clause("ACFTU-2.3a")
def test_a_plan_keeps_to_the_scheme() -> None:
    """Where the scheme has the union bear 30 percent, a plan by which it bears more must be refused."""
    dues = attrs.evolve(VERSION.dues, split=split(union="3/10", member=None))
    subsidised = plan(PlanPattern.PAYROLL_VOLUNTARY, split(union="3/10", member="7/10", employer="0/1"))
    assert plan_faults(subsidised, dues, TERMS) == ()
    (fault,) = plan_faults(plan(PlanPattern.UNION_MAJOR, split(union="3/5", member=None)), dues, TERMS)
    assert (fault.rule, fault.found, fault.clause) == (
        "must be shared as the scheme says: union 3/10, member 7/10",
        "2024: union 3/5, member 2/5",
        "ACFTU-2.3a",
    )


@pytest.mark.clause("SN-2.3.4b")
def test_what_the_union_pays_needs_a_resolution() -> None:
    """A plan by which the union pays and that cites none must be held, and only then."""
    major = split(union="2/3", member=None)
    bare = plan_faults(plan(PlanPattern.UNION_MAJOR, major, resolution=None), VERSION.dues, TERMS)
    assert ([fault.clause for fault in bare], is_for_a_person(bare)) == (["SN-2.3.4b"], True)
    nothing = split(union="0/1", member="1/1")
    assert clauses(plan(PlanPattern.PAYROLL_VOLUNTARY, nothing, resolution=None)) == []
    wrong = plan(PlanPattern.UNION_MAJOR, split(union="1/2", member=None), resolution=None)
    assert not is_for_a_person(plan_faults(wrong, VERSION.dues, TERMS))


@pytest.mark.parametrize(
    ("shares", "found"),
    [
        (split(member="1/2", union="1/3"), "5/6"),
        (split(member="2/3", union="2/3"), "4/3"),
        (split(member=None, union=None), "0"),
    ],
)
def test_shares_are_one_whole(shares: tuple[SharePart, ...], found: str) -> None:
    """Shares below or above a whole, and two payers of the rest, must be refused, in a plan too."""
    with pytest.raises(InvalidValueError, match="split must add up to 1"):
        shares_of(shares)
    (fault,) = plan_faults(plan(PlanPattern.PAYROLL_VOLUNTARY, shares), VERSION.dues, TERMS)
    assert (fault.clause, fault.found) == ("ACFTU-2.3a", found)


@pytest.mark.clause("SN-2.3.5a", "SN-2.3.5b")
def test_a_plan_splits_to_the_fen() -> None:
    """50.00 by three must be 16.67, 16.67 and 16.66 in the stated order, and nothing before the plan."""
    thirds = plan(PlanPattern.THREE_WAY, split(employer="1/3", union="1/3", member="1/3"))
    parts = planned_split(thirds, 2024, yuan(50))
    assert [(part.payer, str(part.amount)) for part in parts] == [
        (EMPLOYER, "16.67"),
        (UNION, "16.67"),
        (MEMBER, "16.66"),
    ]
    assert planned_split(thirds, 2023, yuan(50)) == ()


@given(st.integers(1, 10**8), st.lists(st.integers(0, 100), min_size=1, max_size=6))
def test_a_planned_split_adds_up_in_every_year(fen: int, percents: list[int]) -> None:
    """Whatever the dues and shares, the parts of every year must be the dues."""
    made = glide(*sorted(percents))
    for number in range(len(percents)):
        assert total(part.amount for part in planned_split(made, 2024 + number, Money(fen))) == Money(fen)


@pytest.mark.clause("SN-2.3.5d")
def test_the_newest_authorisation_before_the_cut_off_counts() -> None:
    """Withdrawn before the day, given after it, or given by somebody else: none of these is consent."""
    cut_off = DAY(2024, 1, 10)
    given = {
        "held": Authorisation(member_id="held", given_on=DAY(2023, 1, 1)),
        "withdrawn": Authorisation(
            member_id="withdrawn", given_on=DAY(2023, 1, 1), withdrawn_on=DAY(2024, 1, 9)
        ),
        "on the day": Authorisation(member_id="on the day".replace(" ", "-"), given_on=cut_off),
        "too late": Authorisation(member_id="too-late", given_on=DAY(2024, 1, 11)),
        "stays": Authorisation(member_id="stays", given_on=DAY(2023, 1, 1), withdrawn_on=cut_off),
    }
    again = Authorisation(member_id="again", given_on=DAY(2022, 1, 1), withdrawn_on=DAY(2022, 6, 1))
    anew = Authorisation(member_id="again", given_on=DAY(2023, 1, 1))
    members = ("held", "withdrawn", "on-the-day", "too-late", "stays", "again", "stranger")
    batch = payroll_batch(members, (anew, again, *given.values()), cut_off)
    assert (batch.deducted, batch.listed) == (
        ("held", "on-the-day", "stays", "again"),
        ("withdrawn", "too-late", "stranger"),
    )


@pytest.mark.clause("ACFTU-2.3a")
@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 3), "33.33 %"),
        (Fraction(2, 3), "66.67 %"),
        (Fraction(1, 2), "50.00 %"),
        (Fraction(0), "0.00 %"),
    ],
)
def test_a_share_is_told_in_hundredths_of_a_percent(share: Fraction, text: str) -> None:
    """A third must be 33.33 %, two thirds 66.67 %."""
    assert percent(share) == text


@pytest.mark.clause("ACFTU-4.5")
def test_sources_are_added_and_grouped() -> None:
    """A source that comes twice must be one line; what nobody gave has no line and no share."""
    parts = [(UNION, 20), (EMPLOYER, 10), (UNION, 20), (MEMBER, 0), (FundingSource.INTEREST, 50)]
    report = source_report(PayerShare(payer=payer, amount=yuan(part)) for payer, part in parts)
    assert [(line.payer, line.amount) for line in report.lines] == [
        (UNION, yuan(40)),
        (EMPLOYER, yuan(10)),
        (FundingSource.INTEREST, yuan(50)),
    ]
    assert (report.total, report.share(UNION), report.share(MEMBER)) == (yuan(100), Fraction(2, 5), 0)
    assert report.amount(SourceGroup.UNIONS_AND_EMPLOYERS) == yuan(50)
    assert total(report.amount(group) for group in SourceGroup) == report.total


def test_without_money_nobody_has_a_share() -> None:
    """A report of nothing must have a total of 0.00 and no division by it."""
    report = source_report(())
    assert (report.total, report.share(MEMBER)) == (ZERO, 0)


def test_rates_do_not_change_who_may_be_planned() -> None:
    """Dues of another amount must leave the faults of a plan as they are."""
    made = plan(PlanPattern.UNION_MAJOR, split(union="1/2", member=None))
    assert plan_faults(made, rated(amount=60), TERMS) == plan_faults(made, VERSION.dues, TERMS)


@pytest.mark.clause("ACFTU-11.1b")
def test_a_plan_is_of_no_day_to_come() -> None:
    """A plan must be recorded on its day or after, not the day before."""
    made = plan(PlanPattern.GIFT, split(employer=None))
    assert plan_day_faults(made, DAY(2023, 12, 1)) == ()
    (fault,) = plan_day_faults(made, DAY(2023, 11, 30))
    assert (fault.found, fault.clause) == ("2023-12-01", "ACFTU-11.1b")


@pytest.mark.clause("SN-2.3.5c")
def test_what_a_plan_makes_of_small_dues_is_judged_in_fen() -> None:
    """51 percent of 0.02 is one fen for each, which must be refused at the payment; of 50.00 it passes."""
    made = plan(PlanPattern.UNION_MAJOR, split(union="51/100", member=None))

    def pay(union: int, member: int) -> None:
        parts = tuple(
            PayerShare(payer=payer, amount=Money(fen)) for payer, fen in ((UNION, union), (MEMBER, member))
        )
        paid = Contribution(
            scheme_id=SCHEME,
            period_id=PERIOD,
            member_id=MemberId("M1"),
            unit_id=UNIT,
            amount=Money(union + member),
            split=parts,
            received_on=DAY(2024, 1, 1),
            entry_id=EntryId("R-1"),
        )
        check_planned(paid, made, 2024, ())

    with pytest.raises(InvalidValueError, match="must have the union bear more") as caught:
        pay(1, 1)
    assert caught.value.clause == "SN-2.3.5c"
    pay(2_550, 2_450)


@pytest.mark.clause("SN-2.3.5b")
def test_a_scheme_says_who_bears_the_odd_fen() -> None:
    """A plan that repeats the scheme in another order must be split by the scheme's; others by their own."""
    scheme = split(member="1/3", union="1/3", employer="1/3")
    repeated = plan(PlanPattern.THREE_WAY, split(employer="1/3", union="1/3", member=None))
    odd = {part.payer: part.amount.fen for part in planned_split(repeated, 2024, yuan(50), scheme)}
    assert odd == {MEMBER: 1_667, UNION: 1_667, EMPLOYER: 1_666}
    other = plan(PlanPattern.THREE_WAY, split(employer="1/2", union="1/4", member=None))
    assert planned_split(other, 2024, yuan(50), scheme)[0].amount == yuan(25)
    assert planned_split(other, 2023, yuan(50), scheme) == ()
