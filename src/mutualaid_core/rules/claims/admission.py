"""Admission of a claim (资格审核): an ordered tuple of checks, one per reason.

Each check looks at the facts and says whether its reason applies. All of them run, so that
a person refused for one reason learns of the others at once.
"""

import datetime
from collections.abc import Callable
from typing import Final, assert_never

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Reason
from mutualaid_core.domain.claims.settlement import AMOUNT_FIELDS, Settlement
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.scheme.facts import event_of_care
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import EventDate, SchemeVersion, version_on
from mutualaid_core.domain.values.dates import add_days
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.errors import VersionGapError
from mutualaid_core.rules.claims.base import is_below_zero
from mutualaid_core.rules.claims.burden import unsettled_faults
from mutualaid_core.rules.claims.facts import EventFacts, fits
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import event_facts
from mutualaid_core.rules.membership.renewal import is_first_time
from mutualaid_core.rules.scheme.fit import all_hold


@attrs.frozen(kw_only=True)
class ClaimFacts:
    """Everything that is known when a claim is judged.

    Attributes:
        settlement: What the insurance said.
        filed_on: Day of filing.
        period: Period under which the claim is filed.
        unit_admitted: Whether the unit was admitted; ``None`` where it never applied.
        member: The member, or ``None`` if nobody of that ID number is known.
        enrolment: The member's enrolment in the period, or ``None``.
        contribution: The settled contribution for it, or ``None``.
        elsewhere: What other schemes granted for the same stay.
    """

    settlement: Settlement
    filed_on: datetime.date
    period: Period
    unit_admitted: bool | None
    member: Member | None
    enrolment: Enrolment | None
    contribution: Contribution | None
    elsewhere: Money = ZERO


def event_day(settlement: Settlement, period_by: EventDate) -> datetime.date:
    """The day that puts a stay into a period, as the version says.

    Clause:
        HN-4.2.1b
    """
    match period_by:
        case EventDate.ADMISSION:
            return settlement.begndate
        case EventDate.DISCHARGE:
            return settlement.enddate
        case EventDate.SETTLEMENT:
            return settlement.settled_on
        case _:
            assert_never(period_by)


@implements("ACFTU-4.3c", "HN-4.2.1b")
def version_for_claim(
    versions: tuple[SchemeVersion, ...], settlement: Settlement, period: Period
) -> SchemeVersion:
    """The period's version in force on the day that it itself names as the event's.

    Only versions that hold on a day of the period are asked: a neighbouring period's version
    may name another day. A stay outside the period, on whose day no version holds either, is
    judged and refused by the version with which the period began.

    Raises:
        VersionGapError: More than one version holds, or none on a day of the period.

    Clause:
        ACFTU-4.3c, HN-4.2.1b
    """
    holding = [
        version
        for version in versions
        if holds_in(version, period) and version.is_in_force(event_day(settlement, version.event.period_by))
    ]
    chosen = holding[0] if holding else version_on(versions, period.scheme_id, period.cover.first_day)
    day = event_day(settlement, chosen.event.period_by)
    if len(holding) > 1 or (not holding and day in period.cover):
        found = tuple(version.version_id for version in holding)
        raise VersionGapError(period.scheme_id, day.isoformat(), found)
    return chosen


def holds_in(version: SchemeVersion, period: Period) -> bool:
    """Whether *version* is in force on some day of *period*."""
    cover = period.cover
    return version.first_day <= cover.last_day and (
        version.last_day is None or version.last_day >= cover.first_day
    )


def facts_of(facts: ClaimFacts, version: SchemeVersion) -> EventFacts:
    """What the benefits of a scheme may ask of a claim with a settlement."""
    settlement, enrolment, member = facts.settlement, facts.enrolment, facts.member
    line = ClaimLine(
        claim_id=settlement.setl_id,
        person_id="",
        event=event_of_care(settlement.med_type),
        began=settlement.begndate,
        ended=settlement.enddate,
        amounts={field: settlement.amount(field).fen for field in AMOUNT_FIELDS},
        codes={
            "hosp_lv": settlement.hosp_lv.value,
            "insutype": settlement.insutype.value,
            "med_type": settlement.med_type,
            "fixmedins_code": settlement.fixmedins_code,
            "dise_code": settlement.dise_code.reveal(),
        },
        counts={} if enrolment is None else _waited(enrolment, settlement.begndate),
        elsewhere=facts.elsewhere.fen,
    )
    if enrolment is None:
        return event_facts(line, None, version)
    cover = Cover(
        person_id="",
        period_id=enrolment.period_id,
        days=enrolment.cover,
        born=None if member is None else member.birth_date,
        parts=frozenset(enrolment.parts),
        counts={"shares": enrolment.shares},
        codes={} if member is None else {"sex": str(member.sex.value)},
        flags=_first_time(enrolment),
    )
    return event_facts(line, cover, version)


@implements("HN-4.3.5c", "HN-4.4.2b")
def _waited(enrolment: Enrolment, began: datetime.date) -> dict[str, int]:
    """Day of cover counted from where waiting began, if that was not with this cover."""
    if enrolment.waits_from is None:
        return {}
    return {"cover_day": max((began - enrolment.waits_from).days + 1, 1)}


