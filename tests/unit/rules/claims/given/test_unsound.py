"""Unsound rows: what a file of claims would not pass is refused in code as well, with its field."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import adjudicate_lines
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import VERSION, YEAR

DAY = datetime.date
MAIN = Part(part_id="main", name="主险", source="SN-2.2.3a")
PARTS = (
    MAIN,
    attrs.evolve(MAIN, part_id="rider", name="副险", needs=("main",)),
    attrs.evolve(MAIN, part_id="other", name="另一档", excludes=("main",)),
)
PLAN = compile_version(attrs.evolve(VERSION, parts=PARTS))
STAY = ClaimLine(
    claim_id="S-1",
    person_id="p",
    event=EventKind.INPATIENT_STAY,
    began=DAY(2014, 3, 1),
    ended=DAY(2014, 3, 10),
    amounts=dict.fromkeys((*VERSION.benefits[0].base.add, *VERSION.benefits[0].base.subtract), 0),
    codes={"insutype": "310", "med_type": "21"},
)
COVER = Cover(person_id="p", period_id="2014", days=YEAR, parts=frozenset({"main"}))


def told(lines: list[ClaimLine], *covers: Cover) -> tuple[str, str, str | None]:
    """Field, rule and value that the refusal names."""
    with pytest.raises(InvalidValueError) as found:
        adjudicate_lines(PLAN, lines, {"p": covers or (COVER,)}, Counters())
    return found.value.field, found.value.rule, found.value.value


def test_sound_rows_are_taken() -> None:
    """A claim and covers that follow each other must be judged."""
    early, late = DayRange(YEAR.first_day, DAY(2014, 6, 30)), DayRange(DAY(2014, 7, 1), YEAR.last_day)
    covers = (attrs.evolve(COVER, days=late), attrs.evolve(COVER, days=early))
    assert adjudicate_lines(PLAN, [STAY], {"p": covers}, Counters())["S-1"].cover == covers[1]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"amounts": {"hifp_pay": -1}}, ("hifp_pay", "-1")),
        ({"amounts": {"hifp_pay": 1.5}}, ("hifp_pay", "float")),
        ({"amounts": {"hifp_pay": "1"}}, ("hifp_pay", "str")),
        ({"amounts": {"hifp_pay": True}}, ("hifp_pay", "bool")),
        ({"amounts": {"hifp_pay": 2**63}}, ("hifp_pay", f"{2**63:,}")),
        ({"counts": {"days": -3}}, ("days", "-3")),
        ({"elsewhere": -1}, ("elsewhere", "-1")),
        ({"ended": DAY(2014, 2, 28)}, ("ended", "2014-02-28")),
        ({"codes": {"hosp_lv": "7"}}, ("hosp_lv", "1 characters")),
    ],
)
def test_a_claim_that_no_file_would_pass(changes: dict[str, object], expected: tuple[str, str]) -> None:
    """Money that is negative or a fraction, turned days and unknown words must be refused by name."""
    field, _, value = told([attrs.evolve(STAY, **changes)])
    assert (field, value) == expected


def test_a_claim_that_stands_twice() -> None:
    """An id that two claims have must be refused, for the second would use up limits unseen."""
    assert told([STAY, STAY])[:2] == ("claim_id", "must be given once")


def test_covers_that_share_a_day() -> None:
    """Two covers of one person on one day must be refused."""
    field, rule, value = told([STAY], COVER, COVER)
    assert (field, rule) == ("first_day", "must lie after the person's other covers have ended")
    assert value == YEAR.first_day.isoformat()


@pytest.mark.clause("SN-2.2.3a")
@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"rider"}, "must hold main with rider"),
        ({"main", "other"}, "must not hold main with other"),
        ({"strange"}, "must be among main, rider, other"),
    ],
)
def test_parts_that_may_not_be_held_so(parts: set[str], rule: str) -> None:
    """A rider without its main part, and parts that exclude each other, must be refused."""
    assert told([STAY], attrs.evolve(COVER, parts=frozenset(parts)))[:2] == ("parts", rule)


def test_shares_of_a_cover() -> None:
    """Negative shares, which would pay a negative sum, must be refused."""
    assert told([STAY], attrs.evolve(COVER, counts={"shares": -1}))[0] == "shares"
