"""Soundness: one fault put into a made-up version is told by its kind and its path, and no other."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.intake.document import read_document
from mutualaid_core.intake.scheme_file import SchemeFile
from mutualaid_core.intake.structure import structure
from mutualaid_core.rules.scheme.soundness import Terms, findings, unsoundnesses, version_findings

TEXT = (Path(__file__).parent / "made_up.yaml").read_text("utf-8")

Make = Callable[..., SchemeVersion]

INPATIENT, SECOND, RELIEF, DAYS, ACCIDENT = (f"benefits[{number}]" for number in range(5))
PAYMENTS = "{kind: payments, most: 2, per: period, each: cause, source: made-up}"
PER_DIEM = "{kind: per_day, amount: 80.00, source: made-up}"
RELIEF_BANDS = "{above: 50000.00, up_to: null, pays: 10000.00}"
LIMITS_OF_SECOND = "        limits: []\n        rounding: {mode: down"
RATE = "- {part: lite, amount: 30.00, shares_max: 1, source: made-up}"

Row = tuple[str, str, str, str]

NAMES: list[Row] = [
    (
        "    facts:\n",
        "    facts:\n      - {name: first_time, kind: flag, title: 首次参加, source: made-up}\n",
        "facts[0].name",
        "SHADOWED_FACT",
    ),
    (
        "    facts:\n",
        "    facts:\n      - {name: elsewhere, kind: flag, title: 他处已付, source: made-up}\n",
        "facts[0].name",
        "SHADOWED_FACT",
    ),
    (
        "    facts:\n",
        "    facts:\n      - {name: holds_x, kind: flag, title: 参加, source: made-up}\n",
        "facts[0].name",
        "SHADOWED_FACT",
    ),
    ("benefit_id: relief", "benefit_id: inpatient", f"{RELIEF}.benefit_id", "DOUBLED_NAME"),
    (
        "    parts:\n",
        "    parts:\n      - {part_id: rider, name: 另一副险, source: made-up}\n",
        "parts[3].part_id",
        "DOUBLED_NAME",
    ),
    ("[死亡证明, 继承公证书]", "[死亡证明, 死亡证明]", "open_points.heir_papers[1]", "DOUBLED_NAME"),
    (
        "employments: [regular, flexible]",
        "employments: [regular, regular]",
        "eligibility.employments[1]",
        "DOUBLED_NAME",
    ),
    (
        "    facts:\n",
        "    facts:\n      - {name: idle, kind: flag, title: 无, source: made-up}\n",
        "facts[0].name",
        "UNUSED",
    ),
    (
        "    documents:\n",
        "    documents:\n      - {id: idle, title: 无, grade: F1}\n",
        "documents[0].id",
        "UNUSED",
    ),
    (
        "        part: main\n        when",
        "        part: mian\n        when",
        f"{INPATIENT}.part",
        "UNKNOWN_NAME",
    ),
    ("needs: [main]", "needs: [mian]", "parts[2].needs[0]", "UNKNOWN_NAME"),
    ("excludes: [second-layer]", "excludes: [second]", f"{RELIEF}.excludes[0]", "UNKNOWN_NAME"),
    ("excludes: [second-layer]", "excludes: [relief]", f"{RELIEF}.excludes[0]", "WRONG_REFERENCE"),
    ("excludes: [second-layer]", "excludes: [per-diem]", f"{RELIEF}.excludes[0]", "WRONG_REFERENCE"),
    (
        "less_benefits: [inpatient]",
        "less_benefits: [accident]",
        f"{SECOND}.base.less_benefits[0]",
        "WRONG_REFERENCE",
    ),
    (
        "        event: disability\n        basis: fixed\n        part: rider\n",
        "        event: disability\n        basis: fixed\n        part: rider\n        excludes: [relief]\n",
        f"{ACCIDENT}.excludes[0]",
        "WRONG_REFERENCE",
    ),
    (
        "part_id: lite, name: 简易主险, excludes: [main]",
        "part_id: lite, name: 简易主险, needs: [rider]",
        "parts[1].needs",
        "PARTS",
    ),
]

FACTS: list[Row] = [
    ("fact: accident_grade", "fact: acident_grade", f"{ACCIDENT}.steps[0].fact", "UNKNOWN_FACT"),
    ("each: cause", "each: psn_part_amt", f"{INPATIENT}.limits[1].each", "KIND_OF_FACT"),
    ("cause: cause", "cause: age", f"{RELIEF}.accumulate.cause", "KIND_OF_FACT"),
    ("subtract: [acct_pay]", "subtract: [age]", f"{INPATIENT}.when[1].subtract[0]", "KIND_OF_FACT"),
    ("add: [inscp_scp_amt]", "add: [inscp_scp]", f"{INPATIENT}.base.add[0]", "UNKNOWN_FACT"),
    (
        "{kind: flag, fact: first_time, holds: true}",
        "{kind: flag, fact: sex, holds: true}",
        "dues.rates[0].when[0].fact",
        "KIND_OF_FACT",
    ),
    (
        "{kind: flag, fact: first_time, holds: true}",
        "{kind: count, fact: days, most: 3}",
        "dues.rates[0].when[0].fact",
        "FACT_OF_EVENT",
    ),
    (
        "{kind: count, fact: age, least: 16, most: 60}",
        "{kind: code, fact: hosp_lv, one_of: ['3']}",
        "eligibility.when[0].fact",
        "FACT_OF_EVENT",
    ),
    (
        'one_of: ["1", "2"]',
        'one_of: ["1", "7"]',
        f"{INPATIENT}.steps[2].choices[0].one_of[1]",
        "UNKNOWN_WORD",
    ),
    (
        'fact: insutype, one_of: ["310"]',
        'fact: insutype, one_of: ["310", "31"]',
        f"{INPATIENT}.when[0].one_of[1]",
        "UNKNOWN_WORD",
    ),
    (
        'fact: insutype, one_of: ["310"]',
        'fact: insutype, one_of: ["31", "4"], match: prefix',
        f"{INPATIENT}.when[0].one_of[1]",
        "UNKNOWN_WORD",
    ),
]

WHEN = "        when:\n          - {kind: code, fact: dise_code, one_of: [S, T], match: prefix}\n"
AT = f"{ACCIDENT}.when[1]"


def both(condition: str) -> str:
    """The conditions of the last benefit with one more."""
    return f"{WHEN}          - {condition}\n"


CONDITIONS: list[Row] = [
    (WHEN, both("{kind: code, fact: dise_code, one_of: [A, B], match: prefix}"), AT, "NEVER_HOLDS"),
    (WHEN, both('{kind: code, fact: insutype, one_of: ["330"]}'), AT, "NEVER_HOLDS"),
    (WHEN, both('{kind: code, fact: insutype, one_of: ["33"], match: prefix}'), AT, "NEVER_HOLDS"),
    (WHEN, both("{kind: count, fact: age, least: 61}"), AT, "NEVER_HOLDS"),
    (WHEN, both("{kind: count, fact: shares, most: 0}"), AT, "NEVER_HOLDS"),
    (
        WHEN,
        both(
            "{kind: flag, fact: first_time, holds: true}\n"
            "          - {kind: flag, fact: first_time, holds: false}"
        ),
        f"{ACCIDENT}.when[2]",
        "NEVER_HOLDS",
    ),
    (
        WHEN,
        both(
            "{kind: amount, add: [psn_part_amt], above: 100.00}\n"
            "          - {kind: amount, add: [psn_part_amt], up_to: 100.00}"
        ),
        f"{ACCIDENT}.when[2]",
        "NEVER_HOLDS",
    ),
    (
        '{kind: code, fact: insutype, one_of: ["310"]}',
        '{kind: code, fact: med_type, one_of: ["52"]}',
        f"{INPATIENT}.when[0]",
        "NEVER_HOLDS",
    ),
    (
        "{kind: flag, fact: first_time, holds: false}",
        '{kind: code, fact: insutype, one_of: ["390"]}',
        f"{INPATIENT}.waiting.waived_when[0]",
        "NEVER_HOLDS",
    ),
    (
        "most: 60}",
        "most: 60}\n        - {kind: count, fact: age, most: 15}",
        "eligibility.when[1]",
        "NEVER_HOLDS",
    ),
]

GRADES = """\
              - {one_of: [a], step: {kind: fixed_sum, amount: 20000.00, source: made-up}}
              - {one_of: [b, c], step: {kind: fixed_sum, amount: 5000.00, source: made-up}}
