"""The SQL backend: SQLite through SQLAlchemy Core, migrations through Alembic.

Statements, tables and rows know no engine; what is SQLite's own stands in ``sqlite``, so
that a further engine is a further module beside it. Loading this package needs the extra
``sql``.
"""

from importlib.util import find_spec

from mutualaid_backends.sql.store import SqlStore, open_sql

if find_spec("alembic") is None:
    # Alembic is loaded when a store is made or lifted; that it is missing shall show at once.
    _MESSAGE = "No module named 'alembic'"
    raise ModuleNotFoundError(_MESSAGE, name="alembic")

__all__ = ["SqlStore", "open_sql"]
