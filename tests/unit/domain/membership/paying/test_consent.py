"""Payroll consent: declarations take turns, in the order of their days, and none is ever altered."""

import datetime

import pytest

from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.membership.paying.funding import Authorisation
from mutualaid_core.domain.values.identifiers import ActorId, MemberId, SchemeId, UnitId
from mutualaid_core.errors import InvalidValueError

GIVEN, WITHDRAWN = ConsentStep.GIVEN, ConsentStep.WITHDRAWN


def day(number: int) -> datetime.date:
    """A day of December 2013."""
    return datetime.date(2013, 12, number)


def event(step: ConsentStep, on: int, told: int | None = None) -> ConsentEvent:
    """A declaration of a day of December."""
    return ConsentEvent(
        step=step, on=day(on), told_on=day(told or on), taken_by=ActorId("clerk-1"), paper="授权书1号"
    )


def consent(*events: ConsentEvent) -> PayrollConsent:
    """Consent of one worker."""
    return PayrollConsent(
        scheme_id=SchemeId("HN-A"), unit_id=UnitId("U-1"), member_id=MemberId("m-1"), events=events
    )


@pytest.mark.clause("SN-2.3.5d")
def test_consent_holds_by_the_last_declaration() -> None:
    """Given, withdrawn and given anew must hold, and tell both spans."""
    made = consent(event(GIVEN, 1), event(WITHDRAWN, 5), event(GIVEN, 9))
    assert made.holds
    assert made.authorisations(day(31)) == (
        Authorisation(member_id=MemberId("m-1"), given_on=day(1), withdrawn_on=day(5)),
        Authorisation(member_id=MemberId("m-1"), given_on=day(9)),
    )
    assert not consent(event(GIVEN, 1), event(WITHDRAWN, 5)).holds


def test_what_was_recorded_later_is_not_known_yet() -> None:
    """A withdrawal of the 5th that was recorded on the 8th must not be known on the 7th."""
    made = consent(event(GIVEN, 1), event(WITHDRAWN, 5, 8))
    assert [span.withdrawn_on for span in made.authorisations(day(7))] == [None]
    assert [span.withdrawn_on for span in made.authorisations(day(8))] == [day(5)]


@pytest.mark.parametrize(
    ("events", "fault"),
    [
        ((event(WITHDRAWN, 1),), "events must begin with a consent"),
        ((event(GIVEN, 1), event(GIVEN, 2)), "step must not be given again"),
        ((event(GIVEN, 2), event(WITHDRAWN, 1, 2)), "on must be >= 2013-12-02"),
        ((event(GIVEN, 1, 3), event(WITHDRAWN, 2)), "told_on must be >= 2013-12-03"),
    ],
    ids=["nothing to withdraw", "twice", "days", "records"],
)
def test_declarations_take_turns(events: tuple[ConsentEvent, ...], fault: str) -> None:
    """A withdrawal of nothing, a second consent, and days out of order must be refused."""
    with pytest.raises(InvalidValueError, match=fault):
        consent(*events)


def test_nothing_is_recorded_before_it_is_declared() -> None:
    """A declaration of a day to come must be refused."""
    with pytest.raises(InvalidValueError, match="told_on must be >= 2013-12-05"):
        event(GIVEN, 5, 4)
