"""Terms (项目条款核对): whether a scheme takes what the people on a roster want."""

import datetime

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import age_on, parse_day
from mutualaid_core.domain.values.personal import Sex
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.membership.dues import Holding, check_parts, dues_of
from mutualaid_core.rules.membership.eligibility import check_eligible
from mutualaid_core.rules.membership.facts import facts_of
from mutualaid_core.services.membership.rosters.lines import Common, Line

_UNKNOWN = "must be known"


class SchemeTerms:
    """Holds lines against one version of a scheme; people of the same kind are judged once."""

    def __init__(self, version: SchemeVersion, on: datetime.date) -> None:
        """Judge by *version*, with ages as on the day *on*."""
        self._version, self._on = version, on
        self._kept: dict[tuple[Common, str, int], str] = {}

    def fault(self, line: Line) -> str:
        """The rule that the line breaks; empty where it breaks none, or does not join."""
        if not line.common.joins:
            return ""
        born = parse_day(line.birth_date)
        place = (line.common, line.sex, age_on(born, self._on))
        if place not in self._kept:
            self._kept[place] = self._judge(line, born)
        return self._kept[place]

    def _judge(self, line: Line, born: datetime.date) -> str:
        common, version = line.common, self._version
        facts = facts_of(Sex(int(line.sex)), born, common.insurance_type, common.shares, self._on)
        try:
            check_eligible(common.insurance_type, common.employment, version.eligibility, facts)
            check_parts(common.parts, version.parts)
            held = tuple(Holding(part=part, shares=common.shares) for part in common.parts)
            if held or not version.parts:
                dues_of(held or (Holding(shares=common.shares),), version.dues, facts)
        except InvalidValueError as error:
            # What a roster does not tell is asked when the person joins.
            return "" if error.rule.startswith(_UNKNOWN) else f"{error.field} {error.rule}"
        return ""


def version_on(versions: tuple[SchemeVersion, ...], on: datetime.date) -> SchemeVersion | None:
    """The version in force on a day, or the first one after it; ``None`` where there is none."""
    later = [each for each in versions if each.last_day is None or each.last_day >= on]
    return min(later, key=lambda each: each.first_day, default=None)
