"""Personal values: what is accepted, and that no text ever shows it."""

import copy
import datetime
import json
import pickle

import attrs
import pytest

from mutualaid_core.domain.values.personal import (
    BankCard,
    Diagnosis,
    PersonName,
    ResidentId,
    Sex,
    id_check_character,
    is_resident_id,
)
from mutualaid_core.errors import InvalidValueError

VALUES = (
    PersonName("张伟"),
    ResidentId("610103198503070014"),
    BankCard("6222020000000000123"),
    Diagnosis("J18.900"),
)


def masks(name: str) -> str:
    """The mask of a name."""
    return PersonName(name).masked()


@pytest.mark.clause("ACFTU-11.2b")
@pytest.mark.parametrize(
    ("name", "mask"),
    [
        ("张伟", "张*"),
        ("张小伟", "张**"),
        ("欧阳修", "欧阳*"),
        ("诸葛孔明", "诸葛**"),
        ("欧阳", "欧*"),
        ("张", "*"),
        ("阿不都·买买提", "阿**·***"),
        ("阿不都•买买提", "阿**•***"),
        ("John Smith", "J*********"),
        ("李（大）", "李***"),
        ("J.", "J*"),
    ],
)
def test_names_are_masked(name: str, mask: str) -> None:
    """The surname's character and the dots must stay, everything else must be starred."""
    assert mask == masks(name)


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "张",
        "阿不都·买买提·江",
        "O'Neill-Smith",
        "张伟A",
        "\u3007小明",
        "䶮",
        "\U00031350三",
        "\ue000三",
        "李" * 50,
    ],
)
def test_odd_names_are_accepted(name: str) -> None:
    """Short, long, foreign, rare and privately encoded names must pass unchanged."""
    assert name == PersonName(name).reveal()


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            " 张三",
            "张三 ",
            "李" * 51,
            "·",
            "张·",
            "·张",
            "张三1",
            "张\uff11",
            "张٣",
            "<b>张</b>",
            "张&三",
        ),
        *(
            "张*",
            "***",
            "张\n三",
            "张\u200b三",
            "张\u3000三",
            "\u3164",
            "张\ud800",
            "=1+1",
            "张/三",
            "张?",
            "-",
            "()",
        ),
        *("13800000000", "610103198503070014", "\ufeff张三", "张\u202e三", "①"),
    ],
)
def test_what_is_no_name_is_refused(name: str) -> None:
    """Digits, markup, stars, control and invisible characters must be refused, and not quoted."""
    with pytest.raises(InvalidValueError, match=r"name must be .*, got '\d+ characters'"):
        PersonName(name)


@pytest.mark.parametrize(
    "text",
    [
        "610103198503070014",
        "430102198503070022",
        "810000199001011230",
        "11010519491231002X",
    ],
)
def test_valid_numbers_are_accepted(text: str) -> None:
    """Mainland numbers, residence permits and a check character X must pass (GB 11643)."""
    assert text == ResidentId(text).reveal()


@pytest.mark.parametrize("division", ["820000", "830000", "911100", "710000"])
def test_numbers_outside_the_mainland_are_accepted(division: str) -> None:
    """Macao, Taiwan and foreigners' cards must pass with a right check character."""
    body = f"{division}19900101123"
    text = body + id_check_character(body)
    assert text == ResidentId(text).reveal()


@pytest.mark.parametrize(
    "text",
    [
        *("", "61010319850307001", "6101031985030700140", "610103198503070014\n", " 610103198503070014"),
        *(
            "610103850307001",
            "11010519491231002x",
            "6101031985030700\uff114",
            "٦10103198503070014",
            "X10103198503070014",
        ),
        *("010103198503070014", "840000199001011230", "700000199001011230", "61010319850307001A"),
    ],
)
def test_other_forms_are_no_number(text: str) -> None:
    """The constructor must take the plain 18 characters only, of a kind that exists."""
    with pytest.raises(
        InvalidValueError, match=r"id_number must be 17 digits and a check character, got '\d+ char"
    ):
        ResidentId(text)


