"""Joining: ways in, confirmation, objection, the place that somebody gets, parts, refusals."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import JoinedAs
from mutualaid_core.domain.membership.unit import UnitKind
from mutualaid_core.domain.scheme.joining import (
    AgeDay,
    CoverStart,
    JoiningTerms,
    LateJoining,
    NewHires,
    RenewalTerms,
    Window,
)
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.policy.membership import (
    JoinedBy,
    MembershipMode,
    MembershipTerms,
    RefusalReason,
)
from mutualaid_core.domain.scheme.policy.product import ProductTerms
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.membership.joining import (
    Asked,
    Place,
    age_day,
    confirmation_faults,
    holding_faults,
    holding_outcome,
    objection_faults,
    place_for,
    refusal_reason_faults,
    way_faults,
    way_of,
)
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.testing.joining import IN_TIME, JOINING, LAST_DAY, OPEN_JOINING, TOO_LATE, open_policy
from mutualaid_core.testing.samples import POLICY, YEAR

DAY = datetime.date
PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="other", name="另一主险", excludes=("main",), source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)


def under(policy: Policy) -> EffectivePolicy:
    """What one policy asks alone."""
    return effective_policy((policy,), IN_TIME)


OPEN, STRICT = under(open_policy()), under(POLICY)


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Rule and clause of each fault."""
    return [(fault.rule, fault.clause) for fault in faults]


def placed(asked: Asked, joining: JoiningTerms | None, policy: EffectivePolicy = OPEN) -> Place:
    """The place, where there is one."""
    place, faults = place_for(asked, joining, YEAR, policy)
    assert faults == ()
    assert place is not None
    return place


def refused(asked: Asked, joining: JoiningTerms, policy: EffectivePolicy = OPEN) -> list[tuple[str, str]]:
    """Rules and clauses, where there is no place."""
    place, faults = place_for(asked, joining, YEAR, policy)
    assert place is None
    return told(faults)


@pytest.mark.parametrize("kind", [None, *UnitKind])
def test_unions_without_an_employer_are_the_platform_way(kind: UnitKind | None) -> None:
    """The unions of platforms and industries must be a way of their own."""
    is_union = kind in {UnitKind.INDUSTRY_UNION, UnitKind.PLATFORM_UNION}
    assert way_of(kind) is (JoinedBy.PLATFORM if is_union else JoinedBy.UNIT)


def test_policy_and_scheme_must_both_allow_a_way() -> None:
    """A way must be refused by the policy first, then by the scheme, each with its clause."""
    mode = MembershipTerms(mode=MembershipMode.UNIT_OR_PLATFORM, source="GD-2.3.1c")
    both = under(attrs.evolve(POLICY, membership=mode))
    platform = attrs.evolve(JOINING, ways=(JoinedBy.UNIT, JoinedBy.PLATFORM))
    assert way_faults(JoinedBy.PLATFORM, both, None) == ()
    assert way_faults(JoinedBy.PLATFORM, both, platform) == ()
    assert told(way_faults(JoinedBy.PLATFORM, both, JOINING)) == [("must be unit", "HN-3.1.2c")]
    assert told(way_faults(JoinedBy.PERSON, both, platform)) == [("must be unit or platform", "GD-2.3.1c")]
    assert told(way_faults(JoinedBy.PERSON, OPEN, platform)) == [("must be unit or platform", "GD-2.3.1c")]


def test_a_list_lacks_its_confirmation_and_consultation() -> None:
    """Both must be asked where the version needs them, and neither elsewhere."""
    needs = attrs.evolve(JOINING, needs_confirmation=True, needs_consultation=True)
    lacking = confirmation_faults("U-1", needs, confirmed=None, consultation=None)
    assert [fault.clause for fault in lacking] == ["HN-3.1.2a", "SN-2.1.4b"]
    assert confirmation_faults("U-1", needs, confirmed=True, consultation="R-1") == ()
    assert confirmation_faults("U-1", JOINING, confirmed=None, consultation=None) == ()
    assert confirmation_faults("U-1", None, confirmed=False, consultation=None) == ()


