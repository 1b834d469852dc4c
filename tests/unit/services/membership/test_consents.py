"""Payroll consents: kept for ever, and asked when a unit wants to deduct."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.paying.consent import ConsentStep, PayrollConsent
from mutualaid_core.domain.values.identifiers import MemberId, UnitId
from mutualaid_core.errors import NotFoundError, TooLargeError
from mutualaid_core.services.membership.paying.consents import (
    WORKERS_MAX,
    Declaration,
    DeclareConsents,
    declare_consents,
)
from mutualaid_core.testing.acts.agencies import Agencies
from mutualaid_core.testing.samples import COLLECTED_ON, SCHEME, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

GIVEN, WITHDRAWN = ConsentStep.GIVEN, ConsentStep.WITHDRAWN
ONE, TWO = member_id(1), member_id(2)
LATER = COLLECTED_ON + datetime.timedelta(days=3)
CUT_OFF = COLLECTED_ON + datetime.timedelta(days=5)


@pytest.fixture
def payroll(world: World) -> Agencies:
    """The sample unit, whose workers have declared nothing."""
    world.admit(2, 2)
    return Agencies(world)


def test_a_declaration_is_kept_with_who_took_it(payroll: Agencies) -> None:
    """Day, record, paper and clerk must be kept, and a withdrawal be added to the consent."""
    assert payroll.declare(GIVEN, ONE).outcome is Outcome.PASS
    assert payroll.declare(WITHDRAWN, ONE, declared_on=COLLECTED_ON, on=LATER).recorded == (ONE,)
    (kept,) = read_all(payroll.world.store, PayrollConsent)
    assert [(each.step, each.on, each.told_on, each.taken_by) for each in kept.events] == [
        (GIVEN, COLLECTED_ON, COLLECTED_ON, "tester"),
        (WITHDRAWN, COLLECTED_ON, LATER, "tester"),
    ]


def test_one_who_may_not_declare_does_not_stop_the_others(payroll: Agencies) -> None:
    """A second consent must be named, while the other worker's is recorded; alone it is refused."""
    payroll.declare(GIVEN, ONE)
    done = payroll.declare(GIVEN, ONE, TWO)
    assert (done.outcome, done.recorded, [fault.subject for fault in done.faults]) == (
        Outcome.FLAG,
        (TWO,),
        [ONE],
    )
    assert payroll.declare(GIVEN, ONE).outcome is Outcome.REJECT


def test_a_declaration_of_a_day_to_come_is_refused(payroll: Agencies) -> None:
    """A consent dated after the business day must be refused and leave nothing."""
    done = payroll.declare(GIVEN, ONE, declared_on=LATER, on=COLLECTED_ON)
    assert (done.outcome, list(read_all(payroll.world.store, PayrollConsent))) == (Outcome.REJECT, [])


def test_a_worker_is_named_once(payroll: Agencies) -> None:
    """A list with the same worker twice must be refused whole, to declare and to deduct."""
    assert payroll.declare(GIVEN, ONE, ONE).outcome is Outcome.REJECT
    payroll.declare(GIVEN, ONE)
    judged = payroll.payroll(ONE, ONE, cut_off=CUT_OFF)
    assert (judged.outcome, judged.deducted) == (Outcome.REJECT, ())


def test_the_payroll_goes_by_what_was_recorded(payroll: Agencies) -> None:
    """A withdrawal before the cut-off must count once it is recorded, and not before."""
    payroll.declare(GIVEN, ONE, TWO)
    payroll.declare(WITHDRAWN, ONE, declared_on=LATER, on=CUT_OFF)
    before = payroll.payroll(ONE, TWO, cut_off=CUT_OFF, on=LATER)
    after = payroll.payroll(ONE, TWO, cut_off=CUT_OFF)
    assert (before.outcome, before.deducted) == (Outcome.PASS, (ONE, TWO))
    assert (after.outcome, after.deducted, after.listed) == (Outcome.FLAG, (TWO,), (ONE,))
    assert [fault.subject for fault in after.faults] == [ONE]


def test_consent_towards_one_unit_is_none_towards_another(payroll: Agencies) -> None:
    """A worker who changed the employer must consent anew."""
    payroll.declare(GIVEN, ONE)
    payroll.world.admit(1, 1, unit="U-2")
    command = DeclareConsents(
        scheme_id=SCHEME,
        unit_id=UnitId("U-2"),
        step=WITHDRAWN,
        declarations=(Declaration(member_id=ONE, on=COLLECTED_ON, paper="撤回书1号"),),
    )
    done = declare_consents(payroll.world.host, payroll.world.act(COLLECTED_ON), command).result
    assert [fault.rule for fault in done.faults] == ["must hold to be withdrawn"]


def test_consents_need_their_unit(payroll: Agencies) -> None:
    """A unit that there is not must be an error, and so must be more workers than an act can take."""
    command = DeclareConsents(scheme_id=SCHEME, unit_id=UnitId("U-9"), step=GIVEN, declarations=())
    with pytest.raises(NotFoundError, match="unit 'U-9' does not exist"):
        declare_consents(payroll.world.host, payroll.world.act(COLLECTED_ON), command)
    many = tuple(MemberId(f"m-{number}") for number in range(WORKERS_MAX + 1))
    with pytest.raises(TooLargeError, match="401"):
        payroll.declare(GIVEN, *many)
    with pytest.raises(TooLargeError, match="401"):
        payroll.payroll(*many, cut_off=CUT_OFF)
    assert payroll.declare(GIVEN, *many[:-1]).outcome is Outcome.PASS
