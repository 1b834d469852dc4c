"""Strategies of joining terms (参加办法): windows, terms, gates, renewal."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from mutualaid_core.domain.scheme.joining import (
    AgeDay,
    CoverStart,
    GateBand,
    JoiningTerms,
    LateJoining,
    NewHires,
    PeriodDay,
    RenewalTerms,
    Term,
    Window,
)
from mutualaid_core.domain.scheme.policy.membership import JoinedBy, RefusalReason
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.testing import strategies as values

_SOURCE: Final = "HN-4.3.5d"
_WHOLE: Final = Ratio(1, 1)
_TERMS: Final = (
    Term(starts_after_months=0, months=12, fee=_WHOLE, source=_SOURCE),
    Term(starts_after_months=6, months=6, fee=Ratio(1, 2), source=_SOURCE),
    Term(starts_after_months=0, months=36, fee=_WHOLE, source=_SOURCE),
)


def terms() -> st.SearchStrategy[Term]:
    """A whole period, its second half, three periods at once."""
    return st.sampled_from(_TERMS)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Windows around the first day of a period."""
    opens, closes = sorted(draw(st.tuples(*[st.integers(-90, 90)] * 2)))
    return Window(opens=PeriodDay(opens), closes=PeriodDay(closes), source=_SOURCE)


@st.composite
def renewals(draw: st.DrawFn) -> RenewalTerms:
    """Renewal with a window of its own or without."""
    window, days = draw(st.none() | windows()), draw(st.integers(0, 90))
    return RenewalTerms(window=window, gap_days_max=days, source=_SOURCE)


@st.composite
def joining_terms(draw: st.DrawFn) -> JoiningTerms:
    """Joining terms that say much or little."""
    gate = GateBand(ratio_min=draw(values.ratios(100)), source="HN-4.1.2a")
    return JoiningTerms(
        ways=(JoinedBy.UNIT, *draw(st.sampled_from(((), (JoinedBy.PLATFORM,))))),
        window=draw(st.none() | windows()),
        late=draw(st.sampled_from(LateJoining)),
        new_hires=draw(st.sampled_from((None, NewHires(days_max=30, source=_SOURCE)))),
        terms=draw(st.sampled_from((_TERMS[:1], _TERMS[:2]))),
        cover_start=draw(st.sampled_from(CoverStart)),
        gate=draw(st.sampled_from(((), (gate,)))),
        needs_confirmation=draw(st.booleans()),
        needs_consultation=draw(st.booleans()),
        age_on=draw(st.sampled_from(AgeDay)),
        renewal=draw(st.none() | renewals()),
        refusals_banned=draw(st.sampled_from(((), tuple(RefusalReason)))),
        source=_SOURCE,
    )


OWN: Final[Mapping[type, Callable[[], st.SearchStrategy[Any]]]] = {
    JoiningTerms: joining_terms,
    RenewalTerms: renewals,
    Term: terms,
    Window: windows,
}
"""Strategies of terms whose fields hang together."""
