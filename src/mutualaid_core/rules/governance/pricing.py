"""Pricing (定价): what a contribution must be able to show, and when it may be changed."""

from fractions import Fraction

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.governance.pricing import PricingMemo
from mutualaid_core.domain.scheme.period import Period
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money, Rounding, round_fen
from mutualaid_core.domain.values.ratio import Ratio


@implements("ACFTU-3.2d")
def benefit_ratio(memo: PricingMemo) -> Fraction:
    """Expected benefits as a share of the contributions; it may be above 1.

    Clause:
        ACFTU-3.2d
    """
    return Fraction(memo.benefits.fen, memo.lives * memo.contribution.fen)


def _percent(share: Fraction) -> str:
    """In per cent with one decimal, rounded half up, for people."""
    tenths = (share * 1000 + Fraction(1, 2)).__floor__()
    return f"{tenths // 10}.{tenths % 10} %"


@implements("ACFTU-3.2d")
def pricing_faults(memo: PricingMemo | None, version: SchemeVersion) -> tuple[Fault, ...]:
    """Why a version may not be published; empty where a memo of its own keeps to the band.

    Args:
        memo: The memo; ``None`` where there is none.
        version: The version.

    Clause:
        ACFTU-3.2d
    """
    subject = version.version_id
    if memo is None:
        return (_of(subject, "must have a pricing memo", "none"),)
    faults = []
    if (memo.scheme_id, memo.version_id) != (version.scheme_id, version.version_id):
        found = f"that of {memo.scheme_id} {memo.version_id}"
        faults.append(_of(subject, "must have a pricing memo of its own", found))
    amounts = sorted({rate.amount for rate in version.dues.rates})
    if memo.contribution not in amounts:
        rule = f"must price one of its contributions: {', '.join(map(str, amounts))}"
        faults.append(_of(subject, rule, str(memo.contribution)))
    share, band = benefit_ratio(memo), memo.band
    if not _fraction(band.low) <= share <= _fraction(band.high):
        rule = f"must expect benefits of {band.low} to {band.high} of the contribution"
        faults.append(_of(subject, rule, _percent(share)))
    return tuple(faults)


def _fraction(ratio: Ratio) -> Fraction:
    return Fraction(ratio.numerator, ratio.denominator)


def _of(subject: str, rule: str, found: str, clause: str = "ACFTU-3.2d") -> Fault:
    return Fault(subject=subject, rule=rule, found=found, clause=clause)


@implements("GD-2.3.2c")
def joiners_at_most(memo: PricingMemo) -> int | None:
    """Persons who would join at most, rounded down; ``None`` where nobody was asked.

    Clause:
        GD-2.3.2c
    """
    survey = memo.survey
    if survey is None:
        return None
    return survey.eligible * survey.willing.numerator // survey.willing.denominator


@implements("GD-2.3.2c")
def loaded_contributions(memo: PricingMemo, target: Ratio) -> tuple[tuple[Ratio, Money], ...]:
    """Contribution that is needed at each take-up, rounded up to the fen.

    The fewer join, the more of them are those who expect to need it.

    Args:
        memo: The memo with the relative risks.
        target: Share of the contribution that benefits are to take, above zero.

    Clause:
        GD-2.3.2c
    """
    return tuple((risk.take_up, _needed(memo, risk.percent, target)) for risk in memo.risks)


def _needed(memo: PricingMemo, percent: int, target: Ratio) -> Money:
    above = memo.benefits.fen * percent * target.denominator
    return Money(round_fen(above, memo.lives * 100 * target.numerator, Rounding.UP))


@implements("HN-4.3.4d")
def changes_contribution(version: SchemeVersion, before: SchemeVersion) -> bool:
    """Whether two versions ask anything else of anybody; where a rate is printed does not matter.

    Args:
        version: The later version.
        before: The version before it.

    Clause:
        HN-4.3.4d
    """
    return _asked(version) != _asked(before)


@implements("HN-4.3.4d")
def version_before(version: SchemeVersion, published: tuple[SchemeVersion, ...]) -> SchemeVersion | None:
    """The version that a new one follows; ``None`` where it follows none, or is published already.

    Args:
        version: The version.
        published: Every published version of the scheme.

    Clause:
        HN-4.3.4d
    """
    if version.version_id in {each.version_id for each in published}:
        return None
    earlier = [each for each in published if each.first_day <= version.first_day]
    return max(earlier, key=lambda each: each.first_day, default=None)


def _asked(version: SchemeVersion) -> list[object]:
    return [(rate.part, rate.when, rate.amount) for rate in version.dues.rates]


@implements("HN-4.3.4d")
def adjustment_faults(
    version: SchemeVersion,
    before: SchemeVersion,
    periods: tuple[Period, ...],
    memo: PricingMemo | None,
) -> tuple[Fault, ...]:
    """Why a contribution may not be changed so; empty where it is not changed at all.

    A change comes with a new version, begins with a period and never inside one, and shows
    the experience on which it rests.

    Args:
        version: The version with the changed contribution.
        before: The version before it.
        periods: Every period of the scheme that is open or over.
        memo: Pricing memo of the change; ``None`` where there is none.

    Clause:
        HN-4.3.4d
    """
    if not changes_contribution(version, before):
        return ()
    faults = []
    subject, first = version.version_id, version.first_day
    if subject == before.version_id:
        faults.append(_of(subject, "must be a new version", subject, "HN-4.3.4d"))
    faults += [
        _of(subject, f"must not begin inside the period {each.period_id}", first.isoformat(), "HN-4.3.4d")
        for each in periods
        if first in each.cover and first != each.cover.first_day
    ]
    if first <= before.first_day:
        rule = f"must begin after {before.first_day.isoformat()}"
        faults.append(_of(subject, rule, first.isoformat(), "HN-4.3.4d"))
    if memo is None or memo.version_id != subject or not memo.experience:
        rule = "must come with a pricing memo of its own that shows experience"
        faults.append(_of(subject, rule, memo.memo_id if memo else "none", "HN-4.3.4d"))
    return tuple(faults)
