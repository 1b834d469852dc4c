"""Agencies (代办): an agency collects for the sample scheme and passes on; workers consent to deductions."""

import datetime
from typing import Final

import attrs

from mutualaid_core.domain.membership.contribution import Contribution
from mutualaid_core.domain.membership.organisation import (
    Organisation,
    OrganisationKind,
    OrganisationLevel,
    OrganisationTerm,
)
from mutualaid_core.domain.membership.paying.agency import AgencyCollection
from mutualaid_core.domain.membership.paying.consent import ConsentStep
from mutualaid_core.domain.membership.paying.remittance import RefundGround, RemittanceLine
from mutualaid_core.domain.scheme.scheme import RESERVED_ID
from mutualaid_core.domain.values.identifiers import EntryId, MemberId, UnitId
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.rules.membership.paying.agency import PassedPart
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.paying.agencies import (
    CollectByAgency,
    CollectedByAgency,
    MoneyPassedOn,
    PassOn,
    collect_by_agency,
    pass_on,
)
from mutualaid_core.services.membership.paying.consents import (
    ConsentsDeclared,
    Declaration,
    DeclareConsents,
    JudgePayroll,
    PayrollJudged,
    declare_consents,
    judge_payroll,
)
from mutualaid_core.services.membership.paying.corrections import (
    CorrectContribution,
    Corrected,
    correct_contribution,
)
from mutualaid_core.services.membership.paying.holding import AgenciesJudged, agencies_holding
from mutualaid_core.testing.acts.mending import Mending
from mutualaid_core.testing.samples import COLLECTED_ON, UNIT, member_id, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import Purpose, Work, perform, read_one

AGENCY: Final = "AG-1"
"""The agency of the sample pool."""

TOLD_ON: Final = COLLECTED_ON + datetime.timedelta(days=5)
PASSED_ON: Final = COLLECTED_ON + datetime.timedelta(days=30)


def agency(
    organisation_id: str = AGENCY, level: OrganisationLevel = OrganisationLevel.AGENCY
) -> Organisation:
    """An organisation that stands from 2010 on; an agency unless told otherwise."""
    is_agency = level is OrganisationLevel.AGENCY
    term = OrganisationTerm(
        first_day=datetime.date(2010, 1, 1),
        last_day=None,
        name=f"代办机构{organisation_id}",
        parent_id="市总工会",
        division=None,
    )
    kind = OrganisationKind.AGENT if is_agency else OrganisationKind.GEOGRAPHIC
    return Organisation(organisation_id=organisation_id, level=level, kind=kind, terms=(term,))


@attrs.frozen
class Agencies:
    """Acts of agencies, and of workers whose dues are deducted, in a world (代办业务).

    Attributes:
        world: The world, founded.
    """

    world: World

    def put(self, *organisations: Organisation) -> None:
        """Put organisations into the tree."""

        def decide(work: Work) -> int:
            for each in organisations:
                work.add(each)
            return len(organisations)

        ids = ",".join(each.organisation_id for each in organisations)
        purpose = Purpose(
            name="set_up", subject=organisations[0].organisation_id, chain=RESERVED_ID, answer=int
        )
        perform(self.world.host, self.world.act(COLLECTED_ON), purpose, ids, decide)

    def collect(  # noqa: PLR0913  # the facts of a collection
        self,
        *lines: RemittanceLine,
        entry: str = "R-1",
        unit: UnitId = UNIT,
        agency_id: str = AGENCY,
        received: Money | None = None,
        collected_on: datetime.date = COLLECTED_ON,
        on: datetime.date = TOLD_ON,
    ) -> CollectedByAgency:
        """The agency tells that it took a unit's money."""
        command = CollectByAgency(
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            unit_id=unit,
            agency_id=agency_id,
            entry_id=EntryId(entry),
            collected_on=collected_on,
            paper=f"收据{entry}",
            received=total(line.amount for line in lines) if received is None else received,
            lines=lines,
        )
        return collect_by_agency(self.world.host, self.world.act(on), command).result

    def pass_on(
        self,
        *parts: tuple[str, int],
        entry: str = "T-1",
        agency_id: str = AGENCY,
        received: int | None = None,
        on: datetime.date = PASSED_ON,
    ) -> MoneyPassedOn:
        """The agency passes on so many yuan of these collections."""
        command = PassOn(
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            agency_id=agency_id,
            entry_id=EntryId(entry),
            received=yuan(sum(amount for _, amount in parts) if received is None else received),
            parts=tuple(
                PassedPart(remittance_id=EntryId(remittance), amount=yuan(amount))
                for remittance, amount in parts
            ),
        )
        return pass_on(self.world.host, self.world.act(on), command).result

    def give_back(
        self, number: int, entry: str = "R-1", correction: str = "C-1", on: datetime.date = PASSED_ON
    ) -> Corrected:
        """The enrolment of person *number* is void, and the 50 yuan that came with *entry* go back."""
        Mending(self.world).void(number, on)
        command = CorrectContribution(
            scheme_id=self.world.scheme_id,
            remittance_id=EntryId(entry),
            entry_id=EntryId(correction),
            ground=RefundGround.VOIDED_ENROLMENT,
            amount=yuan(50),
            member_id=member_id(number),
            cause="退款单1号",
        )
        return correct_contribution(self.world.host, self.world.act(on), command).result

    def holding(self, on: datetime.date = PASSED_ON) -> AgenciesJudged:
        """The agencies that hold money on a day."""
        return agencies_holding(self.world.store, self.world.scheme_id, on)

    def collection(self, entry: str = "R-1") -> AgencyCollection:
        """The collection of that id."""
        return read_one(self.world.store, AgencyCollection, key_of(self.world.scheme_id, entry))

    def contribution(self, number: int) -> Contribution:
        """The contribution of person *number*."""
        key = key_of(self.world.scheme_id, self.world.period_id, member_id(number))
        return read_one(self.world.store, Contribution, key)

    def declare(
        self,
        step: ConsentStep,
        *members: MemberId,
        declared_on: datetime.date = COLLECTED_ON,
        on: datetime.date | None = None,
    ) -> ConsentsDeclared:
        """Workers of the sample unit consent to the deduction, or withdraw that."""
        command = DeclareConsents(
            scheme_id=self.world.scheme_id,
            unit_id=UNIT,
            step=step,
            declarations=tuple(
                Declaration(member_id=each, on=declared_on, paper=f"{step.value}-{each[:8]}")
                for each in members
            ),
        )
        return declare_consents(self.world.host, self.world.act(on or declared_on), command).result

    def payroll(
        self, *members: MemberId, cut_off: datetime.date, on: datetime.date | None = None
    ) -> PayrollJudged:
        """The sample unit asks from whose pay it may deduct."""
        command = JudgePayroll(scheme_id=self.world.scheme_id, unit_id=UNIT, members=members, cut_off=cut_off)
        return judge_payroll(self.world.host, self.world.act(on or cut_off), command).result
