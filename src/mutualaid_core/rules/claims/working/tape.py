"""Tape (复算纸带): what a replay holds while it goes from step to step, and how it reads a step."""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NoReturn

import attrs

from mutualaid_core.domain.claims.trace import Rule, TraceStep
from mutualaid_core.domain.scheme.benefit.rounding import RoundingPlace
from mutualaid_core.domain.values.money import Rounding, round_fen
from mutualaid_core.domain.values.ratio import parse_ratio
from mutualaid_core.errors import InvalidValueError

FIRST_FORM: Final = 1
"""The form of trace that knew one benefit, for a stay."""

_FRACTION: Final = re.compile(r"[0-9]{1,30}(/[1-9][0-9]{0,30})?", re.ASCII)
_COUNT: Final = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_MODES: Final[Mapping[str, Rounding]] = MappingProxyType({mode.value: mode for mode in Rounding})


@attrs.define(kw_only=True)
class Tape:
    """Where a replay stands (复算状态).

    Attributes:
        form: Form of the trace.
        steps: Its steps.
        at: Number of the present step.
        total: What the benefits that ended came to, in fen.
        value: Running quantity of the present benefit: fen, days or events; ``None`` before its base.
        base: Where that benefit started.
        payable: What may be the base of a minimum: the start, and what leading deductibles leave.
        bands: The table of bands that is being added up; ``None`` outside of one.
        has_bands: Whether the present benefit had a band.
        is_rounded: Whether it was rounded, or its waiting period gave a sum in place of all steps.
        refused: Whether the claim was not admitted.
        ended: Whether the step that ends a trace was taken.
    """

    form: int
    steps: tuple[TraceStep, ...]
    at: int = 0
    total: int = 0
    value: Fraction | None = None
    base: Fraction = Fraction(0)
    payable: frozenset[Fraction] = frozenset()
    bands: "Bands | None" = None
    has_bands: bool = False
    is_rounded: bool = False
    refused: bool = False
    ended: bool = False

    @property
    def step(self) -> TraceStep:
        """The present step."""
        return self.steps[self.at]

    def need(self, field: str, holds: object, rule: str, found: object) -> None:
        """Refuse the trace where something does not hold of the present step.

        Raises:
            InvalidValueError: It does not hold.
        """
        if not holds:
            self.refuse(field, rule, found)

    def refuse(self, field: str, rule: str, found: object) -> NoReturn:
        """Refuse the trace, naming the present step.

        Raises:
            InvalidValueError: Always.
        """
        place = f"steps[{self.at}].{field}"
        raise InvalidValueError(place, rule, found if isinstance(found, int) else str(found))

    def start(self, value: Fraction) -> None:
        """A benefit starts from *value*."""
        alone = self.value is None and not self.refused
        self.need("rule", alone, "must not start a benefit here", self.step.rule.value)
        self.value = self.base = value
        self.payable = frozenset({value})
        self.has_bands = self.is_rounded = False

    def running(self) -> Fraction:
        """The running quantity, which a base must have started."""
        if self.value is None:
            self.refuse("rule", "must come after a base", self.step.rule.value)
        return self.value

    def takes(self) -> Fraction:
        """The running quantity, which the step must say came in."""
        return said(self, "before", "exact_before", self.running())

    def gives(self, value: Fraction) -> None:
        """The running quantity becomes *value*, which the step must say went out."""
        self.value = said(self, "after", "exact_fen", value)

    def takes_days(self) -> int:
        """The running days, which the step must say came in."""
        same_as(self, "days", int(self.running()))
        return int(self.running())

    def gives_days(self, days: int) -> None:
        """The running days become *days*, which the step must say are paid."""
        same_as(self, "paid_days", days)
        self.value = Fraction(days)


@attrs.define(kw_only=True)
class Bands:
    """A table of bands while it is added up.

    Attributes:
        table: Path of its parameter.
        entered: Exact amount that came in.
        summed: Exact sum of the bands so far.
        reached: Upper edge of the last band; ``None`` for an open one.
    """

    table: str
    entered: Fraction
    summed: Fraction = Fraction(0)
    reached: Fraction | None = None


# ------------------------------------------------------- reading a step


