"""Papers of a step (审批材料): what comes with a step in the life of a scheme, read from a YAML file."""

from pathlib import Path

import attrs

from mutualaid_core.domain.fund.inflow import SurplusDisposal
from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.governance.readiness import Checklist, ParameterBasis
from mutualaid_core.domain.values.checks import checked
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.numbers import personal_number_in
from mutualaid_core.errors import IntakeError
from mutualaid_core.intake.document import Document, leaves_of, read_document
from mutualaid_core.intake.problem import Trouble, in_file_order
from mutualaid_core.intake.structure import structure


@attrs.frozen(kw_only=True, field_transformer=checked)
class StepPapers:
    """Content of a file of papers (审批材料文件); a step asks for some of it.

    Attributes:
        papers: Papers that come with the step, by their numbers.
        memo: Pricing memo, for a start or for another contribution.
        checklist: What the region shows, for a start.
        basis: On what the region's parameters rest, for a start.
        unreported: What has happened and is not yet reported, for a stop.
        disposal: What becomes of the surplus, for a stop.
    """

    papers: tuple[PaperOnFile, ...] = ()
    memo: PricingMemo | None = None
    checklist: Checklist | None = None
    basis: ParameterBasis | None = None
    unreported: Money | None = None
    disposal: SurplusDisposal | None = None


def read_step_papers(path: Path) -> StepPapers:
    """Read a file of papers.

    Args:
        path: The file.

    Raises:
        IntakeError: With every problem of the file, in its order.

    Clause:
        ACFTU-4.4b, ACFTU-11.2h
    """
    document = read_document(path)
    read = structure(document, StepPapers)
    _refuse_numbers(document)
    if read is None or document.problems:
        raise IntakeError(in_file_order(document.problems))
    return read


def _refuse_numbers(document: Document) -> None:
    """Note every text that holds a number of a person, and show nothing of it."""
    for path, text in leaves_of(document.plain):
        found = None if text is None else personal_number_in(text)
        if found is not None and not document.has_problem(path):
            shown = f"{len(text or '')} characters"
            document.add_at(path, Trouble.VALUE, shown, f"must not be {found} [ACFTU-11.2h]")
