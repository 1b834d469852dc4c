"""Keeping (登记) enrolments: put where there is none or one was taken back, and counted by unit."""

from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment, JoinedAs
from mutualaid_core.domain.membership.unit import Admission
from mutualaid_core.domain.scheme.joining import MONTHS_A_PERIOD
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId, UnitId
from mutualaid_core.domain.values.money import FEN_MAX
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.adjudication import use_counter
from mutualaid_core.work import Host, Work

UNCOUNTED: Final = frozenset({JoinedAs.LATE, JoinedAs.NEW_HIRE})
"""Occasions of those who were not on the roster by which their unit was judged."""


def counter_of(scheme_id: SchemeId, period_id: PeriodId, unit_id: UnitId) -> str:
    """Key of the counter of a unit's workers who joined in a period, bounded by the admission.

    New hires and late joiners are not in it: they were not on the roster of the admission.

    Args:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit through which they joined.
    """
    return f"joined/{scheme_id}/{period_id}/{unit_id}"


def admission_faults(
    work: Work, scheme_id: SchemeId, period_id: PeriodId, unit_id: UnitId, joining: int
) -> tuple[Fault, ...]:
    """Why so many more cannot join through a unit: not admitted, or more than it was judged by.

    Args:
        work: The work of the act.
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        joining: How many more.

    Clause:
        HN-4.1.2a
    """
    admission = work.find(Admission, key_of(scheme_id, period_id, unit_id))
    if admission is None or not admission.admitted:
        found = "refused" if admission else "not judged"
        return (Fault(subject=unit_id, rule="must be admitted first", found=found, clause="HN-4.1.2a"),)
    together = work.counter(counter_of(scheme_id, period_id, unit_id)) + joining
    if together <= admission.enrolled:
        return ()
    rule = f"must enrol at most the {admission.enrolled} that it was judged by"
    return (Fault(subject=unit_id, rule=rule, found=str(together), clause="HN-4.1.2a"),)


def keep(work: Work, enrolment: Enrolment, before: Enrolment | None) -> None:
    """Add an enrolment, or put it where one was taken back, whose history goes on.

    Args:
        work: The work of the act.
        enrolment: The new enrolment.
        before: What stands under its key, withdrawn or void; ``None`` where nothing does.
    """
    if before is None:
        work.add(enrolment)
    else:
        work.replace(attrs.evolve(enrolment, history=(*before.history, *enrolment.history)))


def unreturned(work: Work, present: Mapping[str, Enrolment]) -> set[str]:
    """Keys of places that were taken back or void, and whose contribution still stands.

    Args:
        work: The work of the act.
        present: Enrolments by their keys.

    Clause:
        HN-4.3.5b, ACFTU-2.3b
    """
    gone = [key for key, each in present.items() if not each.is_active]
    paid = work.find_many(Contribution, gone)
    return {key for key, each in paid.items() if each.is_settled}


def is_counted(enrolment: Enrolment) -> bool:
    """Whether an enrolment stands in the counter of the unit through which the member joined.

    New hires, late joiners and persons who join alone do not, and a term of several periods
    stands in that of its first period alone.

    Args:
        enrolment: The enrolment.
    """
    goes_on = enrolment.waits_from is not None and enrolment.waits_from < enrolment.cover.first_day
    is_later = (
        goes_on and enrolment.term_months > MONTHS_A_PERIOD and enrolment.joined_as is not JoinedAs.RENEWAL
    )
    by_unit = enrolment.joined_by is not JoinedBy.PERSON
    return by_unit and enrolment.joined_as not in UNCOUNTED and not is_later


def unit_joined(enrolment: Enrolment) -> UnitId:
    """The unit through which a member joined last, whatever the unit is now.

    Args:
        enrolment: The enrolment.
    """
    joined = (change.unit_id for change in reversed(enrolment.history) if change.kind is ChangeKind.JOINED)
    return next((unit_id for unit_id in joined if unit_id is not None), enrolment.unit_id)


def count_out(work: Work, enrolment: Enrolment) -> None:
    """Take an enrolment that no longer gives a place out of the counter of its unit.

    Args:
        work: The work of the act.
        enrolment: The enrolment as it was before.
    """
    if is_counted(enrolment):
        unit_id = unit_joined(enrolment)
        work.count(counter_of(enrolment.scheme_id, enrolment.period_id, unit_id), -1)


def hold_limits(work: Work, host: Host, enrolment: Enrolment, versions: tuple[SchemeVersion, ...]) -> None:
    """Put the bounds of the member's limits anew, unchanged, before anything decided is read.

    Whoever grants a benefit meanwhile puts them too, so that one of the two decides anew.

    Args:
        work: The work of the act.
        host: Store, clock and keys.
        enrolment: The enrolment on which claims may rest.
        versions: Versions of the scheme, whose benefits name the limits.
    """
    names = {f"amount/{benefit.benefit_id}/period" for each in versions for benefit in each.benefits}
    for name in sorted(names):
        key = use_counter(enrolment.scheme_id, enrolment.period_id, enrolment.member_id, name)
        work.counter(key)
        found = host.store.get((), (key,)).counters[key]
        work.consume(key, 0, hi=found.hi if found.version else FEN_MAX)
