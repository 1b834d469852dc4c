"""Disclosure rules (公示规则): groups, and the hiding of figures that point at a person."""

from collections import Counter
from collections.abc import Iterable

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.oversight.disclosure import Breakdown, Cell, Dimension
from mutualaid_core.domain.scheme.policy import SMALL_GROUP_LEAST, DisclosureTerms
from mutualaid_core.domain.values.identifiers import MemberId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.domain.values.ratio import Ratio

BENEFIT_EDGES = (Money(50_000), Money(100_000), Money(500_000), Money(1_000_000))
"""Upper edges of the groups by benefit: 500, 1,000, 5,000 and 10,000 yuan, then above."""

LARGEST_SHARE_SILENT = Ratio(1, 2)
"""Share of one person above which a sum is hidden where the policy is silent: a half."""


@attrs.frozen(kw_only=True)
class PaidClaim:
    """What the disclosure counts of one paid claim.

    Attributes:
        member_id: Pseudonym of the claimant; used for counting persons only.
        amount: Benefit paid.
        groups: Code of its group by dimension.
    """

    member_id: MemberId
    amount: Money
    groups: tuple[tuple[Dimension, str], ...]


def benefit_group(amount: Money) -> str:
    """Code of the group that a benefit falls into: its upper edge in yuan, or ``above``."""
    edge = next((edge for edge in BENEFIT_EDGES if amount <= edge), None)
    return "above" if edge is None else str(edge.fen // 100)


@implements("HN-4.5.5", "ACFTU-11.3b", "ACFTU-14.2c")
def breakdown(
    dimension: Dimension, groups: tuple[str, ...], claims: tuple[PaidClaim, ...], terms: DisclosureTerms
) -> Breakdown:
    """Benefits by *dimension*, with the groups hidden that point at a person.

    The total is public, so one hidden group could be found by subtraction: further groups
    are hidden, smallest first, until at least two are and enough persons stand behind them.
    Where the total itself rests on too few persons, every group is hidden; so is every band of
    benefits where one is, since the edges of the bands would bound what is in it.

    Args:
        dimension: By what.
        groups: Every group in the order in which it is shown, also those without claims.
        claims: All claims of the total.
        terms: Thresholds.

    Clause:
        HN-4.5.5, ACFTU-11.3b, ACFTU-14.2c
    """
    members = {
        group: tuple(claim for claim in claims if (dimension, group) in claim.groups) for group in groups
    }
    hidden = {group for group, inside in members.items() if inside and not may_show(inside, terms)}
    # The edges of a band bound its amounts: the other bands and the total would tell of a hidden one.
    tells = bool(hidden) and dimension is Dimension.BENEFIT_BAND
    if tells or (claims and not may_show(claims, terms)):
        # An empty group would tell too: it says where the few that there are do not belong.
        return Breakdown(
            dimension=dimension, cells=tuple(_cell(group, (), is_hidden=True) for group in groups)
        )
    open_groups = sorted(
        (g for g in groups if g not in hidden and members[g]), key=lambda g: _persons(members[g])
    )
    while hidden and open_groups and not _is_safe(hidden, members, terms):
        hidden.add(open_groups.pop(0))
    cells = tuple(_cell(group, members[group], is_hidden=group in hidden) for group in groups)
    return Breakdown(dimension=dimension, cells=cells)


def persons_min(terms: DisclosureTerms) -> int:
    """Persons on whom a figure must rest; the least that any policy may say where it says none."""
    return SMALL_GROUP_LEAST if terms.persons_min is None else terms.persons_min


@implements("ACFTU-11.3b")
def may_show(claims: tuple[PaidClaim, ...], terms: DisclosureTerms) -> bool:
    """Whether figures over *claims* rest on enough persons, and no one dominates them.

    Clause:
        ACFTU-11.3b
    """
    if _persons(claims) < persons_min(terms):
        return False
    by_person: Counter[MemberId] = Counter()
    for claim in claims:
        by_person[claim.member_id] += claim.amount.fen
    share = terms.largest_share_max or LARGEST_SHARE_SILENT
    return max(by_person.values()) * share.denominator <= by_person.total() * share.numerator


def _is_safe(hidden: set[str], members: dict[str, tuple[PaidClaim, ...]], terms: DisclosureTerms) -> bool:
    """Whether what is hidden cannot be found by subtracting the shown from the total."""
    together = tuple(claim for group in hidden for claim in members[group])
    # A single hidden group never is: it would not be hidden if it could be shown.
    return may_show(together, terms)


def _persons(claims: Iterable[PaidClaim]) -> int:
    return len({claim.member_id for claim in claims})


def _cell(group: str, claims: tuple[PaidClaim, ...], *, is_hidden: bool) -> Cell:
    if is_hidden:
        return Cell(group=group, claims=None, amount=None)
    return Cell(group=group, claims=len(claims), amount=total(claim.amount for claim in claims))
