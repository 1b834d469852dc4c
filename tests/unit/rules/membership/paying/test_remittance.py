"""Remittance: a list against the bank, a line against what is owed, and cover by the payment."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.joining import (
    CoverStart,
    JoiningTerms,
    LateJoining,
    RenewalTerms,
    Term,
    Window,
)
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.membership.facts import NO_FACTS
from mutualaid_core.rules.membership.history import joined, with_change
from mutualaid_core.rules.membership.paying.remittance import (
    Payer,
    Payment,
    PaymentTerms,
    Settled,
    judged_line,
    list_faults,
    outcome_of,
    resolution_faults,
)
from mutualaid_core.rules.membership.transfer import left_change
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    dues,
    member_id,
    yuan,
)

DAY = datetime.date
WAITING = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, waiting_days_max=30))
"""The sample policy with a waiting period, so that late payment is no way around it."""

ENROLMENT = Enrolment(
    scheme_id=SCHEME,
    period_id=PERIOD,
    member_id=member_id(1),
    unit_id=UNIT,
    insurance_type=InsuranceType.EMPLOYEE,
    employment=Employment.REGULAR,
    shares=1,
    cover=YEAR,
    joined_on=DAY(2013, 12, 1),
)
DIED_ON = DAY(2013, 12, 15)
DEAD = with_change(
    ENROLMENT, left_change(ChangeKind.DIED, on=DIED_ON, known_on=DIED_ON, left=None, cause="P-1")
)
"""The same, of somebody who died before the first day of cover."""

JOINING = JoiningTerms(
    ways=(JoinedBy.UNIT,),
    window=Window(opens=-60, closes=-1, source="HN-4.3.5d"),
    late=LateJoining.REFUSE,
    terms=(Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4a"),),
    cover_start=CoverStart.TERM_START,
    source="HN-4.3.5d",
)
"""Sixty days before the period, until 31 December 2013."""

ACCEPTING = attrs.evolve(JOINING, late=LateJoining.ACCEPT)


def terms(**changes: Any) -> PaymentTerms:  # noqa: ANN401  # any field of the terms
    """The sample scheme, without joining terms unless told."""
    made = PaymentTerms(dues=VERSION.dues, joining=None, policy=changes.pop("policy", WAITING), period=YEAR)
    return attrs.evolve(made, **changes)


def payment(on: datetime.date = COLLECTED_ON) -> Payment:
    """A payment of the sample unit."""
    return Payment(scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, entry_id="R-1", paid_on=on, known_on=on)


def judged(
    enrolment: Enrolment | None = ENROLMENT,
    on: datetime.date = COLLECTED_ON,
    paid: Contribution | None = None,
    *,
    split: dict[str, int] | None = None,
    **changes: Any,  # noqa: ANN401  # any field of the terms
) -> Settled | Fault:
    """What a line of 50 for person 1 comes to."""
    payer = Payer(enrolment=enrolment, paid=paid, facts=NO_FACTS)
    return judged_line(dues(1, **(split or {})), payment(on), payer, terms(**changes))


def found(**told: Any) -> tuple[str, str]:  # noqa: ANN401  # as ``judged``
    """What was found at fault, and its clause."""
    fault = judged(**told)
    assert isinstance(fault, Fault)
    return fault.found, fault.clause


def cover(**told: Any) -> DayRange | None:  # noqa: ANN401  # as ``judged``
    """The cover that a payment sets; ``None`` where it leaves the enrolment alone."""
    settled = judged(**told)
    assert isinstance(settled, Settled)
    return settled.enrolment and settled.enrolment.cover


def settled_contribution() -> Contribution:
    """What the line of person 1 books."""
    settled = judged()
    assert isinstance(settled, Settled)
    return settled.contribution


@pytest.mark.clause("HN-3.1.2b")
def test_bank_and_list_agree_or_the_difference_is_told() -> None:
    """100 listed with 99 at the bank, nobody listed, and a person twice must each be told."""
    two = (dues(1), dues(2))
    assert list_faults(UNIT, two, yuan(100)) == ()
    assert [fault.found for fault in list_faults(UNIT, two, yuan(99))] == ["100.00"]
    assert [fault.found for fault in list_faults(UNIT, (), yuan(50))] == ["none"]
    (twice,) = list_faults(UNIT, (dues(1), dues(1)), yuan(100))
    assert (twice.subject, twice.clause) == (member_id(1), "HN-4.3.5a")


def test_what_a_person_can_clear_up_is_held() -> None:
    """Nothing wrong must pass, a difference be held, a difference beside a second payment be refused."""
    difference = list_faults(UNIT, (dues(1),), yuan(1))
    twice = list_faults(UNIT, (dues(1), dues(1)), yuan(100))
    outcomes = [outcome_of(faults) for faults in ((), difference, difference + twice)]
    assert outcomes == [Outcome.PASS, Outcome.HOLD, Outcome.REJECT]


@pytest.mark.parametrize(
    ("enrolment", "what"),
    [
        (None, "not enrolled"),
        (attrs.evolve(ENROLMENT, unit_id="U-2"), "of another unit"),
        (attrs.evolve(ENROLMENT, state=EnrolmentState.WITHDRAWN), "withdrawn"),
        (attrs.evolve(ENROLMENT, state=EnrolmentState.VOIDED), "voided"),
        (DEAD, f"died {DIED_ON.isoformat()} in {PERIOD}"),
    ],
    ids=["nobody", "elsewhere", "withdrawn", "void", "dead"],
)
def test_one_pays_for_a_place(enrolment: Enrolment | None, what: str) -> None:
    """Without a place through the unit nothing must be settled."""
    assert found(enrolment=enrolment) == (what, "HN-3.1.2b")


@pytest.mark.clause("HN-4.3.5a", "HN-4.3.5b")
def test_one_pays_once_unless_it_went_back() -> None:
    """A second payment must be refused, one after the first went back as an error must not."""
    paid = settled_contribution()
    assert found(paid=paid) == ("paid already", "HN-4.3.5a")
    back = attrs.evolve(paid, returned_on=COLLECTED_ON)
    assert isinstance(judged(paid=back), Settled)


def test_an_amount_that_is_not_owed_is_named() -> None:
    """Parts that do not add up must be told with the clause of the split."""
    assert found(split={"member": 20}) == ("20.00", "ACFTU-2.3a")


def programme(payer: FundingSource) -> GiftProgramme:
    """A gift of 2014."""
    return GiftProgramme(
        programme_id="gift-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        payer=payer,
        groups=("courier",),
        quota=10,
        resolution="2013-1",
        source="SN-2.1.5",
    )


@pytest.mark.clause("SN-2.1.5")
def test_a_gift_is_paid_by_its_programme() -> None:
    """A place given by the union must not be paid by the member, whatever plan the unit has."""
    given = attrs.evolve(ENROLMENT, gift_id="gift-1", joined_as=JoinedAs.GIFT)
    gifts = {"gift-1": programme(FundingSource.UNION)}
    assert found(enrolment=given, gifts=gifts)[1] == "SN-2.1.5"
    told = {"enrolment": given, "split": {"union": 50}, "plan": plan(PlanPattern.UNION_MAJOR)}
    assert isinstance(judged(gifts=gifts, **told), Settled)
    assert isinstance(judged(gifts={}, **told), Settled)


def plan(pattern: PlanPattern, year: int = 2014, resolution: str | None = "1号") -> FundingPlan:
    """The union bears 31 of 50, the member 19, from that year on."""
    shares = (
        PayerShare(payer=FundingSource.UNION, ratio=Ratio(31, 50)),
        PayerShare(payer=FundingSource.MEMBER),
    )
    return FundingPlan(
        scheme_id=SCHEME,
        unit_id=UNIT,
        pattern=pattern,
        years=(PlanYear(year=year, split=shares),),
        resolution=resolution,
        made_on=DAY(2013, 11, 1),
    )


@pytest.mark.clause("SN-2.3.5c")
def test_a_unit_keeps_to_its_plan() -> None:
    """A split other than planned must be refused by the clause of the pattern; before the plan any may be."""
    major = plan(PlanPattern.UNION_MAJOR)
    assert found(split={"union": 30, "member": 20}, plan=major)[1] == "SN-2.3.5c"
    assert isinstance(judged(split={"union": 31, "member": 19}, plan=major), Settled)
    assert isinstance(judged(plan=plan(PlanPattern.UNION_MAJOR, 2015)), Settled)


@pytest.mark.clause("SN-2.3.4b")
def test_what_the_union_pays_is_held_without_a_resolution() -> None:
    """Under a policy with patterns, two lines by the union must be counted, a gift and the member's not."""
    listed = attrs.evolve(WAITING.contribution, patterns=tuple(FundingPattern))
    policy = attrs.evolve(WAITING, contribution=listed)
    lines = (dues(1, union=50), dues(2, union=31, member=19), dues(3), dues(4, union=50))
    payers = {line.member_id: Payer(enrolment=None, paid=None, facts=NO_FACTS) for line in lines}
    given = attrs.evolve(ENROLMENT, member_id=member_id(4), gift_id="gift-1")
    payers[given.member_id] = attrs.evolve(payers[given.member_id], enrolment=given)

    def asked(**changes: Any) -> list[str]:  # noqa: ANN401  # any field of the terms
        return [each.found for each in resolution_faults(UNIT, lines, payers, terms(**changes))]

    assert asked(policy=policy) == ["2 enrolments without one"]
    assert asked(policy=policy, plan=plan(PlanPattern.UNION_MAJOR, resolution=None)) != []
    assert asked(policy=policy, plan=plan(PlanPattern.UNION_MAJOR)) == []
    assert asked() == []
    assert resolution_faults(UNIT, lines[2:], payers, terms(policy=policy)) == ()


