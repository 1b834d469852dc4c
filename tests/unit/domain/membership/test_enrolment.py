"""Enrolment: at least one share, waiting within the cover, a history in order."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError


def enrolment(shares: int = 1) -> Enrolment:
    """An enrolment for the year 2014."""
    return Enrolment(
        scheme_id="A",
        period_id="2014",
        member_id="M-1",
        unit_id="U-1",
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=shares,
        cover=DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31)),
    )


@pytest.mark.parametrize("shares", [0, -1])
def test_an_enrolment_holds_a_share(shares: int) -> None:
    """An enrolment without a share must be refused."""
    with pytest.raises(InvalidValueError, match=f"shares must be >= 1, got {shares}"):
        enrolment(shares)


def test_waiting_does_not_start_after_the_cover() -> None:
    """Waiting that is counted from a day after the first day of cover must be refused."""
    known = enrolment()
    later = known.cover.first_day + datetime.timedelta(days=1)
    with pytest.raises(InvalidValueError, match="waits_from"):
        attrs.evolve(known, waits_from=later)


def test_a_history_is_in_the_order_in_which_it_became_known() -> None:
    """An entry that was known before the one it follows must be refused."""
    known = enrolment()
    first = Change(
        kind=ChangeKind.JOINED,
        holds_from=known.cover.first_day,
        known_on=known.cover.first_day,
        unit_id=known.unit_id,
        cover=known.cover,
    )
    earlier = attrs.evolve(first, known_on=known.cover.first_day - datetime.timedelta(days=1))
    assert attrs.evolve(known, history=(earlier, first)).history == (earlier, first)
    with pytest.raises(InvalidValueError, match="history"):
        attrs.evolve(known, history=(first, earlier))


def test_a_history_ends_with_what_is_held() -> None:
    """An enrolment of two shares whose history ends with one must be refused."""
    known = enrolment()
    first = Change(
        kind=ChangeKind.JOINED,
        holds_from=known.cover.first_day,
        known_on=known.cover.first_day,
        unit_id=known.unit_id,
        cover=known.cover,
        held=known.held,
    )
    assert attrs.evolve(known, history=(first,)).held == known.held
    with pytest.raises(InvalidValueError, match="history must end with what is held now"):
        attrs.evolve(known, history=(first,), shares=known.shares + 1)


@pytest.mark.clause("HN-4.3.5b")
def test_only_a_correction_takes_an_earlier_entry_back() -> None:
    """Another kind of entry, and one that names itself or a later one, must be refused."""
    day, days = datetime.date(2014, 7, 1), DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31))
    entry = Change(
        kind=ChangeKind.CORRECTED, holds_from=day, known_on=day, unit_id=None, cover=days, withdraws=1
    )
    with pytest.raises(InvalidValueError, match="withdraws must be of a correction"):
        attrs.evolve(entry, kind=ChangeKind.DIED)
    first = attrs.evolve(entry, kind=ChangeKind.JOINED, withdraws=None)
    with pytest.raises(InvalidValueError, match="history must take back an earlier entry"):
        attrs.evolve(enrolment(), history=(first, entry))
