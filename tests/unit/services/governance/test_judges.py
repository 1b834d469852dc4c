"""Judges: who judged a claim is read from the journal."""

from mutualaid_core.domain.values.identifiers import ClaimId
from mutualaid_core.services.governance.judges import automation_of, judges_of
from mutualaid_core.testing.samples import SCHEME, stay
from mutualaid_core.testing.world import World


def test_the_judges_of_a_claim_are_told_once_each(joined: World) -> None:
    """Whoever judged a claim must be told once, and nobody who judged another one."""
    joined.file(stay(8_000))
    joined.file(stay(8_000))
    joined.file(stay(9_000, 2))
    assert [actor.actor_id for actor in judges_of(joined.store, SCHEME, ClaimId("S-1"))] == ["tester"]
    assert judges_of(joined.store, SCHEME, ClaimId("S-9")) == ()


def test_what_was_not_decided_is_not_counted(joined: World) -> None:
    """A claim on which nothing could be decided must not enter the share."""
    joined.stop()
    joined.file(stay(8_000))
    assert automation_of(joined.store, SCHEME)[0].shown() == "n/a"
