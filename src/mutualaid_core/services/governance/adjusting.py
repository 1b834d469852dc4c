"""Adjusting (调整缴费标准): another contribution comes with a new version, for a later period."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.lifecycle import SCHEME_LIFE, LifeAct, Paper, step_of
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import VersionId
from mutualaid_core.rules.governance.lifecycle import stage_faults
from mutualaid_core.rules.governance.pricing import adjustment_faults, pricing_faults
from mutualaid_core.rules.scheme.conformity import nonconformities
from mutualaid_core.rules.scheme.continuity import ended_by, version_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.founding import chain_in
from mutualaid_core.services.governance.filing import (
    Moved,
    entry_of,
    put_on_file,
    stage_in,
    union_on_file_faults,
)
from mutualaid_core.services.standing import file_key, periods_of, versions_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class AdjustContribution:
    """Command: publish a version with another contribution for a later period.

    Attributes:
        union_id: Union at the same level, for a scheme that has no file yet.
        before: Version that held before.
        version: The new version.
        memo: Pricing memo with the experience; ``None`` where there is none.
    """

    union_id: str
    before: VersionId
    version: SchemeVersion
    memo: PricingMemo | None


def adjust_contribution(host: Host, act: Act, command: AdjustContribution) -> Done[Moved]:
    """Publish the version, and file its memo; or say all that stands against it.

    The period itself is opened afterwards, under this very version. A version before that has no
    last day ends on the day before this one begins.

    Raises:
        NotFoundError: There is no such scheme, or no such version before.

    Clause:
        HN-4.3.4d, ACFTU-3.2d, ACFTU-4.3c
    """
    version = command.version

    def decide(work: Work) -> Moved:
        scheme = work.get(Scheme, version.scheme_id)
        file = work.find(ApprovalFile, file_key(version.scheme_id))
        stage = stage_in(work, version.scheme_id, file)
        step = step_of(SCHEME_LIFE, stage, LifeAct.ADJUST)
        if step is None:
            faults = stage_faults(SCHEME_LIFE, stage, LifeAct.ADJUST, version.scheme_id)
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        faults = (
            *union_on_file_faults(work, act, version.scheme_id, command.union_id, file),
            *_faults(work, host, scheme, command),
        )
        if command.memo is None or faults:
            return Moved(outcome=Outcome.REJECT, stage=stage, faults=faults)
        published, periods = _on_record(work, host, version)
        if ended := ended_by(version, published, periods):
            work.replace(ended)
        work.add(version)
        paper = PaperOnFile(
            paper=Paper.PRICING_MEMO, document=command.memo.memo_id, issued_on=act.business_on
        )
        entry = entry_of(act, step, (paper,), command.memo)
        first = ApprovalFile(scheme_id=version.scheme_id, union_id=command.union_id, approvals=(entry,))
        put_on_file(work, file, first)
        return Moved(outcome=Outcome.PASS, stage=step.to_stage, faults=())

    purpose = Purpose(
        name="adjust_contribution", subject=version.version_id, chain=version.scheme_id, answer=Moved
    )
    return perform(host, act, purpose, command, decide)


def _faults(work: Work, host: Host, scheme: Scheme, command: AdjustContribution) -> tuple[Fault, ...]:
    """Everything against the version: its policies, its days, its evidence."""
    version = command.version
    before = work.get(SchemeVersion, key_of(scheme.scheme_id, command.before))
    chain, missing = chain_in(work, work.get(Policy, scheme.policy_id))
    published, periods = _on_record(work, host, version)
    return (
        *missing,
        *nonconformities(version, *chain),
        *version_faults(version, published, periods),
        *adjustment_faults(version, before, periods, command.memo),
        *pricing_faults(command.memo, version),
    )


def _on_record(
    work: Work, host: Host, version: SchemeVersion
) -> tuple[tuple[SchemeVersion, ...], tuple[Period, ...]]:
    """The published versions and the periods of the scheme."""
    scheme_id = version.scheme_id
    return versions_of(work, host.store, scheme_id), periods_of(work, host.store, scheme_id)
