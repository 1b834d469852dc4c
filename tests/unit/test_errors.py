"""Errors: one text and one stable code a class, and the same error after a copy."""

import copy
import pickle
import re
from pathlib import Path

import pytest

from mutualaid_core import errors
from mutualaid_core.errors import (
    AlreadyExistsError,
    BoundExceededError,
    CommitUnknownError,
    ConflictError,
    IntakeError,
    InvalidValueError,
    KeyReusedError,
    MissingExtraError,
    MutualAidError,
    NotFoundError,
    ReadOnlyError,
    RecordError,
    SchemaVersionError,
    StaleVersionError,
    StoreBrokenError,
    StoreBusyError,
    StoreError,
    TooLargeError,
    UnknownStoreError,
    VersionGapError,
    conflict,
)

ROOT = Path(__file__).parents[2]

GOLDEN = {
    "MA000": (MutualAidError("something is wrong"), "something is wrong"),
    "MA001": (
        InvalidValueError(
            "ratio", "must be <= 1", "120/100", clause="HN-4.4.2c", hint="60% is Ratio(60, 100)"
        ),
        "ratio must be <= 1, got '120/100' [HN-4.4.2c]\nhint: 60% is Ratio(60, 100)",
    ),
    "MA010": (
        RecordError("claim", "C-1", "is damaged", hint="verify the store"),
        "claim 'C-1' is damaged\nhint: verify the store",
    ),
    "MA011": (NotFoundError("claim", "C-1"), "claim 'C-1' does not exist"),
    "MA012": (
        ConflictError("claim", "C-1", expected=2, actual=3),
        "claim 'C-1' has version 3, expected 2\nhint: read it again and decide anew",
    ),
    "MA013": (
        AlreadyExistsError("claim", "C-1", expected=0, actual=3),
        "claim 'C-1' already exists (version 3)\nhint: read it again and decide anew",
    ),
    "MA014": (
        StaleVersionError("claim", "C-1", expected=2, actual=3),
        "claim 'C-1' has version 3, expected 2\nhint: read it again and decide anew",
    ),
    "MA020": (
        VersionGapError("A", "2014-01-01", ("V-1", "V-2")),
        "exactly one version of 'A' must be in force on 2014-01-01, found V-1, V-2",
    ),
    "MA030": (
        IntakeError(
            ("roster.csv:3:name: missing: give a name", "roster.csv:4:unit: unknown 'U-9': add the unit")
        ),
        "roster.csv:3:name: missing: give a name\nroster.csv:4:unit: unknown 'U-9': add the unit",
    ),
    "MA040": (
        StoreError("get", "the disk is full", hint="free some space"),
        "get: the disk is full\nhint: free some space",
    ),
    "MA041": (
        BoundExceededError("cap/M-1", value=5, delta=7, lo=0, hi=10),
        "commit: counter 'cap/M-1' at 5 cannot take +7 within [0, 10]",
    ),
    "MA042": (
        KeyReusedError("K-1"),
        (
            "commit: key 'K-1' was used before with other content\n"
            "hint: a correction is a further act with a key of its own"
        ),
    ),
    "MA043": (
        TooLargeError("body", size=2_000_000, limit=1_048_576),
        "commit: body has 2000000, the limit is 1048576",
    ),
    "MA044": (
        CommitUnknownError("K-1"),
        "commit: outcome of 'K-1' is unknown\nhint: ask receipt(key) after reopening",
    ),
    "MA045": (StoreBrokenError("open", "the checksum differs"), "open: the checksum differs"),
    "MA046": (
        StoreBusyError("commit", "another writer holds the store"),
        "commit: another writer holds the store",
    ),
    "MA047": (
        ReadOnlyError(),
        "commit: the store is open for reading only\nhint: open it without read_only",
    ),
    "MA048": (
        UnknownStoreError("oracle", ("file", "memory", "sqlite")),
        "open: unknown store 'oracle'; known: file, memory, sqlite",
    ),
    "MA050": (
        SchemaVersionError("claim", found=3, known=2),
        "claim has stored form 3, known up to 2\nhint: upgrade mutualaid-core",
    ),
    "MA060": (
        MissingExtraError("sql"),
        "this needs the extra 'sql'\nhint: pip install 'mutualaid-core[sql]'",
    ),
}

ERRORS = [error for error, _ in GOLDEN.values()]
every_error = pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.code)


def classes() -> list[type[MutualAidError]]:
    """Every class of the tree."""
    return [
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, MutualAidError)
    ]


@pytest.mark.parametrize("code", GOLDEN)
def test_texts_never_change_by_accident(code: str) -> None:
    """Each class must have its code and its text."""
    error, text = GOLDEN[code]
    assert (code, text) == (error.code, str(error))


