"""Standing (互助期状态): what every act on a period reads first."""

import datetime

from mutualaid_core.domain.governance.approval import ApprovalFile
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.period import Period, PeriodState
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion, version_on
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.governance.lifecycle import running_faults
from mutualaid_core.rules.scheme.layers import Chain, policy_chain, terms_on
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import Work, records_of


def period_of(work: Work, scheme_id: SchemeId, period_id: PeriodId) -> Period:
    """The period, checked again at commit.

    Raises:
        NotFoundError: There is none.
    """
    return work.get(Period, key_of(scheme_id, period_id))


def posting_faults(period: Period) -> tuple[Fault, ...]:
    """Why nothing may be posted to *period*; empty where it is open.

    Clause:
        ACFTU-S4.2b
    """
    if period.state is PeriodState.OPEN:
        return ()
    return (_state_fault(period, "must be open"),)


def paying_faults(period: Period) -> tuple[Fault, ...]:
    """Why nothing that was approved in *period* may be paid; empty until it is closed.

    Clause:
        ACFTU-S4.2b, ACFTU-8.1e
    """
    if period.state is not PeriodState.CLOSED:
        return ()
    return (_state_fault(period, "must not be closed"),)


def _state_fault(period: Period, rule: str) -> Fault:
    return Fault(subject=period.period_id, rule=rule, found=period.state.value, clause="ACFTU-S4.2b")


def file_key(scheme_id: SchemeId) -> str:
    """Key of the file of a scheme (审批档案)."""
    return key_of("scheme", scheme_id)


def starting_faults(work: Work, scheme_id: SchemeId) -> tuple[Fault, ...]:
    """Why a scheme takes no members and opens no period by its file; empty where it may.

    The file is checked again at commit, so nobody joins while the scheme is stopped.

    Args:
        work: The unit of work.
        scheme_id: Scheme.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b
    """
    file = work.find(ApprovalFile, file_key(scheme_id))
    return running_faults(file.stage if file else None, scheme_id)


def chain_of(work: Work, scheme_id: SchemeId) -> Chain:
    """The policies above the scheme, the nearest first.

    Raises:
        NotFoundError: There is no such scheme.

    Clause:
        ACFTU-18.1
    """
    nearest = work.get(Policy, work.get(Scheme, scheme_id).policy_id)
    return policy_chain(nearest, lambda policy_id: work.find(Policy, policy_id))[0]


def policy_of(work: Work, scheme_id: SchemeId, day: datetime.date) -> Policy:
    """What the policies above the scheme ask together on *day*, as ``ruling_of`` without its layers.

    Raises:
        NotFoundError: There is no such scheme.
        InvalidValueError: Parameters of different layers contradict each other, which
            publishing them refuses.

    Clause:
        ACFTU-18.1
    """
    return terms_on(chain_of(work, scheme_id), day)


def periods_of(work: Work, store: Store, scheme_id: SchemeId) -> tuple[Period, ...]:
    """Every period of the scheme, in the order of its id."""
    keys = [record.ref.key for record in records_of(store, "period", "scheme_id", scheme_id)]
    return tuple(work.find_many(Period, keys).values())


def versions_of(work: Work, store: Store, scheme_id: SchemeId) -> tuple[SchemeVersion, ...]:
    """Every published version of the scheme, in the order of its id."""
    keys = [record.ref.key for record in records_of(store, "scheme_version", "scheme_id", scheme_id)]
    return tuple(work.find_many(SchemeVersion, keys).values())


def version_for(work: Work, store: Store, scheme_id: SchemeId, day: datetime.date) -> SchemeVersion:
    """The version in force on *day*.

    Raises:
        VersionGapError: Not exactly one is.
    """
    return version_on(versions_of(work, store, scheme_id), scheme_id, day)
