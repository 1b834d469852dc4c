"""The eleven hard cases in which the documents differ, each by the layered policies as shipped."""

import datetime
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.terms import Basis
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Extends, Policy
from mutualaid_core.domain.scheme.policy.fund import FeeBase, FundTerms, SurplusUse
from mutualaid_core.domain.scheme.policy.governance import BannedWord, WordTerms
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import ZERO, Money, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.membership.participation import participation_reached
from mutualaid_core.rules.scheme.fund_use import (
    account_map_for,
    expense_faults,
    fee_faults,
    identity_faults,
    purpose_faults,
    surplus_findings,
    surplus_use_faults,
)
from mutualaid_core.rules.scheme.joining import (
    RiderOnly,
    goal_gap,
    is_bound_by_cost,
    joining_faults,
    late_joining_faults,
    refusal_faults,
    repetition_faults,
    rider_faults,
    rider_only,
)
from mutualaid_core.rules.scheme.layers import (
    chain_faults,
    citation_faults,
    effective_policy,
    layers_on,
    policy_chain,
)
from mutualaid_core.rules.scheme.wording import wording_faults

DAY = datetime.date
FOLDER = Path(__file__).parents[2] / "src" / "mutualaid_core" / "regulations"
READ = {path.stem: structure(read_document(path), Policy) for path in FOLDER.glob("*.yaml")}
PUBLISHED = {name: policy for name, policy in READ.items() if policy is not None}

HUNAN, SHAANXI, GUANGDONG, FLOOR = (
    policy_chain(PUBLISHED[name], PUBLISHED.get)[0]
    for name in ("HN-2013", "SN-2021", "GD-2022", "ACFTU-2018")
)

PARTS = (
    Part(part_id="main", name="主险", source="SN-2.2.3a"),
    Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
)


def on(chain: tuple[Policy, ...], day: datetime.date = DAY(2023, 6, 1)) -> EffectivePolicy:  # noqa: B008  # a constant day
    """What a chain asks on a day."""
    return effective_policy(chain, day)


def clauses(faults: tuple[Fault, ...]) -> list[str]:
    """The clauses of some faults."""
    return [fault.clause for fault in faults]


def city(policy_id: str, **terms: object) -> Policy:
    """A city's policy under another one, from the day of which it holds."""
    above = PUBLISHED[policy_id]
    start = max(above.valid_from, DAY(2019, 1, 1))
    return attrs.evolve(
        Policy(
            policy_id="CITY",
            title="市级实施办法",
            valid_from=start,
            extends=Extends(policy=above.policy_id, from_day=start),
        ),
        **terms,  # type: ignore[arg-type]  # terms by the name of their subject
    )


@pytest.mark.clause("HN-3.1.4c", "HN-3.1.4d", "ACFTU-12.5a")
def test_case_1_operating_cost() -> None:
    """Hunan refuses every expense and tests the identity; elsewhere the fee keeps to a told rate."""
    assert clauses(expense_faults(parse_yuan("8000"), on(HUNAN))) == ["HN-3.1.4c"]
    assert clauses(fee_faults(Money(1), ZERO, parse_yuan("1000"), on(HUNAN))) == ["HN-3.1.4c"]
    assert clauses(identity_faults(Money(100), Money(90), Money(9), on(HUNAN))) == ["HN-3.1.4d"]
    fee = FundTerms(fee_rate_max=Ratio(5, 100), fee_base=FeeBase.CONTRIBUTIONS_RECEIVED, source="ACFTU-12.5a")
    region = (city("GD-2022", fund=fee), *GUANGDONG)
    assert chain_faults(region) == ()
    taken, base = parse_yuan("2400000"), parse_yuan("50000000")
    assert expense_faults(parse_yuan("8000"), on(region)) == ()
    assert fee_faults(parse_yuan("100000"), taken, base, on(region)) == ()
    assert clauses(fee_faults(parse_yuan("150000"), taken, base, on(region))) == ["ACFTU-12.5a"]
    # A region without a rate behaves like one with a rate of 0.
    assert clauses(fee_faults(Money(1), ZERO, base, on(GUANGDONG))) == ["ACFTU-12.5a"]


