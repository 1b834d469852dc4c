"""Disclosure: what points at a person is hidden, also from whoever subtracts."""

import pytest

from mutualaid_core.domain.oversight.disclosure import Breakdown, Cell, Dimension
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.rules.oversight.disclosure import PaidClaim, benefit_group, breakdown, may_show
from mutualaid_core.testing.samples import POLICY, yuan

TERMS = POLICY.disclosure
LEVELS = ("1", "2", "3", "9")


def claims(group: str, persons: int, amount: int = 100) -> tuple[PaidClaim, ...]:
    """A claim of *amount* yuan each of so many persons of a group."""
    return tuple(
        PaidClaim(
            member_id=f"m-{group}-{number}",
            amount=yuan(amount),
            groups=((Dimension.HOSPITAL_LEVEL, group),),
        )
        for number in range(persons)
    )


def shown(*groups: tuple[PaidClaim, ...]) -> Breakdown:
    """The breakdown of these claims by hospital level."""
    together = tuple(claim for group in groups for claim in group)
    return breakdown(Dimension.HOSPITAL_LEVEL, LEVELS, together, TERMS)


def hidden(found: Breakdown) -> list[str]:
    """The groups that a breakdown hides."""
    return [cell.group for cell in found.cells if cell.is_hidden]


@pytest.mark.parametrize(
    ("amount", "group"),
    [
        ("0.01", "500"),
        ("500", "500"),
        ("500.01", "1000"),
        ("1000", "1000"),
        ("5000", "5000"),
        ("10000", "10000"),
        ("10000.01", "above"),
    ],
)
def test_groups_by_benefit_end_with_their_edge(amount: str, group: str) -> None:
    """An amount on an edge must belong to the group below it."""
    assert benefit_group(yuan(amount)) == group


def test_large_groups_are_shown() -> None:
    """Groups of ten persons and more must be shown with claims and amount, empty ones with zero."""
    assert shown(claims("1", 10), claims("2", 12)).cells == (
        Cell(group="1", claims=10, amount=yuan(1_000)),
        Cell(group="2", claims=12, amount=yuan(1_200)),
        Cell(group="3", claims=0, amount=Money(0)),
        Cell(group="9", claims=0, amount=Money(0)),
    )


def test_nine_persons_are_too_few() -> None:
    """A group of nine persons must be hidden, and with it the next smallest against subtraction."""
    assert hidden(shown(claims("1", 9), claims("2", 12), claims("3", 11))) == ["1", "3"]


def test_claims_do_not_count_as_persons() -> None:
    """Twenty claims of five persons must be hidden like five persons."""
    few = claims("1", 5) * 4
    assert "1" in hidden(shown(few, claims("2", 12), claims("3", 30)))


def test_two_small_groups_need_no_third_where_they_are_enough_together() -> None:
    """Two hidden groups of six persons each must be enough: together they are twelve."""
    assert hidden(shown(claims("1", 6), claims("2", 6), claims("3", 30))) == ["1", "2"]


def test_two_small_groups_that_are_too_few_together_take_a_third() -> None:
    """Two hidden groups of three persons each must take the next with them: six are too few."""
    assert hidden(shown(claims("1", 3), claims("2", 3), claims("3", 30), claims("9", 40))) == ["1", "2", "3"]


def test_a_group_that_one_person_dominates_is_hidden() -> None:
    """A group in which one of eleven persons has 90 % of the money must be hidden."""
    rich = claims("1", 10, 100) + claims("1b", 1, 9_000)
    same = tuple(
        PaidClaim(member_id=each.member_id, amount=each.amount, groups=((Dimension.HOSPITAL_LEVEL, "1"),))
        for each in rich
    )
    assert "1" in hidden(shown(same, claims("2", 100, 1_000), claims("3", 120, 1_000)))


def test_a_single_group_that_must_be_hidden_stands_alone() -> None:
    """Where no other group has claims, there must be nothing more to hide, and nothing hangs."""
    dominated = claims("1", 10, 1) + claims("1", 1, 99_999)
    assert hidden(shown(dominated)) == list(LEVELS)


def test_too_few_persons_in_all_hide_every_group() -> None:
    """With nine persons in all even the empty groups must be hidden: they say where nobody was."""
    assert hidden(shown(claims("1", 4), claims("2", 5))) == list(LEVELS)


def test_no_claims_at_all_are_shown_as_none() -> None:
    """A period without claims must show its zeros."""
    assert hidden(shown()) == []


@pytest.mark.parametrize(("most", "allowed"), [(2_100, True), (2_101, False)])
def test_one_person_may_have_seventy_percent(
    most: int,
    allowed: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """With nine persons of 100 each, 2,100 of 3,000 must be allowed and a yuan more not."""
    assert may_show(claims("1", 9) + claims("2", 1, most), TERMS) == allowed


def test_several_claims_of_one_person_add_up() -> None:
    """A person's claims must count together when it is asked who has most."""
    one = claims("2", 1, 1_051) * 2
    assert not may_show(claims("1", 9) + one, TERMS)


def test_nobody_is_too_few() -> None:
    """Figures that rest on nobody must not be said to rest on enough."""
    assert not may_show((), TERMS)


def test_what_is_shown_is_what_was_paid() -> None:
    """Shown groups must hold exactly the money of their claims."""
    found = shown(claims("1", 10, 7), claims("2", 20, 11))
    assert total(cell.amount for cell in found.cells if cell.amount) == yuan(70 + 220)
