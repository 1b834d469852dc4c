"""Payroll consent: what a worker may declare after what, and what becomes of a payroll list."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.paying.consent import ConsentEvent, ConsentStep, PayrollConsent
from mutualaid_core.domain.values.identifiers import ActorId, MemberId, SchemeId, UnitId
from mutualaid_core.rules.membership.paying.consent import (
    declaration_faults,
    declared_day_faults,
    listed_twice_faults,
    payroll_faults,
    payroll_outcome,
)
from mutualaid_core.rules.membership.paying.funding import PayrollBatch

GIVEN, WITHDRAWN = ConsentStep.GIVEN, ConsentStep.WITHDRAWN
WORKER, OTHER = MemberId("m-1"), MemberId("m-2")


def day(number: int) -> datetime.date:
    """A day of December 2013."""
    return datetime.date(2013, 12, number)


def event(step: ConsentStep, on: int, told: int | None = None) -> ConsentEvent:
    """A declaration of a day of December."""
    return ConsentEvent(
        step=step, on=day(on), told_on=day(told or on), taken_by=ActorId("clerk-1"), paper="授权书1号"
    )


def known(*events: ConsentEvent) -> PayrollConsent:
    """What the worker declared before."""
    return PayrollConsent(scheme_id=SchemeId("HN-A"), unit_id=UnitId("U-1"), member_id=WORKER, events=events)


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(
    ("before", "declared", "rules"),
    [
        (None, event(GIVEN, 5), []),
        (None, event(WITHDRAWN, 5), ["must hold to be withdrawn"]),
        (known(event(GIVEN, 1)), event(GIVEN, 5), ["must not hold already"]),
        (known(event(GIVEN, 1)), event(WITHDRAWN, 5), []),
        (known(event(GIVEN, 1), event(WITHDRAWN, 5)), event(GIVEN, 5), []),
        (known(event(GIVEN, 6)), event(WITHDRAWN, 5, 6), ["must be >= 2013-12-06"]),
        (known(event(GIVEN, 1, 7)), event(WITHDRAWN, 5, 6), ["must be recorded on or after 2013-12-07"]),
        (
            known(event(GIVEN, 6, 7)),
            event(WITHDRAWN, 5, 6),
            ["must be >= 2013-12-06", "must be recorded on or after 2013-12-07"],
        ),
    ],
    ids=["first", "nothing", "twice", "withdrawn", "anew", "earlier", "back", "both"],
)
def test_a_declaration_follows_the_one_before(
    before: PayrollConsent | None, declared: ConsentEvent, rules: list[str]
) -> None:
    """Consent and withdrawal must take turns, in the order of their days and of their records."""
    assert [fault.rule for fault in declaration_faults(WORKER, before, declared)] == rules


def test_a_declaration_is_not_of_a_day_to_come() -> None:
    """What is dated after the business day must be refused, and that of the day itself pass."""
    assert declared_day_faults(WORKER, day(5), day(5)) == ()
    assert [fault.found for fault in declared_day_faults(WORKER, day(6), day(5))] == ["2013-12-06"]


def test_nobody_is_deducted_twice() -> None:
    """A worker whom a list names twice must be told with the number of lines."""
    faults = listed_twice_faults((WORKER, OTHER, WORKER))
    assert [(fault.subject, fault.found) for fault in faults] == [(WORKER, "2 lines")]


@pytest.mark.clause("SN-2.3.5d")
@pytest.mark.parametrize(
    ("deducted", "listed", "outcome"),
    [
        ((WORKER,), (), Outcome.PASS),
        ((WORKER,), (OTHER,), Outcome.FLAG),
        ((), (OTHER,), Outcome.REJECT),
    ],
    ids=["all", "some", "none"],
)
def test_a_list_is_told_with_who_has_not_consented(
    deducted: tuple[MemberId, ...], listed: tuple[MemberId, ...], outcome: Outcome
) -> None:
    """Everybody without consent must be named, and the others go on."""
    batch = PayrollBatch(deducted=deducted, listed=listed)
    assert payroll_outcome(batch) is outcome
    assert [fault.subject for fault in payroll_faults(batch)] == list(listed)