@pytest.mark.clause("ACFTU-2.3b")
def test_without_joining_terms_the_whole_period_is_covered() -> None:
    """A payment must leave the cover alone where the scheme does not let it set a day."""
    assert cover(on=DAY(2014, 6, 1)) is None
    assert cover(joining=JOINING) is None
    assert cover(joining=attrs.evolve(JOINING, window=None), on=DAY(2014, 6, 1)) is None


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(("day", "is_late"), [(DAY(2013, 12, 31), False), (DAY(2014, 1, 1), True)])
def test_money_comes_within_the_window(day: datetime.date, *, is_late: bool) -> None:
    """The last day of the window must count until its 24:00, the day after not at all."""
    told = judged(on=day, joining=JOINING)
    assert isinstance(told, Fault) == is_late
    if isinstance(told, Fault):
        assert (told.rule, told.clause) == ("received_on must be <= 2013-12-31", "HN-4.3.5d")


@pytest.mark.clause("HN-4.3.5d")
def test_a_renewal_has_its_own_window() -> None:
    """Who renews may pay until 15 January where the notice says so; who is new may not."""
    own = RenewalTerms(
        window=Window(opens=-60, closes=14, source="HN-4.3.5d"), gap_days_max=0, source="HN-4.3.5d"
    )
    told = {"joining": attrs.evolve(JOINING, renewal=own), "on": DAY(2014, 1, 15)}
    assert cover(enrolment=attrs.evolve(ENROLMENT, joined_as=JoinedAs.RENEWAL), **told) is None
    assert found(**told) == ("2014-01-15", "HN-4.3.5d")


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize(
    ("start", "first"),
    [
        (CoverStart.TERM_START, DAY(2014, 3, 5)),
        (CoverStart.PAYMENT_DAY, DAY(2014, 3, 5)),
        (CoverStart.DAY_AFTER_PAYMENT, DAY(2014, 3, 6)),
        (CoverStart.MONTH_AFTER_PAYMENT, DAY(2014, 4, 1)),
    ],
)
def test_late_money_covers_from_the_payment_on(start: CoverStart, first: datetime.date) -> None:
    """Money of 5 March 2014 that is accepted late must give cover as the scheme says, never before."""
    joining = attrs.evolve(ACCEPTING, cover_start=start)
    assert cover(on=DAY(2014, 3, 5), joining=joining) == DayRange(first, YEAR.last_day)


