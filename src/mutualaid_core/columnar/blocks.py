"""Blocks (分块): parts of a column that are worked on one after the other, or side by side."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from numbers import Integral
from typing import Final, TypeVar

from mutualaid_core.errors import InvalidValueError

Made = TypeVar("Made")

THREADS: Final = min(os.cpu_count() or 1, 4)
"""More of them wait for memory most of the time."""


def refuse_sizes(**sizes: object) -> None:
    """Refuse a number of rows or threads that is none.

    Raises:
        InvalidValueError: One of them is no whole number, or below 1.
    """
    for name, size in sizes.items():
        if isinstance(size, bool) or not isinstance(size, Integral):
            raise InvalidValueError(name, "must be a whole number", type(size).__name__)
        if int(size) < 1:
            raise InvalidValueError(name, "must be >= 1", int(size))


def cut(rows: slice, length: int) -> Iterator[slice]:
    """Parts of so many rows each, the last one shorter."""
    return (slice(start, min(start + length, rows.stop)) for start in range(rows.start, rows.stop, length))


def in_turn(blocks: Iterable[slice], work: Callable[[slice], Made], threads: int) -> Iterator[Made]:
    """What *work* makes of each block, in order, while so many threads make it.

    No more than two blocks a thread are under way, so that what they make does not fill the memory.

    Args:
        blocks: What to work on.
        work: What to do; with several threads it must not change what another block reads.
        threads: Threads; with one of them nothing runs side by side.
    """
    if threads <= 1:
        yield from map(work, blocks)
        return
    with ThreadPoolExecutor(threads) as pool:
        under_way: deque[Future[Made]] = deque()
        try:
            for block in blocks:
                under_way.append(pool.submit(work, block))
                if len(under_way) > 2 * threads:
                    yield under_way.popleft().result()
            while under_way:
                yield under_way.popleft().result()
        finally:
            # After an error nobody waits for the rest.
            for left in under_way:
                left.cancel()
