"""Whatever is stored comes back as it was, types included, and equal things are written equally."""

import datetime
import pickle
import zoneinfo
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.serialization.codec import canonical, decode, encode, from_plain, to_plain
from mutualaid_core.serialization.records import FORMS
from mutualaid_core.testing.entities import ENTITIES, entity
from mutualaid_core.testing.samples import stay

every_entity = pytest.mark.parametrize("kind", ENTITIES, ids=lambda kind: kind.__name__)
some = settings(max_examples=settings().max_examples // 2, suppress_health_check=[HealthCheck.too_slow])


def types_of(value: Any) -> Any:  # noqa: ANN401  # any value of an entity
    """The exact types of everything in a value, in its shape."""
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return type(value), tuple(types_of(getattr(value, field.name)) for field in fields)
    if isinstance(value, tuple):
        return tuple, tuple(types_of(part) for part in value)
    return type(value)


@every_entity
@some
@given(data=st.data())
def test_an_entity_comes_back_as_it_was(kind: type, data: st.DataObject) -> None:
    """Written and read, every entity must be equal, with the same types to the last field."""
    drawn = data.draw(entity(kind))
    back = decode(encode(drawn), kind) if kind in FORMS else from_plain(to_plain(drawn), kind)
    assert (back, types_of(back)) == (drawn, types_of(drawn))


@every_entity
@some
@given(data=st.data())
def test_equal_entities_have_equal_bytes(kind: type, data: st.DataObject) -> None:
    """A copy made field by field, and one that was pickled, must be written byte for byte the same."""
    drawn = data.draw(entity(kind))
    copies = (attrs.evolve(drawn), pickle.loads(pickle.dumps(drawn)))  # noqa: S301  # our own bytes
    assert {canonical(to_plain(copy)) for copy in copies} == {canonical(to_plain(drawn))}


def test_an_instant_in_another_zone_object_is_the_same_statement() -> None:
    """The same clock face at the same distance to UTC must be equal and have equal bytes."""
    settlement = stay()
    shanghai = settlement.setl_time.replace(tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai"))
    other = attrs.evolve(settlement, setl_time=shanghai)
    assert (other, encode(other)) == (settlement, encode(settlement))


def test_an_instant_stated_otherwise_is_another_statement() -> None:
    """The same moment stated in UTC must be another settlement, with other bytes."""
    settlement = stay()
    in_utc = attrs.evolve(settlement, setl_time=settlement.setl_time.astimezone(datetime.UTC))
    assert in_utc != settlement
    assert decode(encode(in_utc), Settlement).setl_time.utcoffset() == datetime.timedelta()
