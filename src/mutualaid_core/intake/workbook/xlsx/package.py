"""Packages (.xlsx 包): what a zip archive really unpacks to.

Every part is inflated here with a bound, whatever its declared size says, piece by piece and
never held as a whole.
"""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Self

from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.workbook.bounds import RefusedError

UNPACKED_MAX: Final = 512 * 1024 * 1024
"""Largest content of a workbook; a small file may unpack to a very large one."""

RATIO_MAX: Final = 200
"""How many times its packed size a part may unpack to, once it is above a mebibyte."""

PARTS_MAX: Final = 5_000
"""Most parts of a workbook."""

_CHUNK: Final = 1 << 18
_HEAD_BYTES: Final = 30
_SMALL: Final = 1 << 20
_ENTRY_MAX: Final = 512
"""Bytes that an entry of the directory takes at most, on average."""

_END_BYTES: Final = 22
_END_MARK: Final = b"PK\x05\x06"
_COMMENT_MAX: Final = 1 << 16
_LIMITS: Final = f"limit {UNPACKED_MAX} bytes, {RATIO_MAX} times its size and {PARTS_MAX} parts, found "


class Package:
    """An archive whose parts are inflated one after the other.

    Attributes:
        names: Names of its parts, in their order and in small letters; they are told apart by no others.
    """

    def __init__(self, path: Path) -> None:
        """Read the directory.

        Raises:
            RefusedError: It has too many parts, or they lie over each other.
            ValueError: Two parts have one name.
            BadZipFile: It is no archive.
        """
        self._file: BinaryIO = path.open("rb")
        try:
            self._parts = {each.filename.lower(): each for each in _directory(self._file)}
        except BaseException:
            self._file.close()
            raise
        self._left = UNPACKED_MAX
        self.names = tuple(self._parts)

    def __enter__(self) -> Self:
        """The archive, to be closed in the end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._file.close()

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of a part, counted as it comes.

        Raises:
            RefusedError: It is more than is allowed, or than the archive tells.
            KeyError: There is no such part.
        """
        told = self._parts[name.lower()]
        whole = 0
        for piece in self._inflated(told):
            whole += len(piece)
            self._left -= len(piece)
            too_tight = whole > _SMALL and whole > RATIO_MAX * max(told.compress_size, 1)
            if self._left < 0 or too_tight or whole > told.file_size:
                raise RefusedError(Trouble.BOMB, name, f"{_LIMITS}{whole} bytes out of {told.compress_size}")
            yield piece

    def pass_over(self, name: str) -> None:
        """Inflate a part that is not read, to see what it unpacks to."""
        for _ in self.pieces(name):
            pass

    def _inflated(self, told: zipfile.ZipInfo) -> Iterator[bytes]:
        self._file.seek(told.header_offset)
        head = self._file.read(_HEAD_BYTES)
        names = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
        start, left = told.header_offset + _HEAD_BYTES + names, told.compress_size
        unpack = zlib.decompressobj(-zlib.MAX_WBITS) if told.compress_type == zipfile.ZIP_DEFLATED else None
        if told.compress_type not in {zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED} or told.flag_bits & 1:
            raise ValueError
        while left:
            # Others may have moved the file's place between two pieces.
            self._file.seek(start)
            packed = self._file.read(min(_CHUNK, left))
            if not packed:
                raise ValueError
            start, left = start + len(packed), left - len(packed)
            if unpack is None:
                yield packed
                continue
            while packed:
                yield unpack.decompress(packed, _CHUNK)
                packed = unpack.unconsumed_tail
        if unpack is not None:
            yield unpack.flush()
            if not unpack.eof:
                raise ValueError


def _directory(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The parts that the archive lists.

    Raises:
        RefusedError: They are too many, or lie over each other.
        ValueError: Two of them have one name.
        BadZipFile: It is no archive.
    """
    size = _refuse_large_directory(file)
    told = zipfile.ZipFile(file).infolist()
    packed = sum(each.compress_size for each in told)
    # Parts that lie over each other would let a small file unpack to a large one.
    if len(told) > PARTS_MAX or packed > size:
        raise RefusedError(Trouble.BOMB, "", f"{_LIMITS}{len(told)} parts of {packed} bytes")
    if len({each.filename.lower() for each in told}) != len(told):
        raise ValueError
    return told


def _refuse_large_directory(file: BinaryIO) -> int:
    """The size of the file, whose directory the standard reader may hold in memory.

    Raises:
        RefusedError: It is too large for that.
        ValueError: The file does not end as an archive does.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _COMMENT_MAX - _END_BYTES))
    tail = file.read()
    end = tail.rfind(_END_MARK)
    if end < 0 or len(tail) - end < _END_BYTES:
        raise ValueError
    directory = int.from_bytes(tail[end + 12 : end + 16], "little")
    # The form for archives beyond 4 GiB would tell another size elsewhere.
    if directory > PARTS_MAX * _ENTRY_MAX or b"PK\x06\x07" in tail[max(0, end - 20) : end]:
        raise RefusedError(Trouble.BOMB, "", f"{_LIMITS}{directory} bytes of directory")
    return size
