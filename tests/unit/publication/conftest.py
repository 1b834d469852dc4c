"""One small world for the tests of what is published: a scheme, a stay, a claim, a disclosure, a book."""

import datetime
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, HospitalLevel, Settlement
from mutualaid_core.domain.fund.ledger import LedgerEntry
from mutualaid_core.domain.membership.contribution import Contribution, PayerShare
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.oversight.disclosure import Breakdown, Cell, Dimension, Disclosure
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
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import EventDate, EventTerms, SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO, Money, Rounding, parse_yuan
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.admission import ClaimFacts
from mutualaid_core.rules.claims.decision import decide
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.fund.postings import approval_entry, grant_entry, remittance_entry
from mutualaid_core.testing.samples import OPEN_POINTS

SCHEME, PERIOD = "chengbu", "2014"
DAY = datetime.date
YEAR = DayRange(DAY(2014, 1, 1), DAY(2014, 12, 31))
FILED = DAY(2014, 3, 20)
CST = datetime.timezone(datetime.timedelta(hours=8))


@pytest.fixture(scope="session")
def terms() -> Benefit:
    """Terms: 30% up to 5,000 yuan, 35% up to 10,000, 40% above, a cap of 50,000."""
    bands = (
        Band(above=ZERO, up_to=Money(500_000), ratio=Ratio(30, 100)),
        Band(above=Money(500_000), up_to=Money(1_000_000), ratio=Ratio(35, 100)),
        Band(above=Money(1_000_000), up_to=None, ratio=Ratio(40, 100)),
    )
    return Benefit(
        benefit_id="inpatient",
        name="住院补助",
        event=EventKind.INPATIENT_STAY,
        basis=Basis.INDEMNITY,
        waiting=Waiting(grades=(), source="HN-4.4.2b"),
        base=AmountsBase(add=("inscp_scp_amt",), subtract=("hifp_pay", "maf_pay"), source="HN-4.2.1d"),
        accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
        steps=(Deductible(amount=ZERO, source="HN-4.4.2a"), MarginalBands(bands=bands, source="HN-4.4.2c")),
        limits=(AmountLimit(most=Money(5_000_000), per=Per.PERIOD, source="HN-4.4.3c"),),
        rounding=RoundingRule(mode=Rounding.HALF_UP, place=RoundingPlace.END_OF_BENEFIT, source="HN-4.4.3b"),
    )


@pytest.fixture(scope="session")
def version(terms: Benefit) -> SchemeVersion:
    """The scheme version with those terms; stays belong to the period of their discharge."""
    return SchemeVersion(
        version_id="V-2014",
        scheme_id=SCHEME,
        policy_id="HN-2013",
        first_day=YEAR.first_day,
        last_day=None,
        documents=(),
        dues=Dues(
            rates=(DuesRate(amount=Money(5_000), shares_max=1, source="HN-4.3.4b"),),
            payers=(FundingSource.MEMBER,),
            source="HN-4.3.4b",
        ),
        eligibility=Eligibility(
            insurance_types=(InsuranceType.EMPLOYEE,), employments=(Employment.REGULAR,), source="HN-4.1.1b"
        ),
        event=EventTerms(
            kinds_of_care=("21",),
            institutions=(),
            period_by=EventDate.DISCHARGE,
            filing_days_max=90,
            source="HN-4.2.1b",
        ),
        benefits=(terms,),
        open_points=OPEN_POINTS,
    )


@pytest.fixture(scope="session")
def stay() -> Callable[..., Settlement]:
    """Makes a settlement: 20,000.01 yuan in scope, of which the pooled fund paid 8,000.00."""

    def make(**changes: Any) -> Settlement:  # noqa: ANN401  # any field of the settlement
        amounts = dict.fromkeys(AMOUNT_FIELDS, ZERO) | {
            "medfee_sumamt": parse_yuan("20000.01"),
            "inscp_scp_amt": parse_yuan("20000.01"),
            "hifp_pay": parse_yuan("8000"),
            "fund_pay_sumamt": parse_yuan("8000"),
            "psn_part_amt": parse_yuan("12000.01"),
            "psn_cash_pay": parse_yuan("12000.01"),
        }
        plain = {
            "setl_id": "ST-1",
            "certno": ResidentId("11010519491231002X"),
            "psn_name": PersonName("龘靐"),
            "unit_code": "CB001",
            "fixmedins_code": "H43010000004",
            "fixmedins_name": "第一医院",
            "hosp_lv": HospitalLevel.THIRD,
            "med_type": "21",
            "insutype": InsuranceType.EMPLOYEE,
            "begndate": DAY(2014, 3, 1),
            "enddate": DAY(2014, 3, 11),
            "setl_time": datetime.datetime(2014, 3, 11, 10, tzinfo=CST),
            "dise_code": Diagnosis("Z99.999"),
            "refd_setl_flag": False,
        }
        return Settlement(**(plain | amounts | changes))

    return make


