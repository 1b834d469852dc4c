"""The declared kinds are such that every backend can make tables of them."""

import re

import pytest

from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.kinds import JOURNAL_INDEX, KINDS, IndexType, Kind, kind_named

OWN_TABLES = {"meta", "receipt", "counter", "event", "head"}
OWN_COLUMNS = {"key", "version", "body", "seal", "chain", "position", "prev", "hash", "batch_key"}


def test_names_are_unique() -> None:
    """No two kinds share a name, and none takes that of a backend's own tables."""
    names = [kind.name for kind in KINDS]
    assert len(set(names)) == len(names)
    assert OWN_TABLES.isdisjoint(names)


@pytest.mark.parametrize("kind", [*KINDS, Kind("event", JOURNAL_INDEX)], ids=lambda kind: kind.name)
def test_fields_are_columns(kind: Kind) -> None:
    """Field names are plain, unique, and not those of a backend's own columns."""
    fields = [name for name, _ in kind.index]
    assert len(set(fields)) == len(fields)
    assert OWN_COLUMNS.isdisjoint(fields)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,29}", name) for name in (kind.name, *fields))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_money_is_whole(kind: Kind) -> None:
    """What is in fen is an integer."""
    assert {index_type for name, index_type in kind.index if name.endswith("_fen")} <= {IndexType.INT}


def test_undeclared_is_refused() -> None:
    """A kind or a field that is not declared is refused by name."""
    with pytest.raises(InvalidValueError):
        kind_named("invoice")
    with pytest.raises(InvalidValueError):
        kind_named("claim").field_type("colour")
