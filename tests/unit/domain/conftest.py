"""Sample values and entities of the domain; a test changes the one field that it is about."""

import datetime

import pytest

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.settlement import HospitalLevel, Settlement
from mutualaid_core.domain.claims.trace import Rule, Trace, TraceStep
from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MarginalBands
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting
from mutualaid_core.domain.scheme.dues import Dues, DuesRate, FundingSource
from mutualaid_core.domain.scheme.eligibility import Eligibility, Employment, InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import (
    CoverAfter,
    CoverEnd,
    LargePayment,
    LaterPayment,
    OpenPoints,
    UseOrder,
)
from mutualaid_core.domain.scheme.version import EventDate, EventTerms, SchemeVersion
from mutualaid_core.domain.values.money import ZERO, Money, Rounding
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio


class AlwaysEqual:
    """A stranger that says it equals everything."""

    def __eq__(self, other: object) -> bool:
        """Whatever it is."""
        return True

    __hash__ = object.__hash__


class NeverEqual:
    """A stranger that says it equals nothing."""

    def __eq__(self, other: object) -> bool:
        """Whatever it is."""
        return False

    __hash__ = object.__hash__


@pytest.fixture
def always_equal() -> AlwaysEqual:
    """A stranger that says it equals everything."""
    return AlwaysEqual()


@pytest.fixture
def never_equal() -> NeverEqual:
    """A stranger that says it equals nothing."""
    return NeverEqual()


@pytest.fixture
def settlement() -> Settlement:
    """The stay of ACFTU-3.1a: 30,000 in all; 18,000, 3,000 and 1,000 paid before; 2,500 out of scope."""
    return Settlement(
        setl_id="S-1",
        certno=ResidentId("610103198503070014"),
        psn_name=PersonName("张伟"),
        unit_code="U-1",
        fixmedins_code="H43010000001",
        fixmedins_name="第一人民医院",
        hosp_lv=HospitalLevel.THIRD,
        med_type="21",
        insutype=InsuranceType.EMPLOYEE,
        begndate=datetime.date(2014, 3, 1),
        enddate=datetime.date(2014, 3, 10),
        setl_time=datetime.datetime(
            2014, 3, 10, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8))
        ),
        dise_code=Diagnosis("J18.900"),
        medfee_sumamt=Money(3_000_000),
        fulamt_ownpay_amt=Money(250_000),
        overlmt_selfpay=ZERO,
        preselfpay_amt=ZERO,
        inscp_scp_amt=Money(2_750_000),
        act_pay_dedc=Money(100_000),
        hifp_pay=Money(1_800_000),
        cvlserv_pay=ZERO,
        hifes_pay=ZERO,
        hifmi_pay=Money(300_000),
        hifob_pay=ZERO,
        maf_pay=Money(100_000),
        oth_pay=ZERO,
        fund_pay_sumamt=Money(2_200_000),
        psn_part_amt=Money(800_000),
        acct_pay=Money(100_000),
        acct_mulaid_pay=ZERO,
        psn_cash_pay=Money(700_000),
        hosp_part_amt=ZERO,
        refd_setl_flag=False,
    )


@pytest.fixture
def bands() -> MarginalBands:
    """The tiers of HN-4.4.2c: up to 5,000 40 %, up to 20,000 50 %, above 60 %."""
    edges = (ZERO, Money(500_000), Money(2_000_000))
    uppers = (Money(500_000), Money(2_000_000), None)
    ratios = (Ratio(40, 100), Ratio(50, 100), Ratio(60, 100))
    rows = zip(edges, uppers, ratios, strict=True)
    return MarginalBands(
        bands=tuple(Band(above=above, up_to=up_to, ratio=ratio) for above, up_to, ratio in rows),
        source="HN-4.4.2c",
    )


