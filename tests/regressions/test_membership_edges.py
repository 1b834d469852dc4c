"""Faults that were reported of membership: each by the smallest case that showed it."""

import datetime
import zipfile
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import PoolId, UnitId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.cells import unit_code
from mutualaid_core.intake.problem import Problems, Trouble
from mutualaid_core.intake.workbook.look import sheet_of
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.enrolment import EnrolWorkers, enrol_workers
from mutualaid_core.testing.acts.moves import Moves
from mutualaid_core.testing.acts.years import LATER, RENEWED_ON, two_years
from mutualaid_core.testing.samples import COLLECTED_ON, REGION, UNIT, dues, joiner
from mutualaid_core.testing.world import World

SHEET = '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{more}</sheetData></worksheet>'


def judged(world: World, enrolled: int, counted_on: datetime.date, pool: str = REGION.pool_id) -> UnitJudged:
    """A unit of 33 eligible workers, judged on the day after its roster."""
    unit = Unit(unit_id=UnitId("U-33"), name="单位", pool_id=PoolId(pool))
    command = AdmitUnit(
        scheme_id=world.scheme_id,
        period_id=world.period_id,
        unit=unit,
        eligible=33,
        enrolled=enrolled,
        counted_on=counted_on,
    )
    return admit_unit(world.host, world.act(COLLECTED_ON), command).result


@pytest.fixture
def world() -> World:
    """A world whose scheme is founded."""
    made = World()
    made.found()
    return made


@pytest.mark.clause("HN-3.2.1a")
def test_a_unit_of_another_pool_is_not_admitted(world: World) -> None:
    """A unit of Zhuzhou must not join a scheme of another pool."""
    told = judged(world, 33, COLLECTED_ON, pool="430200")
    assert (told.outcome, [fault.clause for fault in told.faults]) == (Outcome.REJECT, ["HN-3.2.1a"])


@pytest.mark.clause("HN-4.1.2a")
def test_a_unit_is_not_judged_by_a_roster_of_tomorrow(world: World) -> None:
    """A roster that is counted after the day of the act must be refused."""
    told = judged(world, 33, COLLECTED_ON + datetime.timedelta(days=1))
    assert told.outcome is Outcome.REJECT


@pytest.mark.clause("HN-4.1.2a")
def test_a_refused_unit_is_judged_anew_by_a_later_roster(world: World) -> None:
    """26 of 33 must be refused, and 27 of 33 of a later day admitted."""
    earlier = COLLECTED_ON - datetime.timedelta(days=9)
    outcomes = [judged(world, 26, earlier).outcome, judged(world, 27, COLLECTED_ON).outcome]
    assert outcomes == [Outcome.REJECT, Outcome.PASS]


@pytest.mark.clause("HN-4.3.5c")
def test_nobody_joins_whose_death_is_on_record() -> None:
    """Whoever died in 2014 must not be enrolled for 2015."""
    years = two_years()
    Moves(years.world).leave(1, ChangeKind.DIED)
    years.admit_later()
    command = EnrolWorkers(
        scheme_id=years.world.scheme_id, period_id=LATER, unit_id=UNIT, joiners=(joiner(1),)
    )
    told = enrol_workers(years.world.host, years.world.act(RENEWED_ON), command).result
    assert (told.outcome, told.faults[0].rule) == (Outcome.REJECT, "must be alive")


@pytest.mark.clause("HN-4.3.5b")
def test_money_of_a_void_place_pays_for_no_other() -> None:
    """A place must not be taken anew before the contribution of the void one was given back."""
    years = two_years()
    years.mend.void(1)
    told = years.world.enrol(joiner(1, shares=1))
    assert (told.outcome, told.faults[0].clause) == (Outcome.REJECT, "HN-4.3.5b")


@pytest.mark.parametrize(
    ("more", "strings", "trouble"),
    [
        ('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>', 1, Trouble.TOO_MANY_ROWS),
        ('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>', 1, Trouble.TOO_MANY_ROWS),
        ("", 4_000_000_000, Trouble.TOO_LARGE),
    ],
)
def test_a_workbook_that_promises_too_much_is_refused(
    tmp_path: Path, more: str, strings: int, trouble: Trouble
) -> None:
    """A cell far out, or a table of four thousand million texts, must be refused and take no memory."""
    path = tmp_path / "roster.xlsx"
    relation = '<Relationship Id="r1" Target="worksheets/sheet1.xml"/>'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "xl/workbook.xml", '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'
        )
        package.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relation}</Relationships>")
        package.writestr("xl/worksheets/sheet1.xml", SHEET.format(more=more))
        package.writestr("xl/sharedStrings.xml", f'<sst uniqueCount="{strings}"></sst>')
    log = Problems(file=path.name)
    assert sheet_of(path, log) is None
    assert [(problem.trouble, problem.detail[:6]) for problem in log.found] == [(trouble, "limit ")]


def test_an_id_number_is_no_code_of_a_unit() -> None:
    """A person's number in the column of units must be refused without being told."""
    with pytest.raises(InvalidValueError, match="must not be an ID number") as caught:
        unit_code("430529195704159099")
    assert "195704" not in str(caught.value)


def test_a_result_does_not_overwrite_what_is_read(
    cli: Callable[..., attrs.AttrsInstance], tmp_path: Path
) -> None:
    """The file for the result must not be one of the rosters."""
    roster = tmp_path / "roster.csv"
    roster.write_text("unit_code,name\n", "utf-8")
    assert cli("roster", "check", roster, "--result", roster).status == 2
    assert roster.read_text("utf-8") == "unit_code,name\n"


@pytest.mark.clause("SN-2.1.5")
def test_a_gift_is_not_paid_by_the_member() -> None:
    """A contribution that the member bears must be refused for a place that a programme gave."""
    years = two_years()
    years.world.admit(2, 2, unit="U-G")
    years.gifts.found()
    assert years.gifts.give(3, unit=UnitId("U-G")).outcome is Outcome.PASS
    told = years.world.remit(dues(3), unit="U-G", entry="R-G")
    assert (told.outcome, [fault.clause for fault in told.faults]) == (Outcome.REJECT, ["SN-2.1.5"])
