"""Organisations in a store: all put or none, terms added, moves and ends, and look-ups on a day."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.errors import InvalidValueError, NotFoundError, TooLargeError
from mutualaid_core.intake.membership.divisions import shipped_divisions
from mutualaid_core.rules.membership.organisation.tree import path_of, units_below
from mutualaid_core.rules.scheme.divisions import DivisionTable
from mutualaid_core.services.membership.organisations import (
    ORGANISATIONS_MAX,
    CloseOrganisation,
    MoveOrganisation,
    OrganisationsPut,
    PutOrganisations,
    children_of,
    close_organisation,
    import_organisations,
    judge_organisations,
    move_organisation,
    put_organisations,
    tree_on,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Work, read_all, read_one

DAY = datetime.date
START, ON = DAY(2014, 1, 1), DAY(2014, 6, 1)
LEVEL, KIND = OrganisationLevel, OrganisationKind
KINDS = {LEVEL.UNIT: KIND.BASIC}


def term(parent: str | None, division: str | None, first: datetime.date = START) -> OrganisationTerm:
    """A term that goes on."""
    return OrganisationTerm(
        first_day=first, last_day=None, name="总工会", parent_id=parent, division=division
    )


def union(
    own: str, level: OrganisationLevel, parent: str | None, division: str | None = None
) -> Organisation:
    """An organisation from 2014 on."""
    kind = KINDS.get(level, KIND.GEOGRAPHIC)
    return Organisation(organisation_id=own, level=level, kind=kind, terms=(term(parent, division),))


HUNAN = union("hunan", LEVEL.PROVINCE, None, "430000")
CHANGSHA = union("changsha", LEVEL.POOL, "hunan", "430100")
COUNTY = union("county", LEVEL.COUNTY, "changsha", "430121")
WANGCHENG = union("wangcheng", LEVEL.COUNTY, "changsha", "430112")
UNIT = union("U-1", LEVEL.UNIT, "county", "430121")
ALL = (HUNAN, CHANGSHA, COUNTY, WANGCHENG, UNIT)


@pytest.fixture(scope="module")
def divisions() -> DivisionTable:
    """The shipped table."""
    return shipped_divisions()


@pytest.fixture
def empty() -> World:
    """A world in which nothing was founded."""
    return World()


def put(world: World, divisions: DivisionTable, *organisations: Organisation) -> OrganisationsPut:
    """Put organisations by an act of their own."""
    command = PutOrganisations(organisations=organisations)
    return put_organisations(world.host, world.act(), command, divisions).result


def move(world: World, divisions: DivisionTable, own: str, to: OrganisationTerm) -> OrganisationsPut:
    """Move an organisation by an act of its own."""
    command = MoveOrganisation(organisation_id=own, term=to)
    return move_organisation(world.host, world.act(), command, divisions).result


def close(world: World, divisions: DivisionTable, own: str, last_day: datetime.date) -> OrganisationsPut:
    """Close an organisation by an act of its own."""
    command = CloseOrganisation(organisation_id=own, last_day=last_day)
    return close_organisation(world.host, world.act(), command, divisions).result


@pytest.fixture
def world(empty: World, divisions: DivisionTable) -> World:
    """A world with a tree."""
    put(empty, divisions, *ALL)
    return empty


def test_a_tree_is_put_whole(empty: World, divisions: DivisionTable) -> None:
    """A sound tree must be written by one act, whatever the order, and leave a whole store."""
    done = put(empty, divisions, *reversed(ALL))
    assert (done.outcome, len(done.put), done.faults) == (Outcome.PASS, 5, ())
    assert {each.organisation_id for each in read_all(empty.store, Organisation)} == set(done.put)
    assert empty.store.verify(deep=True).is_whole


def test_all_faults_come_at_once_and_nothing_is_put(empty: World, divisions: DivisionTable) -> None:
    """Two wrong organisations must both be told, and the right ones not be written either."""
    wrong = (union("a", LEVEL.UNIT, "nobody"), union("b", LEVEL.POOL, "hunan", "430121"))
    done = put(empty, divisions, *ALL, *wrong)
    assert (done.outcome, done.put) == (Outcome.REJECT, ())
    assert [fault.subject for fault in done.faults] == ["a", "b"]
    assert list(read_all(empty.store, Organisation)) == []


def test_what_rests_on_memory_is_put_and_flagged(world: World, divisions: DivisionTable) -> None:
    """A county whose code the table lacks must be written with a flag."""
    done = put(world, divisions, union("x", LEVEL.COUNTY, "changsha", "430199"))
    assert (done.outcome, done.put, len(done.faults)) == (Outcome.FLAG, ("x",), 1)


def test_the_same_again_writes_nothing(world: World, divisions: DivisionTable) -> None:
    """What is there already, the same, must pass without being written."""
    assert put(world, divisions, *ALL) == OrganisationsPut(outcome=Outcome.PASS, put=(), faults=())


def test_a_parent_may_be_in_the_store(world: World, divisions: DivisionTable) -> None:
    """A unit under a county that was put before must pass."""
    assert put(world, divisions, union("U-2", LEVEL.UNIT, "county")).outcome is Outcome.PASS


def test_what_is_written_is_not_altered(world: World, divisions: DivisionTable) -> None:
    """Another name in a term that is there must be refused."""
    other = attrs.evolve(COUNTY, terms=(attrs.evolve(COUNTY.terms[0], name="x"),))
    done = put(world, divisions, other)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["ACFTU-11.1b"])
    assert read_one(world.store, Organisation, "county") == COUNTY


def test_a_unit_moves_and_its_past_stays(world: World, divisions: DivisionTable) -> None:
    """After a move the tree must tell the old county before the day and the new one from it on."""
    assert move(world, divisions, "U-1", term("wangcheng", "430112", DAY(2015, 1, 1))).outcome is Outcome.PASS
    before, since = (tree_on(world.store, day) for day in (DAY(2014, 12, 31), DAY(2015, 1, 1)))
    assert units_below(before, "county", DAY(2014, 12, 31)) == ("U-1",)
    assert units_below(since, "wangcheng", DAY(2015, 1, 1)) == ("U-1",)
    assert path_of(since, "U-1", DAY(2015, 1, 1)).faults == ()


def test_counties_merge(world: World, divisions: DivisionTable) -> None:
    """A county must close once its unit has moved to the other one, and not before."""
    last = DAY(2014, 12, 31)
    refused = close(world, divisions, "county", last)
    assert [(fault.subject, fault.rule) for fault in refused.faults] == [
        ("U-1", "must have a parent that stands on 2015-01-01")
    ]
    move(world, divisions, "U-1", term("wangcheng", "430112", DAY(2015, 1, 1)))
    assert close(world, divisions, "county", last).outcome is Outcome.PASS
    assert "county" not in tree_on(world.store, DAY(2015, 1, 1)).organisations


def test_a_child_that_comes_while_its_parent_closes_is_not_lost(
    world: World, divisions: DivisionTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A unit that comes under a county between the look and the commit of its end must stop that end."""
    commit, late = Work.commit, iter((union("U-9", LEVEL.UNIT, "wangcheng"),))

    def commit_late(work: Work, *arguments: bytes) -> object:
        for unit in late:
            put(world, divisions, unit)
        return commit(work, *arguments)

    monkeypatch.setattr(Work, "commit", commit_late)
    done = close(world, divisions, "wangcheng", DAY(2014, 12, 31))
    assert (done.outcome, [fault.subject for fault in done.faults]) == (Outcome.REJECT, ["U-9"])


