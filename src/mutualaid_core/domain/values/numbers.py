"""Numbers of persons (个人号码): ID numbers, bank cards and mobile telephones, told from other figures.

Texts and ids that a host gives end up in records, journals and answers, so they must hold no such
number. Found is what is surely or most likely one: its length, its form and its check must fit.
Names cannot be told from other words; whoever writes such a text answers for that.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Final

ID_FORM: Final = re.compile(r"(?:[1-6][0-9]|71|8[1-3]|9[0-9])[0-9]{15}[0-9X]", re.ASCII)
"""A resident ID number of 18 characters, before its date and its check are looked at."""

_PLACES: Final = frozenset(
    {
        *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37"),
        *("41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54"),
        *("61", "62", "63", "64", "65", "71", "81", "82", "83"),
    }
)
"""Provinces of GB/T 2260, and 83 for residence permits of Taiwan: an ID number begins with one of them."""

_FOREIGN: Final = "9"
"""How the card of a foreigner begins, before the province where it was given out."""

OLD_ID_FORM: Final = re.compile(r"[1-6][0-9]{14}", re.ASCII)
"""The form of 15 digits that was given out until 1999."""

MOBILE: Final = "a mobile number"
"""What a mobile number is called."""

_BIRTH_YEAR_MIN: Final = 1850
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"
_HALF_WIDTH: Final = str.maketrans("０１２３４５６７８９Ｘｘ－\u3000", "0123456789XX- ")  # noqa: RUF001  # full-width
_MARKS: Final = str.maketrans("", "", " -")
_LONG: Final = re.compile(r"[0-9](?:[ -]?[0-9]){10}", re.ASCII)
"""What every such number has at least: eleven digits, in groups or not."""

_MISTYPED: Final = re.compile(r"[0-9０-９]{15,}[Xx]?")  # noqa: RUF001  # full-width
"""As long as an ID number, whatever its check says."""

_ALONE: Final = r"(?<![0-9A-Za-z])(?:{})(?![0-9A-Za-z])"
_IDS: Final = re.compile(r"(?<![0-9])[0-9]{6}([ -]?)[0-9]{8}\1[0-9]{3}[0-9Xx](?![0-9])", re.ASCII)
_OLD_IDS: Final = re.compile(_ALONE.format(r"[0-9]{15}"), re.ASCII)
_CARDS: Final = re.compile(
    _ALONE.format(r"[0-9]{16}(?:[0-9]{1,3})?|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?"), re.ASCII
)
_CARD_FORM: Final = re.compile(
    r"62[0-9]{14,17}|9[05][0-9]{17}|4[0-9]{15}(?:[0-9]{3})?|5[1-5][0-9]{14}", re.ASCII
)
_MOBILES: Final = re.compile(
    _ALONE.format(r"(?:(?:\+|00)?86[ -]?)?1[3-9][0-9](?:[0-9]{8}|[ -][0-9]{4}[ -][0-9]{4})"), re.ASCII
)


def id_check_character(body: str) -> str:
    """Check character of the first 17 digits of an ID number.

    >>> id_check_character("61010319850307001")
    '4'
    """
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True)) % 11]


def birth_date_of(id_number: str) -> datetime.date | None:
    """Day of birth in an ID number of 18 characters; ``None`` where there is no such day."""
    try:
        day = datetime.date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None
    return day if day.year >= _BIRTH_YEAR_MIN else None


def has_known_place(id_number: str) -> bool:
    """Whether an ID number of 18 characters names a province, at its start or behind a foreigner's 9.

    >>> has_known_place("610103198503070014"), has_known_place("911124198108030024")
    (True, True)
    """
    return id_number.removeprefix(_FOREIGN)[:2] in _PLACES


def of_18(old: str) -> str:
    """The 18 characters of an ID number of 15 digits, whose birth year is of the 1900s."""
    longer = f"{old[:6]}19{old[6:]}"
    return longer + id_check_character(longer)


def personal_number_in(text: str) -> str | None:
    """What number of a person stands in a text, in words; ``None`` where none does.

    Args:
        text: Any text; full-width digits, and groups with blanks or hyphens, are read as well.

    Clause:
        ACFTU-11.2h

    >>> personal_number_in("paper of 138 0013 8000"), personal_number_in("湘工发〔2013〕12号")
    ('a mobile number', None)
    """
    return next((word for word, _, _ in _found(text)), None)


def identity_number_in(text: str) -> str | None:
    """The same of ID numbers and bank cards alone, for ids.

    Ids of units and papers are often a division code and a serial number, which in some provinces
    look like a mobile number.

    Args:
        text: An id.

    Clause:
        ACFTU-11.2h

    >>> identity_number_in("13010200012"), identity_number_in("U610103198503070014")
    (None, 'an ID number')
    """
    return next((word for word, _, _ in _found(text) if word != MOBILE), None)


def without_personal_numbers(text: str) -> str:
    """*text* with the numbers of persons starred out.

    Clause:
        ACFTU-11.2h

    >>> without_personal_numbers("610103198503070014.csv")
    '***.csv'
    """
    return _starred(text, [(first, last) for _, first, last in _found(text)])


def without_identity_numbers(text: str) -> str:
    """*text* with ID numbers and bank cards starred out, so that ids in it stay as they are.

    Clause:
        ACFTU-11.2h

    >>> without_identity_numbers("no unit 13010200012, no member 610103198503070014")
    'no unit 13010200012, no member ***'
    """
    return _starred(text, [(first, last) for word, first, last in _found(text) if word != MOBILE])


def file_shown(name: str) -> str:
    """Name of a file as it may be told and kept, numbers of persons starred out.

    A file may be named after a person. Its name is told so that somebody finds it again, with the
    last four figures of a number, also of one that was mistyped; moments are shorter.

    Clause:
        ACFTU-11.2b, ACFTU-11.2h

    >>> file_shown("张三610103198503070014.csv"), file_shown("roster-20131210120000.csv")
    ('张三***0014.csv', 'roster-20131210120000.csv')
    """
    places = [(first, last) for _, first, last in _found(name)]
    for first, last in sorted(places, reverse=True):
        name = f"{name[:first]}***{name[last - 4 : last]}{name[last:]}"
    return _MISTYPED.sub(lambda found: f"***{found[0][-4:]}", name)


def _starred(text: str, places: list[tuple[int, int]]) -> str:
    for first, last in sorted(places, reverse=True):
        text = f"{text[:first]}***{text[last:]}"
    return text


def _found(text: str) -> Iterator[tuple[str, int, int]]:
    """Word, beginning and end of each number; one that is two things is found as the first."""
    plain = text.translate(_HALF_WIDTH)
    if not _LONG.search(plain):
        return
    taken: list[range] = []
    for word, form, is_one in (
        ("an ID number", _IDS, _is_id),
        ("an ID number", _OLD_IDS, _is_old_id),
        ("a bank card number", _CARDS, _is_card),
        (MOBILE, _MOBILES, bool),
    ):
        for match in form.finditer(plain):
            is_new = not any(match.start() in each for each in taken)
            if is_new and is_one(match[0].translate(_MARKS).upper()):
                taken.append(range(*match.span()))
                yield word, *match.span()


def _is_id(number: str) -> bool:
    is_one = ID_FORM.fullmatch(number) and birth_date_of(number) is not None
    return bool(is_one) and number[-1] == id_check_character(number[:-1])


def _is_old_id(number: str) -> bool:
    return bool(OLD_ID_FORM.fullmatch(number)) and birth_date_of(of_18(number)) is not None


def _is_card(number: str) -> bool:
    """Whether a number begins as the cards that are in use do, and passes the check of all cards."""
    summed = 0
    for place, digit in enumerate(reversed(number)):
        worth = int(digit) * (1 + place % 2)
        summed += worth - 9 * (worth > 9)  # noqa: PLR2004  # two digits are added up
    return summed % 10 == 0 and bool(_CARD_FORM.fullmatch(number))
