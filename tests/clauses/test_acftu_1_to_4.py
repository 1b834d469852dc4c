"""总工发〔2018〕28号, 一 to 四: members, fairness, earlier payers, moderation, pools, versions."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.scheme.benefit.steps import Share
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.money import ZERO
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, StoreBrokenError
from mutualaid_core.rules.claims.admission import version_for_claim
from mutualaid_core.rules.scheme.conformity import pooling_nonconformities
from mutualaid_core.serialization.codec import from_plain, to_plain
from mutualaid_core.testing.samples import (
    CHINA_TIME,
    FOUNDING,
    PERIOD_RECORD,
    POLICY,
    REGION,
    SCHEME_RECORD,
    VERSION,
    YUEYANG_2014,
    bands,
    dues,
    joiner,
    line_for,
    rated,
    stay,
    version_with,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all, read_one

DAY = datetime.date

ALL_PAYERS = stay(
    medfee_sumamt=yuan(30_000),
    fulamt_ownpay_amt=yuan(2_500),
    inscp_scp_amt=yuan(27_500),
    hifp_pay=yuan(18_000),
    hifob_pay=ZERO,
    hifmi_pay=yuan(3_000),
    maf_pay=yuan(1_000),
    fund_pay_sumamt=yuan(22_000),
    psn_part_amt=yuan(8_000),
    psn_cash_pay=yuan(8_000),
)
"""30,000 in all: basic insurance 18,000, major illness 3,000, assistance 1,000, out of scope 2,500."""


@pytest.mark.clause("ACFTU-S1.1")
@pytest.mark.parametrize("kind", ["endowment", "annuity"])
def test_savings_are_no_scheme(kind: str) -> None:
    """A scheme of the category inpatient must be one; endowments and annuities must be refused."""
    assert from_plain(to_plain(SCHEME_RECORD), Scheme) == SCHEME_RECORD
    with pytest.raises(StoreBrokenError):
        from_plain(to_plain(SCHEME_RECORD) | {"kind": kind}, Scheme)


@pytest.mark.clause("ACFTU-2.1a")
def test_only_members_have_rights(joined: World) -> None:
    """A claim by a person without enrolment in the period must be refused as no member's."""
    done = joined.file(stay(8_000, 3))
    assert (done.outcome, done.reasons) == (Outcome.REJECT, (Reason.NOT_A_MEMBER,))


@pytest.mark.clause("ACFTU-2.3a")
def test_a_contribution_keeps_its_split() -> None:
    """60.00 borne 20 each by member, union and employer must be kept, a third by the member."""
    line = dues(1, 60, member=20, union=20, employer=20)
    own = line.split[0].amount
    assert Ratio(own.fen, line.amount.fen) == Ratio(1, 3)


@pytest.mark.clause("ACFTU-2.3a")
def test_a_split_that_does_not_add_up_is_refused() -> None:
    """Parts of 20, 20 and 19.99 for 60.00 must not be booked."""
    version = attrs.evolve(VERSION, dues=rated(amount=60))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1, 60, member=20, union=20, employer="19.99"))
    assert (done.booked, [fault.clause for fault in done.faults]) == (ZERO, ["ACFTU-2.3a"])


