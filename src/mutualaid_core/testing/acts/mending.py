"""Mending (更正与赠送): places taken back, found void or corrected, and places given."""

import datetime
from typing import Any, Final

import attrs

from mutualaid_core.domain.membership.change import ChangeKind
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.values.identifiers import PeriodId, UnitId
from mutualaid_core.services.membership.correction.correcting import CorrectEnrolment, correct_enrolment
from mutualaid_core.services.membership.correction.judged import EnrolmentJudged, Named
from mutualaid_core.services.membership.correction.restoring import RestoreMember, restore_member
from mutualaid_core.services.membership.correction.taking_back import (
    VoidCause,
    VoidEnrolment,
    WithdrawEnrolment,
    void_enrolment,
    withdraw_enrolment,
)
from mutualaid_core.services.membership.gifts.founding import (
    FoundGiftProgramme,
    ProgrammeFounded,
    found_gift_programme,
)
from mutualaid_core.services.membership.gifts.giving import (
    EnrolGifted,
    GiftedPerson,
    GiftsGiven,
    enrol_gifted,
)
from mutualaid_core.testing.samples import COLLECTED_ON, UNIT, joiner, member_id
from mutualaid_core.testing.world import World

COURIER: Final = "courier"
"""One of the groups to which the sample programme is addressed."""


def named_in(world: World, number: int, period: PeriodId | None = None) -> Named:
    """The enrolment of person *number*, in the first period unless another is named."""
    return Named(scheme_id=world.scheme_id, period_id=period or world.period_id, member_id=member_id(number))


@attrs.frozen
class Mending:
    """Corrections (更正) of enrolments in a world.

    Attributes:
        world: Where they happen.
    """

    world: World

    def withdraw_of(self, named: Named, unit: UnitId = UNIT, *, on: datetime.date) -> EnrolmentJudged:
        """Take a place of any period back."""
        command = WithdrawEnrolment(named=named, by_unit=unit, cause="P-1")
        return withdraw_enrolment(self.world.host, self.world.act(on), command).result

    def withdrawal(self, number: int) -> WithdrawEnrolment:
        """The command that takes the place of person *number* back."""
        return WithdrawEnrolment(named=named_in(self.world, number), by_unit=UNIT, cause="P-1")

    def withdraw(self, number: int, unit: UnitId = UNIT, on: datetime.date = COLLECTED_ON) -> EnrolmentJudged:
        """Take the place of person *number* in the first period back."""
        return self.withdraw_of(named_in(self.world, number), unit, on=on)

    def void_of(self, named: Named, *, on: datetime.date) -> EnrolmentJudged:
        """Find an enrolment of any period void."""
        command = VoidEnrolment(named=named, cause=VoidCause.DUPLICATE, paper="P-2")
        return void_enrolment(self.world.host, self.world.act(on), command).result

    def void(self, number: int, on: datetime.date = COLLECTED_ON) -> EnrolmentJudged:
        """Find the enrolment of person *number* in the first period void."""
        return self.void_of(named_in(self.world, number), on=on)

    def restore(
        self, number: int, kind: ChangeKind = ChangeKind.DIED, on: datetime.date = COLLECTED_ON
    ) -> EnrolmentJudged:
        """Take the leaving of person *number* back."""
        command = RestoreMember(named=named_in(self.world, number), kind=kind, paper="P-4")
        return restore_member(self.world.host, self.world.act(on), command).result

    def correct(
        self,
        number: int,
        on: datetime.date = COLLECTED_ON,
        **changes: Any,  # noqa: ANN401  # any field of the command
    ) -> EnrolmentJudged:
        """Correct what *changes* name of the enrolment of person *number*."""
        command = CorrectEnrolment(named=named_in(self.world, number), paper="P-3", **changes)
        return correct_enrolment(self.world.host, self.world.act(on), command).result


@attrs.frozen
class Gifts:
    """Gift programmes (赠送项目) in a world.

    Attributes:
        world: Where they are founded.
    """

    world: World

    def found(self, quota: int = 2, **changes: Any) -> ProgrammeFounded:  # noqa: ANN401  # any field of the command
        """Found a programme of the union for couriers."""
        command = FoundGiftProgramme(
            programme_id="GIFT",
            scheme_id=self.world.scheme_id,
            period_id=self.world.period_id,
            payer=FundingSource.UNION,
            groups=(COURIER,),
            quota=quota,
            resolution="R-1",
            source="SN-2.1.5",
        )
        command = attrs.evolve(command, **changes)
        return found_gift_programme(self.world.host, self.world.act(COLLECTED_ON), command).result

    def give(
        self,
        *numbers: int,
        group: str = COURIER,
        unit: UnitId = UNIT,
        on: datetime.date = COLLECTED_ON,
    ) -> GiftsGiven:
        """Give places of the programme to these persons."""
        command = EnrolGifted(
            scheme_id=self.world.scheme_id,
            programme_id="GIFT",
            unit_id=unit,
            persons=tuple(GiftedPerson(joiner=joiner(number), group=group) for number in numbers),
        )
        return enrol_gifted(self.world.host, self.world.act(on), command).result