@pytest.mark.clause("HN-4.3.2", "ACFTU-13.1b", "ACFTU-10.4a")
def test_case_2_surplus() -> None:
    """The balance rolls forward in any case; leaving the band is a finding, never a refund."""
    band = FundTerms(surplus_ratio_min=Ratio(10, 100), surplus_ratio_max=Ratio(1, 1), source="ACFTU-13.1b")
    chain = (city("HN-2013", fund=band), *HUNAN)
    assert chain_faults(chain) == ()
    assert surplus_use_faults(SurplusUse.ROLL_FORWARD, on(chain)) == ()
    assert clauses(surplus_use_faults(SurplusUse.REFUND, on(chain))) == ["HN-4.3.2"]
    assert clauses(surplus_use_faults(SurplusUse.TRANSFER, on(GUANGDONG))) == ["ACFTU-1.2a"]
    contributions = parse_yuan("50000000")
    assert clauses(surplus_findings(parse_yuan("65000000"), contributions, on(chain))) == ["ACFTU-13.1b"]
    assert surplus_findings(parse_yuan("9300000"), contributions, on(chain)) == ()


@pytest.mark.clause("HN-2.1a", "HN-4.1.2a", "SN-2.1.4a", "SN-2.1.4c")
def test_case_3_gate_and_goal() -> None:
    """79 of 100 fail the gate of Hunan; in Shaanxi nobody fails, and 21 are missing from the goal."""
    gate = on(HUNAN).policy.participation
    assert [participation_reached(100, joined, gate) for joined in (79, 80)] == [False, True]
    shaanxi = on(SHAANXI)
    assert (shaanxi.policy.participation.ratio_min, goal_gap(100, 79, shaanxi)) == (None, 21)
    assert clauses(refusal_faults(RefusalReason.SIMILAR_FUND, shaanxi)) == ["SN-2.1.4c"]
    assert (on(HUNAN).policy.goal.region_persons, goal_gap(100, 79, on(HUNAN))) == (1_000_000, None)


@pytest.mark.clause("SN-2.2.2a", "SN-2.2.3a")
def test_case_4_main_and_rider() -> None:
    """200 with the rider alone are all refused in Shaanxi; in Guangdong their share is reported."""
    held = (("rider",),) * 200
    assert sum(bool(rider_faults(each, PARTS, on(SHAANXI))) for each in held) == 200
    assert sum(bool(rider_faults(each, PARTS, on(GUANGDONG))) for each in held) == 0
    assert rider_only((*held, ("main", "rider")), PARTS) == RiderOnly(persons=200, of=201)


@pytest.mark.clause("ACFTU-3.2a", "GD-2.3.2b")
def test_case_5_fixed_sum_against_indemnity() -> None:
    """The limit of the cost is off for a fixed sum, which is paid once for a group of diseases."""
    assert [is_bound_by_cost(basis) for basis in (Basis.INDEMNITY, Basis.FIXED)] == [True, False]
    assert clauses(repetition_faults("cancer", Basis.FIXED, ("cancer",))) == ["GD-2.3.2b"]
    assert repetition_faults("cancer", Basis.INDEMNITY, ("cancer",)) == ()
    assert on(HUNAN).policy.benefit.basis == (Basis.INDEMNITY,)
    assert on(GUANGDONG).policy.benefit.basis == (Basis.INDEMNITY, Basis.FIXED)


@pytest.mark.clause("HN-3.1.2c", "GD-2.3.1c")
def test_case_6_individual_joining() -> None:
    """A rider of a platform may join in Guangdong by his union, and not in Hunan; nobody alone."""
    assert clauses(joining_faults(JoinedBy.PLATFORM, on(HUNAN))) == ["HN-3.1.2c"]
    assert joining_faults(JoinedBy.PLATFORM, on(GUANGDONG)) == ()
    assert clauses(joining_faults(JoinedBy.PERSON, on(GUANGDONG))) == ["GD-2.3.1c"]


