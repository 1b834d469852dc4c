"""What holds for every class of the domain: frozen, checked when built and when changed, strict equality."""

import importlib
import pickle
import pkgutil

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core import domain
from mutualaid_core.domain.scheme.policy import Ruling, Terms
from mutualaid_core.domain.values import checks, dates, money, personal, ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.entities import ENTITIES, entity

VALUE_MODULES = {module.__name__ for module in (checks, dates, money, personal, ratio)}


def domain_classes() -> list[type]:
    """Every attrs class of the domain that is no value type, and no mark on the fields of others."""
    names = [found.name for found in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")]
    modules = [importlib.import_module(name) for name in names if name not in VALUE_MODULES]
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type)
        and attrs.has(kind)
        and kind.__module__ == module.__name__
        and kind is not Ruling
    ]


CLASSES = domain_classes()
few = settings(
    max_examples=5, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
every_class = pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)


class Stranger:
    """A type that no field has."""


def test_every_entity_that_stands_alone_is_a_class_of_the_domain() -> None:
    """The shipped list of entities must name classes of the domain, once each."""
    assert set(ENTITIES) <= set(CLASSES)
    assert len(set(ENTITIES)) == len(ENTITIES)


@every_class
def test_classes_are_frozen_and_slim(kind: type) -> None:
    """Every class must be frozen, without room for further attributes, and without a base of its own."""
    assert (True, False, True) == (
        kind.__setattr__ is not object.__setattr__,
        "__dict__" in dir(kind),
        # The subjects of a policy share their form, which is data about their fields and no behaviour; an
        # admission is the judgement that stands, with those before it.
        kind.__bases__ in {(object,), (Terms,)},
    )


@every_class
def test_arguments_have_names(kind: type) -> None:
    """Entities must be built by keyword only."""
    assert [field.name for field in attrs.fields(kind) if not field.kw_only] == []


@every_class
@few
@given(data=st.data())
def test_no_field_can_be_set(kind: type, data: st.DataObject) -> None:
    """No field must change after the object is built."""
    drawn = data.draw(entity(kind))
    for field in attrs.fields(kind):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(drawn, field.name, None)


@every_class
@few
@given(data=st.data())
def test_every_field_refuses_a_stranger(kind: type, data: st.DataObject) -> None:
    """``evolve`` must refuse a value of a strange type in each field, under the field's name."""
    drawn = data.draw(entity(kind))
    for field in attrs.fields(kind):
        with pytest.raises(InvalidValueError, match=f"^{field.alias} must be .*, got 'Stranger'"):
            attrs.evolve(drawn, **{field.alias: Stranger()})


@every_class
@few
@given(data=st.data())
def test_an_unchanged_copy_is_equal(kind: type, data: st.DataObject) -> None:
    """``evolve`` without changes, and a pickled copy, must be equal and hash alike."""
    drawn = data.draw(entity(kind))
    assert {drawn} == {attrs.evolve(drawn), pickle.loads(pickle.dumps(drawn))}  # noqa: S301  # our own bytes


@every_class
@few
@given(data=st.data())
def test_equality_with_strangers_is_theirs_to_decide(
    kind: type, data: st.DataObject, always_equal: object, never_equal: object
) -> None:
    """An entity must leave the answer to a stranger that has one."""
    drawn = data.draw(entity(kind))
    assert (drawn == always_equal, drawn == never_equal) == (True, False)


@every_class
@few
@given(data=st.data())
def test_an_entity_is_not_its_fields(kind: type, data: st.DataObject) -> None:
    """An entity must not be equal to the tuple of its fields."""
    drawn = data.draw(entity(kind))
    assert drawn != attrs.astuple(drawn, recurse=False)
