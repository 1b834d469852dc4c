"""The three backends answer alike, and refuse alike."""

from pathlib import Path

import pytest

from mutualaid_core.ports.discovery import open_store
from mutualaid_core.testing import agreement

PARTS = 40
HISTORIES = 25
STEPS = 50


@pytest.mark.parametrize("part", range(PARTS))
def test_backends_agree(place: Path, part: int) -> None:
    """Random histories get the same answer and the same refusal from every backend at every step."""
    urls = ("memory:", f"sqlite:///{place}/year.db", f"file:///{place}/year")
    stores = [open_store(url) for url in urls]
    agreement.run(stores, seed=part * HISTORIES, histories=HISTORIES, steps=STEPS)
    for store in stores:
        store.close()
