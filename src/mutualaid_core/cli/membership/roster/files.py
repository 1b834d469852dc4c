"""Checking and importing rosters (核对与导入名册) from the command line."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.membership.roster.result import is_result_of, write_result
from mutualaid_core.cli.membership.roster.telling import tell_check, tell_import
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.actor import Actor, Role
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.domain.values.identifiers import ActorId
from mutualaid_core.domain.values.numbers import file_shown
from mutualaid_core.errors import ConflictError, IntakeError, InvalidValueError, StoreBrokenError
from mutualaid_core.intake.rosters.check import Asked, RosterCheck, check_rosters
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.store import Store
from mutualaid_core.services.membership.rosters import ImportRosters, import_rosters
from mutualaid_core.work import Host

SOUND, FAULTY = 0, 2


@attrs.frozen(kw_only=True)
class Wanted:
    """What the command line gives."""

    files: tuple[Path, ...]
    counted_on: str | None
    units: Path | None
    pool: str | None
    sheet: str | None
    scheme: Path | None
    store: str | None
    result: Path | None
    show: int
    key_file: Path | None
    on: str | None = None

    def asked(self, store: Store | None, keys: Keys | None, *, is_import: bool) -> Asked:
        """What is checked, against what an open store holds.

        Raises:
            InvalidValueError: The day cannot be read, or the pool is an ID number.
        """
        pool = None if self.pool is None else impersonal("pool", self.pool)
        return Asked(
            files=self.files,
            counted_on=None if self.counted_on is None else parse_day(self.counted_on),
            units=self.units,
            pool_id=pool,
            sheet=self.sheet,
            versions=() if self.scheme is None else _versions(self.scheme),
            store=store,
            keys=keys,
            units_must_be_known=is_import,
        )


def _check_result(wanted: Wanted) -> None:
    """Refuse a file for the result that would overwrite anything but a result of these rosters.

    So a command may be given again as it was, and nothing else is lost by it.

    Raises:
        InvalidValueError: It does.
    """
    if wanted.result is None:
        return
    shown = file_shown(wanted.result.name)
    read = {path.resolve() for path in (*wanted.files, wanted.units, wanted.key_file) if path is not None}
    if wanted.result.resolve() in read:
        raise InvalidValueError("result", "must not be a file that is read", shown)
    if not wanted.result.resolve().parent.is_dir():
        raise InvalidValueError("result", "must lie in a folder that is there", shown)
    if wanted.result.exists() and not is_result_of(wanted.result, wanted.files):
        rule = "must not be there yet, unless as the result of these rosters"
        hint = "give another name, or --result of the same rosters"
        raise InvalidValueError("result", rule, shown, hint=hint)


def check_files(wanted: Wanted, output: Output) -> int:
    """Check files, and tell everything that was found.

    Raises:
        InvalidValueError: The day or the key file is of no use.
        StoreBrokenError: There is no such store.
    """
    _check_result(wanted)
    given = keys_from(wanted.key_file)
    with _maybe_opened(wanted.store) as store:
        keys = given if store is None else _keys_of(store, given)
        with output.progress() as progress:
            check = check_rosters(wanted.asked(store, keys, is_import=False), progress)
        if wanted.result is not None:
            write_result(wanted.result, check, keys, is_import=False)
    tell_check(output, check, wanted.show)
    return SOUND if check.is_sound else FAULTY


def import_files(wanted: Wanted, actor: str, output: Output) -> int:
    """Check files, and write them where nothing stands against it.

    Raises:
        InvalidValueError: The day or the key file is of no use; the store was not touched.
        StoreBrokenError: The store cannot be opened.
    """
    _check_result(wanted)
    url = wanted.store or ""
    known_on = None if wanted.on is None else parse_day(wanted.on)
    given = keys_from(wanted.key_file)
    who = Actor(actor_id=ActorId(impersonal("actor", actor)), role=Role.CLERK)
    is_there = _is_there(url)
    with output.progress() as progress:
        if not is_there:
            # Faulty files must not make an empty store.
            check = check_rosters(wanted.asked(None, given, is_import=True), progress)
            if not check.is_sound:
                return _refuse(output, check, wanted, given)
        with opened(url, read_only=False) as store:
            host = host_for(store, given, may_write=True)
            if is_there:
                check = check_rosters(wanted.asked(store, host.keys, is_import=True), progress)
            if not check.is_sound:
                return _refuse(output, check, wanted, host.keys)
            command = _command(wanted, check, host, known_on)
            try:
                done = import_rosters(host, who, command, check.lines(), progress)
            except ConflictError:
                # Somebody brought another roster of the day meanwhile, which a check tells by its unit.
                check = check_rosters(wanted.asked(store, host.keys, is_import=True), progress)
                if check.is_sound:
                    raise
                return _refuse(output, check, wanted, host.keys, is_begun=True)
            if wanted.result is not None:
                write_result(wanted.result, check, host.keys, is_import=True)
    tell_import(output, check, done, wanted.show)
    return SOUND


def _command(wanted: Wanted, check: RosterCheck, host: Host, known_on: datetime.date | None) -> ImportRosters:
    return ImportRosters(
        import_id=check.import_id(host.keys),
        counted_on=parse_day(wanted.counted_on or ""),
        file=", ".join(file_shown(path.name) for path in wanted.files),
        units=check.units,
        persons={unit_id: unit.persons for unit_id, unit in check.census.units.items()},
        joining=check.census.joining,
        known_on=known_on,
    )


def _refuse(
    output: Output, check: RosterCheck, wanted: Wanted, keys: Keys | None, *, is_begun: bool = False
) -> int:
    """Tell why a roster was not imported, and that it is none where others were faster."""
    if wanted.result is not None:
        write_result(wanted.result, check, keys, is_import=True)
    tell_check(output, check, wanted.show)
    if is_begun:
        output.say("导入未完成，不作为名册", "the import was not finished, and is no roster")
    else:
        output.say("未导入任何内容", "nothing was imported")
    return FAULTY


@contextmanager
def _maybe_opened(url: str | None) -> Iterator[Store | None]:
    if url is None:
        yield None
        return
    with opened(url, read_only=True) as store:
        yield store


def _is_there(url: str) -> bool:
    try:
        with opened(url, read_only=True):
            return True
    except StoreBrokenError:
        # Where it is there and broken, opening it for writing says so.
        return False


def _keys_of(store: Store, given: Keys | None) -> Keys | None:
    """The keys of a store; ``None`` where they are elsewhere, so that covers are not compared."""
    from mutualaid_core.ports.keys import SecretKeys

    try:
        own = given if isinstance(given, SecretKeys) else None
        return host_for(store, own, may_write=False).keys
    except InvalidValueError:
        if given is not None:
            raise
        return None


def _versions(path: Path) -> tuple[SchemeVersion, ...]:
    file, problems = read_scheme_file(path)
    if file is None or problems:
        raise IntakeError(tuple(problems))
    return file.versions
