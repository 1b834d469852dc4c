"""The files that a year's run writes (输出文件): all made first, then put in place."""

import os
from pathlib import Path

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.fund.ledger import LedgerEntry, LedgerLine, entry_of
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.beancount import beancount_text
from mutualaid_core.publication.decisions import decisions_csv
from mutualaid_core.publication.disclosure_page import disclosure_page
from mutualaid_core.publication.summary import YearFigures, summary_json
from mutualaid_core.services.year import Year, YearRun
from mutualaid_core.work import read_all, read_many


def write_year_files(
    store: Store, year: Year, done: YearRun, figures: YearFigures, out: Path
) -> tuple[Path, ...]:
    """Write ledger, decisions, summary and, if the period was disclosed, the page.

    Each file is written beside its place and moved there, so no half-written file is seen.
    """
    texts = {
        "ledger.beancount": beancount_text(_entries(store, year), title=year.founding.scheme.name),
        "decisions.csv": decisions_csv(_decisions(store, year)),
        "summary.json": summary_json(figures),
    }
    if done.disclosure is not None:
        texts["disclosure.html"] = disclosure_page(done.disclosure)
    out.mkdir(parents=True, exist_ok=True)
    return tuple(_put(out / name, text) for name, text in texts.items())


def figures_of(store: Store, year: Year, done: YearRun) -> YearFigures:
    """The year's figures, read back from the store and not from the run."""
    founding = year.founding
    scheme_id, period_id = founding.scheme.scheme_id, founding.period.period_id
    admissions = [each for each in read_all(store, Admission, "scheme_id", scheme_id) if each.period_id == period_id]
    paid_in = [each for each in read_all(store, Contribution, "scheme_id", scheme_id) if each.period_id == period_id]
    opening, reserve, grant = _balances(store, year, done)
    return YearFigures(
        units=sum(each.admitted for each in admissions),
        members=len({each.member_id for each in paid_in}),
        contributions=total(each.amount for each in paid_in),
        decisions=tuple(decision for _, decision in _decisions(store, year)),
        paid=done.paid,
        opening=opening,
        closing=reserve + grant,
        reserve=reserve,
        grant=grant,
    )


def _balances(store: Store, year: Year, done: YearRun) -> tuple[Money, Money, Money]:
    """Opening, and reserve and grant at the end; before closing the result counts as reserve."""
    if done.closing is not None:
        return done.closing.opening_balance, done.closing.reserve_after, done.closing.grant_after
    scheme_id = year.founding.scheme.scheme_id
    keys = [FundAccount(scheme_id=scheme_id, title=title).counter for title in (Title.RESERVE, Title.GRANT, Title.BANK)]
    counters = store.get((), keys).counters
    reserve, grant, bank = (Money(counters[key].value) for key in keys)
    return reserve + grant, bank - grant, grant


def _decisions(store: Store, year: Year) -> list[tuple[Claim, Decision]]:
    """Claims of the period with their decisions, in the order in which they were judged."""
    scheme_id, period_id = year.founding.scheme.scheme_id, year.founding.period.period_id
    claims = [each for each in read_all(store, Claim, "scheme_id", scheme_id) if each.period_id == period_id]
    claims.sort(key=lambda claim: (claim.discharged_on, claim.claim_id))
    decisions = read_many(store, Decision, [claim.claim_id for claim in claims])
    return [(claim, decisions[claim.claim_id]) for claim in claims]


def _entries(store: Store, year: Year) -> list[LedgerEntry]:
    """Entries of the scheme's book, by day and id."""
    by_entry: dict[str, list[LedgerLine]] = {}
    for line in read_all(store, LedgerLine, "scheme_id", year.founding.scheme.scheme_id):
        by_entry.setdefault(line.entry_id, []).append(line)
    entries = [entry_of(tuple(lines)) for lines in by_entry.values()]
    return sorted(entries, key=lambda entry: (entry.booked_on, entry.entry_id))


def _put(path: Path, text: str) -> Path:
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(beside, path)
    return path
