"""Pointing (指引) to the command that does what a refused period asks for."""

import shlex
from collections.abc import Iterable
from pathlib import Path

import attrs

from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.values.identifiers import VersionId

OTHER_DUES = "HN-4.3.4d"
"""Clause of what a version with another contribution lacks."""


@attrs.frozen(kw_only=True)
class Place:
    """Where an act is to be done (办理位置).

    Attributes:
        version: Version that asks for another contribution.
        file: Scheme file that holds it.
        store: URL of the store.
        key_file: File with the keys; ``None`` where the store keeps its own.
    """

    version: VersionId
    file: Path
    store: str
    key_file: Path | None


def adjust_command(faults: Iterable[Fault], place: Place) -> str | None:
    """The command that publishes a version with its memo; ``None`` where nothing asks for it.

    Args:
        faults: Why a period was refused.
        place: Where it is to be done.
    """
    if not any(fault.clause == OTHER_DUES for fault in faults):
        return None
    keys = "" if place.key_file is None else f" --key-file {shlex.quote(str(place.key_file))}"
    file = shlex.quote(str(place.file))
    return (
        f"mutualaid approval adjust {shlex.quote(place.version)} {file} PAPERS.yaml \\\n"
        f"  --union UNION --store {shlex.quote(place.store)}{keys}"
    )


def say_adjust(output: Output, faults: Iterable[Fault], place: Place) -> None:
    """Say by which command another contribution is published; nothing where that is not asked for."""
    command = adjust_command(faults, place)
    if command is not None:
        output.say(
            f"缴费标准不同，先附定价备忘录公布新版本：\n{command}",
            f"other dues: publish the version first, with the memo of its reasons:\n{command}",
        )
