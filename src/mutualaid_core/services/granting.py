"""Granting (注入): seed money and reserve grants from outside."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.entries import given_entry
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, SchemeId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.fund.postings import grant_entry
from mutualaid_core.services.standing import period_of, posting_faults
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class ReceiveGrant:
    """Command: a reserve grant came in.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        entry_id: Id of the ledger entry.
        giver: Who gave it, as it stands in the books.
        amount: How much.
    """

    scheme_id: SchemeId
    period_id: PeriodId
    entry_id: EntryId = attrs.field(validator=given_entry)
    giver: str
    amount: Money


@attrs.frozen(kw_only=True)
class GrantReceived:
    """Result: ``PASS``, or ``REJECT`` with the reason."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def receive_grant(host: Host, act: Act, command: ReceiveGrant) -> Done[GrantReceived]:
    """Book a grant; it is kept apart from contributions and touched by deficits only.

    Raises:
        NotFoundError: There is no such period.

    Clause:
        HN-4.3.3, ACFTU-S4.2b
    """

    def decide(work: Work) -> GrantReceived:
        faults = posting_faults(period_of(work, command.scheme_id, command.period_id))
        if not faults:
            entry = grant_entry(
                entry_id=command.entry_id,
                scheme_id=command.scheme_id,
                period_id=command.period_id,
                booked_on=act.business_on,
                amount=command.amount,
                giver=command.giver,
            )
            work.post(entry)
        return GrantReceived(outcome=Outcome.REJECT if faults else Outcome.PASS, faults=faults)

    purpose = Purpose(
        name="receive_grant", subject=command.giver, chain=command.scheme_id, answer=GrantReceived
    )
    return perform(host, act, purpose, command, decide)
