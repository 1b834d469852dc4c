"""The books as plain text that ``bean-check`` (Beancount 3) accepts (账簿导出).

Anybody can check the ledger with a program that is not ours. A debit is a positive number and a
credit a negative one, as Beancount has it, so income, liabilities and equity carry a minus.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Final

from mutualaid_core.domain.fund.account import FundAccount, Side, Title
from mutualaid_core.domain.fund.ledger import LedgerEntry, Posting
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.publication.labels import CODES

CURRENCY: Final = "CNY"

ACCOUNTS: Final[Mapping[Title, str]] = {
    Title.BANK: "Assets:Bank",
    Title.CONTRIBUTION: "Income:Contributions",
    Title.BENEFIT: "Expenses:Benefits",
    Title.PAYABLE: "Liabilities:Payable",
    Title.RESERVE: "Equity:Reserve",
    Title.GRANT: "Equity:Grant",
    Title.HELD_BANK: "Assets:Held",
    Title.HELD: "Liabilities:Held",
    Title.AGENCY: "Assets:Agencies",
}
"""Account (科目) of each title; the scheme and, for contributions, the source follow."""

_STRANGE: Final = re.compile(r"[^A-Za-z0-9-]", re.ASCII)
_LINK: Final = re.compile(r"[A-Za-z0-9\-_/.]+", re.ASCII)


def beancount_text(entries: Iterable[LedgerEntry], *, title: str = "mutual-aid fund") -> str:
    """The entries as a Beancount file, with every balance asserted to the fen at its end.

    Accounts are opened on the day of their first entry, entries stand by day and within a day in
    the order given, and the day after the last entry every account's balance is asserted with a
    tolerance of nothing. Ids are metadata; an entry is linked by its subject, so that approval and
    payment of one claim find each other. Periods are metadata and tags, not accounts.

    Args:
        entries: Entries of one book or of several.
        title: Title of the file.

    Returns:
        The text; to be written as UTF-8.

    Clause:
        ACFTU-8.1e, ACFTU-13.3b, HN-4.3.1
    """
    ordered = sorted(entries, key=lambda entry: entry.booked_on)
    options = [f'option "title" {_string(title)}', f'option "operating_currency" "{CURRENCY}"']
    opened = [_open(account, on) for account, on in _first_days(ordered).items()]
    booked = [_transaction(entry) for entry in ordered]
    asserted = _balances(ordered)
    blocks = ("\n".join(options), *opened, *booked, "\n".join(asserted))
    return "\n\n".join(block for block in blocks if block) + "\n"


def account_name(account: FundAccount) -> str:
    """Name of an account in Beancount's grammar.

    All periods of a title share one account. A scheme id with characters that the grammar does
    not know is written with hyphens and a few digits of its hash, so that two schemes never meet.

    >>> from mutualaid_core.domain.values.identifiers import SchemeId
    >>> account_name(FundAccount(scheme_id=SchemeId("chengbu"), title=Title.BANK))
    'Assets:Bank:S-chengbu'
    """
    plain = _STRANGE.sub("-", account.scheme_id)
    if plain != account.scheme_id:
        plain = f"{plain}-{hashlib.sha256(account.scheme_id.encode()).hexdigest()[:12]}"
    source = f":{account.source.value.capitalize()}" if account.source else ""
    return f"{ACCOUNTS[account.title]}:S-{plain}{source}"


def _first_days(entries: list[LedgerEntry]) -> dict[str, tuple[FundAccount, datetime.date]]:
    """Every account by name, in the order of use, with the day of its first entry."""
    found: dict[str, tuple[FundAccount, datetime.date]] = {}
    for entry in entries:
        for account in map(entry.account, entry.postings):
            found.setdefault(account_name(account), (account, entry.booked_on))
    return found


def _open(name: str, first: tuple[FundAccount, datetime.date]) -> str:
    account, on = first
    facts = {
        "zh": account.title.zh,
        "en": account.title.en,
        "title": account.title.code,
        "scheme": account.scheme_id,
    }
    if account.source is not None:
        facts |= {"source": account.source.value, "source-zh": CODES[account.source].zh}
    return "\n".join((f"{on.isoformat()} open {name} {CURRENCY}", *_metadata(facts)))


def _transaction(entry: LedgerEntry) -> str:
    marks = [f"#{_fit('period-', entry.period_id)}", f"^{_fit('', entry.subject)}"]
    narration = f"{CODES[entry.kind].zh} {entry.subject}"
    head = " ".join(
        (entry.booked_on.isoformat(), "*", _string(narration), *(each for each in marks if each[1:]))
    )
    facts = {
        "entry": entry.entry_id,
        "period": entry.period_id,
        "kind": entry.kind.value,
        "subject": entry.subject,
    }
    lines = (
        f"  {account_name(entry.account(line))}  {_yuan(_signed(line))} {CURRENCY}" for line in entry.postings
    )
    return "\n".join((head, *_metadata(facts), *lines))


def _balances(entries: list[LedgerEntry]) -> list[str]:
    sums: dict[str, int] = {}
    for entry in entries:
        for line in entry.postings:
            name = account_name(entry.account(line))
            sums[name] = sums.get(name, 0) + _signed(line)
    if not entries:
        return []
    after = add_days(entries[-1].booked_on, 1).isoformat()
    return [f"{after} balance {name}  {_yuan(fen)} ~ 0 {CURRENCY}" for name, fen in sums.items()]


def _signed(line: Posting) -> int:
    return line.amount.fen if line.side is Side.DEBIT else -line.amount.fen


def _yuan(fen: int) -> str:
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _fit(prefix: str, text: str) -> str:
    """*text* as part of a tag or a link; nothing where the grammar does not allow it."""
    return prefix + text if _LINK.fullmatch(text) else ""


def _metadata(facts: Mapping[str, str]) -> Iterable[str]:
    return (f"  {name}: {_string(value)}" for name, value in facts.items())


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
