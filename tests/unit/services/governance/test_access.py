"""Access: an organisation sees itself and what stands below it, and every answer is in the journal."""

import datetime
import json
from collections.abc import Callable

import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.services.governance.access import AccessAnswered, AskAccess, ask_access
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform

DAY = datetime.date(2014, 1, 2)


def asked(world: World, own: str, wanted: str) -> AccessAnswered:
    """The answer to an organisation that asks about another one."""
    command = AskAccess(own_id=own, wanted_id=wanted, about="roster")
    return ask_access(world.host, world.act(DAY), command).result


@pytest.fixture
def unions(with_unions: Callable[[World], World]) -> World:
    """A world with the unions."""
    return with_unions(World())


@pytest.mark.parametrize(
    ("own", "wanted", "outcome"),
    [
        ("市总工会", "市总工会", Outcome.PASS),
        ("市总工会", "县总工会", Outcome.PASS),
        ("县总工会", "市总工会", Outcome.REJECT),
        ("帮扶中心", "县总工会", Outcome.REJECT),
        ("市总工会", "nobody", Outcome.REJECT),
    ],
    ids=["itself", "below", "above", "beside", "unknown"],
)
def test_authority_reaches_down(unions: World, own: str, wanted: str, outcome: Outcome) -> None:
    """An organisation must see itself and its subtree, and neither what is above nor beside."""
    assert asked(unions, own, wanted).outcome is outcome


def test_a_denied_request_is_logged(unions: World) -> None:
    """A request that was denied must stand in the journal with who asked and about what."""
    asked(unions, "县总工会", "市总工会")
    event = json.loads(unions.store.feed("system")[-1].body)
    assert (event["act"], event["subject"], event["actor"]["actor_id"]) == (
        "ask_access",
        "市总工会",
        "tester",
    )


def test_a_tree_that_leads_back_to_itself_ends(unions: World) -> None:
    """Organisations that stand under each other must be answered, and denied."""

    def decide(work: Work) -> int:
        for own, parent in (("甲", "乙"), ("乙", "甲")):
            term = OrganisationTerm(first_day=DAY, last_day=None, name=own, parent_id=parent, division=None)
            work.add(
                Organisation(
                    organisation_id=own,
                    level=OrganisationLevel.COUNTY,
                    kind=OrganisationKind.GEOGRAPHIC,
                    terms=(term,),
                )
            )
        return 0

    purpose = Purpose(name="set_up", subject="unions", chain="system", answer=int)
    perform(unions.host, unions.act(DAY), purpose, "loop", decide)
    assert asked(unions, "市总工会", "甲").outcome is Outcome.REJECT
