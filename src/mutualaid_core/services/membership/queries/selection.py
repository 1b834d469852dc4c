"""Selection (逆选择查询): gathers what the indicators may know of units, and has them judged."""

import datetime
from collections.abc import Iterable, Mapping

from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.roster import RosterPage, RosterPerson
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.dates import age_on
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.ports.store import PAGE_ROWS_MAX, Store
from mutualaid_core.rules.membership.selection.judgement import SelectionFinding, selection_finding
from mutualaid_core.rules.membership.selection.measure import SelectionTerms
from mutualaid_core.rules.membership.selection.persons import UnitWorkers, Worker, pooled
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.pages import roster_day
from mutualaid_core.services.membership.queries.roster import Asked
from mutualaid_core.services.membership.queries.scheme import periods_read, version_at, versions_read
from mutualaid_core.services.membership.rosters.reading import roster_pages
from mutualaid_core.work import read_many, read_one, records_of


def selection_of_units(
    store: Store,
    scheme_id: SchemeId,
    period_id: PeriodId,
    industries: Mapping[UnitId, str],
    terms: SelectionTerms,
) -> tuple[SelectionFinding, ...]:
    """What the selection indicators say of units; small ones are pooled by industry first.

    Read are roster pages, enrolments, and what the scheme itself granted before the roster date;
    no diagnosis, and nothing from outside. A unit without a roster is left out.

    Order: units as given, then industries. Cost: every roster page of the units, a read by key
    of each worker's enrolments, and one look-up of decisions for each worker.

    Args:
        store: Where to read.
        scheme_id: Scheme.
        period_id: Period.
        industries: Industry of each unit.
        terms: Thresholds and bands.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        SN-2.2.2b, ACFTU-1.1c, ACFTU-11.2c
    """
    period = read_one(store, Period, key_of(scheme_id, period_id))
    version = version_at(versions_read(store, scheme_id), period.cover.first_day)
    found = (
        _unit_workers(store, period, UnitId(unit_id), industry) for unit_id, industry in industries.items()
    )
    groups = pooled((unit for unit in found if unit is not None), terms.persons_min)
    return tuple(selection_finding(group, version.parts if version else (), terms) for group in groups)


def _unit_workers(store: Store, period: Period, unit_id: UnitId, industry: str) -> UnitWorkers | None:
    day = period.cover.first_day
    # Selection is judged by all that is known by now, not by the knowledge of a day.
    asked = Asked(
        scheme_id=period.scheme_id,
        period_id=period.period_id,
        unit_id=unit_id,
        on=day,
        known_at=datetime.date.max,
    )
    counted_on = roster_day(store, asked)
    if counted_on is None:
        return None
    pages = tuple(roster_pages(store, unit_id, counted_on))
    persons = [person for page in pages for person in page.persons]
    enrolled = _enrolled(store, period, persons)
    return UnitWorkers(
        unit_id=unit_id,
        industry=industry,
        was_covered=_was_covered(store, period, persons),
        workers=_workers(store, pages, enrolled, period.scheme_id),
    )


def _workers(
    store: Store, pages: tuple[RosterPage, ...], enrolled: Mapping[str, Enrolment], scheme_id: SchemeId
) -> tuple[Worker, ...]:
    return tuple(
        Worker(
            age=age_on(person.birth_date, page.counted_on),
            joins=person.member_id in enrolled,
            claimed=_has_claimed(store, scheme_id, person.member_id, page.counted_on),
            parts=enrolled[person.member_id].parts if person.member_id in enrolled else (),
        )
        for page in pages
        for person in page.persons
    )


def _enrolled(store: Store, period: Period, persons: Iterable[RosterPerson]) -> dict[str, Enrolment]:
    """Those of the persons who hold a place in a period, by pseudonym."""
    keys = [key_of(period.scheme_id, period.period_id, person.member_id) for person in persons]
    found: dict[str, Enrolment] = {}
    for first in range(0, len(keys), PAGE_ROWS_MAX):
        read = read_many(store, Enrolment, keys[first : first + PAGE_ROWS_MAX]).values()
        found |= {each.member_id: each for each in read if each.is_active}
    return found


def _was_covered(store: Store, period: Period, persons: list[RosterPerson]) -> bool:
    """Whether anybody of the unit had a place in an earlier period, so that claims can be told."""
    periods = periods_read(store, period.scheme_id)
    earlier = [each for each in periods if each.cover.last_day < period.cover.first_day]
    return any(_enrolled(store, each, persons) for each in reversed(earlier))


def _has_claimed(store: Store, scheme_id: SchemeId, member_id: str, before: datetime.date) -> bool:
    """Whether the scheme granted the person something before a day."""
    return any(
        record.index["scheme_id"] == scheme_id
        and bool(record.index["benefit_fen"])
        and str(record.index["decided_on"]) < before.isoformat()
        for record in records_of(store, "decision", "member_id", member_id)
    )
