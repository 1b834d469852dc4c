"""What a scheme asks for follows from its terms."""

from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.intake.claims.needs import needs_of

STAY, ILLNESS = EventKind.INPATIENT_STAY, EventKind.CRITICAL_ILLNESS


def test_required_of_each_event(versions: tuple[SchemeVersion, ...]) -> None:
    """Each event must require what its own benefits name, and no more."""
    needs = needs_of(versions[0])
    assert needs.events == (STAY, ILLNESS)
    assert needs.required[STAY] == {"inscp_scp_amt", "hifp_pay", "cover_day", "ended", "parts"}
    assert needs.required[ILLNESS] == {"age", "grade", "parts"}


def test_part_that_is_not_held(versions: tuple[SchemeVersion, ...]) -> None:
    """What only a part asks for must not be required of somebody who does not hold it."""
    needs = needs_of(versions[0])
    assert "cover_day" in needs.required_of(STAY, frozenset({"main", "rider"}))
    assert needs.required_of(STAY, frozenset({"main"})) == {"inscp_scp_amt", "hifp_pay", "ended", "parts"}
    assert needs.required_of(ILLNESS, frozenset()) == {"parts"}


def test_event_for_which_nothing_is_paid(versions: tuple[SchemeVersion, ...]) -> None:
    """Of an event that the scheme does not cover nothing must be required."""
    assert needs_of(versions[0]).required_of(EventKind.DEATH, frozenset()) == frozenset()


def test_asked_where_told(versions: tuple[SchemeVersion, ...]) -> None:
    """An indemnity must ask for the cost, a sum per day for the days, shares for their number."""
    asked = needs_of(versions[0]).asked
    assert {"medfee_sumamt", "fund_pay_sumamt", "hosp_part_amt", "elsewhere", "days"} <= asked[STAY]
    assert "shares" in asked[ILLNESS]
    assert "medfee_sumamt" not in asked[ILLNESS]


def test_version_without_parts(versions: tuple[SchemeVersion, ...]) -> None:
    """A version without parts must not ask for any."""
    assert needs_of(versions[1]).required_of(STAY, frozenset()) == {"inscp_scp_amt", "hifp_pay", "ended"}


def test_facts_of_dues(versions: tuple[SchemeVersion, ...]) -> None:
    """What dues differ by must be told apart from what benefits ask for."""
    assert (needs_of(versions[0]).dues, needs_of(versions[0]).eligibility) == ({"sex"}, frozenset())
