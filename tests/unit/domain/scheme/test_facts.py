"""Facts: codes have words, other kinds none, and what is always known has one kind each."""

import pytest

from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS
from mutualaid_core.domain.scheme.facts import (
    KINDS_OF_CARE,
    KNOWN_AMOUNTS,
    KNOWN_CODES,
    KNOWN_COUNTS,
    KNOWN_FACTS,
    KNOWN_FLAGS,
    PERSONAL_FACTS,
    EventKind,
    FactKind,
    FactTerm,
    can_be,
    is_kind_of_care,
)
from mutualaid_core.errors import InvalidValueError


def fact(kind: FactKind, *codes: str) -> FactTerm:
    """A declared fact."""
    return FactTerm(name="grade", kind=kind, title="等级", codes=codes, source="HN-4.2.1a")


def test_a_code_has_words() -> None:
    """A code with its words must be taken as it is."""
    assert fact(FactKind.CODE, "A", "B").codes == ("A", "B")


def test_a_code_without_words_is_refused() -> None:
    """A code that may be anything cannot be checked, and must be refused."""
    with pytest.raises(InvalidValueError, match="codes must be given for a code, and only for one, got 0"):
        fact(FactKind.CODE)


@pytest.mark.parametrize("kind", [FactKind.AMOUNT, FactKind.COUNT, FactKind.FLAG])
def test_only_a_code_has_words(kind: FactKind) -> None:
    """Words of a number or of yes and no must be refused."""
    with pytest.raises(InvalidValueError, match="codes must be given for a code, and only for one, got 1"):
        fact(kind, "A")


def test_a_word_is_told_once() -> None:
    """A word told twice must be refused."""
    with pytest.raises(InvalidValueError, match="codes must name each word once, got 'A, B, A'"):
        fact(FactKind.CODE, "A", "B", "A")


def test_every_amount_of_a_settlement_is_known() -> None:
    """The amounts that need no declaration must be those of the national settlement."""
    assert set(KNOWN_AMOUNTS) == set(AMOUNT_FIELDS)


def test_what_is_known_has_one_kind() -> None:
    """No name may be known twice, and each must have the kind of its list."""
    names = (*KNOWN_AMOUNTS, *KNOWN_COUNTS, *KNOWN_FLAGS, *KNOWN_CODES)
    assert len(set(names)) == len(names) == len(KNOWN_FACTS)
    assert [KNOWN_FACTS[name] for name in ("hifp_pay", "age", "first_time", "hosp_lv")] == [
        *(FactKind.AMOUNT, FactKind.COUNT, FactKind.FLAG, FactKind.CODE)
    ]


def test_a_diagnosis_is_personal() -> None:
    """The diagnosis must be among the facts of which no text quotes a value."""
    assert {"dise_code"} == PERSONAL_FACTS


@pytest.mark.parametrize("code", ["11", "14", "21", "2101", "41", "52", "9901"])
def test_kinds_of_care(code: str) -> None:
    """National codes, longer ones of a region and local ones must be kinds of care."""
    assert is_kind_of_care(code)


@pytest.mark.parametrize("code", ["", "2", "2l", "zz", "31", "99", "21 ", "\uff12\uff11", "2100000"])
def test_no_kinds_of_care(code: str) -> None:
    """Anything else must be none."""
    assert not is_kind_of_care(code)


def test_what_is_suggested_is_a_kind_of_care() -> None:
    """The printed kinds of care must be kinds of care themselves."""
    assert all(map(is_kind_of_care, KINDS_OF_CARE))


@pytest.mark.parametrize(
    ("code", "stay", "visit"),
    [("21", True, False), ("11", False, True), ("52", True, True), ("9901", True, True)],
)
def test_what_a_kind_of_care_can_be(code: str, *, stay: bool, visit: bool) -> None:
    """Stays and visits must be told apart where the code does."""
    assert (can_be(EventKind.INPATIENT_STAY, code), can_be(EventKind.OUTPATIENT_VISIT, code)) == (stay, visit)
