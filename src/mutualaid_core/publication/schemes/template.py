"""Template (空白模板): a scheme file in which every required field is explained and left open."""

import enum
import typing
from collections.abc import Iterator
from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.benefit.base import AmountsBase, Base
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Limit
from mutualaid_core.domain.scheme.benefit.steps import Deductible, MarginalBands, Step
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.publication.labels import CODES
from mutualaid_core.publication.schemes.labels import WORDS
from mutualaid_core.publication.schemes.phrases.explanations_zh import EXPLANATIONS
from mutualaid_core.serialization.json_schema.docstrings import attribute_texts
from mutualaid_core.serialization.json_schema.names import field_name_en
from mutualaid_core.serialization.wire import TAG, UNIONS

_SHOWN: Final[tuple[tuple[object, tuple[type, ...]], ...]] = (
    (Base, (AmountsBase,)),
    (Step, (Deductible, MarginalBands)),
    (Limit, (AmountLimit,)),
)
"""Of each union, the kinds that the template shows."""

_LEFT_OPEN: Final = frozenset({WaitingGrade})
"""Classes of lists that most schemes leave empty."""

_UNTOLD: Final = {"amount": "Amount in yuan.", "source": "Where the rule is printed."}
"""Fields of which some classes say nothing, since their summary says it."""

_HEAD: Final = """\
# 互助项目模板：逐项填写，留空的都须填写（注明可以留空的除外）。
# 每个数都要写明出处：条款编号，或 documents 中的文件编号。金额单位为元，日期写作 2014-01-31。
# Template of a scheme: fill in every empty field, but for those that say they may stay empty.
# Every figure names its source: a clause id, or the id of a document below. Amounts are yuan.
# 填写后核对 / then check it: mutualaid scheme check FILE
# 可选 / optional: region
"""


def template(schema: str) -> str:
    """The text of an empty scheme file.

    Args:
        schema: Path of the JSON Schema as an editor finds it from the file.
    """
    lines = ["", "scheme:", *_indented(_fields(Scheme)), "", "versions:"]
    lines += _as_part(list(_fields(SchemeVersion)))
    return f"{editor_line(schema)}\n{_HEAD}" + "".join(f"{line}\n" for line in lines)


def editor_line(schema: str) -> str:
    """The line by which an editor finds the JSON Schema of a file.

    >>> editor_line("scheme-1.json")
    '# yaml-language-server: $schema=scheme-1.json'
    """
    return f"# yaml-language-server: $schema={schema}"


def _fields(cls: type, tag: str = "") -> Iterator[str]:
    """The required fields of a class, each with what it means in both languages."""
    if tag:
        yield f"{TAG}: {tag}"
    optional = []
    for field in attrs.fields(cls):
        if field.default is not attrs.NOTHING:
            optional.append(field.name)
            continue
        yield from _explained(cls, field)
        yield from _value(field)
    if optional:
        yield f"# 可选 / optional: {', '.join(optional)}"


def _explained(cls: type, field: "attrs.Attribute[Any]") -> Iterator[str]:
    name = field_name_en(cls.__name__, field.name)
    told = attribute_texts(cls).get(field.name) or _UNTOLD.get(field.name, f"{name[:1].upper()}{name[1:]}.")
    yield f"# {EXPLANATIONS.get(f'{cls.__name__}.{field.name}', '')}。"
    yield f"# {told}"
    if words := _words(field.type):
        yield f"# {words}"


def _words(declared: Any) -> str:  # noqa: ANN401  # whatever a field may be declared as
    """The words that a field may take, with their Chinese names; empty for other fields."""
    part = typing.get_args(declared)[0] if typing.get_origin(declared) is tuple else declared
    if isinstance(part, type) and issubclass(part, enum.Enum):
        return " | ".join(_named(member) for member in part)
    for union, kinds in UNIONS:
        if union == part:
            return f"kind: {' | '.join(kinds.values())}"
    return ""


def _named(member: enum.Enum) -> str:
    label = WORDS.get(member) or CODES.get(member)
    # A word of digits only stands in quotation marks, or other readers take it for a number.
    word = f'"{member.value}"' if str(member.value).isdecimal() else str(member.value)
    return f"{word} {label.zh}" if label else word


def _value(field: "attrs.Attribute[Any]") -> Iterator[str]:
    """A field left open, or with its own fields below it."""
    declared = field.type
    is_list = typing.get_origin(declared) is tuple
    part: Any = typing.get_args(declared)[0] if is_list else declared
    shown = next((kinds for union, kinds in _SHOWN if union == part), None)
    yield f"{field.name}:"
    if shown is None:
        shown = (part,) if _is_entity(part) and part not in _LEFT_OPEN else ()
    for kind in shown:
        lines = list(_fields(kind, _tag(kind)))
        yield from _as_part(lines) if is_list else _indented(lines)


def _is_entity(declared: object) -> bool:
    return isinstance(declared, type) and attrs.has(declared) and declared not in {Money, Ratio}


def _tag(cls: type) -> str:
    return next((kinds[cls] for _, kinds in UNIONS if cls in kinds), "")


def _as_part(lines: list[str]) -> list[str]:
    """Lines of one part of a list, the dash before the first field."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    dashed = [f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1 :])]
    return _indented([*lines[:first], *dashed])


def _indented(lines: "list[str] | Iterator[str]") -> list[str]:
    return [f"  {line}" for line in lines]
