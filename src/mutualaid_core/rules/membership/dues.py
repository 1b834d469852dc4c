"""Dues (互助金缴费): what an enrolment costs, and who may bear it."""

import datetime

from mutualaid_core.clauses import implements
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.scheme.dues import Dues
from mutualaid_core.domain.scheme.policy import ContributionTerms
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError


@implements("HN-4.3.4b", "HN-4.3.4c", "HN-4.3.5a")
def dues_for(shares: int, dues: Dues) -> Money:
    """What *shares* cost for one period, to be paid at once.

    Raises:
        InvalidValueError: More shares than one person may hold, or none.

    Clause:
        HN-4.3.4b, HN-4.3.4c, HN-4.3.5a
    """
    if not 1 <= shares <= dues.shares_max:
        raise InvalidValueError("shares", f"must be 1 to {dues.shares_max}", shares, clause="HN-4.3.4c")
    return Money(dues.amount.fen * shares)


@implements("ACFTU-2.3a", "HN-4.3.1", "HN-5.2.2a")
def check_contribution(contribution: Contribution, shares: int, dues: Dues, terms: ContributionTerms) -> None:
    """Refuse a contribution that is not the dues, from a payer not allowed, or too early.

    Raises:
        InvalidValueError: With the field that is wrong and its clause.

    Clause:
        ACFTU-2.3a, HN-4.3.1, HN-5.2.2a
    """
    due = dues_for(shares, dues)
    if contribution.amount != due:
        raise InvalidValueError(
            "contribution", f"must be {due}", str(contribution.amount), clause="HN-4.3.4b"
        )
    strangers = [part.payer.value for part in contribution.split if part.payer not in dues.payers]
    if strangers:
        raise InvalidValueError("split", "must name allowed payers", ", ".join(strangers), clause="HN-4.3.1")
    check_received_on(contribution.received_on, terms)


@implements("HN-5.2.2a")
def check_received_on(received_on: datetime.date, terms: ContributionTerms) -> None:
    """Refuse money that came before collection was allowed.

    Raises:
        InvalidValueError: *received_on* is too early.

    Clause:
        HN-5.2.2a
    """
    if received_on < terms.collect_from:
        rule = f"must be >= {terms.collect_from.isoformat()}"
        raise InvalidValueError("received_on", rule, received_on.isoformat(), clause="HN-5.2.2a")
