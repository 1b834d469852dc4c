"""Joining: ways in, refusals, goals, riders, late joiners, fixed sums."""

import datetime
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.policy.membership import (
    JoinedBy,
    MembershipMode,
    MembershipTerms,
    RefusalReason,
)
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.scheme.joining import (
    RiderOnly,
    goal_gap,
    is_bound_by_cost,
    joining_faults,
    late_joining_faults,
    refusal_faults,
    repetition_faults,
    rider_faults,
    rider_only,
)
from mutualaid_core.rules.scheme.layers import effective_policy

DAY = datetime.date
Named = Callable[[str], Policy]
YEAR = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31))
WINDOW = DAY(2014, 12, 31)
PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)


def under(policy: Policy) -> EffectivePolicy:
    """What one policy asks alone."""
    return effective_policy((policy,), DAY(2023, 1, 1))


@pytest.mark.parametrize(
    ("mode", "allowed"),
    [
        (MembershipMode.UNIT_ONLY, [JoinedBy.UNIT]),
        (MembershipMode.UNIT_OR_PLATFORM, [JoinedBy.UNIT, JoinedBy.PLATFORM]),
        (MembershipMode.INDIVIDUAL, list(JoinedBy)),
        (None, list(JoinedBy)),
    ],
)
@pytest.mark.clause("HN-3.1.2c")
def test_each_mode_has_its_ways_in(
    floor: Policy, mode: MembershipMode | None, allowed: list[JoinedBy]
) -> None:
    """Each mode must let in what it names, and a silent policy everybody."""
    terms = MembershipTerms(mode=mode, source="HN-3.1.2c")
    policy = under(attrs.evolve(floor, membership=terms))
    assert [way for way in JoinedBy if joining_faults(way, policy) == ()] == allowed


@pytest.mark.clause("SN-2.1.4c")
def test_a_similar_fund_is_no_reason_to_refuse(regulation: Named, hunan: Policy) -> None:
    """A refusal for a similar fund must be refused in Shaanxi; Hunan says nothing of it."""
    shaanxi = under(regulation("SN-2021"))
    (fault,) = refusal_faults(RefusalReason.SIMILAR_FUND, shaanxi)
    assert (fault.found, fault.clause) == ("similar_fund", "SN-2.1.4c")
    assert refusal_faults(RefusalReason.SIMILAR_FUND, under(hunan)) == ()


@pytest.mark.parametrize(("enrolled", "gap"), [(95, 5), (100, 0), (101, 0)])
@pytest.mark.clause("SN-2.1.4a")
def test_a_goal_is_measured(regulation: Named, hunan: Policy, enrolled: int, gap: int) -> None:
    """95 of 100 must leave a gap of 5 to the goal; without a goal there must be none to tell."""
    shaanxi = under(regulation("SN-2021"))
    assert (goal_gap(100, enrolled, shaanxi), goal_gap(100, enrolled, under(hunan))) == (gap, None)


@pytest.mark.clause("SN-2.2.2a")
def test_a_rider_alone_is_refused_where_it_needs_its_main_item(regulation: Named, hunan: Policy) -> None:
    """A person with the rider alone must be refused in Shaanxi, others and elsewhere not."""
    shaanxi = under(regulation("SN-2021"))
    (fault,) = rider_faults(("rider",), PARTS, shaanxi)
    assert str(fault) == "rider must be held with main, got without [SN-2.2.3a]"
    assert rider_faults(("rider", "main"), PARTS, shaanxi) == ()
    assert rider_faults(("main",), PARTS, shaanxi) == ()
    assert rider_faults(("rider",), PARTS, under(hunan)) == ()


def test_persons_with_riders_alone_are_counted() -> None:
    """Of four persons who hold something one holds the rider alone; nobody who holds nothing counts."""
    held = (("main",), ("main", "rider"), ("rider",), (), ("main",))
    assert rider_only(held, PARTS) == RiderOnly(persons=1, of=4)


@pytest.mark.parametrize(
    ("first_day", "paid_on", "subjects"),
    [
        (DAY(2015, 1, 1), DAY(2014, 12, 31), []),
        (DAY(2015, 1, 1), DAY(2015, 1, 5), ["paid_on"]),
        (DAY(2015, 1, 5), DAY(2015, 1, 5), ["paid_on", "cover.first_day"]),
    ],
)
@pytest.mark.clause("HN-4.3.5d")
def test_nobody_joins_late_where_nobody_waits(
    hunan: Policy, first_day: datetime.date, paid_on: datetime.date, subjects: list[str]
) -> None:
    """Paid on 2014-12-31 must be covered from the period's start; 2015-01-05 must be refused."""
    cover = DayRange(first_day, YEAR.last_day)
    found = late_joining_faults(cover, YEAR, paid_on, WINDOW, under(hunan))
    assert [fault.subject for fault in found] == subjects


def test_where_there_is_waiting_cover_may_start_later(floor: Policy) -> None:
    """A policy that does not forbid waiting must leave late joiners to the scheme."""
    cover = DayRange(DAY(2015, 3, 1), YEAR.last_day)
    assert late_joining_faults(cover, YEAR, DAY(2015, 2, 20), WINDOW, under(floor)) == ()


@pytest.mark.clause("ACFTU-3.2a")
def test_only_compensation_is_bound_by_cost() -> None:
    """The indemnity limit must hold for compensation and be off for a fixed sum."""
    assert [is_bound_by_cost(basis) for basis in (Basis.INDEMNITY, Basis.FIXED)] == [True, False]


@pytest.mark.parametrize(
    ("basis", "paid", "repeated"),
    [
        (Basis.FIXED, ("cancer",), True),
        (Basis.FIXED, ("stroke",), False),
        (Basis.INDEMNITY, ("cancer",), False),
    ],
)
@pytest.mark.clause("GD-2.3.2b")
def test_a_fixed_sum_is_paid_once_a_group(
    basis: Basis,
    paid: tuple[str, ...],
    repeated: bool,  # noqa: FBT001  # the expected truth
) -> None:
    """A second critical claim of one group must be refused for a fixed sum alone."""
    assert (repetition_faults("cancer", basis, paid) != ()) is repeated
