"""Compound files (复合文档): the streams of an .xls file, read with bounds."""

import struct
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How every compound file begins: .xls, and .xlsx under a password."""

_HEAD: Final = 512
_ENTRY: Final = 128
_END: Final = 0xFFFFFFFA
"""Numbers from here on are no sectors."""

_IN_HEAD: Final = 109
_CUTOFF: Final = 4096
"""Streams below this size lie in small sectors."""

_SPARE: Final = 128
"""Sectors that a table may have beyond twice what the file needs."""

_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Compound:
    """A compound file in memory.

    Attributes:
        names: Names of its storages and streams.
    """

    def __init__(self, whole: bytes) -> None:
        """Read the directory.

        Raises:
            ValueError: It is no compound file, or its tables contradict each other.
        """
        if not whole.startswith(MAGIC) or len(whole) < _HEAD:
            raise ValueError
        self._whole = whole
        shift, mini_shift = struct.unpack_from("<HH", whole, 30)
        if shift not in {9, 12} or mini_shift != 6:  # noqa: PLR2004  # the sizes that the format knows
            raise ValueError
        self._size, self._mini = 1 << shift, 1 << mini_shift
        (directory,) = struct.unpack_from("<I", whole, 48)
        (cutoff, mini_start) = struct.unpack_from("<II", whole, 56)
        if cutoff != _CUTOFF:
            raise ValueError
        self._next = self._table()
        self._entries: dict[str, tuple[int, int, int]] = {}
        for name, entry in _entries(self._chain(directory)):
            # Workbooks within the workbook have streams of the same names behind its own.
            self._entries.setdefault(name, entry)
        root = next((each for each in self._entries.values() if each[0] == _ROOT), None)
        self._small = self._chain(root[1]) if root else b""
        self._next_small = _numbers(self._chain(mini_start)) if mini_start < _END else ()
        self.names: Mapping[str, int] = {name: each[0] for name, each in self._entries.items()}

    def stream(self, name: str) -> bytes:
        """The content of a stream.

        Raises:
            ValueError: There is none of that name, or the file ends before it.
        """
        kind, start, size = self._entries.get(name, (0, 0, 0))
        content = self._small_chain(start) if size < _CUTOFF else self._chain(start)
        if kind != _STREAM or len(content) < size:
            raise ValueError
        return content[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._whole[start : start + self._size]

    def _table(self) -> tuple[int, ...]:
        """Which sector follows each."""
        sectors = [each for each in struct.unpack_from(f"<{_IN_HEAD}I", self._whole, 76) if each < _END]
        more, count = struct.unpack_from("<II", self._whole, 68)
        most = _SPARE + 2 * len(self._whole) // self._size // (self._size // 4)
        for _ in range(count):
            listed = _numbers(self._sector(more))
            sectors += [each for each in listed[:-1] if each < _END]
            more = listed[-1] if listed else _END
            # A list that names one sector over and over would stand for a huge table.
            if more >= _END or len(sectors) > most:
                break
        if len(sectors) > most:
            raise ValueError
        return tuple(number for sector in sectors for number in _numbers(self._sector(sector)))

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _walk(start, self._next)))

    def _small_chain(self, start: int) -> bytes:
        numbers = islice(_walk(start, self._next_small), _CUTOFF // self._mini)
        places = [number * self._mini for number in numbers]
        return b"".join(self._small[place : place + self._mini] for place in places)


def _walk(start: int, following: tuple[int, ...]) -> Iterator[int]:
    """The sectors of a chain; one that bites its own tail is refused."""
    at = start
    for _ in range(len(following)):
        if at >= _END:
            return
        if at >= len(following):
            raise ValueError
        yield at
        at = following[at]
    if at < _END:
        raise ValueError


def _numbers(sector: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4])


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Name, and kind, first sector and size of each entry."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[at : at + _ENTRY]
        length, kind = struct.unpack_from("<HB", entry, 64)
        if kind in {_STORAGE, _STREAM, _ROOT}:
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
            start, size = struct.unpack_from("<II", entry, 116)
            yield name, (kind, start, size)
