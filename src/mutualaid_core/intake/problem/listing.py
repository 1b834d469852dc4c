"""Problem (问题): one fault of a file, with its place and what to do about it."""

import attrs

from mutualaid_core.domain.values.numbers import file_shown
from mutualaid_core.intake.problem.trouble import Trouble
from mutualaid_core.intake.problem.wording import SAID, chinese

TEXT_MAX = 200
"""Characters that a problem shows of anything."""


def printable(text: str) -> str:
    r"""*text* as a terminal may have it: control characters written out, and cut where it is long.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    cut = text if len(text) <= TEXT_MAX else f"{text[:TEXT_MAX]}…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in cut)


def named(file: str) -> str:
    """Name of a file as a problem tells it: printable, and without numbers of persons."""
    return printable(file_shown(file))


@attrs.frozen(kw_only=True)
class Problem:
    """Problem (问题) of a file. Its texts hold no control characters.

    Attributes:
        file: Name of the file, without its folder; numbers of persons in it are starred out.
        row: Row as an editor counts it, the head being row 1; 0 for the file as a whole.
        field: Column, or path of a field; empty for a row as a whole.
        trouble: What kind.
        value: What was found, masked where personal; empty where there is nothing to show.
        detail: More about it, for example the rule that was broken; never personal.
        column: Character of the line, counted from 1; 0 where there is none, as in tables.
    """

    file: str = attrs.field(converter=named)
    row: int
    field: str = attrs.field(converter=printable)
    trouble: Trouble
    value: str = attrs.field(default="", converter=printable)
    detail: str = attrs.field(default="", converter=printable)
    column: int = 0

    def to_text(self, lang: str) -> str:
        """One line in ``zh`` or ``en``: ``file:row:field: what, value: what to do [code]``.

        Where a column is known it stands after the row.
        """
        is_chinese = lang == "zh"
        what = self.trouble.zh if is_chinese else self.trouble.en
        todo = self.trouble.todo_zh if is_chinese else self.trouble.todo_en
        told = chinese(self.detail) if is_chinese else self.detail
        detail = f" ({told})" if told else ""
        found = SAID.get(self.value, self.value) if is_chinese else self.value
        value = f", {found}" if found else ""
        place = f"{self.row}:{self.column}" if self.column else str(self.row)
        return f"{self.file}:{place}:{self.field}: {what}{detail}{value}: {todo} [{self.trouble.code}]"

    def __str__(self) -> str:
        """The line in English."""
        return self.to_text("en")


PROBLEMS_MAX = 10_000
"""Problems that are kept of one file; a file with more of them is wrong in one way throughout."""


@attrs.define(kw_only=True)
class Problems:
    """The problems of one file (问题清单), up to ``PROBLEMS_MAX``.

    Attributes:
        file: Name of the file.
        found: The problems in the order in which they were noted.
        noted: How many there are, those beyond the limit too.
    """

    file: str = attrs.field(converter=named)
    found: list[Problem] = attrs.field(factory=list)
    noted: int = 0

    def add(  # noqa: PLR0913, PLR0917  # the parts of a problem
        self,
        row: int,
        field: str,
        trouble: Trouble,
        value: str = "",
        detail: str = "",
        column: int = 0,
    ) -> None:
        """Note a problem; beyond the limit, note once that there are more."""
        self.noted += 1
        if len(self.found) > PROBLEMS_MAX:
            return
        if len(self.found) == PROBLEMS_MAX:
            field, trouble, value, detail = "", Trouble.MORE, "", f"the first {PROBLEMS_MAX}"
        self.found.append(
            Problem(
                file=self.file,
                row=row,
                field=field,
                trouble=trouble,
                value=value,
                detail=detail,
                column=column,
            )
        )


def in_file_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """*problems* by file in the order met, then by row and column; fields keep their order."""
    files = {name: at for at, name in enumerate(dict.fromkeys(problem.file for problem in problems))}
    return tuple(sorted(problems, key=lambda problem: (files[problem.file], problem.row, problem.column)))
