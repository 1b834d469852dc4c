"""Organisation (工会组织): the unions from the nation down to the unit, and the agencies beside them."""

import datetime
import enum
from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import attrs

from mutualaid_core.domain.values.checks import checked, identifier, not_empty, optional
from mutualaid_core.domain.values.identifiers import DivisionCode, parse_division_code
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


class OrganisationLevel(enum.Enum):
    """Where an organisation stands in the tree (组织层级)."""

    NATIONAL = "national"
    """全国"""
    PROVINCE = "province"
    """省级, and what is treated like a province: national industry unions, the corps."""
    POOL = "pool"
    """统筹区: a prefecture, the organs of a province, an industry, the corps."""
    COUNTY = "county"
    """县级"""
    UNIT = "unit"
    """基层"""
    AGENCY = "agency"
    """经办、代办机构: beside the unions, with nothing below."""


class OrganisationKind(enum.Enum):
    """What an organisation rests on (组织类型, ACFTU-18.2, SN-1.1)."""

    GEOGRAPHIC = "geographic"
    """地方工会"""
    ORGANS = "organs"
    """省直机关工会"""
    INDUSTRY = "industry"
    """产业工会"""
    CORPS = "corps"
    """生产建设兵团"""
    BASIC = "basic"
    """基层工会"""
    JOINT = "joint"
    """联合基层工会"""
    OPERATOR = "operator"
    """经办机构"""
    AGENT = "agent"
    """代办机构"""


_OF_PLACE: Final = frozenset({OrganisationKind.GEOGRAPHIC, OrganisationKind.INDUSTRY, OrganisationKind.CORPS})

KINDS_OF_LEVEL: Final[Mapping[OrganisationLevel, frozenset[OrganisationKind]]] = MappingProxyType(
    {
        OrganisationLevel.NATIONAL: frozenset({OrganisationKind.GEOGRAPHIC}),
        OrganisationLevel.PROVINCE: _OF_PLACE,
        OrganisationLevel.POOL: _OF_PLACE | {OrganisationKind.ORGANS},
        OrganisationLevel.COUNTY: _OF_PLACE,
        OrganisationLevel.UNIT: frozenset({OrganisationKind.BASIC, OrganisationKind.JOINT}),
        OrganisationLevel.AGENCY: frozenset({OrganisationKind.OPERATOR, OrganisationKind.AGENT}),
    }
)
"""Which kinds there are at each level."""

ROOTS: Final = frozenset({OrganisationLevel.NATIONAL, OrganisationLevel.PROVINCE})
"""Levels that may stand under nothing: a store may begin with its own province."""


@attrs.frozen(kw_only=True, field_transformer=checked)
class OrganisationTerm:
    """Term (存续期): how an organisation stands for some days.

    Attributes:
        first_day: First day.
        last_day: Last day; ``None`` while it goes on.
        name: Name as printed.
        parent_id: Organisation above it; ``None`` for a root.
        division: Division code; the organs, an industry and the corps need none (ACFTU-18.2).
    """

    first_day: datetime.date
    last_day: datetime.date | None
    name: str = attrs.field(validator=impersonal_text)
    parent_id: str | None = attrs.field(validator=optional(identifier))
    division: DivisionCode | None

    def __attrs_post_init__(self) -> None:
        """Refuse days out of order and a code of another form."""
        if self.last_day is not None and self.last_day < self.first_day:
            rule = f"must be >= {self.first_day.isoformat()}"
            raise InvalidValueError("last_day", rule, self.last_day.isoformat())
        if self.division is not None:
            parse_division_code(self.division)

    def __contains__(self, day: datetime.date) -> bool:
        """Whether *day* lies in the term."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@attrs.frozen(kw_only=True, field_transformer=checked)
class Organisation:
    """Organisation (工会组织、经办机构), with all that it was called and where it stood.

    A new name, another parent, a merger: each is a further term, and no term is ever altered.

    Attributes:
        organisation_id: Id, given by the host; opaque.
        level: Where it stands in the tree; another level is another organisation.
        kind: What it rests on.
        terms: Its terms in the order of their days, without overlap.

    Clause:
        ACFTU-4.2a, ACFTU-18.2, SN-1.1
    """

    organisation_id: str = attrs.field(validator=pseudonym)
    level: OrganisationLevel
    kind: OrganisationKind
    terms: tuple[OrganisationTerm, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a kind of another level, terms that overlap, and parents that cannot be."""
        if self.kind not in KINDS_OF_LEVEL[self.level]:
            known = ", ".join(kind.value for kind in OrganisationKind if kind in KINDS_OF_LEVEL[self.level])
            raise InvalidValueError("kind", f"must be one of {known}", self.kind.value)
        for before, after in pairwise(self.terms):
            if before.last_day is None or before.last_day >= after.first_day:
                rule = "must be after the last day of the term before it"
                raise InvalidValueError("first_day", rule, after.first_day.isoformat())
        for term in self.terms:
            self._check_parent(term.parent_id)

    def _check_parent(self, parent_id: str | None) -> None:
        if parent_id is None and self.level not in ROOTS:
            raise InvalidValueError("parent_id", "must be given below a province", None)
        if parent_id is not None and self.level is OrganisationLevel.NATIONAL:
            raise InvalidValueError("parent_id", "must be blank for the nation", parent_id)
        if parent_id == self.organisation_id:
            raise InvalidValueError("parent_id", "must be another organisation", parent_id)
