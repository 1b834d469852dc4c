"""Codes (代码): what the columns with a fixed list hold, each code with its Chinese name."""

import enum
from collections.abc import Mapping
from typing import Final, TypeVar

from mutualaid_core.domain.scheme.eligibility import Employment, InsuranceType
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.errors import InvalidValueError

Code = TypeVar("Code", bound=enum.Enum)

SEXES: Final[Mapping[Sex, str]] = {
    Sex.MALE: "男",
    Sex.FEMALE: "女",
    Sex.UNKNOWN: "未知",
    Sex.NOT_STATED: "未说明",
}
"""Sex (性别)."""

INSURANCES: Final[Mapping[InsuranceType, str]] = {
    InsuranceType.EMPLOYEE: "职工基本医疗保险",
    InsuranceType.CIVIL_SERVANT_SUBSIDY: "公务员医疗补助",
    InsuranceType.BIG_SUM: "大额医疗费用补助",
    InsuranceType.RESIDENT: "城乡居民基本医疗保险",
}
"""Basic insurance (险种类型)."""

EMPLOYMENTS: Final[Mapping[Employment, str]] = {
    Employment.REGULAR: "在编在岗",
    Employment.DISPATCHED: "劳务派遣",
    Employment.FLEXIBLE: "灵活就业",
    Employment.RETIRED: "退休",
}
"""Form of employment (用工形式)."""

FLAGS: Final[Mapping[bool, str]] = {True: "是", False: "否"}
"""Yes or no (是否)."""


def sex(cell: str) -> Sex:
    """Sex by code or Chinese name.

    Raises:
        InvalidValueError: *cell* is neither.
    """
    return _coded("sex", cell, SEXES)


def insurance_type(cell: str) -> InsuranceType:
    """Basic insurance by code or Chinese name.

    Raises:
        InvalidValueError: *cell* is neither.
    """
    return _coded("insurance_type", cell, INSURANCES)


def employment(cell: str) -> Employment:
    """Form of employment by word or Chinese name.

    Raises:
        InvalidValueError: *cell* is neither.
    """
    return _coded("employment", cell, EMPLOYMENTS)


def flag(cell: str) -> bool:
    """Yes or no: ``1`` or ``是``, ``0`` or ``否``.

    Raises:
        InvalidValueError: *cell* is none of them.
    """
    for value, name in FLAGS.items():
        if cell in {str(int(value)), name}:
            return value
    raise InvalidValueError("flag", "must be one of 1 (是), 0 (否)", f"{len(cell)} characters")


def told(names: Mapping[Code, str]) -> str:
    """The codes of a list, each with its Chinese name.

    >>> told(EMPLOYMENTS)
    'regular (在编在岗), dispatched (劳务派遣), flexible (灵活就业), retired (退休)'
    """
    return ", ".join(f"{code.value} ({name})" for code, name in names.items())


def _coded(field: str, cell: str, names: Mapping[Code, str]) -> Code:
    """The code that a cell names; an error lists all of them, for nobody knows them by heart."""
    for code, name in names.items():
        if cell in {str(code.value), name}:
            return code
    raise InvalidValueError(field, f"must be one of {told(names)}", f"{len(cell)} characters")
