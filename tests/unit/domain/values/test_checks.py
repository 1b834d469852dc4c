"""Checks of fields: exact types, ids, texts, least values."""

import datetime
import enum
from typing import Any, NewType, Optional, Union

import attrs
import pendulum
import pytest

from mutualaid_core.domain.values.checks import (
    at_least,
    checked,
    identifier,
    not_blank,
    not_empty,
    optional,
    positive,
    quotable,
)
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError

Code = NewType("Code", str)
SubCode = NewType("SubCode", Code)
NOON = datetime.datetime(2014, 1, 1, 12, tzinfo=datetime.UTC)


class Colour(enum.Enum):
    """An enum of the test."""

    RED = 1


class Text(str):
    """A text that is more than a text."""

    __slots__ = ()


def holder(declared: object, **kwargs: Any) -> type:  # noqa: ANN401  # arguments of a field
    """A checked class with one field of a declared type."""
    return attrs.make_class(
        "Holder", {"kept": attrs.field(type=declared, **kwargs)}, frozen=True, field_transformer=checked
    )


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (int, 5),
        (bool, True),
        (str, "x"),
        (Code, "x"),
        (SubCode, "x"),
        (Money, Money(1)),
        (Colour, Colour.RED),
        (datetime.date, datetime.date(2014, 1, 1)),
        (datetime.datetime, NOON),
        (int | None, None),
        (int | None, 5),
        (Code | None, "x"),
        (Code | None, None),
        (Optional[Code], None),  # noqa: UP045  # the older way to write it
        (Union[int, str], "x"),  # noqa: UP007  # the older way to write it
        (tuple[int, ...], ()),
        (tuple[int, ...], (1, 2)),
        (tuple[int, str], (1, "x")),
        (tuple[()], ()),
        (tuple[tuple[Code, Money], ...], (("x", Money(1)),)),
        (tuple[int, ...] | None, (1,)),
        (tuple[Money | None, ...], (None, Money(1))),
    ],
    ids=str,
)
def test_values_of_the_declared_type_pass(declared: object, value: object) -> None:
    """A value of exactly the declared type must be kept as it is."""
    assert value is holder(declared)(value).kept


@pytest.mark.parametrize(
    ("declared", "value"),
    [
        (int, True),
        (int, 5.0),
        (int, "5"),
        (bool, 1),
        (str, b"x"),
        (str, Text("x")),
        (Code, 5),
        (Code | None, 5),
        (Money, 5),
        (Colour, 1),
        (datetime.date, NOON),
        (datetime.date, pendulum.date(2014, 1, 1)),
        (datetime.datetime, pendulum.datetime(2014, 1, 1)),
        (datetime.datetime, datetime.date(2014, 1, 1)),
        (int | None, False),
        (tuple[int, ...], [1]),
        (tuple[int, ...], (1, True)),
        (tuple[int, str], (1,)),
        (tuple[int, str], (1, "x", 2)),
        (tuple[()], (1,)),
        (tuple[tuple[Code, Money], ...], (("x", 1),)),
        (tuple[Money | None, ...], (1,)),
    ],
    ids=str,
)
def test_values_of_another_type_are_refused(declared: object, value: object) -> None:
    """A truth value as number, a list as tuple, an instant as day and the like must be refused."""
    with pytest.raises(InvalidValueError, match="kept must be "):
        holder(declared)(value)


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (Code, "Code"),
        (Code | None, "Code | None"),
        (tuple[tuple[Code, Money], ...], "tuple[tuple[Code, Money], ...]"),
    ],
    ids=str,
)
def test_the_error_names_the_declared_type(declared: object, text: str) -> None:
    """The error must tell the type as it is declared."""
    with pytest.raises(InvalidValueError) as caught:
        holder(declared)(5)
    assert f"kept must be {text}, got 'int'" == str(caught.value)


@pytest.mark.parametrize(
    "declared", [None, "Money", list[int], dict, set, list, object, Any, tuple[list[int], ...]], ids=str
)
def test_a_type_that_cannot_be_held_to_is_refused(declared: object) -> None:
    """A class with a field without type, of a quoted or of a mutable type must not come to be."""
    with pytest.raises(TypeError, match=r"Holder\.kept"):
        holder(declared)


def test_a_wrong_value_is_not_shown() -> None:
    """A number in the wrong place may be an ID number, so only its type may be shown."""
    with pytest.raises(InvalidValueError, match="kept must be Money, got 'int'"):
        holder(Money)(610103198503070014)


def test_the_own_check_follows_the_type() -> None:
    """A field's own check must run after the type is known to be right."""
    with pytest.raises(InvalidValueError, match="kept must be int"):
        holder(int, validator=positive)("x")