@pytest.mark.parametrize("first", [START, DAY(2013, 1, 1)])
def test_a_move_into_the_past_is_refused(
    world: World, divisions: DivisionTable, first: datetime.date
) -> None:
    """A term that does not begin after the others must be refused."""
    with pytest.raises(InvalidValueError):
        move(world, divisions, "U-1", term("wangcheng", None, first))


def test_what_is_not_there_cannot_change(world: World, divisions: DivisionTable) -> None:
    """Moving and closing an unknown organisation must say so."""
    with pytest.raises(NotFoundError):
        move(world, divisions, "nobody", term("county", None))
    with pytest.raises(NotFoundError):
        close(world, divisions, "nobody", ON)


def test_an_act_has_a_size(world: World, divisions: DivisionTable) -> None:
    """None, one twice, and more than the limit must be refused."""
    many = tuple(union(f"U-{at}", LEVEL.UNIT, "county") for at in range(10, ORGANISATIONS_MAX + 11))
    with pytest.raises(TooLargeError):
        put(world, divisions, *many)
    for wrong in ((), (UNIT, UNIT)):
        with pytest.raises(InvalidValueError, match="organisations must be at least one, each once"):
            put(world, divisions, *wrong)
    assert put(world, divisions, *many[:-1]).outcome is Outcome.PASS


