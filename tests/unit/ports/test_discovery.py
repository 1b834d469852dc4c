"""``open_store`` finds backends by their entry points and says what is missing."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from mutualaid_core.errors import MissingExtraError, UnknownStoreError
from mutualaid_core.ports import discovery
from mutualaid_core.ports.discovery import open_store


def test_known_schemes_are_listed() -> None:
    """An unknown scheme is answered with the known ones."""
    with pytest.raises(UnknownStoreError) as refusal:
        open_store("oracle://x")
    assert set(refusal.value.known) >= {"file", "memory", "sqlite"}


@pytest.mark.parametrize(
    ("module", "extra"),
    [("sqlalchemy", "sql"), ("alembic", "sql"), ("psycopg", "postgres"), ("pymysql", "mysql")],
)
def test_missing_driver_names_its_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, extra: str
) -> None:
    """A backend whose driver is not installed is answered with the line that installs it."""
    (tmp_path / "needs_driver.py").write_text(f"import {module}.engine\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    point = EntryPoint("mine", "needs_driver:open_it", discovery.GROUP)
    with pytest.raises(MissingExtraError) as refusal:
        discovery._load(point)
    assert refusal.value.extra == extra
    sys.modules.pop("needs_driver", None)


def test_real_fault_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backend that imports a module of its own that is missing shows that fault itself."""
    (tmp_path / "broken_backend.py").write_text("import no_such_module\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    point = EntryPoint("mine", "broken_backend:open_it", discovery.GROUP)
    with pytest.raises(ModuleNotFoundError, match="no_such_module"):
        discovery._load(point)


def test_memory_is_fresh_each_time() -> None:
    """``memory:`` gives a store of its own each time, ``memory:NAME`` the same."""
    named = open_store("memory:test_discovery")
    assert open_store("memory:")._shared is not open_store("memory:")._shared
    assert open_store("memory:test_discovery", read_only=True)._shared is named._shared
