"""Scheme version: dated, and exactly one on any day."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.facts import FactKind, FactTerm
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.source import Grade, SourceDocument
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.errors import InvalidValueError, VersionGapError

Day = datetime.date


@pytest.fixture
def following(version: SchemeVersion) -> SchemeVersion:
    """The version from 2015 on, without an end."""
    return attrs.evolve(version, version_id="V-2015", first_day=Day(2015, 1, 1), last_day=None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Day(2013, 12, 31), False),
        (Day(2014, 1, 1), True),
        (Day(2014, 12, 31), True),
        (Day(2015, 1, 1), False),
    ],
)
def test_a_version_holds_from_its_first_to_its_last_day(
    version: SchemeVersion, day: Day, *, expected: bool
) -> None:
    """Both ends must be in force, their neighbours must not."""
    assert expected == version.is_in_force(day)


def test_a_version_without_end_holds_for_ever(following: SchemeVersion) -> None:
    """A version without a last day must hold on the last day of the calendar."""
    assert following.is_in_force(Day(9999, 12, 31))


def test_a_version_does_not_end_before_it_starts(version: SchemeVersion) -> None:
    """A last day before the first must be refused."""
    with pytest.raises(InvalidValueError, match="last_day must be >= 2014-01-01, got '2013-12-31'"):
        attrs.evolve(version, last_day=Day(2013, 12, 31))


HEARSAY = "hearsay"


def spoilt(version: SchemeVersion, part: str) -> dict[str, object]:
    """The version's field of that name with one source that leads nowhere."""
    points, (benefit,) = version.open_points, version.benefits
    cites = {
        "facts": (FactTerm(name="x", kind=FactKind.FLAG, title="x", source=HEARSAY),),
        "parts": (Part(part_id="x", name="x", source=HEARSAY),),
        "dues": attrs.evolve(version.dues, source=HEARSAY),
        "eligibility": attrs.evolve(version.eligibility, source=HEARSAY),
        "event": attrs.evolve(version.event, source=HEARSAY),
        "benefits": (attrs.evolve(benefit, base=attrs.evolve(benefit.base, source=HEARSAY)),),
        "open_points": attrs.evolve(points, cover_after=attrs.evolve(points.cover_after, source=HEARSAY)),
    }
    return {part: cites[part]}


@pytest.mark.parametrize(
    "part", ["facts", "parts", "dues", "eligibility", "event", "benefits", "open_points"]
)
def test_a_parameter_cites_what_is_known(version: SchemeVersion, part: str) -> None:
    """A source that is neither a clause nor a listed document must be refused, wherever it stands."""
    with pytest.raises(
        InvalidValueError, match="source must be a clause or a listed document, got 'hearsay'"
    ):
        attrs.evolve(version, **spoilt(version, part))


def test_a_parameter_may_cite_a_listed_document(version: SchemeVersion) -> None:
    """A source that stands among the documents of the version must be taken."""
    listed = SourceDocument(id=HEARSAY, title="传闻", grade=Grade.MADE_UP)
    changed = attrs.evolve(version, documents=(listed,), **spoilt(version, "dues"))
    assert HEARSAY in changed.sources


@pytest.mark.clause("ACFTU-4.3c")
@pytest.mark.parametrize(("day", "found"), [(Day(2014, 12, 31), "V-2014"), (Day(2015, 1, 1), "V-2015")])
def test_the_version_of_the_day_is_found(
    version: SchemeVersion, following: SchemeVersion, day: Day, found: str
) -> None:
    """The day must decide the version, across the change of the year (ACFTU-4.3c)."""
    assert found == version_on((version, following), "A", day).version_id


@pytest.mark.clause("ACFTU-4.3c")
def test_a_gap_is_told(version: SchemeVersion, following: SchemeVersion) -> None:
    """A day without a version must be told."""
    with pytest.raises(VersionGapError, match="in force on 2013-12-31, found none"):
        version_on((version, following), "A", Day(2013, 12, 31))


@pytest.mark.clause("ACFTU-4.3c")
def test_an_overlap_is_told(version: SchemeVersion, following: SchemeVersion) -> None:
    """A day with two versions must be told with both."""
    late = attrs.evolve(version, last_day=Day(2015, 6, 30))
    with pytest.raises(VersionGapError) as caught:
        version_on((late, following), "A", Day(2015, 1, 1))
    assert caught.value.found == ("V-2014", "V-2015")


def test_versions_of_other_schemes_do_not_count(version: SchemeVersion) -> None:
    """A version of another scheme must not be found."""
    with pytest.raises(VersionGapError):
        version_on((version,), "B", Day(2014, 6, 1))
