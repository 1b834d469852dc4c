"""A scheme in sentences, the differences of two, and the template: whole, and alike in both languages."""

import enum
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.conditions import AmountWithin, CodeIs, Condition, CountWithin
from mutualaid_core.domain.scheme.benefit.steps import Choice, Deductible, FixedSum
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.scheme.facts import KNOWN_FACTS
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.intake.scheme_file import SchemeFile, read_scheme_file
from mutualaid_core.publication.labels import CODES, Language
from mutualaid_core.publication.schemes.benefit import accumulation_sentence
from mutualaid_core.publication.schemes.blocks import Heading, Line, Table, to_markdown, to_text
from mutualaid_core.publication.schemes.compare import Kind, differences
from mutualaid_core.publication.schemes.conditions import condition_text
from mutualaid_core.publication.schemes.diff import (
    SchemeTerms,
    compared,
    difference_blocks,
    difference_plain,
    force_plain,
)
from mutualaid_core.publication.schemes.labels import FACTS, WORDS
from mutualaid_core.publication.schemes.notices import Effect, effect_of
from mutualaid_core.publication.schemes.phrases.explanations_zh import EXPLANATIONS
from mutualaid_core.publication.schemes.steps import choice_sentence, step_sentence
from mutualaid_core.publication.schemes.telling import PHRASES, Telling
from mutualaid_core.publication.schemes.template import template
from mutualaid_core.publication.schemes.text import scheme_blocks

ROOT = Path(__file__).parents[3]
EVERY_KIND = ROOT / "tests" / "cli" / "schemes" / "every_kind.yaml"
SHIPPED = sorted((ROOT / "src" / "mutualaid_core" / "schemes").glob("*.yaml"))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANGUAGE_MODULES = [
    "mutualaid_core.domain.scheme.facts",
    "mutualaid_core.domain.scheme.options",
    "mutualaid_core.domain.scheme.eligibility",
    "mutualaid_core.domain.scheme.dues",
    "mutualaid_core.domain.scheme.joining",
    "mutualaid_core.domain.scheme.region",
    "mutualaid_core.domain.scheme.scheme",
    "mutualaid_core.domain.scheme.source",
    "mutualaid_core.domain.scheme.version",
    "mutualaid_core.domain.scheme.benefit.base",
    "mutualaid_core.domain.scheme.benefit.conditions",
    "mutualaid_core.domain.scheme.benefit.limits",
    "mutualaid_core.domain.scheme.benefit.rounding",
    "mutualaid_core.domain.scheme.benefit.terms",
]
both = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def read(path: Path) -> SchemeTerms:
    """The terms of a scheme file that has no faults."""
    file, problems = read_scheme_file(path)
    assert problems == ()
    assert isinstance(file, SchemeFile)
    return SchemeTerms(region=file.region, scheme=file.scheme, versions=file.versions)


@pytest.fixture(scope="module")
def terms() -> SchemeTerms:
    """A scheme with every kind of term."""
    return read(EVERY_KIND)


def text_of(terms: SchemeTerms, lang: Language) -> str:
    """A scheme as plain text."""
    return to_text(scheme_blocks(terms.scheme, terms.versions, terms.region, lang))


def edited(tmp_path: Path, *edits: tuple[str, str]) -> SchemeTerms:
    """The scheme with every kind of term after each first text was replaced by the second."""
    text = EVERY_KIND.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = tmp_path / "edited.yaml"
    path.write_text(text, "utf-8")
    return read(path)


def words_of_the_language() -> Iterator[enum.Enum]:
    """Every word that a scheme file may hold."""
    for name in LANGUAGE_MODULES:
        module = importlib.import_module(name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, enum.Enum) and value.__module__ == name:
                yield from value


def test_both_languages_have_the_same_sentences() -> None:
    """Both languages must have the same keys, and each sentence the same places."""
    places = {
        lang: {
            key: {name for _, name, _, _ in Formatter().parse(said) if name} for key, said in said_by.items()
        }
        for lang, said_by in PHRASES.items()
    }
    assert places["zh"] == places["en"]


