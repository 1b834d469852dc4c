"""Approvals (审批): a scheme goes one step further in its life, with its papers."""

import attrs

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import (
    SCHEME_LIFE,
    LifeAct,
    LifeStep,
    step_of,
)
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.governance.readiness import Checklist, ParameterBasis
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.governance.approval import (
    closing_faults,
    issuer_faults,
    start_faults,
    stop_faults,
)
from mutualaid_core.rules.governance.lifecycle import (
    launch_faults,
    paper_faults,
    registering_faults,
    stage_faults,
)
from mutualaid_core.rules.governance.pricing import pricing_faults
from mutualaid_core.rules.governance.readiness import basis_faults, readiness
from mutualaid_core.services.governance.filing import (
    Moved,
    entry_of,
    put_on_file,
    stage_in,
    union_on_file_faults,
)
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import file_key, versions_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_all, read_many


@attrs.frozen(kw_only=True)
class MoveScheme:
    """Command: a scheme goes one step further.

    Attributes:
        scheme_id: Scheme.
        union_id: Union at the same level, which alone approves.
        act: What is done.
        papers: Papers that come with it.
        memo: Pricing memo, for a start.
        checklist: What the region shows, for a start.
        basis: On what the region's parameters rest, for a start.
        unreported: What has happened and is not yet reported, for a stop.
        disposal: What becomes of the surplus, for a stop.
    """

    scheme_id: SchemeId
    union_id: str
    act: LifeAct
    papers: tuple[PaperOnFile, ...] = ()
    memo: PricingMemo | None = None
    checklist: Checklist | None = None
    basis: ParameterBasis | None = None
    unreported: Money | None = None
    disposal: SurplusDisposal | None = None


def move_scheme(host: Host, act: Act, command: MoveScheme) -> Done[Moved]:
    """Take a scheme one step further, or say all that stands against it.

    A scheme that was founded before it had a file is active; its file begins with the next step.
    The papers of its start can be filed afterwards, and are judged as those of any start.

    Raises:
        NotFoundError: The scheme is to start, stop or go on, and was never founded.
        VersionGapError: It is to start, and not exactly one version is in force, or comes first.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b, ACFTU-4.1, ACFTU-3.1c, ACFTU-3.2d
    """

    def decide(work: Work) -> Moved:
        file = work.find(ApprovalFile, file_key(command.scheme_id))
        stage = stage_in(work, command.scheme_id, file)
        step = step_of(SCHEME_LIFE, stage, command.act)
        if step is None:
            faults = stage_faults(SCHEME_LIFE, stage, command.act, command.scheme_id)
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        if faults := _scheme_faults(work, host, act, command, step, file):
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        if lacking := _lacking(command):
            return Moved(outcome=Outcome.HOLD, stage=stage, faults=lacking)
        entry = entry_of(act, step, command.papers, command.memo)
        first = ApprovalFile(scheme_id=command.scheme_id, union_id=command.union_id, approvals=(entry,))
        put_on_file(work, file, first)
        return Moved(outcome=Outcome.PASS, stage=step.to_stage, faults=())

    purpose = Purpose(name="move_scheme", subject=command.scheme_id, chain=command.scheme_id, answer=Moved)
    return perform(host, act, purpose, command, decide)


def _lacking(command: MoveScheme) -> tuple[Fault, ...]:
    """What the region still lacks for a start; it may come, so nothing is refused for it."""
    if command.act not in {LifeAct.ACTIVATE, LifeAct.REGISTER} or command.checklist is None:
        return ()
    return readiness(command.checklist).faults


