"""Units, rosters and organisations in odd orders: each fault by the smallest case that showed it."""

import datetime
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.membership.unit import Admission, Unit
from mutualaid_core.domain.scheme.policy.membership import UnitTerritory
from mutualaid_core.domain.values.identifiers import DivisionCode, PoolId, UnitId
from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.membership.divisions import shipped_divisions
from mutualaid_core.intake.membership.organisations import read_organisations
from mutualaid_core.intake.problem import Problem, Trouble
from mutualaid_core.intake.rosters.check import Asked, RosterCheck, check_rosters
from mutualaid_core.ports.discovery import open_store
from mutualaid_core.rules.membership.organisation.tree import units_below
from mutualaid_core.rules.membership.selection.judgement import selection_finding
from mutualaid_core.rules.membership.selection.measure import ASSUMED, Level
from mutualaid_core.rules.membership.selection.persons import Group, Worker
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.organisations import ORGANISATIONS_MAX, import_organisations, tree_on
from mutualaid_core.services.membership.rosters import (
    ImportRosters,
    Line,
    RosterImported,
    import_rosters,
    pages,
)
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.acts.moves import FAR, FAR_POOL, MOVES_ON, NEXT, Moves
from mutualaid_core.testing.samples import (
    COLLECTED_ON,
    FOUNDING,
    POLICY,
    REGION,
    UNIT,
    id_number,
    joiner,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_all, read_one

Cli = Callable[..., Any]


@pytest.fixture
def world() -> World:
    """A founded world with one member."""
    made = World()
    made.found()
    made.join(1)
    return made


def recorded(world: World, unit: Unit) -> None:
    """A unit is written, or written anew, as an import of units does."""

    def decide(work: Work) -> Unit:
        (work.add if work.find(Unit, unit.unit_id) is None else work.replace)(unit)
        return unit

    purpose = Purpose(name="write_units", subject=unit.unit_id, chain=world.scheme_id, answer=Unit)
    perform(world.host, world.act(COLLECTED_ON), purpose, unit, decide)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("to", "before", "after"), [(NEXT, REGION.pool_id, FAR_POOL), (FAR, FAR_POOL, REGION.pool_id)]
)
def test_a_transfer_is_not_accepted_for_a_pool_that_changed(
    world: World, to: UnitId, before: PoolId, after: PoolId
) -> None:
    """A unit that changed its pool since the proposal must not receive by the old one, either way."""
    moves = Moves(world)
    moves.know(to, before)
    moves.propose(to=to)
    recorded(world, attrs.evolve(read_one(world.store, Unit, to), pool_id=after))
    answer = moves.accept(by=to)
    assert (answer.outcome, [fault.found for fault in answer.faults]) == (Outcome.REJECT, [after])
    assert moves.withdraw().outcome is Outcome.PASS
    anew = moves.propose(to=to, transfer_id="T-2")
    assert anew.transfer is not None
    assert anew.transfer.is_inside is (after == REGION.pool_id)


def admitted(world: World, unit: Unit) -> UnitJudged:
    """A unit applies as its caller describes it."""
    command = AdmitUnit(
        scheme_id=world.scheme_id,
        period_id=world.period_id,
        unit=unit,
        eligible=1,
        enrolled=1,
        counted_on=COLLECTED_ON,
    )
    return admit_unit(world.host, world.act(COLLECTED_ON), command).result


@pytest.mark.clause("HN-3.2.1a")
def test_a_unit_of_another_pool_is_not_admitted_by_a_description(world: World) -> None:
    """A unit that is on record in another pool must be refused, whatever pool its caller tells."""
    moves = Moves(world)
    moves.know(FAR, FAR_POOL)
    answer = admitted(world, Unit(unit_id=FAR, name="单位", pool_id=REGION.pool_id))
    assert answer.outcome is Outcome.REJECT
    assert [(fault.clause, fault.found) for fault in answer.faults] == [
        ("HN-3.2.1a", REGION.pool_id),
        ("HN-3.2.1a", FAR_POOL),
    ]


