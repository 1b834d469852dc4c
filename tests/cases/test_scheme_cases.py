"""Runs the cases of ``published`` and ``made_up``: by the rules, and by the command with both engines.

A case is a person with a cover, that person's claims, and what each is paid; the arithmetic stands
beside it. What a claim does not tell is filled in here and nowhere else: a stay of eight nights in the
month of its place in the list, nothing for an amount that a whole settlement leaves out, and, in the
files for the command, any answer to what only parts ask that the person does not hold.
"""

import csv
import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from mutualaid_core.cli.app import run
from mutualaid_core.domain.scheme.facts import KNOWN_AMOUNTS, KNOWN_FACTS, EventKind, FactKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.money import parse_yuan
from mutualaid_core.intake.claims.needs import Needs, needs_of
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.rules.claims.counters import Counters, lasts
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import Outcome, adjudicate_lines
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.membership.dues import Holding, check_parts, dues_of, split_of
from mutualaid_core.rules.membership.facts import MemberFacts

FOLDER: Final = Path(__file__).parent
SHIPPED: Final = Path(__file__).parents[2] / "src" / "mutualaid_core" / "schemes"
PERSON: Final = "P-1"
PERIOD: Final = "1"
PLAIN: Final = frozenset({"event", "began", "ended", "elsewhere", "cost", "parts"})
"""What a case tells that is no fact of the scheme language."""

Case = dict[str, Any]


def cases(folder: str, *, of_dues: bool) -> list[Any]:
    """Every case of a folder with the file of its scheme; its id, situation and source are the test's."""
    found = []
    for path in sorted((FOLDER / folder).glob("*.toml")):
        document = tomllib.loads(path.read_text("utf-8"))
        found += [
            pytest.param(
                scheme_of(case.get("scheme", document.get("scheme"))),
                case,
                id=f"{case['id']}: {case['given']} ({case.get('source', 'made up')})",
            )
            for case in document["case"]
            if ("dues" in case) is of_dues
        ]
    return found


def scheme_of(name: str) -> Path:
    """The file of a scheme: a shipped one, or one of the folder beside the cases."""
    return FOLDER / name if "/" in name else SHIPPED / name


def version_in(path: Path) -> SchemeVersion:
    """The one version of a scheme file, which must be without problems."""
    file, problems = read_scheme_file(path)
    assert file is not None, problems
    (version,) = file.versions
    return version


def kinds_of(version: SchemeVersion) -> dict[str, FactKind]:
    """What kind of fact each name is that a case may tell under these terms."""
    return KNOWN_FACTS | {fact.name: fact.kind for fact in version.facts}


def facts_in(told: Mapping[str, Any], version: SchemeVersion) -> dict[str, dict[str, Any]]:
    """The facts that a case tells, by kind; money is written in yuan."""
    kinds = kinds_of(version)
    found: dict[FactKind, dict[str, Any]] = {kind: {} for kind in FactKind}
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
        period_id=PERIOD,
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


def outcomes_in(case: Case, version: SchemeVersion) -> list[Outcome]:
    """What becomes of each claim by the rules."""
    lines = [line_in(told, number, version) for number, told in enumerate(case["claim"], 1)]
    covers, counters = {PERSON: (cover_in(case, version),)}, Counters()
    for prior in case.get("prior", ()):
        used = parse_yuan(prior["used"]).fen if prior["counter"].startswith("amount/") else int(prior["used"])
        counters.add(PERSON, PERIOD, {prior["counter"]: used})
    outcomes = adjudicate_lines(compile_version(version), lines, covers, counters)
    return [outcomes[line.claim_id] for line in lines]


def assert_paid(case: Case, version: SchemeVersion) -> None:
    """Each claim must be paid what the case says, and the last one lead with its reason."""
    outcomes = outcomes_in(case, version)
    assert [outcome.amount for outcome in outcomes] == fen(case["paid"])
    if "reason" in case:
        assert outcomes[-1].reasons[0].name == case["reason"]


def fen(amounts: list[str]) -> list[int]:
    """Amounts of a case in fen."""
    return [parse_yuan(amount).fen for amount in amounts]


def cell(value: object, kind: FactKind) -> str:
    """A fact as it is written in a cell."""
    if kind is FactKind.AMOUNT:
        assert isinstance(value, int)
        return f"{value // 100}.{value % 100:02d}"
    return str(int(value)) if isinstance(value, bool) else str(value)


def cells(facts: Mapping[str, Mapping[str, Any]], needs: Needs) -> dict[str, str]:
    """Facts by kind as the cells of a row."""
    told = {name: value for each in facts.values() for name, value in each.items()}
    return {name: cell(value, needs.kinds[name]) for name, value in told.items()}


def filler(line: ClaimLine, known: set[str], needs: Needs, held: frozenset[str]) -> dict[str, str]:
    """Any answer to what the file owes and the case leaves out, for no part that is held asks for it."""
    owed = needs.required_of(line.event, held) - known - {"ended", "cover_day", "parts"}
    return {name: next(iter(needs.words.get(name, ())), "0") for name in owed}


