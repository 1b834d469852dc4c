"""Queries: cover and rosters as known on a day, gate and differences, and pages that never repeat."""

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.paying.remittance import Remittance, RemittanceState
from mutualaid_core.domain.membership.roster import RosterPage, RosterPerson
from mutualaid_core.domain.membership.transfer import Transfer, TransferState
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, PaymentsLimit, Per
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy.membership import ParticipationGoal
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId, VersionId
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.rules.membership.cover import CoverReason
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.rules.membership.selection.measure import ASSUMED, Level, SelectionId
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.queries.gate import (
    DifferenceKind,
    gate_status,
    unit_differences,
)
from mutualaid_core.services.membership.queries.limits import limits_of
from mutualaid_core.services.membership.queries.member import member_cover, member_history
from mutualaid_core.services.membership.queries.paging import RowPage
from mutualaid_core.services.membership.queries.roster import (
    Asked,
    enrolments_of_period,
    unit_roster,
    whole_roster,
)
from mutualaid_core.services.membership.queries.selection import selection_of_units
from mutualaid_core.services.membership.transfer import (
    AcceptTransfer,
    ProposeTransfer,
    accept_transfer,
    propose_transfer,
)
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FILED_ON,
    FOUNDING,
    PERIOD,
    POLICY,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    YUEYANG_2014,
    dues,
    id_number,
    joiner,
    member_id,
    name_of,
    stay,
    yuan,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_all, read_one

OTHER = UnitId("U-2")
MOVED_ON = datetime.date(2014, 7, 1)
LAST = YEAR.last_day
OLD_PERIOD = PeriodId("2013")


def write(world: World, *entities: object, replace: bool = False) -> None:
    """Records as other acts leave them."""

    def decide(work: Work) -> int:
        for entity in entities:
            if replace and isinstance(entity, Enrolment):
                work.get(Enrolment, key_of(entity.scheme_id, entity.period_id, entity.member_id))
                work.replace(entity)
            else:
                work.add(entity)
        return len(entities)

    purpose = Purpose(name="write", subject="test", chain=SCHEME, answer=int)
    perform(world.host, world.act(), purpose, "written", decide)


def enrolment_of(world: World, number: int) -> Enrolment:
    """The enrolment of person *number*."""
    return read_one(world.store, Enrolment, key_of(SCHEME, PERIOD, member_id(number)))


def move(world: World, number: int, name: str, to: UnitId = OTHER, on: datetime.date = MOVED_ON) -> None:
    """A transfer as it is once the receiving unit has accepted it."""
    held = enrolment_of(world, number)
    entry = Change(
        kind=ChangeKind.TRANSFERRED, holds_from=on, known_on=on, unit_id=to, cover=held.cover, cause=name
    )
    write(world, with_change(held, entry), accepted(held, name, to, on), replace=True)


def accepted(held: Enrolment, name: str, to: UnitId = OTHER, on: datetime.date = MOVED_ON) -> Transfer:
    """A transfer that was accepted on its day."""
    return Transfer(
        transfer_id=name,
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=held.member_id,
        from_unit=held.unit_id,
        to_unit=to,
        to_pool=FOUNDING.region.pool_id,
        is_inside=True,
        moves_on=on,
        proposed_on=on,
        expires_on=on,
        state=TransferState.ACCEPTED,
        decided_on=on,
    )


def change(world: World, number: int, kind: ChangeKind, on: datetime.date = MOVED_ON) -> None:
    """A further entry in the history of person *number*."""
    held = enrolment_of(world, number)
    cover = None if kind in {ChangeKind.WITHDRAWN, ChangeKind.VOIDED} else held.cover
    entry = Change(kind=kind, holds_from=on, known_on=on, unit_id=None, cover=cover)
    write(world, with_change(held, entry), replace=True)


def asked(unit: UnitId = UNIT, on: datetime.date = LAST, known_at: datetime.date = LAST) -> Asked:
    """A question about a unit."""
    return Asked(scheme_id=SCHEME, period_id=PERIOD, unit_id=unit, on=on, known_at=known_at)


def at(world: World, question: Asked) -> set[MemberId]:
    """Who is at a unit."""
    return {row.member_id for row in whole_roster(world.store, question)}


def those(*numbers: int) -> set[MemberId]:
    """Pseudonyms."""
    return {member_id(number) for number in numbers}


