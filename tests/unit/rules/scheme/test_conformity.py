"""Conformity: a scheme version keeps to the policy above it, and its parts belong together."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.period import PeriodState
from mutualaid_core.domain.scheme.region import PoolLevel, PoolType
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.rules.scheme.conformity import (
    nonconformities,
    parts_nonconformities,
    pooling_nonconformities,
)
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD_RECORD,
    POLICY,
    REGION,
    SCHEME_RECORD,
    VERSION,
    yuan,
)

DAY = datetime.date


def changed(part: str, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any field of the part
    """The sample version with one part changed."""
    return attrs.evolve(VERSION, **{part: attrs.evolve(getattr(VERSION, part), **changes)})


def told(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    """Subject, value and clause of each fault."""
    return [(fault.subject, fault.found, fault.clause) for fault in faults]


@pytest.mark.parametrize(
    ("version", "fault"),
    [
        (attrs.evolve(VERSION, policy_id="GD-2022"), ("policy_id", "GD-2022", "HN-0.3")),
        (
            attrs.evolve(VERSION, first_day=DAY(2013, 9, 24)),
            ("first_day", "2013-09-24", "ACFTU-4.3c"),
        ),
        (changed("dues", amount=yuan("39.99")), ("dues.amount", "39.99", "HN-4.3.4b")),
        (changed("dues", amount=yuan("60.01")), ("dues.amount", "60.01", "HN-4.3.4b")),
        (changed("dues", shares_max=2), ("dues.shares_max", "2", "HN-4.3.4c")),
        (
            changed("eligibility", insurance_types=(InsuranceType.EMPLOYEE, InsuranceType.RESIDENT)),
            ("eligibility.insurance_types", "390", "HN-4.1.1b"),
        ),
        (
            changed("eligibility", employments=(Employment.RETIRED,)),
            ("eligibility.employments", "retired", "HN-4.1.1c"),
        ),
        (changed("benefit", deductible=yuan(300)), ("benefit.deductible", "300.00", "HN-4.4.2a")),
        (changed("event", waiting_days=30), ("event.waiting_days", "30", "HN-4.4.2b")),
        (
            changed("benefit", base=attrs.evolve(VERSION.benefit.base, subtract=("hifp_pay",))),
            ("benefit.base.subtract", "no hifob_pay", "HN-4.2.1e"),
        ),
        (changed("benefit", limits=()), ("benefit.limits", "none", "HN-4.4.3c")),
    ],
)
def test_each_loosening_is_named(version: SchemeVersion, fault: tuple[str, str, str]) -> None:
    """A version that loosens one rule of the policy must have that one fault."""
    assert told(nonconformities(version, POLICY)) == [fault]


def test_a_payer_whom_the_policy_does_not_name_is_named() -> None:
    """A version that lets donations pay must be faulted where the policy does not."""
    policy = attrs.evolve(
        POLICY, contribution=attrs.evolve(POLICY.contribution, payers=(FundingSource.MEMBER,))
    )
    version = changed("dues", payers=(FundingSource.MEMBER, FundingSource.DONATION))
    assert told(nonconformities(version, policy)) == [("dues.payers", "donation", "HN-4.3.1")]


@pytest.mark.parametrize("amount", [40, 50, 60])
def test_dues_within_the_range_conform(amount: int) -> None:
    """Dues of 40 to 60 yuan, both included, must conform."""
    assert nonconformities(changed("dues", amount=yuan(amount)), POLICY) == ()


def test_a_version_without_a_cap_conforms_where_none_is_asked() -> None:
    """A policy that asks for no cap must accept a version without one."""
    policy = attrs.evolve(POLICY, benefit=attrs.evolve(POLICY.benefit, cap_required=False))
    assert nonconformities(changed("benefit", limits=()), policy) == ()


def test_all_faults_are_told_at_once() -> None:
    """A version that loosens two rules must have both faults."""
    version = attrs.evolve(changed("dues", shares_max=2), policy_id="GD-2022")
    assert [fault.subject for fault in nonconformities(version, POLICY)] == ["policy_id", "dues.shares_max"]


def test_a_city_pool_conforms() -> None:
    """A prefecture under the province must be a pool."""
    assert pooling_nonconformities(REGION, POLICY) == ()


def test_a_pool_of_another_level_and_type_has_both_faults() -> None:
    """A provincial pool of an industry must be faulted for level and type."""
    region = attrs.evolve(REGION, level=PoolLevel.PROVINCE, type=PoolType.INDUSTRY)
    assert told(pooling_nonconformities(region, POLICY)) == [
        ("region.level", "province", "HN-3.2.1a"),
        ("region.type", "industry", "HN-3.2.1b"),
    ]


def test_parts_that_belong_together_conform() -> None:
    """The sample founding must have no fault."""
    parts = (FOUNDING.policy, FOUNDING.region, FOUNDING.scheme, FOUNDING.version, FOUNDING.period)
    assert parts_nonconformities(*parts) == ()


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
    part: str, changes: dict[str, Any], fault: tuple[str, str, str]
) -> None:
    """A part of another policy, pool, scheme or time must have that one fault."""
    parts = {
        "policy": POLICY,
        "region": REGION,
        "scheme": SCHEME_RECORD,
        "version": VERSION,
        "period": PERIOD_RECORD,
    }
    parts[part] = attrs.evolve(parts[part], **changes)
    assert told(parts_nonconformities(**parts)) == [fault]
