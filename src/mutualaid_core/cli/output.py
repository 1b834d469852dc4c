"""Output (输出): tables and progress for people, JSON for programs.

What people read is cleaned of control characters and never taken for markup, so that a name
in a file cannot steer a terminal.
"""

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final

import attrs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from mutualaid_core.intake.problem import Problem

_STEPS: Final = {
    "admit": ("判定单位准入", "judging units"),
    "enrol": ("登记参加人员", "enrolling workers"),
    "collect": ("入账互助金", "booking contributions"),
    "judge": ("审核并给付", "judging and paying"),
    "check": ("核对名册", "checking rows"),
    "units": ("登记单位", "writing units"),
    "roster": ("写入名册", "writing rows"),
}


def clean(text: str) -> str:
    r"""*text* without control characters, which are written out; line ends stay.

    >>> clean("a\x07b")
    'a\\x07b'
    """
    return "".join(char if char.isprintable() or char == "\n" else ascii(char)[1:-1] for char in text)


def counted(count: int, noun: str) -> str:
    """A count with its noun in English.

    >>> counted(1, "unit"), counted(2, "unit")
    ('1 unit', '2 units')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


@attrs.frozen(kw_only=True)
class Output:
    """Where a command speaks.

    Attributes:
        lang: ``zh`` or ``en``.
        as_json: Whether one JSON document is all that may stand on standard output.
    """

    lang: str
    as_json: bool

    def say(self, zh: str, en: str) -> None:
        """One sentence for a person; nothing with JSON."""
        if not self.as_json:
            sys.stdout.write(clean(zh if self.lang == "zh" else en) + "\n")

    def look_at(self, flags: Iterable[Problem]) -> None:
        """What a person should look at in a file, on standard error; nothing with JSON."""
        if not self.as_json:
            sys.stderr.write("".join(f"{clean(flag.to_text(self.lang))}\n" for flag in flags))

    def hint(self, zh: str, en: str) -> None:
        """What to do next, on standard error."""
        told = f"提示：{zh}" if self.lang == "zh" else f"hint: {en}"
        sys.stderr.write(f"{clean(told)}\n")

    def document(self, plain: Mapping[str, Any]) -> None:
        """The answer as JSON; nothing without it."""
        if self.as_json:
            sys.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")

    def table(self, title: str, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values for a person; nothing with JSON."""
        if self.as_json:
            return
        table = Table(title=Text(clean(title)) if title else None, show_header=False, title_justify="left")
        table.add_column(overflow="fold")
        table.add_column(justify="right", overflow="fold")
        for name, value in rows:
            table.add_row(Text(clean(name)), Text(clean(value)))
        drawn = io.StringIO()
        width = shutil.get_terminal_size((100, 24)).columns
        Console(file=drawn, width=width, color_system=None, legacy_windows=False).print(table)
        sys.stdout.write(drawn.getvalue())

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Bars for the long steps, on standard error; no bars where that is no terminal."""
        console = Console(file=sys.stderr)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console, disable=self.as_json or not console.is_terminal) as bars:
            tasks: dict[str, TaskID] = {}

            def tell(step: str, done: int, whole: int) -> None:
                if step not in tasks:
                    zh, en = _STEPS.get(step, (step, step))
                    tasks[step] = bars.add_task(zh if self.lang == "zh" else en, total=whole)
                bars.update(tasks[step], completed=done)

            yield tell