def fact(tape: Tape, name: str) -> str:
    """A fact that the step must tell."""
    found = dict(tape.step.facts).get(name)
    if found is None:
        tape.refuse(name, "must be told", "nothing")
    return found


def fen(tape: Tape, name: str) -> Fraction:
    """An amount that the step must tell, in fen."""
    found = fen_or_none(tape, name)
    if found is None:
        tape.refuse(name, "must be told", "nothing")
    return found


def fen_or_none(tape: Tape, name: str) -> Fraction | None:
    """An amount in fen; ``None`` where the step does not tell it."""
    found = dict(tape.step.amounts).get(name)
    return None if found is None else Fraction(found.fen)


def count(tape: Tape, name: str) -> int:
    """A whole number that the step must tell."""
    found = fact(tape, name)
    tape.need(name, _COUNT.fullmatch(found), "must be a whole number", f"{len(found)} characters")
    return int(found)


def count_or_none(tape: Tape, name: str) -> int | None:
    """A whole number; ``None`` where the step does not tell it."""
    return count(tape, name) if name in dict(tape.step.facts) else None


def ratio(tape: Tape) -> Fraction:
    """The ratio of the step."""
    written = fact(tape, "ratio")
    try:
        found = parse_ratio(written)
    except InvalidValueError as error:
        tape.refuse("ratio", error.rule, f"{len(written)} characters")
    return Fraction(found.numerator, found.denominator)


def same_as(tape: Tape, name: str, wanted: int) -> None:
    """A whole number of the step must be *wanted*."""
    tape.need(name, count(tape, name) == wanted, f"must be {wanted}", count(tape, name))


def said(tape: Tape, name: str, exact_name: str, wanted: Fraction) -> Fraction:
    """*wanted*, which the step must say: whole fen in the step, a fraction as a fact beside.

    Args:
        tape: The replay.
        name: ``before`` or ``after``.
        exact_name: Name of the fact with the fraction.
        wanted: Fen as they follow.
    """
    whole = tape.step.before if name == "before" else tape.step.after
    shown = "nothing" if whole is None else str(whole)
    tape.need(name, whole is not None and whole.fen == wanted // 1, f"must be {_yuan(wanted)}", shown)
    if exact_name in dict(tape.step.facts) or wanted.denominator > 1:
        tape.need(exact_name, exact(tape, exact_name) == wanted, f"must be {wanted}", fact(tape, exact_name))
    return wanted


def exact(tape: Tape, name: str) -> Fraction:
    """An exact number of fen that the step must tell."""
    found = fact(tape, name)
    tape.need(name, _FRACTION.fullmatch(found), "must be a fraction", f"{len(found)} characters")
    return Fraction(found)


def _yuan(value: Fraction) -> str:
    whole = value // 1
    return f"{whole // 100}.{whole % 100:02d}"


def bounded(tape: Tape, value: Fraction, name: str) -> Fraction:
    """*value*, at most the amount of that name where the step tells one."""
    most = fen_or_none(tape, name)
    return value if most is None else min(value, most)


# ------------------------------------------------------------- rounding


def rounds_bands(tape: Tape) -> bool:
    """Whether the rounding that ends the present benefit rounds each band too."""
    ahead = _rounding_ahead(tape)
    return ahead is not None and ("place", RoundingPlace.EACH_BAND.value) in ahead.facts


def rounded(tape: Tape, value: Fraction) -> Fraction:
    """*value* to the unit, and in the mode, of the next rounding of the present benefit."""
    ahead = _rounding_ahead(tape)
    told = dict(() if ahead is None else ahead.facts)
    mode, unit = _MODES.get(told.get("mode", "")), told.get("unit_fen", "1")
    tape.need("mode", mode is not None, "must be a way of rounding", len(told.get("mode", "")))
    tape.need("unit_fen", _COUNT.fullmatch(unit) and int(unit) > 0, "must be fen above 0", len(unit))
    assert mode is not None  # refused above
    numerator, denominator = value.numerator, value.denominator * int(unit)
    return Fraction(round_fen(numerator, denominator, mode) * int(unit))


def _rounding_ahead(tape: Tape) -> TraceStep | None:
    for step in tape.steps[tape.at :]:
        if step.rule is Rule.APPLIES:
            return None
        if step.rule is Rule.ROUNDING:
            return step
    return None
