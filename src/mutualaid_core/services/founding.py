"""Founding (设立): policies, a scheme with its pool, first version and first period; later periods."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.approval import ApprovalFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import RESERVED_ID, Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.governance.lifecycle import founding_stage_faults, launch_faults
from mutualaid_core.rules.governance.pricing import adjustment_faults, version_before
from mutualaid_core.rules.membership.organisation.pooling import region_judged
from mutualaid_core.rules.scheme.conformity import (
    nonconformities,
    parts_nonconformities,
    pooling_nonconformities,
)
from mutualaid_core.rules.scheme.continuity import (
    as_published,
    ended_by,
    period_faults,
    version_faults,
)
from mutualaid_core.rules.scheme.divisions import division_table
from mutualaid_core.rules.scheme.layers import Chain, chain_faults, policy_chain
from mutualaid_core.serialization.records import form_of, key_of
from mutualaid_core.services.standing import file_key, periods_of, starting_faults, versions_of
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class PublishPolicy:
    """Command: publish a policy; the policy that it extends must be there already."""

    policy: Policy


@attrs.frozen(kw_only=True)
class FoundScheme:
    """Command: found a scheme under a policy.

    Attributes:
        policy: Policy above it; what that one extends is read from the store.
        region: Pooling region whose money it is.
        scheme: The scheme.
        version: Its terms.
        period: Its period.
    """

    policy: Policy
    region: PoolingRegion
    scheme: Scheme
    version: SchemeVersion
    period: Period


@attrs.frozen(kw_only=True)
class Founded:
    """Result: ``PASS``, or ``REJECT`` with everything that the policy does not allow.

    Attributes:
        outcome: What became of it.
        faults: Why nothing was founded.
        findings: Papers of a start that a scheme without a file still owes (``FLAG``): it runs, and
            they can be filed afterwards.
    """

    outcome: Outcome
    faults: tuple[Fault, ...]
    findings: tuple[Fault, ...] = ()


def publish_policy(host: Host, act: Act, command: PublishPolicy) -> Done[Founded]:
    """Publish a policy, or refuse it with everything in which it loosens the layers above it.

    Raises:
        AlreadyExistsError: The policy exists; another content needs another id.

    Clause:
        ACFTU-18.1, ACFTU-3.1c
    """

    def decide(work: Work) -> Founded:
        chain, missing = chain_in(work, command.policy)
        faults = (*missing, *chain_faults(chain))
        if not faults:
            work.add(command.policy)
        return Founded(outcome=Outcome.REJECT if faults else Outcome.PASS, faults=faults)

    purpose = Purpose(
        name="publish_policy", subject=command.policy.policy_id, chain=RESERVED_ID, answer=Founded
    )
    return perform(host, act, purpose, command, decide)


def found_scheme(host: Host, act: Act, command: FoundScheme) -> Done[Founded]:
    """Put a scheme into force, or refuse it with all faults at once.

    A policy or a region that is there already is left as it is, if it is the same. A scheme that
    has a file must be approved first, and takes members only once it has started. One without a
    file is taken for one that ran before: what its start rested on is a finding until it is filed.

    Raises:
        AlreadyExistsError: Scheme, version or period exist, or the policy has other content.

    Clause:
        HN-0.3, ACFTU-4.2a, ACFTU-4.3c, ACFTU-4.4a, ACFTU-4.4b, ACFTU-18.1
    """
    scheme_id = command.scheme.scheme_id
    opened = attrs.evolve(command.period, opened_on=act.business_on)

    def decide(work: Work) -> Founded:
        chain, missing = chain_in(work, command.policy)
        file = work.find(ApprovalFile, file_key(scheme_id))
        early = founding_stage_faults(file.stage if file else None, scheme_id)
        if faults := (*missing, *founding_faults(command, *chain[1:]), *early):
            return Founded(outcome=Outcome.REJECT, faults=faults)
        for shared in (command.policy, command.region):
            _add_unless_same(work, shared)
        for own in (command.scheme, command.version, opened):
            work.add(own)
        return Founded(outcome=Outcome.PASS, faults=(), findings=launch_faults(file, scheme_id))

    purpose = Purpose(name="found_scheme", subject=scheme_id, chain=scheme_id, answer=Founded)
    return perform(host, act, purpose, command, decide)


def open_period(host: Host, act: Act, command: FoundScheme) -> Done[Founded]:
    """Open a further period of a scheme that is there, under the same or a further version.

    Policy, region, scheme and version that are there already are left as they are, if they
    are the same. A version without a last day ends on the day before a further one begins; or a
    period is opened under the same version with an end to it. A version with another contribution
    is published by ``adjust_contribution`` first, which asks for the memo with the experience; the
    period is opened under it.

    Raises:
        NotFoundError: The scheme was never founded.
        AlreadyExistsError: The period exists, or one of the others has other content.

    Clause:
        HN-4.3.4a, HN-4.3.4d, ACFTU-4.3c, ACFTU-4.4a, ACFTU-4.4b
    """

    def decide(work: Work) -> Founded:
        work.get(Scheme, command.scheme.scheme_id)
        periods = periods_of(work, host.store, command.scheme.scheme_id)
        versions = versions_of(work, host.store, command.scheme.scheme_id)
        version = as_published(command.version, versions)
        chain, missing = chain_in(work, command.policy)
        faults = (
            *missing,
            *founding_faults(attrs.evolve(command, version=version), *chain[1:]),
            *period_faults(command.period, periods),
            *version_faults(version, versions, periods),
            *starting_faults(work, command.scheme.scheme_id),
            *_unpriced_faults(version, versions, periods),
        )
        if not faults:
            for known in (command.policy, command.region, command.scheme):
                _add_unless_same(work, known)
            _put_version(work, version, versions, periods)
            work.add(attrs.evolve(command.period, opened_on=act.business_on))
        return Founded(outcome=Outcome.REJECT if faults else Outcome.PASS, faults=faults)

    subject = key_of(command.scheme.scheme_id, command.period.period_id)
    purpose = Purpose(name="open_period", subject=subject, chain=command.scheme.scheme_id, answer=Founded)
    return perform(host, act, purpose, command, decide)


def _put_version(
    work: Work, version: SchemeVersion, versions: tuple[SchemeVersion, ...], periods: tuple[Period, ...]
) -> None:
    """Put a version there, and the end to what it follows; of one that is there, the end alone is new."""
    if ended := ended_by(version, versions, periods):
        work.replace(ended)
    if version in versions:
        return
    put = work.replace if attrs.evolve(version, last_day=None) in versions else work.add
    put(version)


def _unpriced_faults(
    version: SchemeVersion, versions: tuple[SchemeVersion, ...], periods: tuple[Period, ...]
) -> tuple[Fault, ...]:
    """Why a further version may not bring another contribution here: it comes without a memo.

    A version that is published already came with the scheme, or with its memo.
    """
    before = version_before(version, versions)
    if before is None:
        return ()
    return adjustment_faults(version, before, periods, None)


def founding_faults(command: FoundScheme, *above: Policy) -> tuple[Fault, ...]:
    """Everything in *command* that its policies do not allow, or that does not belong together.

    Args:
        command: What is founded.
        above: The policies above that of *command*, the nearest first.

    Clause:
        HN-0.3, HN-3.2.1a, ACFTU-18.1
    """
    chain = (command.policy, *above)
    first_day = command.version.first_day
    return (
        *chain_faults(chain),
        *nonconformities(command.version, *chain),
        *pooling_nonconformities(command.region, *chain, on=first_day),
        # The digits alone tell a county; which codes were in force is asked where a table is at hand.
        *region_judged(command.region, division_table(()), first_day).faults,
        *parts_nonconformities(
            command.policy, command.region, command.scheme, command.version, command.period
        ),
    )


def chain_in(work: Work, policy: Policy) -> tuple[Chain, tuple[Fault, ...]]:
    """*policy* with the published policies above it, and why one of them is missing.

    Each is checked again at commit, so nothing is founded under a layer that changed meanwhile.

    Clause:
        ACFTU-18.1
    """
    return policy_chain(policy, lambda policy_id: work.find(Policy, policy_id))


def _add_unless_same(work: Work, entity: Policy | PoolingRegion | Scheme) -> None:
    if work.find(type(entity), form_of(type(entity)).key(entity)) != entity:
        work.add(entity)
