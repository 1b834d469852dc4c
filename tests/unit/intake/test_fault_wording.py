"""Faults of membership in Chinese: every rule has its words, and so has what it finds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutualaid_core.domain.membership.workflow import WORKFLOWS
from mutualaid_core.intake.problem.fault_wording import WORDS, found_in_chinese, rule_in_chinese
from mutualaid_core.intake.problem.wording import chinese
from mutualaid_core.publication.membership.workflow import ACTIONS_ZH, SIDES_ZH
from mutualaid_core.rules.membership.renewal import DUE_TEXTS

SOURCE = Path(__file__).parents[3] / "src" / "mutualaid_core"
PLACES = ("rules/membership", "services/membership")
CHINESE = re.compile("[\u4e00-\u9fff]")
SAMPLES = {"what": "stand", "where": "", "before or 'of another kind'": "enrolled"}
"""What stands in a rule instead of a name or a figure."""


def text_of(node: ast.AST) -> str | None:
    """The text of a constant, with 7 for each value that is put in; ``None`` where it is none."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_part(value) for value in node.values)
    return None


def _part(value: ast.AST) -> str:
    if isinstance(value, ast.FormattedValue):
        return SAMPLES.get(ast.unparse(value.value), "7")
    return text_of(value) or ""


def texts(node: ast.AST) -> Iterator[str]:
    """All texts of a tree, none that is part of another."""
    text = text_of(node)
    if text is None:
        for child in ast.iter_child_nodes(node):
            yield from texts(child)
    else:
        yield text


def trees() -> Iterator[ast.AST]:
    """Every module of the rules and services of membership."""
    for place in PLACES:
        for path in sorted((SOURCE / place).rglob("*.py")):
            yield ast.parse(path.read_text("utf-8"))


def found_by(tree: ast.AST) -> Iterator[str]:
    """What a module puts into ``found``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "found":
            yield from texts(node.value)
        if isinstance(node, ast.Assign):
            (target,), value = node.targets[:1], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            for name, given in pairs:
                if isinstance(name, ast.Name) and name.id == "found":
                    yield from texts(given)


def test_every_rule_has_chinese_words() -> None:
    """Whatever a rule of membership asks must be told in Chinese."""
    rules = {text for tree in trees() for text in texts(tree) if text.startswith("must ")}
    # Some rules go on with a list of words.
    whole = {f"{rule}7" if rule.endswith(" ") else rule for rule in rules}
    assert len(whole) > 100
    assert {rule for rule in whole if not CHINESE.search(chinese(rule))} == set()


def test_every_finding_has_chinese_words() -> None:
    """Whatever a rule finds must be told in Chinese, unless it is a name, a day or a figure."""
    found = {text for tree in trees() for text in found_by(tree) if re.search("[a-z]", text)}
    assert len(found) > 20
    names = {"import_id"}
    assert {text for text in found - names if found_in_chinese(text) == text} == set()


def test_words_of_the_workflows_are_the_published_ones() -> None:
    """States, actions, sides and reasons of the tables must have the same Chinese everywhere."""
    published = {
        **{word: zh for workflow in WORKFLOWS for word, zh in workflow.states},
        **{action.value: zh for action, zh in ACTIONS_ZH.items()},
        **{step.only_en: step.only_zh for workflow in WORKFLOWS for step in workflow.steps},
        **{text.en: text.zh for text in DUE_TEXTS.values()},
    }
    sides = {side.value: zh for side, zh in SIDES_ZH.items()} | {"unit": "单位"}
    assert {word: WORDS.get(word) for word in published | sides} == published | sides


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (
            "must be done by to_unit: the receiving unit decides",
            "应由接收单位办理（由接收单位确认）",
        ),
        ("must be enrolled or ended for die", "应为“已参加 或 已终止”方可办理死亡"),
        (
            "must be answered until 2014-07-10; a new proposal may be made",
            "应最迟于 2014-07-10 答复，可重新提出",
        ),
        ("must be 5.00", None),
        ("must be known, for the scheme asks for it", None),
    ],
)
def test_words_of_a_rule(rule: str, told: str | None) -> None:
    """A rule must be told with its own names; those of other tables are left to their words."""
    assert rule_in_chinese(rule) == told


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ("at another unit", "在其他单位"),
        ("2 lines", "2 行"),
        ("member, union", "个人、工会"),
        ("2014-06-01", "2014-06-01"),
        ("CB003 not standing", "CB003 未设立"),
    ],
)
def test_words_of_what_was_found(found: str, told: str) -> None:
    """Words must be told in Chinese, names and days as they are."""
    assert found_in_chinese(found) == told