@pytest.mark.parametrize("place", ["990001", "160101", "960124"])
def test_an_unknown_province_is_refused(place: str) -> None:
    """A number whose first digits, or those behind a foreigner's 9, name no province must be refused."""
    body = f"{place}19850307001"
    text = body + id_check_character(body)
    with pytest.raises(InvalidValueError, match="must begin with the code of a province") as caught:
        ResidentId(text)
    assert text not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "440103199002290011",
        "440103199013010011",
        "440103199000010011",
        "440103000001010011",
        "440103184912310011",
    ],
)
def test_an_impossible_birth_date_is_refused(text: str) -> None:
    """29 February 1990, a 13th month and a birth before 1850 must be refused."""
    with pytest.raises(InvalidValueError, match="id_number must hold a birth date that exists"):
        ResidentId(text)


@pytest.mark.clause("ACFTU-11.2h")
def test_a_wrong_check_character_is_refused_masked() -> None:
    """The error for 610103198503070018 must show 610***********0018 at most (ACFTU-11.2h)."""
    with pytest.raises(InvalidValueError) as caught:
        ResidentId("610103198503070018")
    expected = "id_number must end in its check character, got '610***********0018'"
    assert f"{expected}\nhint: compare it with the identity card" == str(caught.value)


@pytest.mark.clause("HN-4.3.4c")
@pytest.mark.parametrize(
    "text",
    [
        "610103850307001",
        "610103198503070014",
        " 610103198503070014 ",
        "\uff16\uff11\uff10\uff11\uff10\uff13\uff11\uff19\uff18\uff15\uff10\uff13\uff10\uff17\uff10\uff10\uff11\uff14",
    ],
)
def test_one_person_is_recognised_in_every_form(text: str) -> None:
    """The 15-digit, padded and full-width forms must be the same person (HN-4.3.4c)."""
    assert ResidentId("610103198503070014") == ResidentId.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002x",
        "11010519491231002\uff58",
        "\uff11\uff11\uff10\uff11\uff10\uff15\uff11\uff19\uff14\uff19\uff11\uff12\uff13\uff11\uff10\uff10\uff12\uff38",
    ],
)
def test_a_small_x_is_read(text: str) -> None:
    """A lower-case and a full-width X must be read as the check character."""
    assert ResidentId("11010519491231002X") == ResidentId.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "810000900101123", "61010385030700", "610103850230001", "610103 850307001", "'610103198503070014"],
)
def test_parse_refuses_what_is_no_number(text: str) -> None:
    """A short permit, a short date that does not exist and spreadsheet marks must be refused."""
    with pytest.raises(InvalidValueError):
        ResidentId.parse(text)


def test_the_number_holds_the_birth_date() -> None:
    """The birth date must be read from the number."""
    assert datetime.date(1985, 3, 7) == ResidentId("610103198503070014").birth_date


@pytest.mark.parametrize(
    ("text", "sex"), [("610103198503070014", Sex.MALE), ("430102198503070022", Sex.FEMALE)]
)
def test_the_17th_digit_holds_the_sex(text: str, sex: Sex) -> None:
    """Odd must be male, even female (GB 11643)."""
    assert sex is ResidentId(text).sex


@pytest.mark.parametrize(
    ("code", "sex"), [(0, Sex.UNKNOWN), (1, Sex.MALE), (2, Sex.FEMALE), (9, Sex.NOT_STATED)]
)
def test_sex_has_the_codes_of_the_standard(code: int, sex: Sex) -> None:
    """The codes must be those of GB/T 2261.1."""
    assert sex is Sex(code)


