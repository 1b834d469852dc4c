"""What the page on editing a scheme shows of a change is what the command prints."""

import re
from pathlib import Path

import pytest

from mutualaid_core.cli.app import run

PAGES = Path(__file__).parents[2] / "docs"
SHOWN = re.compile(r"^```text\n\$ mutualaid (scheme diff [^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_change_on_the_page(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files, the change and the comparison of the page must go together as printed."""
    text = (PAGES / language / "how-to" / "edit-a-scheme.md").read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for command in re.findall(r"^\$ mutualaid (scheme new --from .*)$", text, re.MULTILINE):
        assert run(command.split()) == 0
    (old, new), (command, shown) = re.findall(r"`(amount: [0-9.]+)`", text), SHOWN.findall(text)[0]
    draft = tmp_path / "our-draft.yaml"
    assert draft.read_text("utf-8").count(old) == 1
    draft.write_text(draft.read_text("utf-8").replace(old, new), "utf-8")
    capsys.readouterr()
    assert run(command.split()) == 1
    assert capsys.readouterr().out == shown
