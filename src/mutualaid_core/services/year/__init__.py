"""A whole year (互助年度): what it needs, and the run of every act from founding to disclosure."""

from mutualaid_core.services.year.plan import Grant, RosterLine, RosterUnit, Year
from mutualaid_core.services.year.run import JOINERS_AN_ACT, Progress, Until, YearRun, run_year

__all__ = [
    "JOINERS_AN_ACT",
    "Grant",
    "Progress",
    "RosterLine",
    "RosterUnit",
    "Until",
    "Year",
    "YearRun",
    "run_year",
]
