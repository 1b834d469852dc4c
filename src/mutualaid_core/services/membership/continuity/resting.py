"""Resting (依据): the claims that rest on an enrolment, and the day before which nothing is noted."""

from typing import Final

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.services.membership.keeping import hold_limits
from mutualaid_core.services.standing import versions_of
from mutualaid_core.work import Host, Work, read_all

_REFUSED: Final = ClaimState.REFUSED
"""A refused claim rests on nothing that an enrolment gives."""


def order_faults(
    act: Act, enrolment: Enrolment | None, paid: Contribution | None = None
) -> tuple[Fault, ...]:
    """Why an act cannot be noted on its day: what it rests on became known on a later one.

    Args:
        act: The act.
        enrolment: The enrolment; ``None`` where there is none.
        paid: Its contribution, where the act changes what that gave; else ``None``.
    """
    if enrolment is None:
        return ()
    days = [change.known_on for change in enrolment.history[-1:]]
    days += [paid.known_on] if paid is not None else []
    last = max(days, default=act.business_on)
    if last <= act.business_on:
        return ()
    rule, found = f"must be noted on or after {last.isoformat()}", act.business_on.isoformat()
    return (Fault(subject=enrolment.member_id, rule=rule, found=found, clause="ACFTU-11.1b"),)


def claims_on(work: Work, host: Host, enrolment: Enrolment) -> tuple[str, ...]:
    """Ids of the claims that were decided on an enrolment and not refused.

    Whoever grants a benefit meanwhile puts the bounds of the member's limits; they are put here
    too, unchanged, before the claims are read, so that one of the two decides anew.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        enrolment: The enrolment.
    """
    hold_limits(work, host, enrolment, versions_of(work, host.store, enrolment.scheme_id))
    own = (enrolment.scheme_id, enrolment.period_id)
    return tuple(
        claim.claim_id
        for claim in read_all(host.store, Claim, "member_id", enrolment.member_id)
        if (claim.scheme_id, claim.period_id) == own and claim.state is not _REFUSED
    )
