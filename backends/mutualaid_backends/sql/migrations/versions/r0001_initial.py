"""The first form of the store; its statements are in ``0001_initial.*.sql``."""

from alembic import op

from mutualaid_backends.sql import migrate

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, index, trigger and report."""
    migrate.run(op.get_bind(), revision)
