"""Names and sentences: nothing may be missing in one language."""

import enum
import string
from fractions import Fraction

import pytest

from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, HospitalLevel
from mutualaid_core.domain.claims.trace import Rule
from mutualaid_core.domain.fund.ledger import EntryKind
from mutualaid_core.domain.oversight.disclosure import Dimension
from mutualaid_core.domain.scheme.benefit.base import DayCount
from mutualaid_core.domain.scheme.benefit.limits import Per
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.scheme.benefit.terms import Basis, Over
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.eligibility import InsuranceType
from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import EventDate
from mutualaid_core.domain.values.money import Rounding
from mutualaid_core.publication.explanation.step import TELLERS
from mutualaid_core.publication.labels import (
    CODES,
    FACTS,
    KINDS_OF_CARE,
    OTHER_AMOUNTS,
    SETTLEMENT_AMOUNTS,
    Label,
)
from mutualaid_core.publication.phrases_en import PHRASES as EN
from mutualaid_core.publication.phrases_zh import PHRASES as ZH
from mutualaid_core.publication.wording import Words

SHOWN = (
    Rule,
    Outcome,
    EventDate,
    InsuranceType,
    Rounding,
    RoundingPlace,
    HospitalLevel,
    FundingSource,
    Dimension,
    EntryKind,
    EventKind,
    Basis,
    DayCount,
    Over,
    Per,
)


def is_chinese(text: str) -> bool:
    """Whether *text* holds a Chinese character."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def places(text: str) -> set[str]:
    """The named places of a sentence."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", [code for kind in SHOWN for code in kind])
def test_every_code_has_a_name(code: enum.Enum) -> None:
    """Each code that a text may show must have a Chinese and an English name."""
    label = CODES[code]
    assert is_chinese(label.zh)
    assert label.en
    assert not is_chinese(label.en)


def test_every_settlement_amount_has_a_label() -> None:
    """The amounts of a settlement and the table of their names must be the same."""
    assert set(AMOUNT_FIELDS) == set(SETTLEMENT_AMOUNTS)


@pytest.mark.parametrize("table", [SETTLEMENT_AMOUNTS, KINDS_OF_CARE, OTHER_AMOUNTS, FACTS])
def test_labels_speak_both_languages(table: dict[str, Label]) -> None:
    """Each label must be Chinese in Chinese and must not be in English."""
    assert [name for name, label in table.items() if not is_chinese(label.zh) or is_chinese(label.en)] == []


def test_every_rule_is_told() -> None:
    """Each rule of the trace must have its way of being told."""
    assert set(Rule) == set(TELLERS)


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_speaks_both_languages(reason: Reason) -> None:
    """Each reason must have its text, and its remedy if it has one, in both languages."""
    assert is_chinese(reason.zh)
    assert reason.en
    assert bool(reason.remedy_zh) == bool(reason.remedy_en)


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_has_a_conclusion(outcome: Outcome) -> None:
    """Each outcome must have its conclusion."""
    assert f"conclusion_{outcome.value}" in ZH


def test_both_languages_have_the_same_sentences() -> None:
    """The keys of the two tables must be the same, in the same order."""
    assert list(ZH) == list(EN)


@pytest.mark.parametrize("key", [key for key in ZH if key != "code"])
def test_both_languages_name_the_same_places(key: str) -> None:
    """A sentence must use the same parts in both languages."""
    assert places(ZH[key]) == places(EN[key])
    assert not is_chinese(EN[key])


@pytest.mark.parametrize(
    ("fen", "zh"),
    [
        (Fraction(0), "0.00 元"),
        (Fraction(255_000), "2,550.00 元"),
        (Fraction(3333, 10), "3.333 元"),
        (Fraction(1, 1_000_000), "0.00000001 元"),
        # One more decimal than a pocket calculator has: as a fraction.
        (Fraction(1, 2_000_000), "0.00 元又 1/2000000 分"),
        (Fraction(1000, 3), "3.33 元又 1/3 分"),
    ],
)
def test_exact_amounts(fen: Fraction, zh: str) -> None:
    """A fraction of a fen must be shown exactly: by decimals where they end, else as a fraction."""
    assert zh == Words("zh").exact(fen)


def test_a_strange_code_stands_as_it_is() -> None:
    """A code that is no member of its kind must be shown as it is."""
    assert Words("en").named(InsuranceType, "777") == "777"