def _scheme_faults(  # noqa: PLR0913, PLR0917  # an act and what it rests on
    work: Work,
    host: Host,
    act: Act,
    command: MoveScheme,
    step: LifeStep,
    file: ApprovalFile | None,
) -> tuple[Fault, ...]:
    """Everything against a step that the table allows, but for what may still come."""
    faults = (
        *union_on_file_faults(work, act, command.scheme_id, command.union_id, file),
        *paper_faults(step, command.papers, command.scheme_id),
        *issuer_faults(command.papers, command.union_id, act.business_on, "ACFTU-4.4b"),
    )
    if step.act is LifeAct.ADJUST:
        rule = "must come with the version that has the other contribution"
        fault = Fault(subject=command.scheme_id, rule=rule, found="none", clause="HN-4.3.4d")
        return (*faults, fault)
    if step.act is LifeAct.ACTIVATE and file is not None:
        return (*faults, *start_faults(file, command.papers), *_start_faults(work, host, act, command))
    if step.act is LifeAct.REGISTER:
        known = registering_faults(file, command.scheme_id)
        return (*faults, *known, *_start_faults(work, host, act, command))
    if step.act is LifeAct.STOP:
        return (*faults, *_stop_faults(work, host, act, command))
    if step.act is LifeAct.CLOSE:
        scheme = work.get(Scheme, command.scheme_id)
        return (*faults, *closing_faults(scheme, _open_claims(host.store, command.scheme_id)))
    return faults


def _start_faults(work: Work, host: Host, act: Act, command: MoveScheme) -> tuple[Fault, ...]:
    """What the evidence of a start lacks, or of what else it is."""
    scheme = work.get(Scheme, command.scheme_id)
    region = work.get(PoolingRegion, scheme.pool_id)
    version = _version_to_start(work, host, act, command.scheme_id)
    policy = ruling_of(work, command.scheme_id, act.business_on)
    return (
        *basis_faults(command.basis, region, policy),
        *pricing_faults(command.memo, version),
        *_checklist_faults(command, region),
    )


def _version_to_start(work: Work, host: Host, act: Act, scheme_id: SchemeId) -> SchemeVersion:
    """The version of the day, or the first one: members join a scheme before its first day begins."""
    versions = versions_of(work, host.store, scheme_id)
    first = min((each.first_day for each in versions), default=act.business_on)
    return version_on(versions, scheme_id, max(act.business_on, first))


def _checklist_faults(command: MoveScheme, region: PoolingRegion) -> tuple[Fault, ...]:
    """Why a checklist says nothing of the region: there is none, or it is another's."""
    found = command.checklist.pool_id if command.checklist else "none"
    if found == region.pool_id:
        return ()
    rule = "must have a checklist of its own"
    return (Fault(subject=region.pool_id, rule=rule, found=found, clause="ACFTU-4.1"),)


def _stop_faults(work: Work, host: Host, act: Act, command: MoveScheme) -> tuple[Fault, ...]:
    scheme = work.get(Scheme, command.scheme_id)
    owed = (_open_claims(host.store, command.scheme_id), command.unreported)
    policy = ruling_of(work, command.scheme_id, act.business_on)
    return (*stop_faults(scheme, command.papers, command.disposal, owed, policy),)


def _open_claims(store: Store, scheme_id: SchemeId) -> int:
    """Claims of a scheme that are held, or approved and not yet paid."""
    waiting = {ClaimState.HELD, ClaimState.APPROVED}
    return sum(claim.state in waiting for claim in read_all(store, Claim, "scheme_id", scheme_id))


def file_of_scheme(store: Store, scheme_id: SchemeId) -> ApprovalFile | None:
    """The file of a scheme with every step of its life; ``None`` where it has none.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.

    Clause:
        ACFTU-4.4a
    """
    key = file_key(scheme_id)
    return read_many(store, ApprovalFile, (key,)).get(key)


@attrs.frozen(kw_only=True)
class LaunchJudged:
    """Whether a scheme showed what its start rests on (启动手续核查).

    Attributes:
        outcome: ``FLAG`` where a running scheme never did, else ``PASS``.
        faults: The papers that are missing.
    """

    outcome: Outcome
    faults: tuple[Fault, ...]


def launch_of(store: Store, scheme_id: SchemeId) -> LaunchJudged:
    """Which papers of its start a scheme still owes, because it was founded before it had a file.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.

    Clause:
        ACFTU-4.4b, ACFTU-4.1, ACFTU-3.1c, ACFTU-3.2d
    """
    faults = launch_faults(file_of_scheme(store, scheme_id), scheme_id)
    return LaunchJudged(outcome=Outcome.FLAG if faults else Outcome.PASS, faults=faults)
