"""Rosters (职工名册): bringing them in by the million rows, and asking for them.

``lines`` are the rows of a roster, ``pages`` makes the stored pages of them, ``importing``
writes these act by act, ``elsewhere`` finds who stands on another roster or is covered
through another unit, ``reading`` answers queries. Reading files is the business of
``intake/rosters``; whoever has the persons from elsewhere needs no file.
"""

from mutualaid_core.services.membership.rosters.importing import (
    ImportRosters,
    RosterImported,
    import_rosters,
)
from mutualaid_core.services.membership.rosters.lines import Common, Line, line_of
from mutualaid_core.services.membership.rosters.reading import (
    RosterCounts,
    latest_roster_day,
    roster_counts,
    roster_of,
)

__all__ = [
    "Common",
    "ImportRosters",
    "Line",
    "RosterCounts",
    "RosterImported",
    "import_rosters",
    "latest_roster_day",
    "line_of",
    "roster_counts",
    "roster_of",
]
