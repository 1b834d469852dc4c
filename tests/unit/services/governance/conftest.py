"""Unions above the sample scheme, and papers that they issue."""

from collections.abc import Callable
from datetime import date

import pytest

from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import Paper
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform

START = date(2014, 1, 2)


def organisation(name: str, level: OrganisationLevel, kind: OrganisationKind, parent: str) -> Organisation:
    """An organisation under another one."""
    term = OrganisationTerm(
        first_day=date(2000, 1, 1), last_day=date(2020, 12, 31), name=name, parent_id=parent, division=None
    )
    return Organisation(organisation_id=name, level=level, kind=kind, terms=(term,))


UNIONS = (
    organisation("市总工会", OrganisationLevel.POOL, OrganisationKind.GEOGRAPHIC, "省总工会"),
    organisation("县总工会", OrganisationLevel.COUNTY, OrganisationKind.GEOGRAPHIC, "市总工会"),
    organisation("帮扶中心", OrganisationLevel.AGENCY, OrganisationKind.OPERATOR, "市总工会"),
)


@pytest.fixture
def with_unions() -> Callable[[World], World]:
    """Puts the unions into a world."""

    def put(world: World) -> World:
        def decide(work: Work) -> int:
            for each in UNIONS:
                work.add(each)
            return 0

        purpose = Purpose(name="set_up", subject="unions", chain="system", answer=int)
        perform(world.host, world.act(START), purpose, "unions", decide)
        return world

    return put


@pytest.fixture
def paper() -> Callable[..., PaperOnFile]:
    """Makes a paper of the first day, by the union of the city unless told."""

    def made(kind: Paper, document: str = "批复1号", issuer: str = "市总工会") -> PaperOnFile:
        return PaperOnFile(paper=kind, document=document, issued_on=START, issuer_id=issuer)

    return made
