"""What happens without the extra, and what the core loads."""

import subprocess
import sys

BLOCKED = "import sys; sys.modules['numpy'] = None; "


def run(code: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter in which numpy cannot be imported."""
    return subprocess.run([sys.executable, "-c", BLOCKED + code], capture_output=True, text=True, check=False)


def test_columns_without_the_extra_say_how_to_install_it() -> None:
    """Importing the columns without numpy must name the extra."""
    answer = run("import mutualaid_core.columnar")
    assert "MissingExtraError" in answer.stderr
    assert "pip install 'mutualaid-core[columnar]'" in answer.stderr


def test_the_core_needs_no_columns() -> None:
    """Importing the core and computing single claims must not need numpy."""
    answer = run("import mutualaid_core, mutualaid_core.rules.claims.lines")
    assert (answer.returncode, answer.stderr) == (0, "")