def put(path: Path, rows: list[dict[str, str]]) -> Path:
    """Write rows as CSV, with a blank cell where a row does not know a column."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def members_in(case: Case, version: SchemeVersion, folder: Path) -> Path:
    """The file of members of a case."""
    cover, needs = cover_in(case, version), needs_of(version)
    row = {"person_id": PERSON, "period_id": PERIOD, "first_day": str(cover.days.first_day)}
    row["last_day"] = str(cover.days.last_day)
    if version.parts:
        row["parts"] = ";".join(sorted(cover.parts))
    facts = {"counts": cover.counts, "codes": cover.codes, "flags": cover.flags}
    return put(folder / "members.csv", [row | cells(facts, needs)])


def claims_in(case: Case, version: SchemeVersion, folder: Path) -> Path:
    """The file of claims of a case."""
    needs, known, rows = needs_of(version), set(facts_told(case["member"])), []
    for number, told in enumerate(case["claim"], 1):
        line = line_in(told, number, version)
        row = {"claim_id": line.claim_id, "person_id": PERSON, "event": line.event.value}
        row |= {"began": str(line.began), "ended": str(line.ended)}
        row["elsewhere"] = cell(line.elsewhere, FactKind.AMOUNT)
        facts = {"a": line.amounts, "b": line.counts, "c": line.codes, "d": line.flags}
        found = cells(facts, needs)
        rows.append(
            row | found | filler(line, known | set(found), needs, frozenset(case["member"].get("parts", ())))
        )
    return put(folder / "claims.csv", rows)


def prior_in(case: Case, folder: Path) -> Path:
    """The file of what was used before; a counter over a lifetime belongs to no period."""
    rows = [
        {"person_id": PERSON, "period_id": "" if lasts(prior["counter"]) else PERIOD, **prior}
        for prior in case["prior"]
    ]
    return put(folder / "prior.csv", rows)


def facts_told(told: Mapping[str, Any]) -> list[str]:
    """Names of the facts that a table of a case tells."""
    return [name for name in told if name not in PLAIN]


def column(arguments: list[object], name: str, folder: Path) -> list[str]:
    """One column of what ``mutualaid calculate`` answers."""
    out = folder / "out.csv"
    out.unlink(missing_ok=True)
    assert run(["calculate", *map(str, arguments), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


DUES: Final = [*cases("published", of_dues=True), *cases("made_up", of_dues=True)]


@pytest.mark.parametrize("engine", ["scalar", "columnar"])
@pytest.mark.parametrize(
    ("scheme", "case"), [*cases("published", of_dues=False), *cases("made_up", of_dues=False)]
)
def test_command(scheme: Path, case: Case, engine: str, tmp_path: Path) -> None:
    """The command must pay what the case says with either engine."""
    if engine == "columnar":
        pytest.importorskip("numpy")
    version = version_in(scheme)
    files = ["--claims", claims_in(case, version, tmp_path), "--members", members_in(case, version, tmp_path)]
    if "prior" in case:
        files += ["--prior", prior_in(case, tmp_path)]
    paid = column(["--scheme", scheme, *files, "--engine", engine], "benefit_fen", tmp_path)
    assert paid == [str(each) for each in fen(case["paid"])]


@pytest.mark.parametrize(("scheme", "case"), DUES)
def test_command_for_dues(scheme: Path, case: Case, tmp_path: Path) -> None:
    """The command must ask the dues that the case says, of those who bear them."""
    arguments = ["--dues", "--scheme", scheme, "--members", members_in(case, version_in(scheme), tmp_path)]
    assert column(arguments, "dues_fen", tmp_path) == [str(parse_yuan(case["dues"]).fen)]
    for payer, amount in case["borne"].items():
        assert column(arguments, f"borne_by_{payer}", tmp_path) == [str(parse_yuan(amount))]


@pytest.mark.parametrize(("scheme", "case"), cases("published", of_dues=False))
def test_published_rule(scheme: Path, case: Case) -> None:
    """A shipped scheme must pay what its published rule gives, claim by claim."""
    assert_paid(case, version_in(scheme))


@pytest.mark.parametrize(("scheme", "case"), cases("made_up", of_dues=False))
def test_made_up_rule(scheme: Path, case: Case) -> None:
    """A scheme must pay what the arithmetic beside a case of ours gives, claim by claim."""
    assert_paid(case, version_in(scheme))


@pytest.mark.parametrize(("scheme", "case"), DUES)
def test_dues(scheme: Path, case: Case) -> None:
    """A shipped scheme must ask the dues that its rule gives, of those who bear them."""
    version = version_in(scheme)
    member = case["member"]
    facts = MemberFacts(**facts_in(member, version))
    parts = tuple(member["parts"])
    check_parts(parts, version.parts)
    held = tuple(Holding(part=part, shares=member["shares"]) for part in parts or (None,))
    due = dues_of(held, version.dues, facts)
    borne = {part.payer.value: part.amount.fen for part in split_of(due, version.dues.split)}
    assert due.fen == parse_yuan(case["dues"]).fen
    assert borne == {payer: parse_yuan(amount).fen for payer, amount in case["borne"].items()}
