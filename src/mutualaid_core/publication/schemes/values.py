"""Values (取值) of parameters in words, whatever they are: for differences, where anything may stand."""

import datetime
import enum
from typing import TYPE_CHECKING, cast

import attrs

from mutualaid_core.domain.scheme.benefit.bands import Band, SumBand
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DaysBase, EventBase
from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CodeIs, CountWithin, FlagIs
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, DaysLimit, PaymentsLimit
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.scheme.source import SourceDocument
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.publication.schemes.benefit import base_sentence, limit_sentence
from mutualaid_core.publication.schemes.compare import Place
from mutualaid_core.publication.schemes.conditions import condition_text
from mutualaid_core.publication.schemes.steps import step_sentence
from mutualaid_core.publication.schemes.telling import Telling
from mutualaid_core.publication.wording import Words
from mutualaid_core.serialization.json_schema.docstrings import term_en, term_zh
from mutualaid_core.serialization.json_schema.names import field_name_en, field_name_zh
from mutualaid_core.serialization.wire import LIMIT_KINDS, STEP_KINDS

if TYPE_CHECKING:
    from mutualaid_core.domain.scheme.benefit.steps import Step


def value_text(telling: Telling, value: object) -> str:
    """A value in words."""
    match value:
        case None | ():
            told = telling.say("none")
        case bool():
            told = telling.truth(value)
        case Money():
            told = telling.amount(value)
        case enum.Enum():
            told = telling.word(value)
        case datetime.date():
            told = Words(telling.lang).day(value)
        case tuple():
            told = telling.join(value_text(telling, each) for each in value)
        case Ratio() | int() | str():
            told = str(value)
        case _:
            told = _entity_text(telling, value)
    return told


def _entity_text(telling: Telling, value: object) -> str:
    """An entity in a sentence where there is one, else by its fields."""
    match value:
        case CodeIs() | FlagIs() | CountWithin() | AmountWithin():
            told = condition_text(telling, value)
        case AmountsBase() | DaysBase() | EventBase():
            told = base_sentence(telling, value)
        case AmountLimit() | PaymentsLimit() | DaysLimit():
            told = limit_sentence(telling, value)
        case Benefit():
            told = telling.named(value.name, value.benefit_id)
        case Part():
            told = telling.named(value.name, value.part_id)
        case SourceDocument():
            told = telling.named(value.title, value.id)
        case _ if type(value) in STEP_KINDS:
            told = step_sentence(telling, cast("Step", value))
        case _:
            told = _by_fields(telling, cast("attrs.AttrsInstance", value))
    return told


def _by_fields(telling: Telling, value: "attrs.AttrsInstance") -> str:
    """An entity by those of its fields that say something, but not where they are printed."""
    told = [
        telling.say(
            "label", name=field_name(telling, type(value), field.name), value=value_text(telling, given)
        )
        for field in attrs.fields(type(value))
        if field.name != "source" and (given := getattr(value, field.name)) != field.default
    ]
    return telling.join(told)


def field_name(telling: Telling, owner: type, field: str) -> str:
    """What a field is called; its own name where nobody named it in the language."""
    named = field_name_zh if telling.lang == "zh" else field_name_en
    return named(owner.__name__, field) or field


def place_text(telling: Telling, places: tuple[Place, ...]) -> str:
    """A path in words, without the version, of which there is mostly one."""
    told = [_place(telling, place) for place in places if place.field != "versions"]
    return telling.say("d_step").join(told or [field_name(telling, places[0].owner, places[0].field)])


def _place(telling: Telling, place: Place) -> str:
    name = field_name(telling, place.owner, place.field)
    if place.number is None:
        return name
    match place.part:
        case Benefit() | Part():
            return telling.say("d_quoted", name=name, part=place.part.name)
        case SourceDocument():
            return telling.say("d_quoted", name=name, part=place.part.id)
        case Band() | SumBand():
            return telling.say("d_quoted", name=name, part=_range(telling, place.part))
        case _:
            told = telling.say("d_numbered", name=name, number=place.number + 1)
            return _with_kind(telling, told, type(place.part))


def _with_kind(telling: Telling, told: str, cls: type) -> str:
    """A numbered part with the name of its kind, where parts of several kinds stand in one list."""
    if cls not in STEP_KINDS and cls not in LIMIT_KINDS:
        return told
    kind = term_zh(cls) if telling.lang == "zh" else term_en(cls).lower()
    return telling.say("named", name=told, code=kind)


def _range(telling: Telling, band: Band | SumBand) -> str:
    above = telling.amount(band.above)
    if band.up_to is None:
        return telling.say("d_range_open", above=above)
    return telling.say("d_range", above=above, up_to=telling.amount(band.up_to))
