"""Automation (自动审核): how many claims a machine decided, and that a person confirms its refusals."""

from collections.abc import Iterable

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.actor import Role
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import ClaimId
from mutualaid_core.rules.membership.coverage.rate import Rate, rate


@attrs.frozen(kw_only=True)
class JudgedBy:
    """Who judged a claim (审核方式).

    Attributes:
        claim_id: Claim.
        outcome: What was decided.
        roles: Roles of all who judged it, the first one first.
    """

    claim_id: ClaimId
    outcome: Outcome
    roles: tuple[Role, ...]

    @property
    def is_automatic(self) -> bool:
        """Whether a machine decided it."""
        return self.roles[:1] == (Role.SYSTEM,)


@implements("GD-2.3.3b")
def automatic_share(claims: Iterable[JudgedBy]) -> Rate:
    """Claims that a machine decided as a share of all that were decided.

    Clause:
        GD-2.3.3b
    """
    judged = list(claims)
    return rate(sum(claim.is_automatic for claim in judged), len(judged))


@implements("GD-2.3.3b")
def confirmation_faults(claim: JudgedBy) -> tuple[Fault, ...]:
    """Why a refusal does not stand yet: a machine refused, and no person has confirmed it.

    Clause:
        GD-2.3.3b
    """
    is_confirmed = any(role is not Role.SYSTEM for role in claim.roles)
    if claim.outcome is not Outcome.REJECT or not claim.is_automatic or is_confirmed:
        return ()
    rule = "must be refused by a person"
    return (Fault(subject=claim.claim_id, rule=rule, found=Role.SYSTEM.value, clause="GD-2.3.3b"),)