@pytest.fixture(scope="session")
def decided(version: SchemeVersion, stay: Callable[..., Settlement]) -> Callable[..., Decision]:
    """Decides a stay of the world's one member on 1 April 2014."""

    def make(  # noqa: PLR0913  # a word for each thing that a test may change
        *,
        settlement: Settlement | None = None,
        benefit: Benefit | None = None,
        granted: Money = ZERO,
        filed_on: DAY = FILED,
        member: Member | None = None,
        member_id: str = "m-1",
        claim_id: str = "C-1",
        enrolled: bool = True,
    ) -> Decision:
        own = version if benefit is None else attrs.evolve(version, benefits=(benefit,))
        keys = {"scheme_id": SCHEME, "period_id": PERIOD, "member_id": member_id, "unit_id": "CB001"}
        enrolment = Enrolment(
            **keys,
            insurance_type=InsuranceType.EMPLOYEE,
            employment=Employment.REGULAR,
            shares=1,
            cover=YEAR,
        )
        facts = ClaimFacts(
            settlement=settlement or stay(),
            filed_on=filed_on,
            period=Period(scheme_id=SCHEME, period_id=PERIOD, cover=YEAR),
            unit_admitted=True,
            member=member,
            enrolment=enrolment if enrolled else None,
            contribution=paid(member_id) if enrolled else None,
        )
        names = {"claim_id": claim_id, "member_id": member_id, "decided_on": DAY(2014, 4, 1)}
        used = {"amount/inpatient/period": granted.fen}
        return decide(facts, compile_version(own), used, **names)

    return make


def paid(member_id: str) -> Contribution:
    """A contribution of 50 yuan: 20 from the member, 30 from the employer."""
    split = (
        PayerShare(payer=FundingSource.MEMBER, amount=Money(2_000)),
        PayerShare(payer=FundingSource.EMPLOYER, amount=Money(3_000)),
    )
    return Contribution(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id,
        unit_id="CB001",
        amount=Money(5_000),
        split=split,
        received_on=DAY(2014, 1, 10),
        entry_id="E-2",
    )


@pytest.fixture(scope="session")
def claim() -> Claim:
    """The claim of the one stay."""
    return Claim(
        claim_id="C-1",
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id="m-1",
        settlement_id="ST-1",
        filed_on=FILED,
        discharged_on=DAY(2014, 3, 11),
        state=ClaimState.APPROVED,
    )


@pytest.fixture(scope="session")
def book() -> tuple[LedgerEntry, ...]:
    """A grant of 1,000.00, contributions of 50.00, a benefit of 40.50 approved."""
    heads = {"scheme_id": SCHEME, "period_id": PERIOD}
    return (
        grant_entry(
            entry_id="E-1", **heads, booked_on=DAY(2014, 1, 1), amount=Money(100_000), giver='市"财政"局\\'
        ),
        remittance_entry("E-2", (paid("m-1"),)),
        approval_entry(
            entry_id="E-3", **heads, booked_on=DAY(2014, 4, 1), amount=Money(4_050), subject="C-1"
        ),
    )


@pytest.fixture(scope="session")
def disclosure() -> Disclosure:
    """A disclosure: 1,000.00 + 50.00 - 40.50 = 1,009.50, two of four quarters hidden."""
    quarters = tuple(Cell(group=f"2014Q{number}", claims=None, amount=None) for number in (1, 2))
    shown = (
        Cell(group="2014Q3", claims=6, amount=Money(3_050)),
        Cell(group="2014Q4", claims=0, amount=ZERO),
    )
    return Disclosure(
        scheme_id=SCHEME,
        period_id=PERIOD,
        scheme_name="城步县职工医疗互助",
        region_name="邵阳市",
        sponsor="邵阳市总工会",
        cover=YEAR,
        disclosed_on=DAY(2015, 1, 20),
        units=1,
        members=2_000,
        income=((FundingSource.MEMBER, Money(2_000)), (FundingSource.EMPLOYER, Money(3_000))),
        income_total=Money(5_000),
        opening=Money(100_000),
        grants=Money(60_000),
        granted=ZERO,
        benefits=Money(4_050),
        closing=Money(100_950),
        claims=12,
        claimants=11,
        breakdowns=(Breakdown(dimension=Dimension.DISCHARGE_QUARTER, cells=(*quarters, *shown)),),
        persons_min=5,
        head_position=5_012,
        head_root="ab" * 32,
    )
