"""Decision (审核决定): outcome, ordered reasons, benefit and trace of one claim."""

import datetime

import attrs

from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest, in_order
from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.values.checks import checked, identifier, not_empty, not_negative
from mutualaid_core.domain.values.identifiers import (
    ClaimId,
    MemberId,
    PeriodId,
    PolicyId,
    SchemeId,
    VersionId,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Decision:
    """Decision (审核决定) on a claim.

    Attributes:
        claim_id: Claim.
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        version_id: Scheme version that was applied.
        policy_id: Policy above it.
        outcome: Gravest outcome of the reasons.
        reasons: All reasons by precedence; the first one leads.
        base: Self-borne amount that the steps started from.
        benefit: What is to be paid; zero unless the outcome lets money flow.
        decided_on: Business day of the decision.
        trace: Every step.
        uses: What was added to each of the person's counters, by its name within the scheme.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """

    claim_id: ClaimId = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    version_id: VersionId = attrs.field(validator=identifier)
    policy_id: PolicyId = attrs.field(validator=identifier)
    outcome: Outcome
    reasons: tuple[Reason, ...] = attrs.field(validator=not_empty)
    base: Money = attrs.field(validator=not_negative)
    benefit: Money = attrs.field(validator=not_negative)
    decided_on: datetime.date
    trace: Trace
    uses: tuple[tuple[str, int], ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse reasons out of order, an outcome they do not lead to, money without a pass.

        The trace must be of the version and the policy that the decision names.
        """
        if self.reasons != in_order(self.reasons):
            raise InvalidValueError("reasons", "must be once each, by precedence", len(self.reasons))
        if self.outcome is not gravest(self.reasons):
            raise InvalidValueError("outcome", f"must be {gravest(self.reasons).value}", self.outcome.value)
        if self.benefit and self.outcome in {Outcome.REJECT, Outcome.HOLD}:
            raise InvalidValueError("benefit", f"must be 0 with {self.outcome.value}", str(self.benefit))
        if (self.trace.version_id, self.trace.policy_id) != (self.version_id, self.policy_id):
            rule = "must be of the decision's own version and policy"
            raise InvalidValueError("trace", rule, "another", clause="ACFTU-2.4b")