def test_an_act_is_done_once(empty: World, divisions: DivisionTable) -> None:
    """A repeated key must answer the first result."""
    act, command = empty.act(key="K"), PutOrganisations(organisations=ALL)
    first = put_organisations(empty.host, act, command, divisions)
    again = put_organisations(empty.host, act, command, divisions)
    assert (first.replayed, again.replayed, first.result == again.result) == (False, True, True)


def test_children_come_in_pages(world: World, divisions: DivisionTable) -> None:
    """Pages must hold each child once, in order, and only those that stand on the day."""
    put(world, divisions, *(union(f"U-{at}", LEVEL.UNIT, "county") for at in (2, 3, 4)))
    move(world, divisions, "U-3", term("county", None, DAY(2016, 1, 1)))
    close(world, divisions, "U-2", DAY(2014, 3, 31))
    found, after = [], None
    while True:
        page = children_of(world.store, "county", ON, after=after, limit=2)
        found += [each.organisation.organisation_id for each in page.children]
        if (after := page.next) is None:
            break
    assert found == ["U-1", "U-3", "U-4"]
    assert children_of(world.store, "county", DAY(2013, 1, 1)).children == ()


def test_a_tree_of_any_size_is_imported(empty: World, divisions: DivisionTable) -> None:
    """More organisations than one act takes must be written from the root down, and once."""
    units = tuple(union(f"U-{at:04}", LEVEL.UNIT, "county") for at in range(2 * ORGANISATIONS_MAX))
    whole = (*units, *reversed(ALL))
    act = empty.act()
    done = import_organisations(empty.host, act, whole, divisions)
    assert (done.outcome, len(done.put), done.put[0]) == (Outcome.PASS, len(whole), "hunan")
    assert import_organisations(empty.host, empty.act(), whole, divisions).put == ()
    assert import_organisations(empty.host, act, whole, divisions).outcome is Outcome.PASS


def test_a_tree_with_faults_is_not_imported(world: World, divisions: DivisionTable) -> None:
    """Every fault of the whole must be told before anything is written, those of children too."""
    other = attrs.evolve(COUNTY, terms=(attrs.evolve(COUNTY.terms[0], last_day=ON),))
    renamed = attrs.evolve(WANGCHENG, terms=(attrs.evolve(WANGCHENG.terms[0], name="x"),))
    wrong = (other, renamed, union("x", LEVEL.UNIT, "nobody"))
    done = import_organisations(world.host, world.act(), wrong, divisions)
    assert (done.outcome, done.put) == (Outcome.REJECT, ())
    assert [fault.subject for fault in done.faults] == ["wangcheng", "U-1", "x"]
    assert judge_organisations(world.store, wrong, divisions) == done


def test_what_is_not_stored_is_judged_by_itself(divisions: DivisionTable) -> None:
    """Without a store a whole tree must pass and a part miss its parent."""
    assert judge_organisations(None, ALL, divisions).outcome is Outcome.PASS
    assert judge_organisations(None, (UNIT,), divisions).outcome is Outcome.REJECT


def test_an_import_stops_where_others_changed_the_tree(
    world: World, divisions: DivisionTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county that ends while its units are being written must stop the import with the reason."""
    units = tuple(union(f"V-{at:04}", LEVEL.UNIT, "wangcheng") for at in range(ORGANISATIONS_MAX + 1))
    commit, late = Work.commit, iter(("wangcheng",))

    def commit_late(work: Work, *arguments: bytes) -> object:
        for county in late:
            close(world, divisions, county, ON)
        return commit(work, *arguments)

    monkeypatch.setattr(Work, "commit", commit_late)
    done = import_organisations(world.host, world.act(), units, divisions)
    assert (done.outcome, done.put) == (Outcome.REJECT, ())
    assert {fault.rule for fault in done.faults} == {"must have a parent that stands on 2014-06-02"}
