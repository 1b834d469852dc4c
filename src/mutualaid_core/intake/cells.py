"""Cells (单元格): how the text of a cell becomes a value, and how a personal one is masked."""

import datetime
import re
from typing import Final, TypeVar

from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.checks import ID_BYTES_MAX
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.personal import ResidentId, Sex
from mutualaid_core.errors import InvalidValueError

_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_INSTANT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\+[0-9]{2}:[0-9]{2}|Z)?", re.ASCII
)
_CODE: Final = re.compile(r"[0-9A-Za-z.+*-]{1,30}", re.ASCII)
CHINA: Final = datetime.timezone(datetime.timedelta(hours=8))
"""China Standard Time, which has had no summer time since 1991."""

Choice = TypeVar("Choice", InsuranceType, Employment, HospitalLevel)
_ID_LENGTH, _ID_HEAD, _ID_TAIL = 18, 3, 4


def count(text: str) -> int:
    """A whole number, zero included.

    Raises:
        InvalidValueError: *text* is none.
    """
    if not _COUNT.fullmatch(text):
        raise InvalidValueError("count", "must be a whole number", f"{len(text)} characters")
    return int(text)


def amount(text: str) -> Money:
    """An amount in yuan, not negative.

    Raises:
        InvalidValueError: *text* is none.
    """
    money = parse_yuan(text)
    if money.fen < 0:
        raise InvalidValueError("amount", "must be >= 0", str(money))
    return money


def instant(text: str) -> datetime.datetime:
    """A moment with its zone; without one, China Standard Time.

    Raises:
        InvalidValueError: *text* is none.
    """
    if not _INSTANT.fullmatch(text):
        raise InvalidValueError("moment", "must be written YYYY-MM-DDThh:mm:ss", f"{len(text)} characters")
    parse_day(text[:10])
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValueError("moment", "must exist", f"{len(text)} characters") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def code(text: str) -> str:
    """A short code of digits and letters.

    Raises:
        InvalidValueError: *text* is none.
    """
    if not _CODE.fullmatch(text):
        raise InvalidValueError("code", "must be digits and letters", f"{len(text)} characters")
    return text


def opaque_id(text: str) -> str:
    """An id as it is kept: at most 64 bytes, without blanks and slashes.

    Raises:
        InvalidValueError: *text* is none.
    """
    if len(text.encode()) > ID_BYTES_MAX or not text.isprintable() or any(c.isspace() or c == "/" for c in text):
        rule = f"must be at most {ID_BYTES_MAX} bytes without blanks or '/'"
        raise InvalidValueError("id", rule, f"{len(text)} characters")
    return text


def resident_id(text: str) -> ResidentId:
    """A resident ID number, exactly as it must be kept.

    Raises:
        InvalidValueError: The form, the birth date or the check character is wrong.
    """
    return ResidentId.parse(text)


def sex(text: str) -> Sex:
    """Sex by its national code.

    Raises:
        InvalidValueError: *text* is no code.
    """
    for member in Sex:
        if str(member.value) == text:
            return member
    raise InvalidValueError("sex", "must be 0, 1, 2 or 9", f"{len(text)} characters")


def flag(text: str) -> bool:
    """A national yes-no flag: ``1`` or ``0``.

    Raises:
        InvalidValueError: *text* is neither.
    """
    if text not in {"0", "1"}:
        raise InvalidValueError("flag", "must be 0 or 1", f"{len(text)} characters")
    return text == "1"


def insurance_type(text: str) -> InsuranceType:
    """Basic insurance by its national code.

    Raises:
        InvalidValueError: *text* is no code.
    """
    return _choice(InsuranceType, text)


def employment(text: str) -> Employment:
    """Form of employment.

    Raises:
        InvalidValueError: *text* is none.
    """
    return _choice(Employment, text)


def hospital_level(text: str) -> HospitalLevel:
    """Level of a hospital by its national code, with or without a leading zero.

    Raises:
        InvalidValueError: *text* is no code.
    """
    return _choice(HospitalLevel, text.removeprefix("0"))


def _choice(kind: type[Choice], text: str) -> Choice:
    for member in kind:
        if member.value == text:
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValueError(kind.__name__, f"must be one of {known}", f"{len(text)} characters")


def mask_id(text: str) -> str:
    """An ID number with its middle starred; of a text of another length only stars."""
    if len(text) != _ID_LENGTH:
        return "*" * min(len(text), _ID_LENGTH)
    return text[:_ID_HEAD] + "*" * (_ID_LENGTH - _ID_HEAD - _ID_TAIL) + text[-_ID_TAIL:]


def mask_name(text: str) -> str:
    """Only the length of a name: what stands in its column may be no name at all."""
    return "*" * min(len(text), 10)


def mask_all(text: str) -> str:
    """Nothing of the text."""
    return "*" * min(len(text), 3)
