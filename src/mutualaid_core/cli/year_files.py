"""The files that a year's run writes (输出文件): all made first, then put in place."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from mutualaid_core.domain.claims.claim import Claim, ClaimState
from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.fund.account import FundAccount, Title
from mutualaid_core.domain.fund.ledger import LedgerEntry, LedgerLine, entry_of
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.publication.beancount import beancount_text
from mutualaid_core.publication.decisions import decisions_csv
from mutualaid_core.publication.disclosure_page import disclosure_page
from mutualaid_core.publication.summary import YearFigures, summary_json
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.closing import grants_of
from mutualaid_core.services.year import Year, YearRun
from mutualaid_core.work import read_all, read_each

LEDGER, DECISIONS, SUMMARY, DISCLOSURE = FILES = (
    "ledger.beancount",
    "decisions.csv",
    "summary.json",
    "disclosure.html",
)
"""Names of the files."""


@contextmanager
def out_folder(out: Path) -> Iterator[None]:
    """The output folder, made and tried before a store is touched; taken back if nothing comes of it.

    Raises:
        InvalidValueError: It cannot be made, or not be written to.
    """
    made: list[Path] = []
    try:
        made += [folder for folder in (out, *out.parents) if not folder.exists()]
        out.mkdir(parents=True, exist_ok=True)
        _try(out)
    except (OSError, ValueError) as error:
        _take_back(made)
        what = getattr(error, "strerror", None) or "not a path"
        raise InvalidValueError("out", f"must be a folder that can be written ({what})", str(out)) from error
    try:
        yield
    except BaseException:
        _take_back(made)
        raise


def _try(out: Path) -> None:
    with tempfile.TemporaryFile(dir=out):
        pass
    for name in FILES:
        if (out / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder")


def _take_back(made: list[Path]) -> None:
    """Remove those folders that are still empty, the innermost first."""
    for folder in made:
        with suppress(OSError, ValueError):
            folder.rmdir()


def write_year_files(
    store: Store, year: Year, done: YearRun, figures: YearFigures, out: Path
) -> tuple[Path, ...]:
    """Write ledger, decisions, summary and, if the period was disclosed, the page.

    Each file is written beside its place and moved there, so no half-written file is seen. A
    page of an earlier run is removed where there is none now.
    """
    texts = {
        LEDGER: beancount_text(_entries(store, year), title=year.founding.scheme.name),
        DECISIONS: decisions_csv(_decisions(store, year)),
        SUMMARY: summary_json(figures),
    }
    if done.disclosure is not None:
        texts[DISCLOSURE] = disclosure_page(done.disclosure)
    else:
        (out / DISCLOSURE).unlink(missing_ok=True)
    return tuple(_put(out / name, text) for name, text in texts.items())


def figures_of(store: Store, year: Year, done: YearRun) -> YearFigures:
    """The year's figures, read back from the store and not from the run."""
    founding = year.founding
    scheme_id, period_id = founding.scheme.scheme_id, founding.period.period_id
    admissions = [
        each for each in read_all(store, Admission, "scheme_id", scheme_id) if each.period_id == period_id
    ]
    paid_in = [
        each for each in read_all(store, Contribution, "scheme_id", scheme_id) if each.period_id == period_id
    ]
    decided = _decisions(store, year)
    opening, granted, closing, parts = _balances(store, year, done)
    return YearFigures(
        units=sum(each.judgement.admitted for each in admissions),
        members=len({each.member_id for each in paid_in}),
        contributions=total(each.amount for each in paid_in),
        decisions=tuple(decision for _, decision in decided),
        paid=done.paid,
        opening=opening,
        granted=granted,
        closing=closing,
        reserve=parts[0] if parts else None,
        grant=parts[1] if parts else None,
        unpaid=tuple(
            claim.claim_id
            for claim, decision in decided
            if decision.benefit and claim.state is not ClaimState.PAID
        ),
    )


def _balances(
    store: Store, year: Year, done: YearRun
) -> tuple[Money, Money, Money, tuple[Money, Money] | None]:
    """Opening, granted and closing, and what of the closing is reserve and grant, once that is known."""
    if done.closing is not None:
        parts = done.closing.reserve_after, done.closing.grant_after
        return done.closing.opening_balance, done.closing.granted, parts[0] + parts[1], parts
    scheme_id = year.founding.scheme.scheme_id
    grant, granted = grants_of(
        store, year.founding.period, tuple(read_all(store, Period, "scheme_id", scheme_id))
    )
    titles = (Title.RESERVE, Title.BANK)
    keys = [FundAccount(scheme_id=scheme_id, title=title).counter for title in titles]
    counters = store.get((), keys).counters
    reserve, bank = (Money(counters[key].value) for key in keys)
    return reserve + grant, granted, bank, None


def _decisions(store: Store, year: Year) -> list[tuple[Claim, Decision]]:
    """Claims of the period with their decisions, in the order in which they were judged."""
    scheme_id, period_id = year.founding.scheme.scheme_id, year.founding.period.period_id
    claims = [each for each in read_all(store, Claim, "scheme_id", scheme_id) if each.period_id == period_id]
    claims.sort(key=lambda claim: (claim.discharged_on, claim.claim_id))
    decisions = read_each(store, Decision, [key_of(scheme_id, claim.claim_id) for claim in claims])
    return [(claim, decisions[key_of(scheme_id, claim.claim_id)]) for claim in claims]


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
    return beside.replace(path)
