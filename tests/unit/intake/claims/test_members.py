"""Files of members and of prior use beside the claims."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Over
from mutualaid_core.domain.values.money import Money

Files = Any
CLAIMS, MEMBERS, PRIOR = "claims.csv", "members.csv", "prior.csv"


def stay(files: Files, **changes: str) -> dict[str, str]:
    """A stay whose parts a file of members tells."""
    return {name: cell for name, cell in files.stay(**changes).items() if name != "parts"}


def test_what_a_row_tells(files: Files) -> None:
    """A row must become the cover of a person for a period, with what is known of the person."""
    files.put(CLAIMS, stay(files))
    files.put(MEMBERS, files.member(shares="2", parts="main;rider", born="1965-06-01", sex="2"))
    (cover,) = files.read(members=True).schemes[0].covers["p1"]
    assert (cover.period_id, cover.days.days, cover.born) == ("A", 365, datetime.date(1965, 6, 1))
    assert (cover.parts, cover.counts, cover.codes) == ({"main", "rider"}, {"shares": 2}, {"sex": "2"})


def test_cover_tells_the_day_of_cover(files: Files) -> None:
    """With members the day of cover must follow from the cover, and not be asked of the claim."""
    files.put(CLAIMS, stay(files))
    files.put(MEMBERS, files.member(parts="main;rider"))
    assert files.places(members=True) == []


def test_somebody_who_is_no_member(files: Files) -> None:
    """Of somebody who is not covered nothing must be asked: the claim is refused anyway."""
    files.put(CLAIMS, stay(files, person_id="p2", hifp_pay=""))
    files.put(MEMBERS, files.member())
    assert files.places(members=True) == []


@pytest.mark.parametrize(
    ("changes", "field", "kind"),
    [
        ({"first_day": ""}, "first_day", "BLANK"),
        ({"last_day": "2014-12-31"}, "last_day", "VALUE"),
        ({"period_id": ""}, "period_id", "BLANK"),
        ({"parts": "rider"}, "parts", "VALUE"),
        ({"parts": "other"}, "parts", "VALUE"),
        ({"shares": "x"}, "shares", "VALUE"),
        ({"sex": "3"}, "sex", "VALUE"),
        ({"first_day": "2015-06-01"}, "first_day", "COVERS_OVERLAP"),
    ],
)
def test_one_fault(files: Files, changes: dict[str, str], field: str, kind: str) -> None:
    """A fault must be told by its row, its column and its kind, and bring no other with it."""
    files.put(CLAIMS, stay(files))
    other = files.member(person_id="p1" if kind == "COVERS_OVERLAP" else "p9", period_id="B")
    files.put(MEMBERS, files.member(), other | changes)
    assert files.places(members=True) == [(MEMBERS, 3, field, kind)]


def test_long_cover_around_others(files: Files) -> None:
    """Every cover that shares a day with a long one must be told, not only the next one."""
    files.put(CLAIMS, stay(files))
    inside = [files.member(first_day=f"2015-0{month}-01", last_day=f"2015-0{month}-09") for month in (2, 4)]
    files.put(MEMBERS, files.member(), *inside)
    assert [place[1:] for place in files.places(members=True)] == [
        (3, "first_day", "COVERS_OVERLAP"),
        (4, "first_day", "COVERS_OVERLAP"),
    ]


def test_blank_age(files: Files) -> None:
    """A day of birth that the scheme needs must be asked for where the members are."""
    illness = stay(files, event="critical_illness", ended="", inscp_scp_amt="", hifp_pay="", grade="a")
    files.put(CLAIMS, illness)
    files.put(MEMBERS, files.member(born=""))
    assert files.places(members=True) == [(MEMBERS, 2, "born", "BLANK")]


def test_parts_stand_with_the_members(files: Files) -> None:
    """A column of parts must not stand in both files."""
    files.put(CLAIMS, files.stay())
    files.put(MEMBERS, files.member())
    assert files.places(members=True) == [(CLAIMS, 1, "parts", "UNKNOWN_COLUMN")]


def test_persons_are_named_alike(files: Files) -> None:
    """Both files must name persons by the same column."""
    files.put(CLAIMS, stay(files))
    cells = {name: cell for name, cell in files.member().items() if name != "person_id"}
    files.put(MEMBERS, cells | {"certno": "430529198001010013"})
    assert (MEMBERS, 1, "person_id", "MISSING_COLUMN") in files.places(members=True)


USE = {"person_id": "p1", "period_id": "A", "counter": "amount/stay/period", "used": "4000.00"}


def test_prior_use(files: Files) -> None:
    """Prior use must be counted in fen, days or times, in its period or over the lifetime."""
    files.put(CLAIMS, stay(files))
    files.put(MEMBERS, files.member())
    days = USE | {"counter": "days/daily/period", "used": "3"}
    times = USE | {"counter": "payments/illness/lifetime", "period_id": "", "used": "1"}
    files.put(PRIOR, USE, days, times)
    counters = files.read(members=True, prior=True).schemes[0].counters
    assert counters.values == {
        ("p1", "A"): {"amount/stay/period": 400_000, "days/daily/period": 3},
        ("p1", ""): {"payments/illness/lifetime": 1},
    }


@pytest.mark.parametrize(
    ("changes", "field", "kind"),
    [
        ({"counter": "amount/stey/period"}, "counter", "UNKNOWN_COUNTER"),
        ({"counter": "stay"}, "counter", "VALUE"),
        ({"counter": ""}, "counter", "BLANK"),
        ({"period_id": ""}, "period_id", "BLANK"),
        ({"period_id": "C"}, "period_id", "VALUE"),
        ({"counter": "payments/illness/lifetime", "used": "1"}, "period_id", "VALUE"),
        ({"used": "x"}, "used", "VALUE"),
        ({"used": ""}, "used", "BLANK"),
        ({"person_id": ""}, "person_id", "BLANK"),
        ({"person_id": "p1"}, "counter", "DOUBLED_ROW"),
    ],
)
def test_fault_of_prior_use(files: Files, changes: dict[str, str], field: str, kind: str) -> None:
    """A fault of prior use must be told by its row, its column and its kind."""
    files.put(CLAIMS, stay(files))
    files.put(MEMBERS, files.member())
    files.put(PRIOR, USE, USE | {"person_id": "p2"} | changes)
    assert files.places(members=True, prior=True) == [(PRIOR, 3, field, kind)]


def test_prior_use_of_claims_that_add_up_is_told_whole(files: Files) -> None:
    """A base without what it came to would be paid again, so both rows must stand there."""
    first, *later = files.versions
    over = Accumulation(over=Over.PERIOD, source="made-up")
    stays, *others = first.benefits
    benefits = (attrs.evolve(stays, accumulate=over), *others)
    own = attrs.evolve(files, versions=(attrs.evolve(first, benefits=benefits), *later))
    own.put(CLAIMS, stay(own))
    own.put(MEMBERS, own.member())
    base, result = (USE | {"counter": f"{each}/stay/period"} for each in ("base", "result"))
    own.put(PRIOR, base)
    assert own.places(members=True, prior=True) == [(PRIOR, 2, "counter", "VALUE")]
    own.put(PRIOR, base, result)
    assert own.places(members=True, prior=True) == []


@pytest.mark.parametrize(("word", "found"), [("a", []), ("c", [(PRIOR, 2, "counter", "UNKNOWN_COUNTER")])])
def test_prior_use_of_a_word_of_a_list(files: Files, word: str, found: list[Any]) -> None:
    """A counter that ends with a word that the list does not have must be a fault, for no claim meets it."""
    first, *later = files.versions
    limit = AmountLimit(most=Money(10_000), per=Per.PERIOD, each="grade", source="made-up")
    benefits = (*first.benefits[:-1], attrs.evolve(first.benefits[-1], limits=(limit,)))
    own = attrs.evolve(files, versions=(attrs.evolve(first, benefits=benefits), *later))
    own.put(CLAIMS, stay(own))
    own.put(MEMBERS, own.member())
    own.put(PRIOR, USE | {"counter": f"amount/illness/period/{word}", "used": "1.00"})
    assert own.places(members=True, prior=True) == found
