"""Cells (单元格): how the text of a cell becomes a value, and how a personal one is masked."""

import datetime
import re
from typing import Final, TypeVar

from mutualaid_core.domain.claims.settlement import HospitalLevel
from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values import dates
from mutualaid_core.domain.values.checks import ID_BYTES_MAX
from mutualaid_core.domain.values.identifiers import CreditCode, parse_credit_code
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.numbers import identity_number_in
from mutualaid_core.domain.values.personal import ResidentId, Sex, is_resident_id
from mutualaid_core.errors import InvalidValueError

CHINA: Final = datetime.timezone(datetime.timedelta(hours=8))
"""China Standard Time, which has had no summer time since 1991."""

UNIT_CODE_BYTES_MAX: Final = 40
"""Ledger entries of a remittance are named by period, unit and portion together."""

CONTRIBUTION_MAX: Final = Money(100_000_000)
"""No person pays a million yuan; a sum of contributions then stays an amount."""

AMOUNT_MAX: Final = Money(10_000_000_000)
"""No stay costs a hundred million yuan; the sums of a year then stay amounts."""

NO_CREDIT_CODE: Final = "none"

_COUNT: Final = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)
_INSTANT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\+[0-9]{2}:[0-9]{2}|Z)?", re.ASCII
)
_CODE: Final = re.compile(r"[0-9]{2,6}", re.ASCII)
_THOUSANDS: Final = re.compile(r"-?[0-9]{1,3}(,[0-9]{3}){1,5}(\.[0-9]{0,4})?", re.ASCII)
_LEVEL: Final = re.compile(r"([一二三])(?:级(?:[特甲乙丙]等?)?|[特甲乙丙]等?)(?:医院)?")
_LEVELS: Final = {"一": "1", "二": "2", "三": "3"}
_NO_LEVEL: Final = frozenset({"未定级", "未定等", "未评级", "无等级"})
_YEAR_MIN, _YEAR_MAX = 1850, 2199
_ID_FORM: Final = re.compile(r"[0-9]{17}[0-9Xx]", re.ASCII)
_ID_HEAD, _ID_TAIL = 3, 4
_STARS_MAX: Final = 18

Choice = TypeVar("Choice", InsuranceType, Employment, HospitalLevel)


def text(cell: str) -> str:
    """A text as printed, for example the name of a unit.

    Raises:
        InvalidValueError: It holds what cannot be printed.
    """
    if not cell.isprintable():
        raise InvalidValueError("text", "must be printable", _size(cell))
    return cell


def count(cell: str) -> int:
    """A whole number, zero included.

    Raises:
        InvalidValueError: *cell* is none.
    """
    if not _COUNT.fullmatch(cell):
        raise InvalidValueError("count", "must be a whole number", _size(cell))
    return int(cell)


def one_or_more(cell: str) -> int:
    """A whole number above zero.

    Raises:
        InvalidValueError: *cell* is none.
    """
    number = count(cell)
    if not number:
        raise InvalidValueError("count", "must be >= 1", number)
    return number


def amount(cell: str) -> Money:
    """An amount in yuan, not negative.

    Raises:
        InvalidValueError: *cell* is none.
    """
    if _THOUSANDS.fullmatch(cell):
        raise InvalidValueError("amount", "must be written without thousands marks", _size(cell))
    money = parse_yuan(cell)
    if not 0 <= money.fen <= AMOUNT_MAX.fen:
        raise InvalidValueError("amount", f"must be >= 0 and <= {AMOUNT_MAX.to_text()}", _size(cell))
    return money


def contribution(cell: str) -> Money:
    """What was paid for a person: above nothing, and no more than anybody can owe.

    Raises:
        InvalidValueError: *cell* is none.
    """
    paid = amount(cell)
    if not 0 < paid.fen <= CONTRIBUTION_MAX.fen:
        raise InvalidValueError("amount", f"must be above 0 and <= {CONTRIBUTION_MAX.to_text()}", _size(cell))
    return paid


def day(cell: str) -> datetime.date:
    """A day of the years 1850 to 2199.

    Raises:
        InvalidValueError: *cell* is none.
    """
    found = dates.parse_day(cell)
    if not _YEAR_MIN <= found.year <= _YEAR_MAX:
        raise InvalidValueError("day", f"must lie between {_YEAR_MIN} and {_YEAR_MAX}", _size(cell))
    return found


def instant(cell: str) -> datetime.datetime:
    """A moment with its zone; without one, China Standard Time.

    Raises:
        InvalidValueError: *cell* is none.
    """
    match = _INSTANT.fullmatch(cell)
    if not match:
        raise InvalidValueError("moment", "must be written YYYY-MM-DDThh:mm:ss", _size(cell))
    day(match[1])
    try:
        moment = datetime.datetime.fromisoformat(cell)
    except ValueError as error:
        raise InvalidValueError("moment", "must exist", _size(cell)) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


