"""Planning (缴费分担方案) how a unit shares the dues."""

import re
from typing import Final

import attrs

from mutualaid_core.cli.membership.acting.once import NOT_DONE, Once
from mutualaid_core.cli.membership.acting.telling import How, plain_of, say_outcome, status_of
from mutualaid_core.cli.membership.doing import Asked, do_act
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.paying.funding import FundingPlan, PlanPattern, PlanYear
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.dues import FundingSource, PayerShare
from mutualaid_core.domain.values.identifiers import PeriodId, SchemeId
from mutualaid_core.domain.values.ratio import parse_ratio
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.store import Store
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.paying.funding import (
    PlanRecorded,
    RecordFundingPlan,
    record_funding_plan,
)
from mutualaid_core.work import Done, Host, read_many, read_one

_YEAR: Final = re.compile(r"([0-9]{4}):(.+)", re.ASCII)
_REST: Final = "rest"


@attrs.frozen(kw_only=True)
class Planned:
    """How a unit shares the dues (分担方案), as the command line tells it.

    Attributes:
        unit: Unit.
        pattern: How the dues are shared.
        shares: Shares from a year on, each as ``2014:union=60%,member=rest``.
        resolution: Number of the resolution; ``None`` for none.
        scheme: Scheme.
        period: Period whose version names the payers.
    """

    unit: str
    pattern: str
    shares: tuple[str, ...]
    resolution: str | None
    scheme: str
    period: str


def plan(asked: Asked, planned: Planned, output: Output) -> int:
    """Record how a unit shares the dues.

    Raises:
        InvalidValueError: A share cannot be read, or something personal stands on the command line.
        NotFoundError: There is no such unit or period.
    """
    years = tuple(year_of(each) for each in planned.shares)
    unit = impersonal("unit", planned.unit)
    resolution = None if planned.resolution is None else impersonal("resolution", planned.resolution)

    def call(host: Host, act: Act) -> Done[PlanRecorded]:
        made = FundingPlan(
            scheme_id=SchemeId(planned.scheme),
            unit_id=read_one(host.store, Unit, unit).unit_id,
            pattern=PlanPattern(planned.pattern),
            years=years,
            resolution=resolution,
            made_on=act.business_on,
        )
        command = RecordFundingPlan(period_id=PeriodId(planned.period), plan=made)
        once = Once(key=asked.key, undone=NOT_DONE, stands=lambda: _holds(host, made))
        return once.do(record_funding_plan, host, act, command)

    def tell(_store: Store, done: Done[PlanRecorded]) -> int:
        output.document({**plain_of(done.result), "replayed": done.replayed})
        say_outcome(output, done.result.outcome, done.result.faults, How(replayed=done.replayed))
        return status_of(done.result.outcome)

    return do_act(asked, call, tell)


def _holds(host: Host, made: FundingPlan) -> bool:
    """Whether a plan holds on its own day, and none that was made after it on that day."""
    key = key_of(made.scheme_id, made.unit_id)
    known = read_many(host.store, FundingPlan, (key,)).get(key)
    return known is not None and known.held_on(made.made_on, made.years[0].year) == made


def year_of(text: str) -> PlanYear:
    """Shares from a year on, as written on the command line.

    Args:
        text: Such as ``2014:union=60%,member=rest``.

    Raises:
        InvalidValueError: It is written otherwise.
    """
    match = _YEAR.fullmatch(text)
    if match is None:
        raise InvalidValueError(
            "share", "must be written 2014:union=60%,member=rest", f"{len(text)} characters"
        )
    return PlanYear(year=int(match[1]), split=tuple(map(_share, match[2].split(","))))


def _share(text: str) -> PayerShare:
    name, _, written = text.partition("=")
    known = {each.value: each for each in FundingSource}
    if name not in known or not written:
        rule = f"must be one of {', '.join(known)}, with = and a share"
        raise InvalidValueError("share", rule, f"{len(text)} characters")
    return PayerShare(payer=known[name], ratio=None if written == _REST else parse_ratio(written))