@pytest.fixture
def benefit(bands: MarginalBands) -> Benefit:
    """A benefit with tiers and the cap of HN-4.4.3c, 20,000."""
    return Benefit(
        benefit_id="inpatient",
        name="住院补助",
        event=EventKind.INPATIENT_STAY,
        basis=Basis.INDEMNITY,
        waiting=Waiting(grades=(), source="HN-4.4.2b"),
        base=AmountsBase(add=("inscp_scp_amt",), subtract=("fund_pay_sumamt",), source="HN-4.2.1f"),
        accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
        steps=(Deductible(amount=ZERO, source="HN-4.4.2a"), bands),
        limits=(AmountLimit(most=Money(2_000_000), per=Per.PERIOD, source="HN-4.4.3c"),),
        rounding=RoundingRule(mode=Rounding.HALF_UP, place=RoundingPlace.END_OF_BENEFIT, source="ACFTU-2.4b"),
    )


@pytest.fixture
def open_points() -> OpenPoints:
    """What the documents leave open, answered."""
    return OpenPoints(
        use_order=UseOrder.APPROVAL,
        preselfpay_in_base=False,
        overlimit_in_base=False,
        account_is_self_borne=True,
        later_payment=LaterPayment.RECOVER_ONLY,
        cover_after=CoverAfter(
            retirement=CoverEnd.PERIOD_END,
            dismissal=CoverEnd.ON_THE_DAY,
            transfer_out=CoverEnd.ON_THE_DAY,
            source="HN-4.3.5c",
        ),
        large_payment=LargePayment(amount=Money(50_000_000), window_days=7, source="ACFTU-13.5b"),
        heir_papers=("死亡证明",),
        source="HN-4.2.1d",
    )


@pytest.fixture
def version(benefit: Benefit, open_points: OpenPoints) -> SchemeVersion:
    """A version that is in force through 2014."""
    return SchemeVersion(
        version_id="V-2014",
        scheme_id="A",
        policy_id="HN-2013",
        first_day=datetime.date(2014, 1, 1),
        last_day=datetime.date(2014, 12, 31),
        documents=(),
        dues=Dues(
            rates=(DuesRate(amount=Money(5_000), shares_max=1, source="HN-4.3.4b"),),
            payers=(FundingSource.MEMBER, FundingSource.UNION),
            source="HN-4.3.1",
        ),
        eligibility=Eligibility(
            insurance_types=(InsuranceType.EMPLOYEE,), employments=(Employment.REGULAR,), source="HN-4.1.1b"
        ),
        event=EventTerms(
            kinds_of_care=("21",),
            institutions=(),
            period_by=EventDate.ADMISSION,
            filing_days_max=60,
            source="HN-4.2.1b",
        ),
        benefits=(benefit,),
        open_points=open_points,
    )


@pytest.fixture
def claim() -> Claim:
    """A claim that is held."""
    return Claim(
        claim_id="C-1",
        scheme_id="A",
        period_id="2014",
        member_id="M-1",
        settlement_id="S-1",
        filed_on=datetime.date(2014, 3, 20),
        discharged_on=datetime.date(2014, 3, 10),
        state=ClaimState.HELD,
    )


@pytest.fixture
def step() -> TraceStep:
    """A step of a trace."""
    return TraceStep(
        rule=Rule.BASE,
        after=Money(550_000),
        amounts=(("inscp_scp_amt", Money(2_750_000)),),
        facts=(("med_type", "21"),),
        parameter="benefits[0].base",
        source="HN-4.2.1f",
        clauses=("HN-4.2.1f",),
    )


@pytest.fixture
def decision(step: TraceStep) -> Decision:
    """A decision that passes."""
    return Decision(
        claim_id="C-1",
        scheme_id="A",
        period_id="2014",
        member_id="M-1",
        version_id="V-2014",
        policy_id="HN-2013",
        outcome=Outcome.PASS,
        reasons=(Reason.COMPUTED,),
        base=Money(550_000),
        benefit=Money(275_000),
        decided_on=datetime.date(2014, 3, 21),
        trace=Trace(version_id="V-2014", policy_id="HN-2013", steps=(step,)),
    )