def test_who_objects_is_named() -> None:
    """Somebody who objects must have the clause told, and the others nothing."""
    assert [fault.clause for fault in objection_faults("M1", objects=True)] == ["HN-2.1a"]
    assert objection_faults("M1", objects=False) == ()


@pytest.mark.parametrize(
    ("hired_on", "renews", "occasion"),
    [
        (None, False, JoinedAs.NEW),
        (None, True, JoinedAs.RENEWAL),
        (DAY(2013, 11, 30), False, JoinedAs.NEW),
        (DAY(2013, 12, 1), False, JoinedAs.NEW),
        (DAY(2013, 12, 2), False, JoinedAs.NEW_HIRE),
    ],
)
@pytest.mark.parametrize("joining", [None, JOINING])
def test_the_occasion_within_the_window(
    joining: JoiningTerms | None,
    hired_on: datetime.date | None,
    renews: bool,  # noqa: FBT001  # a row of the table
    occasion: JoinedAs,
) -> None:
    """Who was hired after the roster was counted must be a new hire, the others new or renewing."""
    asked = Asked(on=IN_TIME, hired_on=hired_on, counted_on=DAY(2013, 12, 1), renews=renews)
    place = placed(asked, joining)
    assert (place.joined_as, place.months, place.periods, place.cover) == (occasion, 12, 1, YEAR)


def test_without_a_roster_date_nobody_is_a_new_hire() -> None:
    """Where no roster was counted, the first day of work must make no difference."""
    assert placed(Asked(on=IN_TIME, hired_on=IN_TIME), None).joined_as is JoinedAs.NEW


def test_the_last_day_of_the_window_counts() -> None:
    """31 December must be in time, 5 January late, and a day before the window too early."""
    assert placed(Asked(on=LAST_DAY), JOINING).cover == YEAR
    assert refused(Asked(on=TOO_LATE), JOINING) == [("must be <= 2013-12-31", "HN-4.3.5d")]
    early = Asked(on=DAY(2013, 11, 14))
    assert refused(early, JOINING) == [("must be >= 2013-11-15", "HN-4.3.5d")]


def test_without_a_window_every_day_is_in_time() -> None:
    """Where the notice sets no window, somebody may join in the middle of the period."""
    assert placed(Asked(on=DAY(2014, 5, 1)), attrs.evolve(JOINING, window=None)).cover == YEAR


def test_late_joiners_by_each_rule() -> None:
    """They must be refused, told of the next period, or covered from the payment on."""
    late = Asked(on=TOO_LATE)
    later = attrs.evolve(JOINING, late=LateJoining.NEXT_PERIOD)
    assert refused(late, later) == [("must be <= 2013-12-31, or for the next period", "HN-4.3.5d")]
    place = placed(late, attrs.evolve(JOINING, late=LateJoining.ACCEPT))
    assert (place.joined_as, place.cover) == (JoinedAs.LATE, DayRange(TOO_LATE, YEAR.last_day))


@pytest.mark.parametrize(
    ("hired_on", "days"),
    [(DAY(2014, 8, 1), 0), (DAY(2014, 7, 2), 30), (DAY(2014, 7, 1), 31), (DAY(2014, 8, 2), -1)],
)
def test_new_hires_have_their_days(hired_on: datetime.date, days: int) -> None:
    """From the first day of work until day 30 a new hire must join, and neither before nor after."""
    asked = Asked(on=DAY(2014, 8, 1), hired_on=hired_on, counted_on=DAY(2013, 12, 1))
    place, _ = place_for(asked, OPEN_JOINING, YEAR, OPEN)
    assert (place is not None) == (0 <= days <= 30)
    if place is not None:
        cover = DayRange(DAY(2014, 8, 1), YEAR.last_day)
        assert (place.joined_as, place.months, place.cover) == (JoinedAs.NEW_HIRE, 6, cover)