def test_every_word_has_a_name() -> None:
    """Every word of the scheme language must have its name in both languages."""
    units = {"money", "days", "event"}
    nameless = [word for word in words_of_the_language() if word not in WORDS and word not in CODES]
    assert [str(word) for word in nameless if type(word).__name__ != "Unit" or word.value not in units] == []


def test_every_known_fact_has_a_name() -> None:
    """Every fact that needs no declaration must have its name."""
    assert set(KNOWN_FACTS) - set(FACTS) == set()


@pytest.mark.parametrize(
    "sentence",
    [
        "- 主办工会：示例市总工会",
        "- 施行：2014年1月1日至2014年12月31日",
        "- 分担：单位行政 1/3、会员个人承担其余部分〔出处：made-up〕",
        "- 并且：周岁年龄在 16 至 60 之间〔出处：made-up〕",
        (
            "- 补助基数：个人负担总金额，减去本项目对同一事件已付的住院补助（inpatient），低于零按零计"
            "〔出处：made-up〕"
        ),
        "- 免责期（保障首日的次日为第 1 天）：〔出处：made-up〕",
        "- 下列条件全部成立的免除免责期：“首次参加”为否",
        "- 第 1 步：减去起付线 800.00 元〔出处：made-up〕",
        "  - 一级医院（1）、二级医院（2）：乘以 100%",
        "  - 其余：乘以 80%",
        "- 限额：每人每期最高 50,000.00 元；乘以份数；超出部分不付〔出处：HN-4.4.3c〕",
        "- 限额：每人每期最多给付 2 次；按病因（cause）分别计算〔出处：made-up〕",
        "- 同一事件已付二次补助（second-layer）的，不再给付",
        "- 适用条件：病种编码以S、T开头",
        "- 大额给付：一人 30 天内合计 20,000.00 元及以上，须经决议〔出处：made-up〕",
        "- 继承人须提交：死亡证明、继承公证书〔出处：made-up〕",
    ],
)
def test_sentences_of_a_scheme(terms: SchemeTerms, sentence: str) -> None:
    """Who, when, base, waiting, steps, limits and open points must each be told."""
    assert sentence in text_of(terms, "zh").splitlines()


@pytest.mark.parametrize(
    "sentence",
    [
        "- Basis: compensation; all payers together never pay more than the cost",
        "- Base: the event, once [source: made-up]",
        "- Step 6: at most 60,000.00 yuan at this point [source: made-up]",
        "- Rounding: rounded down to 1.00 yuan, after each step [source: made-up]",
        "- Limit: at most 180 days for a person and period [source: made-up]",
        "  - b, c: a fixed sum of 5,000.00 yuan",
        "- After retirement: cover lasts to the end of the period [source: made-up]",
    ],
)
def test_sentences_in_english(terms: SchemeTerms, sentence: str) -> None:
    """The English text must say the same."""
    assert sentence in text_of(terms, "en").splitlines()


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        (CountWithin(fact="age", least=16), "age in years is at least 16"),
        (CountWithin(fact="age", most=60), "age in years is at most 60"),
        (CountWithin(fact="shares", least=2, most=2), "shares held is 2"),
        (CodeIs(fact="sex", one_of=("2",)), "sex is female (2)"),
        (CodeIs(fact="med_type", one_of=("21", "99")), "kind of care is inpatient stay (21), 99"),
        (CodeIs(fact="accident_grade", one_of=("a",)), "伤残等级 (accident_grade) is a"),
        (
            AmountWithin(add=("oth_pay",), above=Money(100), up_to=Money(200)),
            "paid by others is above 1.00 yuan, and paid by others is not above 2.00 yuan",
        ),
        (
            AmountWithin(add=("acct_pay",), below=Money(100)),
            "paid from the personal account is below 1.00 yuan",
        ),
    ],
)
def test_conditions(terms: SchemeTerms, condition: Condition, told: str) -> None:
    """Every kind of condition must be told with its ends, and codes with their names."""
    assert condition_text(Telling("en", terms.versions[0]), condition) == told


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({"least": 16, "most": 40}, "16 to 40: a fixed sum of 1.00 yuan"),
        ({"least": 41}, "41 and above: a fixed sum of 1.00 yuan"),
        ({"most": 15}, "15 and below: a fixed sum of 1.00 yuan"),
        ({}, "all others: a fixed sum of 1.00 yuan"),
    ],
)
def test_classes_by_number(terms: SchemeTerms, choice: dict[str, int], told: str) -> None:
    """Classes of a count must be told by their ends."""
    step = FixedSum(amount=Money(100), source="made-up")
    telling = Telling("en", terms.versions[0])
    assert choice_sentence(telling, "age", Choice(**choice, step=step)) == told


