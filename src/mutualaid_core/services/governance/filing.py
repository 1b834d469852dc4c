"""Filing (归档): what every step in the life of a scheme or an organisation leaves behind."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import Approval, ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import LifeStep, Stage
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.rules.governance.approval import union_faults
from mutualaid_core.work import Work


@attrs.frozen(kw_only=True)
class Moved:
    """Result of a step.

    Attributes:
        outcome: ``PASS``; ``HOLD`` while a region is not ready; ``REJECT`` with the reasons.
        stage: Stage after it; the present one where nothing was done, ``None`` for none.
        faults: Why the step was not taken.
    """

    outcome: Outcome
    stage: Stage | None
    faults: tuple[Fault, ...]


def stage_in(work: Work, scheme_id: SchemeId, file: ApprovalFile | None) -> Stage | None:
    """Present stage of a scheme; one that was founded before it had a file is active.

    Args:
        work: The unit of work.
        scheme_id: Scheme.
        file: Its file; ``None`` where it has none.

    Clause:
        ACFTU-4.4a
    """
    if file is not None:
        return file.stage
    return None if work.find(Scheme, scheme_id) is None else Stage.ACTIVE


def union_on_file_faults(
    work: Work, act: Act, scheme_id: SchemeId, union_id: str, file: ApprovalFile | None
) -> tuple[Fault, ...]:
    """Why a union is not the one at the level of a scheme; empty where it is.

    Args:
        work: The unit of work.
        act: The act.
        scheme_id: Scheme; as long as it is not founded, the file alone says whose it is.
        union_id: The union.
        file: The file of the scheme; ``None`` where there is none.

    Clause:
        ACFTU-4.4b
    """
    union = work.find(Organisation, union_id)
    if union is None:
        return (_of_union(union_id, "must be a known organisation", "none"),)
    if file is not None and file.union_id != union_id:
        return (_of_union(union_id, f"must be {file.union_id}, as on file", union_id),)
    scheme = work.find(Scheme, scheme_id)
    if scheme is None:
        return ()
    return union_faults(union, scheme, work.get(PoolingRegion, scheme.pool_id), act.business_on)


def _of_union(union_id: str, rule: str, found: str) -> Fault:
    return Fault(subject=union_id, rule=rule, found=found, clause="ACFTU-4.4b")


def entry_of(
    act: Act, step: LifeStep, papers: tuple[PaperOnFile, ...], memo: PricingMemo | None = None
) -> Approval:
    """The entry that a step leaves in the file.

    Args:
        act: The act.
        step: The step.
        papers: Papers that came with it.
        memo: Pricing memo, for a start.

    Clause:
        ACFTU-4.4a
    """
    return Approval(act=step.act, stage=step.to_stage, on=act.business_on, papers=papers, memo=memo)


def put_on_file(work: Work, known: ApprovalFile | None, first: ApprovalFile) -> None:
    """Begin the file, or add the one entry of *first* to the file that is known.

    Args:
        work: The unit of work.
        known: The file so far; ``None`` where there is none.
        first: The file as it begins with the new entry.

    Clause:
        ACFTU-4.4a
    """
    if known is None:
        work.add(first)
    else:
        work.replace(attrs.evolve(known, approvals=(*known.approvals, *first.approvals)))
