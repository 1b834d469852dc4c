"""Establishing: an organisation begins and ends by the union above it, each once."""

import datetime
from collections.abc import Callable

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.errors import NotFoundError
from mutualaid_core.services.governance.establishing import ApproveOrganisation, approve_organisation
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.testing.world import World

Papers = Callable[..., PaperOnFile]
START = datetime.date(2014, 1, 2)


def moved(
    world: World, act: LifeAct, *papers: PaperOnFile, on: datetime.date = START, name: str = "帮扶中心"
) -> Moved:
    """A step of an organisation."""
    command = ApproveOrganisation(organisation_id=name, act=act, papers=papers)
    return approve_organisation(world.host, world.act(on), command).result


@pytest.fixture
def unions(with_unions: Callable[[World], World]) -> World:
    """A world with the unions."""
    return with_unions(World())


def test_an_organisation_begins_and_ends(unions: World, paper: Papers) -> None:
    """Established, then dissolved with a plan, it must be at its end, and be neither a second time."""
    begun = moved(unions, LifeAct.ESTABLISH, paper(Paper.APPROVAL))
    again = moved(unions, LifeAct.ESTABLISH, paper(Paper.APPROVAL))
    bare = moved(unions, LifeAct.DISSOLVE, paper(Paper.APPROVAL))
    done = moved(unions, LifeAct.DISSOLVE, paper(Paper.APPROVAL), paper(Paper.RUN_OFF_PLAN))
    assert [each.stage for each in (begun, again, bare, done)] == [
        *(Stage.ESTABLISHED, Stage.ESTABLISHED, Stage.ESTABLISHED),
        Stage.DISSOLVED,
    ]
    assert [each.outcome is Outcome.PASS for each in (begun, again, bare, done)] == [True, False, False, True]


def test_an_organisation_that_is_over_is_not_established(unions: World, paper: Papers) -> None:
    """An organisation that stands under nobody on the day must be refused."""
    done = moved(unions, LifeAct.ESTABLISH, paper(Paper.APPROVAL), on=datetime.date(2021, 1, 1))
    assert [fault.rule for fault in done.faults] == ["must stand under a union on 2021-01-01"]


def test_an_organisation_stands_in_the_tree(unions: World, paper: Papers) -> None:
    """An organisation that nobody knows must be an error."""
    with pytest.raises(NotFoundError):
        moved(unions, LifeAct.ESTABLISH, paper(Paper.APPROVAL), name="X")
