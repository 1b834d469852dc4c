"""Agencies that hold money (在途款核查): through whom money came, and who has not passed it on."""

import datetime

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.paying.agency import AgencyCollection, CollectionState
from mutualaid_core.domain.values.identifiers import EntryId, SchemeId
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.agency import AgencyDue, agency_dues, due_faults
from mutualaid_core.serialization.records import key_of
from mutualaid_core.work import read_all, read_many


@attrs.frozen(kw_only=True)
class AgenciesJudged:
    """Agencies that hold money of a scheme (代办机构在途款核查).

    Attributes:
        outcome: ``FLAG`` where one does, else ``PASS``.
        dues: What each of them owes, in the order of their ids.
        faults: The finding against each.
    """

    outcome: Outcome
    dues: tuple[AgencyDue, ...]
    faults: tuple[Fault, ...]


def agencies_holding(store: Store, scheme_id: SchemeId, on: datetime.date) -> AgenciesJudged:
    """The agencies that hold money of a scheme by what is known now, with days and amounts.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.
        on: Day to which the days are counted.

    Clause:
        ACFTU-2.3b
    """
    open_ones = read_all(store, AgencyCollection, "state", CollectionState.DUE.value)
    dues = agency_dues((each for each in open_ones if each.scheme_id == scheme_id), on)
    outcome = Outcome.FLAG if dues else Outcome.PASS
    return AgenciesJudged(outcome=outcome, dues=dues, faults=due_faults(dues))


def collection_of(store: Store, scheme_id: SchemeId, remittance_id: EntryId) -> AgencyCollection | None:
    """Through which agency a remittance came, and when that had it; ``None`` where through none.

    Args:
        store: Where records are kept.
        scheme_id: Scheme.
        remittance_id: The remittance.

    Clause:
        ACFTU-2.3b
    """
    key = key_of(scheme_id, remittance_id)
    return read_many(store, AgencyCollection, (key,)).get(key)