def test_what_is_nothing(terms: SchemeTerms) -> None:
    """Where an amount is zero the text must say that there is none."""
    telling = Telling("en", terms.versions[0])
    assert step_sentence(telling, FixedSum(amount=Money(0), source="made-up")) == "nothing"
    assert step_sentence(telling, Deductible(amount=Money(0), source="made-up")) == "no deductible"


def test_same_cause_within_days(terms: SchemeTerms) -> None:
    """A time in days must be told in days."""
    over = Accumulation(over=Over.SAME_CAUSE, cause="cause", within_days=90, source="made-up")
    assert "within 90 days" in accumulation_sentence(Telling("en", terms.versions[0]), over)


def test_bands_are_a_table(terms: SchemeTerms) -> None:
    """Bands must stand in a table, with the edges, the ratio and the most of each."""
    blocks = scheme_blocks(terms.scheme, terms.versions, terms.region, "en")
    table = next(each for each in blocks if isinstance(each, Table) and "Ratio" in each.head)
    assert table.head == ("Band", "Above", "Up to (incl.)", "Ratio", "Most of the band")
    assert table.rows == (
        ("1", "0.00", "10,000.00", "30%", "–"),
        ("2", "10,000.00", "100,000.00", "60%", "20,000.00"),
        ("3", "100,000.00", "∞", "1/3", "–"),
    )


@both
@pytest.mark.parametrize("path", [EVERY_KIND, *SHIPPED], ids=lambda path: path.stem)
def test_every_source_is_told(path: Path, lang: Language) -> None:
    """The text of a scheme must name every source that its terms cite, and every document."""
    terms = read(path)
    text = text_of(terms, lang)
    for version in terms.versions:
        assert [source for source in set(version.sources) if source not in text] == []
        assert [document.title for document in version.documents if document.title not in text] == []


@both
@pytest.mark.parametrize("path", [EVERY_KIND, *SHIPPED], ids=lambda path: path.stem)
def test_every_amount_is_told(path: Path, lang: Language) -> None:
    """The text of a scheme must show every amount and every ratio of its terms."""
    terms = read(path)
    text = text_of(terms, lang)
    shown = [each.to_text() if isinstance(each, Money) else str(each) for each in leaves(terms.versions)]
    assert [each for each in shown if each not in text and each != "0.00"] == []


def leaves(value: object) -> Iterator[Money | Ratio]:
    """Every amount and ratio within an entity."""
    if isinstance(value, Money | Ratio):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from leaves(part)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from leaves(getattr(value, field.name))


def test_markdown_is_read_as_it_is_meant(terms: SchemeTerms) -> None:
    """Marks in names must stand for themselves, and no line after a table may become code."""
    blocks = [Heading(1, "a_b"), Table(("x",), (("1 | 2",),)), Line("[c]", " <d>", depth=1)]
    assert to_markdown(blocks) == "# a\\_b\n\n| x |\n| --- |\n| 1 \\| 2 |\n\n- \\[c\\] \\<d\\>\n"
    text = to_markdown(scheme_blocks(terms.scheme, terms.versions, terms.region, "zh"))
    assert re.search(r"\n\n    ", text) is None


@both
def test_pooling_region_is_told(lang: Language) -> None:
    """A file that holds its region must have it told with its supervisor."""
    terms = next(each for each in map(read, SHIPPED) if each.region and each.region.supervisor)
    assert terms.region
    text = text_of(terms, lang)
    assert terms.region.name in text
    assert str(terms.region.supervisor) in text