def person(number: int, *, joins: bool = True, age: int = 33) -> RosterPerson:
    """Person *number* on a roster, so many years old in 2013."""
    return RosterPerson(
        member_id=member_id(number),
        name=name_of(number),
        id_number=id_number(number),
        sex=Sex.UNKNOWN,
        birth_date=datetime.date(2013 - age, 1, 1),
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        joins=joins,
        row=number + 1,
    )


def roster_page(
    *persons: RosterPerson, page: int = 1, unit: UnitId = UNIT, on: datetime.date = COLLECTED_ON
) -> RosterPage:
    """One page of a roster."""
    return RosterPage(unit_id=unit, counted_on=on, import_id="I-1", page=page, persons=persons)


def held_remittance(entry: str, period: PeriodId = PERIOD) -> Remittance:
    """A remittance of the sample unit of which half is missing."""
    return Remittance(
        remittance_id=EntryId(entry),
        scheme_id=SCHEME,
        period_id=period,
        unit_id=UNIT,
        received=yuan(50),
        listed=yuan(100),
        persons=2,
        lines=(dues(1), dues(2)),
        received_on=COLLECTED_ON,
        state=RemittanceState.HELD,
    )


def test_a_member_is_covered_as_it_was_known(joined: World) -> None:
    """After payment there must be cover, and by the knowledge of the day before nobody of that pseudonym."""
    found = member_cover(joined.store, SCHEME, member_id(1), on=YEAR.first_day, known_at=LAST)
    assert (found.is_covered, len(found.periods)) == (True, 1)
    cover = found.periods[0]
    assert (cover.period_id, cover.days, cover.shares, cover.parts) == (PERIOD, YEAR, 1, ())
    assert (cover.joined_as, cover.term_months) == (JoinedAs.NEW, 12)
    assert (cover.answer.reasons, cover.answer.unit_id) == ((CoverReason.COVERED,), UNIT)
    before = COLLECTED_ON - datetime.timedelta(days=1)
    with pytest.raises(NotFoundError, match="member"):
        member_cover(joined.store, SCHEME, member_id(1), on=YEAR.first_day, known_at=before)


def test_who_never_joined_the_scheme_is_not_covered(world: World) -> None:
    """A member without an enrolment must be told so for the period of the day, and for no other."""
    world.join(1)
    change(world, 1, ChangeKind.VOIDED)
    found = member_cover(world.store, SCHEME, member_id(1), on=YEAR.first_day, known_at=LAST)
    assert found.periods[0].answer.reasons == (CoverReason.VOIDED,)
    other = SchemeId("HN-NONE")
    assert member_cover(world.store, other, member_id(1), on=YEAR.first_day, known_at=LAST).periods == ()


def test_a_member_without_enrolment_is_told_so(world: World) -> None:
    """In a period that was not joined the answer must be that, and only where the day is in it."""
    world.join(1)
    later = Period(
        scheme_id=SCHEME,
        period_id=PeriodId("2015"),
        cover=DayRange(datetime.date(2015, 1, 1), datetime.date(2015, 12, 31)),
    )
    write(world, later)
    in_2015 = member_cover(
        world.store, SCHEME, member_id(1), on=datetime.date(2015, 5, 1), known_at=datetime.date(2015, 5, 1)
    )
    assert [cover.answer.reasons for cover in in_2015.periods] == [
        (CoverReason.AFTER_COVER,),
        (CoverReason.NOT_ENROLLED,),
    ]
    in_2014 = member_cover(world.store, SCHEME, member_id(1), on=LAST, known_at=LAST)
    assert [cover.period_id for cover in in_2014.periods] == [PERIOD]


def test_nobody_has_an_unknown_pseudonym(world: World) -> None:
    """A pseudonym that no member has must be refused."""
    with pytest.raises(NotFoundError, match="member"):
        member_cover(world.store, SCHEME, member_id(9), on=LAST, known_at=LAST)


