"""Docstrings (说明文字): the texts of a schema are those of the classes, written once."""

import ast
import enum
import inspect
import re
import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Final

from mutualaid_core.serialization.json_schema.names import class_name_zh, field_name_en, field_name_zh

_TERM: Final = re.compile(r"\(([\u4e00-\u9fff、]+)[^)]*\)")
_ATTRIBUTE: Final = re.compile(r"^    (\w+): (.*(?:\n     +.*)*)", re.MULTILINE)
_SECTION: Final = re.compile(r"^[A-Z]\w*:$", re.MULTILINE)
_BLANKS: Final = re.compile(r"\s+")


def first_line(cls: type) -> str:
    """The summary of a class."""
    return _plain((inspect.getdoc(cls) or "").partition("\n")[0])


def term_zh(cls: type) -> str:
    """The Chinese term of a class: that of its summary, or the one that it was given."""
    match = _TERM.search(first_line(cls))
    return match[1] if match else class_name_zh(cls.__name__)


def term_en(cls: type) -> str:
    """The name of a class as words: ``Marginal bands``."""
    return _spaced(cls.__name__)


def title_of(cls: type) -> str:
    """Name of a class with its Chinese term: ``Waiting (免责期)``."""
    return _titled(term_en(cls), term_zh(cls))


def union_title(name: str) -> str:
    """Name of a union with its Chinese term."""
    return _titled(_spaced(name), class_name_zh(name))


def field_title(owner: type, field: str) -> str:
    """Name of a field with its Chinese term: ``first day (施行首日)``."""
    return _titled(field_name_en(owner.__name__, field), field_name_zh(owner.__name__, field))


@cache
def attribute_texts(cls: type) -> Mapping[str, str]:
    """What the ``Attributes`` section of a class says of each field."""
    told = inspect.getdoc(cls) or ""
    _, _, section = told.partition("\nAttributes:\n")
    section = _SECTION.split(section, maxsplit=1)[0]
    return {name: _plain(text) for name, text in _ATTRIBUTE.findall(section)}


@cache
def member_texts(cls: type[enum.Enum]) -> Mapping[str, str]:
    """What stands below the members of an enumeration, by the name of the member."""
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)
    found: dict[str, str] = {}
    last = ""
    for node in body.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            last = node.targets[0].id
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and last:
            found[last] = _plain(str(node.value.value))
    return found


def _titled(english: str, chinese: str) -> str:
    return f"{english} ({chinese})" if chinese else english


def _spaced(name: str) -> str:
    """A class's name as words: ``MarginalBands`` becomes ``Marginal bands``."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", name).capitalize()


def _plain(text: str) -> str:
    """*text* on one line, with single marks around code, and with the file's word for nothing."""
    return _BLANKS.sub(" ", text).strip().replace("``", "`").replace("`None`", "`null`")