@pytest.mark.parametrize("occasion", [JoinedAs.LATE, JoinedAs.NEW_HIRE])
def test_who_joined_late_with_leave_pays_late(occasion: JoinedAs) -> None:
    """A new hire of a scheme that refuses late joiners must be covered from the payment on."""
    late = attrs.evolve(ENROLMENT, joined_as=occasion)
    assert cover(enrolment=late, on=DAY(2014, 3, 5), joining=JOINING) == DayRange(
        DAY(2014, 3, 5), YEAR.last_day
    )


@pytest.mark.clause("ACFTU-2.3b", "HN-4.3.5d")
def test_a_gift_that_is_paid_late_is_covered_from_the_payment_on() -> None:
    """Paid in the window, a gift must keep its days of cover; paid on 5 March it must begin then."""
    given = attrs.evolve(ENROLMENT, joined_as=JoinedAs.GIFT, gift_id="gift-1")
    assert cover(enrolment=given, joining=JOINING) is None
    late = cover(enrolment=given, on=DAY(2014, 3, 5), joining=JOINING)
    assert late == DayRange(DAY(2014, 3, 5), YEAR.last_day)


@pytest.mark.clause("HN-4.3.5d")
def test_a_later_year_of_a_term_is_paid_in_the_window_of_renewal() -> None:
    """Until 15 January whoever goes on must be booked; a new hire of the year before gets no leave."""
    first = attrs.evolve(ENROLMENT, joined_as=JoinedAs.NEW_HIRE)
    later = joined(first, DAY(2013, 2, 1), cause="2013")
    window = Window(opens=-60, closes=14, source="HN-4.3.5d")
    renewal = RenewalTerms(window=window, gap_days_max=0, source="HN-4.3.5d")
    joining = attrs.evolve(JOINING, renewal=renewal)
    assert cover(enrolment=later, on=DAY(2014, 1, 15), joining=joining) is None
    assert found(enrolment=later, on=DAY(2014, 1, 16), joining=joining) == ("2014-01-16", "HN-4.3.5d")
    assert cover(enrolment=first, on=DAY(2014, 1, 16), joining=joining) is not None


