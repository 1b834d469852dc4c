"""The shipped regulations as policies, and one small scheme under the Hunan guidance."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import MarginalBands
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
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.scheme.version import EventDate, EventTerms, SchemeVersion
from mutualaid_core.domain.values.money import ZERO, Money, Rounding, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure

REGULATIONS = Path(__file__).parents[4] / "src" / "mutualaid_core" / "regulations"

Named = Callable[[str], Policy]


@pytest.fixture(scope="session")
def regulation() -> Named:
    """A shipped regulation by its id."""
    read = {path.stem: read_document(path) for path in REGULATIONS.glob("*.yaml")}
    found = {name: structure(document, Policy) for name, document in read.items()}
    assert [document.problems for document in read.values()] == [[]] * len(read)

    def named(policy_id: str) -> Policy:
        policy = found[policy_id]
        assert policy is not None
        return policy

    return named


@pytest.fixture(scope="session")
def floor(regulation: Named) -> Policy:
    """The national opinions of 2018."""
    return regulation("ACFTU-2018")


@pytest.fixture(scope="session")
def hunan(regulation: Named) -> Policy:
    """The Hunan guidance of 2013."""
    return regulation("HN-2013")


@pytest.fixture
def bands() -> MarginalBands:
    """The tiers of HN-4.4.2c: up to 5,000 40 %, up to 20,000 50 %, above 60 %."""
    rows = ((ZERO, "5000", 40), (parse_yuan("5000"), "20000", 50), (parse_yuan("20000"), None, 60))
    return MarginalBands(
        bands=tuple(
            Band(above=above, up_to=None if up_to is None else parse_yuan(up_to), ratio=Ratio(ratio, 100))
            for above, up_to, ratio in rows
        ),
        source="HN-4.4.2c",
    )


@pytest.fixture
def benefit(bands: MarginalBands) -> Benefit:
    """Inpatient costs that are left, by tiers, with the cap of HN-4.4.3c."""
    return Benefit(
        benefit_id="inpatient",
        name="住院补助",
        event=EventKind.INPATIENT_STAY,
        basis=Basis.INDEMNITY,
        waiting=Waiting(grades=(), source="HN-4.4.2b"),
        base=AmountsBase(add=("inscp_scp_amt",), subtract=("fund_pay_sumamt",), source="HN-4.2.1e"),
        accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
        steps=(bands,),
        limits=(AmountLimit(most=parse_yuan("20000"), per=Per.PERIOD, source="HN-4.4.3c"),),
        rounding=RoundingRule(mode=Rounding.HALF_UP, place=RoundingPlace.END_OF_BENEFIT, source="HN-4.4.3b"),
    )


@pytest.fixture
def open_points() -> OpenPoints:
    """What the guidance leaves open, decided for the tests."""
    end = CoverEnd.PERIOD_END
    return OpenPoints(
        use_order=UseOrder.APPROVAL,
        preselfpay_in_base=True,
        overlimit_in_base=False,
        account_is_self_borne=True,
        later_payment=LaterPayment.RECALCULATE_BOTH_WAYS,
        cover_after=CoverAfter(retirement=end, dismissal=end, transfer_out=end, source="HN-4.3.5c"),
        large_payment=LargePayment(amount=parse_yuan("20000"), window_days=7, source="ACFTU-13.5b"),
        heir_papers=("relation",),
        source="HN-4.4.3c",
    )


@pytest.fixture
def version(benefit: Benefit, open_points: OpenPoints) -> SchemeVersion:
    """A version under the Hunan guidance that is in force through 2014."""
    return SchemeVersion(
        version_id="V-2014",
        scheme_id="HN-A",
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
            period_by=EventDate.DISCHARGE,
            filing_days_max=180,
            source="HN-4.2.1b",
        ),
        benefits=(benefit,),
        open_points=open_points,
    )


@pytest.fixture
def region() -> PoolingRegion:
    """A city of Hunan."""
    return PoolingRegion(
        pool_id="430500",
        name="邵阳市",
        type=PoolType.GEOGRAPHIC,
        level=PoolLevel.CITY,
        division="430500",
        supervisor="湖南省总工会",
    )
