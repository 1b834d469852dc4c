"""Soundness of joining: one fault put into the joining terms is told at its path, and no other."""

from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.joining import (
    GateBand,
    JoiningTerms,
    LateJoining,
    NewHires,
    RenewalTerms,
    Term,
    Window,
)
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.scheme.soundness import Terms, findings, unsoundnesses
from mutualaid_core.testing.joining import JOINING, OPEN_JOINING, SECOND_HALF, WHOLE
from mutualaid_core.testing.samples import VERSION, rated

SOURCE = "HN-4.3.5d"


def found(joining: JoiningTerms, **changes: Any) -> list[tuple[str, str]]:  # noqa: ANN401  # any field of a version
    """Kind and path of every finding of the sample version with these joining terms."""
    version = attrs.evolve(VERSION, joining=joining, **changes)
    return [(each.flaw.name, each.path) for each in findings(Terms.of(version))]


def term(starts: int, months: int, fee: Ratio) -> Term:
    """A term."""
    return Term(starts_after_months=starts, months=months, fee=fee, source=SOURCE)


def band(below: int | None, ratio: Ratio = Ratio(9, 10), persons: int = 0) -> GateBand:  # noqa: B008  # a constant
    """A band of the gate."""
    return GateBand(eligible_below=below, ratio_min=ratio, persons_min=persons, source=SOURCE)


@pytest.mark.parametrize(
    "joining",
    [
        JOINING,
        OPEN_JOINING,
        attrs.evolve(JOINING, window=None),
        attrs.evolve(JOINING, late=LateJoining.ACCEPT, terms=(WHOLE, SECOND_HALF)),
        attrs.evolve(JOINING, gate=(band(30), band(50), band(None, persons=45))),
        attrs.evolve(JOINING, terms=(WHOLE, term(0, 36, Ratio(9, 10)))),
    ],
)
def test_terms_that_can_be_meant_are_sound(joining: JoiningTerms) -> None:
    """Nothing must be found in terms that somebody can take."""
    assert unsoundnesses(attrs.evolve(VERSION, joining=joining)) == ()


def test_a_version_without_joining_terms_is_sound() -> None:
    """Where nothing is said of joining, nothing must be found."""
    assert unsoundnesses(VERSION) == ()


@pytest.mark.parametrize(
    ("changes", "flaw", "path"),
    [
        ({"window": Window(opens=-4_000, closes=-1, source=SOURCE)}, "TOO_LONG", "window.opens"),
        ({"window": Window(opens=-30, closes=366, source=SOURCE)}, "TOO_LONG", "window.closes"),
        (
            {
                "renewal": RenewalTerms(
                    window=Window(opens=-30, closes=400, source=SOURCE), gap_days_max=0, source=SOURCE
                )
            },
            "TOO_LONG",
            "renewal.window.closes",
        ),
        ({"renewal": RenewalTerms(gap_days_max=4_000, source=SOURCE)}, "TOO_LONG", "renewal.gap_days_max"),
        ({"new_hires": NewHires(days_max=4_000, source=SOURCE)}, "TOO_LONG", "new_hires.days_max"),
        ({"terms": (WHOLE, term(0, 132, Ratio(1, 1)))}, "TOO_LONG", "terms[1].months"),
        (
            {"window": None, "new_hires": NewHires(days_max=30, source=SOURCE)},
            "NO_EFFECT",
            "new_hires",
        ),
        (
            {"late": LateJoining.ACCEPT, "new_hires": NewHires(days_max=30, source=SOURCE)},
            "NO_EFFECT",
            "new_hires",
        ),
        ({"terms": (WHOLE, WHOLE)}, "NO_EFFECT", "terms[1]"),
        ({"terms": (WHOLE, SECOND_HALF)}, "NO_EFFECT", "terms[1].starts_after_months"),
        (
            {"terms": (WHOLE, SECOND_HALF), "window": None},
            "NO_EFFECT",
            "terms[1].starts_after_months",
        ),
        (
            {"terms": (SECOND_HALF,), "late": LateJoining.ACCEPT},
            "NEVER_HOLDS",
            "terms",
        ),
        (
            {"terms": (WHOLE, term(0, 6, Ratio(1, 2)), term(6, 6, Ratio(2, 5))), "late": LateJoining.ACCEPT},
            "RATES",
            "terms[2].fee",
        ),
        ({"terms": (term(0, 12, Ratio(1, 3)),)}, "RATES", "terms[0].fee"),
        ({"gate": (band(None), band(50))}, "NO_EFFECT", "gate[1]"),
        ({"gate": (band(50), band(50))}, "NO_EFFECT", "gate[1].eligible_below"),
        ({"gate": (band(1),)}, "NO_EFFECT", "gate[0].eligible_below"),
        ({"gate": (band(50, persons=50),)}, "NEVER_HOLDS", "gate[0].persons_min"),
        ({"gate": (band(None),) * 31}, "TOO_LONG", "gate"),
        ({"ways": (*JOINING.ways, *JOINING.ways)}, "DOUBLED_NAME", "ways[1]"),
    ],
)
def test_one_fault_is_told_where_it_stands(changes: dict[str, Any], flaw: str, path: str) -> None:
    """Each fault must be told by its kind at its path."""
    assert (flaw, f"joining.{path}") in found(attrs.evolve(JOINING, **changes))


def test_a_third_of_the_dues_is_sound_where_it_is_whole() -> None:
    """A third of 60.00 must be allowed, and of 50.00 not, since that is no whole number of fen."""
    third = attrs.evolve(JOINING, terms=(term(0, 12, Ratio(1, 3)),))
    assert found(third, dues=rated(amount=60)) == []
    assert found(third) == [("RATES", "joining.terms[0].fee")]


def test_what_could_not_be_read_is_left_alone() -> None:
    """Joining terms of a version whose dues could not be read must still be checked."""
    terms = Terms(entities={"joining": attrs.evolve(JOINING, terms=(WHOLE, WHOLE))}, is_whole=False)
    assert [(each.flaw.name, each.path) for each in findings(terms)] == [("NO_EFFECT", "joining.terms[1]")]


def test_a_fee_of_nothing_is_told() -> None:
    """A half term at 0 % must be told: nothing is paid for it, so nobody is ever covered."""
    joining = attrs.evolve(JOINING, late=LateJoining.ACCEPT, terms=(WHOLE, term(6, 6, Ratio(0, 1))))
    assert found(joining) == [("NEVER_HOLDS", "joining.terms[1].fee")]