def test_defaults_are_checked_too() -> None:
    """A wrong default must be refused when the object is built."""
    with pytest.raises(InvalidValueError, match="kept must be int"):
        holder(int, default="x")()


def test_inherited_fields_are_checked() -> None:
    """A subclass that declares checks must have its inherited fields checked as well."""
    base = attrs.make_class("Base", {"kept": attrs.field(type=int)}, frozen=True)
    sub = attrs.make_class("Sub", {}, bases=(base,), frozen=True, field_transformer=checked)
    with pytest.raises(InvalidValueError, match="kept must be int"):
        sub("x")


def test_a_private_field_is_named_as_its_argument() -> None:
    """An error must name the argument that a caller knows, not the hidden field."""
    kept = attrs.make_class("Kept", {"_kept": attrs.field(type=int)}, field_transformer=checked)
    with pytest.raises(InvalidValueError, match=r"^kept must be int"):
        kept("x")


@pytest.mark.parametrize("text", ["x", "HN-2013", "单位", "a" * 64, "单" * 21])
def test_ids_of_1_to_64_bytes_pass(text: str) -> None:
    """Any printable text without blanks and slashes must be an id."""
    assert text == holder(str, validator=identifier)(text).kept


@pytest.mark.parametrize(
    "text", ["", "a" * 65, "单" * 22, "a b", "a/b", "a\tb", "a\u3000b", "a\x00", "a\u200b", "\ud800", " a"]
)
def test_other_texts_are_no_ids(text: str) -> None:
    """Empty, long, blank, slashed and unprintable texts must be refused and not quoted."""
    with pytest.raises(
        InvalidValueError, match=r"kept must be 1 to 64 bytes of printable .*, got '\d+ characters'"
    ):
        holder(str, validator=identifier)(text)


@pytest.mark.parametrize("text", ["", " ", " a", "a ", "a\n", "\ud800", "a\u2028b"])
def test_a_text_must_say_something(text: str) -> None:
    """Empty, padded and unprintable texts must be refused and not quoted."""
    with pytest.raises(InvalidValueError, match=r"kept must be a printable text, got '\d+ characters'"):
        holder(str, validator=not_blank)(text)


def test_a_text_may_hold_blanks_inside() -> None:
    """Blanks between words must pass."""
    assert holder(str, validator=not_blank)("a b").kept == "a b"


def test_a_tuple_must_hold_a_part() -> None:
    """An empty tuple must be refused where one part is needed."""
    with pytest.raises(InvalidValueError, match=r"kept must not be empty, got \(\)"):
        holder(tuple[int, ...], validator=not_empty)(())


@pytest.mark.parametrize(
    ("declared", "value", "told"),
    [(int, 4, "kept must be >= 5, got 4"), (Money, Money(4), "kept must be >= 0.05, got '0.04'")],
)
def test_less_than_the_least_is_refused(declared: type, value: object, told: str) -> None:
    """A number, and an amount's fen, below the least must be refused; the amount is told in yuan."""
    with pytest.raises(InvalidValueError, match=told):
        holder(declared, validator=at_least(5))(value)
    with pytest.raises(InvalidValueError, match=r"kept must be >= 0, got '-0\.50'"):
        holder(Money, validator=at_least(0))(Money(-50))


@pytest.mark.parametrize(("declared", "value"), [(int, 5), (Money, Money(5))])
def test_the_least_itself_passes(declared: type, value: object) -> None:
    """The least value itself must pass."""
    assert value == holder(declared, validator=at_least(5))(value).kept


def test_nothing_passes_where_a_value_is_optional() -> None:
    """``None`` must pass an optional check."""
    assert holder(int | None, validator=optional(positive))(None).kept is None


def test_a_value_that_is_given_is_checked() -> None:
    """A value must keep to the check although it is optional."""
    with pytest.raises(InvalidValueError, match="kept must be >= 1, got 0"):
        holder(int | None, validator=optional(positive))(0)


@pytest.mark.parametrize("text", ["5", "1,234.50", "2014/02/30", "150%"])
def test_short_figures_are_quoted(text: str) -> None:
    """A short figure must be shown, so that it is found."""
    assert text == quotable(text)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize(
    "text",
    ["", "张伟", "J18.9", "E11.900", "13800000000", "8412345", "0731-84123456", "\uff12\uff10\uff11\uff14"],
)
def test_other_texts_are_told_by_length(text: str) -> None:
    """A text that may be personal must be told by its length only."""
    assert f"{len(text)} characters" == quotable(text)
