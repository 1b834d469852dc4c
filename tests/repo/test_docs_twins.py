"""The documentation says the same in Chinese and English, page by page."""

import re
from pathlib import Path

import pytest

LANGUAGES = ["zh", "en"]


def pages(root: Path, language: str) -> set[str]:
    """The pages of one language, by their path."""
    home = root / "docs" / language
    return {path.relative_to(home).as_posix() for path in home.rglob("*.md")}


def in_navigation(root: Path, language: str) -> list[str]:
    """The pages that the navigation of one language leads to, in its order."""
    return re.findall(
        r": ([\w/.-]+\.md)$", (root / f"mkdocs.{language}.yml").read_text("utf-8"), re.MULTILINE
    )


def headings(text: str) -> list[str]:
    """The levels of the headings of a page, outside of its code."""
    plain = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(#+) ", plain, re.MULTILINE)


def code(text: str) -> list[str]:
    """The Python blocks of a page."""
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_both_languages_have_the_same_pages(root: Path) -> None:
    """A page in one language must have its twin in the other."""
    assert pages(root, "zh") == pages(root, "en")


def test_both_navigations_are_the_same() -> None:
    """Both navigations must lead to the same pages in the same order."""
    root = Path(__file__).parents[2]
    assert in_navigation(root, "zh") == in_navigation(root, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_leads_to_every_page(root: Path, language: str) -> None:
    """Every page must be in the navigation, once."""
    assert sorted(in_navigation(root, language)) == sorted(pages(root, language))


def test_twins_have_the_same_parts(root: Path) -> None:
    """Twin pages must have the same headings and as many examples."""
    apart = [
        page
        for page in sorted(pages(root, "zh"))
        for zh, en in [[(root / "docs" / each / page).read_text("utf-8") for each in LANGUAGES]]
        if headings(zh) != headings(en) or len(code(zh)) != len(code(en))
    ]
    assert apart == []


def test_readmes_have_the_same_parts(root: Path) -> None:
    """The two README files must have the same headings."""
    zh, en = ((root / name).read_text("utf-8") for name in ("README.zh.md", "README.md"))
    assert headings(zh) == headings(en)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_readme_example_runs(root: Path, name: str) -> None:
    """The example of a README must run as it stands and be one that fits on a screen."""
    blocks = code((root / name).read_text("utf-8"))
    for block in blocks:
        exec(compile(block, name, "exec"), {"__name__": "__main__"})  # noqa: S102 - our own text
        assert len(block.splitlines()) <= 15
    assert blocks
