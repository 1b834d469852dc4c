"""Protection: bands at their edges, and nothing said of nothing."""

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.values.identifiers import ClaimId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.governance.protection import PaidClaim, ProtectionTerms, over_paid, relief_by_band

TERMS = ProtectionTerms(bounds=(Money(1_000), Money(5_000)), relief_min=Ratio(10, 100), source="市总工会")


def claim(expense: int, earlier: int, benefit: int) -> PaidClaim:
    """A claim in fen."""
    return PaidClaim(
        claim_id=ClaimId("S"), expense=Money(expense), earlier=Money(earlier), benefit=Money(benefit)
    )


def test_an_upper_bound_belongs_to_its_band() -> None:
    """An expense at a bound must fall in the lower band, one above it in the next."""
    bands = relief_by_band((claim(1_000, 0, 100), claim(1_001, 0, 100), claim(9_000, 0, 900)), TERMS)
    assert [(band.band, band.claims) for band in bands] == [("<= 10.00", 1), ("<= 50.00", 1), ("> 50.00", 1)]


def test_a_share_at_the_threshold_is_enough() -> None:
    """10 % must pass where 10 % are asked, and a fen less must be flagged."""
    enough, short, _ = relief_by_band((claim(1_000, 0, 100), claim(5_000, 0, 499)), TERMS)
    assert (enough.outcome, short.outcome) == (Outcome.PASS, Outcome.FLAG)


def test_a_band_of_nobody_has_no_share() -> None:
    """A band without self-pay must say nothing, and not be flagged."""
    (one,) = relief_by_band((), ProtectionTerms(bounds=(), relief_min=Ratio(1, 2), source="市总工会"))
    assert (one.band, one.relief.shown(), one.outcome) == ("all", "n/a", Outcome.PASS)


@given(parts=st.lists(st.tuples(st.integers(1, 999), st.integers(0, 999), st.integers(0, 999)), max_size=20))
def test_over_payment_is_what_is_above_the_expense(parts: list[tuple[int, int, int]]) -> None:
    """Number and sum must be those of the claims that all payers paid beyond the expense."""
    found = over_paid(claim(*part) for part in parts)
    above = [
        earlier + benefit - expense for expense, earlier, benefit in parts if earlier + benefit > expense
    ]
    assert (found.claims, found.amount.fen) == (len(above), sum(above))
    assert found.outcome is (Outcome.CRITICAL if above else Outcome.PASS)
