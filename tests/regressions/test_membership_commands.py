"""What attacks on the membership commands found: numbers of persons in texts, and answers about nothing."""

import datetime
from collections.abc import Callable

import pytest

from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.domain.membership.roster import ImportState, RosterImport
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.errors import InvalidValueError

ID, CARD = "610103198503070014", "62220200000000000"


def unit(text: str) -> Unit:
    """A unit with a text as its name."""
    return Unit(unit_id=UnitId("U-1"), name=text, pool_id=PoolId("430500"))


def unit_of(text: str) -> Unit:
    """A unit with a text as its id."""
    return Unit(unit_id=UnitId(text), name="单位", pool_id=PoolId("430500"))


def imported(text: str) -> RosterImport:
    """An import of a file with a text as its name."""
    return RosterImport(
        import_id="R1",
        counted_on=datetime.date(2014, 1, 1),
        file=text,
        rows=1,
        joining=1,
        units=1,
        state=ImportState.DONE,
    )


@pytest.mark.parametrize("make", [unit, unit_of, imported])
@pytest.mark.parametrize("text", [ID, CARD, f"王五{ID}", f"王五-{CARD}.csv"])
def test_no_record_keeps_a_number_of_a_person(make: Callable[[str], object], text: str) -> None:
    """A name, an id and a file with an ID or card number must be refused and not quoted."""
    with pytest.raises(InvalidValueError, match="must not") as caught:
        make(text)
    assert ID not in str(caught.value)
    assert CARD not in str(caught.value)


def test_a_pseudonym_may_have_fifteen_figures_in_a_row() -> None:
    """One member in some hundreds has such a pseudonym, and could not be shown."""
    assert impersonal("member", "Mab123456789012345cdef0123")
