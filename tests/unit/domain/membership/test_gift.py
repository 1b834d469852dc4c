"""Gift programmes: only who may give pays, and each group is named once."""

from typing import Any

import pytest

from mutualaid_core.domain.membership.gift import GIVERS, GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.errors import InvalidValueError


def programme(**changes: Any) -> GiftProgramme:  # noqa: ANN401  # any field
    """A programme of the union for two groups."""
    fields: dict[str, Any] = {
        "programme_id": "GIFT",
        "scheme_id": SchemeId("SN-A"),
        "period_id": PeriodId("2021"),
        "payer": FundingSource.UNION,
        "groups": ("courier", "truck_driver"),
        "quota": 10_000,
        "resolution": "R-1",
        "source": "SN-2.1.5",
    }
    return GiftProgramme(**(fields | changes))


@pytest.mark.parametrize("payer", GIVERS)
def test_who_may_give_is_taken(payer: FundingSource) -> None:
    """Union, employer, government and donors may give."""
    assert programme(payer=payer).payer is payer


@pytest.mark.parametrize("payer", sorted(set(FundingSource) - set(GIVERS), key=lambda each: each.value))
def test_the_fund_and_its_members_never_give(payer: FundingSource) -> None:
    """Neither members nor the yield of the fund may pay for a gift."""
    with pytest.raises(InvalidValueError, match=r"payer must be one of union.*\[SN-2.1.5\]"):
        programme(payer=payer)


@pytest.mark.parametrize("groups", [("courier", "courier"), ("courier", "")])
def test_each_group_is_named_once(groups: tuple[str, ...]) -> None:
    """A group named twice, or without a word, must be refused."""
    with pytest.raises(InvalidValueError, match="groups must name each group once, got 2"):
        programme(groups=groups)


@pytest.mark.clause("ACFTU-11.2h")
def test_no_group_is_named_by_a_number_of_a_person() -> None:
    """An ID number among the groups must be refused, and not shown."""
    with pytest.raises(InvalidValueError, match="must not hold an ID number, got '2 groups'") as caught:
        programme(groups=("courier", "610103198503070014"))
    assert caught.value.clause == "ACFTU-11.2h"
