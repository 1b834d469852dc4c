"""Unit (单位) and its admission to a period."""

import datetime
from typing import Self

import attrs

from mutualaid_core.domain.scheme.policy.membership import UnitKind
from mutualaid_core.domain.values.checks import at_least, checked, identifier, optional
from mutualaid_core.domain.values.identifiers import (
    CreditCode,
    DivisionCode,
    MemberId,
    PeriodId,
    PoolId,
    SchemeId,
    UnitId,
    parse_credit_code,
    parse_division_code,
)
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError

__all__ = ["Admission", "Judgement", "Unit", "UnitKind"]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Unit:
    """Unit (单位): the employer whose union enrols its workers.

    Attributes:
        unit_id: Id.
        name: Name as printed.
        pool_id: Pooling region.
        credit_code: Unified social credit code; small unions have none.
        kind: What it is; ``None`` where it was not told.
        division: Division where it is registered.
        workplace: Division where its workers work, if that is another one (HN-4.1.1a).
        parent_id: Organisation of the union to which it belongs, such as that of its county.
    """

    unit_id: UnitId = attrs.field(validator=pseudonym)
    name: str = attrs.field(validator=impersonal_text)
    pool_id: PoolId = attrs.field(validator=pseudonym)
    credit_code: CreditCode | None = None
    kind: UnitKind | None = None
    division: DivisionCode | None = None
    workplace: DivisionCode | None = None
    parent_id: str | None = attrs.field(default=None, validator=optional(pseudonym))

    def __attrs_post_init__(self) -> None:
        """Refuse codes that are not written as printed on the certificate."""
        for code in (self.division, self.workplace):
            if code is not None:
                parse_division_code(code)
        if self.credit_code is not None and parse_credit_code(self.credit_code) != self.credit_code:
            rule, shown = "must be in upper-case ASCII without blanks", f"{len(self.credit_code)} characters"
            raise InvalidValueError("credit_code", rule, shown)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Judgement:
    """Judgement (准入审核结论) of a unit by one roster.

    Attributes:
        eligible: Eligible workers on the roster date.
        enrolled: Workers on the roster who join.
        required: Least number that had to join.
        admitted: Whether the gate was passed.
        counted_on: Roster date on which both were counted.
        judged_on: Business day of the act that judged it; ``None`` in records of older forms.
        confirmed: Whether the unit's union confirmed the list; ``None`` where nobody was asked.
        consultation: Record of the workers' consultation, such as a resolution of their congress.
        objections: Workers who object, and whom no batch may enrol.

    Clause:
        HN-4.1.2a, HN-4.1.2b, HN-3.1.2a, HN-2.1a, SN-2.1.4b
    """

    eligible: int = attrs.field(validator=at_least(0))
    enrolled: int = attrs.field(validator=at_least(0))
    required: int = attrs.field(validator=at_least(0))
    admitted: bool
    counted_on: datetime.date
    judged_on: datetime.date | None = None
    confirmed: bool | None = None
    consultation: str | None = attrs.field(default=None, validator=optional(impersonal_text))
    objections: tuple[MemberId, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse more joiners than eligible workers, and admission of too few."""
        if self.enrolled > self.eligible:
            raise InvalidValueError("enrolled", f"must be <= {self.eligible} eligible", self.enrolled)
        if self.admitted and self.enrolled < self.required:
            rule = f"must be >= {self.required} required of an admitted unit"
            raise InvalidValueError("enrolled", rule, self.enrolled, clause="HN-4.1.2a")

    @property
    def known_on(self) -> datetime.date:
        """Day from which on the judgement was known."""
        return self.judged_on or self.counted_on


@attrs.frozen(kw_only=True, field_transformer=checked)
class Admission:
    """Whether a unit was admitted to a period, and on which count (单位准入).

    A unit that was refused may be judged anew by a later roster; the judgements before stay.

    Attributes:
        scheme_id: Scheme.
        period_id: Period.
        unit_id: Unit.
        judgement: How it is judged now.
        earlier: How it was judged before, the earliest first.

    Clause:
        HN-4.1.2a, HN-4.1.2b, HN-3.1.2a, HN-2.1a, SN-2.1.4b
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    period_id: PeriodId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=identifier)
    judgement: Judgement
    earlier: tuple[Judgement, ...] = ()

    def as_known(self, day: datetime.date) -> Self | None:
        """The admission by what was known on *day*; ``None`` where the unit was not judged yet."""
        known = [each for each in (*self.earlier, self.judgement) if each.known_on <= day]
        if not known:
            return None
        return attrs.evolve(self, judgement=known[-1], earlier=tuple(known[:-1]))

    def judged_anew(self, judgement: Judgement) -> Self:
        """The admission with a further judgement, before which come those that it has."""
        return attrs.evolve(self, judgement=judgement, earlier=(*self.earlier, self.judgement))
