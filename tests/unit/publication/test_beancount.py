"""The books as Beancount text, checked by a small reader of their own."""

import datetime
import re
from collections import defaultdict
from decimal import Decimal

import attrs
import pytest

from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.fund.ledger import LedgerEntry
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.publication.beancount import ACCOUNTS, account_name, beancount_text

ACCOUNT = r"(?:Assets|Liabilities|Equity|Income|Expenses)(?::[A-Z0-9][A-Za-z0-9-]*)+"
STRING = r'"(?:[^"\\\n]|\\.)*"'
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
NUMBER = r"-?[0-9]+\.[0-9]{2}"
LINES = {
    "option": rf"option {STRING} {STRING}",
    "open": rf"({DAY}) open ({ACCOUNT}) CNY",
    "head": rf"({DAY}) \* {STRING}(?: #[A-Za-z0-9/_.-]+)?(?: \^[A-Za-z0-9/_.-]+)?",
    "metadata": rf"  [a-z][a-z-]+: {STRING}",
    "posting": rf"  ({ACCOUNT})  ({NUMBER}) CNY",
    "balance": rf"({DAY}) balance ({ACCOUNT})  ({NUMBER}) ~ 0 CNY",
    "blank": "",
}


def read(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The lines of a book with their kind; a line of no kind is an error."""
    found = []
    for line in text.splitlines():
        kinds = [
            (kind, match.groups()) for kind, form in LINES.items() if (match := re.fullmatch(form, line))
        ]
        assert len(kinds) == 1, line
        found += kinds
    return found


def check(text: str) -> dict[str, Decimal]:
    """Balances of a book in which every entry balances, after what ``bean-check`` would look at."""
    opened: dict[str, str] = {}
    sums: dict[str, Decimal] = defaultdict(Decimal)
    asserted: dict[str, Decimal] = {}
    day, entry = "", Decimal(0)
    for kind, parts in read(text):
        if kind == "open":
            opened[parts[1]] = parts[0]
        elif kind == "head":
            day, entry = parts[0], Decimal(0)
        elif kind == "posting":
            assert opened[parts[0]] <= day
            sums[parts[0]] += Decimal(parts[1])
            entry += Decimal(parts[1])
        elif kind == "balance":
            assert parts[0] > day
            asserted[parts[1]] = Decimal(parts[2])
        elif kind == "blank":
            assert entry == 0
    assert asserted == sums
    return asserted


def test_balances(book: tuple[LedgerEntry, ...]) -> None:
    """Each account must end with what its entries come to, debits positive and credits negative."""
    # 1,000.00 + 50.00 in the bank; 20.00 from members, 30.00 from the employer; 40.50 owed.
    assert check(beancount_text(book)) == {
        "Assets:Bank:S-chengbu": Decimal("1050.00"),
        "Equity:Grant:S-chengbu": Decimal("-1000.00"),
        "Income:Contributions:S-chengbu:Member": Decimal("-20.00"),
        "Income:Contributions:S-chengbu:Employer": Decimal("-30.00"),
        "Expenses:Benefits:S-chengbu": Decimal("40.50"),
        "Liabilities:Payable:S-chengbu": Decimal("-40.50"),
    }


def test_an_entry(book: tuple[LedgerEntry, ...]) -> None:
    """An entry must carry its id, period, kind and subject, and a link by its subject."""
    assert (
        '2014-04-01 * "审定补助 C-1" #period-2014 ^C-1\n'
        '  entry: "E-3"\n'
        '  period: "2014"\n'
        '  kind: "approval"\n'
        '  subject: "C-1"\n'
        "  Expenses:Benefits:S-chengbu  40.50 CNY\n"
        "  Liabilities:Payable:S-chengbu  -40.50 CNY\n"
    ) in beancount_text(book)


def test_an_account_is_opened_on_its_first_day(book: tuple[LedgerEntry, ...]) -> None:
    """An account must be opened on the day of its first entry, with its names."""
    assert (
        "2014-01-10 open Income:Contributions:S-chengbu:Employer CNY\n"
        '  zh: "互助金收入"\n'
        '  en: "contributions"\n'
        '  title: "contribution"\n'
        '  scheme: "chengbu"\n'
        '  source: "employer"\n'
        '  source-zh: "单位行政"\n'
    ) in beancount_text(reversed(book))


def test_balances_are_asserted_the_day_after(book: tuple[LedgerEntry, ...]) -> None:
    """The balances must be asserted on the day after the last entry, with no tolerance."""
    assert beancount_text(book).splitlines()[-1] == (
        "2014-04-02 balance Liabilities:Payable:S-chengbu  -40.50 ~ 0 CNY"
    )


def test_strings_are_escaped(book: tuple[LedgerEntry, ...]) -> None:
    """Quotes, backslashes and line ends in a text must not end the string."""
    text = beancount_text(book, title='a "b"\nc')
    assert r'  subject: "市\"财政\"局\\"' in text
    assert text.splitlines()[0] == r'option "title" "a \"b\"\nc"'


def test_strange_ids_make_no_link(book: tuple[LedgerEntry, ...]) -> None:
    """A period or subject that the grammar does not know must stay in the metadata only."""
    strange = attrs.evolve(book[2], subject="文号(1)", period_id="二〇一四")
    assert '2014-04-01 * "审定补助 文号(1)"\n' in beancount_text((strange,))


def test_no_entries() -> None:
    """A book without entries must be a valid file too."""
    assert [kind for kind, _ in read(beancount_text(()))] == ["option", "option"]


def test_every_title_has_an_account() -> None:
    """Each title must have its own account."""
    assert len({ACCOUNTS[title] for title in Title}) == len(Title)


@pytest.mark.parametrize("scheme", ["chengbu", "7", "-x", "CB.2014", "CB_2014", "城步", "a:b"])
@pytest.mark.parametrize("source", FundingSource)
def test_account_names_keep_to_the_grammar(scheme: str, source: FundingSource) -> None:
    """Whatever the scheme's id, the account's name must be one that Beancount accepts."""
    account = FundAccount(scheme_id=scheme, title=Title.CONTRIBUTION, period_id="2014", source=source)
    assert re.fullmatch(ACCOUNT, account_name(account), re.ASCII)


def test_two_schemes_never_share_an_account() -> None:
    """Ids that differ in a strange character only must have different accounts."""
    names = {
        account_name(FundAccount(scheme_id=scheme, title=Title.BANK)) for scheme in ("a.b", "a_b", "a-b")
    }
    assert len(names) == 3


def test_the_checker_sees_a_wrong_figure(book: tuple[LedgerEntry, ...]) -> None:
    """A balance that is a fen off must be seen."""
    with pytest.raises(AssertionError):
        check(beancount_text(book).replace("1050.00 ~ 0", "1050.01 ~ 0"))


def test_entries_stand_by_day(book: tuple[LedgerEntry, ...]) -> None:
    """Entries must stand by day, and within a day in the order given."""
    first = attrs.evolve(book[0], booked_on=datetime.date(2014, 4, 1))
    kinds = re.findall(r'kind: "(\w+)"', beancount_text((book[2], first, book[1])))
    assert kinds == ["contribution", "approval", "grant"]
