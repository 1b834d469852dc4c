"""The tables of the store, built from the declared kinds.

Keys are bytes, so that no collation folds them; money and counts are 64-bit integers; no
column is ``Numeric`` or ``Float``. The migrations write the same tables by hand, and a test
compares the two.
"""

import datetime
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.types import TypeEngine

from mutualaid_core.ports.batch import KEY_BYTES_MAX
from mutualaid_core.ports.kinds import JOURNAL_INDEX, KINDS, IndexType, Kind

METADATA: Final = MetaData()


class Day(TypeDecorator[datetime.date]):
    """A day: ``DATE``, and ISO text on SQLite, which has no such type."""

    impl = Date
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, compared by bytes, which is the order of the days."""
        on_sqlite: TypeEngine[Any] = _TEXT
        return dialect.type_descriptor(on_sqlite if dialect.name == "sqlite" else Date())

    def process_bind_param(self, value: datetime.date | None, dialect: Dialect) -> object:
        """ISO text for SQLite."""
        return value.isoformat() if value is not None and dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime.date | None:  # noqa: ANN401 - what a driver gives
        """The day again."""
        return datetime.date.fromisoformat(value) if dialect.name == "sqlite" and value else value


_KEY: Final = LargeBinary(KEY_BYTES_MAX).with_variant(LargeBinary(), "sqlite")
_BYTES: Final = LargeBinary()
_INT: Final = BigInteger().with_variant(Integer(), "sqlite")
# SQLite's BINARY and PostgreSQL's "C" both order text by its bytes.
_TEXT: Final = Text(collation="BINARY")
_ANY_TEXT: Final = Text(collation="C").with_variant(_TEXT, "sqlite")
_TYPES: Final[dict[IndexType, TypeEngine[Any]]] = {
    IndexType.INT: _INT,
    IndexType.TEXT: _ANY_TEXT,
    IndexType.DAY: Day(),
}


def _fields(fields: tuple[tuple[str, IndexType], ...]) -> list[Column[Any]]:
    return [Column(name, _TYPES[index_type]) for name, index_type in fields]


def _kind_table(kind: Kind) -> Table:
    table = Table(
        kind.name,
        METADATA,
        Column("key", _KEY, primary_key=True),
        Column("version", _INT, nullable=False),
        *_fields(kind.index),
        Column("body", _BYTES, nullable=False),
        Column("seal", _BYTES, nullable=False),
    )
    for name, _ in kind.index:
        Index(f"{kind.name}_{name}", table.c[name], table.c.key)
    return table


RECORDS: Final = {kind.name: _kind_table(kind) for kind in KINDS}
"""Table of each kind."""

META: Final = Table(
    "meta",
    METADATA,
    Column("name", _ANY_TEXT, primary_key=True),
    Column("value", _ANY_TEXT, nullable=False),
)
"""Format of the store, and the checksums of the migrations that made it."""

RECEIPT: Final = Table(
    "receipt",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("fingerprint", _BYTES, nullable=False),
    Column("outcome", _BYTES, nullable=False),
    Column("positions", _ANY_TEXT, nullable=False),
)
"""A row per idempotency key."""

COUNTER: Final = Table(
    "counter",
    METADATA,
    Column("key", _KEY, primary_key=True),
    Column("value", _INT, nullable=False),
    Column("lo", _INT, nullable=False),
    Column("hi", _INT, nullable=False),
    Column("version", _INT, nullable=False),
    CheckConstraint("value BETWEEN lo AND hi", name="counter_bounds"),
)
"""A row per bounded counter."""

HEAD: Final = Table(
    "head",
    METADATA,
    Column("chain", _KEY, primary_key=True),
    Column("position", _INT, nullable=False),
    Column("hash", _BYTES, nullable=False),
    Column("frontier", _BYTES, nullable=False),
)
"""A row per chain; the last that a commit locks."""

EVENT: Final = Table(
    "event",
    METADATA,
    Column("chain", _KEY, primary_key=True),
    Column("position", _INT, primary_key=True, autoincrement=False),
    Column("prev", _BYTES, nullable=False),
    Column("hash", _BYTES, nullable=False),
    Column("batch_key", _KEY, nullable=False),
    Column("body", _BYTES, nullable=False),
    *_fields(JOURNAL_INDEX),
    Column("seal", _BYTES, nullable=False),
)
"""A row per event."""
