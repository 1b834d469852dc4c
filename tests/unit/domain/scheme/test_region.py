"""Pooling region: its code and its supervisor."""

from typing import Any

import attrs
import pytest

from mutualaid_core.domain.scheme.region import PoolingRegion, PoolLevel, PoolType
from mutualaid_core.errors import InvalidValueError


@pytest.fixture
def region() -> PoolingRegion:
    """ACFTU-4.2a: Changsha under the supervision of its province."""
    return PoolingRegion(
        pool_id="changsha",
        name="长沙市",
        type=PoolType.GEOGRAPHIC,
        level=PoolLevel.CITY,
        division="430100",
        supervisor="湖南省总工会",
    )


@pytest.mark.clause("ACFTU-4.2a")
@pytest.mark.parametrize("supervisor", [None, ""])
def test_a_city_pool_has_a_supervisor(region: PoolingRegion, supervisor: str | None) -> None:
    """430100 without a provincial supervisor must be refused (ACFTU-4.2a)."""
    with pytest.raises(InvalidValueError, match="supervisor must be"):
        attrs.evolve(region, supervisor=supervisor)


@pytest.mark.clause("ACFTU-4.2a")
def test_a_provincial_pool_needs_no_supervisor(region: PoolingRegion) -> None:
    """A pool of the province must pass without a supervisor."""
    assert (
        attrs.evolve(region, level=PoolLevel.PROVINCE, division="430000", supervisor=None).supervisor is None
    )


@pytest.mark.clause("ACFTU-18.2")
def test_a_geographic_region_has_a_code(region: PoolingRegion) -> None:
    """A geographic region without a code must be refused (ACFTU-18.2)."""
    with pytest.raises(
        InvalidValueError, match=r"division must be given for a geographic region, got None \[ACFTU-18\.2\]"
    ):
        attrs.evolve(region, division=None)


@pytest.mark.clause("ACFTU-18.2")
@pytest.mark.parametrize("kind", [each for each in PoolType if each is not PoolType.GEOGRAPHIC])
def test_other_pools_need_no_code(region: PoolingRegion, kind: PoolType) -> None:
    """An industry such as NAT-RAIL must pass without a division code (ACFTU-18.2)."""
    changed: dict[str, Any] = {"pool_id": "NAT-RAIL", "type": kind, "division": None}
    assert attrs.evolve(region, **changed).division is None


def test_a_code_has_six_digits(region: PoolingRegion) -> None:
    """A code of another form must be refused."""
    with pytest.raises(InvalidValueError, match="division_code must be six digits"):
        attrs.evolve(region, division="4301")
