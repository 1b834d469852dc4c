"""Workflows as JSON, as a diagram and as rows: everything of the tables, in both languages."""

import json

import pytest

from mutualaid_core.domain.membership.workflow import ENROLMENTS, TRANSFERS, WORKFLOWS, Action, Side
from mutualaid_core.publication.membership.workflow import (
    ACTIONS_ZH,
    SIDES_ZH,
    workflow_diagram,
    workflow_json,
    workflow_table,
)

TRANSFER_DIAGRAM = """\
stateDiagram-v2
    proposed : proposed
    accepted : accepted
    rejected : rejected
    withdrawn : withdrawn
    expired : expired
    [*] --> proposed : propose (from_unit)
    proposed --> accepted : accept (to_unit)
    proposed --> rejected : reject (to_unit)
    proposed --> withdrawn : withdraw (from_unit)
    proposed --> expired : expire (calendar)
"""


def test_the_document_holds_every_step() -> None:
    """The JSON must be plain data, with each state and step of both workflows."""
    document = json.loads(json.dumps(workflow_json()))
    assert [each["name"] for each in document["workflows"]] == ["enrolment", "transfer"]
    for plain, workflow in zip(document["workflows"], WORKFLOWS, strict=True):
        assert [each["state"] for each in plain["states"]] == [word for word, _ in workflow.states]
        assert [(each["from"], each["action"], each["to"], each["by"]) for each in plain["steps"]] == [
            (step.from_state, step.action.value, step.to_state, step.by.value) for step in workflow.steps
        ]


def test_a_step_says_why_and_under_which_clause() -> None:
    """The step of accepting must say why the receiving unit alone, until when, and by which clause."""
    steps = workflow_json()["workflows"][1]["steps"]
    assert next(step for step in steps if step["action"] == "accept") == {
        "from": "proposed",
        "action": "accept",
        "to": "accepted",
        "by": "to_unit",
        "clause": "HN-4.3.5c",
        "condition": {"zh": "在有效期内", "en": "until the day on which it expires"},
        "only": {"zh": "由接收单位确认", "en": "the receiving unit decides"},
    }


def test_every_side_and_action_has_a_chinese_name() -> None:
    """No word of the tables may be without a name."""
    assert (set(SIDES_ZH), set(ACTIONS_ZH)) == (set(Side), set(Action))


def test_the_diagram_of_a_transfer() -> None:
    """The diagram must be as pinned here."""
    assert workflow_diagram(TRANSFERS) == TRANSFER_DIAGRAM


def test_actions_between_the_same_states_share_an_arrow() -> None:
    """Joining, giving and renewing must be one arrow, in Chinese too."""
    lines = workflow_diagram(ENROLMENTS, "zh").splitlines()
    assert "    [*] --> enrolled : 参加 (单位工会), 受赠 (经办机构), 续保 (单位工会)" in lines
    assert "    enrolled : 已参加" in lines


@pytest.mark.parametrize(
    ("lang", "row"),
    [
        ("en", ("nothing -> propose -> proposed", "from_unit: the leaving unit proposes and takes back")),
        ("zh", ("尚无记录 → 提出转移 → 待接收", "转出单位：由转出单位办理")),
    ],
)
def test_rows_tell_the_same_to_people(lang: str, row: tuple[str, str]) -> None:
    """The first row of the transfer must name step, side and reason in the language asked for."""
    way, why = workflow_table(TRANSFERS, lang)[0]
    assert (way, why.startswith(row[1])) == (row[0], True)
    assert "HN-4.3.5c" in why
