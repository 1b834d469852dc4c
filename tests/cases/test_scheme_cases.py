"""Runs the cases of ``published`` and ``made_up`` through the one-by-one rules.

A case is a person with a cover, that person's claims, and what each is paid; the arithmetic stands
beside it. What a claim does not tell is filled in here and nowhere else: a stay of nine days in the
month of its place in the list, and nothing for an amount that a whole settlement leaves out.
"""

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from mutualaid_core.domain.scheme.facts import KNOWN_AMOUNTS, KNOWN_FACTS, EventKind, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import parse_yuan
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.structure import structure
from mutualaid_core.intake.year_files import SchemeFile
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.lines import ClaimLine, Cover, adjudicate_lines
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.membership.dues import Holding, check_parts, dues_of, split_of
from mutualaid_core.rules.membership.facts import MemberFacts

FOLDER: Final = Path(__file__).parent
SHIPPED: Final = Path(__file__).parents[2] / "src" / "mutualaid_core" / "schemes"
PERSON: Final = "P-1"
PLAIN: Final = frozenset({"event", "began", "ended", "elsewhere", "cost", "parts"})
"""What a case tells that is no fact of the scheme language."""

Case = dict[str, Any]


def cases(folder: str, *, of_dues: bool) -> list[Any]:
    """Every case of a folder with the file of its scheme; its id, situation and source are the test's."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        scheme = (SHIPPED if folder == "published" else FOLDER) / document["scheme"]
        found += [
            pytest.param(scheme, case, id=f"{case['id']}: {case['given']} ({case.get('source', 'made up')})")
            for case in document["case"]
            if ("dues" in case) is of_dues
        ]
    return found


def version_in(path: Path) -> SchemeVersion:
    """The one version of a scheme file, which must be without problems."""
    document = read_document(path)
    file = structure(document, SchemeFile)
    assert file is not None, document.problems
    (version,) = file.versions
    return version


def kinds_of(version: SchemeVersion) -> dict[str, FactKind]:
    """What kind of fact each name is that a case may tell under these terms."""
    return KNOWN_FACTS | {fact.name: fact.kind for fact in version.facts}


def facts_in(told: Mapping[str, Any], version: SchemeVersion) -> dict[str, dict[str, Any]]:
    """The facts that a case tells, by kind; money is written in yuan."""
    kinds, found = kinds_of(version), {kind: {} for kind in FactKind}
    for name, value in told.items():
        if name not in PLAIN:
            kind = kinds[name]
            found[kind][name] = parse_yuan(value).fen if kind is FactKind.AMOUNT else value
    names = {FactKind.COUNT: "counts", FactKind.CODE: "codes", FactKind.FLAG: "flags"}
    return {"amounts": found[FactKind.AMOUNT], **{name: found[kind] for kind, name in names.items()}}


def cover_in(case: Case, version: SchemeVersion) -> Cover:
    """Cover over the whole of the version's days, with what the case tells of the member."""
    assert version.last_day is not None
    facts = facts_in(case["member"], version)
    return Cover(
        person_id=PERSON,
        period_id="1",
        days=DayRange(version.first_day, version.last_day),
        parts=frozenset(case["member"].get("parts", ())),
        counts=facts["counts"],
        codes=facts["codes"],
        flags=facts["flags"],
    )


def line_in(told: dict[str, Any], number: int, version: SchemeVersion) -> ClaimLine:
    """One claim of a case as a row."""
    facts = facts_in(told, version)
    if "cost" in told:
        facts["amounts"]["inscp_scp_amt"] = parse_yuan(told["cost"]).fen
    if "medfee_sumamt" in told:
        facts["amounts"] = dict.fromkeys(KNOWN_AMOUNTS, 0) | facts["amounts"]
    event = EventKind(told.get("event", "inpatient_stay"))
    began = told.get("began", datetime.date(version.first_day.year, number + 2, 1))
    stays = event is EventKind.INPATIENT_STAY
    return ClaimLine(
        claim_id=f"C-{number}",
        person_id=PERSON,
        event=event,
        began=began,
        ended=told.get("ended", began + datetime.timedelta(days=8) if stays else began),
        elsewhere=parse_yuan(told.get("elsewhere", "0")).fen,
        **facts,
    )


def paid_in(case: Case, version: SchemeVersion) -> list[int]:
    """What the rules pay for each claim, in fen."""
    lines = [line_in(told, number, version) for number, told in enumerate(case["claim"], 1)]
    covers = {PERSON: (cover_in(case, version),)}
    outcomes = adjudicate_lines(compile_version(version), lines, covers, Counters())
    return [outcomes[line.claim_id].amount for line in lines]


def fen(amounts: list[str]) -> list[int]:
    """Amounts of a case in fen."""
    return [parse_yuan(amount).fen for amount in amounts]


@pytest.mark.parametrize(("scheme", "case"), cases("published", of_dues=False))
def test_published_rule(scheme: Path, case: Case) -> None:
    """A shipped scheme must pay what its published rule gives, claim by claim."""
    assert paid_in(case, version_in(scheme)) == fen(case["paid"])


@pytest.mark.parametrize(("scheme", "case"), cases("made_up", of_dues=False))
def test_made_up_rule(scheme: Path, case: Case) -> None:
    """A made-up scheme must pay what the arithmetic beside the case gives, claim by claim."""
    assert paid_in(case, version_in(scheme)) == fen(case["paid"])


@pytest.mark.parametrize(("scheme", "case"), cases("published", of_dues=True))
def test_published_dues(scheme: Path, case: Case) -> None:
    """A shipped scheme must ask the dues that its published rule gives, of those who bear them."""
    version = version_in(scheme)
    member = case["member"]
    facts = MemberFacts(**facts_in(member, version))
    parts = tuple(member["parts"])
    check_parts(parts, version.parts)
    due = dues_of(tuple(Holding(part=part, shares=member["shares"]) for part in parts), version.dues, facts)
    borne = {part.payer.value: part.amount.fen for part in split_of(due, version.dues.split)}
    assert due.fen == parse_yuan(case["dues"]).fen
    assert borne == {payer: parse_yuan(amount).fen for payer, amount in case["borne"].items()}
