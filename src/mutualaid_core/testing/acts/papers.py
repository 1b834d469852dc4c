"""Papers (审批文件) of the sample scheme: its union, what a start rests on, memos of contributions."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.governance.approval import PaperOnFile
from mutualaid_core.domain.governance.lifecycle import LifeAct, Paper
from mutualaid_core.domain.governance.pricing import BenefitBand, Experience, PricingMemo
from mutualaid_core.domain.governance.readiness import Checklist, ItemShown, ParameterBasis, ReadinessItem
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.scheme.scheme import RESERVED_ID
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.identifiers import PoolId
from mutualaid_core.domain.values.money import Money
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.services.governance.adjusting import AdjustContribution, adjust_contribution
from mutualaid_core.services.governance.approvals import MoveScheme, move_scheme
from mutualaid_core.services.governance.filing import Moved
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME_RECORD
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_many

BAND: Final = BenefitBand(low=Ratio(70, 100), high=Ratio(95, 100), source="市总工会定价办法")
LIVES: Final = 1_000

CITY_UNION: Final = Organisation(
    organisation_id="市总工会",
    level=OrganisationLevel.POOL,
    kind=OrganisationKind.GEOGRAPHIC,
    terms=(
        OrganisationTerm(
            first_day=datetime.date(2000, 1, 1),
            last_day=None,
            name=SCHEME_RECORD.sponsor,
            parent_id="省总工会",
            division=None,
        ),
    ),
)
"""The union at the level of the sample scheme."""


def paper(kind: Paper, on: datetime.date = COLLECTED_ON) -> PaperOnFile:
    """A paper of the union of the city."""
    return PaperOnFile(paper=kind, document="批复1号", issued_on=on, issuer_id=CITY_UNION.organisation_id)


def memo_of(version: SchemeVersion) -> PricingMemo:
    """A memo that expects benefits of 80 % of the least contribution, by a year's experience."""
    least = min(rate.amount for rate in version.dues.rates)
    expected = Money(least.fen * LIVES * 80 // 100)
    experience = Experience(
        period_id=PERIOD, contributions=Money(least.fen * LIVES), benefits=expected, lives=LIVES
    )
    return PricingMemo(
        memo_id=f"定价-{version.version_id}",
        scheme_id=version.scheme_id,
        version_id=version.version_id,
        contribution=least,
        benefits=expected,
        lives=LIVES,
        band=BAND,
        experience=(experience,),
    )


@attrs.frozen
class Papers:
    """Papers that are filed in a world (归档).

    Attributes:
        world: The world; it may not be founded yet.
    """

    world: World

    def put_union(self) -> None:
        """Put the union into the tree, unless it stands there."""
        if read_many(self.world.store, Organisation, (CITY_UNION.organisation_id,)):
            return

        def decide(work: Work) -> int:
            work.add(CITY_UNION)
            return 1

        purpose = Purpose(name="set_up", subject=CITY_UNION.organisation_id, chain=RESERVED_ID, answer=int)
        perform(self.world.host, self.world.act(COLLECTED_ON), purpose, "union", decide)

    def move(
        self, act: LifeAct, *papers: Paper, on: datetime.date = COLLECTED_ON, lives: int = 12_000
    ) -> Moved:
        """Take the scheme one step further with these papers, in a region of so many lives."""
        self.put_union()
        founding = self.world.founding
        pool_id = founding.region.pool_id
        command = MoveScheme(
            scheme_id=self.world.scheme_id,
            union_id=CITY_UNION.organisation_id,
            act=act,
            papers=tuple(paper(kind, on) for kind in papers),
            memo=memo_of(founding.version),
            checklist=_checklist(pool_id, lives),
            basis=ParameterBasis(
                pool_id=pool_id,
                policy_id=founding.policy.policy_id,
                economy="统计公报",
                protection="医保公报",
                workforce="工会统计",
            ),
        )
        return move_scheme(self.world.host, self.world.act(on), command).result

    def approve(self) -> Moved:
        """Draft, propose, approve and file the scheme, before it is founded."""
        self.move(LifeAct.DRAFT)
        self.move(LifeAct.PROPOSE)
        self.move(LifeAct.APPROVE, Paper.APPROVAL)
        return self.move(LifeAct.FILE, Paper.FILING)

    def start(self, act: LifeAct = LifeAct.ACTIVATE, lives: int = 12_000) -> Moved:
        """Start the scheme, or show afterwards what its start rested on."""
        kinds = (Paper.APPROVAL, Paper.BASIS, Paper.PRICING_MEMO, Paper.CHECKLIST)
        return self.move(act, *kinds, lives=lives)

    def adjust(self, version: SchemeVersion) -> Moved:
        """Publish a version with another contribution, with its memo."""
        self.put_union()
        command = AdjustContribution(
            union_id=CITY_UNION.organisation_id,
            before=self.world.founding.version.version_id,
            version=version,
            memo=memo_of(version),
        )
        return adjust_contribution(self.world.host, self.world.act(COLLECTED_ON), command).result


def _checklist(pool_id: PoolId, lives: int) -> Checklist:
    """Everything that a region must have."""
    return Checklist(
        pool_id=pool_id,
        shown=tuple(
            ItemShown(item=item, document=f"附件-{item.value}")
            for item in ReadinessItem
            if item is not ReadinessItem.POOL_SIZE
        ),
        lives=lives,
        lives_min=10_000,
        lives_source="市总工会",
    )
