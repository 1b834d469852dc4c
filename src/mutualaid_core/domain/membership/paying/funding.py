"""Funding plan (缴费分担方案): how a unit shares the dues among its payers, year by year."""

import datetime
import enum
import itertools
from typing import Self

import attrs

from mutualaid_core.domain.scheme.dues import PayerShare
from mutualaid_core.domain.scheme.policy.product import FundingPattern
from mutualaid_core.domain.values.checks import (
    checked,
    identifier,
    not_empty,
    optional,
    positive,
)
from mutualaid_core.domain.values.identifiers import MemberId, SchemeId, UnitId
from mutualaid_core.domain.values.personal import impersonal_text, pseudonym
from mutualaid_core.errors import InvalidValueError


class PlanPattern(enum.Enum):
    """How the parts of the dues are shared by a unit (缴费方式)."""

    GIFT = "gift"
    """赠送: the member bears nothing (SN-2.1.5)."""
    GIFT_THEN_INDIVIDUAL = "gift_then_individual"
    """单位赠送支持、个人逐步承担: the member's share never falls (SN-2.3.5a)."""
    THREE_WAY = "three_way"
    """单位、工会、个人各出一点 (SN-2.3.5b)."""
    UNION_MAJOR = "union_major"
    """经费出大头、个人拿小头: the union bears more than the member (SN-2.3.5c)."""
    PAYROLL_VOLUNTARY = "payroll_voluntary"
    """自愿工资集中支付: each worker authorises the deduction (SN-2.3.5d)."""
    EMPLOYER_SUBSIDY = "employer_subsidy"
    """行政补贴: the employer bears a part beside the member (SN-2.3.4a)."""

    @property
    def allowed_as(self) -> FundingPattern | None:
        """The pattern of a policy's list that it stands under; ``None`` where no list names it."""
        named = {pattern.value: pattern for pattern in FundingPattern}
        return named.get(self.value)


@attrs.frozen(kw_only=True, field_transformer=checked)
class PlanYear:
    """Year of a plan (年度分担): who bears which share from that year on.

    Attributes:
        year: Year in which a period begins.
        split: Shares; they add up to 1, or leave the rest to one payer.
    """

    year: int = attrs.field(validator=positive)
    split: tuple[PayerShare, ...] = attrs.field(validator=not_empty)

    def __attrs_post_init__(self) -> None:
        """Refuse a payer who is named twice."""
        payers = [share.payer for share in self.split]
        if len(set(payers)) != len(payers):
            raise InvalidValueError("split", "must name each payer once", len(payers))


@attrs.frozen(kw_only=True, field_transformer=checked)
class EarlierPlan:
    """Earlier plan (此前的分担方案) of a unit: it held from its day until the next one was made.

    Attributes:
        pattern: How the dues were shared.
        years: Shares by year.
        resolution: Number of the resolution that allowed it; ``None`` where none was needed.
        made_on: Day from which it held.
    """

    pattern: PlanPattern
    years: tuple[PlanYear, ...] = attrs.field(validator=not_empty)
    resolution: str | None = attrs.field(default=None, validator=optional(impersonal_text))
    made_on: datetime.date


def _is_begun(plan: EarlierPlan, year: int | None) -> bool:
    """Whether a plan says anything of a year."""
    return year is None or plan.years[0].year <= year


@attrs.frozen(kw_only=True, field_transformer=checked)
class FundingPlan:
    """Funding plan (缴费分担方案) of a unit in a scheme; one at a time, each until the next.

    Attributes:
        scheme_id: Scheme.
        unit_id: Unit.
        pattern: How the dues are shared.
        years: Shares by year, in rising order; the last ones go on.
        resolution: Number of the resolution that allows it (职代会决议); ``None`` where none is needed.
        made_on: Day from which it holds, until the next plan was made.
        earlier: The plans before it, in the order of their days; of one day, of their acts.

    Clause:
        SN-2.3.4b, SN-2.3.5a, SN-2.3.5b, SN-2.3.5c, SN-2.3.5d
    """

    scheme_id: SchemeId = attrs.field(validator=identifier)
    unit_id: UnitId = attrs.field(validator=pseudonym)
    pattern: PlanPattern
    years: tuple[PlanYear, ...] = attrs.field(validator=not_empty)
    resolution: str | None = attrs.field(default=None, validator=optional(impersonal_text))
    made_on: datetime.date
    earlier: tuple[EarlierPlan, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse years out of order, and plans out of order."""
        for before, later in itertools.pairwise(self.years):
            if later.year <= before.year:
                raise InvalidValueError("years", f"must go on after {before.year}", later.year)
        days = [*(each.made_on for each in self.earlier), self.made_on]
        for day, next_day in itertools.pairwise(days):
            if next_day < day:
                raise InvalidValueError("earlier", f"must be made by {next_day.isoformat()}", day.isoformat())

    def held_on(self, day: datetime.date, year: int | None = None) -> Self | None:
        """The plan that held on a day, without those before it; ``None`` before the first was made.

        Args:
            day: The day.
            year: Year in which a period begins; a plan that begins after it leaves that year alone.
        """
        plans = [each for each in self.plans if each.made_on <= day and _is_begun(each, year)]
        return self._of(plans[-1]) if plans else None

    def held_since(self, first: datetime.date, last: datetime.date, year: int) -> tuple[Self, ...]:
        """The plans that held for a year on any of the days, the last one first.

        Args:
            first: The first of the days; of several plans that were made on it, all count.
            last: The last of the days.
            year: Year in which a period begins.
        """
        plans = [each for each in self.plans if each.made_on <= last and _is_begun(each, year)]
        before = [each for each in plans if each.made_on < first][-1:]
        since = [each for each in plans if each.made_on >= first]
        return tuple(self._of(each) for each in reversed((*before, *since)))

    def with_plan(self, made: "FundingPlan") -> Self:
        """All plans with a further one: it holds from its day until the next that was made later."""
        plans = sorted((*self.plans, made.plans[-1]), key=lambda each: each.made_on)
        return attrs.evolve(self._of(plans[-1]), earlier=tuple(plans[:-1]))

    @property
    def plans(self) -> tuple[EarlierPlan, ...]:
        """All plans in the order of their days, this one last."""
        last = EarlierPlan(
            pattern=self.pattern, years=self.years, resolution=self.resolution, made_on=self.made_on
        )
        return (*self.earlier, last)

    def _of(self, plan: EarlierPlan) -> Self:
        """The unit's plan that one of its plans was."""
        return attrs.evolve(
            self,
            pattern=plan.pattern,
            years=plan.years,
            resolution=plan.resolution,
            made_on=plan.made_on,
            earlier=(),
        )

    def split_in(self, year: int) -> tuple[PayerShare, ...]:
        """Shares of a year; none before the plan begins."""
        begun = [each for each in self.years if each.year <= year]
        return begun[-1].split if begun else ()


@attrs.frozen(kw_only=True, field_transformer=checked)
class Authorisation:
    """Authorisation (代扣授权): a worker's own consent to have the dues deducted from the pay.

    Attributes:
        member_id: The worker.
        given_on: Day on which it was given.
        withdrawn_on: Day on which it was withdrawn; ``None`` while it holds.

    Clause:
        SN-2.3.5d
    """

    member_id: MemberId = attrs.field(validator=pseudonym)
    given_on: datetime.date
    withdrawn_on: datetime.date | None = None

    def __attrs_post_init__(self) -> None:
        """Refuse a withdrawal before the consent."""
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            rule = f"must be >= {self.given_on.isoformat()}"
            raise InvalidValueError("withdrawn_on", rule, self.withdrawn_on.isoformat())
