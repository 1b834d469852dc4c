"""Importing (导入) a whole organisation tree: judged at once, then written in several acts."""

from typing import Final

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.organisation import Organisation, OrganisationLevel
from mutualaid_core.rules.scheme.divisions import DivisionTable
from mutualaid_core.services.membership.organisations.judging import OrganisationsPut, judge_organisations
from mutualaid_core.services.membership.organisations.putting import (
    ORGANISATIONS_MAX,
    PutOrganisations,
    put_organisations,
)
from mutualaid_core.work import Host


def import_organisations(
    host: Host, act: Act, organisations: tuple[Organisation, ...], divisions: DivisionTable
) -> OrganisationsPut:
    """Put a tree of any size: judged as a whole first, then written part by part.

    Each part is an act of its own, its key that of *act* with the number of the part, and is
    judged as it shall stand in the whole. What goes on is written first, from the root down; what
    ends comes last, from the leaves up, so that nothing ends before what stood under it has gone.
    What was written before a break is not written again.

    Raises:
        InvalidValueError: One stands twice.

    Clause:
        ACFTU-4.2a, ACFTU-11.1b, ACFTU-18.2, HN-3.2.1a
    """
    judged = judge_organisations(host.store, organisations, divisions)
    if judged.outcome is Outcome.REJECT:
        return judged
    ordered = sorted(organisations, key=_turn)
    done: list[str] = []
    for at in range(0, len(ordered), ORGANISATIONS_MAX):
        part = PutOrganisations(organisations=tuple(ordered[at : at + ORGANISATIONS_MAX]))
        own = attrs.evolve(act, key=f"{act.key}/{at // ORGANISATIONS_MAX}")
        put = put_organisations(host, own, part, divisions, organisations).result
        done += put.put
        if put.outcome is Outcome.REJECT:
            # Others changed the tree meanwhile; what was written stays, and all faults are told.
            return attrs.evolve(put, put=tuple(done))
    return attrs.evolve(judged, put=tuple(done))


_LEVELS: Final = {level: at for at, level in enumerate(OrganisationLevel)}


def _turn(organisation: Organisation) -> tuple[bool, int, str, str]:
    """When an organisation is written, by what the file alone says: a repetition has the same parts.

    Those under one parent stand together, so that a part meets few parents.
    """
    last, level = organisation.terms[-1], _LEVELS[organisation.level]
    ends = last.last_day is not None
    return ends, -level if ends else level, last.parent_id or "", organisation.organisation_id
