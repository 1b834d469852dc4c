"""Enrolment: a unit passes the gate, then its workers join by the joining terms, each once."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.enrolment import Enrolment, EnrolmentState, JoinedAs
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Judgement, Unit
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.scheme.joining import AgeDay
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.policy import ParticipationGate
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, MemberClass
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.rules.membership.history import with_change
from mutualaid_core.services.founding import open_period
from mutualaid_core.services.membership.admission import AdmitUnit, admit_unit
from mutualaid_core.services.membership.enrolment import (
    JOINERS_MAX,
    EnrolWorkers,
    WorkersEnrolled,
    enrol_workers,
)
from mutualaid_core.services.membership.joiner import Joiner
from mutualaid_core.testing.joining import (
    IN_TIME,
    JOINING,
    LAST_DAY,
    OPEN_JOINING,
    TOO_LATE,
    WHOLE,
    joining_world,
    open_policy,
    version_for,
)
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD,
    PERIOD_RECORD,
    POLICY,
    REGION,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
    cited,
    joiner,
    member_id,
    name_of,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, read_all


def clauses(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    """Subject and clause of each fault."""
    return [(fault.subject, fault.clause) for fault in faults]


def test_a_unit_above_the_gate_is_admitted(world: World) -> None:
    """80 of 100 must be admitted, and how many were required be told."""
    done = world.admit(100, 80)
    assert (done.outcome, done.required, done.faults) == (Outcome.PASS, 80, ())


@pytest.mark.parametrize(("eligible", "enrolled", "clause"), [(100, 79, "HN-4.1.2a"), (29, 28, "HN-4.1.2b")])
def test_a_unit_below_the_gate_is_refused_with_its_clause(
    world: World, eligible: int, enrolled: int, clause: str
) -> None:
    """A large unit must be refused by the share, a small one by the rule that all join."""
    done = world.admit(eligible, enrolled)
    assert (done.outcome, clauses(done.faults)) == (Outcome.REJECT, [(UNIT, clause)])


def test_a_refusal_is_recorded(world: World) -> None:
    """A refused unit must be on record with its counts, so that its workers can be told why."""
    world.admit(100, 79)
    (admission,) = read_all(world.store, Admission)
    assert (
        admission.judgement.admitted,
        admission.judgement.eligible,
        admission.judgement.enrolled,
        admission.judgement.required,
    ) == (
        False,
        100,
        79,
        80,
    )


def test_a_unit_is_judged_once_a_period(world: World) -> None:
    """A second judgement of a unit must be refused, not overwrite the first."""
    world.admit(100, 79)
    with pytest.raises(AlreadyExistsError, match="admission 'HN-A/2014/U-1' already exists"):
        world.admit(100, 80)


def test_more_joiners_than_eligible_workers_are_refused(world: World) -> None:
    """101 of 100 must be refused as a mistake of the caller."""
    with pytest.raises(InvalidValueError, match="enrolled must be <= 100 eligible, got 101"):
        world.admit(100, 101)


def test_a_known_unit_is_kept(world: World) -> None:
    """A unit that is known already must be admitted without being added again."""
    world.admit(1, 1)
    (known,) = read_all(world.store, Unit)
    assert known.unit_id == UNIT


def test_workers_of_an_admitted_unit_join(world: World) -> None:
    """Each worker must become a member with an enrolment for the whole period."""
    world.admit(2, 2)
    done = world.enrol(joiner(1), joiner(2))
    assert (done.outcome, done.enrolled) == (Outcome.PASS, (member_id(1), member_id(2)))
    assert {each.cover for each in read_all(world.store, Enrolment)} == {YEAR}
    assert {each.member_id for each in read_all(world.store, Member)} == {member_id(1), member_id(2)}


def test_workers_of_a_refused_unit_do_not_join(world: World) -> None:
    """Nobody may join through a unit that was refused."""
    world.admit(100, 79)
    done = world.enrol(joiner(1))
    assert (done.outcome, done.faults[0].found, clauses(done.faults)) == (
        Outcome.REJECT,
        "refused",
        [(UNIT, "HN-4.1.2a")],
    )


def test_workers_of_an_unknown_unit_do_not_join(world: World) -> None:
    """Nobody may join through a unit that was not judged."""
    assert world.enrol(joiner(1)).faults[0].found == "not judged"


@pytest.mark.parametrize(
    ("bad", "clause"),
    [
        (joiner(2, insurance_type=InsuranceType.RESIDENT), "HN-4.1.1b"),
        (joiner(2, employment=Employment.RETIRED), "HN-4.1.1c"),
        (joiner(2, shares=2), "HN-4.3.4c"),
    ],
)
def test_who_may_not_join_is_named_and_the_others_go_on(world: World, bad: Joiner, clause: str) -> None:
    """One worker who does not qualify must be named, and the other be enrolled."""
    world.admit(2, 2)
    done = world.enrol(joiner(1), bad)
    assert (done.outcome, done.enrolled, clauses(done.faults)) == (
        Outcome.FLAG,
        (member_id(1),),
        [(member_id(2), clause)],
    )


def at_most(age: int) -> World:
    """A founded scheme that admits workers up to an age and asks the dues of them alone."""
    when = (CountWithin(fact="age", most=age),)
    version = attrs.evolve(VERSION, eligibility=attrs.evolve(VERSION.eligibility, when=when))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.admit(1, 1)
    return world


@pytest.mark.parametrize(("age", "outcome"), [(33, Outcome.REJECT), (34, Outcome.PASS)])
def test_further_conditions_are_asked_on_the_first_day_of_cover(age: int, outcome: Outcome) -> None:
    """Somebody born on 1 January 1980 must be 34 years old in a period that begins on 1 January 2014."""
    done = at_most(age).enrol(joiner(1))
    assert done.outcome is outcome
    assert clauses(done.faults) == [(member_id(1), "ACFTU-2.1a")] * (outcome is Outcome.REJECT)


def test_who_has_no_rate_is_named() -> None:
    """A worker for whom the scheme has no rate of dues must be named with the clause of the dues."""
    young = attrs.evolve(VERSION.dues.rates[0], when=(CountWithin(fact="age", most=15),))
    dues = attrs.evolve(VERSION.dues, rates=(young,))
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, dues=dues)))
    world.found()
    world.admit(1, 1)
    assert clauses(world.enrol(joiner(1)).faults) == [(member_id(1), "HN-4.3.4b")]


def test_a_batch_in_which_nobody_qualifies_is_refused(world: World) -> None:
    """Where every worker is at fault the outcome must be a refusal."""
    world.admit(1, 1)
    assert world.enrol(joiner(1, shares=2)).outcome is Outcome.REJECT


def test_a_person_listed_twice_joins_once(world: World) -> None:
    """The second line of a person in one batch must be named as a fault, not dropped silently."""
    world.admit(2, 2)
    done = world.enrol(joiner(1), joiner(1))
    assert (done.enrolled, clauses(done.faults)) == ((member_id(1),), [(member_id(1), "HN-4.3.4c")])


def test_a_person_joins_through_one_unit_only(world: World) -> None:
    """A person who joined through another unit must be refused in the second one."""
    world.join(1, unit="U-1")
    world.admit(1, 1, unit="U-2")
    assert clauses(world.enrol(joiner(1), unit="U-2").faults) == [(member_id(1), "HN-4.3.4c")]


def test_the_newest_roster_corrects_a_name(world: World) -> None:
    """A known member who joins under another name must keep one record, with the new name."""
    world.admit(1, 1)
    own = joiner(1)
    member = Member(
        member_id=member_id(1),
        name=name_of(2),
        id_number=own.id_number,
        sex=own.sex,
        birth_date=own.birth_date,
    )
    purpose = Purpose(name="other", subject="M", chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        work.add(member)
        work.commit(b"f")
    world.enrol(own)
    assert list(read_all(world.store, Member)) == [attrs.evolve(member, name=own.name)]


@pytest.mark.clause("HN-4.1.2a")
def test_no_more_join_than_the_unit_was_judged_by(world: World) -> None:
    """A worker beyond the count by which the unit was admitted must be refused."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.enrol(joiner(2))
    assert (done.outcome, done.enrolled, done.faults[0].found) == (Outcome.REJECT, (), "2")