@pytest.mark.clause("HN-4.4.2b", "HN-4.3.5d")
def test_without_waiting_nobody_pays_late() -> None:
    """Where nobody waits, even who may join late must pay within the window."""
    late = attrs.evolve(ENROLMENT, joined_as=JoinedAs.LATE)
    told = {"enrolment": late, "on": DAY(2014, 3, 5), "joining": ACCEPTING}
    assert found(policy=POLICY, **told) == ("2014-03-05", "HN-4.3.5d")


@pytest.mark.clause("HN-4.3.5d")
def test_the_payment_is_written_into_the_history() -> None:
    """The entry must tell the first day, the day of the act and the ledger entry, and move nobody."""
    joining = attrs.evolve(JOINING, cover_start=CoverStart.DAY_AFTER_PAYMENT)
    settled = judged(on=DAY(2013, 12, 31), joining=joining)
    assert isinstance(settled, Settled)
    assert settled.enrolment is not None
    entry = settled.enrolment.history[-1]
    assert (entry.kind, entry.holds_from, entry.known_on, entry.cause) == (
        ChangeKind.EFFECTIVE,
        DAY(2014, 1, 1),
        DAY(2013, 12, 31),
        "R-1",
    )
    assert (settled.enrolment.unit_id, settled.enrolment.cover) == (UNIT, YEAR)