@pytest.mark.clause("HN-4.4.2b", "HN-4.3.5d")
def test_case_7_no_waiting_against_late_joining() -> None:
    """Without waiting, cover starts with the period and not with a payment on the way to hospital."""
    period, window = DayRange(DAY(2015, 1, 1), DAY(2015, 12, 31)), DAY(2014, 12, 31)
    paid_late = DayRange(DAY(2015, 1, 5), DAY(2015, 12, 31))
    hunan = on(HUNAN, DAY(2015, 1, 5))
    assert late_joining_faults(period, period, window, window, hunan) == ()
    found = late_joining_faults(paid_late, period, DAY(2015, 1, 5), window, hunan)
    assert clauses(found) == ["HN-4.3.5d", "HN-4.3.5d"]
    assert late_joining_faults(paid_late, period, DAY(2015, 1, 5), window, on(GUANGDONG)) == ()


@pytest.mark.clause("HN-4.5.2", "GD-R.3b")
def test_case_8_closed_list_of_purposes() -> None:
    """A city cannot add a purpose; the province can, by a further policy from its day on."""
    wider = FundTerms(purposes=("medical_benefit", "accident_benefit"), source="HN-4.5.2")
    assert clauses(chain_faults((city("HN-2013", fund=wider), *HUNAN))) == ["ACFTU-18.1"]
    province = attrs.evolve(
        PUBLISHED["HN-2013"],
        policy_id="HN-2016",
        valid_from=DAY(2016, 1, 1),
        fund=attrs.evolve(PUBLISHED["HN-2013"].fund, purposes=wider.purposes),
    )
    later = (province, PUBLISHED["ACFTU-2018"])
    assert chain_faults(later) == ()
    assert purpose_faults("accident_benefit", on(later, DAY(2016, 1, 1))) == ()
    assert clauses(purpose_faults("accident_benefit", on(HUNAN, DAY(2015, 12, 31)))) == ["HN-4.5.2"]


@pytest.mark.clause("SN-2.3.2", "SN-2.3.3")
def test_case_9_older_and_newer_accounting_rule() -> None:
    """Exactly one account map holds on a voucher date, and two on one day are refused."""
    dates = (DAY(2020, 12, 31), DAY(2021, 1, 1))
    found = [account_map_for("mutual_aid", day, SHAANXI)[0] for day in dates]
    assert [row.account for row in found if row is not None] == ["维权支出—其他维权支出", "职工服务支出"]
    none, faults = account_map_for("mutual_aid", DAY(2018, 12, 31), SHAANXI)
    assert (none, clauses(faults)) == (None, ["SN-2.3.3"])
    old, new = SHAANXI[0].account_maps
    both = attrs.evolve(SHAANXI[0], account_maps=(attrs.evolve(old, last_day=None), new))
    assert clauses(chain_faults((both, *SHAANXI[1:]))) == ["SN-2.3.3"]


@pytest.mark.clause("ACFTU-1.2b", "GD-2.1c")
def test_case_10_words() -> None:
    """A word banned by the region is told with its replacement; a quoted title is exempt."""
    words = WordTerms(banned=(BannedWord(word="保费", instead="互助金"),), source="GD-2.1c")
    region = on((city("GD-2022", terms=words), *GUANGDONG))
    (fault,) = wording_faults("请缴纳保费", region)
    assert (fault.clause, "互助金" in fault.rule) == ("GD-2.1c", True)
    assert wording_faults("依据《保费管理办法》办理", region) == ()


@pytest.mark.clause("ACFTU-18.1", "TXT-2")
def test_case_11_time() -> None:
    """An event before 2018-09-12 is judged by Hunan alone, and no finding on it cites the floor."""
    before, after = DAY(2018, 9, 11), DAY(2018, 9, 12)
    assert [layer.policy_id for layer in layers_on(HUNAN, before)] == ["HN-2013"]
    assert [layer.policy_id for layer in layers_on(HUNAN, after)] == ["HN-2013", "ACFTU-2018"]
    assert on(HUNAN, DAY(2015, 6, 1)).origins_of("benefit.earlier_payers")[0].source == "HN-4.2.1e"
    assert not any(each.source.startswith("ACFTU") for each in on(HUNAN, before).origins)
    assert clauses(citation_faults("ACFTU-3.1a", HUNAN, DAY(2015, 6, 1))) == ["TXT-2"]
    assert citation_faults("ACFTU-3.1a", HUNAN, after) == ()
    assert [layers_on(chain, DAY(2020, 1, 1)) for chain in (SHAANXI, GUANGDONG)] == [(), ()]
