"""Scheme files: every fault in one pass, with its line, its column, what was meant and what to do."""

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.problem.wording import chinese
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file

TEXT = (Path(__file__).parents[1] / "rules" / "scheme" / "made_up.yaml").read_text("utf-8")
ITEM = TEXT.partition("versions:\n")[2]
TIERS, SECOND = "versions[0].benefits[0].steps[1].bands", "versions[0].benefits[1]"

Write = Callable[..., Path]
Place = tuple[int, int]

TWELVE = [
    ("  operator:", "  operater:", "scheme.operater", "IN028", "did you mean operator?"),
    (
        "title: 自编示例条款",
        "titel: 自编示例条款",
        "versions[0].documents[0].titel",
        "IN028",
        "did you mean title?",
    ),
    ("part_id: lite", "part_id: lite two", "versions[0].parts[1].part_id", "IN018", "blanks"),
    (
        "shares_max: 3\n",
        "shares_max: three\n",
        "versions[0].dues.rates[0].shares_max",
        "IN018",
        "a whole number",
    ),
    (
        "source: HN-4.2.1e",
        "source: HN-4.2.1",
        "versions[0].benefits[0].base.source",
        "IN043",
        "did you mean HN-4.2.1",
    ),
    ("ratio: 30%", "ratio: 0.3", f"{TIERS}[0].ratio", "IN018", "did you mean 30%?"),
    (
        "{above: 10000.00, up_to: 1",
        "{above: 11000.00, up_to: 1",
        f"{TIERS}[1].above",
        "IN044",
        "must follow on 10000.00",
    ),
    (
        "fact: hosp_lv",
        "fact: hosp_level",
        "versions[0].benefits[0].steps[2].fact",
        "IN045",
        "did you mean hosp_lv?",
    ),
    ("kind: slab_bands", "kind: slab_band", f"{SECOND}.steps[0].kind", "IN018", "did you mean slab_bands?"),
    (
        "excludes: [second-layer]",
        "excludes: [second-lyer]",
        "versions[0].benefits[2].excludes[0]",
        "IN050",
        "did you mean second-layer?",
    ),
    (
        "counted: both_days",
        "counted: both_day",
        "versions[0].benefits[3].base.counted",
        "IN018",
        "did you mean both_days?",
    ),
    (
        "part: rider\n        when",
        "part: ridr\n        when",
        "versions[0].benefits[4].part",
        "IN050",
        "did you mean rider?",
    ),
    (
        "one_of: [b, c]",
        "one_of: [b, d]",
        "versions[0].benefits[4].steps[0].choices[1].one_of[1]",
        "IN047",
        "must be one of a, b, c",
    ),
    (
        'kinds_of_care: ["21"]',
        'kinds_of_care: ["2l"]',
        "versions[0].event.kinds_of_care[0]",
        "IN047",
        "did you mean 21?",
    ),
    (
        "unit: 1.00",
        "unit: 0.07",
        "versions[0].benefits[1].rounding.unit",
        "IN018",
        "must be one of 0.01, 0.10, 1.00, 10.00, 100.00",
    ),
    (
        "subtract: [hifp_pay, hifob_pay]",
        "subtract: [hifp_pay, fund_pay_sumamt]",
        "versions[0].benefits[0].base.subtract[0]",
        "IN113",
        "must not stand beside fund_pay_sumamt, which contains it",
    ),
    (
        "dismissal: on_the_day",
        "dismissal: on_the_dy",
        "versions[0].open_points.cover_after.dismissal",
        "IN018",
        "did you mean on_the_day?",
    ),
]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the made-up scheme file with one text or several in the place of others, or another text."""

    def written(*pairs: tuple[str, str], text: str | bytes = TEXT) -> Path:
        for old, new in pairs:
            assert isinstance(text, str)
            assert old in text
            text = text.replace(old, new, 1)
        path = tmp_path / "scheme.yaml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return written


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What is wrong with a file; where something is, the file must say nothing."""
    file, problems = read_scheme_file(path)
    assert (file is None) == bool(problems)
    return problems


def codes(path: Path) -> list[tuple[str, str]]:
    """Path and code of every problem."""
    return [(each.field, each.trouble.code) for each in problems_of(path)]


def place_of(text: str, part: str) -> Place:
    """Line and column at which *part* first stands."""
    before = text.partition(part)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def test_sound(write: Write) -> None:
    """A sound file must be read whole and have no problems."""
    file, problems = read_scheme_file(write())
    assert problems == ()
    assert file is not None
    assert [len(version.benefits) for version in file.versions] == [5]


