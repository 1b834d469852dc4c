"""Persons: through which units they come alone, and which name of a known one is kept."""

import pytest

from mutualaid_core.domain.membership.unit import Admission, Judgement, Unit, UnitKind
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.domain.values.personal import PersonName
from mutualaid_core.services.membership.persons import is_alike, through_faults
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, REGION, SCHEME, UNIT

FAR_POOL = PoolId("430200")
ADMITTED = Admission(
    scheme_id=SCHEME,
    period_id=PERIOD,
    unit_id=UNIT,
    judgement=Judgement(
        eligible=1,
        enrolled=1,
        required=1,
        admitted=True,
        counted_on=COLLECTED_ON,
    ),
)
REFUSED = Admission(
    scheme_id=SCHEME,
    period_id=PERIOD,
    unit_id=UNIT,
    judgement=Judgement(
        eligible=2,
        enrolled=1,
        required=2,
        admitted=False,
        counted_on=COLLECTED_ON,
    ),
)


def unit(kind: UnitKind | None = None, pool_id: PoolId = REGION.pool_id) -> Unit:
    """A unit of that kind, in that pool."""
    return Unit(unit_id=UNIT, name="单位", pool_id=pool_id, kind=kind)


def found(
    made: Unit | None, admission: Admission | None = None, way: JoinedBy = JoinedBy.PERSON
) -> list[str]:
    """What is found against joining through a unit in that way."""
    faults = through_faults(UNIT, made, REGION.pool_id, admission=admission, way=way)
    return [f"{fault.clause} {fault.found}" for fault in faults]


@pytest.mark.parametrize(
    ("kind", "admission", "expected"),
    [
        (None, None, []),
        (None, ADMITTED, ["HN-4.1.2a persons alone"]),
        (None, REFUSED, ["HN-4.1.2a persons alone"]),
        (UnitKind.ENTERPRISE, None, ["HN-4.1.2a persons alone"]),
        (UnitKind.PLATFORM_UNION, None, []),
        (UnitKind.PLATFORM_UNION, ADMITTED, []),
        (UnitKind.INDUSTRY_UNION, REFUSED, ["HN-4.1.2a persons alone"]),
    ],
)
@pytest.mark.clause("HN-4.1.2a")
def test_persons_alone_come_through_who_has_no_workers_of_its_own(
    kind: UnitKind | None, admission: Admission | None, expected: list[str]
) -> None:
    """An employer, whoever was judged, and a union that the gate refused must take nobody in alone."""
    assert found(unit(kind), admission) == expected
    assert found(unit(kind), admission, JoinedBy.UNIT) == []


@pytest.mark.parametrize("way", JoinedBy)
@pytest.mark.clause("HN-3.2.1a")
def test_a_unit_of_another_pool_takes_nobody_in(way: JoinedBy) -> None:
    """Whatever the way, the unit must belong to the pool of the scheme."""
    assert found(unit(pool_id=FAR_POOL), way=way) == ["HN-3.2.1a 430200"]


def test_an_unknown_unit_takes_nobody_in() -> None:
    """For persons the unit must be known; a list of its own is asked for the admission instead."""
    assert found(None) == ["HN-3.2.1a unknown"]
    assert found(None, way=JoinedBy.UNIT) == []


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ("王芳伟", "王芳伟", True),
        ("王芳伟", "王方伟", True),
        ("王芳", "王方", True),
        ("王芳伟", "李四", False),
        ("王芳伟", "王四", False),
        ("阿不都·买买提", "阿卜都·买买提", True),
    ],
)
def test_names_are_alike_that_share_half(before: str, now: str, expected: bool) -> None:  # noqa: FBT001  # a column
    """A name with a character typed wrongly must count as the same person, another name must not."""
    assert is_alike(PersonName(before), PersonName(now)) is expected