def test_a_roster_that_one_act_cannot_take_is_refused(world: World) -> None:
    """More joiners than an act can take must be refused before anything is read."""
    command = EnrolWorkers(
        scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, joiners=(joiner(1),) * (JOINERS_MAX + 1)
    )
    with pytest.raises(TooLargeError, match="roster has 401, the limit is 400"):
        enrol_workers(world.host, world.act(), command)


def test_the_largest_roster_fits_one_act(world: World) -> None:
    """As many joiners as are promised must fit one commit."""
    world.admit(JOINERS_MAX, JOINERS_MAX)
    done = world.enrol(*(joiner(number) for number in range(1, JOINERS_MAX + 1)))
    assert len(done.enrolled) == JOINERS_MAX


def test_nobody_joins_a_period_that_is_closing(joined: World) -> None:
    """After the period has stopped, neither units nor workers may join."""
    joined.stop()
    refused = (joined.admit(unit="U-2"), joined.enrol(joiner(3)))
    assert [(done.outcome, clauses(done.faults)) for done in refused] == [
        (Outcome.REJECT, [(PERIOD, "ACFTU-S4.2b")])
    ] * 2


def test_an_unknown_period_is_an_error(world: World) -> None:
    """A period that does not exist must be an error, not a refusal."""
    command = EnrolWorkers(scheme_id=SCHEME, period_id="2099", unit_id=UNIT, joiners=())
    with pytest.raises(NotFoundError, match="period 'HN-A/2099' does not exist"):
        enrol_workers(world.host, world.act(), command)


