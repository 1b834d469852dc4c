"""YAML files with one fault: its line, its path and its kind, and no other."""

import time
from typing import Any

import pytest

from mutualaid_core.intake.year_folder import read_year

POLICY, SCHEME, YEAR = "policy.yaml", "scheme.yaml", "year.yaml"
Folder = Any


def line_of(folder: Folder, name: str, text: str) -> int:
    """Line in which *text* first stands."""
    return folder.text(name).partition(text)[0].count("\n") + 1


VERSION = "versions[0]."
DUES, RATE = VERSION + "dues.", VERSION + "dues.rates[0]."
BENEFIT, STEPS = VERSION + "benefits[0].", VERSION + "benefits[0].steps"
FIELDS = [
    (SCHEME, "ratio: 30%", "ratio: 0.3", STEPS + "[1].bands[0].ratio", "VALUE"),
    (SCHEME, "ratio: 30%", "ratio: 130%", STEPS + "[1].bands[0].ratio", "VALUE"),
    (SCHEME, "ratio: 30%", "ratio: -3%", STEPS + "[1].bands[0].ratio", "VALUE"),
    (SCHEME, "ratio: 30%", "ratio: [30%]", STEPS + "[1].bands[0].ratio", "VALUE"),
    (SCHEME, "up_to: 5000.00, r", "up_to: 6000.00, r", STEPS + "[1].bands[1].above", "BANDS"),
    (SCHEME, "up_to: 5000.00, r", "up_to: 4000.00, r", STEPS + "[1].bands[1].above", "BANDS"),
    (SCHEME, "up_to: 5000.00, r", "up_to: 0.00, r", STEPS + "[1].bands[0].up_to", "VALUE"),
    (SCHEME, "kind: marginal_bands", "kind: marginal", STEPS + "[1].kind", "VALUE"),
    (SCHEME, "shares_max: 1", "shares_max: one", RATE + "shares_max", "VALUE"),
    (SCHEME, "shares_max: 1", "shares_max: 0", RATE + "shares_max", "VALUE"),
    (SCHEME, "shares_max: 1", "shares_max: 1.0", RATE + "shares_max", "VALUE"),
    (SCHEME, "amount: 50.00\n          s", "amount: 50.001\n          s", RATE + "amount", "VALUE"),
    (SCHEME, "amount: 50.00\n          s", "amount:\n          s", RATE + "amount", "VALUE"),
    (SCHEME, "payers: [member, employer]", "payers: member", DUES + "payers", "VALUE"),
    (SCHEME, "payers: [member, employer]", "payers: []", DUES + "payers", "VALUE"),
    (SCHEME, "[member, employer]", "[member, boss]", DUES + "payers[1]", "VALUE"),
    (SCHEME, 'kinds_of_care: ["21"]', 'kinds_of_care: "21"', VERSION + "event.kinds_of_care", "VALUE"),
    (SCHEME, "institutions: []", "institutions: [H1]", VERSION + "event.institutions[0]", "VALUE"),
    (SCHEME, "last_day: 2014-12-31", "last_day: 2013-12-31", VERSION + "last_day", "VALUE"),
    (SCHEME, "first_day: 2014-01-01", "first_day: 2014-02-30", VERSION + "first_day", "VALUE"),
    (SCHEME, "level: city", "level: county", "region.level", "VALUE"),
    (SCHEME, "  supervisor: 湖南省总工会\n", "", "region.supervisor", "VALUE"),
    (SCHEME, "  name: 邵阳市\n", "", "region.name", "MISSING_FIELD"),
    (SCHEME, "  name: 邵阳市", "  naem: 邵阳市", "region.naem", "UNKNOWN_FIELD"),
    (SCHEME, "  name: 邵阳市", "  name: 邵阳市\n  name: 长沙市", "region.name", "DOUBLED_FIELD"),
    (SCHEME, "source: workercn-2014", "source: workercn", RATE + "source", "UNKNOWN_SOURCE"),
    (SCHEME, "add: [inscp_scp_amt]", "add: [inscp_scp]", BENEFIT + "base.add[0]", "UNKNOWN_FACT"),
    (SCHEME, "may_exceed_base: false", "may_exceed_base: 0", STEPS + "[2].may_exceed_base", "VALUE"),
    (POLICY, "ratio_min: 80%", "ratio_min: 80", "participation.ratio_min", "VALUE"),
    (POLICY, "amount_max: 60.00", "amount_max: 30.00", "contribution.amount_max", "VALUE"),
    (POLICY, "persons_min: 10", "persons_min: 4", "disclosure.persons_min", "VALUE"),
    (YEAR, "last_day: 2014-12-31", "last_day: 2014-12-30", "period.cover", "VALUE"),
    (YEAR, "state: open", "state: closed", "period.state", "VALUE"),
    (YEAR, 'period_id: "2014"', 'period_id: "the year 2014"', "period.period_id", "VALUE"),
    (YEAR, 'period_id: "2014"', "period_id: abcdefghijklmnopq", "period.period_id", "VALUE"),
    (YEAR, "hn-chengbu-inpatient", "hn-other", "period.scheme_id", "REFERENCE"),
    (SCHEME, "filing_days_max: 180", "filing_days_max: 3661", VERSION + "event.filing_days_max", "TOO_LONG"),
    (SCHEME, "- kind: minimum", "- kin: minimum", STEPS + "[2].kind", "MISSING_FIELD"),
    (
        SCHEME,
        "- kind: minimum\n            amount: 50.00",
        "- minimum\n          - kind: x",
        STEPS + "[2]",
        "VALUE",
    ),
    (SCHEME, "dues:\n      rates:", "dues: 50\n    dvs:\n      rates:", VERSION + "dues", "VALUE"),
    (YEAR, "cover: {first_day: 2014-01-01, last_day: 2014-12-31}", "cover: 2014", "period.cover", "VALUE"),
    (
        YEAR,
        "2014-01-01, last_day: 2014-12-31",
        "2014-02-01, last_day: 2015-01-31",
        "period.cover",
        "REFERENCE",
    ),
    (YEAR, "closed_on: 2015-01-31", "closed_on: 9999-12-31", "closed_on", "VALUE"),
    (YEAR, "amount: 60000.00", "amount: 5000000000.01", "grants", "VALUE"),
    (YEAR, "closed_on: 2015-01-31", "closed_on: 2014-12-31", "closed_on", "VALUE"),
    (YEAR, "received_on: 2013-12-20", "received_on: 2013-11-14", "received_on", "NOT_ALLOWED"),
    (YEAR, "amount: 60000.00", "amount: -60000.00", "grants[0].amount", "VALUE"),
    (YEAR, "source: made_up", "source: nobody", "grants[0].source", "UNKNOWN_SOURCE"),
    (YEAR, "received_on: 2013-12-31", "received_on: 2015-12-31", "grants[0].received_on", "VALUE"),
    (SCHEME, "policy_id: HN-2013\n  pool", "policy_id: HN-2014\n  pool", VERSION + "policy_id", "REFERENCE"),
    (SCHEME, '"430500"\n  sponsor', '"430600"\n  sponsor', "scheme.pool_id", "REFERENCE"),
    (SCHEME, "amount: 50.00\n          s", "amount: 39.99\n          s", RATE + "amount", "NOT_ALLOWED"),
    (SCHEME, "shares_max: 1", "shares_max: 2", RATE + "shares_max", "NOT_ALLOWED"),
    (SCHEME, "amount: 0.00", "amount: 0.01", STEPS + "[0].amount", "NOT_ALLOWED"),
    (
        SCHEME,
        "grades: [] ",
        "grades: [{through_day: 1, pays: 0}] ",
        BENEFIT + "waiting.grades",
        "NOT_ALLOWED",
    ),
    (SCHEME, "level: city", "level: province", "region.level", "NOT_ALLOWED"),
    (SCHEME, "subtract: [hifp_pay, ", "subtract: [", BENEFIT + "base.subtract", "NOT_ALLOWED"),
]