def test_who_comes_late_and_is_no_new_hire_is_refused() -> None:
    """Without a first day of work the rule for new hires must not help."""
    assert refused(Asked(on=DAY(2014, 8, 1)), OPEN_JOINING) == [("must be <= 2013-12-31", "HN-4.3.5d")]


def test_a_length_that_there_is_not_is_refused() -> None:
    """A term of another length, and a day after the period, must be refused with all that is wrong."""
    assert refused(Asked(on=IN_TIME, months=24), JOINING) == [
        ("must be within a term of 24 months", "HN-4.3.5d")
    ]
    assert refused(Asked(on=DAY(2015, 1, 1)), JOINING) == [
        ("must be <= 2013-12-31", "HN-4.3.5d"),
        ("must be within a term of the period", "HN-4.3.5d"),
    ]


def test_a_term_without_cover_left_is_refused() -> None:
    """Who pays on the last day for cover from the next one must be refused."""
    joining = attrs.evolve(JOINING, late=LateJoining.ACCEPT, cover_start=CoverStart.DAY_AFTER_PAYMENT)
    assert refused(Asked(on=YEAR.last_day), joining) == [("must begin by 2014-12-31", "HN-4.3.5d")]


def test_a_renewal_has_its_own_window() -> None:
    """A renewal on the first day of the period must be in time where its window says so."""
    own = Window(opens=-60, closes=0, source="HN-4.3.5d")
    joining = attrs.evolve(JOINING, renewal=RenewalTerms(window=own, gap_days_max=0, source="HN-4.3.5d"))
    on = YEAR.first_day
    assert placed(Asked(on=on, renews=True), joining).joined_as is JoinedAs.RENEWAL
    assert refused(Asked(on=on), joining) == [("must be <= 2013-12-31", "HN-4.3.5d")]


def test_where_nobody_waits_nobody_joins_after_the_window() -> None:
    """Late joiners, new hires and cover from the payment must fail where no waiting is allowed."""
    late = attrs.evolve(JOINING, late=LateJoining.ACCEPT)
    asked = [
        ("must be <= 2013-12-31, or for the next period", "HN-4.3.5d"),
        ("must be 2014-01-01", "HN-4.3.5d"),
    ]
    assert refused(Asked(on=TOO_LATE), late, STRICT) == asked
    hires = attrs.evolve(JOINING, new_hires=NewHires(days_max=30, source="HN-4.3.5d"))
    assert refused(Asked(on=TOO_LATE, hired_on=TOO_LATE), hires, STRICT) == asked
    no_window = attrs.evolve(JOINING, window=None, cover_start=CoverStart.PAYMENT_DAY)
    assert refused(Asked(on=TOO_LATE), no_window, STRICT) == asked[1:]
    assert placed(Asked(on=LAST_DAY), JOINING, STRICT).cover == YEAR


@pytest.mark.parametrize(
    ("day", "on"),
    [
        (AgeDay.COVER_START, DAY(2014, 3, 5)),
        (AgeDay.PERIOD_START, DAY(2014, 1, 1)),
        (AgeDay.JOINING, DAY(2014, 3, 4)),
    ],
)
def test_the_day_on_which_ages_are_counted(day: AgeDay, on: datetime.date) -> None:
    """Each day of the language must be the one that it names."""
    days = {"cover": DayRange(DAY(2014, 3, 5), YEAR.last_day), "period": YEAR, "joined_on": DAY(2014, 3, 4)}
    assert age_day(attrs.evolve(JOINING, age_on=day), **days) == on  # type: ignore[arg-type]  # three days


def test_without_joining_terms_ages_are_counted_when_cover_starts() -> None:
    """As it always was, the first day of cover must count."""
    assert age_day(None, cover=YEAR, period=YEAR, joined_on=IN_TIME) == YEAR.first_day


