"""Ledger: debits equal credits, and lines make up their entry again."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerEntry, Posting, entry_of, lines_of
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import InvalidValueError


def posting(title: Title, side: Side, fen: int, source: FundingSource | None = None) -> Posting:
    """A line of an entry."""
    return Posting(title=title, side=side, amount=Money(fen), source=source)


@pytest.fixture
def entry() -> LedgerEntry:
    """A remittance of 60.00: 20 of the member, 40 of the union."""
    return LedgerEntry(
        entry_id="E-1",
        scheme_id="A",
        period_id="2014",
        booked_on=datetime.date(2014, 1, 5),
        kind=EntryKind.CONTRIBUTION,
        subject="U-1",
        postings=(
            posting(Title.BANK, Side.DEBIT, 6_000),
            posting(Title.CONTRIBUTION, Side.CREDIT, 2_000, FundingSource.MEMBER),
            posting(Title.CONTRIBUTION, Side.CREDIT, 4_000, FundingSource.UNION),
        ),
    )


@pytest.mark.clause("ACFTU-8.1e")
def test_an_entry_balances_to_the_fen(entry: LedgerEntry) -> None:
    """Debit 1,000.00 against credit 999.99 must be refused (ACFTU-8.1e)."""
    lines = (posting(Title.BENEFIT, Side.DEBIT, 100_000), posting(Title.PAYABLE, Side.CREDIT, 99_999))
    rule = r"postings must balance: debits 1000\.00, got 'credits 999\.99' \[ACFTU-8\.1e\]"
    with pytest.raises(InvalidValueError, match=rule):
        attrs.evolve(entry, postings=lines)


def test_an_entry_has_lines(entry: LedgerEntry) -> None:
    """An entry without lines must be refused."""
    with pytest.raises(InvalidValueError, match="postings must not be empty"):
        attrs.evolve(entry, postings=())


@pytest.mark.parametrize(
    ("title", "side", "change"),
    [
        (Title.BANK, Side.DEBIT, 5),
        (Title.BANK, Side.CREDIT, -5),
        (Title.PAYABLE, Side.CREDIT, 5),
        (Title.PAYABLE, Side.DEBIT, -5),
    ],
)
def test_a_line_on_the_normal_side_adds(title: Title, side: Side, change: int) -> None:
    """A line must add on the title's own side and take away on the other."""
    assert change == posting(title, side, 5).change


def test_a_line_of_nothing_is_refused() -> None:
    """A line of zero must be left out."""
    with pytest.raises(InvalidValueError, match=r"amount must be >= 0\.01"):
        Posting(title=Title.BANK, side=Side.DEBIT, amount=ZERO)


@pytest.mark.clause("HN-4.3.1")
@pytest.mark.parametrize(
    ("title", "source"),
    [(Title.CONTRIBUTION, None), (Title.BANK, FundingSource.UNION)],
    ids=["too few", "too many"],
)
def test_the_source_fits_the_title(title: Title, source: FundingSource | None) -> None:
    """A contribution without a source, and a source elsewhere, must be refused."""
    with pytest.raises(InvalidValueError, match=f"source must fit the title {title.code}"):
        posting(title, Side.DEBIT, 5, source)


@pytest.mark.clause("ACFTU-13.3b")
def test_every_line_changes_an_account_of_its_scheme(entry: LedgerEntry) -> None:
    """A line must find its account, with period and source where the title has them."""
    member = FundAccount(
        scheme_id="A", title=Title.CONTRIBUTION, period_id="2014", source=FundingSource.MEMBER
    )
    bank = FundAccount(scheme_id="A", title=Title.BANK)
    assert [bank, member] == [entry.account(line) for line in entry.postings[:2]]


def test_lines_make_up_their_entry_again(entry: LedgerEntry) -> None:
    """The lines in any order must give back the entry."""
    assert entry == entry_of(tuple(reversed(lines_of(entry))))


def test_lines_are_numbered(entry: LedgerEntry) -> None:
    """Lines must count from one and know how many they are."""
    assert [(line.line, line.lines) for line in lines_of(entry)] == [(1, 3), (2, 3), (3, 3)]


def test_a_line_beyond_the_last_is_refused(entry: LedgerEntry) -> None:
    """A line must not have a number above the number of lines."""
    with pytest.raises(InvalidValueError, match="line must be <= 3, got 4"):
        attrs.evolve(lines_of(entry)[0], line=4)


@pytest.mark.parametrize("kept", [(), (0, 1), (0, 0, 1, 2), (1, 2), (0, 1, 1)], ids=str)
def test_missing_and_doubled_lines_are_refused(entry: LedgerEntry, kept: tuple[int, ...]) -> None:
    """Lines that are not every line of the entry once must be refused."""
    lines = lines_of(entry)
    with pytest.raises(InvalidValueError, match="lines must be every line of one entry"):
        entry_of(tuple(lines[index] for index in kept))


@pytest.mark.parametrize(
    "change", [{"entry_id": "E-2"}, {"scheme_id": "B"}, {"subject": "U-2"}, {"lines": 4}], ids=str
)
def test_lines_of_another_entry_are_refused(entry: LedgerEntry, change: dict[str, object]) -> None:
    """A line whose head differs from the others' must be refused."""
    first, *others = lines_of(entry)
    with pytest.raises(InvalidValueError, match="lines must be every line of one entry"):
        entry_of((attrs.evolve(first, **change), *others))


def test_a_line_that_claims_very_many_lines_is_refused(entry: LedgerEntry) -> None:
    """A stored line that says it is one of a million million must be refused at once."""
    first = attrs.evolve(lines_of(entry)[0], lines=10**12)
    with pytest.raises(InvalidValueError, match="lines must be every line of one entry"):
        entry_of((first,))
