"""Help (帮助) in Chinese: its headings and marks; what a command and an option do stays as it is written."""

import re
from typing import TYPE_CHECKING, Final

import attrs
from cyclopts.help import DefaultFormatter, DescriptionRenderer, HelpEntry, HelpPanel, InlineText
from cyclopts.help.specs import get_default_command_columns, get_default_parameter_columns
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType

_TITLES: Final = {"Commands": "命令", "Arguments": "参数", "Parameters": "参数和选项"}
_FLAGS: Final = {"--help": "显示本说明并退出", "--version": "显示版本号并退出"}
_USAGE: Final = {"COMMAND": "命令", "[OPTIONS]": "[选项]", "[ARGS]": "[参数]", "[ARGS...]": "[参数...]"}
_VALUES: Final = {"True": "是", "False": "否"}
_WORD: Final = re.compile(r"\S+")


class ChineseHelp:
    """Prints help with Chinese headings and marks (中文帮助)."""

    def __call__(self, console: "Console", options: "ConsoleOptions", panel: HelpPanel) -> None:
        """Print one panel: commands, or arguments and options."""
        of_commands = panel.format == "command"
        default = get_default_command_columns if of_commands else get_default_parameter_columns
        columns = tuple(
            attrs.evolve(column, renderer=_described)
            if isinstance(column.renderer, DescriptionRenderer)
            else column
            for column in default(console, options, panel.entries)
        )
        title = _TITLES.get(str(panel.title), panel.title)
        DefaultFormatter(column_specs=columns)(console, options, panel.copy(title=title))

    def render_usage(self, console: "Console", _options: "ConsoleOptions", usage: object) -> None:
        """Print the line of usage."""
        told = _WORD.sub(lambda found: _USAGE.get(found[0], found[0]), str(usage or ""))
        if told:
            console.print(Text(f"用法：{told}"))


def _described(entry: HelpEntry) -> "RenderableType":
    """What an entry does, and in Chinese what it may be, what it is by default, and whether it must be."""
    flag = next((name for name in entry.all_options if name in _FLAGS), None)
    if flag is not None:
        return InlineText(Text(_FLAGS[flag]))
    marks = []
    if entry.choices:
        marks.append(("cyclopts.choices", f"[可选值：{'、'.join(entry.choices)}]"))
    if entry.default is not None:
        marks.append(("cyclopts.default", f"[默认：{_VALUES.get(entry.default, entry.default)}]"))
    if entry.required:
        marks.append(("cyclopts.required", "[必填]"))
    told = entry.description
    if not isinstance(told, InlineText):
        told = InlineText(Text(str(told or "")))
    for style, mark in marks:
        told.append(Text(mark, style))
    return told
