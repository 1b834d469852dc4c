"""Founding a gift programme (赠送项目): who gives, to which groups, and to how many."""

import attrs

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.values.identifiers import PeriodId, PolicyId, SchemeId
from mutualaid_core.rules.membership.gifts import (
    GiftTerms,
    YearQuota,
    programme_faults,
    resolution_faults,
    year_faults,
)
from mutualaid_core.services.membership.ruling import ruling_of
from mutualaid_core.services.standing import period_of, posting_faults, starting_faults, version_for
from mutualaid_core.work import Done, Host, Purpose, Work, perform


@attrs.frozen(kw_only=True)
class FoundGiftProgramme:
    """Command: found a gift programme for one period of a scheme.

    Attributes:
        programme_id: Id.
        scheme_id: Scheme.
        period_id: Period.
        payer: Who is to pay; ``None`` for the mutual fund itself, which is refused.
        groups: Groups of workers to which it is addressed.
        quota: Most persons.
        resolution: Number of the decision that it rests on; held without one.
        source: Where it is printed.
    """

    programme_id: str
    scheme_id: SchemeId
    period_id: PeriodId
    payer: FundingSource | None
    groups: tuple[str, ...]
    quota: int
    resolution: str | None
    source: str


@attrs.frozen(kw_only=True)
class ProgrammeFounded:
    """Result: ``PASS``, ``HOLD`` without a resolution, or ``REJECT``; every fault."""

    outcome: Outcome
    faults: tuple[Fault, ...]


def given_counter(programme: GiftProgramme) -> str:
    """Key of the counter of the persons who hold a place of a programme, bounded by its quota."""
    return f"given/{programme.scheme_id}/{programme.programme_id}"


def found_gift_programme(host: Host, act: Act, command: FoundGiftProgramme) -> Done[ProgrammeFounded]:
    """Found a gift programme, if whoever pays may give and every layer's quota of the year lasts.

    Raises:
        NotFoundError: There is no such scheme or period.
        AlreadyExistsError: There is a programme of that id.
        InvalidValueError: A group is named twice, or the quota is not above zero.

    Clause:
        SN-2.1.5, SN-2.3.4b, ACFTU-4.4a, ACFTU-4.4b, ACFTU-18.1
    """

    def decide(work: Work) -> ProgrammeFounded:
        period = period_of(work, command.scheme_id, command.period_id)
        policy = ruling_of(work, command.scheme_id, act.business_on)
        year = period.cover.first_day.year
        version = version_for(work, host.store, command.scheme_id, period.cover.first_day)
        terms = _terms(command, year)
        quotas = _quotas(work, policy, year)
        faults = (
            *posting_faults(period),
            *starting_faults(work, command.scheme_id),
            *programme_faults(terms, policy.policy.gifts, version.dues.payers),
            *year_faults(terms, quotas),
        )
        if faults or command.payer is None:
            return ProgrammeFounded(outcome=Outcome.REJECT, faults=faults)
        if command.resolution is None:
            return ProgrammeFounded(outcome=Outcome.HOLD, faults=resolution_faults(terms, None))
        made = _programme(command, command.payer, command.resolution)
        work.add(attrs.evolve(made, founded_on=act.business_on))
        for each in quotas:
            work.consume(_year_counter(each.policy_id, year), terms.quota, hi=each.persons)
        return ProgrammeFounded(outcome=Outcome.PASS, faults=())

    purpose = Purpose(
        name="found_gift_programme",
        subject=command.programme_id,
        chain=command.scheme_id,
        answer=ProgrammeFounded,
    )
    return perform(host, act, purpose, command, decide)


def _terms(command: FoundGiftProgramme, year: int) -> GiftTerms:
    return GiftTerms(
        programme_id=command.programme_id,
        payer=command.payer,
        groups=command.groups,
        quota=command.quota,
        year=year,
    )


def _year_counter(policy_id: PolicyId, year: int) -> str:
    """Key of the counter of the places that all programmes below a layer take of its year."""
    return f"gift_year/{policy_id}/{year}"


def _quotas(work: Work, policy: EffectivePolicy, year: int) -> tuple[YearQuota, ...]:
    """What each layer in force sets for a year, so that two programmes never promise it twice.

    Each counter belongs to the layer that sets the quota: the schemes of all cities below a
    province share the places of the province.
    """
    return tuple(
        YearQuota(
            policy_id=layer.policy_id,
            persons=gift.persons,
            taken=work.counter(_year_counter(layer.policy_id, year)),
        )
        for layer in work.find_many(Policy, policy.layers).values()
        for gift in layer.gifts
        if gift.year == year
    )


def _programme(command: FoundGiftProgramme, payer: FundingSource, resolution: str) -> GiftProgramme:
    return GiftProgramme(
        programme_id=command.programme_id,
        scheme_id=command.scheme_id,
        period_id=command.period_id,
        payer=payer,
        groups=command.groups,
        quota=command.quota,
        resolution=resolution,
        source=command.source,
    )