def test_every_class_has_a_golden_text() -> None:
    """No class may be without a pinned text."""
    assert set(classes()) == {type(error) for error in ERRORS}


def test_codes_are_unique() -> None:
    """No two classes may share a code."""
    codes = [kind.code for kind in classes()]
    assert sorted(set(codes)) == sorted(codes)


def test_codes_have_one_form() -> None:
    """A code must be MA and three digits."""
    assert [kind.code for kind in classes() if not re.fullmatch(r"MA[0-9]{3}", kind.code)] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_is_documented(language: str) -> None:
    """The page must have a section per code, in the order of the codes, that names the class."""
    page = (ROOT / "docs" / language / "reference" / "errors.md").read_text(encoding="utf-8")
    expected = [(kind.code, kind.__name__) for kind in sorted(classes(), key=lambda kind: kind.code)]
    assert expected == re.findall(r"^## (MA\d{3}) (\w+)", page, re.MULTILINE)


@pytest.mark.parametrize(
    ("error", "parent"),
    [
        (InvalidValueError, ValueError),
        (NotFoundError, LookupError),
        (UnknownStoreError, LookupError),
        (MissingExtraError, ImportError),
    ],
)
def test_errors_have_parents_of_the_standard_library(
    error: type[MutualAidError], parent: type[Exception]
) -> None:
    """Code that knows only the standard library must be able to catch what it knows."""
    assert issubclass(error, parent)


@every_error
@pytest.mark.parametrize(
    "remake",
    [copy.copy, copy.deepcopy, lambda error: pickle.loads(pickle.dumps(error))],  # noqa: S301  # our own bytes
    ids=["copy", "deepcopy", "pickle"],
)
def test_an_error_survives_a_copy(error: MutualAidError, remake: object) -> None:
    """A copy, and an error from another process, must have class, text and attributes of the original."""
    again = remake(error)
    assert (type(error), str(error), repr(error), vars(error)) == (
        type(again),
        str(again),
        repr(again),
        vars(again),
    )


def test_an_import_error_keeps_its_message() -> None:
    """The message that ``ImportError`` keeps for itself must survive pickling too."""
    error = MissingExtraError("sql")
    assert error.msg == pickle.loads(pickle.dumps(error)).msg  # noqa: S301  # our own bytes


@every_error
def test_args_hold_the_text_only(error: MutualAidError) -> None:
    """``args`` must be the text, so that no log shows more than the text."""
    assert (str(error),) == error.args


@pytest.mark.parametrize("error", [AlreadyExistsError, StaleVersionError])
def test_conflicts_can_be_caught_together(error: type[MutualAidError]) -> None:
    """Whoever writes must be able to catch both kinds of conflict at once."""
    assert issubclass(error, ConflictError)


@pytest.mark.parametrize(("expected", "kind"), [(0, AlreadyExistsError), (1, StaleVersionError)])
def test_a_conflict_is_of_the_kind_that_fits(expected: int, kind: type[ConflictError]) -> None:
    """A record that must not exist must give another error than one that changed."""
    assert kind is type(conflict("claim", "C-1", expected=expected, actual=3))


def test_a_gap_without_versions_says_none() -> None:
    """A day without a version must be told as such."""
    assert str(VersionGapError("A", "2014-01-01", ())).endswith("found none")


def test_a_long_value_is_cut() -> None:
    """A value of a megabyte must not fill the log."""
    text = str(InvalidValueError("name", "must be short", "x" * 1_000_000))
    assert f"name must be short, got '{'x' * 199}…" == text


def test_a_number_too_long_to_print_is_told() -> None:
    """A number that Python refuses to print must not replace the error by another one."""
    text = str(InvalidValueError("fen", "must be small", 1 << 20_000))
    assert text == "fen must be small, got int too long to show"


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("value", [13800000000, (1, 610103198503070014), "card 6222020000000000123"], ids=str)
def test_a_number_as_long_as_a_persons_is_left_out(value: object) -> None:
    """Neither the text nor an attribute may keep a number of eleven digits or more."""
    error = InvalidValueError("count", "must be <= 13800000000", value)
    assert not re.search(r"[0-9]{11}", f"{error!r} {vars(error)}")


def test_the_value_stays_at_hand() -> None:
    """Callers must find the parts as attributes, without reading the text."""
    error = InvalidValueError("ratio", "must be <= 1", 2, clause="HN-4.4.2c", hint="halve it")
    parts = (error.field, error.rule, error.value, error.clause, error.hint)
    assert parts == ("ratio", "must be <= 1", 2, "HN-4.4.2c", "halve it")
