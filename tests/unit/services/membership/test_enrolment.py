"""Enrolment: a unit passes the gate, then its workers join, each once."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.benefit.conditions import CountWithin
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.errors import AlreadyExistsError, InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.services.enrolment import (
    JOINERS_MAX,
    EnrolWorkers,
    Joiner,
    WorkersEnrolled,
    enrol_workers,
)
from mutualaid_core.testing.samples import (
    FOUNDING,
    PERIOD,
    SCHEME,
    UNIT,
    VERSION,
    YEAR,
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
    assert (admission.admitted, admission.eligible, admission.enrolled, admission.required) == (
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