@pytest.mark.clause("ACFTU-11.2b")
@pytest.mark.parametrize(
    ("value", "mask"),
    [
        (ResidentId("11010519491231002X"), "110***********002X"),
        (BankCard("6222020000000000123"), "****0123"),
        (Diagnosis("J18.900"), "***"),
    ],
)
def test_numbers_are_masked(value: ResidentId | BankCard | Diagnosis, mask: str) -> None:
    """An ID must show its first three and last four, a card its last four, a diagnosis nothing."""
    assert mask == value.masked()


@pytest.mark.parametrize(
    "text", ["", "1234567", "1" * 31, "6222 0200 0000", "6222\uff10200", "62220200x", "12345678\n"]
)
def test_other_forms_are_no_card(text: str) -> None:
    """A card number must be 8 to 30 plain digits."""
    with pytest.raises(InvalidValueError, match="bank_card must be 8 to 30 digits"):
        BankCard(text)


@pytest.mark.parametrize("text", ["", " J18", "J18 ", "J" * 51, "J\n18", "J\ud800"])
def test_other_forms_are_no_diagnosis(text: str) -> None:
    """A diagnosis code must be 1 to 50 printable characters."""
    with pytest.raises(InvalidValueError, match="diagnosis must be 1 to 50 printable characters"):
        Diagnosis(text)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_text_is_masked(value: PersonName) -> None:
    """No way of making a text may show the plain value."""
    texts = (
        repr(value),
        str(value),
        f"{value}",
        f"{value!r:>40}",
        f"{value:>30}",
        ascii(value),
    )
    assert not [text for text in (*texts, json.dumps(value, default=str)) if value.reveal() in text]


def test_a_masked_value_is_padded_like_a_text() -> None:
    """A format must apply to the mask."""
    assert f"{PersonName('张伟'):>4}" == "  张*"


@pytest.mark.parametrize("kind", [PersonName, ResidentId, BankCard, Diagnosis])
@pytest.mark.parametrize("wrong", [610103198503070014, None, b"610103198503070014", ["J18.9"]])
def test_only_texts_are_personal_values(kind: type, wrong: object) -> None:
    """A number that a spreadsheet made of an ID must be refused without being shown."""
    with pytest.raises(InvalidValueError, match=r"text must be str, got '(int|NoneType|bytes|list)'"):
        kind(wrong)


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_personal_values_survive_copy_and_pickle(value: PersonName) -> None:
    """A personal value must come back from a copy and from another process unchanged."""
    assert (value, value) == (copy.deepcopy(value), pickle.loads(pickle.dumps(value)))  # noqa: S301  # our own bytes


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_personal_values_are_frozen(value: PersonName) -> None:
    """A personal value must not change."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        value._text = "other"


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_personal_value_is_not_its_text(value: PersonName) -> None:
    """A personal value must not be equal to its plain text."""
    assert value != value.reveal()


def test_kinds_of_personal_values_differ() -> None:
    """A card number and a diagnosis of the same text must differ."""
    assert BankCard("12345678") != Diagnosis("12345678")


def test_equal_names_are_equal_and_hash_alike() -> None:
    """Equal names must be interchangeable as keys."""
    assert {PersonName("张伟"): "kept"} == {PersonName("张伟"): "kept"}


def test_names_of_one_mask_differ() -> None:
    """Two names with the same mask must still differ."""
    assert PersonName("张伟") != PersonName("张芳")


def test_a_stranger_that_equals_everything_decides(always_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says yes."""
    assert PersonName("张伟") == always_equal


def test_a_stranger_that_equals_nothing_decides(never_equal: object) -> None:
    """Equality with a stranger must be left to the stranger that says no."""
    assert PersonName("张伟") != never_equal


def test_personal_values_have_no_order() -> None:
    """Sorting by a personal value must not be possible."""
    with pytest.raises(TypeError):
        assert PersonName("张伟") < PersonName("张芳")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("610103198503070014", True), ("610103850307001", True), ("610103198503070018", False), ("M-1", False)],
)
def test_an_id_number_is_recognised(text: str, *, expected: bool) -> None:
    """A text that is an ID number in either length must be recognised."""
    assert expected == is_resident_id(text)
