"""Held money (待核对款项): which of the listed persons stand against booking it."""

import datetime
from typing import Final

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.funding import FundingPlan
from mutualaid_core.domain.membership.paying.remittance import Remittance
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.paying.consent import (
    deducted_members,
    deducting_plan,
)
from mutualaid_core.rules.membership.paying.naming import held_payment
from mutualaid_core.rules.membership.paying.places import paid_place
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.contribution import consent_faults
from mutualaid_core.work import read_many, read_one

_ALL_KNOWN: Final = datetime.date.max
"""Stands for a business day after every record."""


def held_persons(store: Store, held: Remittance) -> tuple[Fault, ...]:
    """Who of a held list has no place through the unit, or did not consent to the deduction.

    By all that is on record now; what the dues and the terms say is judged when it is settled.

    Args:
        store: Where records are kept.
        held: The remittance; there is nothing to tell of one that is not held.

    Clause:
        HN-3.1.2b, SN-2.3.5d
    """
    payment = held_payment(held, _ALL_KNOWN)
    keys = [key_of(held.scheme_id, held.period_id, line.member_id) for line in held.lines]
    enrolments = {each.member_id: each for each in read_many(store, Enrolment, keys).values()}
    places = (
        paid_place(
            line.member_id,
            enrolments.get(line.member_id),
            unit_id=held.unit_id,
            paid_on=payment.paid_on,
            known_on=payment.known_on,
        )
        for line in held.lines
    )
    key = key_of(held.scheme_id, held.unit_id)
    plans = read_many(store, FundingPlan, (key,)).get(key)
    year = read_one(store, Period, key_of(held.scheme_id, held.period_id)).cover.first_day.year
    deducted = deducted_members(held.lines, enrolments, deducting_plan(plans, payment, year), year)
    faults = (each for each in places if isinstance(each, Fault))
    return (*faults, *consent_faults(store, payment, deducted))