@pytest.mark.parametrize(
    ("held", "clauses"),
    [
        ((), []),
        (("main",), []),
        (("main", "rider"), []),
        (("rider",), ["SN-2.2.3a"]),
        (("main", "other"), ["SN-2.2.3a"]),
        (("main", "main"), ["SN-2.2.3a"]),
        (("none",), ["SN-2.2.3a"]),
    ],
)
def test_parts_that_may_not_be_held_together(held: tuple[str, ...], clauses: list[str]) -> None:
    """A rider without its main item and two that exclude each other must be about the member."""
    faults = holding_faults("M1", held, PARTS, OPEN)
    assert [(fault.subject, fault.clause) for fault in faults] == [("M1", each) for each in clauses]


def test_the_policy_is_cited_for_a_rider_alone() -> None:
    """Where a policy asks for the main item, its clause must be the one that is told."""
    product = ProductTerms(rider_requires_main=True, source="SN-2.2.2a")
    (fault,) = holding_faults("M1", ("rider",), PARTS, under(open_policy(product=product)))
    assert (fault.subject, fault.rule, fault.clause) == ("M1", "rider must be held with main", "SN-2.2.2a")


def test_who_is_enrolled_already_is_held() -> None:
    """A rider whose main item was cancelled must be held, one that is asked for refused."""
    faults = holding_faults("M1", ("rider",), PARTS, OPEN)
    assert holding_outcome(faults, is_enrolled=True) is Outcome.HOLD
    assert holding_outcome(faults, is_enrolled=False) is Outcome.REJECT
    assert holding_outcome((), is_enrolled=True) is Outcome.PASS


def test_reasons_that_policy_or_scheme_ban() -> None:
    """A reason must be refused where either bans it, and stand where neither does."""
    membership = MembershipTerms(refusals_banned=(RefusalReason.SIMILAR_FUND,), source="SN-2.1.4c")
    policy = under(attrs.evolve(POLICY, membership=membership))
    other = RefusalReason.COMMERCIAL_INSURANCE
    joining = attrs.evolve(JOINING, refusals_banned=(other,))
    assert all(refusal_reason_faults(reason, policy, joining) for reason in RefusalReason)
    assert refusal_reason_faults(other, policy, None) == ()
    assert refusal_reason_faults(other, policy, JOINING) == ()
    (fault,) = refusal_reason_faults(other, policy, joining)
    assert (fault.found, fault.clause) == ("commercial_insurance", "SN-2.1.4c")


@pytest.mark.clause("ACFTU-1.1c")
def test_illness_is_banned_by_the_national_opinions() -> None:
    """Whatever policy and scheme say, illness must not stand, and the clause be the national one."""
    (fault,) = refusal_reason_faults(RefusalReason.ILLNESS, under(POLICY), None)
    assert (fault.found, fault.clause) == ("illness", "ACFTU-1.1c")


@pytest.mark.clause("HN-4.3.5d")
@pytest.mark.parametrize("hired_on", [None, DAY(2014, 1, 2)])
@pytest.mark.parametrize("renews", [False, True])
def test_without_terms_and_waiting_one_joins_by_the_first_day(
    hired_on: datetime.date | None, *, renews: bool
) -> None:
    """1 January must pass for the whole year, and 2 January be refused, a new hire like everybody else."""
    asked = Asked(on=YEAR.first_day, hired_on=hired_on, counted_on=IN_TIME, renews=renews)
    assert placed(asked, None, STRICT).cover == YEAR
    place, faults = place_for(attrs.evolve(asked, on=DAY(2014, 1, 2)), None, YEAR, STRICT)
    assert place is None
    assert [(each.subject, each.rule, each.found, each.clause) for each in faults] == [
        ("joined_on", "must be <= 2014-01-01, or for the next period", "2014-01-02", "HN-4.3.5d")
    ]


def test_without_terms_one_joins_at_any_time_where_people_may_have_to_wait() -> None:
    """Under a policy that lets a scheme make people wait, 30 December must still give the whole year."""
    assert placed(Asked(on=DAY(2014, 12, 30)), None, OPEN).cover == YEAR