def test_no_version_gives_no_limits(world: World) -> None:
    """Where no version holds on the first day of a period, cover must be told without limits."""
    world.join(1)
    gap = DayRange(datetime.date(2013, 1, 1), datetime.date(2013, 12, 31))
    held = attrs.evolve(enrolment_of(world, 1), period_id=OLD_PERIOD, cover=gap, history=())
    write(world, Period(scheme_id=SCHEME, period_id=OLD_PERIOD, cover=gap), held)
    found = member_cover(world.store, SCHEME, member_id(1), on=gap.first_day, known_at=LAST)
    assert [(cover.period_id, cover.limits != ()) for cover in found.periods] == [
        (OLD_PERIOD, False),
        (PERIOD, True),
    ]


def test_limits_are_used_as_it_was_decided(funded: World) -> None:
    """A claim of 2,550 must leave 47,450 of 50,000 from the day of its decision on."""
    done = funded.file(stay(8_000))
    assert (done.outcome, done.benefit) == (Outcome.PASS, yuan(2_550))
    found = member_cover(funded.store, SCHEME, member_id(1), on=LAST, known_at=FILED_ON)
    (limit,) = found.periods[0].limits
    assert limit.counter == "amount/inpatient/period"
    assert (limit.most, limit.used, limit.left) == (5_000_000, 255_000, 4_745_000)
    before = FILED_ON - datetime.timedelta(days=1)
    (limit,) = member_cover(funded.store, SCHEME, member_id(1), on=LAST, known_at=before).periods[0].limits
    assert (limit.used, limit.left) == (0, 5_000_000)


def test_limits_of_days_and_shares_are_told(world: World) -> None:
    """Two shares must double a cap that says so; what runs by word or is of a part not held is left out."""
    cap = AmountLimit(most=yuan(50_000), per=Per.PERIOD, times_shares=True, source="HN-4.4.3c")
    count = PaymentsLimit(most=3, per=Per.PERIOD, source="HN-4.4.3c")
    by_word = PaymentsLimit(most=1, per=Per.PERIOD, each="hosp_lv", source="HN-4.4.3c")
    held = attrs.evolve(YUEYANG_2014, limits=(cap, count, by_word))
    rider = attrs.evolve(YUEYANG_2014, benefit_id="rider", part="rider")
    version = attrs.evolve(VERSION, benefits=(held, rider))
    member = attrs.evolve(enrolment_template(), shares=2)
    assert world.period_id == member.period_id
    assert [(each.counter, each.most) for each in limits_of(PERIOD, member.held, version, ())] == [
        ("amount/inpatient/period", 10_000_000),
        ("payments/inpatient/period", 3),
    ]


def test_a_decision_of_the_first_form_uses_the_first_cap(funded: World) -> None:
    """Where a decision does not tell what it used, its benefit must count against the first benefit."""
    funded.file(stay(8_000))
    decision = next(iter(read_all(funded.store, Decision)))
    old = attrs.evolve(decision, uses=())
    (limit,) = limits_of(PERIOD, enrolment_of(funded, 1).held, VERSION, (old,))
    assert limit.used == 255_000
    elsewhere = attrs.evolve(old, period_id=OLD_PERIOD)
    (limit,) = limits_of(PERIOD, enrolment_of(funded, 1).held, VERSION, (elsewhere,))
    assert limit.used == 0


def test_a_history_tells_entries_and_stretches(joined: World) -> None:
    """Joining and moving must be two entries and two stretches, and one of each before the move."""
    move(joined, 1, "T-1")
    (history,) = member_history(joined.store, SCHEME, member_id(1), known_at=LAST)
    assert [entry.kind for entry in history.entries] == [ChangeKind.JOINED, ChangeKind.TRANSFERRED]
    assert [(each.unit_id, each.days.first_day) for each in history.stretches] == [
        (UNIT, YEAR.first_day),
        (OTHER, MOVED_ON),
    ]
    before = MOVED_ON - datetime.timedelta(days=1)
    (earlier,) = member_history(joined.store, SCHEME, member_id(1), known_at=before)
    assert (len(earlier.entries), len(earlier.stretches)) == (1, 1)
    unknown = COLLECTED_ON - datetime.timedelta(days=1)
    assert member_history(joined.store, SCHEME, member_id(1), known_at=unknown) == ()


