"""Gift programme (赠送项目): somebody else pays for some members, up to a quota."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, positive
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.numbers import personal_number_in
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError

GIVERS: Final = (
    FundingSource.UNION,
    FundingSource.EMPLOYER,
    FundingSource.GOVERNMENT,
    FundingSource.DONATION,
)
"""Who may give; the fund itself, its members and its yield never pay for a gift."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class GiftProgramme:
    """Gift programme (赠送项目) of a scheme for one period.

    Attributes:
        programme_id: Id, given by the host.
        scheme_id: Scheme.
        period_id: Period.
        payer: Who pays the dues, all of them.
        groups: Groups of workers to which it is addressed, by their words, such as ``courier``.
        quota: Most persons.
        resolution: Number of the decision that it rests on.
        source: Where it is printed.
        founded_on: Business day on which it was founded; ``None`` in records of older forms.

    Clause:
        SN-2.1.5
    """

    programme_id: str = attrs.field(validator=pseudonym)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    payer: FundingSource
    groups: tuple[str, ...] = attrs.field(validator=not_empty)
    quota: int = attrs.field(validator=positive)
    resolution: str = attrs.field(validator=impersonal_text)
    source: str = attrs.field(validator=not_blank)
    founded_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a payer who may not give, a group without a word, named twice, or by a person's number."""
        if self.payer not in GIVERS:
            rule = "must be one of " + ", ".join(giver.value for giver in GIVERS)
            raise InvalidValueError("payer", rule, self.payer.value, clause="SN-2.1.5")
        if not all(self.groups) or len(set(self.groups)) != len(self.groups):
            raise InvalidValueError("groups", "must name each group once", len(self.groups))
        for kind in filter(None, map(personal_number_in, self.groups)):
            shown = f"{len(self.groups)} groups"
            raise InvalidValueError("groups", f"must not hold {kind}", shown, clause="ACFTU-11.2h")
