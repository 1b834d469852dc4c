"""Pool size (互助规模): whether a pool is large enough for the law of large numbers."""

from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.rules.membership.coverage.decimals import root


@attrs.frozen(kw_only=True)
class CredibilityTerms:
    """Standard of full credibility (完全可信度标准): data, for no document prints it.

    Attributes:
        z: Bound of the normal distribution for the probability.
        within: Deviation that is tolerated, as a share.
        severity_cv: Coefficient of variation of one claim; 0 to judge the frequency alone.
        flag_below: Pools with less credibility are flagged.
        authority: Who set these values.
    """

    z: Fraction
    within: Fraction
    severity_cv: Fraction
    flag_below: Fraction
    authority: str

    @property
    def claims(self) -> Fraction:
        """Claims with which a pool is fully credible."""
        return Fraction(self.z, self.within) ** 2 * (1 + self.severity_cv**2)


FREQUENCY_5_AT_90: Final = CredibilityTerms(
    z=Fraction("1.6448536269514722"),
    within=Fraction("0.05"),
    severity_cv=Fraction(0),
    flag_below=Fraction(1),
    authority="假定值，文件未规定，由统筹地区工会确定 (assumed; set by the union of the pool)",
)
"""Frequency within 5 per cent at a probability of 90 per cent."""

BURDEN_10_AT_90: Final = attrs.evolve(FREQUENCY_5_AT_90, within=Fraction("0.10"), severity_cv=Fraction(2))
"""Burden within 10 per cent at a probability of 90 per cent."""


@attrs.frozen(kw_only=True)
class Credibility:
    """Credibility of a pool (可信度).

    Attributes:
        expected_claims: Claims that are expected of its lives.
        full_claims: Claims with which it would be fully credible.
        full_lives: Lives with which it would be; ``None`` where no claims are expected of anybody.
        z: Credibility from 0 to 1.
        outcome: ``FLAG`` where the pool is too small, else ``PASS``.
    """

    expected_claims: Fraction
    full_claims: Fraction
    full_lives: Fraction | None
    z: Decimal
    outcome: Outcome


@implements("ACFTU-2.1b", "GD-R.2a")
def pool_credibility(lives: int, frequency: Fraction, terms: CredibilityTerms) -> Credibility:
    """How far the experience of a pool can be relied on; a small pool is flagged, never refused.

    Args:
        lives: Insured persons of a year.
        frequency: Expected claims a person and year.
        terms: The standard.

    Clause:
        ACFTU-2.1b, GD-R.2a
    """
    expected = lives * frequency
    z = root(min(Fraction(1), Fraction(expected, terms.claims)))
    return Credibility(
        expected_claims=expected,
        full_claims=terms.claims,
        full_lives=Fraction(terms.claims, frequency) if frequency else None,
        z=z,
        outcome=Outcome.FLAG if z < terms.flag_below else Outcome.PASS,
    )