def test_many_faults_in_one_pass(write: Write) -> None:
    """More than ten different faults of one file must all be told at once, each with what was meant."""
    found = {each.field: each for each in problems_of(write(*(row[:2] for row in TWELVE)))}
    told = [
        (field, found[field].trouble.code, hint in found[field].detail) for _, _, field, _, hint in TWELVE
    ]
    assert told == [(field, code, True) for _, _, field, code, _ in TWELVE]


def test_every_fault_has_its_place(write: Write) -> None:
    """Each of many faults must stand at the line and column of the name or the value that is wrong."""
    path = write(*(row[:2] for row in TWELVE))
    text = path.read_text("utf-8")
    found = {each.field: (each.row, each.column) for each in problems_of(path)}
    wrong = {
        "scheme.operater": "operater:",
        "versions[0].documents[0].titel": "titel:",
        "versions[0].dues.rates[0].shares_max": "three",
        f"{TIERS}[0].ratio": "0.3}",
        f"{TIERS}[1].above": "11000.00, up_to",
        f"{SECOND}.steps[0].kind": "slab_band\n",
        "versions[0].benefits[4].steps[0].choices[1].one_of[1]": "d], step",
    }
    assert {field: found[field] for field in wrong} == {
        field: place_of(text, part) for field, part in wrong.items()
    }


ONE = [
    ("ratio: 30%", "ratio: 130%", f"{TIERS}[0].ratio", "IN018"),
    ("{above: 10000.00, up_to: 1", "{above: 9000.00, up_to: 1", f"{TIERS}[1].above", "IN044"),
    (
        "{first: 11, last: 20",
        "{first: 12, last: 20",
        "versions[0].benefits[3].steps[0].bands[1].first",
        "IN044",
    ),
    ("last: 20, pays: 7", "last: null, pays: 7", "versions[0].benefits[3].steps[0].bands[2].first", "IN044"),
    ("{above: 0.00, up_to", "{above: nil, up_to", f"{TIERS}[0].above", "IN018"),
    ("kind: slab_bands\n", "knd: slab_bands\n", f"{SECOND}.steps[0].kind", "IN029"),
    ("kind: slab_bands\n", "kind: [a]\n", f"{SECOND}.steps[0].kind", "IN018"),
    (
        "{kind: share, ratio: 80%",
        "{kind: share, most: 5, ratio: 80%",
        "versions[0].benefits[0].steps[2].choices[1].step.most",
        "IN028",
    ),
    (
        "version_id: every-kind-2014\n",
        "version_id: every-kind-2014\n    version_id: b\n",
        "versions[0].version_id",
        "IN030",
    ),
    ("last_day: 2014-12-31", "last_day: 2013-12-31", "versions[0].last_day", "IN018"),
    ("scheme_id: every-kind\n    policy", "scheme_id: other\n    policy", "versions[0].scheme_id", "IN042"),
    ("policy_id: HN-2013\n    first", "policy_id: HN-2014\n    first", "versions[0].policy_id", "IN042"),
    ("subtract: [hifp_pay", "subtract: [inscp_scp_amt", "versions[0].benefits[0].base", "IN018"),
    ("versions:\n", "versoins:\n", "versoins", "IN028"),
    ("part: main\n        when:", "part: main\n        wen:", "versions[0].benefits[0].wen", "IN028"),
    (
        "documents:\n      - {id: made-up",
        "documents: made-up\n    facts_:\n      - {id: made-up",
        "versions[0].documents",
        "IN018",
    ),
    ("    facts:\n", "    facts: []\n    other:\n", "versions[0].other", "IN028"),
]


@pytest.mark.parametrize(("old", "new", "field", "code"), ONE)
def test_fault(write: Write, old: str, new: str, field: str, code: str) -> None:
    """A wrong field must be told by its path and its code."""
    assert (field, code) in codes(write((old, new)))


def test_field_of_another_kind(write: Write) -> None:
    """A field that another kind has must be told with the kinds that have it."""
    (found,) = problems_of(write(("{kind: share, ratio: 80%", "{kind: share, bands: [], ratio: 80%")))
    assert found.detail == "it belongs to day_table or fixed_sum_by_band or marginal_bands or slab_bands"


def test_misspelt_field_hides_nothing(write: Write) -> None:
    """What stands in a misspelt field must be looked at as if it were spelt right."""
    path = write(
        ("        steps:\n          - kind: slab", "        stpes:\n          - kind: slab"),
        ("ratio: 5%", "ratio: 5"),
    )
    assert codes(path) == [(f"{SECOND}.stpes", "IN028"), (f"{SECOND}.stpes[0].bands[0].ratio", "IN018")]


def test_all_fields_of_an_entity_are_held_against_their_rules(write: Write) -> None:
    """A wrong id and a blank name of one entity must both be told."""
    path = write(("part_id: rider, name: 副险", "part_id: a/b, name: ''"))
    assert {("versions[0].parts[2].part_id", "IN018"), ("versions[0].parts[2].name", "IN018")} <= set(
        codes(path)
    )


