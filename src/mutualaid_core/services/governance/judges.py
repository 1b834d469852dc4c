"""Judges (审核人): who judged which claim, as the journal tells it."""

import json
from collections.abc import Iterator

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.governance.actor import Actor
from mutualaid_core.domain.governance.event import JournalEvent
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import ClaimId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.governance.automation import JudgedBy, automatic_share, confirmation_faults
from mutualaid_core.rules.membership.coverage.rate import Rate
from mutualaid_core.serialization.codec import from_plain
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_many

_JUDGING = "adjudicate"


def acts_of_judging(store: Store, scheme_id: SchemeId) -> Iterator[tuple[ClaimId, Actor]]:
    """Every act of judging a claim of a scheme, in the order of the journal.

    Args:
        store: Where the journal is kept.
        scheme_id: Scheme.

    Clause:
        ACFTU-2.4c, ACFTU-11.1b
    """
    after = 0
    while page := store.feed(scheme_id, after):
        for sealed in page:
            if sealed.index["act"] == _JUDGING:
                event = from_plain(json.loads(sealed.body), JournalEvent)
                yield ClaimId(event.subject), event.actor
        after = page[-1].position


def judges_of(store: Store, scheme_id: SchemeId, claim_id: ClaimId) -> tuple[Actor, ...]:
    """Who judged a claim, the first one first; the same person once.

    Args:
        store: Where the journal is kept.
        scheme_id: Scheme.
        claim_id: Claim.

    Clause:
        ACFTU-2.4c
    """
    own = (actor for claim, actor in acts_of_judging(store, scheme_id) if claim == claim_id)
    return tuple(dict.fromkeys(own))


def _judged(store: Store, scheme_id: SchemeId) -> Iterator[JudgedBy]:
    """Every decided claim of a scheme with the roles of those who judged it."""
    actors: dict[ClaimId, list[Actor]] = {}
    for claim_id, actor in acts_of_judging(store, scheme_id):
        actors.setdefault(claim_id, []).append(actor)
    for claim_id, own in actors.items():
        key = key_of(scheme_id, claim_id)
        decision = read_many(store, Decision, (key,)).get(key)
        if decision is not None:
            roles = tuple(actor.role for actor in own)
            yield JudgedBy(claim_id=claim_id, outcome=decision.outcome, roles=roles)


def automation_of(store: Store, scheme_id: SchemeId) -> tuple[Rate, tuple[Fault, ...]]:
    """Claims of a scheme that a machine decided, and its refusals that no person has confirmed.

    A person confirms a refusal by judging the same settlement again.

    Args:
        store: Where the journal and the decisions are kept.
        scheme_id: Scheme.

    Clause:
        GD-2.3.3b
    """
    judged = tuple(_judged(store, scheme_id))
    return automatic_share(judged), tuple(fault for each in judged for fault in confirmation_faults(each))
