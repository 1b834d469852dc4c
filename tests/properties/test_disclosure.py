"""Nobody is found out from a disclosure by subtracting what is shown from what is known."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.oversight.disclosure import Dimension
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.rules.oversight.disclosure import PaidClaim, breakdown
from mutualaid_core.testing.samples import POLICY
from mutualaid_core.testing.strategies import money

TERMS = POLICY.disclosure
GROUPS = ("1", "2", "3", "9")
SHARE = TERMS.largest_share_max


@st.composite
def paid_claims(draw: st.DrawFn) -> tuple[PaidClaim, ...]:
    """Claims of few and many persons, evenly and unevenly paid, over the groups."""
    found = []
    for group in GROUPS:
        persons = draw(st.sampled_from((0, 1, 2, 5, 9, 10, 11, 30)))
        for number in range(persons):
            who = f"m-{number if draw(st.booleans()) else f'{group}-{number}'}"
            amount = draw(st.just(Money(100_000)) | money(1, 5_000_000))
            found.append(PaidClaim(member_id=who, amount=amount, groups=((Dimension.HOSPITAL_LEVEL, group),)))
    return tuple(found)


def points_at_somebody(claims: list[PaidClaim]) -> bool:
    """Whether a sum over *claims* rests on too few persons, or on one above all; by its own count."""
    sums: dict[str, int] = {}
    for claim in claims:
        sums[claim.member_id] = sums.get(claim.member_id, 0) + claim.amount.fen
    if len(sums) < TERMS.persons_min:
        return True
    return max(sums.values()) * SHARE.denominator > sum(sums.values()) * SHARE.numerator


def of_groups(claims: tuple[PaidClaim, ...], groups: tuple[str, ...]) -> list[PaidClaim]:
    """The claims of these groups."""
    return [claim for claim in claims if dict(claim.groups)[Dimension.HOSPITAL_LEVEL] in groups]


@given(paid_claims())
def test_subtracting_finds_nobody(claims: tuple[PaidClaim, ...]) -> None:
    """Neither a sum of shown groups, nor the total less such a sum, may point at somebody."""
    cells = breakdown(Dimension.HOSPITAL_LEVEL, GROUPS, claims, TERMS).cells
    shown = [cell.group for cell in cells if not cell.is_hidden and cell.claims]
    subsets = chain.from_iterable(combinations(shown, size) for size in range(1, len(shown) + 1))
    for subset in subsets:
        inside = of_groups(claims, subset)
        rest = [claim for claim in claims if claim not in inside]
        assert not points_at_somebody(inside)
        assert not rest or not points_at_somebody(rest)


@given(paid_claims())
def test_a_total_that_points_at_somebody_shows_no_group(claims: tuple[PaidClaim, ...]) -> None:
    """Where all claims together rest on too few persons, no group may be shown, an empty one neither."""
    cells = breakdown(Dimension.HOSPITAL_LEVEL, GROUPS, claims, TERMS).cells
    if claims and points_at_somebody(list(claims)):
        assert all(cell.is_hidden for cell in cells)


@given(paid_claims())
def test_shown_figures_are_right(claims: tuple[PaidClaim, ...]) -> None:
    """Each shown group must hold the number and the money of its claims."""
    for cell in breakdown(Dimension.HOSPITAL_LEVEL, GROUPS, claims, TERMS).cells:
        if not cell.is_hidden:
            inside = of_groups(claims, (cell.group,))
            assert (cell.claims, cell.amount) == (len(inside), total(claim.amount for claim in inside))
