"""Identifiers that name no person: codes of organisations, institutions and regions."""

import re
import unicodedata
from typing import Final, NewType

from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.errors import InvalidValueError

SchemeId = NewType("SchemeId", str)
"""Id of a scheme (互助项目), also the id of its book and of its journal chain."""

VersionId = NewType("VersionId", str)
"""Id of a scheme version (项目版本)."""

PolicyId = NewType("PolicyId", str)
"""Id of a policy (政策文件)."""

PeriodId = NewType("PeriodId", str)
"""Id of a period (互助期), unique within its scheme."""

PoolId = NewType("PoolId", str)
"""Id of a pooling region (统筹区域); not always a division code (ACFTU-18.2)."""

UnitId = NewType("UnitId", str)
"""Id of a unit (单位)."""

MemberId = NewType("MemberId", str)
"""Pseudonym of a member (会员); says nothing about the person."""

SettlementId = NewType("SettlementId", str)
"""Id of an insurance settlement (结算ID, setl_id)."""

ClaimId = NewType("ClaimId", str)
"""Id of a claim (补助申请)."""

EntryId = NewType("EntryId", str)
"""Id of a ledger entry (记账凭证)."""

ActorId = NewType("ActorId", str)
"""Id of whoever acts (经办人)."""

_CREDIT_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_CREDIT_FORM: Final = re.compile(
    rf"[0-9ANY][{_CREDIT_ALPHABET}][0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}", re.ASCII
)
_INSTITUTION_FORM: Final = re.compile(r"[HP][0-9]{11}", re.ASCII)
_DIVISION_FORM: Final = re.compile(r"[1-9][0-9]{5}", re.ASCII)

CreditCode = NewType("CreditCode", str)
"""Unified social credit code (统一社会信用代码, GB 32100-2015) with a right check character."""

InstitutionCode = NewType("InstitutionCode", str)
"""Code of a designated medical institution (定点医药机构编码), 12 characters."""

DivisionCode = NewType("DivisionCode", str)
"""Administrative division code (行政区划代码, GB/T 2260), 6 digits."""


def credit_check_character(body: str) -> str:
    """Check character of the first 17 characters of a credit code.

    >>> credit_check_character("81610000MC0000027")
    '0'
    """
    summed = sum(
        _CREDIT_ALPHABET.index(char) * weight for char, weight in zip(body, _CREDIT_WEIGHTS, strict=True)
    )
    return _CREDIT_ALPHABET[(31 - summed) % 31]


def parse_credit_code(text: str) -> CreditCode:
    """Unified social credit code from text, upper-cased.

    Raises:
        InvalidValueError: The form is wrong, or the check character is.

    >>> parse_credit_code("81430000MC00000016")
    '81430000MC00000016'
    """
    code = unicodedata.normalize("NFKC", text).strip().upper()
    # A resident ID number has the same form, so no text is shown.
    shown = f"{len(text)} characters"
    if not _CREDIT_FORM.fullmatch(code):
        raise InvalidValueError("credit_code", "must have the 18 characters of GB 32100", shown)
    if code[-1] != credit_check_character(code[:-1]):
        rule, hint = "must end in its check character", "compare it with the certificate"
        raise InvalidValueError("credit_code", rule, shown, clause="ACFTU-6.1", hint=hint)
    return CreditCode(code)


def parse_institution_code(text: str) -> InstitutionCode:
    """Institution code from text: H or P and eleven digits.

    Raises:
        InvalidValueError: The form is wrong.

    >>> parse_institution_code("H43010000004")
    'H43010000004'
    """
    if not _INSTITUTION_FORM.fullmatch(text):
        raise InvalidValueError("fixmedins_code", "must be H or P and eleven digits", quotable(text))
    return InstitutionCode(text)


def parse_division_code(text: str) -> DivisionCode:
    """Division code from text: six digits.

    Raises:
        InvalidValueError: The form is wrong.
    """
    if not _DIVISION_FORM.fullmatch(text):
        raise InvalidValueError("division_code", "must be six digits", quotable(text))
    return DivisionCode(text)
