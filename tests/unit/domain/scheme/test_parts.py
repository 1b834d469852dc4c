"""Parts: a part needs and excludes others."""

import pytest

from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.errors import InvalidValueError


@pytest.mark.clause("SN-2.2.3a")
def test_a_rider_needs_its_main_item() -> None:
    """A rider must be able to say which item it stands on."""
    rider = Part(part_id="rider", name="副险", needs=("main",), source="SN-2.2.3a")
    assert (rider.needs, rider.excludes) == (("main",), ())


@pytest.mark.parametrize(
    "told", [{"needs": ("a",)}, {"excludes": ("a",)}, {"needs": ("b",), "excludes": ("c", "b")}], ids=str
)
def test_a_part_does_not_contradict_itself(told: dict[str, tuple[str, ...]]) -> None:
    """A part that needs or excludes itself, or needs what it excludes, must be refused."""
    with pytest.raises(InvalidValueError, match="needs must name other parts that are not excluded, got 'a'"):
        Part(part_id="a", name="项目", source="SN-2.2.3a", **told)
