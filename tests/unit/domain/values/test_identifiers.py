"""Identifiers: credit codes, institution codes, division codes."""

import pytest

from mutualaid_core.domain.values.identifiers import (
    credit_check_character,
    parse_credit_code,
    parse_division_code,
    parse_institution_code,
)
from mutualaid_core.errors import InvalidValueError


@pytest.mark.clause("ACFTU-6.1")
@pytest.mark.parametrize(
    "code", ["81430000MC00000016", "81610000MC00000270", "51440000MJL000001M", "N2430124MF0000012W"]
)
def test_valid_credit_codes_are_accepted(code: str) -> None:
    """Unions, associations and rural cooperatives with a right check character must pass (GB 32100)."""
    assert code == parse_credit_code(code)


def test_a_check_sum_of_nothing_gives_zero() -> None:
    """A sum that 31 divides must give the check character 0, where other libraries fail."""
    assert credit_check_character("81610000MC0000027") == "0"


@pytest.mark.clause("ACFTU-6.1")
def test_a_wrong_check_character_is_refused() -> None:
    """The last character N instead of M must be refused (ACFTU-6.1)."""
    with pytest.raises(InvalidValueError) as caught:
        parse_credit_code("51440000MJL000001N")
    assert caught.value.clause == "ACFTU-6.1"


@pytest.mark.parametrize(
    "text",
    [
        "\uff18\uff11\uff14\uff13\uff10\uff10\uff10\uff10\uff2d\uff23\uff10\uff10\uff10\uff10\uff10\uff10\uff11\uff16",
        " 81430000mc00000016 ",
    ],
)
def test_credit_codes_are_read_as_people_write_them(text: str) -> None:
    """Full-width, lower-case and padded codes must be read as the printed one."""
    assert parse_credit_code(text) == "81430000MC00000016"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "81430000MC0000001",
        "81430000MC000000160",
        "81430000MI00000016",
        "8143000OMC00000016",
        "٨1430000MC00000016",
    ],
)
def test_other_forms_are_no_credit_code(text: str) -> None:
    """A wrong length, a letter that the standard leaves out and foreign digits must be refused."""
    with pytest.raises(InvalidValueError, match="credit_code must have the 18 characters of GB 32100"):
        parse_credit_code(text)


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("parse", [parse_credit_code, parse_institution_code, parse_division_code])
@pytest.mark.parametrize("text", ["610103198503070014", "13800000000", "张伟"])
def test_a_slipped_column_is_not_quoted(parse: object, text: str) -> None:
    """A person's number or name in the column of a code must not reach the error's text."""
    with pytest.raises(InvalidValueError) as caught:
        parse(text)
    assert text not in str(caught.value)


@pytest.mark.parametrize("code", ["H43010000004", "P61010300001"])
def test_institution_codes_are_accepted(code: str) -> None:
    """H or P and eleven digits must pass."""
    assert code == parse_institution_code(code)


@pytest.mark.parametrize(
    "text", ["", "H4301000000", "h43010000004", "X43010000004", "H\uff14\uff13010000004", "H43010000004\n"]
)
def test_other_forms_are_no_institution_code(text: str) -> None:
    """Another letter, another length and foreign digits must be refused."""
    with pytest.raises(InvalidValueError, match="fixmedins_code must be H or P and eleven digits"):
        parse_institution_code(text)


@pytest.mark.parametrize("code", ["430100", "441900"])
def test_division_codes_are_accepted(code: str) -> None:
    """Six digits must pass; whether the place still exists is not asked."""
    assert code == parse_division_code(code)


@pytest.mark.parametrize("text", ["", "43010", "4301000", "030100", "\uff14\uff130100", "43010a", "430100\n"])
def test_other_forms_are_no_division_code(text: str) -> None:
    """Another length, a leading zero and foreign digits must be refused."""
    with pytest.raises(InvalidValueError, match="division_code must be six digits"):
        parse_division_code(text)
