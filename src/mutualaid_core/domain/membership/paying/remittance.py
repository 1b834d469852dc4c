"""Remittance (汇缴): one payment of a unit with its list of persons, booked or held."""

import datetime
import enum
import itertools
from typing import Self

import attrs

from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.values.checks import (
    checked,
    identifier,
    not_negative,
    optional,
    positive,
)
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


def held_counter(scheme_id: SchemeId, period_id: PeriodId) -> str:
    """Key of the counter of the remittances of a period that were ever held."""
    return f"held/{scheme_id}/{period_id}"


class RemittanceState(enum.Enum):
    """Where a remittance stands (汇缴状态)."""

    BOOKED = "booked"
    """已入账: bank and list agree, and everybody on the list has paid."""
    HELD = "held"
    """待核对: they do not agree; the money is kept apart and covers nobody."""
    RETURNED = "returned"
    """已退回: all of it went back as an error."""


class CorrectionKind(enum.Enum):
    """Why money is given back (退款更正类型); never for leaving (HN-4.3.5b)."""

    DUPLICATE = "duplicate"
    """重复缴纳: the person had paid before."""
    OVERPAID = "overpaid"
    """多缴: more came than was owed."""
    VOIDED_ENROLMENT = "voided_enrolment"
    """作废参加: the enrolment was an error, so there was nothing to pay for."""


