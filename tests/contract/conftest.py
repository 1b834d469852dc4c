"""Where the stores of the contract tests lie."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

RAM = Path("/dev/shm")  # noqa: S108 - a folder in memory, where there is one


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: the flushes stay, and cost nothing."""
    if not RAM.is_dir():
        yield tmp_path
        return
    folder = Path(tempfile.mkdtemp(dir=RAM))
    yield folder
    shutil.rmtree(folder)
