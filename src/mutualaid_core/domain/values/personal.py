"""Personal values (个人信息): types whose every text is masked.

``repr``, ``str`` and ``format`` show the mask; the plain text needs the named call
``reveal()``. Nothing here keeps a person's data out of a store: that is the store's and
the key's work.
"""

import datetime
import enum
import re
import unicodedata
from typing import Final, NewType, Self

import attrs

from mutualaid_core.domain.values.checks import Field, checked, identifier, not_blank, public_name
from mutualaid_core.domain.values.numbers import (
    ID_FORM,
    OLD_ID_FORM,
    birth_date_of,
    has_known_place,
    id_check_character,
    identity_number_in,
    of_18,
    personal_number_in,
)
from mutualaid_core.errors import InvalidValueError

__all__ = [
    "BankCard",
    "Diagnosis",
    "MaskedText",
    "PersonName",
    "ResidentId",
    "Sex",
    "id_check_character",
    "impersonal_text",
    "is_resident_id",
    "paper_number",
    "pseudonym",
]

_ID_HEAD, _ID_TAIL, _ID_LENGTH = 3, 4, 18
_COMPOUND_SURNAMES: Final = frozenset(
    (
        *("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "夏侯"),
        *("端木", "长孙", "宇文", "轩辕", "南宫", "西门", "独孤", "呼延", "澹台", "钟离", "闾丘", "鲜于"),
        *("司空", "申屠", "淳于", "百里", "东郭", "公冶", "濮阳", "拓跋", "赫连", "公羊", "太史", "万俟"),
    )
)
_NAME_LENGTH_MAX: Final = 50
_NAME_DOTS: Final = "·•・‧"
_EDGE_MARKS: Final = frozenset(_NAME_DOTS + " ")
_NAME_MARKS: Final = frozenset(_NAME_DOTS + " .-－'’()（）\uff0e\u3007")
_INVISIBLE_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
_RARE_IDEOGRAPHS: Final = range(0x20000, 0x3FFFE)
_DIAGNOSIS_LENGTH_MAX: Final = 50

MaskedText = NewType("MaskedText", str)
"""A text that has been masked and may be shown."""


class Sex(enum.Enum):
    """Sex (性别) by GB/T 2261.1."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2
    NOT_STATED = 9


@attrs.frozen(order=False, repr=False, str=False, field_transformer=checked)
class _Personal:
    """A text that only ``reveal`` gives away."""

    _text: str

    def reveal(self) -> str:
        """The plain text; whoever calls this answers for where it goes."""
        return self._text

    def masked(self) -> MaskedText:
        """The text with what identifies the person starred out."""
        return MaskedText("*" * 3)

    def __repr__(self) -> str:
        """The class and the masked text."""
        return f"{type(self).__name__}({self.masked()})"

    def __str__(self) -> str:
        """The masked text."""
        return self.masked()

    def __format__(self, spec: str) -> str:
        """The masked text, formatted."""
        return format(str(self.masked()), spec)


@attrs.frozen(order=False, repr=False, str=False)
class PersonName(_Personal):
    """Name of a person (姓名); shown as 张*, 欧阳*, 阿***·***.

    Letters of every script, the dots of names (阿不都·买买提), blanks, hyphens and brackets;
    rare characters also where Unicode has only a private place for them. Digits, markup and
    stars are refused: such a text is another field's, or has been masked before.
    """

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be a name."""
        text = self._text
        if not 0 < len(text) <= _NAME_LENGTH_MAX or text[0] in _EDGE_MARKS or text[-1] in _EDGE_MARKS:
            rule = f"must be 1 to {_NAME_LENGTH_MAX} characters without blanks or dots around"
            raise InvalidValueError("name", rule, f"{len(text)} characters")
        if not all(map(_is_of_names, text)) or not any(map(_is_letter, text)):
            rule = "must be made of the letters and marks of names"
            raise InvalidValueError("name", rule, f"{len(text)} characters")

    def masked(self) -> MaskedText:
        """First character (or compound surname) kept, the rest starred, the dots kept."""
        text = self._text
        if len(text) < 2:  # noqa: PLR2004  # a one-character name would be shown whole
            return MaskedText("*")
        kept = 2 if len(text) > 2 and text[:2] in _COMPOUND_SURNAMES else 1  # noqa: PLR2004  # two-character surname
        return MaskedText(text[:kept] + "".join(char if char in _NAME_DOTS else "*" for char in text[kept:]))


def _is_of_names(char: str) -> bool:
    return char in _NAME_MARKS or _is_letter(char)


def _is_letter(char: str) -> bool:
    """Letters and their marks; ideographs that are newer than Python's tables, or private."""
    category = unicodedata.category(char)
    known = category[0] in "LM" and char not in _INVISIBLE_LETTERS
    return known or category == "Co" or ord(char) in _RARE_IDEOGRAPHS


@attrs.frozen(order=False, repr=False, str=False)
class Diagnosis(_Personal):
    """Diagnosis code as it came from the hospital (诊断编码); never shown."""

    def __attrs_post_init__(self) -> None:
        """Refuse what is no printable text of 1 to 50 characters."""
        text = self._text
        if not 0 < len(text) <= _DIAGNOSIS_LENGTH_MAX or text != text.strip() or not text.isprintable():
            rule = f"must be 1 to {_DIAGNOSIS_LENGTH_MAX} printable characters"
            raise InvalidValueError("diagnosis", rule, f"{len(text)} characters")


@attrs.frozen(order=False, repr=False, str=False)
class BankCard(_Personal):
    """Bank account or card number (银行卡号); shown by its last four digits."""

    def __attrs_post_init__(self) -> None:
        """Refuse what is not 8 to 30 digits."""
        if not re.fullmatch(r"[0-9]{8,30}", self._text, re.ASCII):
            raise InvalidValueError("bank_card", "must be 8 to 30 digits", f"{len(self._text)} characters")

    def masked(self) -> MaskedText:
        """Stars and the last four digits."""
        return MaskedText("*" * 4 + self._text[-4:])


@attrs.frozen(order=False, repr=False, str=False)
class ResidentId(_Personal):
    """Resident ID number (公民身份号码, GB 11643), 18 characters, checked.

    Mainland numbers, residence permits of Hong Kong, Macao and Taiwan (81, 82, 83) and
    the foreigners' permanent residence card of 18 digits (9) share the check character. The
    number names a province of GB/T 2260 first, behind the 9 of a foreigner.
    ``parse`` also takes the 15-digit form of one and the same person. Whether a birth date
    lies in the future is not judged here: nothing here knows what day it is.
    """

    def __attrs_post_init__(self) -> None:
        """Refuse a wrong form, an unknown province, an impossible birth date and a wrong check character."""
        if not ID_FORM.fullmatch(self._text):
            raise InvalidValueError(
                "id_number", "must be 17 digits and a check character", f"{len(self._text)} characters"
            )
        if not has_known_place(self._text):
            raise InvalidValueError("id_number", "must begin with the code of a province", self.masked())
        if birth_date_of(self._text) is None:
            raise InvalidValueError("id_number", "must hold a birth date that exists", self.masked())
        if self._text[-1] != id_check_character(self._text[:-1]):
            hint = "compare it with the identity card"
            raise InvalidValueError("id_number", "must end in its check character", self.masked(), hint=hint)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From text as people write it: full-width digits, lower-case x, 15 digits.

        The 15-digit form was given out until 1999, so its birth year is of the 1900s.

        Raises:
            InvalidValueError: It is not a valid number.

        >>> ResidentId.parse("610103850307001") == ResidentId("610103198503070014")
        True
        """
        plain = unicodedata.normalize("NFKC", text).strip().upper()
        return cls(of_18(plain) if OLD_ID_FORM.fullmatch(plain) else plain)

    def masked(self) -> MaskedText:
        """First three and last four characters, stars between (ACFTU-11.2b)."""
        starred = "*" * (_ID_LENGTH - _ID_HEAD - _ID_TAIL)
        return MaskedText(self._text[:_ID_HEAD] + starred + self._text[-_ID_TAIL:])

    @property
    def birth_date(self) -> datetime.date:
        """Day of birth that the number holds."""
        return datetime.date(int(self._text[6:10]), int(self._text[10:12]), int(self._text[12:14]))

    @property
    def sex(self) -> Sex:
        """Sex that the 17th digit holds: odd is male."""
        return Sex.MALE if int(self._text[16]) % 2 else Sex.FEMALE


def is_resident_id(text: str) -> bool:
    """Whether *text* is a resident ID number, in either length; ids of records must not be."""
    try:
        ResidentId.parse(text)
    except InvalidValueError:
        return False
    return True


def pseudonym(owner: object, field: Field, value: str) -> None:
    """An id that names a person to nobody outside: an ``identifier`` without an ID or card number.

    Raises:
        InvalidValueError: It is not.

    Clause:
        ACFTU-11.2h
    """
    identifier(owner, field, value)
    _refuse(field, value, identity_number_in(value))


def paper_number(owner: object, field: Field, value: str) -> None:
    """The number of a paper (文号): an ``identifier`` that holds no number of a person.

    Raises:
        InvalidValueError: It is not.

    Clause:
        ACFTU-11.2h
    """
    identifier(owner, field, value)
    _refuse(field, value, personal_number_in(value))


def impersonal_text(owner: object, field: Field, value: str) -> None:
    """A text of a host (文字说明): ``not_blank``, and without a number of a person.

    Names cannot be told from other words, so whoever writes the text leaves them away.

    Raises:
        InvalidValueError: It is blank, or holds an ID number, a bank card or a mobile number.

    Clause:
        ACFTU-11.2h
    """
    not_blank(owner, field, value)
    _refuse(field, value, personal_number_in(value))


def _refuse(field: Field, value: str, kind: str | None) -> None:
    """Refuse a text that holds a number of a person, and show nothing of it."""
    shown = f"{len(value)} characters"
    if is_resident_id(value):
        raise InvalidValueError(public_name(field), "must not be an ID number", shown, clause="ACFTU-11.2h")
    if kind is not None:
        hint = "leave it out; where it is none, write it with a mark between its digits, as 140701-00012"
        rule = f"must not hold {kind}"
        raise InvalidValueError(public_name(field), rule, shown, clause="ACFTU-11.2h", hint=hint)
