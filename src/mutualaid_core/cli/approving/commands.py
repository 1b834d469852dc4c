"""``mutualaid approval`` (审批): take a scheme a step further, change its dues, show its file."""

from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.membership.acting.options import (
    ActKey,
    ActorName,
    Json,
    KeyFile,
    Lang,
    On,
    Preview,
    Scheme,
    StoreUrl,
)
from mutualaid_core.cli.membership.doing import Asked
from mutualaid_core.cli.output import Output

group: Final = App(
    name="approval",
    help=(
        "Approvals (审批): the life of a scheme from its draft to its close, each step with its papers.\n\n"
        "Papers stand in a YAML file, by their numbers and without names of persons."
    ),
)

Union = Annotated[str, Parameter(help="Union at the same level (本级工会), by its id in the tree.")]
StepName = Literal[
    "draft",
    "propose",
    "send_back",
    "approve",
    "file",
    "activate",
    "register",
    "suspend",
    "resume",
    "stop",
    "close",
]


@group.command
def move(  # noqa: PLR0913  # one argument per option
    step: Annotated[
        StepName,
        Parameter(help="What is done (办理事项); ``register`` files the papers of a start afterwards."),
    ],
    papers: Annotated[
        Path | None, Parameter(help="File of papers (审批材料) that come with it; none for a draft.")
    ] = None,
    *,
    union: Union,
    preview: Preview = False,
    scheme: Scheme,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Take a scheme one step further (项目准入和退出), or say all that stands against it."""
    from mutualaid_core.cli.approving.acts import Moving
    from mutualaid_core.cli.approving.acts import move as act

    wanted = Moving(step=step, papers=papers, union=union, scheme=scheme, is_preview=preview)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def adjust(  # noqa: PLR0913  # one argument per option
    version_id: Annotated[str, Parameter(help="Id of the version (版本编号) with the other contribution.")],
    file: Annotated[Path, Parameter(help="Scheme file (项目文件) that holds it.")],
    papers: Annotated[Path, Parameter(help="File of papers (审批材料) with the pricing memo.")],
    *,
    union: Union,
    preview: Preview = False,
    store: StoreUrl,
    on: On = None,
    actor: ActorName = "cli",
    key: ActKey = None,
    key_file: KeyFile = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Publish a version with another contribution (调整缴费标准), for a later period, with its reasons.

    The period is opened afterwards, under this very version.
    """
    from mutualaid_core.cli.approving.acts import Adjusting
    from mutualaid_core.cli.approving.acts import adjust as act

    wanted = Adjusting(version_id=version_id, file=file, papers=papers, union=union, is_preview=preview)
    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return act(asked, wanted, Output(lang=lang, as_json=as_json))


@group.command
def show(
    *,
    scheme: Scheme,
    store: StoreUrl,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show the file of a scheme (审批档案): its steps, what its start still owes, what may come next."""
    from mutualaid_core.cli.approving.showing import show as tell

    return tell(store, scheme, Output(lang=lang, as_json=as_json))