@pytest.mark.clause("ACFTU-2.3b")
def test_without_a_settled_contribution_there_is_no_cover(world: World) -> None:
    """A worker who is enrolled and has not paid must be refused for a stay in the period."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.file(stay(8_000))
    assert (done.outcome, done.reasons) == (Outcome.REJECT, (Reason.NO_PAID_COVER,))


@pytest.mark.clause("ACFTU-2.4b")
def test_equal_stays_are_paid_equally(world: World) -> None:
    """Two members of different units with the same figures must get the same benefit, to the fen."""
    world.join(1, unit="U-1")
    world.join(2, unit="U-2")
    one, two = world.file(stay("8765.43", 1)), world.file(stay("8765.43", 2, unit_code="U-2"))
    assert one.benefit == two.benefit == yuan("2817.90")  # 1,500 + 3,765.43 x 35 % = 2,817.9005


@pytest.mark.clause("ACFTU-2.4b")
def test_the_trace_lists_what_led_to_the_benefit(joined: World) -> None:
    """The trace must name version, base, band with ratio, rounding and cap."""
    joined.file(stay(8_000))
    trace = read_one(joined.store, Decision, "HN-A/S-1").trace
    assert trace.version_id == "V-2014"
    assert {Rule.BASE, Rule.BAND, Rule.ROUNDING, Rule.PERIOD_CAP} <= {step.rule for step in trace.steps}
    assert [step.fact("ratio") for step in trace.steps if step.rule is Rule.BAND] == ["30%", "35%"]


@pytest.mark.clause("ACFTU-2.4b")
def test_the_same_claim_a_year_later_gives_the_same_figure(joined: World) -> None:
    """The settlement filed again a year later must give the decision of before."""
    first = joined.file(stay(8_000))
    assert joined.file(stay(8_000), on=DAY(2015, 3, 20)) == first


@pytest.mark.clause("ACFTU-3.1a")
def test_the_benefit_comes_after_all_earlier_payers() -> None:
    """30,000 less 18,000, 3,000, 1,000 and 2,500 out of scope must be 5,500; at 50 % 2,750.00."""
    terms = attrs.evolve(YUEYANG_2014, steps=(bands((None, 50)),))
    line = line_for(ALL_PAYERS, terms)
    assert (ALL_PAYERS.broken_identities(), line.base, line.amount) == ((), 550_000, 275_000)


@pytest.mark.clause("ACFTU-3.1a")
def test_a_bill_without_basic_insurance_is_held(joined: World) -> None:
    """A claim whose figure of basic insurance is missing must be held, never computed on the whole."""
    done = joined.file(attrs.evolve(ALL_PAYERS, hifp_pay=ZERO))
    assert (done.outcome, done.reasons, done.benefit) == (Outcome.HOLD, (Reason.IDENTITIES_BROKEN,), ZERO)


@pytest.mark.clause("ACFTU-3.2a")
def test_all_payers_together_keep_to_the_expense() -> None:
    """10,000 with 7,000 and 2,500 paid before: a formula of 1,000 must be cut to 500.00."""
    settlement = stay(
        medfee_sumamt=yuan(10_000),
        inscp_scp_amt=yuan(10_000),
        fulamt_ownpay_amt=ZERO,
        hifp_pay=yuan(7_000),
        hifob_pay=ZERO,
        oth_pay=yuan(2_500),
        fund_pay_sumamt=yuan(9_500),
        psn_part_amt=yuan(500),
        psn_cash_pay=yuan(500),
    )
    # The formula does not take other cover off: a third of 3,000 is 1,000.
    terms = attrs.evolve(
        YUEYANG_2014,
        base=attrs.evolve(YUEYANG_2014.base, subtract=("hifp_pay", "hifob_pay")),
        steps=(Share(ratio=Ratio(1, 3), source="ACFTU-3.2a"),),
    )
    line = line_for(settlement, terms)
    assert (line.result, line.amount, line.reasons) == (100_000, 50_000, (Reason.INDEMNITY_LIMIT,))


@pytest.mark.clause("ACFTU-4.2a")
def test_a_city_pools_under_its_province() -> None:
    """A pool at 430100 under the province must pass."""
    region = attrs.evolve(REGION, division="430100")
    assert pooling_nonconformities(region, POLICY) == ()


@pytest.mark.clause("ACFTU-4.2a")
def test_a_city_without_a_provincial_supervisor_is_refused() -> None:
    """A pool at 430100 without a provincial supervisor must be refused."""
    with pytest.raises(InvalidValueError, match=r"supervisor must be given.*\[ACFTU-4.2a\]"):
        attrs.evolve(REGION, division="430100", supervisor=None)


@pytest.mark.clause("ACFTU-4.2a")
def test_a_county_is_no_pool() -> None:
    """A pool at the level of a county must be refused."""
    with pytest.raises(StoreBrokenError):
        from_plain(to_plain(REGION) | {"level": "county", "division": "430121"}, PoolingRegion)


@pytest.mark.clause("ACFTU-4.3a")
@pytest.mark.parametrize("sponsor", [None, "", ("市总工会", "县总工会")])
def test_a_scheme_has_one_sponsor(sponsor: object) -> None:
    """A scheme without a sponsor or with two must be refused."""
    with pytest.raises(InvalidValueError, match=r"^sponsor must be"):
        attrs.evolve(SCHEME_RECORD, sponsor=sponsor)


@pytest.mark.clause("ACFTU-4.3c")
def test_a_claim_uses_the_version_of_its_day() -> None:
    """50 % to 30 June, 60 % from July: admitted on 28 June, by admission, must be judged at 50 %."""
    event = attrs.evolve(VERSION.event, period_by=EventDate.ADMISSION)
    half, more = (
        attrs.evolve(
            VERSION,
            version_id=name,
            event=event,
            benefits=(attrs.evolve(YUEYANG_2014, steps=(bands((None, ratio)),)),),
        )
        for name, ratio in (("V-50", 50), ("V-60", 60))
    )
    versions = (
        attrs.evolve(half, last_day=DAY(2014, 6, 30)),
        attrs.evolve(more, first_day=DAY(2014, 7, 1)),
    )
    over = stay(
        begndate=DAY(2014, 6, 28),
        enddate=DAY(2014, 7, 3),
        setl_time=datetime.datetime(2014, 7, 3, 9, tzinfo=CHINA_TIME),
    )
    assert version_for_claim(versions, over, PERIOD_RECORD).version_id == "V-50"


@pytest.mark.clause("ACFTU-4.3c")
def test_a_published_version_is_not_edited(world: World) -> None:
    """Publishing other terms under the id of a published version must be refused."""
    version = version_with(attrs.evolve(YUEYANG_2014, steps=(bands((None, 60)),)))
    again = World(world.store, attrs.evolve(FOUNDING, version=version), name="again")
    with pytest.raises(AlreadyExistsError):
        again.found()
    assert list(read_all(world.store, type(VERSION))) == [VERSION]


@pytest.mark.clause("ACFTU-18.2")
def test_an_industry_pools_without_a_division_code() -> None:
    """The railway union must be a pool without a division code."""
    rail = PoolingRegion(
        pool_id="NAT-RAIL", name="铁路总工会", type=PoolType.INDUSTRY, level=PoolLevel.PROVINCE
    )
    assert rail.division is None


@pytest.mark.clause("ACFTU-18.2")
def test_a_geographic_pool_has_a_division_code() -> None:
    """A geographic pool without a division code must be refused."""
    with pytest.raises(InvalidValueError, match=r"\[ACFTU-18.2\]"):
        attrs.evolve(REGION, division=None)
