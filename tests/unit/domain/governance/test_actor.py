"""Actor: an account, never a person's number."""

import pytest

from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.errors import InvalidValueError


@pytest.mark.parametrize("role", Role)
def test_an_account_acts_in_any_role(role: Role) -> None:
    """An account id must be taken in every role."""
    assert role is Actor(actor_id="clerk-7", role=role).role


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("number", ["610103198503070014", "610103850307001", "11010519491231002x"])
def test_an_id_number_is_no_account(number: str) -> None:
    """An ID number as account would stand in every journal event, so it must be refused unquoted."""
    with pytest.raises(InvalidValueError, match=r"actor_id must not be an ID number, got '\d\d characters'"):
        Actor(actor_id=number, role=Role.CLERK)
