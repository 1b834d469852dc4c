"""The summary of a year: whole numbers that agree with each other."""

import json
from collections.abc import Callable

import attrs
import pytest

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.publication.summary import YearFigures, summary, summary_json

Make = Callable[..., Decision]


@pytest.fixture(scope="module")
def figures(decided: Make) -> YearFigures:
    """Four claims of two members: 4,050.00 and 2,000.00 paid to the same one, one refused, one nothing."""
    # 10,000.00 + 5,000.00 - 6,050.00 = 8,950.00, of which 950.00 rolled and 8,000.00 granted
    refused = decided(claim_id="C-3", member_id="m-2", enrolled=False)
    paid = (decided(), decided(claim_id="C-2", granted=Money(4_800_000)))
    return YearFigures(
        units=3,
        members=100,
        contributions=Money(500_000),
        decisions=(*paid, refused, decided(claim_id="C-4", member_id="m-2", granted=Money(5_000_000))),
        paid=Money(605_000),
        opening=Money(1_000_000),
        closing=Money(895_000),
        reserve=Money(95_000),
        grant=Money(800_000),
    )


def test_summary(figures: YearFigures) -> None:
    """The summary must count claims, persons and money as its docstring says."""
    assert summary(figures) == {
        "units": 3,
        "members": 100,
        "contributions_fen": 500_000,
        "claims": 4,
        "paid_claims": 2,
        "refused": 1,
        "held": 0,
        "claimants": 1,
        "paid_fen": 605_000,
        "largest_benefit_fen": 405_000,
        "opening_fen": 1_000_000,
        "granted_fen": 0,
        "closing_fen": 895_000,
        "reserve_fen": 95_000,
        "grant_fen": 800_000,
    }


def test_grants_within_the_year_are_told_apart(figures: YearFigures) -> None:
    """What was granted within the year must be a figure of its own, and part of the closing."""
    more = attrs.evolve(figures, granted=Money(7), closing=Money(895_007), grant=Money(800_007))
    assert (summary(more)["opening_fen"], summary(more)["granted_fen"]) == (1_000_000, 7)
    with pytest.raises(InvalidValueError, match="closing must be"):
        attrs.evolve(figures, granted=Money(7))


def test_summary_of_an_empty_year() -> None:
    """A year without claims must have a summary, without the parts that were not given."""
    none = YearFigures(
        units=0, members=0, contributions=ZERO, decisions=(), paid=ZERO, opening=ZERO, closing=ZERO
    )
    assert {"largest_benefit_fen": 0, "claimants": 0}.items() <= summary(none).items()
    assert not {"reserve_fen", "grant_fen"} & set(summary(none))


def test_summary_as_json(figures: YearFigures) -> None:
    """The JSON must hold the same numbers in the same order and end its last line."""
    text = summary_json(figures)
    assert list(json.loads(text).items()) == list(summary(figures).items())
    assert text.startswith('{\n  "units": 3,\n')
    assert text.endswith("\n}\n")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"paid": Money(604_999), "closing": Money(895_001)}, "paid"),
        ({"closing": Money(895_001)}, "closing"),
        ({"reserve": Money(95_001)}, "reserve"),
        ({"reserve": None, "grant": Money(895_001)}, "reserve"),
        ({"units": -1}, "units"),
    ],
)
def test_contradictions_are_refused(figures: YearFigures, changes: dict[str, object], field: str) -> None:
    """Figures that contradict each other must be refused by the field that is wrong."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(figures, **changes)
    assert caught.value.field == field


def test_a_part_alone_may_be_given(figures: YearFigures) -> None:
    """The grant may be given without the rolled reserve."""
    assert summary(attrs.evolve(figures, reserve=None))["grant_fen"] == 800_000


def test_a_claim_named_twice_is_refused(figures: YearFigures, decided: Make) -> None:
    """A claim must be counted once."""
    with pytest.raises(InvalidValueError) as caught:
        attrs.evolve(figures, decisions=(*figures.decisions, decided()))
    assert caught.value.field == "decisions"


def test_what_is_unpaid_is_told_apart(figures: YearFigures) -> None:
    """A benefit that has not been paid must be counted as owed, not as paid."""
    # 6,050.00 - 2,000.00 of C-2 = 4,050.00 paid; 8,950.00 + 2,000.00 = 10,950.00 is still there.
    changes = {"paid": Money(405_000), "closing": Money(1_095_000), "reserve": Money(295_000)}
    short = summary(attrs.evolve(figures, unpaid=("C-2",), **changes))
    wanted = {"claims": 4, "paid_claims": 1, "paid_fen": 405_000, "unpaid_claims": 1, "unpaid_fen": 200_000}
    assert wanted.items() <= short.items()
