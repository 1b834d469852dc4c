"""The few things that the file backend does to a disk, so that tests can put another disk under it.

A file's handle is kept from its first append on: the kernel tells a failed flush only to
handles that were open when it happened.
"""

import fcntl
import os
from pathlib import Path
from typing import Final, Protocol

import attrs

_FILE_MODE: Final = 0o600
# macOS flushes the disk's own cache only when asked this way.
_FULL_SYNC: Final[int | None] = getattr(fcntl, "F_FULLFSYNC", None)


class FileOperations(Protocol):
    """A folder as the file backend uses it; every method may raise ``OSError``."""

    def names(self) -> list[str]:
        """Names of the files in the folder, in no order."""
        ...

    def size(self, name: str) -> int:
        """Size of a file in bytes."""
        ...

    def read(self, name: str, start: int = 0) -> bytes:
        """Content of a file from the byte *start* on."""
        ...

    def create(self, name: str) -> None:
        """Make an empty file; one of that name must not exist."""
        ...

    def append(self, name: str, content: bytes) -> int:
        """Write at the end of a file; the number of bytes that were written, maybe not all."""
        ...

    def truncate(self, name: str, size: int) -> None:
        """Cut a file to *size* bytes."""
        ...

    def rename(self, name: str, new_name: str) -> None:
        """Give a file another name, in one step."""
        ...

    def sync(self, name: str) -> None:
        """Return when the file's content is on the disk."""
        ...

    def sync_folder(self) -> None:
        """Return when the folder's names are on the disk."""
        ...

    def close(self) -> None:
        """Let go of every handle."""
        ...


@attrs.define
class RealFolder:
    """A folder on a disk of this machine."""

    _path: Path
    _handles: dict[str, int] = attrs.field(factory=dict)

    def names(self) -> list[str]:
        """Names of the files in the folder."""
        return os.listdir(self._path)  # noqa: PTH208 - the names alone, without a path each

    def size(self, name: str) -> int:
        """Size of a file in bytes."""
        return (self._path / name).stat().st_size

    def read(self, name: str, start: int = 0) -> bytes:
        """Content of a file from the byte *start* on."""
        with (self._path / name).open("rb") as file:
            file.seek(start)
            return file.read()

    def create(self, name: str) -> None:
        """Make an empty file, readable by its owner alone."""
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC
        self._handles[name] = os.open(self._path / name, flags, _FILE_MODE)

    def append(self, name: str, content: bytes) -> int:
        """Write at the end of a file."""
        return os.write(self._handle(name), content)

    def truncate(self, name: str, size: int) -> None:
        """Cut a file to *size* bytes."""
        os.ftruncate(self._handle(name), size)

    def rename(self, name: str, new_name: str) -> None:
        """Give a file another name, in one step."""
        (self._path / name).rename(self._path / new_name)
        self._drop(name)
        self._drop(new_name)

    def sync(self, name: str) -> None:
        """Return when the file's content is on the disk."""
        handle = self._handle(name)
        if _FULL_SYNC is not None:
            fcntl.fcntl(handle, _FULL_SYNC)
        os.fsync(handle)

    def sync_folder(self) -> None:
        """Return when the folder's names are on the disk."""
        handle = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def close(self) -> None:
        """Let go of every handle."""
        for name in list(self._handles):
            self._drop(name)

    def _handle(self, name: str) -> int:
        if name not in self._handles:
            self._handles[name] = os.open(self._path / name, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        return self._handles[name]

    def _drop(self, name: str) -> None:
        handle = self._handles.pop(name, None)
        if handle is not None:
            os.close(handle)
