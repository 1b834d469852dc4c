"""Ledger (总账): double entries in the book of one scheme. Appended, never edited."""

import datetime
import enum

import attrs

from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.checks import checked, identifier, not_blank, not_empty, positive
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError


class EntryKind(enum.Enum):
    """Business event of an entry (业务类型)."""

    GRANT = "grant"
    CONTRIBUTION = "contribution"
    APPROVAL = "approval"
    PAYMENT = "payment"
    CLOSING = "closing"
    HOLDING = "holding"
    """待核对: money came in that does not agree with its list."""
    CORRECTION = "correction"
    """更正: money that came in error went back."""
    PASSED_ON = "passed_on"
    """代办机构上缴: an agency passed on what units had paid to it."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class Posting:
    """One line of an entry (分录).

    Attributes:
        title: Title of account.
        side: Debit or credit.
        amount: Above zero; lines of zero are left out.
        source: Funding source, for contributions; else ``None``.
    """

    title: Title
    side: Side
    amount: Money = attrs.field(validator=positive)
    source: FundingSource | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a contribution without a source, and a source elsewhere."""
        if (self.title is Title.CONTRIBUTION) != (self.source is not None):
            rule = f"must fit the title {self.title.code}"
            raise InvalidValueError("source", rule, self.source and self.source.value, clause="HN-4.3.1")

    @property
    def change(self) -> int:
        """What the line adds to the balance of its account, in fen."""
        return self.amount.fen if self.side is self.title.side else -self.amount.fen


@attrs.frozen(kw_only=True, field_transformer=checked)
class LedgerEntry:
    """Ledger entry (记账凭证): debits equal credits, within one scheme's book.

    Attributes:
        entry_id: Id.
        scheme_id: Scheme whose book it is in; there is no entry across books.
        period_id: Period that it belongs to.
        booked_on: Business day.
        kind: Business event.
        subject: What it is about: a unit, a claim, a document. Never a person's data.
        postings: The lines.

    Clause:
        ACFTU-8.1e, ACFTU-13.3b
    """

    entry_id: EntryId = attrs.field(validator=identifier)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    booked_on: datetime.date
    kind: EntryKind
    subject: str = attrs.field(validator=not_blank)
    postings: tuple[Posting, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse an entry that does not balance to the fen."""
        debits = total(line.amount for line in self.postings if line.side is Side.DEBIT)
        credits_ = total(line.amount for line in self.postings if line.side is Side.CREDIT)
        if debits != credits_:
            rule = f"must balance: debits {debits}"
            raise InvalidValueError("postings", rule, f"credits {credits_}", clause="ACFTU-8.1e")

    def account(self, posting: Posting) -> FundAccount:
        """The account that a line of this entry changes."""
        return FundAccount(
            scheme_id=self.scheme_id,
            title=posting.title,
            period_id=self.period_id if posting.title.per_period else None,
            source=posting.source,
        )


@attrs.frozen(kw_only=True, field_transformer=checked)
class LedgerLine:
    """A line as it is kept: the posting with everything of its entry (凭证行).

    Attributes:
        entry_id: Id of the entry.
        line: 1, 2, 3 … within the entry.
        lines: Number of lines of the entry.
        scheme_id: Scheme whose book it is in.
        period_id: Period.
        booked_on: Business day.
        kind: Business event.
        subject: What it is about.
        posting: The line itself.
    """

    entry_id: EntryId = attrs.field(validator=identifier)
    line: int = attrs.field(validator=positive)
    lines: int = attrs.field(validator=positive)
    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    booked_on: datetime.date
    kind: EntryKind
    subject: str = attrs.field(validator=not_blank)
    posting: Posting

    def __attrs_post_init__(self) -> None:
        """Refuse a number beyond the last line."""
        if self.line > self.lines:
            raise InvalidValueError("line", f"must be <= {self.lines}", self.line)


def lines_of(entry: LedgerEntry) -> tuple[LedgerLine, ...]:
    """The lines of *entry* as they are kept."""
    return tuple(
        LedgerLine(
            entry_id=entry.entry_id,
            line=number,
            lines=len(entry.postings),
            scheme_id=entry.scheme_id,
            period_id=entry.period_id,
            booked_on=entry.booked_on,
            kind=entry.kind,
            subject=entry.subject,
            posting=posting,
        )
        for number, posting in enumerate(entry.postings, start=1)
    )


def entry_of(lines: tuple[LedgerLine, ...]) -> LedgerEntry:
    """The entry that *lines* make up, in the order of their numbers.

    Raises:
        InvalidValueError: A line is missing or doubled or of another entry, or the lines do
            not balance.
    """
    ordered = sorted(lines, key=lambda line: line.line)
    numbers = tuple(line.line for line in ordered)
    heads = {attrs.evolve(line, line=1, posting=ordered[0].posting) for line in ordered}
    whole = numbers == tuple(range(1, len(ordered) + 1)) and len(heads) == 1
    if not whole or ordered[0].lines != len(ordered):
        raise InvalidValueError("lines", "must be every line of one entry", numbers)
    first = ordered[0]
    return LedgerEntry(
        entry_id=first.entry_id,
        scheme_id=first.scheme_id,
        period_id=first.period_id,
        booked_on=first.booked_on,
        kind=first.kind,
        subject=first.subject,
        postings=tuple(line.posting for line in ordered),
    )
