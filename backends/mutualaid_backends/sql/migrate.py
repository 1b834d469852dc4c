"""Brings a database to the form that this version knows, or refuses.

Migrations only go forward. Each is a file of statements that may be run again, so that an
interrupted run is repeated; its checksum is kept in the store, so that a store made by an
altered migration is refused.
"""

import hashlib
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, inspect, select, text

from mutualaid_backends.sql.tables import META
from mutualaid_core.errors import StoreBrokenError

FOLDER: Final = Path(__file__).parent / "migrations"
HEAD_REVISION: Final = "0001"
"""The form that this version writes; a test compares it with the newest migration."""

_CHECKSUM: Final = "checksum-"


def statements(revision: str, engine: str) -> list[str]:
    """The statements of a migration, in order, without comments."""
    (source,) = FOLDER.glob(f"{revision}_*.{engine}.sql")
    lines = source.read_text(encoding="utf-8").splitlines()
    whole = "\n".join(line for line in lines if not line.startswith("--"))
    return [part.strip() for part in whole.split(";\n") if part.strip()]


def run(connection: Connection, revision: str) -> None:
    """Run a migration's statements and keep its checksum; called by the migration itself."""
    name = _CHECKSUM + revision
    for statement in statements(revision, connection.dialect.name):
        connection.exec_driver_sql(statement)
    if connection.execute(select(META.c.value).where(META.c.name == name)).first() is None:
        connection.execute(insert(META).values(name=name, value=checksum(revision, connection.dialect.name)))


def checksum(revision: str, engine: str) -> str:
    """SHA-256 over the statements of a migration."""
    return hashlib.sha256("\x00".join(statements(revision, engine)).encode()).hexdigest()


def current(connection: Connection) -> str | None:
    """The revision of the database, or ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check(connection: Connection) -> None:
    """Refuse a database of another form.

    Raises:
        StoreBrokenError: It is older, newer, or was made by an altered migration.
    """
    found = current(connection)
    if found != HEAD_REVISION:
        raise _other_form(found)
    name = _CHECKSUM + HEAD_REVISION
    kept = connection.execute(select(META.c.value).where(META.c.name == name)).scalar()
    if kept != checksum(HEAD_REVISION, connection.dialect.name):
        raise StoreBrokenError("open", "the store was made by an altered migration")


def lift(connection: Connection) -> None:
    """Run every migration that the database lacks, inside the caller's transaction.

    Raises:
        StoreBrokenError: The database was made by a newer version.
    """
    from alembic.migration import MigrationContext  # noqa: PLC0415 - only a new or an old store needs it
    from alembic.operations import Operations  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    found = current(connection)
    scripts = ScriptDirectory(str(FOLDER))
    known = {script.revision for script in scripts.walk_revisions()}
    if found is not None and found not in known:
        raise _other_form(found)
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for script in reversed(list(scripts.iterate_revisions("head", found or "base"))):
            script.module.upgrade()
            context.stamp(scripts, script.revision)


def _other_form(found: str | None) -> StoreBrokenError:
    what = f"the store has form {found or 'none'}, this version knows {HEAD_REVISION}"
    return StoreBrokenError("open", what)
