"""Blocks side by side give what blocks one after the other give."""

import threading
from collections.abc import Iterator
from importlib import import_module

import pytest

pytest.importorskip("numpy")
blocks = import_module("mutualaid_core.columnar.blocks")

PARTS = [slice(0, 4), slice(4, 8), slice(8, 10)]


def test_parts_cover_the_rows_once_and_the_last_is_shorter() -> None:
    """Rows must be cut without a gap."""
    assert list(blocks.cut(slice(0, 10), 4)) == PARTS
    assert list(blocks.cut(slice(0, 0), 4)) == []


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_what_blocks_make_comes_in_their_order(threads: int) -> None:
    """The first block must come first, also where a later one is done before it."""
    later = threading.Event()

    def work(block: slice) -> int:
        if threads > 1 and block.start == 0:
            assert later.wait(10)
        later.set()
        return int(block.start)

    assert list(blocks.in_turn(PARTS, work, threads)) == [0, 4, 8]


def test_few_blocks_are_under_way() -> None:
    """What is not yet asked for must not be made far ahead, for it takes memory."""
    begun = 0

    def many() -> Iterator[slice]:
        nonlocal begun
        for start in range(100):
            begun += 1
            yield slice(start, start + 1)

    made = blocks.in_turn(many(), lambda block: block.start, 2)
    assert next(made) == 0
    assert begun == 2 * 2 + 1
    made.close()


@pytest.mark.parametrize("threads", [1, 2])
def test_the_fault_of_the_earliest_block_is_told(threads: int) -> None:
    """Whatever block fails first by the clock, the first by its place must be told of."""

    def work(block: slice) -> int:
        if block.start:
            raise ValueError(block.start)
        return 0

    made = blocks.in_turn(PARTS, work, threads)
    assert next(made) == 0
    with pytest.raises(ValueError, match="4"):
        next(made)
