"""Years (换期): the sample scheme with a second period, and renewals into it."""

import datetime
from typing import Any, Final

import attrs

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.enrolment import Enrolment
from mutualaid_core.domain.membership.paying.remittance import RemittanceLine
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.joining import (
    CoverStart,
    JoiningTerms,
    LateJoining,
    PeriodDay,
    Term,
    Window,
)
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.domain.scheme.policy.membership import JoinedBy
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import EntryId, PeriodId, UnitId, VersionId
from mutualaid_core.domain.values.money import total
from mutualaid_core.domain.values.ratio import Ratio
from mutualaid_core.rules.governance.pricing import changes_contribution
from mutualaid_core.services.founding import Founded, FoundScheme, open_period
from mutualaid_core.services.membership.admission import AdmitUnit, UnitJudged, admit_unit
from mutualaid_core.services.membership.contribution import (
    ReceiveRemittance,
    RemittanceReceived,
    receive_remittance,
)
from mutualaid_core.services.membership.correction.judged import Named
from mutualaid_core.services.membership.keeping import counter_of
from mutualaid_core.services.membership.leaving import LeaveWork, WorkLeft, leave_work
from mutualaid_core.services.membership.renewal.renewing import (
    RenewalLine,
    RenewWorkers,
    WorkersRenewed,
    renew_workers,
)
from mutualaid_core.testing.acts.mending import Gifts, Mending, named_in
from mutualaid_core.testing.acts.papers import Papers
from mutualaid_core.testing.samples import COLLECTED_ON, FOUNDING, POLICY, REGION, UNIT, member_id
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_one

LATER: Final = PeriodId("2015")
"""The period after the sample one."""

LATER_YEAR: Final = DayRange(datetime.date(2015, 1, 1), datetime.date(2015, 12, 31))
RENEWED_ON: Final = datetime.date(2014, 12, 31)
"""The last day of the window of ``BY_YEAR_END``."""

BY_YEAR_END: Final = JoiningTerms(
    ways=(JoinedBy.UNIT,),
    window=Window(opens=PeriodDay(-60), closes=PeriodDay(-1), source="HN-4.3.5d"),
    late=LateJoining.REFUSE,
    terms=(Term(starts_after_months=0, months=12, fee=Ratio(1, 1), source="HN-4.3.4a"),),
    cover_start=CoverStart.TERM_START,
    source="HN-4.3.5d",
)
"""One joins and renews in the sixty days before the period; late is refused."""

WITH_WAITING: Final = attrs.evolve(
    POLICY,
    benefit=attrs.evolve(
        POLICY.benefit,
        waiting_days_max=180,
    ),
)
"""The sample policy where members may have to wait, so that cover may start with the payment."""


@attrs.frozen
class Years:
    """Acts over two periods in a world (换期业务).

    Attributes:
        world: The world, founded.
    """

    world: World

    def open_later(self, **changes: Any) -> Founded:  # noqa: ANN401  # any field of a version
        """Open the second period under terms of its own; those of the first unless changed.

        Another contribution is published with its memo first.
        """
        terms: dict[str, Any] = {
            "version_id": VersionId("V-2015"),
            "first_day": LATER_YEAR.first_day,
            "last_day": LATER_YEAR.last_day,
        }
        founding = self.world.founding
        version = attrs.evolve(founding.version, **(terms | changes))
        if changes_contribution(version, founding.version):
            Papers(self.world).adjust(version)
        command = FoundScheme(
            policy=founding.policy,
            region=founding.region,
            scheme=founding.scheme,
            version=version,
            period=Period(scheme_id=self.world.scheme_id, period_id=LATER, cover=LATER_YEAR),
        )
        return open_period(self.world.host, self.world.act(COLLECTED_ON), command).result

    def admit_later(self, eligible: int = 2, enrolled: int = 2, unit: UnitId = UNIT) -> UnitJudged:
        """Judge a unit for the second period."""
        command = AdmitUnit(
            scheme_id=self.world.scheme_id,
            period_id=LATER,
            unit=Unit(unit_id=unit, name=f"单位{unit}", pool_id=REGION.pool_id),
            eligible=eligible,
            enrolled=enrolled,
            counted_on=RENEWED_ON,
        )
        return admit_unit(self.world.host, self.world.act(RENEWED_ON), command).result

    def renew(
        self,
        *numbers: int,
        on: datetime.date = RENEWED_ON,
        unit: UnitId = UNIT,
        **changes: Any,  # noqa: ANN401  # any field of the line
    ) -> WorkersRenewed:
        """Renew these persons into the second period; *changes* go into every line."""
        command = RenewWorkers(
            scheme_id=self.world.scheme_id,
            from_period=self.world.period_id,
            to_period=LATER,
            unit_id=unit,
            lines=tuple(RenewalLine(member_id=member_id(number), **changes) for number in numbers),
        )
        return renew_workers(self.world.host, self.world.act(on), command).result

    @property
    def gifts(self) -> Gifts:
        """Gift programmes in the same world."""
        return Gifts(self.world)

    @property
    def mend(self) -> Mending:
        """Corrections in the same world."""
        return Mending(self.world)

    def named(self, number: int, period: PeriodId | None = None) -> Named:
        """The enrolment of person *number*, in the first period unless another is named."""
        return named_in(self.world, number, period)

    def remit_later(self, *lines: RemittanceLine, on: datetime.date = RENEWED_ON) -> RemittanceReceived:
        """Receive the sample unit's remittance for the second period."""
        command = ReceiveRemittance(
            scheme_id=self.world.scheme_id,
            period_id=LATER,
            unit_id=UNIT,
            entry_id=EntryId("R-later"),
            received=total(line.amount for line in lines),
            lines=lines,
        )
        return receive_remittance(self.world.host, self.world.act(on), command).result

    def retire_later(self, number: int, on: datetime.date = LATER_YEAR.first_day) -> WorkLeft:
        """Report that person *number* retired in the second period."""
        command = LeaveWork(
            scheme_id=self.world.scheme_id,
            period_id=LATER,
            member_id=member_id(number),
            by_unit=UNIT,
            kind=ChangeKind.RETIRED,
            on=on,
            paper="P-4",
        )
        return leave_work(self.world.host, self.world.act(on), command).result

    def enrolment(self, number: int, period: PeriodId | None = None) -> Enrolment:
        """The enrolment of person *number*."""
        return read_one(self.world.store, Enrolment, self.named(number, period).key)

    def contribution(self, number: int) -> Contribution:
        """The contribution of person *number*."""
        return read_one(self.world.store, Contribution, self.named(number).key)

    def joined(self, unit: UnitId = UNIT, period: PeriodId | None = None) -> int:
        """How many the counter of a unit shows."""
        key = counter_of(self.world.scheme_id, period or self.world.period_id, unit)
        return self.world.store.get((), (key,)).counters[key].value


def two_years(policy: Policy = POLICY, **changes: Any) -> Years:  # noqa: ANN401  # any field of a version
    """A world with two members who have paid for the first period, and the second one open.

    Args:
        policy: Policy above the scheme.
        changes: What the version of the second period says otherwise.
    """
    world = World(founding=attrs.evolve(FOUNDING, policy=policy))
    world.found()
    world.join(1, 2)
    years = Years(world)
    years.open_later(**changes)
    return years
