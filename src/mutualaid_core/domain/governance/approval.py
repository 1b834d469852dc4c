"""Approval (审批): the file of a scheme or of an organisation, with every step and its papers."""

import datetime

import attrs

from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper, Stage
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.values.checks import checked, identifier, not_empty, optional
from mutualaid_core.domain.values.identifiers import SchemeId
from mutualaid_core.domain.values.personal import impersonal_text
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class PaperOnFile:
    """A paper on file (存档文件).

    Attributes:
        paper: What it is.
        document: Its number.
        issued_on: Day on which it was issued.
        issuer_id: Organisation that issued it; approvals always name one.
    """

    paper: Paper
    document: str = attrs.field(validator=impersonal_text)
    issued_on: datetime.date
    issuer_id: str | None = attrs.field(default=None, validator=optional(identifier))

    def __attrs_post_init__(self) -> None:
        """Refuse an approval that nobody issued."""
        if self.paper is Paper.APPROVAL and self.issuer_id is None:
            raise InvalidValueError("issuer_id", "must be given for an approval", None, clause="ACFTU-4.4b")


@attrs.frozen(kw_only=True, field_transformer=checked)
class Approval:
    """Approval (审批记录): one step with what it rests on.

    Attributes:
        act: What was done.
        stage: Stage after it.
        on: Business day.
        papers: Papers that came with it.
        memo: Pricing memo, where the step needed one.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b, ACFTU-4.4c
    """

    act: LifeAct
    stage: Stage
    on: datetime.date
    papers: tuple[PaperOnFile, ...] = ()
    memo: PricingMemo | None = None

    def paper(self, kind: Paper) -> PaperOnFile | None:
        """The paper of that kind; ``None`` where none came with the step."""
        return next((each for each in self.papers if each.paper is kind), None)


@attrs.frozen(kw_only=True, field_transformer=checked)
class ApprovalFile:
    """File of approvals (审批档案) of one scheme or one organisation; only ever added to.

    Attributes:
        scheme_id: Scheme that it is about; ``None`` for that of an organisation.
        organisation_id: Organisation that it is about; ``None`` for that of a scheme.
        union_id: Union at the same level (本级工会), which alone approves.
        approvals: Every step in the order of its day.

    Clause:
        ACFTU-4.4a, ACFTU-4.4b, ACFTU-4.4c
    """

    scheme_id: SchemeId | None = attrs.field(default=None, validator=optional(identifier))
    organisation_id: str | None = attrs.field(default=None, validator=optional(identifier))
    union_id: str = attrs.field(validator=identifier)
    approvals: tuple[Approval, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a file about nothing or about two, and steps out of their order."""
        if (self.scheme_id is None) == (self.organisation_id is None):
            raise InvalidValueError("scheme_id", "must be given, or an organisation, and not both", None)
        days = [approval.on for approval in self.approvals]
        if days != sorted(days):
            raise InvalidValueError("approvals", "must be in the order of their days", len(days))

    @property
    def stage(self) -> Stage:
        """Present stage."""
        return self.approvals[-1].stage

    def last(self, paper: Paper) -> PaperOnFile | None:
        """The latest paper of a kind; ``None`` where none is on file."""
        found = (approval.paper(paper) for approval in reversed(self.approvals))
        return next((each for each in found if each is not None), None)