# ------------------------------------------------------------------ by the joining terms


def enrolled(
    world: World,
    *joiners: Joiner,
    on: datetime.date = IN_TIME,
    unit: str = UNIT,
    **changes: Any,  # noqa: ANN401  # any field of the command
) -> WorkersEnrolled:
    """What becomes of a list on that day."""
    command = EnrolWorkers(
        scheme_id=SCHEME, period_id=PERIOD, unit_id=UnitId(unit), joiners=joiners, **changes
    )
    return enrol_workers(world.host, world.act(on), command).result


def only(world: World) -> Enrolment:
    """The one enrolment."""
    (found,) = read_all(world.store, Enrolment)
    return found


def test_joining_is_written_into_the_history(world: World) -> None:
    """The day, the occasion, the length and the unit must be on record, known on the day of the act."""
    world.admit(1, 1)
    enrolled(world, joiner(1))
    each = only(world)
    assert (each.joined_on, each.joined_as, each.joined_by, each.term_months) == (
        IN_TIME,
        JoinedAs.NEW,
        JoinedBy.UNIT,
        12,
    )
    (change,) = each.history
    assert (change.kind, change.holds_from, change.known_on, change.unit_id, change.cover) == (
        ChangeKind.JOINED,
        YEAR.first_day,
        IN_TIME,
        UNIT,
        YEAR,
    )


@pytest.mark.parametrize(("on", "outcome"), [(LAST_DAY, Outcome.PASS), (TOO_LATE, Outcome.REJECT)])
def test_the_window_closes(on: datetime.date, outcome: Outcome) -> None:
    """The last day of the window must be in time, and a day of the period late."""
    world = joining_world(JOINING)
    world.admit(1, 1)
    done = enrolled(world, joiner(1), on=on)
    assert (done.outcome, clauses(done.faults)) == (
        outcome,
        [(member_id(1), "HN-4.3.5d")] * (outcome is Outcome.REJECT),
    )


def test_a_new_hire_takes_the_half_term_and_does_not_void_the_count() -> None:
    """Who is hired in August must join for the half year, beyond those by whom the unit was judged."""
    world = joining_world(OPEN_JOINING, open_policy())
    world.admit(1, 1)
    enrolled(world, joiner(1))
    hired = joiner(2, hired_on=datetime.date(2014, 7, 20))
    done = enrolled(world, hired, on=datetime.date(2014, 8, 1))
    assert (done.outcome, done.faults) == (Outcome.PASS, ())
    each = next(each for each in read_all(world.store, Enrolment) if each.member_id == member_id(2))
    assert (each.joined_as, each.term_months, each.cover) == (
        JoinedAs.NEW_HIRE,
        6,
        DayRange(datetime.date(2014, 8, 1), YEAR.last_day),
    )


