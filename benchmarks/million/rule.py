"""The rule of the large benchmark: as figures for the references, and as a scheme version for us."""

import datetime
import os

import attrs

from mutualaid_core.domain.scheme.benefit.bands import Band
from mutualaid_core.domain.scheme.benefit.base import AmountsBase
from mutualaid_core.domain.scheme.benefit.conditions import FlagIs
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace, RoundingRule
from mutualaid_core.domain.scheme.benefit.steps import ByClass, Choice, Deductible, MarginalBands
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Benefit, Over
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.options import UseOrder
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion
from mutualaid_core.domain.values.money import Money, Rounding
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.testing.samples import version_with

EPOCH = datetime.date(1970, 1, 1)
YEARS = (datetime.date(2024, 1, 1), datetime.date(2025, 1, 1), datetime.date(2026, 1, 1))
FIRST, SECOND, END = ((day - EPOCH).days for day in YEARS)
DEDUCTIBLE = 50_000
EDGES = (0, 500_000, 1_000_000, 3_000_000)
BASIS_POINTS = {1: (6000, 7000, 8000, 9000), 2: (5500, 6500, 7500, 8500), 3: (5000, 6000, 7000, 8000)}
CLAIM_CAP = 3_000_000
PERIOD_CAP = int(os.environ.get("BENCH_PERIOD_CAP", "4000000"))
WAITING_DAYS = 30


def bands(level: int) -> MarginalBands:
    """Marginal bands of one level of hospital."""
    tops = [Money(edge) for edge in EDGES[1:]]
    rows = zip(EDGES, (*tops, None), BASIS_POINTS[level], strict=True)
    return MarginalBands(
        bands=tuple(
            Band(above=Money(low), up_to=top, ratio=Ratio(share, 10_000)) for low, top, share in rows
        ),
        source="HN-4.4.2c",
    )


def version() -> SchemeVersion:
    """The rule as a scheme version with two periods of a year each."""
    by_level = tuple(Choice(one_of=(str(level),), step=bands(level)) for level in (1, 2))
    caps = ((CLAIM_CAP, Per.CLAIM), (PERIOD_CAP, Per.PERIOD))
    benefit = Benefit(
        benefit_id="inpatient",
        name="住院补助",
        event=EventKind.INPATIENT_STAY,
        basis=Basis.INDEMNITY,
        waiting=Waiting(
            grades=(WaitingGrade(through_day=WAITING_DAYS, pays=Money(0)),),
            waived_when=(FlagIs(fact="first_time", holds=False),),
            source="HN-4.4.2b",
        ),
        base=AmountsBase(add=("inscp_scp_amt",), subtract=("hifp_pay", "hifmi_pay"), source="HN-4.2.1d"),
        accumulate=Accumulation(over=Over.CLAIM, source="HN-4.4.3b"),
        steps=(
            Deductible(amount=Money(DEDUCTIBLE), source="HN-4.4.2a"),
            ByClass(fact="hosp_lv", choices=(*by_level, Choice(step=bands(3))), source="HN-4.4.2c"),
        ),
        limits=tuple(AmountLimit(most=Money(most), per=per, source="HN-4.4.3c") for most, per in caps),
        rounding=RoundingRule(mode=Rounding.HALF_UP, place=RoundingPlace.END_OF_BENEFIT, source="HN-4.4.3b"),
    )
    last = YEARS[2] - datetime.timedelta(days=1)
    whole = version_with(benefit, first_day=YEARS[0], last_day=last)
    event = attrs.evolve(whole.event, period_by=EventDate.ADMISSION)
    points = attrs.evolve(whole.open_points, use_order=UseOrder.DISCHARGE)
    return attrs.evolve(whole, event=event, open_points=points)


def plan() -> Plan:
    """The rule, compiled."""
    return compile_version(version())
