"""Kinds of care: codes that exist, and benefits that a covered kind of care can reach."""

from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.conditions import CodeIs, Match
from mutualaid_core.domain.scheme.benefit.steps import ByClass, Choice
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.scheme.soundness import Terms, findings
from mutualaid_core.testing.samples import VERSION

(BENEFIT,) = VERSION.benefits


def told(version: SchemeVersion) -> list[tuple[str, str, str]]:
    """Kind, path and value of every finding."""
    return [(each.flaw.name, each.path, each.found) for each in findings(Terms.of(version))]


def covering(*codes: str, **changes: Any) -> SchemeVersion:  # noqa: ANN401  # any field of a benefit
    """The sample version, which pays for stays, with other kinds of care and another benefit."""
    event = attrs.evolve(VERSION.event, kinds_of_care=codes)
    return attrs.evolve(VERSION, event=event, benefits=(attrs.evolve(BENEFIT, **changes),))


@pytest.mark.parametrize("code", ["21", "24", "26", "28", "2101", "52", "9901", "990101"])
@pytest.mark.clause("HN-4.2.1a")
def test_kinds_of_care_of_stays(code: str) -> None:
    """National codes, longer ones of a region and local ones must be sound for stays."""
    assert told(covering(code)) == []


@pytest.mark.parametrize("code", ["zz", "2l", "2", "31", "00", "99", "2100000"])
@pytest.mark.clause("HN-4.2.1a")
def test_no_kind_of_care(code: str) -> None:
    """What no settlement can have as its kind of care must be told at its place."""
    assert told(covering("21", code)) == [("UNKNOWN_WORD", "event.kinds_of_care[1]", code)]


def test_a_condition_and_a_class_name_kinds_of_care() -> None:
    """Where terms ask for the kind of care, a code that is none must be told; beginnings are codes' parts."""
    exact = CodeIs(fact="med_type", one_of=("21", "2l"))
    part = CodeIs(fact="med_type", one_of=("2",), match=Match.PREFIX)
    assert told(covering("21", when=(exact, part))) == [
        ("UNKNOWN_WORD", "benefits[0].when[0].one_of[1]", "2l")
    ]
    first, *rest = BENEFIT.steps
    classes = ByClass(
        fact="med_type",
        choices=(Choice(one_of=("21", "zz"), step=first),),  # type: ignore[arg-type]  # a plain step
        source="HN-4.2.1a",
    )
    found = told(covering("21", steps=(classes, *rest)))
    assert ("UNKNOWN_WORD", "benefits[0].steps[0].choices[0].one_of[1]", "zz") in found


@pytest.mark.parametrize(
    ("codes", "event", "value"),
    [
        (("11",), EventKind.INPATIENT_STAY, "inpatient_stay"),
        (("14", "41"), EventKind.INPATIENT_STAY, "inpatient_stay"),
        (("21", "24"), EventKind.OUTPATIENT_VISIT, "outpatient_visit"),
    ],
)
@pytest.mark.clause("HN-4.2.1a")
def test_a_benefit_that_nobody_can_claim(codes: tuple[str, ...], event: EventKind, value: str) -> None:
    """A benefit for an event that no covered kind of care can be must be told."""
    assert told(covering(*codes, event=event)) == [("NEVER_HOLDS", "benefits[0].event", value)]


@pytest.mark.parametrize(
    ("codes", "event"),
    [
        (("21", "11"), EventKind.INPATIENT_STAY),
        (("21", "11"), EventKind.OUTPATIENT_VISIT),
        (("51",), EventKind.OUTPATIENT_VISIT),
        (("11",), EventKind.CRITICAL_ILLNESS),
    ],
)
def test_a_benefit_that_can_be_claimed(codes: tuple[str, ...], event: EventKind) -> None:
    """One kind of care of the event is enough; what has no settlement has none."""
    assert told(covering(*codes, event=event)) == []


def test_a_condition_leaves_only_other_kinds_of_care() -> None:
    """A benefit for stays that asks for visits must be told, and once where nothing is left."""
    visits = CodeIs(fact="med_type", one_of=("11",))
    assert told(covering("21", "11", when=(visits,))) == [
        ("NEVER_HOLDS", "benefits[0].event", "inpatient_stay")
    ]
    nothing = CodeIs(fact="med_type", one_of=("24",))
    assert told(covering("21", "11", when=(nothing,))) == [
        ("NEVER_HOLDS", "benefits[0].when[0]", "a condition on med_type")
    ]


def test_without_readable_events_nothing_is_asked() -> None:
    """Where the events could not be read, benefits must not be held against them."""
    left = {path: each for path, each in Terms.of(VERSION).entities.items() if path != "event"}
    assert findings(Terms(entities=left, is_whole=False)) == ()