"""
STEP = f"{ACCIDENT}.steps[0]"


def ages(*choices: str) -> str:
    """Choices by age in place of those by grade."""
    sums = ", step: {kind: fixed_sum, amount: 5000.00, source: made-up}}"
    return "".join(f"              - {{{each}{sums}\n" for each in choices).replace("{, ", "{")


CLASSES: list[Row] = [
    (GRADES, GRADES.replace("[b, c]", "[b]"), STEP, "CLASSES"),
    (GRADES, GRADES + ages(""), f"{STEP}.choices[2]", "NO_EFFECT"),
    (GRADES, GRADES + ages("least: 2"), f"{STEP}.choices[2]", "CLASSES"),
]

BY_AGE: list[tuple[tuple[str, ...], list[tuple[str, str]]]] = [
    (("most: 30", "least: 31"), []),
    (("least: 16, most: 30", "least: 31, most: 60"), []),
    (("least: 31", "least: 16, most: 30"), []),
    (("least: 20, most: 30", ""), []),
    (("most: 30", "least: 32"), [(STEP, "CLASSES")]),
    (("most: 30", "least: 31, most: 59"), [(STEP, "CLASSES")]),
    (("most: 30", "least: 30"), [(f"{STEP}.choices[1]", "CLASSES")]),
    (("most: 30", "least: 20"), [(f"{STEP}.choices[1]", "CLASSES")]),
    (("least: 16", "least: 70"), [(f"{STEP}.choices[1]", "NO_EFFECT"), (f"{STEP}.choices[1]", "CLASSES")]),
    (("most: 15", "least: 16"), [(f"{STEP}.choices[0]", "NO_EFFECT")]),
    (("least: 16, most: 60", ""), [(f"{STEP}.choices[1]", "NO_EFFECT")]),
    (("least: 16", "one_of: [a]"), [(f"{STEP}.choices[1]", "CLASSES")]),
]

POINTS: list[Row] = [
    ("use_order: discharge", "use_order: filing", "open_points.use_order", "OPEN_POINT"),
    (
        "account_is_self_borne: true",
        "account_is_self_borne: false",
        "open_points.account_is_self_borne",
        "OPEN_POINT",
    ),
    (
        "[hifp_pay, hifob_pay]",
        "[hifp_pay, hifob_pay, acct_pay]",
        "open_points.account_is_self_borne",
        "OPEN_POINT",
    ),
    ("add: [inscp_scp_amt]", "add: [psn_cash_pay]", "open_points.account_is_self_borne", "OPEN_POINT"),
    ("preselfpay_in_base: true", "preselfpay_in_base: false", "open_points.preselfpay_in_base", "OPEN_POINT"),
    ("overlimit_in_base: true", "overlimit_in_base: false", "open_points.overlimit_in_base", "OPEN_POINT"),
]

DUES: list[Row] = [
    (RATE, "", "parts[1].part_id", "RATES"),
    (RATE, RATE.replace("part: lite, ", ""), "dues.rates[2]", "RATES"),
    (RATE, f"{RATE}\n        {RATE}", "dues.rates[3]", "RATES"),
    (RATE, RATE.replace("part: lite", "part: light"), "dues.rates[2].part", "UNKNOWN_NAME"),
    (RATE, RATE.replace("shares_max: 1", "shares_max: 2"), "dues.rates[2].shares_max", "SHARES"),
    ("{kind: times_shares, most: 3", "{kind: times_shares, most: 4", f"{INPATIENT}.steps[4].most", "SHARES"),
]

AMOUNTS: list[Row] = [
    (
        RELIEF_BANDS,
        RELIEF_BANDS.replace("10000.00}", "10000.01}"),
        f"{RELIEF}.steps[0].bands[1].pays",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "amount: 50.00, base_up_to",
        "amount: 50000.01, base_up_to",
        f"{INPATIENT}.steps[3].amount",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "{kind: at_most, amount: 60000.00",
        "{kind: at_most, amount: 49.99",
        f"{INPATIENT}.steps[3].amount",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "{through_day: 60, pays: 500.00",
        "{through_day: 60, pays: 50000.01",
        f"{INPATIENT}.waiting.grades[1].pays",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "{kind: times_shares, most: 3",
        "{kind: share, ratio: 100%, source: made-up}\n          - {kind: times_shares, most: 3",
        f"{INPATIENT}.steps[4].ratio",
        "NO_EFFECT",
    ),
    (
        "{kind: times_shares, most: 3",
        "{kind: share, ratio: 0%, source: made-up}\n          - {kind: times_shares, most: 3",
        f"{INPATIENT}.steps[4]",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "{kind: at_most, amount: 60000.00, source: made-up}",
        (
            "{kind: at_most, amount: 60000.00, source: made-up}\n"
            "          - {kind: at_most, amount: 70000.00, source: made-up}"
        ),
        f"{INPATIENT}.steps[6].amount",
        "NO_EFFECT",
    ),
    (
        "{kind: deductible, amount: 800.00, source: made-up}",
        "{kind: at_most, amount: 100000.00, source: made-up}",
        f"{INPATIENT}.steps[1].bands[2]",
        "NO_EFFECT",
    ),
    (
        "ratio: 60%, most: 20000.00",
        "ratio: 60%, most: 54000.00",
        f"{INPATIENT}.steps[1].bands[1].most",
        "NO_EFFECT",
    ),
    (
        "{first: 1, last: 10, most: 5}",
        "{first: 1, last: 10, most: 10}",
        f"{DAYS}.steps[0].bands[0].most",
        "NO_EFFECT",
    ),
    (
        PER_DIEM,
        f"{PER_DIEM}\n          - {{kind: at_most, amount: 800.00, source: made-up}}",
        f"{DAYS}.steps[2].amount",
        "NO_EFFECT",
    ),
    (
        PER_DIEM,
        f"{PER_DIEM}\n          - {{kind: at_most, amount: 79.99, source: made-up}}",
        f"{DAYS}.steps[2].amount",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        PER_DIEM,
        (
            f"{PER_DIEM}\n          - {{kind: minimum, amount: 80.00, base_up_to:"
            f" null, may_exceed_base: true, source: made-up}}"
        ),
        f"{DAYS}.steps[2].amount",
        "NO_EFFECT",
    ),
    (
        PER_DIEM,
        (
            f"{PER_DIEM}\n          - {{kind: minimum, amount: 800.01, base_up_to:"
            f" null, may_exceed_base: true, source: made-up}}"
        ),
        f"{DAYS}.steps[2].amount",
        "CONTRADICTING_AMOUNTS",
    ),
    (
        "{kind: days, most: 180, per: period",
        "{kind: days, most: 10, per: claim",
        f"{DAYS}.limits[0].most",
        "NO_EFFECT",
    ),
    (
        LIMITS_OF_SECOND,
        LIMITS_OF_SECOND.replace(
            "[]",
            "\n          - {kind: amount, most: 5000.00, per: claim, source: made-up}"
            "\n          - {kind: amount, most: 5000.00, per: period, source: made-up}",
        ),
        f"{SECOND}.limits[0].most",
        "NO_EFFECT",
    ),
    (
        PAYMENTS,
        f"{PAYMENTS}\n          - {{kind: payments, most: 2, per: lifetime, source: made-up}}",
        f"{INPATIENT}.limits[1].most",
        "NO_EFFECT",
    ),
    (
        "        limits:\n          - {kind: days, most: 180",
        (
            "        limits:\n          - {kind: amount, most: 800.00, per: claim, source: made-up}\n"
            "          - {kind: days, most: 180"
        ),
        f"{DAYS}.limits[0].most",
        "NO_EFFECT",
    ),
    (
        "        limits:\n          - {kind: days, most: 180",
        (
            "        limits:\n          - {kind: payments, most: 2, per: period, source: made-up}\n"
            "          - {kind: amount, most: 1600.01, per: period, source: made-up}\n"
            "          - {kind: days, most: 180"
        ),
        f"{DAYS}.limits[1].most",
        "NO_EFFECT",
    ),
    (
        "waiting: {grades: [], source: made-up}\n        base: {kind: event",
        (
            "waiting: {grades: [], waived_when: [{kind: flag, fact: first_time, holds: true}],"
            " source: made-up}\n"
            "        base: {kind: event"
        ),
        f"{ACCIDENT}.waiting.waived_when",
        "NO_EFFECT",
    ),
    (
        "{kind: at_most, amount: 60000.00, source: made-up}",
        "{kind: times_shares, most: 2, source: made-up}",
        f"{INPATIENT}.steps[5]",
        "DOUBLED_NAME",
    ),
]

COUNTERS: list[Row] = [
    (PAYMENTS, f"{PAYMENTS}\n          - {PAYMENTS}", f"{INPATIENT}.limits[2]", "COUNTER"),
    (
        PAYMENTS,
        f"{PAYMENTS}\n          - {PAYMENTS.replace('cause', 'sex')}",
        f"{INPATIENT}.limits[2].each",
        "COUNTER",
    ),
    *[
        (
            LIMITS_OF_SECOND,
            LIMITS_OF_SECOND.replace("[]", f"\n          - {limit}"),
            f"{SECOND}.limits[0].{field}",
            "COUNTER",
        )
        for limit, field in [
            (
                (
                    "{kind: amount, most: 40000.00, per: period, times_shares:"
                    " true, counter: inpatient, source: made-up}"
                ),
                "most",
            ),
            (
                "{kind: amount, most: 50000.00, per: period, counter: inpatient, source: made-up}",
                "times_shares",
            ),
            ("{kind: payments, most: 2, per: period, counter: inpatient, source: made-up}", "each"),
        ]
    ],
]

NUMBERS: list[Row] = [
    ("filing_days_max: 180", "filing_days_max: 3661", "event.filing_days_max", "TOO_LONG"),
    (
        "{through_day: 60, pays",
        "{through_day: 3661, pays",
        f"{INPATIENT}.waiting.grades[1].through_day",
        "TOO_LONG",
    ),
    ("window_days: 30", "window_days: 3661", "open_points.large_payment.window_days", "TOO_LONG"),
    ("within_months: 3", "within_months: 121", f"{RELIEF}.accumulate.within_months", "TOO_LONG"),
    (
        "within_months: 3, month_end: last_day",
        "within_days: 3661",
        f"{RELIEF}.accumulate.within_days",
        "TOO_LONG",
    ),
    (WHEN, WHEN + "          - {kind: count, fact: age, least: 17}\n" * 30, f"{ACCIDENT}.when", "TOO_LONG"),
    (
        "{kind: times_shares, most: 3",
        (
            "{kind: share, ratio: 999983/1000000, source: made-up}\n"
            "          - {kind: share, ratio: 1/999983, source: made-up}\n"
            "          - {kind: times_shares, most: 3"
        ),
        f"{INPATIENT}.steps",
        "NUMBERS",
    ),
    (PER_DIEM, PER_DIEM.replace("80.00", "1000000000.01"), f"{DAYS}.steps[1]", "NUMBERS"),
    (
        "most: 50000.00, per: period, times_shares",
        "most: 4000000000.00, per: period, times_shares",
        f"{INPATIENT}.limits[0].most",
        "NUMBERS",
    ),
]

ROWS = NAMES + FACTS + CONDITIONS + CLASSES + POINTS + DUES + AMOUNTS + COUNTERS + NUMBERS


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """The made-up version, with one text in its file put in the place of another."""

    def edited(*pairs: tuple[str, str]) -> SchemeVersion:
        text = TEXT
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "scheme.yaml"
        path.write_text(text, "utf-8")
        document = read_document(path)
        file = structure(document, SchemeFile)
        assert file is not None, document.problems
        return file.versions[0]

    return edited


def told(version: SchemeVersion) -> list[tuple[str, str]]:
    """Path and kind of everything that is wrong with a version."""
    return [(each.path, each.flaw.name) for each in findings(Terms.of(version))]


def test_sound(make: Make) -> None:
    """A version that says nothing wrong must have no faults."""
    assert unsoundnesses(make()) == ()


@pytest.mark.parametrize(("old", "new", "path", "flaw"), ROWS)
def test_fault(make: Make, old: str, new: str, path: str, flaw: str) -> None:
    """One fault must be told once, by its kind and the path of the parameter."""
    assert told(make((old, new))) == [(path, flaw)]


@pytest.mark.parametrize(("choices", "expected"), BY_AGE)
def test_classes_of_a_count(make: Make, choices: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    """The classes of members aged 16 to 60 must cover these ages once, and no others."""
    head = "fact: accident_grade\n            choices:\n"
    found = told(make((head + GRADES, head.replace("accident_grade", "age") + ages(*choices))))
    assert [each for each in found if each != ("facts[0].name", "UNUSED")] == expected


def test_classes_of_a_code_with_words_without_end(make: Make) -> None:
    """Classes of a code that takes any word must end with the rest, unless a condition names the words."""
    by_illness = (
        ("fact: accident_grade", "fact: dise_code"),
        ("one_of: [a]", "one_of: [S]"),
        ("one_of: [b, c]", "one_of: [T]"),
    )
    unused = ("facts[0].name", "UNUSED")
    assert told(make(*by_illness)) == [unused, (STEP, "CLASSES")]
    assert told(make(*by_illness, ("match: prefix", "match: exact"))) == [unused]


def test_fault_says_what_is_asked(make: Make) -> None:
    """A fault must say where it is, what is asked, what was found, and which clause asks it."""
    (fault,) = unsoundnesses(make(("filing_days_max: 180", "filing_days_max: 3661")))
    assert str(fault) == "event.filing_days_max must be <= 3660, got 3661 [ACFTU-3.1c]"


SOUND = [
    [(PAYMENTS, f"{PAYMENTS}\n          - {PAYMENTS.replace(', each: cause', '')}")],
    [
        (
            LIMITS_OF_SECOND,
            LIMITS_OF_SECOND.replace(
                "[]",
                "\n          - {kind: amount, most: 50000.00, per: period, times_shares: true,"
                " counter: inpatient, source: made-up}",
            ),
        )
    ],
    [("{kind: days, most: 180, per: period", "{kind: days, most: 9, per: claim")],
    [
        (
            (
                "          - kind: day_table\n            bands:\n"
                "              - {first: 1, last: 10, most: 5}\n"
                "              - {first: 11, last: 20, pays: 7}\n"
                "              - {first: 21, last: null, pays: 10}\n"
                "            source: made-up\n"
            ),
            "",
        ),
        ("{kind: days, most: 180, per: period", "{kind: days, most: 30, per: claim"),
    ],
    [
        (
            "              - {above: 50000.00, up_to: null, ratio: 10%}\n",
            (
                "              - {above: 50000.00, up_to: 60000.00, ratio: 0%}\n"
                "              - {above: 60000.00, up_to: null, ratio: 10%, most: 9000.00}\n"
            ),
        ),
        (
            "        limits: []\n        rounding: {mode: down",
            (
                "        limits:\n          - {kind: amount, most: 8000.00, per: claim, source: made-up}\n"
                "        rounding: {mode: down"
            ),
        ),
    ],
    [("{above: 100000.00, up_to: null, ratio: 1/3}", "{above: 100000.00, up_to: null, ratio: 0%}")],
    [
        ("add: [psn_part_amt], subtract: []", "add: [psn_part_amt], subtract: [preselfpay_amt]"),
        (
            "add: [psn_part_amt]\n          subtract: []",
            "add: [psn_part_amt]\n          subtract: [preselfpay_amt]",
        ),
        ("preselfpay_in_base: true", "preselfpay_in_base: false"),
    ],
    [
        ("add: [inscp_scp_amt]", "add: [hifp_pay]"),
        ("subtract: [hifp_pay, hifob_pay]", "subtract: []"),
        ("add: [psn_part_amt], subtract: []", "add: [fund_pay_sumamt], subtract: []"),
        ("add: [psn_part_amt]\n          subtract: []", "add: [fund_pay_sumamt]\n          subtract: []"),
        ("account_is_self_borne: true", "account_is_self_borne: false"),
    ],
    [
        (
            "accumulate: {over: claim, source: made-up}\n        steps:\n          - kind: day_table",
            "accumulate: {over: period, source: made-up}\n        steps:\n          - kind: day_table",
        ),
        (
            "        limits:\n          - {kind: days, most: 180",
            (
                "        limits:\n          - {kind: amount, most: 700.00, per: period, source: made-up}\n"
                "          - {kind: payments, most: 180"
            ),
        ),
    ],
    [
        (
            "            source: made-up\n        limits:\n          - {kind: amount, most: 10000.00",
            (
                "            source: made-up\n"
                "          - {kind: minimum, amount: 5000.00, base_up_to: null,"
                " may_exceed_base: true, source: made-up}\n"
                "        limits:\n          - {kind: amount, most: 10000.00"
            ),
        ),
    ],
    [
        (
            "{kind: amount, most: 10000.00, per: lifetime, counter: relief",
            "{kind: amount, most: 10000.00, per: lifetime, counter: other",
        )
    ],
    [
        (
            (
                "rounding: {mode: half_up, place: end_of_benefit, source: made-up}\n"
                "\n      - benefit_id: accident"
            ),
            (
                "rounding: {mode: up, place: each_step, unit: 100.00, source: made-up}\n"
                "\n      - benefit_id: accident"
            ),
        ),
        (
            PER_DIEM,
            (
                f"{PER_DIEM}\n          - {{kind: share, ratio: 50%, source: made-up}}\n"
                f"          - {{kind: at_most, amount: 399.00, source: made-up}}"
            ),
        ),
    ],
]


@pytest.mark.parametrize("edits", SOUND)
def test_what_is_sound(make: Make, edits: list[tuple[str, str]]) -> None:
    """Terms that are unusual and still say something must have no faults."""
    assert told(make(*edits)) == []


SEVERAL = [
    (
        [
            ("name: 简易主险, excludes: [main]", "name: 简易主险"),
            ("name: 主险, excludes: [lite]", "name: 主险, needs: [rider]"),
        ],
        [("parts[0].needs", "PARTS"), ("parts[2].needs", "PARTS")],
    ),
    (
        [
            ("add: [psn_part_amt], subtract: []", "add: [inscp_scp_amt], subtract: []"),
            ("add: [psn_part_amt]\n", "add: [inscp_scp_amt]\n"),
            ("overlimit_in_base: true", "overlimit_in_base: false"),
        ],
        [("open_points.preselfpay_in_base", "OPEN_POINT")],
    ),
    (
        [("basis: fixed\n        excludes", "basis: fixed\n        part: main\n        excludes")],
        [("parts[1].part_id", "UNUSED")],
    ),
    (
        [
            (
                "{above: 50000.00, up_to: null, ratio: 10%}\n            source: made-up\n",
                (
                    "{above: 50000.00, up_to: null, ratio: 10%}\n"
                    "            source: made-up\n"
                    "          - {kind: times_shares, most: 1, source: made-up}\n"
                ),
            )
        ],
        [(f"{SECOND}.steps[1].most", "NO_EFFECT")],
    ),
    (
        [
            (
                (
                    "              - {first: 1, last: 10, most: 5}\n"
                    "              - {first: 11, last: 20, pays: 7}\n"
                ),
                "",
            ),
            ("{first: 21, last: null, pays: 10}", "{first: 1, last: null}"),
        ],
        [(f"{DAYS}.steps[0]", "NO_EFFECT")],
    ),
    (
        [
            (
                "waiting: {grades: [], source: made-up}\n        base: {kind: event",
                (
                    "waiting: {grades: [{through_day: 9, pays: 4000000000.00, times_shares: true}],"
                    " source: made-up}\n"
                    "        base: {kind: event"
                ),
            )
        ],
        [(f"{ACCIDENT}.waiting.grades[0].pays", "NUMBERS")],
    ),
    (
        [
            (
                "- step: {kind: share, ratio: 80%, source: made-up}",
                "- step: {kind: times_shares, most: 9, source: made-up}",
            ),
            ("          - {kind: times_shares, most: 3, source: made-up}\n", ""),
        ],
        [(f"{INPATIENT}.steps[2].choices[1].step.most", "SHARES")],
    ),
    (
        [
            (
                "most: 60}",
                (
                    "most: 60}\n        - {kind: flag, fact: first_time, holds: true}\n"
                    "        - {kind: flag, fact: first_time, holds: false}"
                ),
            )
        ],
        [("eligibility.when[2]", "NEVER_HOLDS")],
    ),
    (
        [
            ("amount: 20000.00", "amount: 49.99"),
            ("amount: 5000.00", "amount: 10.00"),
            ("{mode: up, place: end_of_benefit,", "{mode: half_up, place: end_of_benefit, unit: 100.00,"),
        ],
        [(f"{ACCIDENT}.rounding.unit", "CONTRADICTING_AMOUNTS")],
    ),
]


@pytest.mark.parametrize(("edits", "expected"), SEVERAL)
def test_several_edits(make: Make, edits: list[tuple[str, str]], expected: list[tuple[str, str]]) -> None:
    """What is unsound through several places together must be told where it can be corrected."""
    assert told(make(*edits)) == expected


def test_what_could_be_read_is_checked(make: Make) -> None:
    """Where dues, conditions of joining or another benefit could not be read, the rest must be checked."""
    entities = Terms.of(make(("fact: accident_grade", "fact: acident_grade"))).entities
    left = {path: each for path, each in entities.items() if path.startswith("benefits[4]")}
    terms = Terms(entities=left, is_whole=False, facts_besides=("accident_grade",), parts_besides=("rider",))
    (found,) = findings(terms)
    assert (found.path, found.found, "accident_grade" in found.known) == (
        f"{STEP}.fact",
        "acident_grade",
        True,
    )


def test_what_could_not_be_read_is_not_missing(make: Make) -> None:
    """A benefit that could not be read must still be one that others may name."""
    entities = Terms.of(make()).entities
    left = {path: each for path, each in entities.items() if not path.startswith("benefits[1]")}
    facts = {path: each for path, each in left.items() if not path.startswith("facts[1]")}
    terms = Terms(
        entities=facts, is_whole=False, facts_besides=("cause",), benefits_besides=("second-layer",)
    )
    assert findings(terms) == ()


DAY = datetime.date


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([("a", DAY(2014, 1, 1), DAY(2014, 12, 31)), ("b", DAY(2015, 1, 1), None)], []),
        ([("b", DAY(2015, 1, 1), None), ("a", DAY(2014, 1, 1), DAY(2014, 12, 31))], []),
        (
            [("a", DAY(2014, 1, 1), DAY(2014, 12, 31)), ("b", DAY(2014, 12, 31), None)],
            [("versions[1].first_day", "must be 2015-01-01")],
        ),
        (
            [("a", DAY(2014, 1, 1), DAY(2014, 12, 31)), ("b", DAY(2015, 1, 2), None)],
            [("versions[1].first_day", "must be 2015-01-01")],
        ),
        (
            [
                ("a", DAY(2014, 1, 1), None),
                ("b", DAY(2015, 1, 1), DAY(2015, 12, 31)),
                ("c", DAY(2016, 1, 1), None),
            ],
            [
                ("versions[1].first_day", "must follow on a last day of the version before it"),
                ("versions[2].first_day", "must follow on a last day of the version before it"),
            ],
        ),
        (
            [
                ("a", DAY(2014, 1, 1), DAY(2014, 12, 31)),
                ("a", DAY(2015, 1, 1), DAY(2015, 12, 31)),
                (None, DAY(2016, 1, 1), None),
            ],
            [("versions[1].version_id", "must stand once")],
        ),
    ],
)
def test_versions(
    spans: list[tuple[str | None, datetime.date, datetime.date | None]], expected: list[tuple[str, str]]
) -> None:
    """Versions must have their own ids and follow each other without gap or overlap."""
    placed = [(f"versions[{at}]", *span) for at, span in enumerate(spans)]
    assert [(each.path, each.rule) for each in version_findings(placed)] == expected
