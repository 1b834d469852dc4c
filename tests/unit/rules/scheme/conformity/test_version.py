"""Conformity: a scheme version keeps to the policies above it, and its parts belong together."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CountWithin
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.policy import Extends, Policy
from mutualaid_core.domain.scheme.policy.fund import AccountTerms
from mutualaid_core.domain.scheme.policy.product import ContributionTerms, ProductTerms
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.domain.scheme.scheme import Scheme, SchemeKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.rules.scheme.conformity import (
    nonconformities,
    parts_nonconformities,
    pooling_nonconformities,
)

DAY = datetime.date

MAIN = Part(part_id="main", name="主险", source="SN-2.2.3a")
RIDER = Part(part_id="rider", name="副险", source="SN-2.2.3a")
SILENT = Policy(policy_id="HN-2013", title="一无所求", valid_from=DAY(2013, 9, 25))


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """Subject, value and clause of each fault."""
    return [(fault.subject, fault.found, fault.clause) for fault in faults]


def with_rate(version: SchemeVersion, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any field of the rate
    """The version with another rate of dues."""
    rate = attrs.evolve(version.dues.rates[0], **changes)
    return attrs.evolve(version, dues=attrs.evolve(version.dues, rates=(rate,)))


def test_the_sample_conforms(version: SchemeVersion, hunan: Policy, floor: Policy) -> None:
    """The version of 2014 must have no fault under the guidance, with or without the floor."""
    assert (nonconformities(version, hunan), nonconformities(version, hunan, floor)) == ((), ())


def test_a_silent_policy_asks_nothing(version: SchemeVersion) -> None:
    """A layer without parameters must fault nothing, be it a version or a pool."""
    free = with_rate(version, amount=parse_yuan("500"), shares_max=9)
    assert nonconformities(attrs.evolve(free, last_day=None), SILENT) == ()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"policy_id": "GD-2022"}, ("policy_id", "GD-2022", "HN-0.3")),
        ({"first_day": DAY(2013, 9, 24)}, ("first_day", "2013-09-24", "ACFTU-4.3c")),
    ],
)
def test_a_version_of_another_policy_or_time_is_named(
    version: SchemeVersion, hunan: Policy, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """A version that names another policy, or begins before it, must have that one fault."""
    assert told(nonconformities(attrs.evolve(version, **changes), hunan)) == [fault]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"amount": parse_yuan("39.99")}, ("dues.rates[0].amount", "39.99", "HN-4.3.4b")),
        ({"amount": parse_yuan("60.01")}, ("dues.rates[0].amount", "60.01", "HN-4.3.4b")),
        ({"shares_max": 2}, ("dues.rates[0].shares_max", "2", "HN-4.3.4c")),
    ],
)
def test_dues_outside_the_range_are_named(
    version: SchemeVersion, hunan: Policy, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """Dues below 40 or above 60 yuan and a second share must each have that one fault."""
    assert told(nonconformities(with_rate(version, **changes), hunan)) == [fault]


@pytest.mark.parametrize("amount", [40, 50, 60])
def test_dues_within_the_range_conform(version: SchemeVersion, hunan: Policy, amount: int) -> None:
    """Dues of 40 to 60 yuan, both included, must conform."""
    assert nonconformities(with_rate(version, amount=Money(amount * 100)), hunan) == ()


@pytest.mark.parametrize(
    ("terms", "rule"),
    [
        ({"amount_min": parse_yuan("51")}, "must be >= 51.00"),
        ({"amount_max": parse_yuan("49")}, "must be <= 49.00"),
        ({"amount_min": parse_yuan("51"), "amount_max": parse_yuan("60")}, "must be 51.00 to 60.00"),
    ],
)
def test_one_end_of_a_range_is_enough(version: SchemeVersion, terms: dict[str, Money], rule: str) -> None:
    """A policy with only a least or only a highest amount must ask for that alone."""
    policy = attrs.evolve(SILENT, contribution=ContributionTerms(**terms, source="HN-4.3.4b"))
    assert [fault.rule for fault in nonconformities(version, policy)] == [rule]


@pytest.fixture
def under_floor(version: SchemeVersion) -> SchemeVersion:
    """The version as one under the floor alone."""
    return attrs.evolve(version, policy_id="ACFTU-2018", first_day=DAY(2019, 1, 1), last_day=None)


@pytest.mark.clause("ACFTU-1.1c")
def test_dues_do_not_differ_by_age(under_floor: SchemeVersion, floor: Policy) -> None:
    """40.00 for those under 45 and 60.00 for others must be refused under the floor."""
    young = attrs.evolve(
        under_floor.dues.rates[0], amount=parse_yuan("40"), when=(CountWithin(fact="age", most=44),)
    )
    dear = AmountWithin(add=("medfee_sumamt",), above=Money(0))
    others = attrs.evolve(young, amount=parse_yuan("60"), when=(dear,))
    dues = attrs.evolve(under_floor.dues, rates=(young, others))
    found = nonconformities(attrs.evolve(under_floor, dues=dues), floor)
    assert told(found) == [("dues.rates[0].when", "age", "ACFTU-1.1c")]


@pytest.mark.clause("ACFTU-1.1c")
def test_one_amount_for_some_ages_is_one_price(under_floor: SchemeVersion, floor: Policy) -> None:
    """Rates of two parts that only those of 18 to 60 may join must conform."""
    grown = CountWithin(fact="age", least=18, most=60)
    first = attrs.evolve(under_floor.dues.rates[0], part="inpatient", when=(grown,))
    second = attrs.evolve(first, part="accident", amount=parse_yuan("20"))
    dues = attrs.evolve(under_floor.dues, rates=(first, second))
    assert nonconformities(attrs.evolve(under_floor, dues=dues), floor) == ()


def test_a_payer_whom_the_policy_does_not_name_is_named(version: SchemeVersion) -> None:
    """A version that lets donations pay must be faulted where the policy does not."""
    terms = ContributionTerms(payers=(FundingSource.MEMBER,), source="HN-4.3.1")
    dues = attrs.evolve(version.dues, payers=(FundingSource.MEMBER, FundingSource.DONATION))
    found = nonconformities(attrs.evolve(version, dues=dues), attrs.evolve(SILENT, contribution=terms))
    assert told(found) == [("dues.payers", "donation", "HN-4.3.1")]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"insurance_types": (InsuranceType.EMPLOYEE, InsuranceType.RESIDENT)},
            ("eligibility.insurance_types", "390", "HN-4.1.1b"),
        ),
        ({"employments": (Employment.RETIRED,)}, ("eligibility.employments", "retired", "HN-4.1.1c")),
    ],
)
def test_members_outside_the_policy_are_named(
    version: SchemeVersion, hunan: Policy, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """Residents' insurance and retired members must each have that one fault."""
    eligibility = attrs.evolve(version.eligibility, **changes)
    assert told(nonconformities(attrs.evolve(version, eligibility=eligibility), hunan)) == [fault]


