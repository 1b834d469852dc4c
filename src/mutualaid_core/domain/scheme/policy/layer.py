"""Policy (政策文件): one layer of rules above every scheme of a region, as data."""

import datetime
from collections.abc import Mapping
from typing import Final

import attrs

from mutualaid_core.clauses import DOCUMENTS
from mutualaid_core.domain.scheme.policy.direction import Terms
from mutualaid_core.domain.scheme.policy.fund import (
    AccountMap,
    AccountTerms,
    FundTerms,
    Gift,
    PlacementTerms,
    Subsidy,
)
from mutualaid_core.domain.scheme.policy.governance import (
    AssessmentTerms,
    ClaimsTerms,
    DisclosureTerms,
    GovernanceTerms,
    SupervisionTerms,
    WordTerms,
)
from mutualaid_core.domain.scheme.policy.membership import (
    EligibilityLimits,
    MembershipTerms,
    ParticipationGate,
    ParticipationGoal,
    PoolingTerms,
)
from mutualaid_core.domain.scheme.policy.product import BenefitLimits, ContributionTerms, ProductTerms
from mutualaid_core.domain.scheme.source import SourceDocument, unknown_sources
from mutualaid_core.domain.values.checks import checked, identifier, not_blank
from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.errors import InvalidValueError


@attrs.frozen(kw_only=True, field_transformer=checked)
class Extends:
    """The layer above (上位政策), and since when it stands above.

    Attributes:
        policy: Id of the policy above.
        from_day: First day on which it holds here; earlier events are judged without it.

    Clause:
        ACFTU-18.1
    """

    policy: PolicyId = attrs.field(validator=identifier)
    from_day: datetime.date


@attrs.frozen(kw_only=True, field_transformer=checked)
class Policy:
    """Policy (政策文件): the rules above every scheme of a region. On what it leaves out it is silent.

    Attributes:
        policy_id: Id, for example ``HN-2013``.
        title: Title of the document.
        document: First part of the ids of its clauses, such as ``HN``; ``None`` for a document
            without clause ids.
        issued_on: Day printed on the document; ``None`` where it prints none.
        valid_from: Day from which it holds here, which is not by itself the day of the document.
        extends: The policy above.
        documents: Documents that the parameters cite, besides clauses.
        pooling: Where money is pooled.
        membership: How members join.
        eligibility: Whom schemes may admit.
        participation: The gate of a unit.
        goal: What participation should reach.
        product: How the products hang together.
        contribution: What schemes may ask.
        benefit: What benefits must keep to.
        fund: What the fund may be spent on.
        account: The accounts at the bank.
        placement: Where money may lie.
        claims: Who reviews and pays.
        supervision: Who supervises.
        governance: How is decided, and which rules must be there.
        disclosure: What must and may be published.
        assessment: How the work is assessed.
        terms: Words of the region.
        subsidies: Subsidies by the head, with their years.
        gifts: Gifted enrolments, with their years.
        account_maps: Under which account a union books spending, with their days.

    Clause:
        ACFTU-3.1c, ACFTU-15.3, ACFTU-18.1, HN-0.3
    """

    policy_id: PolicyId = attrs.field(validator=identifier)
    title: str = attrs.field(validator=not_blank)
    document: str | None = None
    issued_on: datetime.date | None = None
    valid_from: datetime.date
    extends: Extends | None = None
    documents: tuple[SourceDocument, ...] = ()
    pooling: PoolingTerms = attrs.field(factory=PoolingTerms)
    membership: MembershipTerms = attrs.field(factory=MembershipTerms)
    eligibility: EligibilityLimits = attrs.field(factory=EligibilityLimits)
    participation: ParticipationGate = attrs.field(factory=ParticipationGate)
    goal: ParticipationGoal = attrs.field(factory=ParticipationGoal)
    product: ProductTerms = attrs.field(factory=ProductTerms)
    contribution: ContributionTerms = attrs.field(factory=ContributionTerms)
    benefit: BenefitLimits = attrs.field(factory=BenefitLimits)
    fund: FundTerms = attrs.field(factory=FundTerms)
    account: AccountTerms = attrs.field(factory=AccountTerms)
    placement: PlacementTerms = attrs.field(factory=PlacementTerms)
    claims: ClaimsTerms = attrs.field(factory=ClaimsTerms)
    supervision: SupervisionTerms = attrs.field(factory=SupervisionTerms)
    governance: GovernanceTerms = attrs.field(factory=GovernanceTerms)
    disclosure: DisclosureTerms = attrs.field(factory=DisclosureTerms)
    assessment: AssessmentTerms = attrs.field(factory=AssessmentTerms)
    terms: WordTerms = attrs.field(factory=WordTerms)
    subsidies: tuple[Subsidy, ...] = ()
    gifts: tuple[Gift, ...] = ()
    account_maps: tuple[AccountMap, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse a parameter that cites nothing known, an unknown document, and a layer above itself."""
        if unknown := unknown_sources(self.sources, self.documents):
            hint = "list it under documents, or cite a clause id"
            raise InvalidValueError(
                "source", "must be a clause or a listed document", ", ".join(unknown), hint=hint
            )
        if self.document is not None and self.document not in DOCUMENTS:
            rule = f"must be one of {', '.join(DOCUMENTS)}"
            raise InvalidValueError("document", rule, f"{len(self.document)} characters")
        if self.extends is not None and self.extends.policy == self.policy_id:
            raise InvalidValueError("extends", "must be another policy", self.policy_id, clause="ACFTU-18.1")

    @property
    def subjects(self) -> dict[str, Terms]:
        """Its terms by the name of the subject, in the order of the fields."""
        return {name: getattr(self, name) for name in SUBJECTS}

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source that its parameters cite."""
        rows: tuple[Subsidy | Gift | AccountMap, ...] = (*self.subsidies, *self.gifts, *self.account_maps)
        ruled = tuple(source for terms in self.subjects.values() for source in terms.sources)
        return (*ruled, *(row.source for row in rows))


SUBJECTS: Final[Mapping[str, type[Terms]]] = {
    field.name: field.type
    for field in attrs.fields(Policy)
    if isinstance(field.type, type) and issubclass(field.type, Terms)
}
"""Class of the terms of each subject, by the name of the subject."""

DATED: Final = ("subsidies", "gifts", "account_maps")
"""Parameters whose rows have days of their own."""
