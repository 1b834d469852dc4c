"""Contribution (互助金缴纳): what was paid for one enrolment, and by whom."""

import datetime
from typing import Self

import attrs

from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, not_empty, not_negative, positive
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class PayerShare:
    """What one source bears of a contribution (分担)."""

    payer: FundingSource
    amount: Money = attrs.field(validator=not_negative)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PaidSpan:
    """Span (缴纳有效期间) of days by whose knowledge a contribution stood.

    Attributes:
        unit_id: Unit that remitted it.
        amount: What was paid.
        entry_id: Ledger entry that booked it.
        known_on: First day on which it was known to be paid.
        returned_on: Day on which it went back; ``None`` where it stands.
    """

    unit_id: UnitId = attrs.field(validator=identifier)
    amount: Money = attrs.field(validator=positive)
    entry_id: EntryId = attrs.field(validator=identifier)
    known_on: datetime.date
    returned_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse money that went back before it came."""
        if self.returned_on is not None and self.returned_on < self.known_on:
            rule = f"must be >= {self.known_on.isoformat()}"
            raise InvalidValueError("returned_on", rule, self.returned_on.isoformat(), clause="HN-4.3.5b")

    def stands_on(self, day: datetime.date) -> bool:
        """Whether it stood by what was known on *day*."""
        return self.known_on <= day and (self.returned_on is None or day < self.returned_on)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Contribution:
    """Contribution (互助金缴纳), one per enrolment: paid once, never refunded (HN-4.3.5).

    Where the place was void and is taken again, the money went back and is paid anew. What was
    paid before stays in ``earlier``, so that nothing that was known of it is lost.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        member_id: Member.
        unit_id: Unit that remitted it.
        amount: What was paid.
        split: Who bore it; the parts add up to the amount.
        received_on: Day on which the fund had it.
        entry_id: Remittance with which it came, and the ledger entry of that id.
        booked_on: Business day on which it was booked, where the money was held until then; ``None``
            where that was the day on which it came.
        returned_on: Day on which it went back, its enrolment being an error; ``None`` otherwise.
        earlier: What was paid for it before and went back, the earliest first.

    Clause:
        ACFTU-2.3a, HN-4.3.1, HN-4.3.5a, HN-4.3.5b, SN-2.3.5b
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    member_id: MemberId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=identifier)
    amount: Money = attrs.field(validator=positive)
    split: tuple[PayerShare, ...] = attrs.field(validator=not_empty)
    received_on: datetime.date
    entry_id: EntryId = attrs.field(validator=identifier)
    booked_on: datetime.date | None = None
    returned_on: datetime.date | None = None
    earlier: tuple[PaidSpan, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a split that does not add up, a payer named twice, and days out of order."""
        if self.booked_on is not None and self.booked_on <= self.received_on:
            rule = f"must be after {self.received_on.isoformat()}, or be left out"
            raise InvalidValueError("booked_on", rule, self.booked_on.isoformat())
        if self.returned_on is not None and self.returned_on < self.known_on:
            rule = f"must be >= {self.known_on.isoformat()}"
            raise InvalidValueError("returned_on", rule, self.returned_on.isoformat(), clause="HN-4.3.5b")
        known = (*(span.known_on for span in self.earlier[1:]), self.known_on)
        for span, known_on in zip(self.earlier, known, strict=False):
            if span.returned_on is None or known_on < span.returned_on:
                back = span.returned_on.isoformat() if span.returned_on else "the day of its return"
                rule = f"must be paid anew on or after {back}"
                raise InvalidValueError("known_on", rule, known_on.isoformat(), clause="HN-4.3.5a")
        payers = [part.payer for part in self.split]
        if len(set(payers)) != len(payers):
            raise InvalidValueError("split", "must name each payer once", len(payers), clause="ACFTU-2.3a")
        if (parts := total(part.amount for part in self.split)) != self.amount:
            raise InvalidValueError("split", f"must add up to {self.amount}", str(parts), clause="ACFTU-2.3a")

    @property
    def known_on(self) -> datetime.date:
        """Business day from which on it was known that it was paid."""
        return self.booked_on or self.received_on

    @property
    def spans(self) -> tuple[PaidSpan, ...]:
        """All that was ever paid for the enrolment, the earliest first and this payment last."""
        own = PaidSpan(
            unit_id=self.unit_id,
            amount=self.amount,
            entry_id=self.entry_id,
            known_on=self.known_on,
            returned_on=self.returned_on,
        )
        return (*self.earlier, own)

    def paid_as_known(self, day: datetime.date) -> PaidSpan | None:
        """The payment that stood by what was known on *day*; ``None`` where none did."""
        return next((span for span in self.spans if span.stands_on(day)), None)

    def is_settled_as_known(self, day: datetime.date) -> bool:
        """Whether it stood by what was known on *day*."""
        return self.paid_as_known(day) is not None

    def after(self, before: "Contribution | None") -> Self:
        """This payment with what was paid for the same enrolment before, and went back.

        Raises:
            InvalidValueError: It did not go back, or goes back later than this one is known.
        """
        return self if before is None else attrs.evolve(self, earlier=before.spans)

    @property
    def is_settled(self) -> bool:
        """Whether it stands: it gives cover, and nothing more is owed (ACFTU-2.3b)."""
        return self.returned_on is None
