"""Telling (核对与导入结果) what a check or an import of rosters found."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

from mutualaid_core.cli.output import Output, counted
from mutualaid_core.intake.problem import Problem
from mutualaid_core.intake.rosters.check import RosterCheck
from mutualaid_core.services.membership.rosters import RosterImported

UNITS_SHOWN: Final = 20
"""Units of which a person is told the counts; programs get all of them."""


def tell_check(output: Output, check: RosterCheck, show: int) -> None:
    """Tell everything that a check found.

    Args:
        output: Where it is told.
        check: What was checked.
        show: Faults, and flags, that are listed.
    """
    output.document(
        {
            "sound": check.is_sound,
            **_counts(check),
            "rows_in_all": check.rows,
            "rows_with_faults": check.faulty_rows,
            "units": [
                {"unit_id": unit_id, "persons": unit.persons, "joining": unit.joining}
                for unit_id, unit in check.census.units.items()
            ],
            "fault_count": check.fault_count,
            "flag_count": check.flag_count,
            "faults": [_plain(problem, output.lang) for problem in check.faults[:show]],
            "flags": [_plain(problem, output.lang) for problem in check.flags[:show]],
        }
    )
    if not output.as_json:
        _tell_lines(output, check.faults[:show], check.fault_count, ("问题", "faults"))
        _tell_lines(output, check.flags[:show], check.flag_count, ("提示", "to be looked at"))
    if check.rows:
        _tell_preview(output, check)
    if check.is_sound:
        output.say("可以导入", "sound: it can be imported")
        return
    rows, faulty = check.rows, check.faulty_rows
    output.say(
        f"共 {rows} 行，{faulty} 行有问题：不能导入",
        f"{counted(rows, 'row')} in all, {faulty:,} with faults: it cannot be imported",
    )


def _tell_lines(output: Output, problems: Sequence[Problem], count: int, named: tuple[str, str]) -> None:
    """Problems on standard error, and how many there are where some are not listed."""
    lines = [problem.to_text(output.lang) for problem in problems]
    if count > len(lines):
        zh, en = f"{named[0]}共 {count} 条，列出 {len(lines)} 条", f"{count} {named[1]}, {len(lines)} listed"
        lines.append(zh if output.lang == "zh" else en)
    sys.stderr.write("".join(f"{line}\n" for line in lines))


def _tell_preview(output: Output, check: RosterCheck) -> None:
    zh = output.lang == "zh"
    names = ("人数", "单位", "参加") if zh else ("rows", "units", "joining")
    output.table("", list(zip(names, map(str, _counts(check).values()), strict=True)))
    rows = [
        (unit_id, f"{unit.joining} / {unit.persons}")
        for unit_id, unit in list(check.census.units.items())[:UNITS_SHOWN]
    ]
    if rows:
        output.table("参加 / 人数" if zh else "joining / rows", rows)
    if (more := len(check.census.units) - UNITS_SHOWN) > 0:
        output.say(f"另有 {more} 个单位", f"and {more} more units")


def tell_import(output: Output, check: RosterCheck, done: RosterImported, show: int) -> None:
    """Tell what an import came to.

    Args:
        output: Where it is told.
        check: What was checked before it.
        done: What it came to.
        show: Flags that are listed.
    """
    plain: Mapping[str, Any] = {
        "import_id": done.record.import_id,
        "counted_on": done.record.counted_on.isoformat(),
        **_counts(check),
        "pages": done.pages,
        "changed": not done.changed_nothing,
        "acts": done.acts,
        "replayed": done.replayed,
        "flag_count": check.flag_count,
        "flags": [_plain(problem, output.lang) for problem in check.flags[:show]],
    }
    output.document(plain)
    if not output.as_json:
        _tell_lines(output, check.flags[:show], check.flag_count, ("提示", "to be looked at"))
    _tell_preview(output, check)
    if done.changed_nothing:
        output.say("没有变化：此前已导入", "nothing changed: it had been imported before")
    else:
        output.say(f"已导入 {done.record.import_id}", f"imported {done.record.import_id}")


def _counts(check: RosterCheck) -> dict[str, int]:
    census = check.census
    return {"rows": census.persons, "unit_count": len(census.units), "joining": census.joining}


def _plain(problem: Problem, lang: str) -> dict[str, Any]:
    return {
        "file": problem.file,
        "row": problem.row,
        "field": problem.field,
        "code": problem.trouble.code,
        "value": problem.value,
        "text": problem.to_text(lang),
    }
