"""The wire form (存储格式): how values and entities become plain data and come back.

Money is whole fen, ratios are ``n/d``, days are ISO days, enum members are their stable
codes, a reason is its number. Reading is strict: a text is no number, an unknown field is
refused, and every entity is checked again by being built.
"""

import datetime
import enum
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

import cattrs
from cattrs.strategies import configure_tagged_union

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.scheme.benefit import base, conditions, limits, steps
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.personal import BankCard, Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.errors import InvalidValueError

Value = TypeVar("Value")
Leaf = Callable[[Any], Any]
Plain = Any
"""What JSON can hold: ``dict``, ``list``, ``str``, ``int``, ``bool``, ``None``."""

CONDITION_KINDS: Final[dict[type, str]] = {
    conditions.CodeIs: "code",
    conditions.FlagIs: "flag",
    conditions.CountWithin: "count",
    conditions.AmountWithin: "amount",
}
BASE_KINDS: Final[dict[type, str]] = {
    base.AmountsBase: "amounts",
    base.DaysBase: "days",
    base.EventBase: "event",
}
PLAIN_STEP_KINDS: Final[dict[type, str]] = {
    steps.Deductible: "deductible",
    steps.MarginalBands: "marginal_bands",
    steps.SlabBands: "slab_bands",
    steps.SumBands: "fixed_sum_by_band",
    steps.Share: "share",
    steps.AtMost: "at_most",
    steps.MinimumPayment: "minimum",
    steps.TimesShares: "times_shares",
    steps.DayTable: "day_table",
    steps.PerDay: "per_day",
    steps.FixedSum: "fixed_sum",
}
STEP_KINDS: Final[dict[type, str]] = {**PLAIN_STEP_KINDS, steps.ByClass: "by_class"}
LIMIT_KINDS: Final[dict[type, str]] = {
    limits.AmountLimit: "amount",
    limits.PaymentsLimit: "payments",
    limits.DaysLimit: "days",
}

UNIONS: Final[tuple[tuple[object, dict[type, str]], ...]] = (
    (conditions.Condition, CONDITION_KINDS),
    (base.Base, BASE_KINDS),
    (steps.PlainStep, PLAIN_STEP_KINDS),
    (steps.Step, STEP_KINDS),
    (limits.Limit, LIMIT_KINDS),
)
"""Every union of the scheme language, with the name of each of its kinds in files and records."""

TAG: Final = "kind"
"""The field that tells the kind."""

_PERSONAL: Final = (PersonName, ResidentId, Diagnosis, BankCard)


def make_converter(leaves: Mapping[type, Leaf] | None = None) -> cattrs.Converter:
    """A converter for the wire form. It is stateless once built; build it once and keep it.

    Args:
        leaves: For another written form of the same entities: by type, what makes a value
            of a leaf. Types that are not named are read as in the wire form.
    """
    converter = cattrs.Converter(forbid_extra_keys=True)
    _plain_hooks(converter)
    _value_hooks(converter)
    for kind, leaf in (leaves or {}).items():
        converter.register_structure_hook(kind, _ignoring_type(leaf))
    _entity_hooks(converter)
    return converter


def _ignoring_type(leaf: Leaf) -> Callable[[Any, Any], Any]:
    return lambda value, _kind: leaf(value)


def _plain_hooks(converter: cattrs.Converter) -> None:
    """Plain types are taken as they are, never converted."""
    for plain in (str, int, bool):
        converter.register_structure_hook(plain, _exactly)
    converter.register_structure_hook(datetime.date, lambda value, _: parse_day(_exactly(value, str)))
    converter.register_unstructure_hook(datetime.date, datetime.date.isoformat)
    converter.register_structure_hook(datetime.datetime, lambda value, _: _instant(_exactly(value, str)))
    converter.register_unstructure_hook(datetime.datetime, datetime.datetime.isoformat)


def _value_hooks(converter: cattrs.Converter) -> None:
    converter.register_structure_hook(Money, lambda value, _: Money(_exactly(value, int)))
    converter.register_unstructure_hook(Money, lambda money: money.fen)
    converter.register_structure_hook(Ratio, lambda value, _: _ratio(_exactly(value, str)))
    converter.register_unstructure_hook(Ratio, lambda ratio: f"{ratio.numerator}/{ratio.denominator}")
    converter.register_structure_hook(Reason, lambda value, _: Reason.numbered(_exactly(value, int)))
    converter.register_unstructure_hook(Reason, lambda reason: reason.number)
    converter.register_structure_hook(Title, lambda value, _: Title.coded(_exactly(value, str)))
    converter.register_unstructure_hook(Title, lambda title: title.code)
    for personal in _PERSONAL:
        converter.register_structure_hook(personal, lambda value, kind: kind(_exactly(value, str)))
        converter.register_unstructure_hook(personal, lambda value: value.reveal())


def _entity_hooks(converter: cattrs.Converter) -> None:
    converter.register_structure_hook_factory(_is_plain_enum, lambda _: _enum_member)
    for union, kinds in UNIONS:
        configure_tagged_union(union, converter, tag_generator=kinds.__getitem__, tag_name=TAG)


def _exactly(value: object, wanted: type[Value]) -> Value:
    """*value* if its type is exactly *wanted*."""
    if type(value) is not wanted:
        raise InvalidValueError("value", f"must be {wanted.__name__}", type(value).__name__)
    return value


def _instant(text: str) -> datetime.datetime:
    """The instant, if *text* is exactly what is written for it."""
    instant = datetime.datetime.fromisoformat(text)
    if instant.isoformat() != text:
        raise InvalidValueError("instant", "must be in its one written form", f"{len(text)} characters")
    return instant


def _ratio(text: str) -> Ratio:
    """The ratio, if *text* is exactly what is written for it: ASCII digits, lowest terms."""
    numerator, _, denominator = text.partition("/")
    ratio = Ratio(int(numerator), int(denominator))
    if f"{ratio.numerator}/{ratio.denominator}" != text:
        raise InvalidValueError("ratio", "must be in its one written form", f"{len(text)} characters")
    return ratio


def _is_plain_enum(kind: Any) -> bool:  # noqa: ANN401  # cattrs asks about every kind of type
    return isinstance(kind, type) and issubclass(kind, enum.Enum) and kind not in {Reason, Title}


def _enum_member(value: object, kind: type[enum.Enum]) -> enum.Enum:
    """The member of *kind* with that value, without conversion (``True`` is not 1)."""
    for member in kind:
        if member.value == value and type(member.value) is type(value):
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValueError(kind.__name__, f"must be one of {known}", type(value).__name__)