@pytest.mark.clause("HN-4.3.5d", "ACFTU-2.3b")
def test_money_that_gives_no_cover_is_not_taken() -> None:
    """Money of the last day for cover from the next month on must be refused, since it buys nothing."""
    joining = attrs.evolve(ACCEPTING, cover_start=CoverStart.MONTH_AFTER_PAYMENT)
    assert found(on=DAY(2014, 12, 1), joining=joining) == ("2014-12-01", "HN-4.3.5d")
    assert cover(on=DAY(2014, 11, 30), joining=joining) == DayRange(DAY(2014, 12, 1), YEAR.last_day)


def test_cover_never_begins_before_it_was_promised() -> None:
    """Who joined for the second half and pays before it must be covered from its first day."""
    half = DayRange(DAY(2014, 7, 1), YEAR.last_day)
    joining = attrs.evolve(ACCEPTING, cover_start=CoverStart.PAYMENT_DAY)
    second = attrs.evolve(ENROLMENT, cover=half, joined_as=JoinedAs.LATE)
    assert cover(enrolment=second, on=DAY(2014, 5, 1), joining=joining) == half


@pytest.mark.parametrize(
    ("paid_on", "waits_from"),
    [
        pytest.param(DAY(2014, 1, 10), DAY(2013, 1, 1), id="kept"),
        pytest.param(DAY(2014, 3, 1), None, id="lost"),
    ],
)
@pytest.mark.clause("HN-4.3.5d")
def test_a_late_payment_ends_what_goes_on(paid_on: datetime.date, waits_from: datetime.date | None) -> None:
    """With ten days that may be missing, cover from 11 January goes on and cover from 2 March does not."""
    renewed = attrs.evolve(ENROLMENT, joined_as=JoinedAs.RENEWAL, waits_from=DAY(2013, 1, 1))
    renewal = RenewalTerms(gap_days_max=10, source="HN-4.3.5d")
    joining = attrs.evolve(ACCEPTING, cover_start=CoverStart.DAY_AFTER_PAYMENT, renewal=renewal)
    settled = judged(renewed, paid_on, joining=joining)
    assert isinstance(settled, Settled)
    assert settled.enrolment is not None
    assert settled.enrolment.waits_from == waits_from


@pytest.mark.clause("HN-4.3.5d")
def test_without_terms_and_waiting_one_pays_by_the_first_day() -> None:
    """1 January must be booked, and 2 January be refused, for then the bill may be known already."""
    assert isinstance(judged(on=YEAR.first_day, policy=POLICY), Settled)
    late = judged(on=DAY(2014, 1, 2), policy=POLICY)
    assert isinstance(late, Fault)
    assert (late.rule, late.found, late.clause) == (
        "received_on must be <= 2014-01-01",
        "2014-01-02",
        "HN-4.3.5d",
    )


def test_without_terms_one_pays_at_any_time_where_people_may_have_to_wait() -> None:
    """Under a policy that lets a scheme make people wait, a payment of March must be booked."""
    assert isinstance(judged(on=DAY(2014, 3, 1)), Settled)


@pytest.mark.parametrize("joining", [None, JOINING, ACCEPTING])
@pytest.mark.parametrize("goes_on", [True, False])
def test_an_unpaid_period_before_serves_no_waiting(joining: JoiningTerms | None, *, goes_on: bool) -> None:
    """Paid in time or late, waiting must go on from 2013 only where that was paid for."""
    since = DAY(2013, 1, 1)
    late = DAY(2014, 1, 10)
    place = attrs.evolve(ENROLMENT, waits_from=since)
    payer = Payer(enrolment=place, paid=None, facts=NO_FACTS, goes_on=goes_on)
    renewal = RenewalTerms(gap_days_max=10, source="HN-4.3.5d")
    own = terms(joining=joining and attrs.evolve(joining, renewal=renewal))
    on = late if joining is ACCEPTING else COLLECTED_ON
    settled = judged_line(dues(1), payment(on), payer, own)
    assert isinstance(settled, Settled)
    left = settled.enrolment or place
    assert left.waits_from == (since if goes_on else None)
    assert (settled.enrolment is None) == (goes_on and joining is not ACCEPTING)
