"""Establishing (机构设立和撤销): an organisation begins and ends by approval of the union above it."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import ORGANISATION_LIFE, LifeAct, step_of
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.scheme.scheme import RESERVED_ID
from mutualaid_core.rules.governance.approval import issuer_faults
from mutualaid_core.rules.governance.lifecycle import paper_faults, stage_faults
from mutualaid_core.rules.membership.organisation.tree import organisation_on
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.governance.filing import Moved, entry_of, put_on_file
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class ApproveOrganisation:
    """Command: an organisation is established or dissolved.

    Attributes:
        organisation_id: Organisation, which stands in the tree of organisations.
        act: What is done.
        papers: Papers that come with it.
    """

    organisation_id: str
    act: LifeAct
    papers: tuple[PaperOnFile, ...] = ()


def approve_organisation(host: Host, act: Act, command: ApproveOrganisation) -> Done[Moved]:
    """Establish or dissolve an organisation, by approval of the union above it and of no other.

    Raises:
        NotFoundError: It does not stand in the tree of organisations.

    Clause:
        ACFTU-4.4c
    """

    def decide(work: Work) -> Moved:
        organisation = work.get(Organisation, command.organisation_id)
        file = work.find(ApprovalFile, key_of("organisation", command.organisation_id))
        stage = file.stage if file else None
        step = step_of(ORGANISATION_LIFE, stage, command.act)
        if step is None:
            faults = stage_faults(ORGANISATION_LIFE, stage, command.act, command.organisation_id)
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        term = organisation_on(organisation, act.business_on)
        if term is None or term.parent_id is None:
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=_no_union(act, command))
        papers, union_id = command.papers, term.parent_id
        if faults := (
            *paper_faults(step, papers, command.organisation_id),
            *issuer_faults(papers, union_id, act.business_on, "ACFTU-4.4c"),
        ):
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        first = ApprovalFile(
            organisation_id=command.organisation_id,
            union_id=union_id,
            approvals=(entry_of(act, step, papers),),
        )
        put_on_file(work, file, first)
        return Moved(outcome=Outcome.PASS, stage=step.to_stage, faults=())

    purpose = Purpose(
        name="approve_organisation", subject=command.organisation_id, chain=RESERVED_ID, answer=Moved
    )
    return perform(host, act, purpose, command, decide)


def _no_union(act: Act, command: ApproveOrganisation) -> tuple[Fault, ...]:
    rule = f"must stand under a union on {act.business_on.isoformat()}"
    return (Fault(subject=command.organisation_id, rule=rule, found="none", clause="ACFTU-4.4c"),)
