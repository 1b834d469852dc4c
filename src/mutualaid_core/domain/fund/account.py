"""Fund account (互助金账户): titles of the books, and where their balances are kept."""

import enum
from typing import Self

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, optional, quotable
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.errors import InvalidValueError


class Side(enum.Enum):
    """Side of an entry (借贷方向)."""

    DEBIT = "debit"
    CREDIT = "credit"


@enum.unique
class Title(enum.Enum):
    """Title of account (会计科目). Titles are keys; numbers are an editable map elsewhere.

    Attributes:
        code: Stable code.
        side: Side on which the balance normally stands.
        per_period: Whether each period has its own balance (income and cost do).
        zh: Name in Chinese.
        en: Name in English.
    """

    BANK = ("bank", "debit", False, "银行存款—互助专户", "bank, dedicated account")
    CONTRIBUTION = ("contribution", "credit", True, "互助金收入", "contributions")
    BENEFIT = ("benefit", "debit", True, "互助金给付", "benefits")
    PAYABLE = ("payable", "credit", False, "应付互助金", "benefits payable")
    RESERVE = ("reserve", "credit", False, "风险储备金—滚存", "reserve, rolled forward")
    GRANT = ("grant", "credit", False, "风险储备金—外部注入", "reserve, granted")
    HELD_BANK = ("held_bank", "debit", False, "银行存款—待核对", "bank, money to be matched")
    HELD = ("held", "credit", False, "待核对款", "money to be matched")
    AGENCY = ("agency", "debit", False, "应收代办机构款", "due from agencies")

    def __init__(self, code: str, side: str, per_period: bool, zh: str, en: str) -> None:  # noqa: FBT001  # one argument per attribute
        """Keep the parts."""
        self.code = code
        self.side = Side(side)
        self.per_period = per_period
        self.zh, self.en = zh, en

    @classmethod
    def coded(cls, code: str) -> Self:
        """The title with that code.

        Raises:
            InvalidValueError: There is none.
        """
        for title in cls:
            if title.code == code:
                return title
        raise InvalidValueError("code", "must be that of a title of account", quotable(code))

    def __repr__(self) -> str:
        """As it is written in code: ``Title.BANK``."""
        return f"{type(self).__name__}.{self.name}"


@attrs.frozen(kw_only=True, field_transformer=checked)
class FundAccount:
    """Fund account (互助金账户): one title in the book of one scheme (ACFTU-13.3b).

    Attributes:
        scheme_id: Scheme whose book it is.
        title: Title of account.
        period_id: Period, for titles that have a balance per period; else ``None``.
        source: Funding source, for contributions; else ``None``.

    Clause:
        ACFTU-13.3b, HN-4.3.1, HN-4.5.1c
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    title: Title
    period_id: PeriodId | None = attrs.field(default=None, validator=optional(identifier))
    source: FundingSource | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a period or a source where the title has none, and their lack where it has."""
        if self.title.per_period != (self.period_id is not None):
            raise InvalidValueError(
                "period_id", f"must fit the title {self.title.code}", self.period_id and "an id"
            )
        if (self.title is Title.CONTRIBUTION) != (self.source is not None):
            rule = f"must fit the title {self.title.code}"
            raise InvalidValueError("source", rule, self.source and self.source.value, clause="HN-4.3.1")

    @property
    def counter(self) -> str:
        """Key of the bounded counter that holds the balance; never below zero."""
        parts = ["fund", self.scheme_id]
        if self.period_id is not None:
            parts.append(self.period_id)
        parts.append(self.title.code)
        if self.source is not None:
            parts.append(self.source.value)
        return "/".join(parts)