def test_equal_schemes_have_no_differences(terms: SchemeTerms) -> None:
    """A scheme must not differ from itself, and the text must say so."""
    assert compared(terms, terms) == ()
    assert "are the same" in to_text(difference_blocks(terms, terms, (), "en"))


DUES = "versions[0].dues.rates[1].amount"
WAITING = "versions[0].benefits[0].waiting.grades[0].through_day"
STEPS = "versions[0].benefits[0].steps"


@pytest.mark.parametrize(
    ("old", "new", "path", "effect"),
    [
        ("main, amount: 80.00", "main, amount: 90.00", DUES, Effect.WORSE),
        ("main, amount: 80.00", "main, amount: 70.00", DUES, Effect.BETTER),
        ("through_day: 30", "through_day: 45", WAITING, Effect.WORSE),
        ("deductible, amount: 800.00", "deductible, amount: 600.00", f"{STEPS}[0].amount", Effect.BETTER),
        ("ratio: 30%", "ratio: 35%", f"{STEPS}[1].bands[0].ratio", Effect.BETTER),
        ("ratio: 60%, most: 20000.00", "ratio: 60%", f"{STEPS}[1].bands[1].most", Effect.BETTER),
        ("most: 50000.00", "most: 40000.00", "versions[0].benefits[0].limits[0].most", Effect.WORSE),
        ("filing_days_max: 180", "filing_days_max: 90", "versions[0].event.filing_days_max", Effect.WORSE),
        (
            "retirement: period_end",
            "retirement: on_the_day",
            "versions[0].open_points.cover_after.retirement",
            Effect.OTHER,
        ),
        ("over: period", "over: claim", "versions[0].benefits[0].accumulate.over", Effect.OTHER),
        ("name: 住院补助", "name: 住院医疗补助", "versions[0].benefits[0].name", None),
        ("window_days: 30", "window_days: 60", "versions[0].open_points.large_payment.window_days", None),
        ("sponsor: 示例市总工会", "sponsor: 另一总工会", "scheme.sponsor", None),
    ],
)
def test_one_difference(  # noqa: PLR0913, PLR0917  # a table
    tmp_path: Path, terms: SchemeTerms, old: str, new: str, path: str, effect: Effect | None
) -> None:
    """A changed parameter must be found at its path, and alone, with what it means for a member."""
    found = compared(terms, edited(tmp_path, (old, new)))
    assert [(each.path, each.kind, effect_of(each)) for each in found] == [(path, Kind.CHANGED, effect)]


SECOND = "          - {kind: payments, most: 2, per: period, each: cause, source: made-up}\n"


def test_what_is_gone_and_what_is_new(tmp_path: Path, terms: SchemeTerms) -> None:
    """A part of a list that is gone must be told as such, and in the other direction as new."""
    fewer = edited(tmp_path, (SECOND, ""))
    (gone,), (added,) = compared(terms, fewer), compared(fewer, terms)
    assert (gone.kind, gone.path, effect_of(gone)) == (
        Kind.REMOVED,
        "versions[0].benefits[0].limits[1]",
        Effect.BETTER,
    )
    assert (added.kind, effect_of(added)) == (Kind.ADDED, Effect.WORSE)
    telling = Telling("en", terms.versions[0])
    assert difference_plain(gone, telling) == {
        "path": "versions[0].benefits[0].limits[1]",
        "kind": "removed",
        "where": "benefits '住院补助' / limits 2 (payments limit)",
        "old": "Limit: at most 2 payments for a person and period; for each 病因 (cause) by itself",
        "new": None,
        "members": "better",
    }


def test_a_benefit_under_another_id_is_another_benefit(tmp_path: Path, terms: SchemeTerms) -> None:
    """A benefit with a new id must be told as new, and the old one as gone."""
    other = edited(tmp_path, ("benefit_id: per-diem", "benefit_id: per-day"))
    assert [(each.kind, effect_of(each)) for each in compared(terms, other)] == [
        (Kind.ADDED, Effect.BETTER),
        (Kind.REMOVED, Effect.WORSE),
    ]