def test_broken_benefit_hides_no_other(write: Write) -> None:
    """Where one benefit cannot be read, the others must be checked, and may still name it."""
    path = write(
        ("benefit_id: inpatient\n", "benefit_id: inpatient\n        colour: red\n"),
        ("basis: indemnity", "basis: [x]"),
        ("cause: cause", "cause: caus"),
    )
    assert codes(path) == [
        ("versions[0].benefits[0].colour", "IN028"),
        ("versions[0].benefits[0].basis", "IN018"),
        ("versions[0].benefits[2].accumulate.cause", "IN045"),
    ]


def two(first_day: str, other: str = "other") -> tuple[str, str]:
    """A second version that begins on *first_day*."""
    later = (
        ITEM.replace("every-kind-2014", other)
        .replace("2014-01-01", first_day)
        .replace("2014-12-31", "2015-12-31")
    )
    return ITEM, ITEM + "\n" + later


@pytest.mark.parametrize(
    ("first_day", "version_id", "expected"),
    [
        ("2015-01-01", "other", []),
        ("2014-12-31", "other", [("versions[1].first_day", "IN064")]),
        ("2015-02-01", "other", [("versions[1].first_day", "IN064")]),
        ("2015-01-01", "every-kind-2014", [("versions[1].version_id", "IN052")]),
        ("2015-13-01", "other", [("versions[1].first_day", "IN018")]),
    ],
)
def test_versions(write: Write, first_day: str, version_id: str, expected: list[tuple[str, str]]) -> None:
    """Two versions on one day, days without any, and an id that stands twice must be told."""
    assert codes(write(two(first_day, version_id))) == expected


def test_region_of_another_pool(write: Write) -> None:
    """A scheme whose money belongs to another pool than the file's region must be told."""
    region = 'region:\n  pool_id: "430600"\n  name: 示例\n  type: organs\n  level: province\n\nscheme:\n'
    assert codes(write(("scheme:\n", region))) == [("scheme.pool_id", "IN042")]


def test_judge_is_asked_of_a_file_that_could_be_read(write: Write) -> None:
    """What a policy does not allow must be told at its place, also of the region."""
    asked: list[SchemeFile] = []

    def judge(file: SchemeFile) -> dict[int, tuple[Fault, ...]]:
        asked.append(file)
        paths = ("dues.rates[1].amount", "region.level")
        return {
            0: tuple(
                Fault(subject=path, rule="must be less", found="1", clause="HN-4.3.4b") for path in paths
            )
        }

    _, problems = read_scheme_file(write(), judge)
    assert [each.field for each in problems] == ["region.level", "versions[0].dues.rates[1].amount"]
    read_scheme_file(write(("basis: indemnity", "basis: [x]")), judge)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scheme: &a {x: *a}", ["IN031", "IN031"]),
        ("scheme: !!python/object/apply:os.system [ls]", ["IN031"]),
        (
            "\n".join(
                ["a0: &a0 x", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
            ),
            None,
        ),
        ("a: 1\n\tb: 2", ["IN027"]),
        ("a: " + "[" * 50, ["IN027"]),
        ("a: 1\n---\nb: 1", ["IN027"]),
        ("? [a, b]\n: 1\n", ["IN027"]),
        ("? {a: [b]}\n: {c: [d]}\n", ["IN027"]),
        ("- 1", ["IN027"]),
        ("", ["IN114"]),
        ("x" * 300_000, ["IN025"]),
        (b"\x00\x01\x02\xff\xfe" * 50, None),
        (TEXT.encode("utf-16"), ["IN003"]),
        (b"\xef\xbb\xbf" + TEXT.encode(), ["IN004"]),
        ("a: " + "{a: " * 25 + "1" + "}" * 25, ["IN027"]),
    ],
)
def test_form(write: Write, text: str | bytes, expected: list[str] | None) -> None:
    """What is no plain YAML of named fields must be refused by its form, before anything is made of it."""
    found = [each.trouble.code for each in problems_of(write(text=text))]
    form = [code for code in found if code in {"IN003", "IN004", "IN025", "IN027", "IN031", "IN114"}]
    assert form
    assert expected is None or expected == form


def test_anchor_alone_hides_nothing(write: Write) -> None:
    """A file with an anchor that nothing repeats must still be looked at."""
    path = write(("name: 示例互助项目", "name: &a 示例互助项目"), ("ratio: 30%", "ratio: 0.3"))
    assert codes(path) == [("scheme", "IN031"), (f"{TIERS}[0].ratio", "IN018")]


