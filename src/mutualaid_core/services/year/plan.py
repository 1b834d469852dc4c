"""What a year's run needs (年度资料): everything that its acts are made of."""

import datetime

import attrs

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.membership.contribution import PayerShare
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.services.founding import FoundScheme
from mutualaid_core.services.membership.joiner import Joiner


@attrs.frozen(kw_only=True)
class Grant:
    """A reserve grant of the year.

    Attributes:
        giver: Who gave it, as it stands in the books.
        amount: How much.
        received_on: Day on which it came in.
    """

    giver: str
    amount: Money
    received_on: datetime.date


@attrs.frozen(kw_only=True)
class RosterUnit:
    """A unit with its count of eligible workers."""

    unit: Unit
    eligible: int


@attrs.frozen(kw_only=True)
class RosterLine:
    """A worker on the roster, with what was paid.

    Attributes:
        unit_id: Unit.
        joiner: The worker.
        amount: Contribution paid.
        split: Who bore it.
    """

    unit_id: UnitId
    joiner: Joiner
    amount: Money
    split: tuple[PayerShare, ...]


@attrs.frozen(kw_only=True)
class Year:
    """Everything that a year's run needs.

    Attributes:
        founding: Policy, region, scheme, version and period.
        grants: Reserve grants.
        units: Units with their counts.
        roster: Workers who join.
        settlements: Settlements in any order; they are judged by day of discharge.
        counted_on: Roster date.
        received_on: Day on which the units' money came in.
        closed_on: Day on which the period is closed and disclosed.
    """

    founding: FoundScheme
    grants: tuple[Grant, ...]
    units: tuple[RosterUnit, ...]
    roster: tuple[RosterLine, ...]
    settlements: tuple[Settlement, ...]
    counted_on: datetime.date
    received_on: datetime.date
    closed_on: datetime.date