@pytest.mark.clause("HN-4.1.1a")
def test_what_a_description_leaves_out_is_judged_by_the_record() -> None:
    """A unit registered far away must be refused by its record where its caller tells no division."""
    limits = attrs.evolve(POLICY.eligibility, unit_territory=UnitTerritory.REGISTERED)
    policy = attrs.evolve(POLICY, eligibility=limits)
    world = World(founding=attrs.evolve(FOUNDING, policy=policy))
    assert world.found().faults == ()
    far = Unit(unit_id=UnitId("U-7"), name="单位", pool_id=REGION.pool_id, division=DivisionCode("440100"))
    recorded(world, far)
    for told in (attrs.evolve(far, division=None), attrs.evolve(far, division=DivisionCode("430500"))):
        assert admitted(world, told).outcome is Outcome.REJECT
    assert list(read_all(world.store, Admission)) == []


def roster(path: Path, unit: str, *numbers: int) -> Path:
    """A roster of sample persons at one unit."""
    lines = ["unit_code,name,id_number,sex,birth_date,insurance_type,employment,shares"]
    for number in numbers:
        own = id_number(number)
        cells = (unit, "张三", own.reveal(), str(own.sex.value), own.birth_date.isoformat())
        lines.append(",".join((*cells, "310", "regular", "1")))
    path.write_text("\n".join((*lines, "")), "utf-8")
    return path


def checked(world: World, *files: Path, on: datetime.date, units: Path | None = None) -> RosterCheck:
    """A check of files against the store of a world."""
    keys = world.host.keys
    asked = Asked(files=files, counted_on=on, units=units, store=world.store, keys=keys)
    return check_rosters(asked, lambda *_: None)


def brought(world: World, check: RosterCheck, lines: Iterable[Line], on: datetime.date) -> RosterImported:
    """What was checked is imported, from these lines."""
    command = ImportRosters(
        import_id=check.import_id(world.host.keys),
        counted_on=on,
        file="first.csv",
        units=check.units,
        persons={unit: count.persons for unit, count in check.census.units.items()},
        joining=check.census.joining,
    )
    return import_rosters(world.host, world.act().actor, command, lines, lambda *_: None)


