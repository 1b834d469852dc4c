"""湖南省总工会 指导意见 2013, 四（二） 活动项目: which stays, and which of their cost."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.errors import StoreBrokenError
from mutualaid_core.rules.claims.admission import event_day, version_for_claim
from mutualaid_core.serialization.codec import from_plain, to_plain
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD_RECORD,
    VERSION,
    YEAR,
    YUEYANG_2014,
    bands,
    line_for,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World

DAY = datetime.date
SIXTY_PERCENT = attrs.evolve(YUEYANG_2014, steps=(bands((None, 60)),))
OVER_NEW_YEAR = stay(begndate=DAY(2014, 12, 28), enddate=DAY(2015, 1, 6))


@pytest.mark.clause("HN-4.2.1a")
@pytest.mark.parametrize(
    ("kind", "outcome"), [("21", Outcome.PASS), ("11", Outcome.REJECT), ("14", Outcome.REJECT)]
)
def test_inpatient_stays_only(joined: World, kind: str, outcome: Outcome) -> None:
    """Kind of care 21 must pass; 11 (outpatient) and 14 (chronic outpatient) must be refused."""
    assert joined.file(stay(med_type=kind)).outcome is outcome


@pytest.mark.clause("HN-4.2.1b")
@pytest.mark.parametrize(
    ("period_by", "is_of_2014"), [(EventDate.ADMISSION, True), (EventDate.DISCHARGE, False)]
)
def test_a_day_of_the_stay_puts_it_into_a_period(
    period_by: EventDate,
    is_of_2014: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """28 December 2014 to 6 January 2015 must be of 2014 by admission and of 2015 by discharge."""
    assert (event_day(OVER_NEW_YEAR, period_by) in YEAR) == is_of_2014


@pytest.mark.clause("HN-4.2.1b")
def test_the_version_must_say_which_day(joined: World) -> None:
    """Terms that do not say which day counts must be refused, and no claim be judged by them."""
    plain = to_plain(VERSION)
    del plain["event"]["period_by"]
    with pytest.raises(StoreBrokenError):
        from_plain(plain, type(VERSION))
    assert joined.file(OVER_NEW_YEAR).reasons[0] is Reason.OUTSIDE_PERIOD


@pytest.mark.clause("HN-4.2.1c")
def test_the_hospital_is_designated_on_the_day() -> None:
    """A hospital whose designation ended on 31 May must be refused for an admission of 2 June."""
    by_admission = attrs.evolve(VERSION.event, period_by=EventDate.ADMISSION)
    listed = attrs.evolve(by_admission, institutions=("H43050000001",))
    ended = attrs.evolve(by_admission, institutions=("H43050000002",))
    versions = (
        attrs.evolve(VERSION, event=listed, last_day=DAY(2014, 5, 31)),
        attrs.evolve(VERSION, version_id="V-2", event=ended, first_day=DAY(2014, 6, 1)),
    )
    late = stay(begndate=DAY(2014, 6, 2), enddate=DAY(2014, 6, 5))
    chosen = version_for_claim(versions, late, PERIOD_RECORD)
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(chosen, first_day=YEAR.first_day)))
    world.found()
    world.join(1)
    assert world.file(late).reasons == (Reason.INSTITUTION_NOT_DESIGNATED,)


@pytest.mark.clause("HN-4.2.1d")
def test_cost_out_of_scope_is_not_in_the_base() -> None:
    """Of 20,000 with 3,000 out of scope and nothing paid before, 17,000 must be the base."""
    settlement = stay(
        medfee_sumamt=yuan(20_000),
        fulamt_ownpay_amt=yuan(3_000),
        inscp_scp_amt=yuan(17_000),
        hifp_pay=ZERO,
        hifob_pay=ZERO,
    )
    assert line_for(settlement, YUEYANG_2014).base == yuan(17_000).fen


@pytest.mark.clause("HN-4.2.1e", "HN-4.4.1", "SN-2.1.6a")
def test_both_insurances_are_taken_off() -> None:
    """17,000 in scope less 11,000 and 1,000 must leave 5,000; 60 % of it are 3,000."""
    settlement = stay(
        medfee_sumamt=yuan(20_000),
        fulamt_ownpay_amt=yuan(3_000),
        inscp_scp_amt=yuan(17_000),
        hifp_pay=yuan(11_000),
        hifob_pay=yuan(1_000),
        fund_pay_sumamt=yuan(12_000),
        psn_part_amt=yuan(8_000),
        psn_cash_pay=yuan(8_000),
    )
    line = line_for(settlement, SIXTY_PERCENT)
    assert (line.base, line.amount) == (500_000, 300_000)


@pytest.mark.clause("HN-4.2.1f")
def test_what_the_personal_account_paid_is_self_borne() -> None:
    """5,000 of which 1,200 from the personal account and 3,800 in cash must be a base of 5,000."""
    settlement = stay(
        5_000,
        fulamt_ownpay_amt=ZERO,
        medfee_sumamt=yuan(16_000),
        psn_part_amt=yuan(5_000),
        acct_pay=yuan(1_200),
        psn_cash_pay=yuan(3_800),
    )
    line = line_for(settlement, SIXTY_PERCENT)
    assert (settlement.broken_identities(), line.base, line.amount) == ((), 500_000, 300_000)
