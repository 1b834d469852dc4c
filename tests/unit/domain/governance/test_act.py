"""Act: every command has a key."""

import datetime

import pytest

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.errors import InvalidValueError


def test_an_act_has_a_key() -> None:
    """An empty idempotency key must be refused."""
    actor = Actor(actor_id="clerk-7", role=Role.CLERK)
    with pytest.raises(InvalidValueError, match="key must be a printable text"):
        Act(key="", actor=actor, business_on=datetime.date(2014, 1, 5))
