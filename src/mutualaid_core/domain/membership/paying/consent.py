"""Payroll consent (代扣授权): each worker's own consent to have the dues deducted from the pay."""

import datetime
import enum
from itertools import pairwise

import attrs

from mutualaid_core.domain.membership.paying.funding import Authorisation
from mutualaid_core.domain.values.checks import checked, identifier, not_empty
from mutualaid_core.domain.values.identifiers import ActorId, MemberId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


class ConsentStep(enum.Enum):
    """What a worker declared (授权事项)."""

    GIVEN = "given"
    """授权"""
    WITHDRAWN = "withdrawn"
    """撤回"""


@attrs.frozen(kw_only=True, field_transformer=checked)
class ConsentEvent:
    """A worker's declaration (授权或撤回声明).

    Attributes:
        step: What was declared.
        on: Day of the declaration, from which on it holds.
        told_on: Business day on which it was recorded.
        taken_by: Who recorded it, by the id of the account.
        paper: Number of the paper that the worker signed; no person's name.
    """

    step: ConsentStep
    on: datetime.date
    told_on: datetime.date
    taken_by: ActorId = attrs.field(validator=pseudonym)
    paper: str = attrs.field(validator=impersonal_text)

    def __attrs_post_init__(self) -> None:
        """Refuse what was recorded before it was declared."""
        if self.told_on < self.on:
            raise InvalidValueError("told_on", f"must be >= {self.on.isoformat()}", self.told_on.isoformat())


@attrs.frozen(kw_only=True, field_transformer=checked)
class PayrollConsent:
    """Payroll consent (代扣授权) of one worker towards one unit and scheme; only ever added to.

    Attributes:
        scheme_id: Scheme.
        unit_id: Unit that pays the wages.
        member_id: The worker.
        events: Every declaration, in turn given and withdrawn, in the order of their days.

    Clause:
        SN-2.3.5d
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    member_id: MemberId = attrs.field(validator=pseudonym)
    events: tuple[ConsentEvent, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a withdrawal of nothing, a consent given twice, and days out of order."""
        if self.events[0].step is not ConsentStep.GIVEN:
            raise InvalidValueError("events", "must begin with a consent", self.events[0].step.value)
        for before, after in pairwise(self.events):
            if before.step is after.step:
                raise InvalidValueError("step", f"must not be {after.step.value} again", after.step.value)
            if after.on < before.on:
                raise InvalidValueError("on", f"must be >= {before.on.isoformat()}", after.on.isoformat())
            if after.told_on < before.told_on:
                rule = f"must be >= {before.told_on.isoformat()}"
                raise InvalidValueError("told_on", rule, after.told_on.isoformat())

    @property
    def holds(self) -> bool:
        """Whether it holds by the last declaration."""
        return self.events[-1].step is ConsentStep.GIVEN

    def authorisations(self, known_on: datetime.date) -> tuple[Authorisation, ...]:
        """Every span of consent by what was recorded up to *known_on*, the oldest first."""
        known = [event for event in self.events if event.told_on <= known_on]
        given, withdrawn = known[::2], known[1::2]
        return tuple(
            Authorisation(
                member_id=self.member_id,
                given_on=event.on,
                withdrawn_on=withdrawn[number].on if number < len(withdrawn) else None,
            )
            for number, event in enumerate(given)
        )
