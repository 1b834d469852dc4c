"""On every day of a year one version holds, and a later one changes nothing before its day."""

import datetime
from itertools import pairwise
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion, version_on
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.errors import VersionGapError
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.intake.structure import structure
from mutualaid_core.intake.year_folder import YearFile
from mutualaid_core.rules.claims.admission import event_day, version_for_claim
from mutualaid_core.testing.samples import CHINA_TIME, PERIOD_RECORD, VERSION, YEAR, stay

EXAMPLES = Path(__file__).parents[2] / "examples"
CHANGE = datetime.date(2014, 7, 1)
BEFORE = attrs.evolve(VERSION, last_day=add_days(CHANGE, -1))
AFTER = attrs.evolve(VERSION, version_id="V-LATER", first_day=CHANGE)
DAYS = st.dates(YEAR.first_day, YEAR.last_day)


def samples() -> list[object]:
    """The version and the period of every example, by the name of its folder."""
    found = []
    for folder in sorted(path.parent for path in EXAMPLES.glob("*/year.yaml")):
        scheme, _ = read_scheme_file(folder / "scheme.yaml")
        year = structure(read_document(folder / "year.yaml"), YearFile)
        assert scheme is not None
        assert year is not None
        found.append(pytest.param(scheme.versions[0], year.period, id=folder.name))
    return found


def days_of(period: Period) -> list[datetime.date]:
    """Every day of a period."""
    return [add_days(period.cover.first_day, number) for number in range(period.cover.days)]


@pytest.mark.parametrize(("version", "period"), samples())
def test_one_version_holds_on_every_day(version: SchemeVersion, period: Period) -> None:
    """On each day of the period exactly one version must be in force."""
    held = {version_on((version,), period.scheme_id, day) for day in days_of(period)}
    assert held == {version}


@pytest.mark.parametrize(("version", "period"), samples())
def test_no_version_holds_beside_the_year(version: SchemeVersion, period: Period) -> None:
    """On the day before and on the day after, none must be in force."""
    for day in (add_days(period.cover.first_day, -1), add_days(period.cover.last_day, 1)):
        with pytest.raises(VersionGapError):
            version_on((version,), period.scheme_id, day)


def test_versions_follow_each_other_without_gap() -> None:
    """With a change in July each day must have one version, and the change fall on its day."""
    held = [version_on((BEFORE, AFTER), VERSION.scheme_id, day).version_id for day in days_of(PERIOD_RECORD)]
    changes = [number for number, (old, new) in enumerate(pairwise(held), start=1) if old != new]
    assert [days_of(PERIOD_RECORD)[number] for number in changes] == [CHANGE]


@given(DAYS)
def test_a_version_of_another_scheme_does_not_count(day: datetime.date) -> None:
    """A version of another scheme must neither hold nor disturb."""
    other = attrs.evolve(VERSION, scheme_id="HN-B", version_id="V-B")
    assert version_on((other, VERSION), VERSION.scheme_id, day) == VERSION


@given(DAYS, st.integers(0, 40), st.integers(0, 40), st.sampled_from(EventDate))
def test_a_later_version_changes_nothing_before_its_day(
    admitted: datetime.date, days: int, wait: int, period_by: EventDate
) -> None:
    """A stay whose day lies before the change must get the version of before, a later one the new one."""
    discharged = add_days(admitted, days)
    settled = add_days(discharged, wait)
    settlement = stay(
        begndate=admitted,
        enddate=discharged,
        setl_time=datetime.datetime.combine(settled, datetime.time(9), CHINA_TIME),
    )
    event = attrs.evolve(VERSION.event, period_by=period_by)
    before, after = (attrs.evolve(each, event=event) for each in (BEFORE, AFTER))
    chosen = version_for_claim((before, after), settlement, PERIOD_RECORD)
    day = event_day(settlement, period_by)
    is_later = CHANGE <= day <= YEAR.last_day
    assert chosen == (after if is_later else before)
