"""``mutualaid workflow``: the published tables as rows, as JSON and as a diagram."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from mutualaid_core.publication.membership.workflow import workflow_json

Cli = Callable[..., Any]


def test_rows_are_printed_in_both_languages(cli: Cli) -> None:
    """Each step must be a row, with side and clause."""
    english, chinese = cli("workflow"), cli("workflow", "--lang", "zh")
    assert (english.status, chinese.status) == (0, 0)
    assert "enrolled -> withdraw -> withdrawn" in english.out
    assert "已参加 → 撤回 → 已撤回" in chinese.out


@pytest.mark.parametrize("options", [("--json",), ("--format", "json")])
def test_the_document_is_that_of_the_library(cli: Cli, options: tuple[str, ...]) -> None:
    """The JSON must be what ``workflow_json`` gives, and nothing besides."""
    answer = cli("workflow", *options)
    assert (answer.status, json.loads(answer.out)) == (0, workflow_json())


def test_the_diagrams_are_mermaid(cli: Cli) -> None:
    """Both workflows must be printed as diagrams."""
    assert cli("workflow", "--format", "mermaid").out.count("stateDiagram-v2\n") == 2
