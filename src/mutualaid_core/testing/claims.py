"""Hypothesis strategies (测试数据生成) for claims of a scheme version: covers, and lines under them.

Lines tell every fact for which a drawn scheme may ask, their sums agree with each other, their
codes are words that the scheme knows, and their days lie in a cover. Few persons with several
claims each make limits and accumulation bite.
"""

import datetime
from typing import Final

import attrs
from hypothesis import strategies as st

from mutualaid_core.domain.scheme.facts import EventKind
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import DayRange, add_days
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.testing.schemes import facts_asked, scheme_versions
from mutualaid_core.testing.steps import CLOSED_CODES, OPEN_WORDS
from mutualaid_core.testing.strategies import parts_of

COST_MAX: Final = 10_000_000
"""Upper end of the drawn cost of an event: 100,000 yuan."""

_YEAR_DAYS: Final = 365
_STAY_DAYS_MAX: Final = 40
_PERSONS_MAX: Final = 2
_WORDS: Final = {**CLOSED_CODES, **OPEN_WORDS, "cause": ("one", "two"), "insutype": ("310", "390")}


@attrs.frozen(kw_only=True)
class ClaimFile:
    """Claims of some persons under one version.

    Attributes:
        version: The scheme version.
        covers: Covers of each person.
        lines: The claims, in no order.
    """

    version: SchemeVersion
    covers: dict[str, tuple[Cover, ...]]
    lines: tuple[ClaimLine, ...]


def claim_files(claims_max: int = 6, benefits_max: int = 3) -> st.SearchStrategy[ClaimFile]:
    """Scheme versions with claims under them."""
    return scheme_versions(benefits_max).flatmap(lambda version: claims_of(version, claims_max))


@st.composite
def claims_of(draw: st.DrawFn, version: SchemeVersion, claims_max: int = 6) -> ClaimFile:
    """Up to *claims_max* claims of one or two persons under *version*."""
    persons = [f"P-{number + 1}" for number in range(draw(st.integers(1, _PERSONS_MAX)))]
    covers = {person: draw(_covers(person, version)) for person in persons}
    lines = []
    for number in range(draw(st.integers(1, claims_max))):
        person = draw(st.sampled_from(persons))
        cover = draw(st.sampled_from(covers[person]))
        lines.append(draw(claim_lines(f"C-{number + 1}", cover, version)))
    return ClaimFile(version=version, covers=covers, lines=tuple(lines))


def periods_of(version: SchemeVersion) -> tuple[DayRange, ...]:
    """The first two periods of a year each in which *version* is in force; the last one may be shorter."""
    first, last = version.first_day, version.last_day or add_days(version.first_day, 2 * _YEAR_DAYS - 1)
    starts = (first, add_days(first, _YEAR_DAYS))
    return tuple(
        DayRange(start, min(add_days(start, _YEAR_DAYS - 1), last)) for start in starts if start <= last
    )


@st.composite
def _covers(draw: st.DrawFn, person_id: str, version: SchemeVersion) -> tuple[Cover, ...]:
    held = version.parts[: draw(st.sampled_from((1, 2, 2)))]
    born = add_days(version.first_day, -draw(st.integers(18 * 366, 60 * 365)))
    shares, sex = draw(st.integers(1, 3)), draw(st.sampled_from(("1", "2")))
    is_new = draw(st.booleans())
    periods = periods_of(version)[: draw(st.integers(1, 2))]
    return tuple(
        Cover(
            person_id=person_id,
            period_id=str(number),
            days=days,
            born=born,
            parts=frozenset(part.part_id for part in held),
            counts={"shares": shares},
            codes={"sex": sex},
            flags={"first_time": is_new and number == 1},
        )
        for number, days in enumerate(periods, start=1)
    )


@st.composite
def claim_lines(draw: st.DrawFn, claim_id: str, cover: Cover, version: SchemeVersion) -> ClaimLine:
    """One claim under *cover*, of a kind of event that *version* pays for."""
    event = draw(st.sampled_from([benefit.event for benefit in version.benefits]))
    began, ended = draw(_days(cover.days, event))
    settled = min(add_days(ended, draw(st.integers(0, 5))), cover.days.last_day)
    asked = facts_asked(version)
    amounts = draw(settled_amounts())
    if event is not EventKind.INPATIENT_STAY and draw(st.booleans()):
        amounts = {name: fen for name, fen in amounts.items() if name in asked}
    counts = {"degree": draw(st.integers(0, 12)), "stay_ordinal": draw(st.integers(1, 4))}
    if draw(st.booleans()):
        counts["days"] = draw(st.integers(0, _STAY_DAYS_MAX))
    words = {name: draw(st.sampled_from(_WORDS[name])) for name in sorted(_WORDS) if name in asked}
    return ClaimLine(
        claim_id=claim_id,
        person_id=cover.person_id,
        event=event,
        began=began,
        ended=ended,
        settled=settled,
        filed=add_days(settled, draw(st.integers(0, 20))),
        amounts=amounts,
        counts=counts,
        codes={**words, "med_type": "21"},
        flags={"surgery": draw(st.booleans())},
        elsewhere=draw(st.sampled_from((0, 0, 10_000))),
    )


@st.composite
def _days(draw: st.DrawFn, cover: DayRange, event: EventKind) -> tuple[datetime.date, datetime.date]:
    began = add_days(cover.first_day, draw(st.integers(0, cover.days - 1)))
    length = draw(st.integers(0, _STAY_DAYS_MAX)) if event is EventKind.INPATIENT_STAY else 0
    return began, min(add_days(began, length), cover.last_day)


@st.composite
def settled_amounts(draw: st.DrawFn, cost_max: int = COST_MAX) -> dict[str, int]:
    """Amounts of a settlement in fen whose sums agree, and in which insurance pays within its scope."""
    cost = draw(st.integers(0, cost_max))
    scope, before, over, outside = draw(parts_of(cost, 4))
    hifp, hifob, maf, hospital, own = draw(parts_of(scope, 5))
    borne = own + before + over + outside
    account = draw(st.integers(0, borne))
    nothing = ("cvlserv_pay", "hifes_pay", "hifmi_pay", "oth_pay", "acct_mulaid_pay", "act_pay_dedc")
    return {
        **dict.fromkeys(nothing, 0),
        "medfee_sumamt": cost,
        "inscp_scp_amt": scope,
        "preselfpay_amt": before,
        "overlmt_selfpay": over,
        "fulamt_ownpay_amt": outside,
        "hifp_pay": hifp,
        "hifob_pay": hifob,
        "maf_pay": maf,
        "fund_pay_sumamt": hifp + hifob + maf,
        "hosp_part_amt": hospital,
        "psn_part_amt": borne,
        "acct_pay": account,
        "psn_cash_pay": borne - account,
        "loss_amt": draw(st.integers(0, cost_max)),
    }
