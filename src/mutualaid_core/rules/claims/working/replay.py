"""Replay (复算): a trace is computed again from its own steps, as an auditor does.

Nothing is asked of the scheme, the settlement or the counters: each step must follow from what it
says of itself, and must begin with what the step before it ended with. A figure that was changed
later does not follow.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from mutualaid_core.clauses import implements
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.claims.trace import Rule, Trace
from mutualaid_core.domain.scheme.benefit.limits import Excess
from mutualaid_core.domain.values.money import Money
from mutualaid_core.rules.claims.working.tape import (
    FIRST_FORM,
    Bands,
    Tape,
    bounded,
    count,
    count_or_none,
    exact,
    fact,
    fen,
    fen_or_none,
    ratio,
    rounded,
    rounds_bands,
    said,
    same_as,
)

_UNPAID: Final = frozenset({Outcome.REJECT.value, Outcome.HOLD.value})


@implements("ACFTU-2.4b", "ACFTU-14.2b")
def replay(trace: Trace) -> Money:
    """What the steps of *trace* come to, each computed again from what it says of itself.

    Args:
        trace: Trace of a decision, or of an award, in any form that is read.

    Returns:
        What is paid.

    Raises:
        InvalidValueError: A step does not follow; the first one that does not is named.

    Clause:
        ACFTU-2.4b, ACFTU-14.2b
    """
    tape = Tape(form=trace.form, steps=trace.steps)
    for number, step in enumerate(trace.steps):
        tape.at = number
        tape.need("rule", not tape.ended, "must not follow the benefit that ends the trace", step.rule.value)
        if step.rule not in {Rule.BAND, Rule.BANDS}:
            _close_bands(tape)
        _FOLLOW[step.rule](tape)
    _close_bands(tape)
    _close_benefit(tape)
    return Money(tape.total)


# ------------------------------------------------------------------ frame


def _nothing(_tape: Tape) -> None:
    """A step without a figure that the money hangs on."""


def _admission(tape: Tape) -> None:
    tape.refused = fact(tape, "result") == "refused"


def _applies(tape: Tape) -> None:
    """A benefit begins; what the one before it came to is added."""
    _close_benefit(tape)


def _close_benefit(tape: Tape) -> None:
    if tape.value is not None:
        whole = tape.is_rounded and tape.value.denominator == 1
        tape.need("rule", whole, "must round what is paid before it ends a benefit", tape.step.rule.value)
        tape.total += tape.value.numerator
    tape.value = None


def _benefit(tape: Tape) -> None:
    """The end of a decision: all benefits together, or nothing where the claim is refused or held."""
    _close_benefit(tape)
    if tape.refused or fact(tape, "outcome") in _UNPAID:
        tape.total = 0
    tape.gives(Fraction(tape.total))
    tape.value, tape.ended = None, True


# ------------------------------------------------------------------- base


def _base(tape: Tape) -> None:
    signed = (-amount.fen if name.startswith("-") else amount.fen for name, amount in tape.step.amounts)
    tape.start(Fraction(max(sum(signed), 0)))
    tape.gives(tape.base)


def _days(tape: Tape) -> None:
    tape.start(Fraction(count(tape, "stay_days")))
    _leave_first_days(tape)


def _leave_first_days(tape: Tape) -> None:
    """Days before the first payable one are the member's own, once for all that is added up."""
    if count_or_none(tape, "first_payable_day") is not None:
        days = max(int(tape.running()) - count(tape, "first_payable_day") + 1, 0)
        same_as(tape, "days", days)
        tape.value = Fraction(days)


def _event(tape: Tape) -> None:
    same_as(tape, "times", 1)
    tape.start(Fraction(1))


def _waiting(tape: Tape) -> None:
    """The sum of the grade stands in place of all that would follow from the base."""
    tape.running()
    day, last = count(tape, "cover_day"), count(tape, "through_day")
    tape.need("cover_day", day <= last, f"must be <= {last}", day)
    shares = count(tape, "shares") if fact(tape, "times_shares") == "yes" else 1
    tape.gives(fen(tape, "pays") * shares)
    tape.is_rounded = True


def _accumulation(tape: Tape) -> None:
    same_as(tape, "base", int(tape.running()))
    whole = count(tape, "base") + count(tape, "earlier")
    same_as(tape, "sum", whole)
    tape.value = Fraction(whole)
    tape.payable = frozenset({tape.value})
    _leave_first_days(tape)


def _less_earlier(tape: Tape) -> None:
    tape.gives(max(tape.takes() - fen(tape, "earlier"), Fraction(0)))