class RefundGround(enum.Enum):
    """Why somebody asks for money back (退费事由); only an error is a ground (HN-4.3.5b)."""

    DUPLICATE = "duplicate"
    OVERPAID = "overpaid"
    VOIDED_ENROLMENT = "voided_enrolment"
    LEFT = "left"
    """离职、退休、转出: the contribution was valid, and cover goes on as the scheme says."""
    CHANGED_MIND = "changed_mind"

    @property
    def correction(self) -> CorrectionKind | None:
        """The error that it is; ``None`` where it is none."""
        kinds = {kind.value: kind for kind in CorrectionKind}
        return kinds.get(self.value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class RemittanceLine:
    """Line (缴费明细): what was paid for one member.

    Attributes:
        member_id: Member.
        amount: What was paid.
        split: Who bore it.
        paid_directly: Whether the member's own part was paid by hand (直接缴纳), and not deducted from
            the pay; asked of a unit whose plan has the dues deducted.
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    amount: Money
    split: tuple[PayerShare, ...]
    paid_directly: bool = False


@attrs.frozen(kw_only=True, field_transformer=checked)
class Correction:
    """Correction (更正): money that went back because it came in error.

    Attributes:
        entry_id: Ledger entry by which it went back.
        kind: Why.
        amount: How much.
        corrected_on: Business day.
        member_id: Whose payment it was; ``None`` where it was nobody's.
        cause: What it rests on: a paper, a number; no person's name.

    Clause:
        HN-4.3.5b
    """

    entry_id: EntryId = attrs.field(validator=pseudonym)
    kind: CorrectionKind
    amount: Money = attrs.field(validator=positive)
    corrected_on: datetime.date
    member_id: MemberId | None = attrs.field(default=None, validator=optional(pseudonym))
    cause: str = attrs.field(validator=impersonal_text)


@attrs.frozen(kw_only=True, field_transformer=checked)
class EarlierList:
    """Earlier list (此前的名单): whom a held remittance named until a further list came.

    Attributes:
        told_on: Business day on which it was told.
        lines: Its lines.

    Clause:
        HN-3.1.2b
    """

    told_on: datetime.date
    lines: tuple[RemittanceLine, ...]


def _named(lines: tuple[RemittanceLine, ...]) -> frozenset[MemberId]:
    """Whom a list names."""
    return frozenset(line.member_id for line in lines)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Remittance:
    """Remittance (汇缴) of one unit for one period, matched to its list of persons.

    Attributes:
        remittance_id: Id, also of the ledger entry by which the money came in.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        received: What the bank shows, with what was supplied later.
        listed: What the list adds up to.
        persons: Lines of the list.
        received_on: Business day on which the money came, the last of it.
        state: Where it stands.
        settled_on: Business day on which it was booked or went back; ``None`` while it is held.
        settled_by: Ledger entry that booked it; ``None`` while it is held or where it went back.
        lines: The list, kept while it is held; afterwards the contributions tell it.
        corrections: What went back of it.
        came_on: Business day on which the first of the money came, where more came later; ``None``
            where all of it came on ``received_on``.
        agency_id: Agency that took the money on ``received_on``; ``None`` where it came to the fund
            itself. What an agency took is never held.
        earlier: The lists that were held before the last one, the earliest first.
        listed_on: Business day of the last list, where there were others before; ``None`` where it
            came with the first of the money.

    Clause:
        HN-3.1.2b, HN-4.3.5b
    """

    remittance_id: EntryId = attrs.field(validator=pseudonym)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=pseudonym)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    received: Money = attrs.field(validator=not_negative)
    listed: Money
    persons: int = attrs.field(validator=not_negative)
    received_on: datetime.date
    state: RemittanceState
    settled_on: datetime.date | None = None
    settled_by: EntryId | None = attrs.field(default=None, validator=optional(pseudonym))
    lines: tuple[RemittanceLine, ...] = ()
    corrections: tuple[Correction, ...] = ()
    came_on: datetime.date | None = None
    agency_id: str | None = attrs.field(default=None, validator=optional(pseudonym))
    earlier: tuple[EarlierList, ...] = ()
    listed_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a state that its figures contradict."""
        if self.came_on is not None and self.came_on >= self.received_on:
            rule = f"must be before {self.received_on.isoformat()}, or be left out"
            raise InvalidValueError("came_on", rule, self.came_on.isoformat())
        self._check_lists()
        is_held = self.state is RemittanceState.HELD
        if (self.settled_on is None) != is_held:
            rule = "must be given once it is booked or returned, and only then"
            raise InvalidValueError("settled_on", rule, self.state.value)
        if (self.settled_by is None) != (self.state is not RemittanceState.BOOKED):
            raise InvalidValueError("settled_by", "must be given once it is booked", self.state.value)
        if self.agency_id is not None and is_held:
            raise InvalidValueError("agency_id", "must be blank while it is held", self.state.value)
        if self.returned > self.received:
            rule = f"must be <= {self.received} received"
            raise InvalidValueError("corrections", rule, str(self.returned), clause="HN-4.3.5b")
        if is_held:
            self._check_lines()
        elif self.lines:
            raise InvalidValueError("lines", "must be kept only while it is held", len(self.lines))
        elif self.state is RemittanceState.BOOKED and self.difference:
            raise InvalidValueError(
                "listed", f"must be the {self.balance} kept", str(self.listed), clause="HN-3.1.2b"
            )
        elif self.state is RemittanceState.RETURNED and self.balance:
            rule = f"must be the {self.received} received"
            raise InvalidValueError("corrections", rule, str(self.returned), clause="HN-4.3.5b")

    def _check_lists(self) -> None:
        """Refuse lists out of order."""
        if (self.listed_on is None) == bool(self.earlier):
            rule = "must be given where there were lists before, and only then"
            raise InvalidValueError("listed_on", rule, f"{len(self.earlier)} lists before")
        days = [each.told_on for each in self.earlier]
        for day, later in itertools.pairwise([*days, self._told_on]):
            if later < day:
                rule = f"must be told by {later.isoformat()}"
                raise InvalidValueError("earlier", rule, day.isoformat())

    def _check_lines(self) -> None:
        if self.persons != len(self.lines):
            raise InvalidValueError("persons", f"must be {len(self.lines)}, its lines", self.persons)
        if (listed := total(line.amount for line in self.lines)) != self.listed:
            raise InvalidValueError("listed", f"must be {listed}, the sum of its lines", str(self.listed))

    def is_held_as_known(self, day: datetime.date) -> bool:
        """Whether it was held by what was known on *day*; what an agency took never was."""
        is_settled = self.settled_on is not None and self.settled_on <= day
        return self.agency_id is None and (self.came_on or self.received_on) <= day and not is_settled

    def with_list(self, lines: tuple[RemittanceLine, ...], told_on: datetime.date) -> Self:
        """The held remittance with a further list; the same where it is the one that is held."""
        if lines == self.lines:
            return self
        before = EarlierList(told_on=self._told_on, lines=self.lines)
        return attrs.evolve(
            self,
            lines=lines,
            listed=total(line.amount for line in lines),
            persons=len(lines),
            earlier=(*self.earlier, before),
            listed_on=told_on,
        )

    def named_on(self, member_id: MemberId) -> datetime.date:
        """Day of the first list that named a person; that of the last list where none before did."""
        for each in self.earlier:
            if any(line.member_id == member_id for line in each.lines):
                return each.told_on
        return self._told_on

    @property
    def chosen_on(self) -> datetime.date:
        """Day from which on its lists named just the persons of the last one."""
        now, day = _named(self.lines), self._told_on
        for each in reversed(self.earlier):
            if _named(each.lines) != now:
                return day
            day = each.told_on
        return day

    @property
    def ever_listed(self) -> tuple[RemittanceLine, ...]:
        """The line of everybody whom one of its lists named, the last of each person."""
        lines = {line.member_id: line for each in self.earlier for line in each.lines}
        return tuple((lines | {line.member_id: line for line in self.lines}).values())

    @property
    def _told_on(self) -> datetime.date:
        """Day of the last list."""
        return self.listed_on or self.came_on or self.received_on

    @property
    def returned(self) -> Money:
        """What went back of the held money; what is returned after booking comes out of the fund."""
        kinds = {CorrectionKind.DUPLICATE, CorrectionKind.OVERPAID}
        return total(each.amount for each in self.corrections if each.kind in kinds)

    @property
    def balance(self) -> Money:
        """What is kept of the money."""
        return self.received - self.returned

    @property
    def difference(self) -> Money:
        """The money less the list: below zero where money is missing."""
        return self.balance - self.listed
