"""Numbers of persons: found in texts and ids, told from papers, moments and pseudonyms."""

import hashlib

import attrs
import pytest

from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.numbers import (
    file_shown,
    identity_number_in,
    personal_number_in,
    without_identity_numbers,
    without_personal_numbers,
)
from mutualaid_core.domain.values.personal import impersonal_text, paper_number, pseudonym
from mutualaid_core.errors import InvalidValueError

ID, OLD_ID = "610103198503070014", "610103850307001"
CARD, MOBILE = "62220200000000000", "13800138000"
"""The card passes the check of cards: worked out by hand, 2 + 2 + 4 + 2 + 0 + 4 + 0 + 6 = 20."""


@attrs.frozen(field_transformer=checked)
class Note:
    """What a host gives."""

    text: str = attrs.field(default="x", validator=impersonal_text)
    paper: str = attrs.field(default="x", validator=paper_number)
    own_id: str = attrs.field(default="x", validator=pseudonym)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ID, "an ID number"),
        (OLD_ID, "an ID number"),
        (f"张三{ID}的申请", "an ID number"),
        (f"U{ID}", "an ID number"),
        ("610103 19850307 0014", "an ID number"),
        ("".join(chr(ord(digit) + 0xFEE0) for digit in ID), "an ID number"),
        (CARD, "a bank card number"),
        ("4111-1111-1111-1111", "a bank card number"),
        (f"电话{MOBILE}", "a mobile number"),
        ("+86 138 0013 8000", "a mobile number"),
    ],
)
def test_numbers_are_found_and_starred_out(text: str, kind: str) -> None:
    """Each form must be found, and nothing of the number be left."""
    assert personal_number_in(text) == kind
    assert "0" not in without_personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "湘工发〔2013〕12号",
        "2014-0001",
        "2014-0001-0002-0003",
        "20140701000000000001",
        "140701-00012",
        "4111111111111112",
        "1111222233334444",
        "610103198503070015",
        "610103199902300014",
        "610103851307001",
        f"M{ID[:17]}a",
        "0.123456789012",
    ],
)
def test_other_figures_pass(text: str) -> None:
    """Papers, moments, wrong checks and pseudonyms must pass unchanged."""
    assert (personal_number_in(text), without_personal_numbers(text)) == (None, text)


def test_pseudonyms_pass() -> None:
    """Of ten thousand pseudonyms none must look like a number, whatever figures it has."""
    made = (f"M{hashlib.sha256(str(each).encode()).hexdigest()[:24]}" for each in range(10_000))
    assert [each for each in made if personal_number_in(each)] == []


def test_ids_may_look_like_mobile_numbers() -> None:
    """A division code of 13, 14 or 15 and a serial number make an id; ID numbers stay refused."""
    assert identity_number_in("13010200012") is None
    assert identity_number_in(f"{MOBILE} {ID}") == "an ID number"
    assert without_identity_numbers(f"unit 13010200012, {ID}, {CARD}") == "unit 13010200012, ***, ***"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (f"张三{ID}.csv", "张三***0014.csv"),
        ("610103198503070015x.csv", "***015x.csv"),
        (f"{MOBILE}-2014.xlsx", "***8000-2014.xlsx"),
        ("roster-20131210120000.csv", "roster-20131210120000.csv"),
    ],
)
def test_names_of_files(name: str, shown: str) -> None:
    """A file must be told by its name with the last four figures of a number."""
    assert file_shown(name) == shown


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("text", f"见 {MOBILE}"),
        ("text", f"卡 {CARD}"),
        ("paper", MOBILE),
        ("paper", f"Z{ID}"),
        ("own_id", CARD),
        ("own_id", OLD_ID),
        ("own_id", ID),
    ],
)
def test_hosts_give_no_numbers_of_persons(field: str, text: str) -> None:
    """A text, a paper and an id with a number of a person must be refused without being quoted."""
    with pytest.raises(InvalidValueError, match=r"must not (be|hold) an? (ID|bank card|mobile) ?") as caught:
        Note(**{field: text})
    assert (caught.value.clause, text in str(caught.value)) == ("ACFTU-11.2h", False)


def test_hosts_give_papers() -> None:
    """A legal number of a paper must pass as a text and as an id."""
    note = Note(text="湘工发〔2013〕12号", paper="湘工发〔2013〕12号", own_id="13010200012")
    assert note.paper == note.text
