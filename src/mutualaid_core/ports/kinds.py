"""Which kinds of record a store keeps, and by which fields they can be looked up.

A kind is declared here once. Backends build their tables and indexes from it, the codec of
``serialization`` fills the index fields from the entity, and no backend knows more.
"""

import datetime
import enum
from typing import Final, TypeAlias

import attrs

from mutualaid_core.errors import InvalidValueError

IndexValue: TypeAlias = int | str | datetime.date | None
"""Value of an index field: 64-bit integer, text of at most 200 bytes, day, or nothing."""


class IndexType(enum.Enum):
    """Type of an index field, and so of its column."""

    INT = int
    TEXT = str
    DAY = datetime.date


@attrs.frozen
class Kind:
    """A declared kind of record.

    Attributes:
        name: Name of the kind, also of its table.
        index: Index fields with their types, in the order of the table's columns.
        append_only: Whether a record can only be added, never replaced (C11).
        personal: Whether bodies hold personal data, so that the journal carries no plain
            digest of them.
    """

    name: str
    index: tuple[tuple[str, IndexType], ...] = ()
    append_only: bool = False
    personal: bool = False

    def field_type(self, field: str) -> IndexType:
        """Type of an index field.

        Raises:
            InvalidValueError: The kind has no such field.
        """
        for name, index_type in self.index:
            if name == field:
                return index_type
        raise InvalidValueError("field", f"must be an index field of {self.name}", field)


_INT, _TEXT, _DAY = IndexType.INT, IndexType.TEXT, IndexType.DAY

KINDS: Final[tuple[Kind, ...]] = (
    Kind("policy", (("valid_from", _DAY),)),
    Kind("pool", (("name", _TEXT),)),
    Kind("scheme", (("pool_id", _TEXT),)),
    Kind("scheme_version", (("scheme_id", _TEXT), ("first_day", _DAY), ("last_day", _DAY))),
    Kind("period", (("scheme_id", _TEXT), ("first_day", _DAY), ("last_day", _DAY), ("state", _TEXT))),
    Kind("unit", (("pool_id", _TEXT), ("name", _TEXT))),
    Kind(
        "admission",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("unit_id", _TEXT),
            ("outcome", _TEXT),
            ("eligible", _INT),
            ("enrolled", _INT),
        ),
    ),
    Kind("member", (("birth_year", _INT), ("sex", _INT)), personal=True),
    Kind(
        "enrolment",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("member_id", _TEXT),
            ("unit_id", _TEXT),
            ("first_day", _DAY),
            ("last_day", _DAY),
            ("rejoined", _INT),
        ),
    ),
    Kind(
        "contribution",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("member_id", _TEXT),
            ("unit_id", _TEXT),
            ("received_on", _DAY),
            ("amount_fen", _INT),
        ),
    ),
    Kind(
        "settlement",
        (("admitted_on", _DAY), ("discharged_on", _DAY), ("in_scope_fen", _INT)),
        personal=True,
    ),
    Kind(
        "claim",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("member_id", _TEXT),
            ("settlement_id", _TEXT),
            ("discharged_on", _DAY),
            ("state", _TEXT),
        ),
    ),
    Kind(
        "decision",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("member_id", _TEXT),
            ("claim_id", _TEXT),
            ("outcome", _TEXT),
            ("reason", _TEXT),
            ("base_fen", _INT),
            ("benefit_fen", _INT),
            ("decided_on", _DAY),
        ),
    ),
    Kind(
        "payment",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("claim_id", _TEXT),
            ("member_id", _TEXT),
            ("amount_fen", _INT),
            ("paid_on", _DAY),
        ),
        append_only=True,
    ),
    Kind(
        "ledger_line",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("entry_id", _TEXT),
            ("line", _INT),
            ("booked_on", _DAY),
            ("act", _TEXT),
            ("title", _TEXT),
            ("source", _TEXT),
            ("debit_fen", _INT),
            ("credit_fen", _INT),
            ("subject", _TEXT),
        ),
        append_only=True,
    ),
    Kind("closing", (("scheme_id", _TEXT), ("period_id", _TEXT), ("closed_on", _DAY)), append_only=True),
    Kind(
        "disclosure", (("scheme_id", _TEXT), ("period_id", _TEXT), ("disclosed_on", _DAY)), append_only=True
    ),
    Kind("organisation", (("parent_id", _TEXT), ("level", _TEXT))),
    Kind(
        "roster",
        (("unit_id", _TEXT), ("counted_on", _DAY), ("import_id", _TEXT), ("persons", _INT)),
        personal=True,
    ),
    Kind("roster_import", (("counted_on", _DAY), ("state", _TEXT))),
    Kind(
        "transfer",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("member_id", _TEXT),
            ("from_unit", _TEXT),
            ("to_unit", _TEXT),
            ("moves_on", _DAY),
            ("state", _TEXT),
        ),
    ),
    Kind(
        "remittance",
        (
            ("scheme_id", _TEXT),
            ("period_id", _TEXT),
            ("unit_id", _TEXT),
            ("received_on", _DAY),
            ("received_fen", _INT),
            ("state", _TEXT),
        ),
    ),
    Kind("agency_collection", (("scheme_id", _TEXT), ("agency_id", _TEXT), ("state", _TEXT))),
    Kind("payroll_consent", (("unit_id", _TEXT), ("member_id", _TEXT))),
    Kind("gift_programme", (("scheme_id", _TEXT),)),
    Kind("funding_plan", (("scheme_id", _TEXT), ("unit_id", _TEXT))),
    Kind("refusal", (("scheme_id", _TEXT), ("period_id", _TEXT), ("unit_id", _TEXT), ("told_on", _DAY))),
    Kind("referral", (("scheme_id", _TEXT), ("period_id", _TEXT), ("member_id", _TEXT), ("state", _TEXT))),
    Kind("complaint", (("scheme_id", _TEXT), ("member_id", _TEXT), ("state", _TEXT), ("due_on", _DAY))),
    Kind("approval", (("scheme_id", _TEXT), ("organisation_id", _TEXT), ("approved_on", _DAY))),
    Kind("unique", (("owner", _TEXT),), append_only=True),
    Kind("secret", personal=True),
)
"""Every kind (记录种类) that the library stores."""

_BY_NAME: Final = {kind.name: kind for kind in KINDS}


def kind_named(name: str) -> Kind:
    """The declared kind of that name.

    Raises:
        InvalidValueError: It is not declared.
    """
    if name not in _BY_NAME:
        raise InvalidValueError("kind", f"must be one of {', '.join(_BY_NAME)}", name)
    return _BY_NAME[name]


JOURNAL_INDEX: Final[tuple[tuple[str, IndexType], ...]] = (
    ("act", _TEXT),
    ("actor", _TEXT),
    ("business_on", _DAY),
    ("recorded_at_us", _INT),
    ("subject", _TEXT),
)
"""Index fields of every journal event, in the order of its columns."""