def interrupted(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, and then somebody pulls the plug."""
    yield from lines
    raise KeyboardInterrupt


def told(check: RosterCheck) -> list[tuple[str, str, str]]:
    """The faults of a check: code, field and value."""
    return [(fault.trouble.code, fault.field, fault.value) for fault in check.faults]


@pytest.mark.clause("HN-4.1.2a")
def test_a_roster_whose_import_was_cut_off_is_told_as_such(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another file of the day must be told which import to finish; once it is, that it has a roster."""
    monkeypatch.setattr(pages, "PORTION_PERSONS", 1)
    first = checked(world, roster(tmp_path / "first.csv", UNIT, 1, 2), on=COLLECTED_ON)
    with pytest.raises(KeyboardInterrupt):
        brought(world, first, interrupted(first.lines()), COLLECTED_ON)
    other = roster(tmp_path / "other.csv", UNIT, 1)
    assert told(checked(world, other, on=COLLECTED_ON)) == [("IN117", UNIT, "first.csv")]
    brought(world, first, first.lines(), COLLECTED_ON)
    assert told(checked(world, other, on=COLLECTED_ON)) == [("IN104", UNIT, "")]


def units_in(path: Path, unit: str, pool: str) -> Path:
    """A file of one unit in a pool."""
    path.write_text(f"unit_code,unit_name,pool_id\n{unit},单位,{pool}\n", "utf-8")
    return path


@pytest.mark.clause("HN-3.2.1a")
def test_a_check_tells_that_a_unit_with_members_stays_in_its_pool(world: World, tmp_path: Path) -> None:
    """What an import refuses must be told by a check of the same files, with its row."""
    path, units = roster(tmp_path / "a.csv", UNIT, 1), units_in(tmp_path / "u.csv", UNIT, FAR_POOL)
    check = checked(world, path, on=COLLECTED_ON, units=units)
    assert [(fault.file, fault.row, fault.field) for fault in check.faults] == [("u.csv", 2, "pool_id")]
    with pytest.raises(InvalidValueError, match="has members"):
        brought(world, check, check.lines(), COLLECTED_ON)


@pytest.mark.clause("HN-3.2.1a")
def test_who_is_there_keeps_a_unit_in_its_pool_and_nobody_else(world: World, tmp_path: Path) -> None:
    """A unit whose only place is void may change its pool; one whose member moves later may not yet."""
    moves = Moves(world)
    moves.know(NEXT)
    moves.move()
    path, units = roster(tmp_path / "a.csv", UNIT, 1), units_in(tmp_path / "u.csv", UNIT, FAR_POOL)
    eve = MOVES_ON - datetime.timedelta(days=1)
    outcomes = [checked(world, path, on=day, units=units).is_sound for day in (eve, MOVES_ON)]
    assert outcomes == [False, True]
    other = World(name="other")
    other.found()
    other.admit(1, 1)
    other.enrol(joiner(1))
    Mending(other).void(1)
    assert checked(other, path, on=COLLECTED_ON, units=units).is_sound


@pytest.mark.clause("HN-4.3.4c")
def test_cover_elsewhere_follows_the_days_of_a_move(world: World, tmp_path: Path) -> None:
    """A move of 15 June that was accepted on the 1st must not take the member along before its day."""
    moves = Moves(world)
    moves.know(NEXT)
    moves.move()
    files = {unit: roster(tmp_path / f"{unit}.csv", unit, 1) for unit in (UNIT, NEXT)}
    eve = MOVES_ON - datetime.timedelta(days=1)
    flagged = [
        [flag.detail for flag in checked(world, files[unit], on=day).flags]
        for day in (eve, MOVES_ON)
        for unit in (UNIT, NEXT)
    ]
    assert flagged == [[], [f"unit {UNIT}"], [f"unit {NEXT}"], []]


UNIONS = (
    "hunan,province,geographic,湖南省总工会,,430000,2014-01-01,",
    "shaoyang,pool,geographic,邵阳市总工会,hunan,430500,2014-01-01,",
    "yueyang,pool,geographic,岳阳市总工会,hunan,430600,2014-01-01,",
)


def problems_of(error: IntakeError) -> list[Problem]:
    """The problems of a file."""
    return [each for each in error.problems if isinstance(each, Problem)]


def unions(path: Path, *rows: str) -> tuple[Organisation, ...]:
    """Organisations of a file with these rows."""
    head = "organisation_id,level,kind,name,parent_id,division,first_day,last_day"
    path.write_text("\n".join((head, *rows, "")), "utf-8")
    return read_organisations(path)


@pytest.mark.clause("ACFTU-4.2a", "ACFTU-11.1b")
def test_a_merger_of_more_units_than_one_act_takes_is_imported(tmp_path: Path) -> None:
    """A pool that ends with its units gone to another must be imported in one file, however many they are."""
    world, table = World(), shipped_divisions()
    count = ORGANISATIONS_MAX + 50
    units = [f"U-{at:04},unit,basic,工会,shaoyang,,2014-01-01," for at in range(count)]
    first = unions(tmp_path / "a.csv", *UNIONS, *units)
    assert import_organisations(world.host, world.act(), first, table).outcome is Outcome.PASS
    rows = [f"{UNIONS[1]}2014-12-31"]
    for unit in units:
        rows += [f"{unit}2014-12-31", unit.replace("shaoyang", "yueyang").replace("2014", "2015")]
    merged = unions(tmp_path / "b.csv", *rows)
    act = world.act()
    done = import_organisations(world.host, act, merged, table)
    assert (done.outcome, len(done.put), done.put[-1]) == (Outcome.PASS, count + 1, "shaoyang")
    day = datetime.date(2015, 6, 1)
    assert len(units_below(tree_on(world.store, day), "yueyang", day)) == count
    assert import_organisations(world.host, act, merged, table).outcome is Outcome.PASS


@pytest.mark.clause("ACFTU-18.2")
@pytest.mark.parametrize(
    ("rows", "trouble"),
    [
        ((UNIONS[1], UNIONS[1]), (Trouble.DOUBLED_ROW, "", "see row 3")),
        (
            (UNIONS[1], UNIONS[1].replace("2014", "2016")),
            (Trouble.VALUE, "first_day", "must be after the last day of the term in row 3"),
        ),
    ],
)
def test_terms_that_overlap_are_told_as_such(
    tmp_path: Path, rows: tuple[str, ...], trouble: tuple[Trouble, str, str]
) -> None:
    """A doubled row and two terms with common days must not be told as days that do not exist."""
    with pytest.raises(IntakeError) as caught:
        unions(tmp_path / "a.csv", UNIONS[0], *rows)
    assert [(each.trouble, each.field, each.detail) for each in problems_of(caught.value)] == [trouble]


@pytest.mark.clause("ACFTU-18.2")
def test_two_pools_of_one_code_are_imported_with_a_flag(tmp_path: Path) -> None:
    """Two pools of one code on the same days must be looked at by a person."""
    world = World()
    double = unions(tmp_path / "a.csv", *UNIONS, UNIONS[1].replace("shaoyang", "other"))
    done = import_organisations(world.host, world.act(), double, shipped_divisions())
    assert (done.outcome, [fault.found for fault in done.faults]) == (Outcome.FLAG, ["shaoyang", "other"])


@pytest.mark.clause("SN-2.2.2b")
def test_the_gravest_selection_is_not_told_as_the_mildest() -> None:
    """The fewer of the young join, the graver the finding must be, to the last of them."""
    gravity = [Level.GREEN, Level.YELLOW, Level.RED]
    levels = []
    for young in (20, 10, 2, 1, 0):
        bands = ((28, 20, young), (35, 100, 90), (45, 100, 90), (52, 20, 19))
        workers = tuple(
            Worker(age=age, joins=number < joining)
            for age, count, joining in bands
            for number in range(count)
        )
        group = Group(name="U", unit_ids=("U",), was_covered=False, workers=workers)
        levels.append(gravity.index(selection_finding(group, (), ASSUMED).level))
    assert levels == sorted(levels)
    assert levels[-1] == gravity.index(Level.RED)


def test_a_result_is_no_device_and_no_pipe(cli: Cli, tmp_path: Path) -> None:
    """A result must replace a file alone: a device was read to no end, and a pipe waited for."""
    path, pipe = roster(tmp_path / "a.csv", UNIT, 1), tmp_path / "pipe"
    os.mkfifo(pipe)
    for result in ("/dev/full", pipe):
        answer = cli("roster", "check", path, "--counted-on", "2014-01-01", "--result", result)
        assert (answer.status, "must not be there yet" in answer.err) == (2, True)


def test_the_name_of_a_roster_is_no_formula(cli: Cli, tmp_path: Path) -> None:
    """The name of a file must be written as text into its result, which may be written anew."""
    path, result = roster(tmp_path / "=HYPERLINK(1).csv", UNIT, 1), tmp_path / "result.csv"
    for _ in range(2):
        answer = cli("roster", "check", path, "--counted-on", "2014-01-01", "--result", result)
        assert answer.status == 0
    assert result.read_text("utf-8").splitlines()[1].startswith("'=HYPERLINK(1).csv,2,")


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("{}",), "transfer"),
        (("--unit", "U", "--after", "{}"), "after"),
        (("--unit", "{}"), "unit"),
    ],
)
def test_an_id_that_is_longer_than_any_is_bad_input(
    cli: Cli, tmp_path: Path, arguments: tuple[str, ...], field: str
) -> None:
    """It must be told with its field and as bad input, not as trouble with the store."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with closing(open_store(url)) as store:
        world = World(store)
        world.found()
        recorded(world, Unit(unit_id=UnitId("U"), name="单位", pool_id=REGION.pool_id))
    answer = cli("transfer", "show", *(each.format("T" * 201) for each in arguments), "--store", url)
    assert (answer.status, f"{field} must be <= 200 bytes" in answer.err) == (2, True)


@pytest.mark.clause("ACFTU-11.1b")
def test_an_organisation_that_has_ended_is_not_unknown(cli: Cli, tmp_path: Path) -> None:
    """Asked about a day after its end, it must be told as not standing."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with closing(open_store(url)) as store:
        world = World(store)
        ended = unions(tmp_path / "a.csv", UNIONS[0], f"{UNIONS[1]}2014-12-31")
        import_organisations(world.host, world.act(), ended, shipped_divisions())
    answer = cli("organisation", "show", "shaoyang", "--on", "2015-06-01", "--store", url, "--json")
    assert (answer.status, "shaoyang not standing" in answer.out) == (1, True)
