"""Telling faults (违规项) in the language of the output."""

import re
from collections.abc import Iterable
from typing import Final

from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.intake.problem.approval_words import stage_found
from mutualaid_core.intake.problem.fault_wording import SUBJECTS, found_in_chinese
from mutualaid_core.intake.problem.other_words import STATUSES
from mutualaid_core.intake.problem.wording import chinese

_WITH_FIELD: Final = re.compile(r"([a-z_.]+) (must .+)")
"""A rule that a value broke, behind the name of its field."""

_STANDING: Final = re.compile(r"paid \S+|\S+ not (?:returned|standing)")
"""How a payment or an organisation stands now."""


def say_faults(output: Output, faults: Iterable[Fault]) -> None:
    """Say every fault once, a line each; nothing with JSON."""
    for fault in dict.fromkeys(faults):
        output.say(f"- {fault_in_chinese(fault)}", f"- {fault}")


def fault_in_chinese(fault: Fault) -> str:
    """One sentence with subject, rule, what was found and clause."""
    field, rule = "", fault.rule
    if match := _WITH_FIELD.fullmatch(rule):
        field, rule = f" {match[1]}", match[2]
    subject = SUBJECTS.get(fault.subject, fault.subject)
    stage = stage_found(fault.rule, fault.found)
    is_status = bool(stage) or fault.found in STATUSES or _STANDING.fullmatch(fault.found)
    found = stage or found_in_chinese(fault.found)
    return f"{subject}{field} {chinese(rule)}，{'现为' if is_status else '实为'} {found} [{fault.clause}]"