# ------------------------------------------------------------------ bands


def _band(tape: Tape) -> None:
    """One band: its slice of what came in, at its ratio; the bands follow one on the other."""
    table, lower = tape.step.parameter.rpartition(".bands[")[0] or tape.step.parameter, fen(tape, "above")
    if tape.bands is not None and tape.bands.table != table:
        _close_bands(tape)
    if tape.bands is None:
        tape.bands = Bands(table=table, entered=tape.running(), reached=lower)
    bands = tape.bands
    tape.need("above", lower == bands.reached, "must be where the band before it ends", lower)
    bands.reached = fen_or_none(tape, "up_to")
    width = (bands.entered if bands.reached is None else min(bands.entered, bands.reached)) - lower
    tape.need("above", width > 0, "must be below what comes in", lower)
    product = said(tape, "before", "exact_before", width) * ratio(tape)
    share = bounded(tape, product, "most")
    if rounds_bands(tape):
        share = rounded(tape, share)
    bands.summed += said(tape, "after", "exact_fen", share)
    tape.has_bands = True


def _close_bands(tape: Tape) -> None:
    """The bands are added up; what came in must lie in them to its end.

    Form 1 has no step for what lies above a closed last band.
    """
    bands, tape.bands = tape.bands, None
    if bands is None:
        return
    reaches = bands.reached is None or bands.entered <= bands.reached or tape.form == FIRST_FORM
    tape.need("rule", reaches, "must be a band, for the last one ends below the amount", tape.step.rule.value)
    tape.value = bands.summed


def _bands(tape: Tape) -> None:
    """What lies below all bands pays nothing, and what lies above a closed last one neither."""
    if tape.bands is not None and tape.bands.table != tape.step.parameter:
        _close_bands(tape)
    bands, tape.bands = tape.bands, None
    if bands is None:
        below = fen(tape, "below")
        tape.need("below", tape.takes() <= below, "must not be below what comes in", below)
        tape.gives(Fraction(0))
        return
    top = fen(tape, "top")
    tape.value = bands.entered
    tape.need("top", bands.reached == top < tape.takes(), "must be where the last band ends", top)
    tape.gives(bands.summed)


# ------------------------------------------------------------------ steps


def _deductible(tape: Tape) -> None:
    # Only what deductibles before any other step leave can be the base of a minimum.
    leads = tape.running() in tape.payable
    left = max(tape.takes() - fen(tape, "deductible"), Fraction(0))
    tape.gives(left)
    if leads:
        tape.payable |= {left}


def _slab(tape: Tape) -> None:
    value = tape.takes()
    tape.gives(bounded(tape, value * ratio(tape), "most") if _in_band(tape, value) else Fraction(0))


def _fixed_sum_by_band(tape: Tape) -> None:
    tape.gives(fen(tape, "sum") if _in_band(tape, tape.takes()) else Fraction(0))


def _in_band(tape: Tape, value: Fraction) -> bool:
    """Whether *value* lies in a band, which must be the one that the step names."""
    below = fen_or_none(tape, "below")
    if below is not None:
        tape.need("below", value <= below, "must not be below what comes in", str(below))
        return False
    up_to = fen_or_none(tape, "up_to")
    lies = value > fen(tape, "above") and (up_to is None or value <= up_to)
    tape.need("above", lies, "must be of the band in which the amount lies", str(tape.step.amount("above")))
    return True


def _share(tape: Tape) -> None:
    tape.gives(tape.takes() * ratio(tape))


def _upper_bound(tape: Tape) -> None:
    tape.gives(min(tape.takes(), fen(tape, "at_most")))


def _minimum(tape: Tape) -> None:
    value, base, raised = tape.takes(), fen(tape, "base"), fen(tape, "minimum")
    tape.need(
        "base", base in tape.payable, "must be what the deductibles leave", str(tape.step.amount("base"))
    )
    reach = fen_or_none(tape, "base_up_to")
    tape.need("base_up_to", reach is None or base <= reach, "must reach to the base", str(reach))
    if fact(tape, "may_exceed_base") != "yes":
        raised = min(raised, base)
    tape.gives(max(value, raised))


def _times_shares(tape: Tape) -> None:
    shares, held = count(tape, "shares"), count(tape, "held")
    tape.need("shares", shares <= held, f"must be <= {held}", shares)
    tape.gives(tape.takes() * shares)