def test_who_objects_is_named_and_the_others_go_on() -> None:
    """An objection told by the unit or on the line must keep that worker out, and nobody else."""
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit=Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id),
        eligible=5,
        enrolled=5,
        counted_on=IN_TIME,
        objections=(member_id(1),),
    )
    with_objection = joining_world(None, attrs.evolve(POLICY, participation=ParticipationGate()))
    admit_unit(with_objection.host, with_objection.act(IN_TIME), command)
    done = enrolled(with_objection, joiner(1), joiner(2), joiner(3, objected=True))
    assert (done.outcome, done.enrolled) == (Outcome.FLAG, (member_id(2),))
    assert clauses(done.faults) == [(member_id(1), "HN-2.1a"), (member_id(3), "HN-2.1a")]
    assert done.refused == (member_id(1), member_id(3))
    assert [(line.member_id, line.outcome, len(line.faults)) for line in done.lines] == [
        (member_id(2), Outcome.PASS, 0),
        (member_id(1), Outcome.REJECT, 1),
        (member_id(3), Outcome.REJECT, 1),
    ]


def test_all_faults_of_a_line_are_told(world: World) -> None:
    """Insurance and shares of one worker must both be told, and the next one go on."""
    world.admit(2, 2)
    done = enrolled(world, joiner(1, insurance_type=InsuranceType.RESIDENT, shares=2), joiner(2))
    assert clauses(done.faults) == [(member_id(1), "HN-4.1.1b"), (member_id(1), "HN-4.3.4c")]


