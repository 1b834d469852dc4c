"""Scheme: everybody who answers for it is named."""

import attrs
import pytest

from mutualaid_core.domain.scheme.scheme import Scheme, SchemeKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.testing.samples import SCHEME_RECORD


@pytest.fixture
def scheme() -> Scheme:
    """A scheme for hospital stays."""
    return Scheme(
        scheme_id="A",
        name="职工医疗互助",
        kind=SchemeKind.INPATIENT,
        policy_id="HN-2013",
        pool_id="changsha",
        sponsor="长沙市总工会",
        operator="长沙市职工服务中心",
    )


@pytest.mark.clause("ACFTU-4.3a")
@pytest.mark.parametrize("field", ["name", "sponsor", "operator"])
def test_nobody_stays_unnamed(scheme: Scheme, field: str) -> None:
    """A scheme without name, sponsor or operator must be refused."""
    with pytest.raises(InvalidValueError, match=f"{field} must be a printable text"):
        attrs.evolve(scheme, **{field: ""})


@pytest.mark.clause("ACFTU-S1.1")
def test_savings_are_no_scheme() -> None:
    """Categories must be those of health protection; savings and annuities are none (ACFTU-S1.1)."""
    expected = {"inpatient", "outpatient", "critical_illness", "womens_illness", "accident", "composite"}
    assert expected == {kind.value for kind in SchemeKind}


def test_the_name_of_the_system_chain_is_taken() -> None:
    """A scheme must not be named like the journal chain of what belongs to no scheme."""
    with pytest.raises(InvalidValueError, match="scheme_id must not be system"):
        attrs.evolve(SCHEME_RECORD, scheme_id="system")
