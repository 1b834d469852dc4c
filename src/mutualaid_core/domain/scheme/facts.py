"""Facts (事实): what the terms of a scheme may ask of an event and of a member.

The national settlement fields and a few facts of the member are always known; whatever else a
scheme asks for is declared in its file, so that a misspelt name is a fault and not a silence.
"""

import enum
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_blank
from mutualaid_core.errors import InvalidValueError


class EventKind(enum.Enum):
    """Kind of event (保障事件) for which a benefit is paid."""

    INPATIENT_STAY = "inpatient_stay"
    OUTPATIENT_VISIT = "outpatient_visit"
    DIAGNOSIS = "diagnosis"
    CRITICAL_ILLNESS = "critical_illness"
    ACCIDENT = "accident"
    DISABILITY = "disability"
    DEATH = "death"
    ACCIDENTAL_DEATH = "accidental_death"
    MATERNITY = "maternity"
    PROPERTY_LOSS = "property_loss"
    HARDSHIP = "hardship"


class FactKind(enum.Enum):
    """What a fact is: money, a whole number, a word of a list, or yes and no."""

    AMOUNT = "amount"
    COUNT = "count"
    CODE = "code"
    FLAG = "flag"


@attrs.frozen(kw_only=True, field_transformer=checked)
class FactTerm:
    """A fact (事实) that a scheme declares, besides those that are always known.

    Attributes:
        name: Name of the fact, and of its column in a file of claims or members.
        kind: What it is.
        title: What it means, as printed.
        codes: The words that a code may take; empty for other kinds.
        source: Where it is printed.
    """

    name: str = attrs.field(validator=identifier)
    kind: FactKind
    title: str = attrs.field(validator=not_blank)
    codes: tuple[str, ...] = ()
    source: str = attrs.field(validator=not_blank)

    def __attrs_post_init__(self) -> None:
        """Refuse a code without words, words without a code, and a word told twice."""
        if (self.kind is FactKind.CODE) != bool(self.codes):
            raise InvalidValueError("codes", "must be given for a code, and only for one", len(self.codes))
        if len(set(self.codes)) != len(self.codes):
            raise InvalidValueError("codes", "must name each word once", ", ".join(self.codes))


KNOWN_AMOUNTS: Final = (
    "medfee_sumamt",
    "fulamt_ownpay_amt",
    "overlmt_selfpay",
    "preselfpay_amt",
    "inscp_scp_amt",
    "act_pay_dedc",
    "hifp_pay",
    "cvlserv_pay",
    "hifes_pay",
    "hifmi_pay",
    "hifob_pay",
    "maf_pay",
    "oth_pay",
    "fund_pay_sumamt",
    "psn_part_amt",
    "acct_pay",
    "acct_mulaid_pay",
    "psn_cash_pay",
    "hosp_part_amt",
)
"""Amounts of the national settlement, in fen."""

KNOWN_COUNTS: Final = ("days", "shares", "age", "cover_day", "stay_ordinal")
"""Whole numbers: days of the stay, shares held, age in years on the day of the event, day of
cover counted from 1, and which stay of the period it is, counted from 1."""

KNOWN_FLAGS: Final = ("first_time", "designated_hospital")
"""Whether the member joins for the first time, and whether the hospital is a designated one."""

KNOWN_CODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "hosp_lv": ("1", "2", "3", "9"),
        "insutype": ("310", "320", "330", "390"),
        "sex": ("1", "2"),
        "med_type": (),
        "psn_type": (),
        "fixmedins_code": (),
        "dise_code": (),
    }
)
"""Codes of the national interface with their words; an empty list takes any word."""

KINDS_OF_CARE: Final = ("11", "13", "14", "21", "24", "26", "41", "51", "52", "53")
"""Kinds of care (医疗类别) of the national interface: what a misspelt code is likely to mean.

Regions have further ones, which begin like these or with 99 and are as long as six digits.
"""

_KIND_OF_CARE: Final = re.compile(r"[1245][0-9]{1,5}|99[0-9]{2,4}", re.ASCII)
_VISITS: Final = ("1", "4")
_STAYS: Final = ("2",)


def is_kind_of_care(code: str) -> bool:
    """Whether *code* can be a kind of care (医疗类别): visits 1 and 4, stays 2, childbirth 5, local 99.

    >>> is_kind_of_care("21"), is_kind_of_care("2l")
    (True, False)
    """
    return _KIND_OF_CARE.fullmatch(code) is not None


def event_of_care(code: str) -> EventKind:
    """Kind of event that a settlement of this kind of care is: 1x and 4x are visits, the rest stays."""
    return EventKind.OUTPATIENT_VISIT if code.startswith(_VISITS) else EventKind.INPATIENT_STAY


def can_be(event: EventKind, code: str) -> bool:
    """Whether a settlement of this kind of care can be of an event; childbirth and local kinds be either.

    >>> can_be(EventKind.INPATIENT_STAY, "11"), can_be(EventKind.INPATIENT_STAY, "52")
    (False, True)
    """
    other = _STAYS if event is EventKind.OUTPATIENT_VISIT else _VISITS
    return not code.startswith(other)


PERSONAL_FACTS: Final = frozenset({"dise_code"})
"""Facts of which no text may quote a value."""

KNOWN_FACTS: Final[Mapping[str, FactKind]] = MappingProxyType(
    {
        **dict.fromkeys(KNOWN_AMOUNTS, FactKind.AMOUNT),
        **dict.fromkeys(KNOWN_COUNTS, FactKind.COUNT),
        **dict.fromkeys(KNOWN_FLAGS, FactKind.FLAG),
        **dict.fromkeys(KNOWN_CODES, FactKind.CODE),
    }
)
"""Every fact that needs no declaration, with its kind."""

TAKEN_NAMES: Final = frozenset(
    {
        *("claim_id", "setl_id", "person_id", "certno", "scheme_id", "period_id"),
        *("event", "began", "begndate", "ended", "enddate", "settled", "setl_time", "filed"),
        *("first_day", "last_day", "born", "parts", "elsewhere", "is_reversed", "refd_setl_flag"),
    }
)
"""Columns of claims and of members that say something else than a fact, so that no fact has such a name."""

COLUMN_OF_PART: Final = "holds_"
"""A column of covers that begins so tells whether the part of that id is held."""
