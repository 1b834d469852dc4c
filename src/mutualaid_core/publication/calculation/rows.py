"""Rows (结果行): what one scheme pays for one claim, whichever evaluator said so."""

import enum

import attrs

from mutualaid_core.domain.claims.reason import Outcome, Reason, gravest
from mutualaid_core.domain.claims.trace import TraceStep


class Measure(enum.Enum):
    """What a limit counts."""

    FEN = "fen"
    DAYS = "days"
    PAYMENTS = "payments"


@attrs.frozen(kw_only=True)
class LimitLeft:
    """What is left of a limit (剩余限额) after a claim.

    Attributes:
        limit: Path of the limit in the scheme version.
        counter: Key of the counter, by which a file of prior use names it.
        measure: What it counts.
        most: The most in all, with the shares that count.
        used: What is used with this claim.
    """

    limit: str
    counter: str
    measure: Measure
    most: int
    used: int

    @property
    def left(self) -> int:
        """What later claims may still use."""
        return max(self.most - self.used, 0)


@attrs.frozen(kw_only=True)
class Calculated:
    """What one scheme pays for one claim (理赔结果). It says nothing of the person.

    Attributes:
        claim_id: The claim.
        scheme_id: The scheme.
        version_id: Its version.
        policy_id: The policy that the version names.
        amount: What is paid, in fen.
        reasons: Why, by precedence.
        lines: What each benefit that fits comes to, in fen, in the order of the scheme.
        left: What is left of the limits of these benefits.
        steps: How it came about, where that was asked for.
    """

    claim_id: str
    scheme_id: str
    version_id: str
    policy_id: str
    amount: int
    reasons: tuple[Reason, ...]
    lines: tuple[tuple[str, int], ...] = ()
    left: tuple[LimitLeft, ...] = ()
    steps: tuple[TraceStep, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """The gravest outcome of the reasons."""
        return gravest(self.reasons)
