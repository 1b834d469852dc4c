"""Agency money (代收款): what units have paid to an agency, until it is passed on to the fund."""

import datetime
import enum

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, positive
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


class CollectionState(enum.Enum):
    """Where the money of a collection is (代收款状态)."""

    DUE = "due"
    """待上缴: the agency still has some of it, and owes it to the fund."""
    PASSED_ON = "passed_on"
    """已上缴: nothing of it is left; it is at the bank, or went back as an error correction."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class PassedOn:
    """Part of a collection that the agency passed on (上缴).

    Attributes:
        entry_id: Ledger entry by which it came to the bank.
        amount: How much.
        on: Business day.
    """

    entry_id: EntryId = attrs.field(validator=pseudonym)
    amount: Money = attrs.field(validator=positive)
    on: datetime.date


@attrs.frozen(kw_only=True, field_transformer=checked)
class GivenBack:
    """Part of a collection that the agency gave back (代办机构退回), since it came in error.

    Attributes:
        entry_id: Ledger entry of the correction.
        amount: How much of the correction came out of what the agency had.
        on: Business day.
    """

    entry_id: EntryId = attrs.field(validator=pseudonym)
    amount: Money = attrs.field(validator=positive)
    on: datetime.date


@attrs.frozen(kw_only=True, field_transformer=checked)
class AgencyCollection:
    """Collection (代收): one unit's remittance that an agency (代办机构) took for the fund.

    The members have paid and are covered from the day on which the agency had the money; from
    then on the agency owes it, and nobody is harmed by its delay.

    Attributes:
        remittance_id: The remittance, and the ledger entry of that id.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit that paid.
        agency_id: Agency that took the money.
        paper: Number of the agency's receipt; no person's name.
        amount: How much.
        collected_on: Day on which the agency had it.
        told_on: Business day on which the fund was told.
        parts: What was passed on, in the order of the acts.
        given_back: What the agency gave back of errors, in the order of the acts.

    Clause:
        ACFTU-2.3b, SN-1.1, HN-4.3.5b
    """

    remittance_id: EntryId = attrs.field(validator=pseudonym)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=pseudonym)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    agency_id: str = attrs.field(validator=pseudonym)
    paper: str = attrs.field(validator=impersonal_text)
    amount: Money = attrs.field(validator=positive)
    collected_on: datetime.date
    told_on: datetime.date
    parts: tuple[PassedOn, ...] = ()
    given_back: tuple[GivenBack, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse more than was collected, and days out of order."""
        if self.told_on < self.collected_on:
            rule = f"must be >= {self.collected_on.isoformat()}"
            raise InvalidValueError("told_on", rule, self.told_on.isoformat())
        for part in self._moved:
            if part.on < self.told_on:
                raise InvalidValueError("on", f"must be >= {self.told_on.isoformat()}", part.on.isoformat())
        if self._gone > self.amount:
            rule = f"must be <= {self.amount} collected"
            raise InvalidValueError("parts", rule, str(self._gone), clause="ACFTU-2.3b")

    @property
    def due(self) -> Money:
        """What the agency still owes; never below zero."""
        return self.amount - self._gone

    @property
    def _moved(self) -> tuple[PassedOn | GivenBack, ...]:
        """What the agency no longer has, part by part: passed on, or given back."""
        return (*self.parts, *self.given_back)

    @property
    def _gone(self) -> Money:
        """What the agency no longer has."""
        return total(part.amount for part in self._moved)

    @property
    def state(self) -> CollectionState:
        """Where the money is."""
        return CollectionState.DUE if self.due else CollectionState.PASSED_ON
