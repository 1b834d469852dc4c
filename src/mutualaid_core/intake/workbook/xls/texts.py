"""Texts (文本) of an .xls: characters of one or two bytes, and the table that is spread over records."""

import struct
from typing import Final

from mutualaid_core.intake.workbook.bounds import Texts

_WIDE, _WITH_SOUND, _WITH_FONTS = 1, 4, 8
_HEAD: Final = 8
"""Bytes with two counts before the texts; what is there counts, not what was told."""


def short_text(body: bytes, codec: str, *, is_wide: bool) -> str:
    """A text whose length is told in its first byte.

    Args:
        body: The bytes from its length on.
        codec: How texts of older files are written.
        is_wide: Whether a byte says how it is written, as in newer files.
    """
    return _text(body[0], body[1:], codec, is_wide=is_wide)


def cell_text(body: bytes, codec: str, *, is_wide: bool) -> str:
    """A text whose length is told in its first two bytes."""
    (length,) = struct.unpack_from("<H", body)
    return _text(length, body[2:], codec, is_wide=is_wide)


def _text(length: int, body: bytes, codec: str, *, is_wide: bool) -> str:
    if not is_wide:
        return body[:length].decode(codec, errors="replace")
    flags = body[0] if length else 0
    size = length * 2 if flags & _WIDE else length
    start = 1 + 2 * bool(flags & _WITH_FONTS) + 4 * bool(flags & _WITH_SOUND)
    told = body[start : start + size]
    if len(told) < size:
        raise ValueError
    return told.decode("utf-16-le" if flags & _WIDE else "latin-1", errors="replace")


def text_table(bodies: list[bytes]) -> list[str]:
    """The table of texts.

    Args:
        bodies: The record and those that continue it.

    Raises:
        RefusedError: It is larger than what is held in memory.
        ValueError: It ends within a text.
    """
    texts = Texts()
    reader = _Reader(bodies)
    reader.skip(_HEAD if bodies else 0)
    while not reader.is_done():
        texts.add(reader.text())
    return texts.found


class _Reader:
    """Reads on over the ends of records."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies, self._number, self._at = bodies, 0, 0

    def is_done(self) -> bool:
        """Whether nothing is left; goes to the next record that holds anything."""
        while self._number < len(self._bodies) and self._at >= len(self._bodies[self._number]):
            self._number, self._at = self._number + 1, 0
        return self._number >= len(self._bodies)

    def skip(self, count: int) -> None:
        """Pass over bytes."""
        while count:
            count -= len(self._some(count))

    def text(self) -> str:
        """The text that begins here, without its fonts and its pronunciation."""
        length, flags = struct.unpack("<HB", self._bytes(3))
        fonts = struct.unpack("<H", self._bytes(2))[0] if flags & _WITH_FONTS else 0
        sound = struct.unpack("<I", self._bytes(4))[0] if flags & _WITH_SOUND else 0
        text = self._characters(length, is_wide=bool(flags & _WIDE))
        self.skip(4 * fonts + sound)
        return text

    def _some(self, most: int) -> bytes:
        """At least one byte, of one record.

        Raises:
            ValueError: Nothing is left.
        """
        if self.is_done():
            raise ValueError
        found = self._bodies[self._number][self._at : self._at + most]
        self._at += len(found)
        return found

    def _bytes(self, count: int) -> bytes:
        found = self._some(count)
        while len(found) < count:
            found += self._some(count - len(found))
        return found

    def _characters(self, count: int, *, is_wide: bool) -> str:
        """Characters; a record that continues them says anew how they are written."""
        found = []
        while count:
            if self._at >= len(self._bodies[self._number]):
                is_wide = bool(self._bytes(1)[0] & _WIDE)
            piece = self._some(count * (2 if is_wide else 1))
            if is_wide and len(piece) % 2:
                raise ValueError
            found.append(piece if is_wide else piece.decode("latin-1").encode("utf-16-le"))
            count -= len(piece) // 2 if is_wide else len(piece)
        return b"".join(found).decode("utf-16-le", errors="replace")
