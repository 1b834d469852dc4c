"""Importing (导入名册): every act from the first to the last, each done once.

The key of an act is made from the import and the number of the portion. So an import that
was cut off goes on where it stopped, and a second one of the same file changes nothing.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, TypeVar

import attrs

from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.actor import Actor
from mutualaid_core.domain.membership.roster import ImportState, RosterImport
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.rosters.lines import Line
from mutualaid_core.services.membership.rosters.pages import Page, PageMaker
from mutualaid_core.services.membership.rosters.pools import pool_faults
from mutualaid_core.services.verification import SYSTEM_CHAIN
from mutualaid_core.work import Done, Host, Purpose, Work, perform, read_many

PORTION_UNITS: Final = 400
"""Units that are written in one act: each is read, and perhaps written."""

Progress = Callable[[str, int, int], None]
"""Told the step, how much of it is done, and how much there is."""

Item = TypeVar("Item")


@attrs.frozen(kw_only=True)
class ImportRosters:
    """Command: bring in the rosters of units of one day.

    Attributes:
        import_id: Id, made from the whole content: the same content has the same id.
        counted_on: Roster date.
        file: Name of the file.
        units: Units to be added, or brought up to date.
        persons: How many lines each unit has.
        joining: Workers who join.
        known_on: Business day of the import; ``None`` for the roster date. An import that goes on
            keeps the day on which it began.
    """

    import_id: str
    counted_on: datetime.date
    file: str
    units: tuple[Unit, ...]
    persons: Mapping[str, int]
    joining: int
    known_on: datetime.date | None = None

    @property
    def rows(self) -> int:
        """Lines of all units."""
        return sum(self.persons.values())


@attrs.frozen(kw_only=True)
class PartWritten:
    """Result of one act: how many records it wrote."""

    written: int


@attrs.frozen(kw_only=True)
class RosterImported:
    """What an import came to.

    Attributes:
        record: The import's record, at its end.
        pages: Pages of all units.
        acts: How many acts the import has.
        replayed: How many of them had been done before.
    """

    record: RosterImport
    pages: int
    acts: int
    replayed: int

    @property
    def changed_nothing(self) -> bool:
        """Whether every act had been done before."""
        return self.acts == self.replayed


@attrs.frozen(kw_only=True)
class _Portion:
    """Content of an act, for its fingerprint; the import's id stands for what is written."""

    import_id: str
    counted_on: datetime.date
    number: int


def import_rosters(
    host: Host, actor: Actor, command: ImportRosters, lines: Iterable[Line], progress: Progress
) -> RosterImported:
    """Write units and roster pages, portion by portion, each once.

    Nothing here judges a line: whoever makes them has checked them all before, so that an
    import with one fault writes nothing. Two rosters of one unit and day are refused by the
    store; correct one by a roster of a later day.

    Args:
        host: Store, clock and keys.
        actor: Who imports.
        command: What is imported.
        lines: The lines, in an order that is the same each time.
        progress: Told how far it is.

    Raises:
        ConflictError: A unit has another roster of that day.
        InvalidValueError: The lines are not those that *command* counts; the import stays
            unfinished, and is no roster for anybody who asks. Or nothing was written: the roster
            would be known before it was counted, or a unit that has members would change its pool.

    Clause:
        HN-3.1.2a, HN-4.1.2a, HN-3.2.1a
    """
    _check_pools(host.store, command)
    run = _Run(host, actor, command, progress)
    run.begin()
    run.write_units()
    run.write_pages(lines)
    return run.end()


def _check_pools(store: Store, command: ImportRosters) -> None:
    """Refuse to move a unit to another pool beside its members: they would move without an act."""
    for fault in pool_faults(store, command.units, command.counted_on):
        raise InvalidValueError("pool_id", fault.rule, fault.found, clause=fault.clause)