def test_a_single_item_has_no_parts(version: SchemeVersion, hunan: Policy) -> None:
    """A main item with a rider must be refused where the first phase is one item."""
    parts = (MAIN, attrs.evolve(RIDER, needs=("main",)))
    found = nonconformities(attrs.evolve(version, parts=parts), hunan)
    assert told(found) == [("parts", "main, rider", "HN-4.2.1a")]


@pytest.mark.parametrize(
    ("rider", "faults"),
    [
        (attrs.evolve(RIDER, needs=("main",)), []),
        (attrs.evolve(RIDER, excludes=("main",)), []),
        (RIDER, [("parts[1].needs", "none", "SN-2.2.3a")]),
    ],
)
def test_a_rider_names_its_main_item(
    version: SchemeVersion, rider: Part, faults: list[tuple[str, str, str]]
) -> None:
    """A second part must need the main item or be another one to choose, where riders need it."""
    policy = attrs.evolve(SILENT, product=ProductTerms(rider_requires_main=True, source="SN-2.2.3a"))
    assert told(nonconformities(attrs.evolve(version, parts=(MAIN, rider)), policy)) == faults


def test_a_large_payment_is_as_small_as_the_policy_asks(version: SchemeVersion) -> None:
    """A higher amount and a shorter window than the policy's must both be named."""
    account = AccountTerms(large_amount=parse_yuan("10000"), large_window_days=30, source="ACFTU-13.5b")
    assert told(nonconformities(version, attrs.evolve(SILENT, account=account))) == [
        ("open_points.large_payment.amount", "20000.00", "ACFTU-13.5b"),
        ("open_points.large_payment.window_days", "7", "ACFTU-13.5b"),
    ]


def test_all_faults_are_told_at_once(version: SchemeVersion, hunan: Policy) -> None:
    """A version that loosens two rules must have both faults."""
    loose = attrs.evolve(with_rate(version, shares_max=2), policy_id="GD-2022")
    subjects = [fault.subject for fault in nonconformities(loose, hunan)]
    assert subjects == ["policy_id", "dues.rates[0].shares_max"]


def test_a_layer_that_starts_later_judges_from_its_day(
    version: SchemeVersion, hunan: Policy, floor: Policy
) -> None:
    """What the floor adds on 2018-09-12 must be asked from that day, with the layer that asks it."""
    base = attrs.evolve(version.benefits[0].base, subtract=("hifp_pay", "hifob_pay"))
    loose = attrs.evolve(version, benefits=(attrs.evolve(version.benefits[0], base=base),), last_day=None)
    found = nonconformities(loose, hunan, floor)
    assert " | ".join(str(fault) for fault in found) == (
        "benefits[0].base.subtract must subtract hifp_pay, hifmi_pay, maf_pay, hifob_pay by ACFTU-2018 "
        "from 2018-09-12, got no hifmi_pay, maf_pay [ACFTU-3.1a]"
    )
    assert nonconformities(attrs.evolve(loose, last_day=DAY(2018, 9, 11)), hunan, floor) == ()