@pytest.mark.parametrize(("name", "old", "new", "field", "kind"), FIELDS)
def test_field(  # noqa: PLR0913, PLR0917  # a row of the table above
    folder: Folder, name: str, old: str, new: str, field: str, kind: str
) -> None:
    """A wrong field must be told by its path and its kind."""
    folder.edit(name, old, new)
    assert (name, field, kind) in [(file, path, found) for file, _, path, found in folder.places()]
    assert {place[0] for place in folder.places()} == {name}


def test_line_of_a_field(folder: Folder) -> None:
    """A wrong field must be told by the line in which it stands."""
    folder.edit(SCHEME, "ratio: 45%", "ratio: 0.45")
    assert folder.places()[0][1] == line_of(folder, SCHEME, "ratio: 0.45")


def test_missing_cap(folder: Folder) -> None:
    """A scheme without the cap that its policy asks for must be refused."""
    old, _, rest = folder.text(SCHEME).partition("        limits:\n")
    folder.write(SCHEME, f"{old}        limits: []\n        rounding{rest.partition('        rounding')[2]}")
    place = (SCHEME, line_of(folder, SCHEME, "limits"), "versions[0].benefits[0].limits", "NOT_ALLOWED")
    assert folder.places() == [place]


def test_policy_of_another_name(folder: Folder) -> None:
    """A scheme under another policy than that of the folder must be told where it names it."""
    folder.edit(POLICY, "policy_id: HN-2013", "policy_id: HN-2012")
    place = (SCHEME, line_of(folder, SCHEME, "policy_id"), "scheme.policy_id", "REFERENCE")
    assert folder.places() == [place]


def test_scheme_without_a_region(folder: Folder) -> None:
    """A year needs the pooling region that other scheme files may leave out."""
    text = folder.text(SCHEME)
    folder.write(SCHEME, text[text.index("scheme:") :])
    assert (SCHEME, 1, "region", "MISSING_FIELD") in folder.places()