class _Run:
    """One run: makes the acts and counts them."""

    def __init__(self, host: Host, actor: Actor, command: ImportRosters, progress: Progress) -> None:
        self._host, self._actor, self._command, self._progress = host, actor, command, progress
        self._acts = self._replayed = self._pages = 0
        begun = read_many(host.store, RosterImport, (command.import_id,)).get(command.import_id)
        self._day = begun.known_from if begun else command.known_on or command.counted_on

    def begin(self) -> None:
        """Tell that the import runs."""

        def decide(work: Work) -> PartWritten:
            work.add(self._record(ImportState.RUNNING))
            return PartWritten(written=1)

        self._do("begin_roster_import", "begin", 0, decide)

    def write_units(self) -> None:
        """Add the units, or bring them up to date; what is as it was is not written again."""
        for number, units in enumerate(_portions(self._command.units, PORTION_UNITS), start=1):

            def decide(work: Work, units: tuple[Unit, ...] = units) -> PartWritten:
                known = work.find_many(Unit, [unit.unit_id for unit in units])
                changed = [unit for unit in units if known.get(unit.unit_id) != unit]
                for unit in changed:
                    (work.replace if unit.unit_id in known else work.add)(unit)
                return PartWritten(written=len(changed))

            self._do("write_units", "units", number, decide)
            self._progress(
                "units", min(number * PORTION_UNITS, len(self._command.units)), len(self._command.units)
            )

    def write_pages(self, lines: Iterable[Line]) -> None:
        """Write the pages.

        Raises:
            InvalidValueError: There were fewer lines than were counted.
        """
        maker = PageMaker(
            keys=self._host.keys,
            import_id=self._command.import_id,
            counted_on=self._command.counted_on,
            expected=self._command.persons,
        )
        done, rows = 0, self._command.rows
        for number, pages in enumerate(maker.portions(lines), start=1):

            def decide(work: Work, pages: tuple[Page, ...] = pages) -> PartWritten:
                for page in pages:
                    work.add_body(page.ref, page.body, page.index)
                return PartWritten(written=len(pages))

            self._do("write_roster", "pages", number, decide)
            self._pages += len(pages)
            done += sum(page.persons for page in pages)
            self._progress("roster", done, rows)
        if done != rows:
            raise InvalidValueError("lines", f"must be the {rows} that were counted", done)

    def end(self) -> RosterImported:
        """Tell that the import has come to its end."""

        def decide(work: Work) -> PartWritten:
            work.get(RosterImport, self._command.import_id)
            work.replace(self._record(ImportState.DONE))
            return PartWritten(written=1)

        self._do("end_roster_import", "end", 0, decide)
        record = read_many(self._host.store, RosterImport, (self._command.import_id,))
        return RosterImported(
            record=record[self._command.import_id],
            pages=self._pages,
            acts=self._acts,
            replayed=self._replayed,
        )

    def _record(self, state: ImportState) -> RosterImport:
        command = self._command
        return RosterImport(
            import_id=command.import_id,
            counted_on=command.counted_on,
            file=command.file,
            rows=command.rows,
            units=len(command.persons),
            joining=command.joining,
            state=state,
            known_on=None if self._day == command.counted_on else self._day,
        )

    def _do(self, name: str, step: str, number: int, decide: Callable[[Work], PartWritten]) -> None:
        import_id, day = self._command.import_id, self._command.counted_on
        act = Act(key=f"roster/{import_id}/{step}/{number:06}", actor=self._actor, business_on=self._day)
        purpose = Purpose(name=name, subject=import_id, chain=SYSTEM_CHAIN, answer=PartWritten)
        command = _Portion(import_id=import_id, counted_on=day, number=number)
        done: Done[PartWritten] = perform(self._host, act, purpose, command, decide)
        self._acts += 1
        self._replayed += done.replayed


def _portions(whole: Iterable[Item], size: int) -> Iterator[tuple[Item, ...]]:
    rest = iter(whole)
    while portion := tuple(islice(rest, size)):
        yield portion
