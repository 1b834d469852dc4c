"""Conformity of benefits: what a version pays, for which events, and what it leaves to the member."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.bands import SumBand
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, EventBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import (
    ByClass,
    Choice,
    Deductible,
    FixedSum,
    MarginalBands,
    Share,
    SlabBands,
    SumBands,
)
from mutualaid_core.domain.scheme.benefit.terms import Basis, Benefit
from mutualaid_core.domain.scheme.benefit.waiting import Waiting, WaitingGrade
from mutualaid_core.domain.scheme.facts import EventKind, FactKind, FactTerm
from mutualaid_core.domain.scheme.policy import BenefitLimits, Policy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import ZERO, parse_yuan
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.conformity import nonconformities
from mutualaid_core.rules.scheme.conformity.benefit import FUND_AMOUNTS

OPEN = Policy(policy_id="HN-2013", title="一无所求", valid_from=datetime.date(2013, 9, 25))
DEDUCTIBLE = Deductible(amount=parse_yuan("300"), source="HN-4.4.2a")
SHARE = Share(ratio=Ratio(1, 2), source="HN-4.4.2c")


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """Subject, value and clause of each fault."""
    return [(fault.subject, fault.found, fault.clause) for fault in faults]


def with_benefit(version: SchemeVersion, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any field
    """The version with its benefit changed."""
    return attrs.evolve(version, benefits=(attrs.evolve(version.benefits[0], **changes),))


def asking(**limits: Any) -> Policy:  # noqa: ANN401  # any field of the limits
    """A policy that asks nothing but these."""
    return attrs.evolve(OPEN, benefit=BenefitLimits(**limits, source="HN-4.4.1"))


@pytest.mark.clause("HN-4.2.1a")
def test_events_outside_the_list_are_named(version: SchemeVersion, hunan: Policy) -> None:
    """A benefit for an accident, and outpatient care, must be refused in the first phase."""
    event = attrs.evolve(version.event, kinds_of_care=("21", "11"))
    other = attrs.evolve(with_benefit(version, event=EventKind.ACCIDENT), event=event)
    assert told(nonconformities(other, hunan)) == [
        ("benefits[0].event", "accident", "HN-4.2.1a"),
        ("event.kinds_of_care", "11", "HN-4.2.1a"),
    ]


@pytest.mark.clause("HN-4.2.1f")
def test_a_fixed_sum_is_named_where_only_compensation_is_allowed(
    version: SchemeVersion, hunan: Policy
) -> None:
    """A benefit with basis fixed must be refused under the guidance."""
    fixed = with_benefit(version, basis=Basis.FIXED)
    assert told(nonconformities(fixed, hunan)) == [("benefits[0].basis", "fixed", "HN-4.2.1f")]


def from_300(bands: MarginalBands) -> MarginalBands:
    """The tiers with a first one that begins above 300."""
    return attrs.evolve(
        bands, bands=(attrs.evolve(bands.bands[0], above=parse_yuan("300")), *bands.bands[1:])
    )


def nothing_to_5000(bands: MarginalBands) -> SlabBands:
    """The tiers as a slab whose first band pays nothing."""
    first = attrs.evolve(bands.bands[0], ratio=Ratio(0, 1))
    return SlabBands(bands=(first, *bands.bands[1:]), source="HN-4.4.2c")


SUMS = SumBands(
    bands=(
        SumBand(above=ZERO, up_to=parse_yuan("100"), pays=ZERO),
        SumBand(above=parse_yuan("100"), up_to=None, pays=parse_yuan("50")),
    ),
    source="HN-4.4.2c",
)

BY_CLASS = ByClass(
    fact="hosp_lv",
    choices=(
        Choice(one_of=("1",), step=attrs.evolve(DEDUCTIBLE, amount=ZERO)),
        Choice(one_of=("2",), step=DEDUCTIBLE),
        Choice(step=SHARE),
    ),
    source="HN-4.4.2a",
)


@pytest.mark.clause("HN-4.4.2a")
def test_a_deductible_is_named(version: SchemeVersion, hunan: Policy) -> None:
    """A version with a deductible of 300 must be refused, and one of nothing not."""
    bands = version.benefits[0].steps
    found = nonconformities(with_benefit(version, steps=(DEDUCTIBLE, *bands)), hunan)
    assert told(found) == [("benefits[0].steps[0].amount", "300.00", "HN-4.4.2a")]
    none = attrs.evolve(DEDUCTIBLE, amount=ZERO)
    assert nonconformities(with_benefit(version, steps=(none, *bands)), hunan) == ()


@pytest.mark.clause("HN-4.4.2a")
def test_a_deductible_inside_a_class_is_named(version: SchemeVersion, hunan: Policy) -> None:
    """A deductible for one level of hospital must be named at its class."""
    found = nonconformities(with_benefit(version, steps=(BY_CLASS,)), hunan)
    assert told(found) == [("benefits[0].steps[0].choices[1].step.amount", "300.00", "HN-4.4.2a")]


@pytest.mark.clause("HN-4.4.2a")
def test_bands_that_start_above_nothing_are_a_deductible(
    version: SchemeVersion, hunan: Policy, bands: MarginalBands
) -> None:
    """Tiers from 300 on, and lowest bands that pay nothing, must be named as deductibles."""
    tables = (from_300(bands), nothing_to_5000(bands), SUMS)
    found = [nonconformities(with_benefit(version, steps=(table,)), hunan) for table in tables]
    assert [told(faults) for faults in found] == [
        [("benefits[0].steps[0].bands[0].above", "300.00", "HN-4.4.2a")],
        [("benefits[0].steps[0].bands[1].above", "5000.00", "HN-4.4.2a")],
        [("benefits[0].steps[0].bands[1].above", "100.00", "HN-4.4.2a")],
    ]


def test_a_table_that_pays_nothing_leaves_its_last_edge(version: SchemeVersion, bands: MarginalBands) -> None:
    """Where no band pays at all, the last one must be named."""
    nothing = attrs.evolve(bands, bands=tuple(attrs.evolve(band, ratio=Ratio(0, 1)) for band in bands.bands))
    found = nonconformities(with_benefit(version, steps=(nothing,)), asking(deductible_max=ZERO))
    assert told(found) == [("benefits[0].steps[0].bands[2].above", "20000.00", "HN-4.4.1")]


def test_deductibles_add_up(version: SchemeVersion) -> None:
    """Two deductibles of 300 must be named as 600 where 500 are allowed, one alone not."""
    policy = asking(deductible_max=parse_yuan("500"))
    twice = with_benefit(version, steps=(DEDUCTIBLE, DEDUCTIBLE, SHARE))
    assert told(nonconformities(twice, policy)) == [("benefits[0].steps[1].amount", "600.00", "HN-4.4.1")]
    assert nonconformities(with_benefit(version, steps=(DEDUCTIBLE, SHARE)), policy) == ()


@pytest.mark.clause("HN-4.4.2b")
def test_a_waiting_period_is_named(version: SchemeVersion, hunan: Policy) -> None:
    """A benefit with 30 days of waiting must be refused, and named for the benefit that waits."""
    waiting = Waiting(grades=(WaitingGrade(through_day=30, pays=ZERO),), source="HN-4.4.2b")
    found = nonconformities(with_benefit(version, waiting=waiting), hunan)
    assert told(found) == [("benefits[0].waiting.grades", "30", "HN-4.4.2b")]
    assert nonconformities(with_benefit(version, waiting=waiting), asking(waiting_days_max=30)) == ()


@pytest.mark.clause("HN-4.2.1e")
def test_an_earlier_payer_that_is_not_subtracted_is_named(version: SchemeVersion, hunan: Policy) -> None:
    """A base that leaves out large-cost insurance must be refused."""
    base = attrs.evolve(version.benefits[0].base, subtract=("hifp_pay",))
    found = nonconformities(with_benefit(version, base=base), hunan)
    assert told(found) == [("benefits[0].base.subtract", "no hifob_pay", "HN-4.2.1e")]


@pytest.mark.parametrize(
    ("add", "subtract"),
    [
        (("inscp_scp_amt",), ("hifp_pay", "hifob_pay")),
        (("inscp_scp_amt",), ("fund_pay_sumamt",)),
        (("psn_part_amt",), ()),
        (("psn_cash_pay", "acct_pay"), ()),
        (("act_pay_dedc",), ()),
        (("preselfpay_amt", "overlmt_selfpay", "fulamt_ownpay_amt"), ()),
        (("inscp_scp_amt", "preselfpay_amt"), ("hifp_pay", "hifob_pay")),
        (("own_amount",), ()),
    ],
)
@pytest.mark.clause("HN-4.2.1e", "ACFTU-3.1a")
def test_a_base_without_earlier_payers_conforms(
    version: SchemeVersion, hunan: Policy, add: tuple[str, ...], subtract: tuple[str, ...]
) -> None:
    """Subtracting payers or all funds, or starting from what the member bore, must conform."""
    fact = FactTerm(name="own_amount", kind=FactKind.AMOUNT, title="个人自负", source="HN-4.2.1f")
    base = AmountsBase(add=add, subtract=subtract, source="HN-4.2.1e")
    own = attrs.evolve(with_benefit(version, base=base), facts=(fact,))
    assert nonconformities(own, hunan) == ()


@pytest.mark.parametrize(
    ("add", "asked_for", "found"),
    [
        (("inscp_scp_amt",), ("hifp_pay", "hifmi_pay", "maf_pay"), ("hifp_pay", "hifmi_pay", "maf_pay")),
        (("medfee_sumamt",), ("fund_pay_sumamt",), ("fund_pay_sumamt",)),
        (("fund_pay_sumamt",), ("maf_pay",), ("maf_pay",)),
        (("hifp_pay",), ("fund_pay_sumamt", "maf_pay"), ("fund_pay_sumamt",)),
        (("act_pay_dedc", "hifp_pay"), ("hifp_pay", "maf_pay"), ("hifp_pay",)),
        (("psn_part_amt",), ("acct_pay", "maf_pay"), ("acct_pay",)),
    ],
)
@pytest.mark.clause("HN-4.2.1e", "ACFTU-3.1a")
def test_only_what_a_base_may_hold_is_to_be_subtracted(
    version: SchemeVersion, add: tuple[str, ...], asked_for: tuple[str, ...], found: tuple[str, ...]
) -> None:
    """A payer that paid nothing of what a base adds must not be asked for; any may have paid a cost."""
    base = AmountsBase(add=add, subtract=(), source="HN-4.2.1e")
    (fault,) = nonconformities(with_benefit(version, base=base), asking(earlier_payers=asked_for))
    assert (fault.rule, fault.found) == ("must subtract " + ", ".join(found), "no " + ", ".join(found))


def test_all_funds_together_are_their_sum(version: SchemeVersion) -> None:
    """A base that subtracts each of the seven funds must do where their sum is asked."""
    policy = asking(earlier_payers=("fund_pay_sumamt",))
    base = attrs.evolve(version.benefits[0].base, subtract=tuple(sorted(FUND_AMOUNTS)))
    assert nonconformities(with_benefit(version, base=base), policy) == ()
    some = attrs.evolve(base, subtract=("hifp_pay",))
    assert [fault.found for fault in nonconformities(with_benefit(version, base=some), policy)] == [
        "no fund_pay_sumamt"
    ]


def test_a_fixed_sum_has_no_earlier_payer(version: SchemeVersion) -> None:
    """A sum for an event, and a fixed sum by cost, must not be asked for earlier payers."""
    policy = asking(earlier_payers=("hifp_pay",))
    base = attrs.evolve(version.benefits[0].base, subtract=())
    sums = with_benefit(version, basis=Basis.FIXED, base=base, steps=(SUMS,))
    step = FixedSum(amount=parse_yuan("1000"), source="GD-2.3.2b")
    event = with_benefit(version, basis=Basis.FIXED, base=EventBase(source="GD-2.3.2b"), steps=(step,))
    assert nonconformities(sums, policy) + nonconformities(event, policy) == ()


@pytest.mark.clause("HN-4.4.3c")
def test_a_version_without_a_cap_is_named(version: SchemeVersion, hunan: Policy) -> None:
    """Caps of a lifetime, of a word or of payments must not do for the cap of a period."""
    cap = version.benefits[0].limits[0]
    limits = (
        attrs.evolve(cap, per=Per.LIFETIME),
        attrs.evolve(cap, each="hosp_lv"),
        PaymentsLimit(most=3, per=Per.PERIOD, source="HN-4.4.3c"),
    )
    found = nonconformities(with_benefit(version, limits=limits), hunan)
    assert told(found) == [("benefits[0].limits", "none", "HN-4.4.3c")]


def test_a_version_without_a_cap_conforms_where_none_is_asked(version: SchemeVersion) -> None:
    """A policy that asks for no cap must accept a version without one, and one without benefits."""
    assert nonconformities(with_benefit(version, limits=()), asking(cap_required=False)) == ()
    assert nonconformities(attrs.evolve(version, benefits=()), asking(cap_required=True)) == ()


@pytest.fixture
def second(benefit: Benefit) -> Benefit:
    """A second benefit with a cap of its own."""
    return attrs.evolve(benefit, benefit_id="second")


@pytest.mark.clause("HN-4.4.3c")
def test_all_benefits_share_one_cap(version: SchemeVersion, hunan: Policy, second: Benefit) -> None:
    """Two benefits with caps of their own must be refused, since the total has no cap."""
    found = nonconformities(attrs.evolve(version, benefits=(*version.benefits, second)), hunan)
    assert told(found) == [("benefits", "inpatient, second", "HN-4.4.3c")]


def test_benefits_that_share_a_counter_conform(
    version: SchemeVersion, hunan: Policy, second: Benefit
) -> None:
    """Two benefits under the counter of one cap must conform."""
    shared = AmountLimit(most=parse_yuan("20000"), per=Per.PERIOD, counter="all", source="HN-4.4.3c")
    benefits = tuple(attrs.evolve(each, limits=(shared,)) for each in (*version.benefits, second))
    assert nonconformities(attrs.evolve(version, benefits=benefits), hunan) == ()


def test_one_benefit_without_a_cap_is_named_alone(
    version: SchemeVersion, hunan: Policy, second: Benefit
) -> None:
    """Where one of two benefits has no cap, that one must be named, and not the sharing too."""
    benefits = (*version.benefits, attrs.evolve(second, limits=()))
    found = nonconformities(attrs.evolve(version, benefits=benefits), hunan)
    assert told(found) == [("benefits[1].limits", "none", "HN-4.4.3c")]
