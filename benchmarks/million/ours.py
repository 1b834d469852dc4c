"""Our evaluator on the rule of the large benchmark: amounts only, with the breakdown, from frames."""

from million import rule
from million.references import Array, Contender, arrow_tables, text_ids
from mutualaid_core.columnar import adjudicate_lines
from mutualaid_core.columnar.frames import adjudicate_frames
from mutualaid_core.domain.scheme.facts import EventKind


class Paid(Contender):
    """Amounts only, from columns."""

    def prepare(self) -> None:
        """Compile the scheme version."""
        self.plan = rule.plan()

    def run(self) -> Array:
        """Paid fen of each claim."""
        return adjudicate_lines(self.plan, self.claims, self.covers).paid


class Breakdown(Paid):
    """With base, steps, cuts and reasons."""

    def run(self) -> Array:
        """Paid fen of each claim."""
        return adjudicate_lines(self.plan, self.claims, self.covers, breakdown=True).paid


class FromFrames(Contender):
    """From Arrow tables with texts as person ids, to an Arrow table."""

    def prepare(self) -> None:
        """Compile, and make the tables."""
        self.plan = rule.plan()
        first, second = arrow_tables(self, text_ids(self.members))
        renamed = {"person": "person_id", "period": "period_id"}
        self.first = first.rename_columns([renamed.get(each, each) for each in first.column_names])
        self.second = second.rename_columns([renamed.get(each, each) for each in second.column_names])

    def run(self) -> Array:
        """Paid fen of each claim."""
        found = adjudicate_frames(self.plan, self.first, self.second, event=EventKind.INPATIENT_STAY)
        return found["paid"].to_numpy()