@pytest.mark.parametrize(
    ("shown", "given", "outcome"),
    [
        ({}, {}, Outcome.HOLD),
        ({}, {"confirmed": True}, Outcome.PASS),
        ({"confirmed": True}, {}, Outcome.PASS),
        ({"confirmed": True}, {"confirmed": False}, Outcome.HOLD),
    ],
)
def test_a_list_without_its_confirmation_is_held(
    shown: dict[str, Any], given: dict[str, Any], outcome: Outcome
) -> None:
    """What the unit showed must hold for its lists, unless a list says otherwise of itself."""
    world = joining_world(attrs.evolve(JOINING, needs_confirmation=True))
    admission = Admission(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UNIT,
        judgement=Judgement(
            eligible=1,
            enrolled=1,
            required=1,
            admitted=True,
            counted_on=IN_TIME,
            **shown,
        ),
    )
    purpose = Purpose(name="other", subject=UNIT, chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        work.add(admission)
        work.commit(b"f")
    done = enrolled(world, joiner(1), **given)
    assert (done.outcome, clauses(done.faults)) == (
        outcome,
        [(UNIT, "HN-3.1.2a")] * (outcome is Outcome.HOLD),
    )


def test_a_person_may_join_alone_where_that_is_allowed() -> None:
    """Without any unit judged, somebody must join alone where policy and scheme let in persons."""
    world = joining_world(OPEN_JOINING, open_policy())
    purpose = Purpose(name="other", subject="desk", chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        work.add(Unit(unit_id=UnitId("desk"), name="窗口", pool_id=REGION.pool_id))
        work.commit(b"f")
    done = enrolled(world, joiner(1), unit="desk", way=JoinedBy.PERSON)
    assert (done.outcome, only(world).joined_by) == (Outcome.PASS, JoinedBy.PERSON)
    through_unit = joining_world(JOINING, open_policy())
    refused = enrolled(through_unit, joiner(1), unit="desk", way=JoinedBy.PERSON)
    assert (refused.outcome, clauses(refused.faults)) == (Outcome.REJECT, [("joined_by", "HN-3.1.2c")])


def test_who_has_retired_needs_a_class(world: World) -> None:
    """Where classes are listed, a worker of none of them must be named beside the employment."""
    limits = attrs.evolve(POLICY.eligibility, classes=(MemberClass.ACTIVE,), cites=cited(classes="GD-2.3.1b"))
    world = joining_world(None, attrs.evolve(POLICY, eligibility=limits))
    world.admit(1, 1)
    retired = joiner(1, employment=Employment.RETIRED, classes=(MemberClass.MODEL_WORKER,))
    assert clauses(enrolled(world, retired).faults) == [
        (member_id(1), "HN-4.1.1c"),
        (member_id(1), "GD-2.3.1b"),
    ]


def with_parts() -> World:
    """A world with a main item and a rider, whose unit of three is admitted."""
    parts = (
        Part(part_id="main", name="主险", source="SN-2.2.3a"),
        Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a"),
    )
    rate = VERSION.dues.rates[0]
    rates = tuple(attrs.evolve(rate, part=part.part_id) for part in parts)
    dues = attrs.evolve(VERSION.dues, rates=rates)
    world = joining_world(JOINING, parts=parts, dues=dues)
    world.admit(3, 3)
    return world


def test_a_rider_needs_its_main_item() -> None:
    """Who asks for a rider alone must be named; who asks for both must hold both."""
    world = with_parts()
    done = enrolled(world, joiner(1, parts=("rider",)), joiner(2, parts=("main", "rider")), joiner(3))
    assert clauses(done.faults) == [(member_id(1), "SN-2.2.3a"), (member_id(3), "HN-4.3.4b")]
    assert only(world).parts == ("main", "rider")


def test_a_fee_that_cannot_be_paid_is_named() -> None:
    """A term that costs a part of a fen must be refused with the clause of the dues."""
    odd = attrs.evolve(JOINING, terms=(attrs.evolve(WHOLE, fee=Ratio(1, 3)),))
    world = joining_world(odd)
    world.admit(1, 1)
    assert clauses(enrolled(world, joiner(1)).faults) == [(member_id(1), "HN-4.3.4b")]


@pytest.mark.parametrize(("on", "qualifies"), [(datetime.date(2013, 12, 31), True), (YEAR.first_day, False)])
def test_ages_are_counted_on_the_day_that_the_version_names(
    on: datetime.date,
    qualifies: bool,  # noqa: FBT001  # the expected answer
) -> None:
    """Born on 1 January 1980, somebody must still be 33 on the day of joining, and 34 the day after."""
    version = version_for(
        CountWithin(fact="age", most=33), joining=attrs.evolve(JOINING, window=None, age_on=AgeDay.JOINING)
    )
    world = joining_world(version.joining, open_policy(), eligibility=version.eligibility)
    world.admit(1, 1)
    assert (enrolled(world, joiner(1), on=on).outcome is Outcome.PASS) == qualifies


# ------------------------------------------------------------------ several periods


THREE_YEARS = attrs.evolve(WHOLE, months=36)


def with_periods(*years: int) -> World:
    """A world whose scheme has further periods, and terms of three years."""
    joining = attrs.evolve(JOINING, terms=(WHOLE, THREE_YEARS))
    world = joining_world(joining, last_day=None)
    for year in years:
        cover = DayRange(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        period = attrs.evolve(PERIOD_RECORD, period_id=PeriodId(str(year)), cover=cover)
        opened = open_period(world.host, world.act(IN_TIME), attrs.evolve(world.founding, period=period))
        assert opened.result.outcome is Outcome.PASS
    world.admit(1, 1)
    return world


def test_a_term_of_three_years_is_an_enrolment_in_each_period() -> None:
    """Each period must have its own enrolment for all of it, and waiting be counted once."""
    world = with_periods(2015, 2016)
    assert enrolled(world, joiner(1, term_months=36)).outcome is Outcome.PASS
    found = sorted(read_all(world.store, Enrolment), key=lambda each: each.period_id)
    assert [(each.period_id, each.cover.first_day.year, each.waits_from) for each in found] == [
        ("2014", 2014, None),
        ("2015", 2015, YEAR.first_day),
        ("2016", 2016, YEAR.first_day),
    ]
    assert {each.term_months for each in found} == {36}
    assert {each.cover.is_one_year() for each in found} == {True}


def test_a_term_needs_its_periods() -> None:
    """With one further period open, three years must be refused with how many there are."""
    world = with_periods(2015)
    done = enrolled(world, joiner(1, term_months=36))
    assert (clauses(done.faults), done.faults[0].found) == ([(member_id(1), "HN-4.3.4a")], "2")


def test_who_is_enrolled_in_a_later_period_cannot_take_it_again() -> None:
    """A term must be refused where one of its periods is taken."""
    world = with_periods(2015, 2016)
    later = PeriodId("2016")
    admit = AdmitUnit(
        scheme_id=SCHEME,
        period_id=later,
        unit=Unit(unit_id=UNIT, name="单位", pool_id=REGION.pool_id),
        eligible=1,
        enrolled=1,
        counted_on=datetime.date(2015, 11, 30),
    )
    before = datetime.date(2015, 12, 1)
    admit_unit(world.host, world.act(before), admit)
    command = EnrolWorkers(scheme_id=SCHEME, period_id=later, unit_id=UNIT, joiners=(joiner(1),))
    assert enrol_workers(world.host, world.act(before), command).result.outcome is Outcome.PASS
    done = enrolled(world, joiner(1, term_months=36))
    assert clauses(done.faults) == [(member_id(1), "HN-4.3.4c")]


def test_a_list_of_long_terms_is_bounded() -> None:
    """More enrolments than an act can write must be refused before anything is written."""
    world = with_periods(2015, 2016)
    many = tuple(joiner(number, term_months=36) for number in range(1, 202))
    assert enrolled_of_many(world, many) == "commit: roster has 804, the limit is 800"


def enrolled_of_many(world: World, joiners: tuple[Joiner, ...]) -> str:
    """What a list that is too large is told, its unit having been judged by as many."""
    unit = Unit(unit_id=UnitId("U-9"), name="单位", pool_id=REGION.pool_id)
    command = AdmitUnit(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit=unit,
        eligible=len(joiners),
        enrolled=len(joiners),
        counted_on=IN_TIME,
    )
    admit_unit(world.host, world.act(IN_TIME), command)
    with pytest.raises(TooLargeError) as caught:
        enrolled(world, *joiners, unit="U-9")
    return str(caught.value)


# ------------------------------------------------------------------ joining anew


def taken_back(world: World, kind: ChangeKind, on: datetime.date) -> None:
    """Take the one enrolment back."""
    each = only(world)
    change = Change(kind=kind, holds_from=each.cover.first_day, known_on=on, unit_id=None, cover=None)
    purpose = Purpose(name="other", subject="M", chain=SCHEME, answer=WorkersEnrolled)
    with Work(world.host, world.act(), purpose) as work:
        work.find(Enrolment, f"{SCHEME}/{PERIOD}/{each.member_id}")
        work.replace(with_change(each, change))
        work.commit(b"f")


@pytest.mark.parametrize("kind", [ChangeKind.WITHDRAWN, ChangeKind.VOIDED])
def test_who_was_taken_back_joins_anew(world: World, kind: ChangeKind) -> None:
    """The person must have one enrolment again, whose history tells all three changes."""
    world.admit(2, 2)
    enrolled(world, joiner(1))
    taken_back(world, kind, LAST_DAY)
    done = enrolled(world, joiner(1), on=LAST_DAY)
    assert done.outcome is Outcome.PASS
    each = only(world)
    assert each.state is EnrolmentState.ENROLLED
    assert [change.kind for change in each.history] == [ChangeKind.JOINED, kind, ChangeKind.JOINED]


def test_nobody_joins_anew_before_it_was_taken_back(world: World) -> None:
    """A day before the last change must be refused: histories only grow."""
    world.admit(2, 2)
    enrolled(world, joiner(1))
    taken_back(world, ChangeKind.WITHDRAWN, LAST_DAY)
    done = enrolled(world, joiner(1))
    assert clauses(done.faults) == [(member_id(1), "HN-4.3.4c")]
    assert "on or after 2013-12-31" in done.faults[0].rule