def test_a_roster_follows_a_transfer(joined: World) -> None:
    """Until the day before the move the member must be at the old unit, then at the new one."""
    move(joined, 1, "T-1")
    waiting = attrs.evolve(
        accepted(enrolment_of(joined, 2), "T-2"), state=TransferState.PROPOSED, decided_on=None
    )
    write(joined, waiting)
    before = MOVED_ON - datetime.timedelta(days=1)
    assert at(joined, asked(on=before)) == those(1, 2)
    assert at(joined, asked(on=MOVED_ON)) == those(2)
    assert at(joined, asked(OTHER, on=before)) == set()
    assert at(joined, asked(OTHER, on=MOVED_ON)) == those(1)
    assert at(joined, asked(on=MOVED_ON, known_at=before)) == those(1, 2)
    assert at(joined, asked(on=MOVED_ON, known_at=datetime.date(2013, 1, 1))) == set()


def test_a_roster_follows_the_acts_themselves(joined: World) -> None:
    """A transfer that was proposed and accepted by its acts must move the member, and its cover not."""
    joined.admit(1, 1, OTHER)
    answered_on = datetime.date(2014, 7, 3)
    propose = ProposeTransfer(
        transfer_id="T-1",
        by_unit=UNIT,
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        to_unit=OTHER,
        moves_on=MOVED_ON,
        expires_on=datetime.date(2014, 7, 31),
    )
    proposed = propose_transfer(joined.host, joined.act(MOVED_ON), propose).result
    accept = AcceptTransfer(scheme_id=SCHEME, transfer_id="T-1", by_unit=OTHER)
    accepted_ = accept_transfer(joined.host, joined.act(answered_on), accept).result
    assert Outcome.REJECT not in {proposed.outcome, accepted_.outcome}
    assert at(joined, asked(on=MOVED_ON)) == those(2)
    assert at(joined, asked(OTHER, on=MOVED_ON)) == those(1)
    assert at(joined, asked(on=MOVED_ON, known_at=MOVED_ON)) == those(1, 2)
    found = member_cover(joined.store, SCHEME, member_id(1), on=MOVED_ON, known_at=answered_on)
    assert (found.is_covered, found.periods[0].answer.cover) == (True, YEAR)


def test_who_went_and_came_back_is_listed_once(joined: World) -> None:
    """Two transfers from a unit must not list the member twice."""
    move(joined, 1, "T-1", on=datetime.date(2014, 3, 1))
    move(joined, 1, "T-2", UNIT, on=datetime.date(2014, 5, 1))
    move(joined, 1, "T-3", on=datetime.date(2014, 7, 1))
    rows = [row.member_id for row in whole_roster(joined.store, asked(on=datetime.date(2014, 6, 1)))]
    assert rows == sorted(those(1, 2))
    assert at(joined, asked(on=datetime.date(2014, 4, 1))) == those(2)


def test_who_left_work_or_is_void_is_on_no_roster(world: World) -> None:
    """From the day of the leaving on the member must not be listed, a void one on no day."""
    world.join(1, 2, 3)
    change(world, 1, ChangeKind.RETIRED)
    change(world, 2, ChangeKind.VOIDED)
    before = MOVED_ON - datetime.timedelta(days=1)
    assert at(world, asked(on=before)) == those(1, 3)
    assert at(world, asked(on=MOVED_ON)) == those(3)


