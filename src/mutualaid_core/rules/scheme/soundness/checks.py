"""All checks of a version together."""

from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.rules.scheme.soundness.classes import class_findings
from mutualaid_core.rules.scheme.soundness.conditions import care_findings, condition_findings
from mutualaid_core.rules.scheme.soundness.facts import fact_findings, word_findings
from mutualaid_core.rules.scheme.soundness.figures.amounts import amount_findings
from mutualaid_core.rules.scheme.soundness.figures.counters import counter_findings
from mutualaid_core.rules.scheme.soundness.figures.numbers import (
    length_findings,
    number_findings,
    time_findings,
    twice_findings,
)
from mutualaid_core.rules.scheme.soundness.figures.payments import rate_findings, share_findings
from mutualaid_core.rules.scheme.soundness.figures.shared import shared_findings
from mutualaid_core.rules.scheme.soundness.finding import Finding
from mutualaid_core.rules.scheme.soundness.joining import joining_findings
from mutualaid_core.rules.scheme.soundness.names import (
    list_findings,
    name_findings,
    part_findings,
    reference_findings,
)
from mutualaid_core.rules.scheme.soundness.points import point_findings
from mutualaid_core.rules.scheme.soundness.terms import Terms


def unsoundnesses(version: SchemeVersion) -> tuple[Fault, ...]:
    """Everything that is wrong inside *version*; empty where it is sound.

    The subject of each fault is the path of the parameter, as in
    ``benefits[0].steps[1].choices[0]``.

    Clause:
        ACFTU-2.4b, ACFTU-3.1c
    """
    return tuple(finding.fault for finding in findings(Terms.of(version)))


def findings(terms: Terms) -> tuple[Finding, ...]:
    """Everything that is wrong with what could be read of a version.

    Of a version with lists that are longer than any terms are, only that is told.
    """
    if too_long := tuple(length_findings(terms)):
        return too_long
    checks = (
        *(name_findings, list_findings, reference_findings, part_findings),
        *(fact_findings, word_findings, condition_findings, care_findings, class_findings),
        *(amount_findings, counter_findings, number_findings, time_findings, twice_findings),
        shared_findings,
        *(rate_findings, share_findings, joining_findings, point_findings),
    )
    return tuple(found for check in checks for found in check(terms))