def test_the_layer_above_is_named(version: SchemeVersion, floor: Policy) -> None:
    """A fault against a parameter of the layer above alone must name that layer."""
    city = Policy(
        policy_id="CITY",
        title="市级办法",
        valid_from=DAY(2019, 1, 1),
        extends=Extends(policy="ACFTU-2018", from_day=DAY(2019, 1, 1)),
    )
    base = attrs.evolve(version.benefits[0].base, subtract=())
    own = attrs.evolve(
        version,
        policy_id="CITY",
        first_day=DAY(2019, 1, 1),
        last_day=None,
        benefits=(attrs.evolve(version.benefits[0], base=base),),
    )
    (fault,) = nonconformities(own, city, floor)
    assert fault.rule == "must subtract hifp_pay, hifmi_pay, maf_pay by ACFTU-2018"
    assert fault.clause == "ACFTU-3.1a"


def test_layers_that_contradict_are_told_by_the_chain(
    version: SchemeVersion, region: PoolingRegion, hunan: Policy
) -> None:
    """Where no amount of dues can be right, neither version nor pool may be judged by the layers."""
    city = attrs.evolve(
        SILENT,
        policy_id="CITY",
        extends=Extends(policy="HN-2013", from_day=DAY(2013, 9, 25)),
        contribution=ContributionTerms(amount_min=parse_yuan("70"), source="HN-4.3.4b"),
    )
    own = attrs.evolve(version, policy_id="CITY")
    assert (nonconformities(own, city, hunan), pooling_nonconformities(region, city, hunan)) == ((), ())


def test_a_city_pool_conforms(region: PoolingRegion, hunan: Policy) -> None:
    """A prefecture under the province must be a pool."""
    assert pooling_nonconformities(region, hunan) == ()


def test_a_pool_of_another_level_and_type_has_both_faults(region: PoolingRegion, hunan: Policy) -> None:
    """A provincial pool of an industry must be faulted for level and type."""
    other = attrs.evolve(region, level=PoolLevel.PROVINCE, type=PoolType.INDUSTRY)
    assert told(pooling_nonconformities(other, hunan, on=DAY(2014, 1, 1))) == [
        ("region.level", "province", "HN-3.2.1a"),
        ("region.type", "industry", "HN-3.2.1b"),
    ]


@pytest.fixture
def parts(version: SchemeVersion, region: PoolingRegion, hunan: Policy) -> dict[str, Any]:
    """A founding whose parts belong together."""
    scheme = Scheme(
        scheme_id="HN-A",
        name="职工住院医疗互助",
        kind=SchemeKind.INPATIENT,
        policy_id="HN-2013",
        pool_id="430500",
        sponsor="市总工会",
        operator="市职工维权帮扶中心",
    )
    cover = DayRange(DAY(2014, 1, 1), DAY(2014, 12, 31))
    period = Period(scheme_id="HN-A", period_id="2014", cover=cover)
    return {"policy": hunan, "region": region, "scheme": scheme, "version": version, "period": period}


def test_parts_that_belong_together_conform(parts: dict[str, Any]) -> None:
    """The sample founding must have no fault."""
    assert parts_nonconformities(**parts) == ()


@pytest.mark.parametrize(
    ("part", "changes", "fault"),
    [
        ("scheme", {"policy_id": "GD-2022"}, ("scheme.policy_id", "GD-2022", "HN-0.3")),
        ("scheme", {"pool_id": "430100"}, ("scheme.pool_id", "430100", "ACFTU-4.2a")),
        ("version", {"scheme_id": "HN-B"}, ("scheme_id", "HN-B", "ACFTU-4.3c")),
        ("period", {"scheme_id": "HN-B"}, ("period.scheme_id", "HN-B", "HN-4.3.4a")),
        ("period", {"state": PeriodState.CLOSED}, ("period.state", "closed", "ACFTU-S4.2b")),
        ("version", {"last_day": DAY(2014, 12, 30)}, ("first_day", "not on 2014-12-31", "ACFTU-4.3c")),
        (
            "period",
            {"cover": DayRange(DAY(2013, 12, 31), DAY(2014, 12, 30))},
            ("first_day", "not on 2013-12-31", "ACFTU-4.3c"),
        ),
    ],
)
def test_parts_that_do_not_belong_together_are_named(
    parts: dict[str, Any], part: str, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """A part of another policy, pool, scheme or time must have that one fault."""
    parts[part] = attrs.evolve(parts[part], **changes)
    assert told(parts_nonconformities(**parts)) == [fault]
