"""Files of approvals: about one thing, in the order of days, with issuers of what was approved."""

import datetime
from typing import Any

import attrs
import pytest

from mutualaid_core.domain.governance.approval import Approval, ApprovalFile, PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.errors import InvalidValueError

DAY = datetime.date
PAPER = PaperOnFile(paper=Paper.APPROVAL, document="批复1号", issued_on=DAY(2014, 1, 1), issuer_id="U")
FIRST = Approval(act=LifeAct.APPROVE, stage=Stage.APPROVED, on=DAY(2014, 1, 2), papers=(PAPER,))
SECOND = Approval(act=LifeAct.FILE, stage=Stage.FILED, on=DAY(2014, 1, 3))
FILE = ApprovalFile(scheme_id="HN-A", union_id="U", approvals=(FIRST, SECOND))


def test_an_approval_has_an_issuer() -> None:
    """An approval that nobody issued must be refused."""
    with pytest.raises(InvalidValueError, match=r"issuer_id must be given.*\[ACFTU-4.4b\]"):
        attrs.evolve(PAPER, issuer_id=None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scheme_id": None}, "scheme_id"),
        ({"organisation_id": "O"}, "scheme_id"),
        ({"approvals": (SECOND, FIRST)}, "approvals"),
    ],
)
def test_a_file_is_about_one_thing_in_order(changes: dict[str, Any], field: str) -> None:
    """A file about nothing or two things, or with steps out of order, must be refused."""
    with pytest.raises(InvalidValueError, match=f"^{field} must"):
        attrs.evolve(FILE, **changes)


def test_a_file_tells_stage_and_papers() -> None:
    """The stage must be that of the last step, and a paper the latest of its kind."""
    assert (FILE.stage, FILE.last(Paper.APPROVAL), FILE.last(Paper.FILING)) == (Stage.FILED, PAPER, None)