def code(cell: str) -> str:
    """A national code of two to six digits.

    Raises:
        InvalidValueError: *cell* is none.
    """
    if not _CODE.fullmatch(cell):
        raise InvalidValueError("code", "must be a code of 2 to 6 digits", _size(cell))
    return cell


def opaque_id(cell: str) -> str:
    """An id as it is kept: at most 64 bytes, without blanks and slashes.

    Raises:
        InvalidValueError: *cell* is none.
    """
    return _identifier(cell, ID_BYTES_MAX)


def impersonal_id(cell: str) -> str:
    """An id of what is no person, such as a group or a pool: an ``opaque_id`` without an ID number.

    Raises:
        InvalidValueError: *cell* is none.

    Clause:
        ACFTU-11.2h
    """
    found = identity_number_in(cell)
    if found is not None:
        raise InvalidValueError("id", f"must not be {found}", _size(cell))
    return opaque_id(cell)


def unit_code(cell: str) -> str:
    """Id of a unit: at most 40 bytes, without blanks and slashes.

    Raises:
        InvalidValueError: *cell* is none.
    """
    if is_resident_id(cell):
        raise InvalidValueError("id", "must not be an ID number", _size(cell))
    return _identifier(cell, UNIT_CODE_BYTES_MAX)


def _identifier(cell: str, bytes_max: int) -> str:
    plain = cell.isprintable() and not any(char.isspace() or char == "/" for char in cell)
    if not (plain and 0 < len(cell.encode(errors="replace")) <= bytes_max):
        raise InvalidValueError("id", f"must be at most {bytes_max} bytes without blanks or '/'", _size(cell))
    return cell


def credit_code(cell: str) -> CreditCode | None:
    """Unified social credit code; a blank cell and ``none`` say that the unit has no such code.

    Raises:
        InvalidValueError: *cell* is none.
    """
    return None if cell in {"", NO_CREDIT_CODE} else parse_credit_code(cell)


def resident_id(cell: str) -> ResidentId:
    """A resident ID number; a lower-case x and the old 15 digits are taken for what they mean.

    Raises:
        InvalidValueError: The form, the birth date or the check character is wrong.
    """
    return ResidentId.parse(cell)


def sex(cell: str) -> Sex:
    """Sex by its national code.

    Raises:
        InvalidValueError: *cell* is no code.
    """
    for member in Sex:
        if str(member.value) == cell:
            return member
    raise InvalidValueError("sex", "must be 0, 1, 2 or 9", _size(cell))


def flag(cell: str) -> bool:
    """A national yes-no flag: ``1`` or ``0``.

    Raises:
        InvalidValueError: *cell* is neither.
    """
    if cell not in {"0", "1"}:
        raise InvalidValueError("flag", "must be 0 or 1", _size(cell))
    return cell == "1"


def insurance_type(cell: str) -> InsuranceType:
    """Basic insurance by its national code.

    Raises:
        InvalidValueError: *cell* is no code.
    """
    return _choice(InsuranceType, cell)


def employment(cell: str) -> Employment:
    """Form of employment.

    Raises:
        InvalidValueError: *cell* is none.
    """
    return _choice(Employment, cell)


def hospital_level(cell: str) -> HospitalLevel:
    """Level of a hospital: ``3``, ``03``, ``三级``, ``三级甲等``, ``三甲``; ``9`` or ``未定级`` for none.

    Insurance settles by the level alone, so a grade beside it is let go.

    Raises:
        InvalidValueError: *cell* is no level.
    """
    if match := _LEVEL.fullmatch(cell):
        return HospitalLevel(_LEVELS[match[1]])
    return HospitalLevel.NONE if cell in _NO_LEVEL else _choice(HospitalLevel, cell.removeprefix("0"))


def _choice(kind: type[Choice], cell: str) -> Choice:
    for member in kind:
        if member.value == cell:
            return member
    known = ", ".join(str(member.value) for member in kind)
    raise InvalidValueError(kind.__name__, f"must be one of {known}", _size(cell))


def _size(cell: str) -> str:
    """All that an error tells of a cell, since a column may have slipped."""
    return f"{len(cell)} characters"


def mask_id(cell: str) -> str:
    """An ID number with its middle starred; of a text of another form only stars."""
    if not _ID_FORM.fullmatch(cell):
        return "*" * min(len(cell), _STARS_MAX)
    return cell[:_ID_HEAD] + "*" * (len(cell) - _ID_HEAD - _ID_TAIL) + cell[-_ID_TAIL:]


def mask_name(cell: str) -> str:
    """Only the length of a name: what stands in its column may be no name at all."""
    return "*" * min(len(cell), 10)


def mask_all(cell: str) -> str:
    """Nothing of the text."""
    return "*" * min(len(cell), 3)
