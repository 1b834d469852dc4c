"""Inflows (资金流入): what is given for mutual aid is booked to its pool, and nowhere else."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.inflow import Inflow
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId
from mutualaid_core.rules.fund.inflow import GRANTED, inflow_faults
from mutualaid_core.rules.fund.postings import grant_entry
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class BookInflow:
    """Command: money came in from outside.

    Attributes:
        entry_id: Id of the ledger entry.
        inflow: What came in, and where it is to be put down.
    """

    entry_id: EntryId = attrs.field(validator=given_entry)
    inflow: Inflow


@attrs.frozen(kw_only=True)
class InflowBooked:
    """Result: ``PASS``, or ``REJECT`` with the reasons; nothing is booked then."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def book_inflow(host: Host, act: Act, command: BookInflow) -> Done[InflowBooked]:
    """Book a donation or a grant to the pool; refuse what is meant for another book or not for it.

    Contributions come in as remittances, which this does not replace.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-2.2a, HN-3.1.4a, HN-4.3.3, ACFTU-S4.2b
    """
    inflow = command.inflow

    def decide(work: Work) -> InflowBooked:
        period = period_of(work, inflow.scheme_id, inflow.period_id)
        faults = (*posting_faults(period), *inflow_faults(inflow), *_other_way(inflow))
        if not faults:
            entry = grant_entry(
                entry_id=command.entry_id,
                scheme_id=inflow.scheme_id,
                period_id=inflow.period_id,
                booked_on=act.business_on,
                amount=inflow.amount,
                giver=inflow.giver,
            )
            work.post(entry)
        return InflowBooked(outcome=Outcome.REJECT if faults else Outcome.PASS, faults=faults)

    purpose = Purpose(name="book_inflow", subject=inflow.giver, chain=inflow.scheme_id, answer=InflowBooked)
    return perform(host, act, purpose, command, decide)


def _other_way(inflow: Inflow) -> tuple[Fault, ...]:
    """Why money is not booked here although it may come in: it is no donation and no grant."""
    if inflow.kind in GRANTED or inflow_faults(inflow):
        return ()
    rule = "must be a donation or a grant to be booked so"
    return (Fault(subject=inflow.scheme_id, rule=rule, found=inflow.kind.value, clause="HN-3.1.4a"),)