def test_a_row_tells_whether_its_member_is_covered(world: World) -> None:
    """Who has not paid must be on the roster, and not covered."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    (row,) = unit_roster(world.store, asked()).rows
    assert (row.shares, row.parts, row.joined_as) == (1, (), JoinedAs.NEW)
    assert (row.answer.is_covered, row.answer.reasons) == (False, (CoverReason.NOT_PAID,))


def test_enrolments_of_a_period_are_paged(world: World) -> None:
    """Five enrolments must be three pages of two, whatever their state, and of no other period."""
    world.join(1, 2, 3, 4, 5)
    change(world, 3, ChangeKind.VOIDED)
    held = attrs.evolve(enrolment_of(world, 1), period_id=PeriodId("2014b"))
    write(world, held)

    def page(after: str | None) -> RowPage[Enrolment]:
        return enrolments_of_period(world.store, SCHEME, PERIOD, after=after, limit=2)

    pages = paged(page)
    assert [len(rows) for rows in pages] == [2, 2, 1]
    assert [each.member_id for rows in pages for each in rows] == sorted(those(1, 2, 3, 4, 5))


def paged(
    page: Callable[[str | None], RowPage[Any]], between: Callable[[], None] = lambda: None
) -> list[Any]:
    """All pages in their order."""
    found, after = [], None
    while True:
        got = page(after)
        found.append(got.rows)
        if got.next is None:
            return found
        after = got.next
        between()


@pytest.mark.parametrize("limit", [0, 1_001, -1])
def test_a_page_has_a_size(world: World, limit: int) -> None:
    """A page of none or of more than 1,000 rows must be refused by each query."""
    with pytest.raises(InvalidValueError, match="limit"):
        unit_roster(world.store, asked(), limit=limit)
    with pytest.raises(InvalidValueError, match="limit"):
        unit_differences(world.store, asked(), limit=limit)
    with pytest.raises(InvalidValueError, match="limit"):
        enrolments_of_period(world.store, SCHEME, PERIOD, limit=limit)


@pytest.mark.parametrize("after", ["", "nonsense", "9|x", "x|y", "0|"])
def test_a_token_that_no_page_gave_is_refused(world: World, after: str) -> None:
    """Differences must refuse a token without a kind."""
    with pytest.raises(InvalidValueError, match="after"):
        unit_differences(world.store, asked(), after=after)


def test_a_token_has_a_size(world: World) -> None:
    """A token longer than any key must be refused, as must one that is empty."""
    with pytest.raises(TooLargeError):
        unit_roster(world.store, asked(), after="x" * 300)
    with pytest.raises(InvalidValueError, match="after"):
        unit_roster(world.store, asked(), after="")


def test_a_roster_of_an_unknown_period_is_refused(world: World) -> None:
    """There must be no roster of a period that does not exist."""
    question = attrs.evolve(asked(), period_id=PeriodId("1999"))
    with pytest.raises(NotFoundError, match="period"):
        unit_roster(world.store, question)


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_pages_are_the_whole_and_never_repeat(data: st.DataObject) -> None:
    """While others join and move between the pages, no row must come twice, and nobody be missed.

    Everybody who was at the unit from the first page to the last must be on one of them, and
    nobody who never was.
    """
    world = World()
    world.found()
    known = data.draw(st.integers(1, 12))
    world.admit(40, 40)
    world.enrol(*(joiner(number) for number in range(1, known + 1)))
    fresh, moving = iter(range(known + 1, 40)), iter(range(1, known + 1))
    names = (f"T-{number}" for number in range(40))

    def between() -> None:
        if data.draw(st.booleans()):
            world.enrol(joiner(next(fresh)))
        if data.draw(st.booleans()):
            number = next(moving, None)
            if number is not None:
                move(world, number, next(names))

    before = MOVED_ON - datetime.timedelta(days=1)
    limit = data.draw(st.integers(1, 5))
    pages = paged(lambda after: unit_roster(world.store, asked(on=before), after=after, limit=limit), between)
    rows = [row.member_id for page in pages for row in page]
    assert rows == sorted(set(rows))
    assert those(*range(1, known + 1)) <= set(rows) <= those(*range(1, next(fresh)))
    assert all(len(page) == limit for page in pages[:-1])


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_differences_are_the_whole_and_never_repeat(data: st.DataObject) -> None:
    """Pages of differences must add up to all of them, none twice, while more come in."""
    world = World()
    world.found()
    world.admit(40, 40)
    enrolled, named = data.draw(st.integers(0, 8)), data.draw(st.integers(0, 8))
    world.enrol(*(joiner(number) for number in range(1, enrolled + 1)))
    pages = [roster_page(person(20 + number), page=number + 1) for number in range(named)]
    write(world, *pages, held_remittance("R-1"))
    fresh = iter(range(10, 20))

    def between() -> None:
        number = next(fresh, None)
        if number is not None and data.draw(st.booleans()):
            world.enrol(joiner(number))

    limit = data.draw(st.integers(1, 4))
    found = paged(lambda after: unit_differences(world.store, asked(), after=after, limit=limit), between)
    rows = [(row.kind, row.subject) for page in found for row in page]
    assert len(set(rows)) == len(rows)
    first = {(DifferenceKind.JOINS_NOT_ENROLLED, member_id(20 + number)) for number in range(named)}
    first |= {(DifferenceKind.ENROLLED_NOT_PAID, each) for each in those(*range(1, enrolled + 1))}
    assert first | {(DifferenceKind.REMITTANCE_HELD, "R-1")} <= set(rows)


def test_differences_of_each_kind(world: World) -> None:
    """A worker not enrolled, one not paid, one paid and void, and held money must be told in order."""
    world.admit(5, 5)
    world.enrol(joiner(1), joiner(2), joiner(3))
    world.remit(dues(1), dues(3))
    change(world, 3, ChangeKind.VOIDED)
    write(
        world,
        roster_page(person(1), person(4, joins=False)),
        roster_page(person(5), person(3), page=2),
        held_remittance("R-held"),
        held_remittance("R-old", OLD_PERIOD),
    )
    found = [
        (row.kind, row.subject, row.place, row.clause) for row in unit_differences(world.store, asked()).rows
    ]
    assert found == [
        (DifferenceKind.JOINS_NOT_ENROLLED, member_id(5), 6, "HN-3.1.2a"),
        (DifferenceKind.JOINS_NOT_ENROLLED, member_id(3), 4, "HN-3.1.2a"),
        (DifferenceKind.ENROLLED_NOT_PAID, member_id(2), 0, "ACFTU-2.3b"),
        (DifferenceKind.PAID_NOT_ENROLLED, member_id(3), 0, "HN-3.1.2b"),
        (DifferenceKind.REMITTANCE_HELD, "R-held", 0, "HN-3.1.2b"),
        (DifferenceKind.ENROLLED_NOT_LISTED, member_id(2), 0, "HN-3.1.2a"),
    ]
    status = gate_status(world.store, asked())
    assert status.differences == (
        (DifferenceKind.JOINS_NOT_ENROLLED, 2),
        (DifferenceKind.ENROLLED_NOT_PAID, 1),
        (DifferenceKind.PAID_NOT_ENROLLED, 1),
        (DifferenceKind.REMITTANCE_HELD, 1),
        (DifferenceKind.ENROLLED_NOT_LISTED, 1),
    )


def test_a_gate_is_counted_anew(world: World) -> None:
    """A unit admitted with 30 that one left must miss nobody of 24, and two of the goal of 100 %."""
    made = World(founding=attrs.evolve(FOUNDING, policy=with_goal()))
    made.found()
    made.admit(30, 29)
    made.enrol(*(joiner(number) for number in range(1, 30)))
    made.remit(dues(1))
    move(made, 2, "T-1")
    status = gate_status(made.store, asked())
    assert status.admission is not None
    assert (status.admission.judgement.required, status.admission.judgement.admitted) == (24, True)
    assert (status.present, status.covered, status.missing, status.goal_gap) == (28, 1, 0, 2)
    assert gate_status(world.store, asked(OTHER)).admission is None


def with_goal() -> Any:  # noqa: ANN401  # a policy
    """The sample policy with a goal of 100 %."""
    goal = ParticipationGoal(unit_ratio=Ratio(1, 1), source="HN-4.1.3")
    return attrs.evolve(POLICY, goal=goal)


def test_a_unit_that_was_not_judged_has_no_gate(world: World) -> None:
    """Without a judgement there must be no gap, and the newest roster must be the one compared."""
    write(
        world,
        roster_page(person(1)),
        roster_page(person(2), on=datetime.date(2013, 12, 24)),
    )
    status = gate_status(world.store, asked())
    assert (status.admission, status.present, status.missing, status.goal_gap) == (None, 0, None, None)
    (row,) = unit_differences(world.store, asked()).rows
    assert row.subject == member_id(2)
    assert unit_differences(world.store, asked(OTHER)).rows == ()


def test_large_units_are_looked_up_in_portions(world: World) -> None:
    """More members than one read takes must all be told."""
    base = joiner(1)
    world.admit(1_500, 1_500)
    held = [
        Enrolment(
            scheme_id=SCHEME,
            period_id=PERIOD,
            member_id=MemberId(f"M-{number:05}"),
            unit_id=UNIT,
            insurance_type=base.insurance_type,
            employment=base.employment,
            shares=1,
            cover=YEAR,
        )
        for number in range(1_200)
    ]
    write(world, *held[:900])
    write(world, *held[900:])
    status = gate_status(world.store, asked())
    assert (status.present, status.differences) == (1_200, ((DifferenceKind.ENROLLED_NOT_PAID, 1_200),))


def earlier_period(world: World, *numbers: int) -> None:
    """Persons with a place in 2013, too."""
    days = DayRange(datetime.date(2013, 1, 1), datetime.date(2013, 12, 31))
    template = enrolment_of(world, 1)
    held = [
        attrs.evolve(template, period_id=OLD_PERIOD, member_id=member_id(number), cover=days, history=())
        for number in numbers
    ]
    version = attrs.evolve(
        VERSION, version_id=VersionId("V-2013"), first_day=days.first_day, last_day=days.last_day
    )
    write(world, Period(scheme_id=SCHEME, period_id=OLD_PERIOD, cover=days), version, *held)


def test_selection_is_gathered_from_the_roster(world: World) -> None:
    """Ten of twenty join, all the old ones: the mean age must differ by 15 years, and be red."""
    world.join(*range(1, 11))
    old = [person(number, age=55) for number in range(1, 11)]
    young = [person(number, joins=False, age=25) for number in range(11, 21)]
    write(world, roster_page(*old), roster_page(*young, page=2))
    (found,) = selection_of_units(world.store, SCHEME, PERIOD, {UNIT: "mining", OTHER: "mining"}, ASSUMED)
    measures = {measure.id: measure for measure in found.measures}
    assert (found.name, measures[SelectionId.MEAN_AGE].value) == (UNIT, Fraction(15))
    assert measures[SelectionId.CLAIM_LIFT].why == "no past cover"
    assert measures[SelectionId.RIDER_ONLY].why == "nobody holds a rider"
    assert (found.level, found.outcome) == (Level.RED, Outcome.FLAG)


def test_selection_asks_for_the_funds_own_earlier_claims(funded: World) -> None:
    """A claim granted before the roster date must count, one granted after it must not."""
    earlier_period(funded, 1, 2)
    funded.file(stay(8_000))
    later = datetime.date(2014, 6, 1)
    people = [person(1), person(2), *(person(number, joins=False) for number in range(3, 21))]
    write(funded, roster_page(*people), roster_page(*people, unit=OTHER, on=later))
    first, second = (
        selection_of_units(funded.store, SCHEME, PERIOD, {unit: "mining"}, ASSUMED)[0].measures[0]
        for unit in (UNIT, OTHER)
    )
    assert first.why == "no earlier claimants"
    assert second.value == 10


def test_selection_knows_what_is_held() -> None:
    """Who holds the rider alone must be told, from the parts of the version."""
    parts = (
        Part(part_id="main", name="主险", source="SN-2.2.3a"),
        Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
    )
    made = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, parts=parts)))
    made.found()
    made.admit(20, 20)
    template = enrolment_template()
    held = [
        attrs.evolve(
            template, member_id=member_id(number), parts=("rider",) if number < 6 else ("main", "rider")
        )
        for number in range(1, 21)
    ]
    write(made, *held, roster_page(*(person(number) for number in range(1, 21))))
    (found,) = selection_of_units(made.store, SCHEME, PERIOD, {UNIT: "mining"}, ASSUMED)
    assert found.measures[-1].value == Fraction(1, 4)


def enrolment_template() -> Enrolment:
    """An enrolment of the sample scheme."""
    return Enrolment(
        scheme_id=SCHEME,
        period_id=PERIOD,
        member_id=member_id(1),
        unit_id=UNIT,
        insurance_type=InsuranceType.EMPLOYEE,
        employment=Employment.REGULAR,
        shares=1,
        cover=YEAR,
        state=EnrolmentState.ENROLLED,
    )


def test_selection_without_a_version_knows_no_riders(world: World) -> None:
    """Where no version holds in the period, the other measures must still be told."""
    template = enrolment_template()
    gap = DayRange(datetime.date(2016, 1, 1), datetime.date(2016, 12, 31))
    period = PeriodId("2016")
    held = [
        attrs.evolve(template, period_id=period, member_id=member_id(number), cover=gap)
        for number in range(1, 21)
    ]
    write(
        world,
        Period(scheme_id=SCHEME, period_id=period, cover=gap),
        *held,
        roster_page(*(person(number) for number in range(1, 21))),
    )
    (found,) = selection_of_units(world.store, SCHEME, period, {UNIT: "mining"}, ASSUMED)
    assert (found.level, found.measures[-1].value) == (Level.GREEN, None)
