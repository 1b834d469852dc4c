"""Where the stores of the contract tests lie."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mutualaid_core.testing.storekit.base import quick_folder


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one."""
    with quick_folder(tmp_path) as folder:
        yield folder
