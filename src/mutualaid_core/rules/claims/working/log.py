"""Log (计算记录): takes note of each step of a computation as it is taken."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.base import AmountsBase, DaysBase, Unit
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import MarginalBands
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.domain.scheme.benefit.waiting import WaitingGrade
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.claims.accumulation import Earlier
from mutualaid_core.rules.claims.base import base_of, cost_known, payable_of
from mutualaid_core.rules.claims.facts import EventFacts
from mutualaid_core.rules.claims.limits import Cut, shares_of
from mutualaid_core.rules.claims.plan.steps import (
    Env,
    Marginal,
    MarginalByBand,
    Minimum,
    PlainPlan,
    Round,
)
from mutualaid_core.rules.claims.plan.terms import BenefitPlan
from mutualaid_core.rules.claims.working.steps import (
    AS_TOLD,
    Amounts,
    Facts,
    Moved,
    exact,
    fraction,
    outside_bands,
    place_of,
    told,
)

_CAPS: Final[Mapping[Per, Rule]] = MappingProxyType(
    {Per.CLAIM: Rule.CLAIM_CAP, Per.PERIOD: Rule.PERIOD_CAP, Per.LIFETIME: Rule.LIFETIME_CAP}
)
_BASE_CLAUSES: Final = ("HN-4.2.1d", "HN-4.2.1e", "HN-4.2.1f")
_DEDUCTIBLE: Final = ("HN-4.4.2a",)
_TIERS: Final = ("HN-4.4.2c",)
_ONE_STAY: Final = ("HN-4.4.3b",)
_CAP: Final = ("HN-4.4.3c",)
_PAYERS: Final = (
    ("expense", "medfee_sumamt"),
    ("funds", "fund_pay_sumamt"),
    ("hospital", "hosp_part_amt"),
)
_FROM_OTHER_UNITS: Final = frozenset({Rule.PER_DAY, Rule.FIXED_SUM, Rule.DAY_TABLE})


class Log:
    """Takes note of every step of a computation.

    Attributes:
        steps: The steps in the order in which they were taken.
    """

    def __init__(self) -> None:
        """Start without steps."""
        self.steps: list[TraceStep] = []

    def applies(self, plan: BenefitPlan) -> None:
        """A benefit fits the event."""
        terms = plan.terms
        facts = (
            ("benefit", terms.benefit_id),
            ("name", terms.name),
            ("event", terms.event.value),
            ("basis", terms.basis.value),
        )
        self._add(Rule.APPLIES, None, None, (), facts, plan.path, terms.base.source, ("HN-4.4.1",))

    def base(self, plan: BenefitPlan, base: int, facts: EventFacts, paid: Mapping[str, int]) -> None:
        """Where the steps start."""
        terms, path = plan.terms.base, f"{plan.path}.base"
        if isinstance(terms, AmountsBase):
            after, amounts = Money(base), _base_amounts(terms, facts, paid)
            self._add(Rule.BASE, None, after, amounts, (), path, terms.source, _BASE_CLAUSES)
        elif isinstance(terms, DaysBase):
            counted = AS_TOLD if "days" in facts.counts else terms.counted.value
            told: Facts = (("stay_days", str(base)), ("counted", counted))
            if plan.terms.accumulate.over is Over.CLAIM:
                told = (*told, *_payable(terms, base))
            self._add(Rule.DAYS, None, None, (), told, path, terms.source, ("HN-4.2.1b",))
        else:
            self._add(Rule.EVENT, None, None, (), (("times", "1"),), path, terms.source, ("HN-4.2.1b",))

    def waiting(self, plan: BenefitPlan, grade: WaitingGrade, facts: EventFacts, result: int) -> None:
        """The event lies in the waiting period."""
        waiting = plan.terms.waiting
        told: Facts = (
            ("cover_day", str(facts.count("cover_day") - (not waiting.first_day_counts))),
            ("through_day", str(grade.through_day)),
            ("times_shares", "yes" if grade.times_shares else "no"),
        )
        if grade.times_shares:
            told = (*told, ("shares", str(shares_of(plan, facts))))
        amounts = (("pays", grade.pays),)
        path = f"{plan.path}.waiting"
        self._add(Rule.WAITING, None, Money(result), amounts, told, path, waiting.source, ("HN-4.4.2b",))

    def accumulation(self, plan: BenefitPlan, earlier: Earlier, base: int) -> None:
        """Bases of earlier claims are added up with this one."""
        terms = plan.terms.accumulate
        whole = str(earlier.base + base)
        told: Facts = (
            ("over", terms.over.value),
            ("base", str(base)),
            ("earlier", str(earlier.base)),
            ("sum", whole),
            ("unit", plan.terms.base.unit.value),
        )
        if isinstance(plan.terms.base, DaysBase):
            told = (*told, *_payable(plan.terms.base, earlier.base + base))
        path = f"{plan.path}.accumulate"
        self._add(Rule.ACCUMULATION, None, None, (), told, path, terms.source, _ONE_STAY)

    def less_earlier(self, plan: BenefitPlan, earlier: Earlier, whole: int, result: int) -> None:
        """What earlier claims came to is taken off."""
        terms, amounts = plan.terms.accumulate, (("earlier", Money(earlier.result)),)
        path = f"{plan.path}.accumulate"
        before, after = Money(whole), Money(result)
        self._add(Rule.LESS_EARLIER, before, after, amounts, (), path, terms.source, _ONE_STAY)

    def step(  # noqa: PLR0913, PLR0917  # the step with what came in and went out
        self, plan: BenefitPlan, step: PlainPlan, before: int, taken: int, after: int, env: Env
    ) -> None:
        """A step was taken."""
        if isinstance(step, Marginal | MarginalByBand):
            self._bands(plan, step, before, taken, env)
            return
        if isinstance(step, Round):
            self._rounding(step, before, taken, after)
            return
        if isinstance(step, Minimum) and after == before * step.lift:
            return
        terms = step.origin.step
        assert terms is not None  # only a rounding has none
        moved = Moved(plan=plan, env=env, before=before, taken=taken, after=after, given=step.origin.given)
        words = told(terms, moved)
        outgoing = None if words.in_days else Money(after // moved.given)
        incoming = None if words.rule in _FROM_OTHER_UNITS else Money(before // taken)
        facts = (*words.facts, *moved.exact) if outgoing is not None else words.facts
        clauses = _DEDUCTIBLE if words.rule is Rule.DEDUCTIBLE else _TIERS
        place, source = place_of(plan, step.origin, env.facts), step.origin.source
        facts = (*facts, *place.facts)
        self._add(words.rule, incoming, outgoing, words.amounts, facts, place.path, source, clauses)

    def _bands(self, plan: BenefitPlan, step: Marginal, before: int, taken: int, env: Env) -> None:
        """A step for each band that the amount reaches, and one for what lies in no band."""
        terms, origin = step.origin.step, step.origin
        assert isinstance(terms, MarginalBands)  # the plan of marginal bands is made of them
        place = place_of(plan, origin, env.facts)
        parts = step.parts(before)
        given = 1 if step.rounding is not None else step.taken
        for number, (band, part) in enumerate(zip(terms.bands, parts, strict=True)):
            upper = None if band.up_to is None else band.up_to.fen * taken
            width = (before if upper is None else min(before, upper)) - step.edges[number]
            if width <= 0:
                break
            amounts: Amounts = (("above", band.above),)
            if band.up_to is not None:
                amounts = (*amounts, ("up_to", band.up_to))
            if band.most is not None:
                amounts = (*amounts, ("most", band.most))
            facts = (
                ("ratio", str(band.ratio)),
                *exact("exact_fen", part, given),
                *exact("exact_before", width, taken),
                *place.facts,
            )
            path, after = place.within(f"bands[{number}]"), Money(part // given)
            self._add(Rule.BAND, Money(width // taken), after, amounts, facts, path, origin.source, _TIERS)
        outside = outside_bands(terms, before, taken)
        if outside:
            summed = sum(parts)
            facts = (*exact("exact_before", before, taken), *exact("exact_fen", summed, given), *place.facts)
            incoming, after = Money(before // taken), Money(summed // given)
            self._add(Rule.BANDS, incoming, after, outside, facts, place.path, origin.source, _TIERS)

    def _rounding(self, step: Round, before: int, taken: int, after: int) -> None:
        rule, origin = step.rule, step.origin
        facts: Facts = (
            ("mode", rule.mode.value),
            ("place", rule.place.value),
            ("exact_fen", fraction(before, taken)),
        )
        if rule.unit.fen > 1:
            facts = (*facts, ("unit_fen", str(rule.unit.fen)))
        self._add(Rule.ROUNDING, None, Money(after), (), facts, origin.path, origin.source, _ONE_STAY)

    def indemnity(
        self, plan: BenefitPlan, result: int, bounded: int, facts: EventFacts, paid: Mapping[str, int]
    ) -> None:
        """The benefit was cut to what it may compensate."""
        amounts = _expense_amounts(plan, base_of(plan.terms.base, facts, paid), result, facts, paid)
        before, after = Money(result), Money(bounded)
        clauses = ("ACFTU-3.2a",)
        self._add(Rule.INDEMNITY, before, after, amounts, (), plan.path, "ACFTU-3.2a", clauses)

    def limit(self, cut: Cut) -> None:
        """A limit was looked at."""
        limit, path = cut.limit.limit, cut.limit.path
        if isinstance(limit, AmountLimit):
            left = max(cut.most - cut.used, 0)
            spent = cut.after if cut.key is not None else 0
            amounts: Amounts = (
                ("cap", Money(cut.most)),
                ("granted", Money(cut.used)),
                ("left", Money(max(left - spent, 0))),
            )
            before, after = Money(cut.before), Money(cut.after)
            rule = _CAPS[limit.per]
            facts: Facts = (("excess", limit.excess.value),) if cut.after < cut.before else ()
            if limit.times_shares:
                amounts = (*amounts, ("per_share", limit.most))
                facts = (*facts, ("shares", str(cut.most // limit.most.fen)))
            self._add(rule, before, after, amounts, facts, path, limit.source, _CAP)
            return
        counted = (("most", str(cut.most)), ("used", str(cut.used)), ("per", limit.per.value))
        if cut.limit.counts_payments:
            before, after = Money(cut.before), Money(cut.after)
            self._add(Rule.PAYMENTS_LIMIT, before, after, (), counted, path, limit.source, _CAP)
        else:
            days = (("days", str(cut.before)), ("paid_days", str(cut.after)))
            self._add(Rule.DAYS_LIMIT, None, None, (), (*days, *counted), path, limit.source, _CAP)

    def _add(  # noqa: PLR0913, PLR0917  # one argument per attribute of a step
        self,
        rule: Rule,
        before: Money | None,
        after: Money | None,
        amounts: Amounts,
        facts: Facts,
        parameter: str,
        source: str,
        clauses: tuple[str, ...],
    ) -> None:
        self.steps.append(TraceStep.trusted(rule, before, after, amounts, facts, parameter, source, clauses))


def _base_amounts(terms: AmountsBase, facts: EventFacts, paid: Mapping[str, int]) -> Amounts:
    """Each amount that counts, and each that is subtracted and is not zero."""
    added = [(name, Money(facts.amount(name))) for name in terms.add]
    taken = [(f"-{name}", facts.amount(name)) for name in terms.subtract]
    taken += [(f"-benefit:{name}", paid.get(name, 0)) for name in terms.less_benefits]
    if terms.less_elsewhere:
        taken.append(("-elsewhere", facts.elsewhere))
    return (*added, *((name, Money(fen)) for name, fen in taken if fen))


def _payable(terms: DaysBase, days: int) -> Facts:
    """First day that counts, and the days from which the steps start."""
    return (("first_payable_day", str(terms.first_payable_day)), ("days", str(payable_of(terms, days))))


def _expense_amounts(
    plan: BenefitPlan, base: int, result: int, facts: EventFacts, paid: Mapping[str, int]
) -> Amounts:
    """Cost, payers and base, as far as they bound a benefit; what is known of a cost that is not told."""
    cost = facts.amounts.get("medfee_sumamt")
    amounts: list[tuple[str, int]] = []
    if cost is None:
        amounts = [("known_cost", cost_known(plan.terms.base, facts))]
    else:
        amounts = [(name, facts.amounts.get(field, 0)) for name, field in _PAYERS]
    if plan.terms.base.unit is Unit.MONEY and not plan.may_exceed_base and base < result:
        amounts.append(("base", base))
    others = (("elsewhere", facts.elsewhere), ("benefits", sum(paid.values())))
    amounts += [(name, fen) for name, fen in others if fen]
    return tuple((name, Money(fen)) for name, fen in amounts)
