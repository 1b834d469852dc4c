"""Approvals (审批): who may approve, and what a start and a stop still need."""

import datetime
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import Paper
from mutualaid_core.domain.membership.organisation import Organisation, OrganisationLevel
from mutualaid_core.domain.scheme.policy import EffectivePolicy
from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.fund.purposes import disposal_faults
from mutualaid_core.rules.membership.organisation.tree import organisation_on

_LEVELS: Final[Mapping[PoolLevel, OrganisationLevel]] = MappingProxyType(
    {PoolLevel.PROVINCE: OrganisationLevel.PROVINCE, PoolLevel.CITY: OrganisationLevel.POOL}
)


@implements("ACFTU-4.4b", "ACFTU-4.3a")
def union_faults(
    union: Organisation, scheme: Scheme, region: PoolingRegion, on: datetime.date
) -> tuple[Fault, ...]:
    """Why a union is not the one at the level of a scheme: the sponsor of the scheme and no other.

    Args:
        union: The union.
        scheme: The scheme.
        region: Its pooling region.
        on: Business day.

    Clause:
        ACFTU-4.4b, ACFTU-4.3a
    """
    faults = []
    wanted = _LEVELS[region.level]
    if union.level is not wanted:
        rule = f"must be of the level {wanted.value} of the pool {region.pool_id}"
        faults.append(_of_union(union, rule, union.level.value))
    term = organisation_on(union, on)
    if term is None or term.name != scheme.sponsor:
        rule = f"must be the sponsoring union of {scheme.scheme_id}"
        faults.append(_of_union(union, rule, term.name if term else "not in being"))
    return tuple(faults)


def _of_union(union: Organisation, rule: str, found: str) -> Fault:
    return Fault(subject=union.organisation_id, rule=rule, found=found, clause="ACFTU-4.4b")


@implements("ACFTU-4.4b", "ACFTU-4.4c")
def issuer_faults(
    papers: tuple[PaperOnFile, ...], union_id: str, on: datetime.date, clause: str
) -> tuple[Fault, ...]:
    """Approvals of another union than that at the same level, or of a later day.

    Args:
        papers: Papers that come with a step.
        union_id: Union at the same level.
        on: Business day of the step.
        clause: ``ACFTU-4.4b`` for a scheme, ``ACFTU-4.4c`` for an organisation.

    Clause:
        ACFTU-4.4b, ACFTU-4.4c
    """
    approvals = [each for each in papers if each.paper is Paper.APPROVAL]
    strange = (
        Fault(
            subject=each.document,
            rule=f"must be issued by {union_id}, the union at the same level",
            found=str(each.issuer_id),
            clause=clause,
        )
        for each in approvals
        if each.issuer_id != union_id
    )
    early = (
        Fault(
            subject=each.document,
            rule=f"must be issued by {on.isoformat()}",
            found=each.issued_on.isoformat(),
            clause=clause,
        )
        for each in approvals
        if each.issued_on > on
    )
    return (*strange, *early)


@implements("ACFTU-4.4b")
def start_faults(file: ApprovalFile, papers: tuple[PaperOnFile, ...]) -> tuple[Fault, ...]:
    """Why a scheme may not start: it names no approval, or not the one by which it was approved.

    Args:
        file: Its file.
        papers: Papers that come with the start.

    Clause:
        ACFTU-4.4b
    """
    known = file.last(Paper.APPROVAL)
    wanted = known.document if known else "an approval on file"
    return tuple(
        Fault(subject=each.document, rule=f"must be {wanted}", found=each.document, clause="ACFTU-4.4b")
        for each in papers
        if each.paper is Paper.APPROVAL and (known is None or each.document != known.document)
    )


@implements("ACFTU-4.4b")
def stop_faults(
    scheme: Scheme,
    papers: tuple[PaperOnFile, ...],
    disposal: SurplusDisposal | None,
    owed: tuple[int, Money | None],
    policy: EffectivePolicy,
) -> tuple[Fault, ...]:
    """Why a scheme may not stop: nobody knows how what it owes is met, and what becomes of the rest.

    Args:
        scheme: The scheme.
        papers: Papers that come with the stop.
        disposal: What is to become of the surplus.
        owed: Open claims, and what has happened and is not yet reported; ``None`` where nobody
            has estimated that.
        policy: What the policies above the scheme ask.

    Clause:
        ACFTU-4.4b
    """
    claims, unreported = owed
    faults = []
    if all(each.paper is not Paper.RUN_OFF_PLAN for each in papers):
        told = "not estimated" if unreported is None else str(unreported)
        rule = f"must have a run-off plan for {claims} open claims and {told} not yet reported"
        faults.append(_of_stop(scheme, rule, "none"))
    if unreported is None:
        faults.append(_of_stop(scheme, "must estimate what is not yet reported", "none"))
    if disposal is None:
        faults.append(_of_stop(scheme, "must say what becomes of the surplus", "none"))
        return tuple(faults)
    return (*faults, *disposal_faults(disposal, policy))


def _of_stop(scheme: Scheme, rule: str, found: str) -> Fault:
    return Fault(subject=scheme.scheme_id, rule=rule, found=found, clause="ACFTU-4.4b")


@implements("ACFTU-4.4a")
def closing_faults(scheme: Scheme, open_claims: int) -> tuple[Fault, ...]:
    """Why a scheme that runs off may not be closed yet: claims are open.

    Clause:
        ACFTU-4.4a
    """
    if not open_claims:
        return ()
    rule = "must have no open claim to be closed"
    return (Fault(subject=scheme.scheme_id, rule=rule, found=str(open_claims), clause="ACFTU-4.4a"),)