def _rounding(tape: Tape) -> None:
    # Form 1 has no step for an amount that reaches no band, which pays nothing.
    if tape.form == FIRST_FORM and not tape.has_bands:
        tape.value = Fraction(0)
    value = tape.running()
    tape.need("exact_fen", exact(tape, "exact_fen") == value, f"must be {value}", fact(tape, "exact_fen"))
    tape.value, tape.is_rounded = rounded(tape, value), True
    told = tape.step.after
    found = "nothing" if told is None else str(told.fen)
    tape.need("after", told is not None and told.fen == tape.value, f"must be {tape.value} fen", found)


# ------------------------------------------------------------ days and sums


def _day_table(tape: Tape) -> None:
    days = tape.takes_days()
    first, last = count_or_none(tape, "first"), count_or_none(tape, "last")
    inside = days == 0 if first is None else first <= days and (last is None or days <= last)
    tape.need("first", inside, "must be of the row in which the days lie", str(first))
    pays, most = count_or_none(tape, "pays"), count_or_none(tape, "most")
    tape.gives_days(pays if pays is not None else days if most is None else min(days, most))


def _days_limit(tape: Tape) -> None:
    left = max(count(tape, "most") - count(tape, "used"), 0)
    tape.gives_days(min(tape.takes_days(), left))


def _per_day(tape: Tape) -> None:
    tape.gives(tape.takes_days() * fen(tape, "per_day"))


def _fixed_sum(tape: Tape) -> None:
    tape.gives(tape.running() * fen(tape, "sum"))


# ------------------------------------------------------------------ limits


def _indemnity(tape: Tape) -> None:
    """The least of the benefit, of its base, and of what the other payers leave of the cost."""
    value, base = tape.takes(), fen_or_none(tape, "base")
    others = sum((fen_or_none(tape, name) or Fraction(0) for name in ("elsewhere", "benefits")), Fraction(0))
    if base is not None:
        tape.need("base", base == tape.base, "must be the base of the benefit", str(base))
        value = min(value, base)
    cost = fen_or_none(tape, "expense")
    if cost is None:
        cost = fen(tape, "known_cost")
    else:
        cost -= fen(tape, "funds") + fen(tape, "hospital")
    left = max(cost, Fraction(0)) - others
    tape.gives(max(min(value, left), Fraction(0)))


def _cap(tape: Tape) -> None:
    if "per_share" in dict(tape.step.amounts):
        cap = fen(tape, "per_share") * count(tape, "shares")
        tape.need("cap", fen(tape, "cap") == cap, "must be the amount of a share times the shares", str(cap))
    value, room = tape.takes(), max(fen(tape, "cap") - fen(tape, "granted"), Fraction(0))
    refuses = ("excess", Excess.REFUSE.value) in tape.step.facts
    paid = Fraction(0) if refuses and value > room else min(value, room)
    tape.gives(paid)
    # A cap of one claim has no counter that the claim uses up.
    left = room if tape.step.rule is Rule.CLAIM_CAP else room - paid
    tape.need("left", fen(tape, "left") == left, f"must be {left} fen", str(tape.step.amount("left")))


def _payments_limit(tape: Tape) -> None:
    value = tape.takes()
    tape.gives(value if count(tape, "used") < count(tape, "most") else Fraction(0))


_FOLLOW: Final[Mapping[Rule, Callable[[Tape], None]]] = {
    Rule.PERIOD: _nothing,
    Rule.ADMISSION: _admission,
    Rule.APPLIES: _applies,
    Rule.WAITING: _waiting,
    Rule.BASE: _base,
    Rule.DAYS: _days,
    Rule.EVENT: _event,
    Rule.ACCUMULATION: _accumulation,
    Rule.DEDUCTIBLE: _deductible,
    Rule.BAND: _band,
    Rule.BANDS: _bands,
    Rule.SLAB: _slab,
    Rule.FIXED_SUM_BY_BAND: _fixed_sum_by_band,
    Rule.SHARE: _share,
    Rule.AT_MOST: _upper_bound,
    Rule.TIMES_SHARES: _times_shares,
    Rule.DAY_TABLE: _day_table,
    Rule.DAYS_LIMIT: _days_limit,
    Rule.PER_DAY: _per_day,
    Rule.FIXED_SUM: _fixed_sum,
    Rule.ROUNDING: _rounding,
    Rule.MINIMUM: _minimum,
    Rule.LESS_EARLIER: _less_earlier,
    Rule.INDEMNITY: _indemnity,
    Rule.CLAIM_CAP: _cap,
    Rule.PERIOD_CAP: _cap,
    Rule.LIFETIME_CAP: _cap,
    Rule.PAYMENTS_LIMIT: _payments_limit,
    Rule.BENEFIT: _benefit,
}
"""How each rule is computed again."""