def _first_time(enrolment: Enrolment) -> dict[str, bool]:
    """Whether the member joined for the first time; records of older forms do not tell."""
    if enrolment.joined_on is None:
        return {}
    return {"first_time": is_first_time(enrolment)}


@implements("GD-2.3.3c")
def _settlement_reversed(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return facts.settlement.refd_setl_flag


@implements("ACFTU-2.1a")
def _not_a_member(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return facts.enrolment is None and facts.unit_admitted is not False


@implements("HN-4.1.2a")
def _unit_not_admitted(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return facts.enrolment is None and facts.unit_admitted is False


@implements("ACFTU-2.3b")
def _no_paid_cover(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return facts.enrolment is not None and facts.contribution is None


@implements("HN-4.2.1a")
def _not_inpatient(facts: ClaimFacts, version: SchemeVersion) -> bool:
    return facts.settlement.med_type not in version.event.kinds_of_care


@implements("HN-4.2.1b")
def _outside_period(facts: ClaimFacts, version: SchemeVersion) -> bool:
    return event_day(facts.settlement, version.event.period_by) not in facts.period.cover


@implements("HN-4.2.1b", "ACFTU-2.3b")
def _outside_cover(facts: ClaimFacts, version: SchemeVersion) -> bool:
    if facts.enrolment is None:
        return False
    return event_day(facts.settlement, version.event.period_by) not in facts.enrolment.cover


@implements("HN-4.2.1c")
def _institution_not_designated(facts: ClaimFacts, version: SchemeVersion) -> bool:
    designated = version.event.institutions
    return bool(designated) and facts.settlement.fixmedins_code not in designated


@implements("HN-4.1.1b")
def _insurance_not_covered(facts: ClaimFacts, version: SchemeVersion) -> bool:
    return facts.settlement.insutype not in version.eligibility.insurance_types


@implements("HN-4.5.3a")
def _filed_too_late(facts: ClaimFacts, version: SchemeVersion) -> bool:
    return facts.filed_on > add_days(facts.settlement.enddate, version.event.filing_days_max)


@implements("GD-1.2d", "ACFTU-3.1a")
def _identities_broken(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return bool(facts.settlement.broken_identities())


@implements("HN-4.2.1f")
def _base_below_zero(facts: ClaimFacts, version: SchemeVersion) -> bool:
    # Figures that contradict each other say nothing of the base: such a record is held.
    if _identities_broken(facts, version):
        return False
    # Of who is no member, or not one of those meant, the conditions of a benefit know nothing.
    if facts.enrolment is None or _not_eligible(facts, version):
        return False
    event = facts_of(facts, version)
    return any(is_below_zero(benefit.base, event) for benefit in version.benefits if fits(benefit, event))


@implements("HN-4.1.1b")
def _not_eligible(facts: ClaimFacts, version: SchemeVersion) -> bool:
    if facts.enrolment is None:
        return False
    return not all_hold(version.eligibility.when, facts_of(facts, version))


@implements("HN-2.3", "ACFTU-3.1a")
def _not_settled_first(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    insured = facts.enrolment.insurance_type if facts.enrolment else None
    return bool(unsettled_faults(facts.settlement, insured))


@implements("ACFTU-12.1c")
def _name_differs(facts: ClaimFacts, _version: SchemeVersion) -> bool:
    return facts.member is not None and facts.member.name != facts.settlement.psn_name


Check = Callable[[ClaimFacts, SchemeVersion], bool]

CHECKS: Final[tuple[tuple[Reason, Check], ...]] = (
    (Reason.SETTLEMENT_REVERSED, _settlement_reversed),
    (Reason.NOT_A_MEMBER, _not_a_member),
    (Reason.UNIT_NOT_ADMITTED, _unit_not_admitted),
    (Reason.NO_PAID_COVER, _no_paid_cover),
    (Reason.NOT_INPATIENT, _not_inpatient),
    (Reason.OUTSIDE_PERIOD, _outside_period),
    (Reason.OUTSIDE_COVER, _outside_cover),
    (Reason.INSTITUTION_NOT_DESIGNATED, _institution_not_designated),
    (Reason.INSURANCE_NOT_COVERED, _insurance_not_covered),
    (Reason.FILED_TOO_LATE, _filed_too_late),
    (Reason.NOT_ELIGIBLE, _not_eligible),
    (Reason.IDENTITIES_BROKEN, _identities_broken),
    (Reason.BASE_BELOW_ZERO, _base_below_zero),
    (Reason.NOT_SETTLED_FIRST, _not_settled_first),
    (Reason.NAME_DIFFERS, _name_differs),
)
"""One check per reason, in order of precedence."""


def admission_reasons(facts: ClaimFacts, version: SchemeVersion) -> tuple[Reason, ...]:
    """Every reason against paying the claim, by precedence; empty where nothing is against it.

    Clause:
        ACFTU-2.4b and those of the single checks
    """
    return tuple(reason for reason, applies in CHECKS if applies(facts, version))
