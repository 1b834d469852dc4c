"""Facts of a member (会员事实): what the conditions of dues and eligibility may ask when somebody joins."""

import datetime
from collections.abc import Mapping
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.values.dates import age_on
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.errors import InvalidValueError

Known = TypeVar("Known")


@attrs.frozen(kw_only=True)
class MemberFacts:
    """Facts of a member on the first day of cover, by their known or declared names.

    Attributes:
        amounts: Amounts in fen.
        counts: Whole numbers, such as the age in years.
        codes: Words.
        flags: Yes and no.
    """

    amounts: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    counts: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    codes: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    flags: Mapping[str, bool] = attrs.field(factory=dict, repr=False)

    def amount(self, name: str) -> int:
        """Fen of one amount.

        Raises:
            InvalidValueError: It is not known.
        """
        return _known(self.amounts, name)

    def count(self, name: str) -> int:
        """One whole number.

        Raises:
            InvalidValueError: It is not known.
        """
        return _known(self.counts, name)

    def code(self, name: str) -> str:
        """One word.

        Raises:
            InvalidValueError: It is not known.
        """
        return _known(self.codes, name)

    def flag(self, name: str) -> bool:
        """Whether it is so.

        Raises:
            InvalidValueError: It is not known.
        """
        return _known(self.flags, name)


NO_FACTS: Final = MemberFacts()
"""Nothing is known; enough for a scheme whose dues are the same for everybody."""


def facts_of(
    sex: Sex, birth_date: datetime.date, insurance_type: InsuranceType, shares: int, on: datetime.date
) -> MemberFacts:
    """What is known of everybody who joins, on the day *on*. A sex that is not stated is not known."""
    codes = {"insutype": insurance_type.value}
    if sex in {Sex.MALE, Sex.FEMALE}:
        codes["sex"] = str(sex.value)
    return MemberFacts(counts={"age": age_on(birth_date, on), "shares": shares}, codes=codes)


def _known(told: Mapping[str, Known], name: str) -> Known:
    if name not in told:
        raise InvalidValueError(name, "must be known, for the scheme asks for it", None)
    return told[name]
