"""Prior use (已用限额) of a file: what persons used of the limits before the claims at hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from mutualaid_core.domain.scheme.benefit.base import Unit
from mutualaid_core.domain.scheme.benefit.terms import Over
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.claims.columns import as_used, prior_columns
from mutualaid_core.intake.claims.persons import person_column
from mutualaid_core.intake.claims.sheet import DAMAGED, Sheet, read_sheet
from mutualaid_core.intake.claims.terms import SchemeTerms, together
from mutualaid_core.intake.damage import shown_figures
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.intake.structure import did_you_mean
from mutualaid_core.intake.table import Row
from mutualaid_core.rules.claims.counters import Counters, counters_beside, lasts
from mutualaid_core.rules.claims.plan.terms import BenefitPlan

_GROUP = ("base", "result", "paid", "ended")


@attrs.frozen(kw_only=True)
class Known:
    """The counters of a scheme.

    Attributes:
        whole: Those that run for everything together, and whether bases are counted in days.
        worded: Those that run for each word of a code, named without it, and the same.
        words: The words that may end each of these, in any version; an empty list takes any.
    """

    whole: Mapping[str, bool]
    worded: Mapping[str, bool]
    words: Mapping[str, tuple[str, ...]]

    @property
    def names(self) -> tuple[str, ...]:
        """How each is written."""
        return (*self.whole, *(f"{name}/…" for name in self.worded))

    def in_days(self, counter: str) -> bool | None:
        """Whether bases of a counter are counted in days; ``None`` for a counter that is none."""
        if counter in self.whole:
            return self.whole[counter]
        named, _, word = counter.rpartition("/")
        listed = self.words.get(named, ())
        return self.worded.get(named) if word and (not listed or word in listed) else None


def known_counters(scheme: SchemeTerms) -> Known:
    """The counters that the versions of a scheme have."""
    whole: dict[str, bool] = {}
    worded: dict[str, bool] = {}
    for terms in scheme.versions:
        for plan in terms.plan.benefits:
            in_days = plan.terms.base.unit is Unit.DAYS
            for limit in (*plan.days_limits, *plan.limits):
                if limit.counter is not None:
                    (whole if limit.limit.each is None else worded)[limit.counter] = in_days
            _add_sums(plan, whole, worded, in_days=in_days)
    return Known(whole=whole, worded=worded, words=_words(scheme))


def _words(scheme: SchemeTerms) -> dict[str, tuple[str, ...]]:
    """The words that may end each counter that runs for each word."""
    facts: dict[str, list[str]] = {}
    for plan in (plan for terms in scheme.versions for plan in terms.plan.benefits):
        for limit in (*plan.days_limits, *plan.limits):
            if limit.counter is not None and limit.limit.each is not None:
                facts.setdefault(limit.counter, []).append(limit.limit.each)
        if plan.terms.accumulate.cause is not None:
            for part in _GROUP:
                name = f"cause-{part}/{plan.terms.benefit_id}/lifetime"
                facts.setdefault(name, []).append(plan.terms.accumulate.cause)
    told = together((scheme,))
    lists = {name: [told.words(fact) for fact in own] for name, own in facts.items()}
    return {
        name: tuple(word for words in own for word in words) if all(own) else ()
        for name, own in lists.items()
    }


def _add_sums(plan: BenefitPlan, whole: dict[str, bool], worded: dict[str, bool], *, in_days: bool) -> None:
    name, over = plan.terms.benefit_id, plan.terms.accumulate.over
    if over is Over.PERIOD:
        whole |= {f"{part}/{name}/period": in_days for part in ("base", "result")}
    elif over is Over.SAME_CAUSE:
        worded |= {f"cause-{part}/{name}/lifetime": in_days for part in _GROUP}


def read_prior(
    path: Path, schemes: tuple[SchemeTerms, ...], periods: Mapping[str, frozenset[str]], person: str
) -> tuple[dict[str, Counters], Sheet]:
    """What was used before of each scheme, and the file, whose sheet takes its problems.

    Args:
        path: The file.
        schemes: The schemes.
        periods: Ids of the periods of each scheme.
        person: Column by which the claims name persons.
    """
    sheet = read_sheet(path, prior_columns(tuple(scheme.scheme_id for scheme in schemes)), {})
    person_column(sheet, person)
    for name in (*(("scheme_id",) if len(schemes) > 1 else ()), "counter", "used"):
        if sheet.given and name not in sheet.given:
            sheet.log.add(1, name, Trouble.MISSING_COLUMN)
    known = {scheme.scheme_id: known_counters(scheme) for scheme in schemes}
    found = {scheme.scheme_id: Counters() for scheme in schemes}
    first: dict[tuple[str, str, str, str], int] = {}
    for row in sheet.rows:
        own = _own(sheet, row, person, tuple(found))
        if own is None:
            continue
        scheme_id, who, counter = own
        in_days = known[scheme_id].in_days(counter)
        if in_days is None:
            hint = did_you_mean(counter, known[scheme_id].names)
            sheet.log.add(row.number, "counter", Trouble.UNKNOWN_COUNTER, "", hint)
            continue
        period = _period(sheet, row, counter, periods[scheme_id])
        used = _used(sheet, row, counter, in_days=in_days)
        if period is None or used is None:
            continue
        key = (scheme_id, who, period, counter)
        before = first.setdefault(key, row.number)
        if before != row.number:
            sheet.log.add(row.number, "counter", Trouble.DOUBLED_ROW, "", f"see row {before}")
        else:
            found[scheme_id].add(who, period, {counter: used})
    _note_halves(sheet, first)
    return found, sheet


def _note_halves(sheet: Sheet, rows: Mapping[tuple[str, str, str, str], int]) -> None:
    """Note what earlier claims came to without what it came of, and the other way round."""
    for (*own, counter), number in rows.items():
        for other in counters_beside(counter):
            if (*own, other) not in rows:
                name = other.partition("/")[0]
                sheet.log.add(number, "counter", Trouble.VALUE, "", f"must stand with a row of {name}")


def _own(sheet: Sheet, row: Row, person: str, schemes: tuple[str, ...]) -> tuple[str, str, str] | None:
    """Scheme, person and counter of a row; ``None`` where it does not say, which is noted."""
    values: dict[str, Any] = dict(row.values)
    if len(schemes) == 1:
        values.setdefault("scheme_id", schemes[0])
    whole = True
    for name in ("scheme_id", person, "counter"):
        if name not in values:
            whole = False
            if name in sheet.given:
                sheet.log.add(row.number, name, Trouble.BLANK)
        elif values[name] is DAMAGED:
            whole = False
    return (values["scheme_id"], values[person], values["counter"]) if whole else None


def _period(sheet: Sheet, row: Row, counter: str, periods: frozenset[str]) -> str | None:
    """The period of a row, empty for a counter over a lifetime; ``None`` where it is wrong."""
    period: Any = row.values.get("period_id", "")
    if period is DAMAGED:
        return None
    if lasts(counter):
        if not period:
            return ""
        detail = "must be blank for a counter over a lifetime"
        sheet.log.add(row.number, "period_id", Trouble.VALUE, "", detail)
        return None
    if period in periods:
        return str(period)
    if not period:
        trouble = Trouble.BLANK if "period_id" in sheet.given else Trouble.MISSING_COLUMN
        sheet.log.add(row.number, "period_id", trouble)
    else:
        hint = did_you_mean(str(period), periods)
        sheet.log.add(
            row.number, "period_id", Trouble.VALUE, "", "no such period" + (f"; {hint}" if hint else "")
        )
    return None


def _used(sheet: Sheet, row: Row, counter: str, *, in_days: bool) -> int | None:
    cell = row.values.get("used")
    if cell is None:
        if "used" in sheet.given:
            sheet.log.add(row.number, "used", Trouble.BLANK)
        return None
    if cell is DAMAGED:
        return None
    try:
        return int(as_used(counter, in_days=in_days)(cell))
    except InvalidValueError as error:
        sheet.log.add(row.number, "used", Trouble.VALUE, shown_figures(cell), error.rule)
        return None
