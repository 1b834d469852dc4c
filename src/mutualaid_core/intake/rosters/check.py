"""Checking rosters (核对名册): every file read whole, every fault found, nothing written."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.intake.cells import mask_id
from mutualaid_core.intake.problem import Problem, Problems, Trouble
from mutualaid_core.intake.rosters.census import Census, merged
from mutualaid_core.intake.rosters.head import reader_of
from mutualaid_core.intake.rosters.rows import RowReader
from mutualaid_core.intake.rosters.source import Source, source_of
from mutualaid_core.intake.rosters.terms import SchemeTerms, version_on
from mutualaid_core.intake.rosters.units import UnitFile, read_units, unit_of
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.codec import canonical
from mutualaid_core.services.identity import id_of_digest, pseudonyms
from mutualaid_core.services.membership.rosters.elsewhere import Elsewhere, elsewhere, units_known
from mutualaid_core.services.membership.rosters.importing import Progress
from mutualaid_core.services.membership.rosters.lines import Line
from mutualaid_core.services.membership.rosters.pools import pool_faults

_TELL_EVERY: Final = 5_000


@attrs.frozen(kw_only=True)
class Asked:
    """What is checked, and against what.

    Attributes:
        files: Rosters of one day.
        counted_on: That day; ``None`` where it is not told, so that ages are not judged.
        units: File of units.
        pool_id: Pooling region of units whose row names none.
        sheet: Sheet of a workbook that has several.
        versions: Versions of a scheme against which what people want is held.
        store: What is held already.
        keys: Keys of that store.
        units_must_be_known: Whether each unit must be in the file of units or in the store.
    """

    files: tuple[Path, ...]
    counted_on: datetime.date | None
    units: Path | None = None
    pool_id: str | None = None
    sheet: str | None = None
    versions: tuple[SchemeVersion, ...] = ()
    store: Store | None = None
    keys: Keys | None = None
    units_must_be_known: bool = False


@attrs.define(kw_only=True)
class RosterCheck:
    """What a check found.

    Attributes:
        content: What these files are: the import is named by a keyed digest of it.
        census: Everything counted.
        units: Units of the file of units, as they shall be.
        faults: What stands against an import.
        flags: What is told and stands against nothing.
        fault_count: How many faults there are, those beyond the limit too.
        flag_count: How many flags there are.
        rows: Rows below the heads, whole or not.
        faulty_rows: Those of them with a fault.
        readers: The files whose head could be read, with what reads their rows.
    """

    content: bytes = attrs.field(default=b"", repr=False)
    census: Census = attrs.field(factory=Census)
    units: tuple[Unit, ...] = ()
    faults: tuple[Problem, ...] = ()
    flags: tuple[Problem, ...] = ()
    fault_count: int = 0
    flag_count: int = 0
    rows: int = 0
    faulty_rows: int = 0
    readers: list[tuple[Source, RowReader]] = attrs.field(factory=list, repr=False)

    @property
    def is_sound(self) -> bool:
        """Whether nothing stands against an import."""
        return not self.fault_count

    def import_id(self, keys: Keys) -> str:
        """Id of the import that these files are.

        It is made with the key, for a short roster could be guessed from a plain digest.
        """
        return id_of_digest("R", keys.digest("roster_import", self.content))

    def lines(self) -> Iterator[Line]:
        """Every line once more, in the order of the files, of a check that is sound.

        Raises:
            IntakeError: A file has changed meanwhile.
        """
        for source, reader in self.readers:
            short, careful, log = reader.short, reader.careful, Problems(file=source.log.file)
            rows = source.watched()
            next(rows, None)
            for number, cells in rows:
                line = short(number, cells or []) or careful(number, cells or [], log)
                if line is not None:
                    yield line


def check_rosters(asked: Asked, progress: Progress) -> RosterCheck:
    """Read every file and find every fault, row by row.

    Clause:
        HN-3.1.2a, HN-4.1.2a, HN-4.3.4c
    """
    run = _Check(asked, progress)
    run.read_units()
    run.read_files()
    run.judge_units()
    return run.result()


class _Check:
    """One check: the logs of all files, and what was counted."""

    def __init__(self, asked: Asked, progress: Progress) -> None:
        self._asked, self._progress = asked, progress
        self._found = RosterCheck()
        self._faults: list[Problems] = []
        self._flags: list[Problems] = []
        self._units = UnitFile(log=Problems(file=""), flags=Problems(file=""), rows={})
        self._notes: tuple[Callable[[Line, Problems], None], ...] = ()
        self._held: Elsewhere | None = None
        self._sources = [source_of(path, asked.sheet) for path in asked.files]
        self._done, self._whole = 0, sum(source.lines for source in self._sources)

    def read_units(self) -> None:
        """Read the file of units, and what the store holds of that day."""
        if self._asked.units is not None:
            self._units = read_units(self._asked.units)
            self._faults.append(self._units.log)
            self._flags.append(self._units.flags)
        self._found.content = self._content()
        store, day, keys = self._asked.store, self._asked.counted_on, self._asked.keys
        if store is not None and day is not None:
            own = "" if keys is None else self._found.import_id(keys)
            self._held = elsewhere(store, day, own)
        self._notes = tuple(self._noting())

    def _content(self) -> bytes:
        units = None if self._asked.units is None else source_of(self._asked.units).digest
        day = self._asked.counted_on
        content = {
            "counted_on": None if day is None else day.isoformat(),
            "files": [source.digest for source in self._sources],
            "pool": self._asked.pool_id,
            "sheet": self._asked.sheet,
            "units": units,
        }
        return canonical(content)

    def _noting(self) -> Iterator[Callable[[Line, Problems], None]]:
        """What looks at each line beyond the file; nothing where there is nothing to look at."""
        day, held, keys = self._asked.counted_on, self._held, self._asked.keys
        version = version_on(self._asked.versions, day) if day is not None else None
        if version is not None and day is not None:
            yield _noting_terms(SchemeTerms(version, day))
        if held is not None and held.listed:
            yield _noting_listed(held.listed)
        if held is not None and held.covered and keys is not None:
            yield _noting_covered(held.covered, keys)

    def read_files(self) -> None:
        """Read the rows of every file."""
        for source in self._sources:
            flags = source.flags
            self._faults.append(source.log)
            self._flags.append(flags)
            rows = source.rows() if source.is_read else iter(())
            reader = reader_of(source, rows, self._asked.counted_on)
            if reader is not None:
                self._found.readers.append((source, reader))
                self._found.census.begin(source.log.file)
                self._read_rows(source.log, flags, reader, rows)

    def _read_rows(
        self, log: Problems, flags: Problems, reader: RowReader, rows: Iterator[tuple[int, list[str] | None]]
    ) -> None:
        short, careful, add, notes = reader.short, reader.careful, self._found.census.add, self._notes
        number = told = faulty = 0
        before = log.noted
        for number, cells in rows:
            told += 1
            line = None if cells is None else short(number, cells) or careful(number, cells, log)
            if line is not None:
                add(line, log, flags)
                for note in notes:
                    note(line, flags)
            if log.noted != before:
                before, faulty = log.noted, faulty + 1
            if number % _TELL_EVERY == 0:
                self._progress("check", self._done + number, self._whole)
        if not number and not log.found:
            log.add(0, "", Trouble.EMPTY_FILE)
        self._found.rows += told
        self._found.faulty_rows += faulty
        self._done += number
        self._progress("check", self._done, self._whole)

    def judge_units(self) -> None:
        """Judge every unit: whether it is known, counted rightly, and without another roster."""
        log = self._units.log if self._asked.units is not None else Problems(file="")
        counted = self._found.census.units
        known = self._known(tuple(dict.fromkeys((*counted, *self._units.rows))))
        made = [
            unit_of(row, known.get(unit_id), self._asked.pool_id, log)
            for unit_id, row in self._units.rows.items()
        ]
        self._found.units = tuple(unit for unit in made if unit is not None)
        self._judge_pools(log)
        others = Problems(file=self._asked.files[0].name if self._asked.files else "")
        for unit_id in counted:
            self._judge_unit(unit_id, known, others)
        for unit_id, row in self._units.rows.items():
            count = counted.get(unit_id)
            persons, joining = (count.persons, count.joining) if count else (0, 0)
            for field, told, found in (
                ("eligible_workers", row.eligible, persons),
                ("enrolled_workers", row.enrolled, joining),
            ):
                if told is not None and told != found:
                    log.add(row.row, field, Trouble.COUNT, str(told), f"the roster has {found}")
        self._faults.append(others)

    def _judge_pools(self, log: Problems) -> None:
        """Judge as an import does whether a unit would take its members to another pool."""
        store, day = self._asked.store, self._asked.counted_on
        if store is None:
            return
        for fault in pool_faults(store, self._found.units, day or datetime.date.min):
            log.add(self._units.rows[fault.subject].row, "pool_id", Trouble.VALUE, fault.found, fault.rule)

    def _known(self, unit_ids: tuple[str, ...]) -> Mapping[str, Unit]:
        return {} if self._asked.store is None else units_known(self._asked.store, unit_ids)

    def _judge_unit(self, unit_id: str, known: Mapping[str, Unit], log: Problems) -> None:
        is_told = unit_id in self._units.rows
        asked = self._asked
        has_list = asked.units is not None or asked.store is not None or asked.units_must_be_known
        if has_list and not is_told and unit_id not in known:
            log.add(0, unit_id, Trouble.NOT_IN_STORE)
        if self._held is not None and unit_id in self._held.rosters:
            file = self._held.unfinished.get(self._held.rosters[unit_id], "")
            log.add(0, unit_id, Trouble.UNFINISHED_ROSTER if file else Trouble.OTHER_ROSTER, file)

    def result(self) -> RosterCheck:
        """Everything found, the faults by file and row."""
        found = self._found
        found.faults, found.flags = merged(self._faults), merged(self._flags)
        found.fault_count = sum(log.noted for log in self._faults)
        found.flag_count = sum(log.noted for log in self._flags)
        return found


def _noting_terms(terms: SchemeTerms) -> Callable[[Line, Problems], None]:
    def note(line: Line, flags: Problems) -> None:
        if rule := terms.fault(line):
            flags.add(line.row, "", Trouble.NOT_OF_SCHEME, "", rule)

    return note


def _noting_listed(listed: Mapping[str, str]) -> Callable[[Line, Problems], None]:
    def note(line: Line, flags: Problems) -> None:
        unit_id = listed.get(line.id_number, line.unit_id)
        if unit_id != line.unit_id:
            flags.add(
                line.row, "id_number", Trouble.LISTED_ELSEWHERE, mask_id(line.id_number), f"unit {unit_id}"
            )

    return note


def _noting_covered(covered: Mapping[str, str], keys: Keys) -> Callable[[Line, Problems], None]:
    named = pseudonyms(keys)

    def note(line: Line, flags: Problems) -> None:
        unit_id = covered.get(named(line.id_number), line.unit_id)
        if unit_id != line.unit_id:
            flags.add(
                line.row, "id_number", Trouble.COVERED_ELSEWHERE, mask_id(line.id_number), f"unit {unit_id}"
            )

    return note
