"""Conformity (合规检查): whether a scheme version keeps to the policy above it."""

from collections.abc import Iterator

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion


def nonconformities(version: SchemeVersion, policy: Policy) -> tuple[Fault, ...]:
    """Everything in *version* that *policy* does not allow; empty where it conforms.

    Clause:
        ACFTU-18.1 and those of the single checks
    """
    checks = (_wrong_policy, _dues, _payers, _eligibility, _no_deductible, _no_waiting, _earlier_payers, _cap)
    return tuple(found for check in checks for found in check(version, policy))


@implements("HN-3.2.1a", "HN-3.2.1b", "ACFTU-4.2a")
def pooling_nonconformities(region: PoolingRegion, policy: Policy) -> tuple[Fault, ...]:
    """What is wrong with *region* as a pool under *policy*; empty where nothing is.

    Clause:
        HN-3.2.1a, HN-3.2.1b, ACFTU-4.2a
    """
    found = []
    if region.level is not policy.pooling.level:
        rule = f"must be {policy.pooling.level.value}"
        found.append(Fault(subject="region.level", rule=rule, found=region.level.value, clause="HN-3.2.1a"))
    if region.type not in policy.pooling.types:
        rule = "must be one of " + ", ".join(each.value for each in policy.pooling.types)
        found.append(Fault(subject="region.type", rule=rule, found=region.type.value, clause="HN-3.2.1b"))
    return tuple(found)


@implements("HN-0.3", "HN-4.3.4a", "ACFTU-4.3c")
def parts_nonconformities(
    policy: Policy, region: PoolingRegion, scheme: Scheme, version: SchemeVersion, period: Period
) -> tuple[Fault, ...]:
    """Where the parts of a founding do not belong together; empty where they do.

    Clause:
        HN-0.3, HN-4.3.4a, ACFTU-4.3c
    """
    belongs = (
        ("scheme.policy_id", scheme.policy_id, policy.policy_id, "HN-0.3"),
        ("scheme.pool_id", scheme.pool_id, region.pool_id, "ACFTU-4.2a"),
        ("scheme_id", version.scheme_id, scheme.scheme_id, "ACFTU-4.3c"),
        ("period.scheme_id", period.scheme_id, scheme.scheme_id, "HN-4.3.4a"),
        ("period.state", period.state.value, PeriodState.OPEN.value, "ACFTU-S4.2b"),
    )
    faults = [
        Fault(subject=subject, rule=f"must be {wanted}", found=found, clause=clause)
        for subject, found, wanted, clause in belongs
        if found != wanted
    ]
    uncovered = next(
        (day for day in (period.cover.first_day, period.cover.last_day) if not version.is_in_force(day)), None
    )
    if uncovered is not None:
        rule, found = "must be in force through the period", f"not on {uncovered.isoformat()}"
        faults.append(Fault(subject="first_day", rule=rule, found=found, clause="ACFTU-4.3c"))
    return tuple(faults)


@implements("HN-0.3")
def _wrong_policy(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    if version.policy_id != policy.policy_id:
        rule = f"must be {policy.policy_id}"
        yield Fault(subject="policy_id", rule=rule, found=version.policy_id, clause="HN-0.3")
    if version.first_day < policy.valid_from:
        rule = f"must be >= {policy.valid_from.isoformat()}"
        yield Fault(subject="first_day", rule=rule, found=version.first_day.isoformat(), clause="ACFTU-4.3c")


@implements("HN-4.3.4b", "HN-4.3.4c")
def _dues(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    dues, terms = version.dues, policy.contribution
    if not terms.amount_min <= dues.amount <= terms.amount_max:
        rule = f"must be {terms.amount_min} to {terms.amount_max}"
        yield Fault(subject="dues.amount", rule=rule, found=str(dues.amount), clause="HN-4.3.4b")
    if dues.shares_max > terms.shares_max:
        rule = f"must be <= {terms.shares_max}"
        yield Fault(subject="dues.shares_max", rule=rule, found=str(dues.shares_max), clause="HN-4.3.4c")


@implements("HN-4.3.1")
def _payers(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    strangers = [payer.value for payer in version.dues.payers if payer not in policy.contribution.payers]
    if strangers:
        rule = "must be among " + ", ".join(payer.value for payer in policy.contribution.payers)
        yield Fault(subject="dues.payers", rule=rule, found=", ".join(strangers), clause="HN-4.3.1")


@implements("HN-4.1.1b", "HN-4.1.1c")
def _eligibility(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    own, limits = version.eligibility, policy.eligibility
    insured = [each.value for each in own.insurance_types if each not in limits.insurance_types]
    employed = [each.value for each in own.employments if each not in limits.employments]
    if insured:
        rule = "must be among " + ", ".join(each.value for each in limits.insurance_types)
        parameter = "eligibility.insurance_types"
        yield Fault(subject=parameter, rule=rule, found=", ".join(insured), clause="HN-4.1.1b")
    if employed:
        rule = "must be among " + ", ".join(each.value for each in limits.employments)
        parameter = "eligibility.employments"
        yield Fault(subject=parameter, rule=rule, found=", ".join(employed), clause="HN-4.1.1c")


@implements("HN-4.4.2a")
def _no_deductible(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    if version.benefit.deductible > policy.benefit.deductible_max:
        rule = f"must be <= {policy.benefit.deductible_max}"
        found = str(version.benefit.deductible)
        yield Fault(subject="benefit.deductible", rule=rule, found=found, clause="HN-4.4.2a")


@implements("HN-4.4.2b")
def _no_waiting(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    if version.event.waiting_days > policy.benefit.waiting_days_max:
        rule = f"must be <= {policy.benefit.waiting_days_max}"
        found = str(version.event.waiting_days)
        yield Fault(subject="event.waiting_days", rule=rule, found=found, clause="HN-4.4.2b")


@implements("HN-4.2.1e", "ACFTU-3.1a")
def _earlier_payers(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    missing = [field for field in policy.benefit.earlier_payers if field not in version.benefit.base.subtract]
    if missing:
        rule = "must subtract " + ", ".join(policy.benefit.earlier_payers)
        found = "no " + ", ".join(missing)
        yield Fault(subject="benefit.base.subtract", rule=rule, found=found, clause="HN-4.2.1e")


@implements("HN-4.4.3c")
def _cap(version: SchemeVersion, policy: Policy) -> Iterator[Fault]:
    if policy.benefit.cap_required and version.benefit.period_cap is None:
        yield Fault(subject="benefit.limits", rule="must hold a period cap", found="none", clause="HN-4.4.3c")
