"""Samples (样例): one small scheme under the Hunan guidance, its people, their stays and dues.

Everything in it is made up but the terms: the bands, the minimum and the cap are those printed
in Yueyang for 2014, the second set those of the worked examples of HN-4.4.2c and HN-4.4.3c.
"""

import datetime
from typing import Any, Final

import attrs

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, HospitalLevel, Settlement
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MarginalBands, MinimumPayment
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
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import (
    BenefitLimits,
    ContributionTerms,
    DisclosureTerms,
    EligibilityLimits,
    ParticipationGate,
    Policy,
    PoolingTerms,
)
from mutualaid_core.domain.scheme.policy.direction import Cite
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.scheme.scheme import Scheme, SchemeKind
from mutualaid_core.domain.scheme.version import EventDate, EventTerms, SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import (
    DivisionCode,
    InstitutionCode,
    MemberId,
    PeriodId,
    PolicyId,
    PoolId,
    SchemeId,
    SettlementId,
    UnitId,
    VersionId,
)
from mutualaid_core.domain.values.money import ZERO, Money, Rounding, parse_yuan
from mutualaid_core.domain.values.personal import Diagnosis, PersonName, ResidentId, Sex, id_check_character
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.ports.keys import SECRET_BYTES_MIN, SecretKeys
from mutualaid_core.rules.claims.benefit import Line, benefit_line
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.rules.claims.lines import event_facts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.services.founding import FoundScheme
from mutualaid_core.services.identity import member_id_of
from mutualaid_core.services.membership.joiner import Joiner

SCHEME: Final = SchemeId("HN-A")
PERIOD: Final = PeriodId("2014")
UNIT: Final = UnitId("U-1")
YEAR: Final = DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31))
FOUNDED_ON: Final = datetime.date(2013, 11, 1)
COLLECTED_ON: Final = datetime.date(2013, 12, 20)
STAYED: Final = DayRange(datetime.date(2014, 3, 1), datetime.date(2014, 3, 10))
FILED_ON: Final = datetime.date(2014, 3, 20)
CLOSED_ON: Final = datetime.date(2015, 1, 31)
CHINA_TIME: Final = datetime.timezone(datetime.timedelta(hours=8))

_BEFORE_BASE: Final = {"hifp_pay": 1_000_000, "hifob_pay": 100_000}
_OUT_OF_SCOPE: Final = 50_000
_GIVEN_NAMES: Final = "伟芳娜敏静秀强磊洋艳"


def yuan(amount: str | int) -> Money:
    """Money from yuan, written as people write it."""
    return parse_yuan(str(amount))


def bands(*rows: tuple[int | None, int]) -> MarginalBands:
    """A tier table from upper edges in yuan and percentages."""
    uppers = [None if edge is None else yuan(edge) for edge, _ in rows]
    lowers = [ZERO, *(upper for upper in uppers if upper is not None)]
    parts = zip(lowers, uppers, rows, strict=False)
    return MarginalBands(
        bands=tuple(Band(above=low, up_to=up, ratio=Ratio(row[1], 100)) for low, up, row in parts),
        source="HN-4.4.2c",
    )


YUEYANG_BANDS: Final = bands((5_000, 30), (10_000, 35), (20_000, 40), (30_000, 45), (None, 50))
EXAMPLE_BANDS: Final = bands((5_000, 40), (20_000, 50), (None, 60))

NO_DEDUCTIBLE: Final = Deductible(amount=ZERO, source="HN-4.4.2a")
"""The deductible of the guidance: none."""