def test_order_of_benefits_is_a_difference(terms: SchemeTerms) -> None:
    """Benefits in another order must be told, since they are computed in that order."""
    version = terms.versions[0]
    turned = attrs.evolve(version, benefits=version.benefits[::-1])
    assert [each.kind for each in differences(version, turned)] == [Kind.MOVED]


def test_step_of_another_kind(tmp_path: Path, terms: SchemeTerms) -> None:
    """A step of another kind must be told as one gone and one new."""
    other = edited(tmp_path, ("{kind: at_most, amount: 60000.00,", "{kind: share, ratio: 50%,"))
    assert {each.kind for each in compared(terms, other)} == {Kind.ADDED, Kind.REMOVED}


@both
def test_text_of_differences(tmp_path: Path, terms: SchemeTerms, lang: Language) -> None:
    """Days of force, what members notice and every path must be told in words of both sides."""
    new = edited(
        tmp_path,
        ("first_day: 2014-01-01", "first_day: 2015-01-01"),
        ("last_day: 2014-12-31", "last_day: null"),
        ("main, amount: 80.00", "main, amount: 90.00"),
    )
    text = to_text(difference_blocks(terms, new, compared(terms, new), lang))
    expected = {
        "zh": [
            "互助金 / 缴费标准 2 / 每份金额由 80.00 元提高到 90.00 元（对会员不利）",
            "自2015年1月1日起，未定末日",
        ],
        "en": [
            "amount of a share goes up from 80.00 yuan to 90.00 yuan (to the member's disadvantage)",
            "from 1 January 2015, no end set",
        ],
    }
    assert [each for each in expected[lang] if each not in text] == []
    assert "versions[0].dues.rates[1].amount" in text
    assert force_plain(new) == [
        {"version_id": "every-kind-2014", "first_day": "2015-01-01", "last_day": None}
    ]


@both
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_any_two_schemes_can_be_compared(terms: SchemeTerms, path: Path, lang: Language) -> None:
    """Whatever two schemes are compared, there must be a text, in both directions."""
    other = read(path)
    for old, new in ((terms, other), (other, terms)):
        assert to_text(difference_blocks(old, new, compared(old, new), lang))


def test_versions_are_paired_where_one_follows_another(terms: SchemeTerms) -> None:
    """A version under another id must be compared with the one that it follows."""
    version = terms.versions[0]
    later = attrs.evolve(terms, versions=(attrs.evolve(version, version_id="every-kind-2015"),))
    assert [each.path for each in compared(terms, later)] == ["versions[0].version_id"]
    assert isinstance(version, SchemeVersion)


def test_template_explains_every_field() -> None:
    """Each field that a template leaves open must be explained in both languages above it."""
    lines = template("scheme-1.json").splitlines()
    assert [line for line in lines if line.strip() == "# 。"] == []
    used = {line.strip().removeprefix("# ").removesuffix("。") for line in lines}
    assert [key for key, told in EXPLANATIONS.items() if told not in used] == []


def test_template_leaves_everything_to_fill_in(tmp_path: Path) -> None:
    """What a template leaves open must be told as what is left to fill in, and nothing else."""
    path = tmp_path / "new.yaml"
    text = template("scheme-1.json")
    path.write_text(text, "utf-8")
    lines = text.splitlines()
    _, problems = read_scheme_file(path)
    told = {problem.row for problem in problems}
    empty = {number for number, line in enumerate(lines, 1) if re.fullmatch(r" *(- )?\w+:", line)}
    filled_below = {number for number in empty if number < len(lines) and has_fields_below(lines, number)}
    may_stay_empty = {number for number in empty if lines[number - 1].strip() in {"last_day:", "up_to:"}}
    assert told == empty - filled_below - may_stay_empty


def has_fields_below(lines: list[str], number: int) -> bool:
    """Whether deeper fields follow the line of that number, past the comments."""
    depth = indentation(lines[number - 1])
    following = next((line for line in lines[number:] if not line.strip().startswith("#")), "")
    return indentation(following) > depth


def indentation(line: str) -> int:
    """Column of a field's name, behind its dash."""
    return len(line) - len(line.lstrip(" -"))
