"""Where a store lies on this machine: its path, its file system, and the lock beside it."""

import os
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import attrs
from filelock import FileLock, SoftFileLock, Timeout

from mutualaid_core.errors import InvalidValueError, StoreBrokenError, StoreBusyError

NETWORK_FILE_SYSTEMS: Final = frozenset(
    (
        *("afs", "ceph", "cifs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"),
        *("9p", "fuse.sshfs"),
    )
)
"""File systems whose locks and flushes may be no-ops, as the mount table calls them."""

_MOUNTS: Final = Path("/proc/self/mounts")
_POLL_S: Final = 0.001


def local_path(url: str, url_scheme: str) -> Path:
    """The path in ``scheme:///relative`` or ``scheme:////absolute``, nothing in it decoded.

    Raises:
        InvalidValueError: The URL has another form.
    """
    start = f"{url_scheme}:///"
    path = url.removeprefix(start)
    if not url.startswith(start) or not path or "\x00" in path:
        rule = f"must be {start}relative/path or {start}/absolute/path"
        raise InvalidValueError("url", rule, url)
    return Path(path)


def file_system(path: Path, mounts: str) -> str:
    """Type of the file system that holds *path*, or nothing where the table does not say.

    Args:
        path: An absolute path without links.
        mounts: The machine's mount table, a line ``device folder type ...`` per mount.
    """
    best, found = -1, ""
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        at = Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), folder))
        # A later mount hides an earlier one on the same folder.
        if path.is_relative_to(at) and len(at.parts) >= best:
            best, found = len(at.parts), kind
    return found


def refuse_network(folder: Path) -> str:
    """The file system of *folder*, if its locks and flushes can be trusted.

    Raises:
        StoreBrokenError: It is a network file system.
    """
    mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""
    kind = file_system(folder.resolve(), mounts)
    if kind in NETWORK_FILE_SYSTEMS:
        hint = "put the store on a disk of this machine"
        raise StoreBrokenError("open", f"the file system {kind} cannot keep a store safe", hint=hint)
    return kind or sys.platform


def sync_folder(folder: Path) -> None:
    """Make the names in *folder* durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _OwnLock(FileLock):
    """A kernel lock that only the process that took it can free.

    A fork shares it with its origin, and older versions of the library free it for both when
    the copy is collected.
    """

    owner = 0

    def release(self, force: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's own signature
        """Free the lock, in the process that took it alone."""
        if self.owner == os.getpid():
            super().release(force=force)


@attrs.frozen
class KernelLock:
    """A lock that the kernel frees when its holder dies; never a lock that a file's mere existence makes."""

    _lock: _OwnLock
    _thread: threading.Lock
    _wait_ms: int

    @classmethod
    def at(cls, path: Path, *, wait_ms: int) -> "KernelLock":
        """A lock on the file *path*, not yet taken.

        Args:
            path: File beside the store; made if it is not there.
            wait_ms: How long to wait for another holder, in milliseconds.
        """
        return cls(_OwnLock(path, thread_local=False), threading.Lock(), wait_ms)

    def take(self, operation: str) -> None:
        """Take the lock, or give up after the wait.

        Raises:
            StoreBusyError: Another holder kept it for too long.
            StoreBrokenError: The file system has no kernel locks.
        """
        if not self._thread.acquire(timeout=self._wait_ms / 1000):
            raise self._busy(operation)
        self._lock.owner = os.getpid()
        try:
            self._lock.acquire(timeout=self._wait_ms / 1000, poll_interval=_POLL_S)
            self._refuse_soft()
        except Timeout as error:
            self._thread.release()
            raise self._busy(operation) from error
        except BaseException:
            self._thread.release()
            raise

    def free(self) -> None:
        """Let the next holder in; free already is fine."""
        if self._lock.is_locked:
            self._lock.release()
            self._thread.release()

    @contextmanager
    def held(self, operation: str) -> Iterator[None]:
        """Hold the lock for a block.

        Raises:
            StoreBusyError: Another holder kept it for too long.
        """
        self.take(operation)
        try:
            yield
        finally:
            self.free()

    def _busy(self, operation: str) -> StoreBusyError:
        what = f"another writer held the store for {self._wait_ms} ms"
        return StoreBusyError(operation, what, hint="try again")

    def _refuse_soft(self) -> None:
        if isinstance(self._lock, SoftFileLock):
            self._lock.release()
            raise StoreBrokenError("open", "the file system has no kernel locks")