def test_second_of_two_fields_is_let_go(write: Write) -> None:
    """Of a field that stands twice the first must count, and neither faults nor places of the second."""
    path = write(("ratio: 30%}", "ratio: 30%, ratio: {a: [1, 2]}}"))
    assert codes(path) == [(f"{TIERS}[0].ratio", "IN030")]


@pytest.mark.parametrize("name", ["none.yaml", "."])
def test_no_file(tmp_path: Path, name: str) -> None:
    """A file that is not there, and a folder, must be told."""
    assert len(problems_of(tmp_path / name)) == 1


def test_large_file_is_not_read(tmp_path: Path) -> None:
    """A file of a hundred megabytes must be refused by its size at once."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    start = time.process_time()
    assert [each.trouble.code for each in problems_of(path)] == ["IN025"]
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "lines",
    [
        "      - {kind: fixed_sum, amout: 1}\n" * 6_000,
        "      - {source: HN-9.9.9}\n" * 8_000,
        "      - bands: [{above: 1.00, up_to: 2.00}, {above: 3.00}]\n" * 4_000,
        "      - when: [{kind: cod, fact: hosp, one_of: [x]}]\n" * 4_500,
    ],
)
def test_hostile_file_ends_soon(write: Write, lines: str) -> None:
    """A file of a quarter of a megabyte that is wrong throughout must be told of in a short time."""
    start = time.process_time()
    assert problems_of(write(text=f"versions:\n  - benefits:\n{lines}"))
    assert time.process_time() - start < 20


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ratio: 30%", "ratio: 0.3", "取值不允许 (应写成百分数或分数，如 35% 或 1/3；是否应为 30%？), 0.3"),
        (
            "fact: hosp_lv",
            "fact: hosp_level",
            "应为已知或已声明的事实，类型 code 或 count；是否应为 hosp_lv？",
        ),
        (
            "ratio: 80%",
            "ratio: 80%, bands: []",
            "属于 day_table 或 fixed_sum_by_band 或 marginal_bands 或 slab_bands",
        ),
        ("shares_max: 3\n", "shares_max: 0\n", "应 >= 1"),
        (
            "{kind: days, most: 180, per: period",
            "{kind: days, most: 10, per: claim",
            "应 < 10（最多给付的天数）",
        ),
    ],
)
def test_chinese(write: Write, old: str, new: str, words: str) -> None:
    """A problem must be told in Chinese as well, what is asked included."""
    assert any(words in each.to_text("zh") for each in problems_of(write((old, new))))


def test_one_line(write: Write) -> None:
    """A problem must be one line of file, line, column, field, what, value, what to do, and code."""
    (found,) = problems_of(write(("filing_days_max: 180", "filing_days_max: 36600")))
    row, column = place_of(TEXT, "180\n")
    expected = (
        f"scheme.yaml:{row}:{column}:versions[0].event.filing_days_max: it is longer than any terms are"
        " (must be <= 3660), 36600: shorten it [IN062]"
    )
    assert str(found) == expected


@pytest.mark.parametrize(
    ("detail", "expected"),
    [
        ("must be one of a, b; did you mean b?", "应为以下之一：a, b；是否应为 b？"),
        ("must be <= 10.00 from 2018-09-12 [HN-4.4.3c]", "应 <= 10.00（自 2018-09-12 起） [HN-4.4.3c]"),
        (
            "must not limit days of claims that add up; a table of days does",
            "累计的申请不能限天数，请用天数表",
        ),
        ("unheard of", "unheard of"),
    ],
)
def test_words_of_a_detail(detail: str, expected: str) -> None:
    """A detail must be put into Chinese rule by rule, and stay as it is where there are no words for it."""
    assert chinese(detail) == expected


def test_every_rule_of_soundness_has_chinese_words() -> None:
    """What the rules on soundness ask must have its words in Chinese."""
    rules = Path(__file__).parents[3] / "src" / "mutualaid_core" / "rules" / "scheme" / "soundness"
    texts = {
        re.sub(r"\{[^{}]*\}", "7", text.replace("{_article(wanted)}", "a code"))
        for path in rules.rglob("*.py")
        for text in re.findall(r'f?"(must [^"]*)"', path.read_text("utf-8"))
    }
    assert {text for text in texts if chinese(text).startswith("must")} == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("utf-16")])
def test_advice_of_an_encoding_is_that_of_a_text(tmp_path: Path, raw: bytes, lang: str) -> None:
    """What is told of the bytes of a YAML file must not advise to save it as a workbook."""
    (tmp_path / "scheme.yaml").write_bytes(raw)
    _, problems = read_scheme_file(tmp_path / "scheme.yaml")
    told = problems[0].to_text(lang)
    assert ("UTF-8" in told, "xlsx" in told) == (True, False)
