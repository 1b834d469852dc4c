"""``mutualaid workflow`` (办理流程): what may be done with an enrolment and a transfer, and by whom."""

import sys
from typing import Annotated, Literal

from cyclopts import Parameter

from mutualaid_core.cli.output import Output


def workflow(
    *,
    form: Annotated[
        Literal["table", "json", "mermaid"],
        Parameter(name="--format", help="Rows (表格), one JSON document, or a diagram (流程图) in Mermaid."),
    ] = "table",
    lang: Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")] = "en",
    as_json: Annotated[
        bool, Parameter(name="--json", negative="", help="The same as ``--format json``.")
    ] = False,
) -> int:
    """Print the published workflows (办理流程): states, actions, sides, and why no other side may."""
    from mutualaid_core.domain.membership.workflow import WORKFLOWS
    from mutualaid_core.publication.membership.workflow import (
        workflow_diagram,
        workflow_json,
        workflow_table,
    )

    output = Output(lang=lang, as_json=as_json or form == "json")
    output.document(workflow_json())
    for each in WORKFLOWS:
        if form == "mermaid":
            sys.stdout.write("" if output.as_json else workflow_diagram(each, lang))
        else:
            title = f"{each.zh} ({each.name})" if lang == "zh" else each.name
            output.table(title, workflow_table(each, lang))
    return 0
