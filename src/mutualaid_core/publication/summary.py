"""Summary of a year (年度汇总): a few whole numbers for the union's own eyes.

Not for the public: the largest benefit is one person's, and small counts are not hidden here.
What may be published is the disclosure.
"""

import json

import attrs

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.values.checks import checked, not_negative
from mutualaid_core.domain.values.identifiers import ClaimId
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class YearFigures:
    """What a summary is made from (汇总口径).

    Attributes:
        units: Units admitted to the period.
        members: Distinct members with paid cover.
        contributions: Contributions of every source.
        decisions: The last decision of each decided claim; a claim stands here once.
        paid: What was paid of them; the benefits of all decisions but the unpaid must add up to it.
        opening: Reserve at the start, earlier grants included.
        granted: Grants received within the period.
        closing: Reserve at the end: opening plus granted plus contributions less paid.
        reserve: Part of the closing that was rolled forward; ``None`` where it is not told apart.
        grant: Part of the closing that came as grants; ``None`` where it is not told apart.
        unpaid: Claims with a benefit that has not left the bank, for want of money or of time.

    Clause:
        ACFTU-14.2a, HN-4.3.2, HN-4.3.3
    """

    units: int = attrs.field(validator=not_negative)
    members: int = attrs.field(validator=not_negative)
    contributions: Money = attrs.field(validator=not_negative)
    decisions: tuple[Decision, ...]
    paid: Money = attrs.field(validator=not_negative)
    opening: Money = attrs.field(validator=not_negative)
    granted: Money = attrs.field(default=ZERO, validator=not_negative)
    closing: Money = attrs.field(validator=not_negative)
    reserve: Money | None = None
    grant: Money | None = None
    unpaid: tuple[ClaimId, ...] = ()

    @property
    def paid_decisions(self) -> tuple[Decision, ...]:
        """Decisions with a benefit above zero that was paid."""
        return tuple(each for each in self.decisions if each.benefit and each.claim_id not in self.unpaid)

    def __attrs_post_init__(self) -> None:
        """Refuse figures that contradict each other."""
        claims = {decision.claim_id for decision in self.decisions}
        if len(claims) != len(self.decisions):
            raise InvalidValueError(
                "decisions", "must name each claim once", len(self.decisions) - len(claims)
            )
        benefits = total(decision.benefit for decision in self.paid_decisions)
        if benefits != self.paid:
            hint = "name the claims that were not paid in unpaid"
            raise InvalidValueError(
                "paid", f"must be the benefits paid {benefits}", str(self.paid), hint=hint
            )
        if (left := self.opening + self.granted + self.contributions - self.paid) != self.closing:
            raise InvalidValueError("closing", f"must be {left}", str(self.closing), clause="ACFTU-14.2a")
        parts = total(part for part in (self.reserve, self.grant) if part is not None)
        told_apart = self.reserve is not None and self.grant is not None
        if parts > self.closing or (told_apart and parts != self.closing):
            raise InvalidValueError("reserve", f"must make up the closing {self.closing}", str(parts))


def summary(figures: YearFigures) -> dict[str, int]:
    """The figures of a year as whole numbers; amounts in fen.

    ``claims`` counts the decided claims; ``paid_claims`` those of them whose benefit above zero was
    paid, ``refused`` those decided REJECT, ``held`` those decided HOLD. What is left passed without
    a benefit, because nothing was self-borne or the cap was used up, or is unpaid. ``claimants``
    counts the distinct members behind the paid claims. ``largest_benefit_fen`` is the largest
    single benefit paid, 0 where nothing was. ``reserve_fen`` and ``grant_fen`` are there only where
    they were given, ``unpaid_claims`` and ``unpaid_fen`` only where something is unpaid.

    Args:
        figures: Figures that agree with each other.

    Clause:
        ACFTU-11.3b, ACFTU-14.2a
    """
    paid = figures.paid_decisions
    return {
        "units": figures.units,
        "members": figures.members,
        "contributions_fen": figures.contributions.fen,
        "claims": len(figures.decisions),
        "paid_claims": len(paid),
        "refused": _decided(figures, Outcome.REJECT),
        "held": _decided(figures, Outcome.HOLD),
        "claimants": len({decision.member_id for decision in paid}),
        "paid_fen": figures.paid.fen,
        "largest_benefit_fen": max((decision.benefit for decision in paid), default=ZERO).fen,
        "opening_fen": figures.opening.fen,
        "granted_fen": figures.granted.fen,
        "closing_fen": figures.closing.fen,
        **_told_apart(figures),
    }


def summary_json(figures: YearFigures) -> str:
    """The summary as JSON: keys in the order of ``summary``, two blanks of indent, a final newline."""
    return json.dumps(summary(figures), indent=2) + "\n"


def _told_apart(figures: YearFigures) -> dict[str, int]:
    """The parts that only some years have."""
    parts = {"reserve_fen": figures.reserve, "grant_fen": figures.grant}
    found = {name: amount.fen for name, amount in parts.items() if amount is not None}
    owed = [each.benefit for each in figures.decisions if each.benefit and each.claim_id in figures.unpaid]
    return found | ({"unpaid_claims": len(owed), "unpaid_fen": total(owed).fen} if owed else {})


def _decided(figures: YearFigures, outcome: Outcome) -> int:
    return sum(decision.outcome is outcome for decision in figures.decisions)
