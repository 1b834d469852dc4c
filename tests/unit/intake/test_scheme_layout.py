"""Layout of scheme files: one form, no comment lost, no meaning changed."""

import random
from pathlib import Path

import pytest

from mutualaid_core.errors import IntakeError, InvalidValueError
from mutualaid_core.intake.scheme_file import SchemeFile
from mutualaid_core.intake.schemes import layout
from mutualaid_core.intake.schemes.layout import laid_out

ROOT = Path(__file__).parents[3]
EVERY_KIND = ROOT / "tests" / "cli" / "schemes" / "every_kind.yaml"
SHIPPED = sorted((ROOT / "src" / "mutualaid_core" / "schemes").glob("*.yaml"))


def edited(folder: Path, *edits: tuple[str, str]) -> Path:
    """The scheme with every kind of term after each first text was replaced by the second."""
    text = EVERY_KIND.read_text("utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "scheme.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", [EVERY_KIND, *SHIPPED], ids=lambda path: path.stem)
def test_shipped_schemes_are_laid_out(path: Path) -> None:
    """Every scheme that is shipped must stand in the canonical form."""
    assert laid_out(path, SchemeFile) == path.read_text("utf-8")


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("amount: 100.00\n          shares_max: 3", "amount: 100\n          shares_max: 3"),
        ("per: period, times_shares: true", "times_shares: yes,    per: period"),
        ('pool_id: "430500"', "pool_id: 430500"),
        ("name: 示例互助项目", '"name": "示例互助项目"'),
        ('insurance_types: ["310", "390"]', "insurance_types:\n      - 310\n      - '390'"),
        ("last_day: 2014-12-31", 'last_day: "2014-12-31"'),
        ("up_to: null, ratio: 1/3", "up_to: ~, ratio: 1/3"),
        (
            "- {above: 0.00, up_to: 10000.00, ratio: 30%}",
            "- above: 0\n                up_to: 10000\n                ratio: 30%",
        ),
        (
            "limits: []\n        rounding: {mode: down,",
            "limits:\n          []\n        rounding: {mode: down,",
        ),
        (
            "  sponsor: 示例市总工会\n  operator: 示例市职工服务中心\n",
            "  operator: 示例市职工服务中心\n  sponsor: 示例市总工会\n",
        ),
    ],
)
def test_other_ways_to_write_it(tmp_path: Path, written: str, canonical: str) -> None:
    """Order, decimals, quotation marks and style must become those of the canonical form."""
    path = edited(tmp_path, (written, canonical))
    assert laid_out(path, SchemeFile) == EVERY_KIND.read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  sponsor: ", "  # about it\n  sponsor: ", "  # about it\n  sponsor: "),
        ("last_day: 2014-12-31", "last_day: 2014-12-31 # end", "last_day: 2014-12-31  # end"),
        ("last_day: 2014-12-31", "last_day: 2014-12-31     # end", "last_day: 2014-12-31     # end"),
        ("ratio: 30%}", "ratio: 30%}  # first", "ratio: 30%}  # first"),
        (
            "payers: [member, employer]",
            "payers: [member, # he\n        employer]",
            "payers:\n        - member       # he\n        - employer",
        ),
        (
            "        limits: []\n        rounding: {mode: down",
            "        limits: []\n\n\n          # deeper\n        rounding: {mode: down",
            "        limits: []\n\n        # deeper\n        rounding: {mode: down",
        ),
        (
            "        limits: []\n        rounding: {mode: down",
            "          # of the last step\n        limits: []\n        rounding: {mode: down",
            "          # of the last step\n        limits: []",
        ),
        ("      source: made-up\n", "      source: made-up\n\n# the end\n", "# the end\n"),
        (
            "- kind: marginal_bands",
            "- # of all\n            kind: marginal_bands",
            "# of all\n          - kind: marginal",
        ),
        ("name: 示例互助项目", 'name: "示例 # 互助: 项目"', 'name: "示例 # 互助: 项目"'),
    ],
)
def test_comments_stay(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """A comment must stay with what it stands above, beside or below, and a mark in a text is none."""
    path = edited(tmp_path, (old, new))
    made = laid_out(path, SchemeFile)
    assert expected in made
    path.write_text(made, "utf-8")
    assert laid_out(path, SchemeFile) == made


def test_comments_move_with_their_fields(tmp_path: Path) -> None:
    """Where fields change places their comments must go with them, and what heads the file must stay."""
    text = EVERY_KIND.read_text("utf-8")
    head, _, rest = text.partition("scheme:\n")
    scheme, _, versions = rest.partition("\nversions:\n")
    path = tmp_path / "scheme.yaml"
    path.write_text(f"{head}\n# below\nversions:\n{versions}\n# above\nscheme:\n{scheme}", "utf-8")
    made = laid_out(path, SchemeFile)
    assert made.startswith(head)
    assert "# above\nscheme:\n" in made
    assert "\n# below\nversions:\n" in made
    assert made.index("# above") < made.index("# below")


@pytest.mark.parametrize("seed", range(4))
def test_comments_anywhere(tmp_path: Path, seed: int) -> None:
    """Wherever comments and blank lines stand, none must get lost, and a second run must change nothing."""
    chance = random.Random(seed)  # noqa: S311 - places of comments, no secret
    lines = EVERY_KIND.read_text("utf-8").splitlines()
    for number in range(20):
        at = chance.randrange(len(lines))
        if number % 2:
            lines.insert(at, " " * chance.choice([0, 2, 3, 4, 8, 12]) + f"# own {number} {{x: 'y")
        elif number % 3:
            lines.insert(at, "")
        elif lines[at].strip() and "#" not in lines[at]:
            lines[at] += f" # beside {number}"
    path = tmp_path / "scheme.yaml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    made = laid_out(path, SchemeFile)
    assert made.count("# own") == 10
    path.write_text(made, "utf-8")
    assert laid_out(path, SchemeFile) == made


def test_faulty_file(tmp_path: Path) -> None:
    """A file that is no scheme must be refused with its problems, and stay as it is."""
    path = edited(tmp_path, ("shares_max: 3", "shares_max: three"))
    before = path.read_bytes()
    with pytest.raises(IntakeError) as caught:
        laid_out(path, SchemeFile)
    assert [problem.field for problem in caught.value.problems] == ["versions[0].dues.rates[0].shares_max"]
    assert path.read_bytes() == before


def test_layout_that_would_change_the_meaning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout that reads as another scheme must be refused."""
    path = edited(tmp_path)
    monkeypatch.setattr(layout, "_quoted", lambda text: text.replace("示例", "样例"))
    with pytest.raises(InvalidValueError, match="must keep its meaning"):
        laid_out(path, SchemeFile)


def test_windows_line_ends(tmp_path: Path) -> None:
    """Line ends of every kind must become line feeds."""
    path = tmp_path / "scheme.yaml"
    path.write_bytes(EVERY_KIND.read_bytes().replace(b"\n", b"\r\n"))
    assert laid_out(path, SchemeFile) == EVERY_KIND.read_text("utf-8")
