"""Agency money: who may collect, what may be passed on, and who is flagged for how much."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.membership.organisation import Organisation, OrganisationLevel
from mutualaid_core.domain.membership.paying.agency import AgencyCollection, GivenBack, PassedOn
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.membership.paying.agency import (
    PassedPart,
    PassingOn,
    agency_dues,
    collecting_faults,
    due_faults,
    giving_back_faults,
    passing_faults,
    share_of_agency,
)
from mutualaid_core.testing.acts.agencies import agency
from mutualaid_core.testing.samples import yuan

DAY = datetime.date
TOLD = DAY(2013, 12, 23)


def collection(name: str, amount: int = 100, **changes: Any) -> AgencyCollection:  # noqa: ANN401  # any field
    """So many yuan that an agency had on 20 December."""
    made = AgencyCollection(
        remittance_id=EntryId(name),
        scheme_id=SchemeId("HN-A"),
        period_id=PeriodId("2014"),
        unit_id=UnitId("U-1"),
        agency_id="AG-1",
        paper="收据1号",
        amount=yuan(amount),
        collected_on=DAY(2013, 12, 20),
        told_on=TOLD,
    )
    return attrs.evolve(made, **changes)


def passing(*parts: tuple[str, Money], **changes: Any) -> PassingOn:  # noqa: ANN401  # any field
    """What the agency passes on of its collections."""
    made = PassingOn(
        agency_id="AG-1",
        period_id=PeriodId("2014"),
        received=Money(sum(amount.fen for _, amount in parts)),
        on=DAY(2014, 1, 10),
        parts=tuple(PassedPart(remittance_id=EntryId(name), amount=amount) for name, amount in parts),
    )
    return attrs.evolve(made, **changes)


BOTH = {EntryId("R-1"): collection("R-1"), EntryId("R-2"): collection("R-2", 50)}


@pytest.mark.clause("ACFTU-2.3b", "SN-1.1")
@pytest.mark.parametrize(
    ("known", "day", "rules"),
    [
        (agency(), DAY(2013, 12, 20), []),
        (None, DAY(2013, 12, 20), ["must be a known organisation"]),
        (agency(level=OrganisationLevel.COUNTY), DAY(2013, 12, 20), ["must be an agency"]),
        (agency(), DAY(2009, 12, 31), ["must stand on 2009-12-31"]),
        (agency(), DAY(2013, 12, 24), ["must be <= 2013-12-23"]),
        (None, DAY(2013, 12, 24), ["must be a known organisation", "must be <= 2013-12-23"]),
    ],
    ids=["agency", "unknown", "county", "too early", "to come", "both"],
)
def test_only_an_agency_collects(known: Organisation | None, day: datetime.date, rules: list[str]) -> None:
    """A collector must be an agency on that day, and the day must not be to come."""
    assert [fault.rule for fault in collecting_faults(known, "AG-1", day, TOLD)] == rules


@pytest.mark.clause("ACFTU-2.3b")
@pytest.mark.parametrize(
    ("told", "faults"),
    [
        (passing(("R-1", yuan(40)), ("R-2", yuan(50))), []),
        (passing(), [("AG-1", "must name what it passes on")]),
        (passing(("R-1", yuan(40)), received=yuan(41)), [("AG-1", "must add up to the 41.00 received")]),
        (passing(("R-2", Money(5_001))), [("R-2", "must be above 0.00 and at most the 50.00 due")]),
        (passing(("R-2", yuan(0))), [("R-2", "must be above 0.00 and at most the 50.00 due")]),
        (passing(("R-1", yuan(1)), ("R-1", yuan(1))), [("R-1", "must be named once")]),
        (passing(("R-1", yuan(1)), agency_id="AG-2"), [("R-1", "must be of AG-2 for 2014")]),
        (passing(("R-1", yuan(1)), period_id="2015"), [("R-1", "must be of AG-1 for 2015")]),
        (passing(("R-1", yuan(1)), on=DAY(2013, 12, 22)), [("business_on", "must be >= 2013-12-23")]),
    ],
    ids=["right", "nothing", "sum", "too much", "zero", "twice", "agency", "period", "day"],
)
def test_what_is_passed_on_is_owed(told: PassingOn, faults: list[tuple[str, str]]) -> None:
    """Each part must be owed by that agency for that period, and all must add up to the money."""
    assert [(fault.subject, fault.rule) for fault in passing_faults(told, BOTH)] == faults


@pytest.mark.clause("ACFTU-2.3b")
def test_an_agency_is_flagged_by_days_and_amounts() -> None:
    """110.00 of three collections must be told with the oldest day; what is passed on or to come is not."""
    own = (
        collection("R-1", 60, collected_on=DAY(2013, 12, 21)),
        collection("R-2", parts=(PassedOn(entry_id=EntryId("A-1"), amount=yuan(50), on=DAY(2013, 12, 30)),)),
        collection("R-3", 30, agency_id="AG-0"),
        collection("R-4", collected_on=DAY(2014, 1, 11), told_on=DAY(2014, 1, 11)),
        collection(
            "R-5", 50, parts=(PassedOn(entry_id=EntryId("A-1"), amount=yuan(50), on=DAY(2013, 12, 30)),)
        ),
    )
    dues = agency_dues(own, DAY(2014, 1, 10))
    assert [(due.agency_id, str(due.amount), due.days) for due in dues] == [
        ("AG-0", "30.00", 21),
        ("AG-1", "110.00", 21),
    ]
    assert [each.remittance_id for each in dues[1].collections] == ["R-2", "R-1"]
    assert str(due_faults(dues)[1]) == (
        "AG-1 must pass on what it collected, got 110.00 due, the oldest since 2013-12-20, 21 days"
        " [ACFTU-2.3b]"
    )


@pytest.mark.clause("HN-4.3.5b")
@pytest.mark.parametrize(
    ("passed", "back", "share"), [(0, 0, 50), (70, 0, 30), (100, 0, 0), (40, 50, 10)], ids=str
)
def test_what_goes_back_comes_first_out_of_what_the_agency_has(passed: int, back: int, share: int) -> None:
    """Of 50 that go back the agency must give what it still has of 100, and never more."""
    parts = (PassedOn(entry_id=EntryId("A-1"), amount=yuan(passed), on=TOLD),) if passed else ()
    given = (GivenBack(entry_id=EntryId("C-1"), amount=yuan(back), on=TOLD),) if back else ()
    held = collection("R-1", parts=parts, given_back=given)
    assert share_of_agency(held, yuan(50)) == yuan(share)
    assert share_of_agency(None, yuan(50)) == yuan(0)


@pytest.mark.clause("HN-4.3.5b")
def test_nothing_goes_back_before_it_was_passed_on() -> None:
    """Money that was passed on later must not go back on a day before that; on the day it may."""
    part = PassedOn(entry_id=EntryId("A-1"), amount=yuan(1), on=DAY(2014, 1, 10))
    held = collection("R-1", parts=(part,))
    faults = giving_back_faults(held, DAY(2014, 1, 9))
    assert [(fault.rule, fault.found) for fault in faults] == [("must be >= 2014-01-10", "2014-01-09")]
    assert giving_back_faults(held, DAY(2014, 1, 10)) == ()
    assert giving_back_faults(collection("R-2"), TOLD) == giving_back_faults(None, TOLD) == ()