def test_year_takes_the_version_in_which_it_begins(folder: Folder) -> None:
    """Of two versions the year must take the one that is in force in its period."""
    head, _, first = folder.text(SCHEME).partition("versions:\n")
    later = first.replace("hn-chengbu-2014", "hn-chengbu-2015").replace("_day: 2014-", "_day: 2015-")
    folder.write(SCHEME, f"{head}versions:\n{first}\n{later}")
    assert read_year(folder.path).founding.version.version_id == "hn-chengbu-2014"


def test_year_between_two_versions(folder: Folder) -> None:
    """A period in which no one version is in force must be told with the days of all."""
    folder.edit(SCHEME, "last_day: 2014-12-31", "last_day: 2014-06-30")
    (found,) = folder.problems()
    assert (found.file, found.field, found.trouble.name) == (YEAR, "period.cover", "REFERENCE")
    assert "2014-01-01 to 2014-06-30" in found.detail


def test_earlier_payer_that_is_none(folder: Folder) -> None:
    """A policy that names no amount of a settlement must be told by its place."""
    folder.edit(POLICY, "[hifp_pay, hifob_pay]", "[hifp_pay, hifob]")
    place = (POLICY, line_of(folder, POLICY, "hifob]"), "benefit.earlier_payers[1]", "VALUE")
    assert folder.places()[0] == place


def test_misspelt_field_is_recognised(folder: Folder) -> None:
    """A field that is nearly known must be told with the name that was meant, beside other faults."""
    folder.edit(SCHEME, "          shares_max: 1", "          shares_max: 1\n          amuont: 1.00")
    folder.edit(SCHEME, "ratio: 30%", "ratio: 0.3")
    kinds = {each.trouble.name: each.detail for each in folder.problems()}
    assert kinds["UNKNOWN_FIELD"] == "did you mean amount?"
    assert "VALUE" in kinds


@pytest.mark.parametrize(
    ("text", "row", "kind"),
    [
        ("", 0, "EMPTY_DOCUMENT"),
        ("# nothing\n", 1, "YAML"),
        ("- a\n- b\n", 1, "YAML"),
        ("just a text", 1, "YAML"),
        ("a: [1, 2", 1, "YAML"),
        ("a: 1\n\ta: 2", 2, "YAML"),
        ("a: 1\n---\nb: 2", 2, "YAML"),
        ("a: 1\nb: \x00", 2, "YAML"),
        ("a: 1\nb: \x1b", 2, "YAML"),
        ("a: 1\n? [b]\n: 2", 2, "YAML"),
        ("a: !!python/object/apply:os.system [ls]", 1, "YAML_FEATURE"),
        ("a: !!str 1", 1, "YAML_FEATURE"),
        ("a: 1\nb: &c 1", 2, "YAML_FEATURE"),
        ("[" * 100_000, 1, "YAML"),
        ("a: " + "{a: " * 50_000, 1, "YAML"),
        ("- " * 100_000, 1, "YAML"),
        ("a: " + "x" * 300_000, 0, "TOO_LARGE"),
    ],
)
def test_form(folder: Folder, text: str, row: int, kind: str) -> None:
    """A file that is no plain YAML of named fields must be told by its line, at once."""
    folder.write(YEAR, text)
    start = time.process_time()
    assert (YEAR, row, "", kind) in folder.places()
    assert time.process_time() - start < 20


def test_anchor_bomb_is_not_unfolded(folder: Folder) -> None:
    """Anchors within anchors must be refused before anything is made of them."""
    lines = ["a0: &a0 x", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
    folder.write(YEAR, "\n".join(lines))
    start = time.process_time()
    assert {place[3] for place in folder.places() if place[0] == YEAR} == {"YAML_FEATURE"}
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda raw: b"\xef\xbb\xbf" + raw, "BYTE_ORDER_MARK"),
        (lambda raw: raw.decode().encode("gb18030"), "ENCODING"),
        (lambda raw: raw.decode().encode("utf-16"), "ENCODING"),
    ],
)
def test_encoding(folder: Folder, change: Any, kind: str) -> None:  # noqa: ANN401  # one of the above
    """A file in a wrong encoding must be one problem, and be read in spite of it."""
    folder.write(YEAR, change(folder.text(YEAR).encode()))
    assert [place[::3] for place in folder.places()] == [(YEAR, kind)]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_are_an_editors(folder: Folder, end: str) -> None:
    """Lines must be counted at the line ends of any system, and at nothing else."""
    text = folder.text(YEAR).replace("made_up", "nobody")
    line = text.partition("nobody")[0].count("\n") + 1
    folder.write(YEAR, text.replace("\n", end))
    assert folder.places() == [(YEAR, line, "grants[0].source", "UNKNOWN_SOURCE")]


@pytest.mark.parametrize("name", ["a\\x1fb", "a.b[0]", "\\e[31m", "a @ $.b", "名"])
def test_any_name_of_a_field_can_be_told(folder: Folder, name: str) -> None:
    """An unknown field must be told whatever its name is made of, without control characters."""
    folder.edit(YEAR, "counted_on:", f'"{name}": 1\ncounted_on:')
    (found,) = folder.problems()
    assert (found.trouble.name, found.field.isprintable()) == ("UNKNOWN_FIELD", True)
