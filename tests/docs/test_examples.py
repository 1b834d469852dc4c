"""Every Python block of the documentation runs, page by page, in a folder of its own."""

from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.glob("docs/*/**/*.md"))


def save(example: Example) -> None:
    """Save a YAML block under the name that its first line says: ``# policy.yaml``."""
    name = example.parsed.partition("\n")[0].removeprefix("# ")
    if name.endswith(".yaml"):
        Path(name).write_text(example.parsed, encoding="utf-8")


SYBIL = Sybil(parsers=[PythonCodeBlockParser(), CodeBlockParser("yaml", save)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_python_blocks_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The blocks of a page must run one after the other, in one namespace, as a reader types them."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    for example in SYBIL.parse(page).examples():
        example.evaluate()
