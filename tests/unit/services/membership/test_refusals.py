"""Refusals: a unit tells why it enrols nobody; a banned reason flags the unit."""

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.refusal import Refusal
from mutualaid_core.domain.scheme.policy.membership import MembershipTerms, RefusalReason
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.errors import AlreadyExistsError, NotFoundError
from mutualaid_core.services.membership.refusals import (
    RefusalTold,
    TellRefusal,
    flags_of_unit,
    tell_refusal,
)
from mutualaid_core.testing.acts.years import BY_YEAR_END
from mutualaid_core.testing.samples import FOUNDING, PERIOD, POLICY, SCHEME, UNIT, VERSION
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

BANNED = (RefusalReason.SIMILAR_FUND, RefusalReason.COMMERCIAL_INSURANCE)


def world_with(*banned: RefusalReason, scheme: tuple[RefusalReason, ...] = ()) -> World:
    """A world whose policy bans these reasons, and whose scheme bans others."""
    terms = MembershipTerms(refusals_banned=banned or None, source="SN-2.1.4c" if banned else None)
    joining = attrs.evolve(BY_YEAR_END, refusals_banned=scheme)
    founding = attrs.evolve(
        FOUNDING,
        policy=attrs.evolve(POLICY, membership=terms),
        version=attrs.evolve(VERSION, joining=joining if scheme else None),
    )
    made = World(founding=founding)
    made.found()
    return made


def tell(world: World, reason: RefusalReason | None, refusal_id: str = "RF-1") -> RefusalTold:
    """Tell that the sample unit refuses for that reason."""
    command = TellRefusal(
        refusal_id=refusal_id, scheme_id=SCHEME, period_id=PERIOD, unit_id=UNIT, reason=reason
    )
    return tell_refusal(world.host, world.act(), command).result


@pytest.mark.parametrize("reason", BANNED)
def test_a_banned_reason_is_rejected_and_flags_the_unit(reason: RefusalReason) -> None:
    """The refusal must be rejected, the unit flagged, and both stay on record."""
    world = world_with(*BANNED)
    done = tell(world, reason)
    assert (done.outcome, done.unit_outcome) == (Outcome.REJECT, Outcome.FLAG)
    assert [(fault.subject, fault.found, fault.clause) for fault in done.faults] == [
        (UNIT, reason.value, "SN-2.1.4c")
    ]
    assert [each.reason for each in flags_of_unit(world.store, SCHEME, PERIOD, UNIT)] == [reason]


@pytest.mark.parametrize("reason", [RefusalReason.COMMERCIAL_INSURANCE, None])
def test_another_reason_is_recorded(reason: RefusalReason | None) -> None:
    """A reason that nobody bans must be recorded and flag nobody."""
    world = world_with(RefusalReason.SIMILAR_FUND)
    done = tell(world, reason)
    assert (done.outcome, done.unit_outcome, done.faults) == (Outcome.PASS, Outcome.PASS, ())
    (refusal,) = read_all(world.store, Refusal)
    assert (refusal.reason, refusal.is_valid) == (reason, True)
    assert list(flags_of_unit(world.store, SCHEME, PERIOD, UNIT)) == []


def test_the_scheme_may_ban_more_than_the_policy() -> None:
    """Other insurance, banned by the scheme alone, must be rejected too."""
    world = world_with(RefusalReason.SIMILAR_FUND, scheme=BANNED)
    assert tell(world, RefusalReason.COMMERCIAL_INSURANCE).outcome is Outcome.REJECT


def test_illness_is_no_reason_under_any_policy() -> None:
    """With no word of it in policy and scheme, illness must be rejected by the national opinions."""
    done = tell(world_with(), RefusalReason.ILLNESS)
    assert (done.outcome, [fault.clause for fault in done.faults]) == (Outcome.REJECT, ["ACFTU-1.1c"])


def test_flags_are_those_of_the_unit_and_the_period() -> None:
    """Another unit, or another period, must show no flags."""
    world = world_with(*BANNED)
    tell(world, RefusalReason.SIMILAR_FUND)
    assert list(flags_of_unit(world.store, SCHEME, PERIOD, UnitId("U-2"))) == []
    assert list(flags_of_unit(world.store, SCHEME, PeriodId("2015"), UNIT)) == []


def test_a_refusal_is_told_once_under_its_id() -> None:
    """Two reasons must be two records, and an id used twice be refused."""
    world = world_with(*BANNED)
    tell(world, RefusalReason.SIMILAR_FUND)
    tell(world, RefusalReason.COMMERCIAL_INSURANCE, "RF-2")
    assert len(list(flags_of_unit(world.store, SCHEME, PERIOD, UNIT))) == 2
    with pytest.raises(AlreadyExistsError):
        tell(world, None)


def test_a_refusal_is_of_a_period_that_there_is() -> None:
    """A refusal for an unknown period must say that there is none."""
    world = World()
    with pytest.raises(NotFoundError):
        tell(world, None)
