"""No text shows a person: every entity, every error that can be provoked, every way of making a text."""

import importlib
import logging
import pkgutil
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mutualaid_core import domain
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.roster import RosterPage
from mutualaid_core.domain.values import personal
from mutualaid_core.domain.values.checks import quotable
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import (
    parse_credit_code,
    parse_division_code,
    parse_institution_code,
)
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.personal import BankCard, Diagnosis, PersonName, ResidentId
from mutualaid_core.domain.values.ratio import parse_ratio
from mutualaid_core.testing.entities import ENTITIES, entity
from mutualaid_core.testing.strategies import (
    bank_cards,
    diagnoses,
    members,
    person_names,
    resident_ids,
    settlements,
)

KINDS = (PersonName, ResidentId, BankCard, Diagnosis)
VALUES = person_names() | resident_ids() | bank_cards() | diagnoses()
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
PHONE_LENGTH = 11
PLAIN = VALUES.map(lambda value: value.reveal()) | PHONES
OPEN_TEXTS = {
    "name",
    "title",
    "subject",
    "sponsor",
    "operator",
    "supervisor",
    "group",
    "found",
    "rule",
    "key",
}
PARSERS: tuple[Callable[[str], object], ...] = (
    *(parse_yuan, parse_day, parse_ratio, parse_credit_code, parse_institution_code, parse_division_code),
    *(ResidentId.parse, *KINDS, Title.coded, quotable),
)
slow = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def texts_of(value: object) -> Iterator[str]:
    """Every text that Python makes of a value without being asked for the plain one."""
    yield from (repr(value), str(value), f"{value}", f"{value!s:>80}", f"{value!r:.400}", ascii(value))
    yield logging.LogRecord("log", 20, __file__, 1, "%s %r", (value, value), None).getMessage()
    yield repr([value]) + repr({"key": value}) + repr((value,))


def texts_of_error(error: BaseException) -> Iterator[str]:
    """Every text of an error and of its causes."""
    yield "".join(traceback.format_exception(error))
    yield from (repr(error), str(error), repr(error.args), repr(vars(error)))


def raised_by(act: Callable[[], object]) -> BaseException | None:
    """The error that an act raises, if it does."""
    try:
        act()
    except Exception as error:  # noqa: BLE001  # every error is looked at
        return error
    return None


def leaks(plain: str, error: BaseException | None) -> list[str]:
    """The texts of an error that show the plain value."""
    return [] if error is None else [text for text in texts_of_error(error) if plain in text]


@pytest.mark.clause("ACFTU-11.2h")
@given(VALUES)
def test_no_text_of_a_value_shows_it(value: PersonName) -> None:
    """No text of a personal value may contain the plain one."""
    assert not [text for text in texts_of(value) if value.reveal() in text]


@pytest.mark.clause("ACFTU-11.2b")
@given(VALUES)
def test_a_mask_hides_most_of_a_value(value: PersonName) -> None:
    """A mask must hide at least a part, and never be the plain text itself."""
    assert "*" in value.masked()
    assert value.masked() != value.reveal()


@pytest.mark.clause("ACFTU-11.2h")
@slow
@given(members())
def test_no_text_of_a_member_shows_the_person(member: Any) -> None:  # noqa: ANN401  # drawn
    """Neither name nor number nor birth date may stand in the text of a member."""
    plain = (
        member.name.reveal(),
        member.id_number.reveal(),
        repr(member.birth_date),
        f"{member.birth_date:%Y%m%d}",
    )
    assert not [text for text in texts_of(member) for each in plain if each in text]


@pytest.mark.clause("ACFTU-11.2h")
@slow
@given(settlements())
def test_no_text_of_a_settlement_shows_the_person(settlement: Any) -> None:  # noqa: ANN401  # drawn
    """Neither name nor number nor diagnosis may stand in the text of a settlement."""
    plain = [settlement.psn_name.reveal(), settlement.certno.reveal(), settlement.dise_code.reveal()]
    assert not [text for text in texts_of(settlement) for each in plain if each in text]


@slow
@given(entity(RosterPage))
def test_no_text_of_a_roster_shows_its_people(page: RosterPage) -> None:
    """Neither names nor numbers may stand in the text of a roster's page."""
    plain = [text for each in page.persons for text in (each.name.reveal(), each.id_number.reveal())]
    assert not [text for text in texts_of(page) for each in plain if each in text]


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("kind", ENTITIES, ids=lambda kind: kind.__name__)
@settings(max_examples=2, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_error_of_an_entity_shows_what_it_refused(kind: type, data: st.DataObject) -> None:
    """A personal text, number or value in any field must not stand in the error that refuses it."""
    drawn, plain = data.draw(entity(kind)), data.draw(PLAIN)
    planted = [plain, plain.encode(), (plain,), ((plain, plain),), {plain: plain}]
    planted += [int(plain)] if plain.isdecimal() and plain[0] != "0" and len(plain) >= PHONE_LENGTH else []
    found = {
        (field.name, type(value).__name__): leaks(
            plain, raised_by(partial(attrs.evolve, drawn, **{field.alias: value}))
        )
        for field in attrs.fields(kind)
        for value in planted
        if not (isinstance(value, str) and field.name in OPEN_TEXTS)
    }
    assert not {place: texts for place, texts in found.items() if texts}


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__qualname__)
@given(
    plain=PLAIN, around=st.sampled_from(("{}", " {}", "{} ", "{}1", "{}%", "-{}", "{}.00", "{}/1", "￥{}"))
)
def test_no_error_of_a_parser_shows_what_it_refused(
    parse: Callable[[str], object], plain: str, around: str
) -> None:
    """A personal text in the wrong column must not stand in the error of the column's parser."""
    assert not leaks(plain, raised_by(lambda: parse(around.format(plain))))


@pytest.mark.clause("ACFTU-11.2h")
@given(resident_ids() | bank_cards())
def test_no_error_of_a_number_shows_it(value: ResidentId) -> None:
    """An ID or card number that became a whole number must not stand in any error."""
    number = int(value.reveal().rstrip("X")) + 10**13
    acts = [
        lambda: Money(number),
        lambda: PersonName(number),
        lambda: ResidentId(number),
        lambda: BankCard(number),
    ]
    assert not [text for act in acts for text in leaks(str(number), raised_by(act))]


@pytest.mark.clause("ACFTU-11.2h")
@given(resident_ids(), st.integers(0, 17), st.sampled_from("0123456789X"))
def test_a_mistyped_number_is_masked(value: ResidentId, place: int, typed: str) -> None:
    """A number with one wrong character must show first three and last four at most."""
    mistyped = value.reveal()[:place] + typed + value.reveal()[place + 1 :]
    assert not leaks(mistyped[3:-4], raised_by(lambda: ResidentId(mistyped)))


def test_every_personal_type_is_tried() -> None:
    """A personal type that is added must be added here."""
    kinds = {kind for kind in vars(personal).values() if attrs.has(kind) and kind.__name__[0] != "_"}
    assert set(KINDS) == kinds


def test_every_entity_with_personal_fields_is_tried() -> None:
    """An entity that gets a personal field must be one of those whose texts are searched."""
    names = [found.name for found in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}.")]
    kinds = [
        kind for name in names for kind in vars(importlib.import_module(name)).values() if attrs.has(kind)
    ]
    holders = {kind.__name__ for kind in kinds for field in attrs.fields(kind) if field.type in KINDS}
    assert {"Member", "RosterPerson", "Settlement"} == holders