YUEYANG_2014: Final = Benefit(
    benefit_id="inpatient",
    name="住院医疗互助补助",
    event=EventKind.INPATIENT_STAY,
    basis=Basis.INDEMNITY,
    waiting=Waiting(grades=(), source="HN-4.4.2b"),
    base=AmountsBase(
        add=("inscp_scp_amt",),
        subtract=("hifp_pay", "hifob_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "maf_pay", "oth_pay"),
        source="HN-4.2.1e",
    ),
    accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
    steps=(
        NO_DEDUCTIBLE,
        YUEYANG_BANDS,
        MinimumPayment(amount=yuan(50), base_up_to=yuan(5_000), may_exceed_base=False, source="HN-4.4.2c"),
    ),
    limits=(AmountLimit(most=yuan(50_000), per=Per.PERIOD, source="HN-4.4.3c"),),
    rounding=RoundingRule(mode=Rounding.HALF_UP, place=RoundingPlace.END_OF_BENEFIT, source="HN-4.4.3b"),
)
"""The benefit as printed in Yueyang for 2014; that the minimum keeps to the base is decided here."""

EXAMPLE_TERMS: Final = attrs.evolve(
    YUEYANG_2014,
    steps=(NO_DEDUCTIBLE, EXAMPLE_BANDS),
    limits=(AmountLimit(most=yuan(20_000), per=Per.PERIOD, source="HN-4.4.3c"),),
)
"""Benefit of the worked examples: 40, 50 and 60 percent, cut at 5,000 and 20,000; cap 20,000."""

OPEN_POINTS: Final = OpenPoints(
    use_order=UseOrder.APPROVAL,
    preselfpay_in_base=False,
    overlimit_in_base=False,
    account_is_self_borne=True,
    later_payment=LaterPayment.RECALCULATE_BOTH_WAYS,
    cover_after=CoverAfter(
        retirement=CoverEnd.PERIOD_END,
        dismissal=CoverEnd.PERIOD_END,
        transfer_out=CoverEnd.PERIOD_END,
        source="HN-4.3.5c",
    ),
    large_payment=LargePayment(amount=yuan(500_000), window_days=7, source="ACFTU-13.5b"),
    heir_papers=("死亡证明", "亲属关系证明"),
    source="HN-4.2.1d",
)
"""What the guidance leaves open, decided for the sample scheme."""


def cited(**sources: str) -> tuple[Cite, ...]:
    """Where single parameters of a policy are printed."""
    return tuple(Cite(field=field, source=source) for field, source in sources.items())


POLICY: Final = Policy(
    policy_id=PolicyId("HN-2013"),
    title="湖南省总工会关于开展职工医疗互助活动的指导意见",
    document="HN",
    valid_from=datetime.date(2013, 9, 25),
    documents=(),
    pooling=PoolingTerms(
        levels=(PoolLevel.CITY,),
        types=(PoolType.GEOGRAPHIC, PoolType.ORGANS),
        source="HN-3.2.1b",
        cites=cited(levels="HN-3.2.1a"),
    ),
    eligibility=EligibilityLimits(
        insurance_types=(InsuranceType.EMPLOYEE,),
        employments=(Employment.REGULAR, Employment.DISPATCHED),
        source="HN-4.1.1b",
        cites=cited(employments="HN-4.1.1c"),
    ),
    participation=ParticipationGate(
        ratio_min=Ratio(80, 100), all_below=30, source="HN-4.1.2a", cites=cited(all_below="HN-4.1.2b")
    ),
    contribution=ContributionTerms(
        amount_min=yuan(40),
        amount_max=yuan(60),
        shares_max=1,
        payers=tuple(FundingSource),
        collect_from=datetime.date(2013, 11, 15),
        source="HN-4.3.4b",
        cites=cited(shares_max="HN-4.3.4c", payers="HN-4.3.1", collect_from="HN-5.2.2a"),
    ),
    benefit=BenefitLimits(
        deductible_max=ZERO,
        waiting_days_max=0,
        earlier_payers=("hifp_pay", "hifob_pay"),
        cap_required=True,
        pay_from=datetime.date(2014, 1, 1),
        source="HN-4.4.3c",
        cites=cited(
            deductible_max="HN-4.4.2a",
            waiting_days_max="HN-4.4.2b",
            earlier_payers="HN-4.2.1e",
            pay_from="HN-5.2.2b",
        ),
    ),
    disclosure=DisclosureTerms(persons_min=10, largest_share_max=Ratio(70, 100), source="HN-4.5.5"),
)
"""The guidance as a policy: what it prints, and a disclosure threshold decided here."""

REGION: Final = PoolingRegion(
    pool_id=PoolId("430500"),
    name="邵阳市",
    type=PoolType.GEOGRAPHIC,
    level=PoolLevel.CITY,
    division=DivisionCode("430500"),
    supervisor="湖南省总工会",
)

SCHEME_RECORD: Final = Scheme(
    scheme_id=SCHEME,
    name="职工住院医疗互助",
    kind=SchemeKind.INPATIENT,
    policy_id=POLICY.policy_id,
    pool_id=REGION.pool_id,
    sponsor="市总工会",
    operator="市职工维权帮扶中心",
)

VERSION: Final = SchemeVersion(
    version_id=VersionId("V-2014"),
    scheme_id=SCHEME,
    policy_id=POLICY.policy_id,
    first_day=YEAR.first_day,
    last_day=YEAR.last_day,
    documents=(),
    dues=Dues(
        rates=(DuesRate(amount=yuan(50), shares_max=1, source="HN-4.3.4b"),),
        payers=(FundingSource.MEMBER, FundingSource.UNION, FundingSource.EMPLOYER),
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
    benefits=(YUEYANG_2014,),
    open_points=OPEN_POINTS,
)


def version_with(benefit: Benefit, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any field of a version
    """The sample version with one benefit instead of its own, and other changes."""
    return attrs.evolve(VERSION, benefits=(benefit,), **changes)


def rated(*, amount: str | int = 50, shares_max: int = 1) -> Dues:
    """The sample dues with another amount (yuan) or number of shares."""
    rate = attrs.evolve(VERSION.dues.rates[0], amount=yuan(amount), shares_max=shares_max)
    return attrs.evolve(VERSION.dues, rates=(rate,))


PERIOD_RECORD: Final = Period(scheme_id=SCHEME, period_id=PERIOD, cover=YEAR)

FOUNDING: Final = FoundScheme(
    policy=POLICY, region=REGION, scheme=SCHEME_RECORD, version=VERSION, period=PERIOD_RECORD
)
"""Everything that the sample scheme is founded with."""


KEYS: Final = SecretKeys(b"k" * SECRET_BYTES_MIN)
"""Keys that pseudonyms are made with."""


def id_number(number: int) -> ResidentId:
    """A valid resident ID number, another one for each *number* from 1 to 999."""
    body = f"43050219800101{number:03d}"
    return ResidentId(body + id_check_character(body))


def name_of(number: int) -> PersonName:
    """A name for person *number*."""
    return PersonName("王" + _GIVEN_NAMES[number % 10] + _GIVEN_NAMES[number // 10 % 10])


def joiner(number: int, **changes: Any) -> Joiner:  # noqa: ANN401  # any field of the roster line
    """Person *number* on a roster: regular worker on employees' insurance, one share."""
    own = id_number(number)
    return attrs.evolve(
        Joiner(
            name=name_of(number),
            id_number=own,
            sex=Sex.UNKNOWN,
            birth_date=own.birth_date,
            insurance_type=InsuranceType.EMPLOYEE,
            employment=Employment.REGULAR,
            shares=1,
        ),
        **changes,
    )


def stay(base: Money | str | int = 1_000, number: int = 1, **changes: Any) -> Settlement:  # noqa: ANN401  # any field
    """A stay of person *number* that leaves *base* (yuan) in scope to the member.

    Basic insurance paid 10,000 and large-cost insurance 1,000 before; 500 are out of scope.
    """
    own = base if isinstance(base, Money) else yuan(base)
    before = sum(_BEFORE_BASE.values())
    borne = Money(own.fen + _OUT_OF_SCOPE)
    amounts = dict.fromkeys(AMOUNT_FIELDS, ZERO) | {
        **{field: Money(fen) for field, fen in _BEFORE_BASE.items()},
        "medfee_sumamt": Money(borne.fen + before),
        "inscp_scp_amt": Money(own.fen + before),
        "fulamt_ownpay_amt": Money(_OUT_OF_SCOPE),
        "fund_pay_sumamt": Money(before),
        "psn_part_amt": borne,
        "psn_cash_pay": borne,
    }
    facts: dict[str, Any] = {
        "setl_id": SettlementId(f"S-{number}"),
        "certno": id_number(number),
        "psn_name": name_of(number),
        "unit_code": UNIT,
        "fixmedins_code": InstitutionCode("H43050000001"),
        "fixmedins_name": "市第一人民医院",
        "hosp_lv": HospitalLevel.THIRD,
        "med_type": "21",
        "insutype": InsuranceType.EMPLOYEE,
        "begndate": STAYED.first_day,
        "enddate": STAYED.last_day,
        "setl_time": datetime.datetime(2014, 3, 10, 9, 30, tzinfo=CHINA_TIME),
        "dise_code": Diagnosis("J18.900"),
        "refd_setl_flag": False,
    }
    return Settlement(**(facts | amounts | changes))


def line_for(settlement: Settlement, benefit: Benefit, granted: Money = ZERO) -> Line:
    """What one benefit comes to for a stay, so much having been granted in the period before."""
    line = ClaimLine(
        claim_id=settlement.setl_id,
        person_id="",
        event=EventKind.INPATIENT_STAY,
        began=settlement.begndate,
        ended=settlement.enddate,
        amounts={field: settlement.amount(field).fen for field in AMOUNT_FIELDS},
    )
    plan = compile_version(version_with(benefit))
    used = {f"amount/{benefit.benefit_id}/period": granted.fen}
    return benefit_line(plan.benefits[0], event_facts(line, None, plan.version), used, {})


def member_id(number: int) -> MemberId:
    """Pseudonym of person *number*."""
    return member_id_of(KEYS, id_number(number))


def dues(number: int, amount: str | int = 50, **split: str | int) -> RemittanceLine:
    """A line of a remittance in yuan, paid by the member alone unless *split* names sources."""
    parts = split or {"member": amount}
    return RemittanceLine(
        member_id=member_id(number),
        amount=yuan(amount),
        split=tuple(PayerShare(payer=FundingSource(who), amount=yuan(part)) for who, part in parts.items()),
    )
