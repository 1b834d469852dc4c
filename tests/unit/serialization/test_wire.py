"""Wire form: how each value is written, and that a converter for another form reads its own leaves."""

import datetime

import pytest

from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.values.money import Money, parse_yuan
from mutualaid_core.domain.values.personal import BankCard, Diagnosis, PersonName, ResidentId, Sex
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.serialization.codec import from_plain, to_plain
from mutualaid_core.serialization.wire import make_converter
from mutualaid_core.testing.samples import CHINA_TIME, YUEYANG_2014

WRITTEN = [
    (Money(-255_000), -255_000),
    (Ratio(30, 100), "3/10"),
    (Ratio(0, 7), "0/1"),
    (datetime.date(2014, 2, 28), "2014-02-28"),
    (datetime.datetime(2014, 3, 10, 9, 30, tzinfo=CHINA_TIME), "2014-03-10T09:30:00+08:00"),
    (Reason.CAP_REDUCED, 17),
    (Title.BANK, "bank"),
    (Sex.FEMALE, 2),
    (PersonName("王伟"), "王伟"),
    (ResidentId("610103198503070014"), "610103198503070014"),
    (Diagnosis("J18.900"), "J18.900"),
    (BankCard("6222000000001234"), "6222000000001234"),
]
each_value = pytest.mark.parametrize(
    ("value", "plain"), WRITTEN, ids=[type(each).__name__ for each, _ in WRITTEN]
)


@each_value
def test_a_value_is_written_so(value: object, plain: object) -> None:
    """Each value must have this plain form, of this type."""
    found = to_plain(value)
    assert (found, type(found)) == (plain, type(plain))


@each_value
def test_a_value_is_read_back(value: object, plain: object) -> None:
    """Each plain form must become the value again, of the same type."""
    found = from_plain(plain, type(value))
    assert (found, type(found)) == (value, type(value))


def test_the_kind_of_a_step_is_written() -> None:
    """Steps must say their kind, so that it is never guessed from their fields."""
    steps = to_plain(YUEYANG_2014)["steps"]
    assert [step["kind"] for step in steps] == ["deductible", "marginal_bands", "minimum"]


def test_steps_are_read_by_their_kind() -> None:
    """Terms must come back with their steps, limits and ratios."""
    assert from_plain(to_plain(YUEYANG_2014), Benefit) == YUEYANG_2014


def test_another_written_form_brings_its_own_leaves() -> None:
    """A converter for files must read yuan where the wire form has fen, and nothing else differently."""
    converter = make_converter({Money: parse_yuan})
    assert (converter.structure("25.50", Money), converter.structure("3/10", Ratio)) == (
        Money(2_550),
        Ratio(3, 10),
    )
