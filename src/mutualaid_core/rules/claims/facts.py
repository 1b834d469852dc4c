"""Facts of an event (事件事实): all that the benefits of a scheme may ask of it."""

import datetime
from collections.abc import Mapping
from typing import NoReturn

import attrs

from mutualaid_core.domain.scheme.benefit.terms import Benefit
from mutualaid_core.domain.scheme.facts import PERSONAL_FACTS, EventKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.scheme.fit import all_hold


@attrs.frozen(kw_only=True)
class EventFacts:
    """Facts of one event of one member.

    Attributes:
        event: Kind of the event.
        began: First day: admission, visit, diagnosis, accident or death.
        ended: Last day: discharge; the first day again for what has no length.
        amounts: Amounts in fen by their national or declared names.
        counts: Whole numbers by name.
        codes: Words by name.
        flags: Yes and no by name.
        parts: Parts of the scheme that the member holds.
        elsewhere: What other schemes paid for the event, in fen.
    """

    event: EventKind
    began: datetime.date
    ended: datetime.date
    amounts: Mapping[str, int] = attrs.field(factory=dict)
    counts: Mapping[str, int] = attrs.field(factory=dict)
    codes: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    flags: Mapping[str, bool] = attrs.field(factory=dict)
    parts: frozenset[str] = frozenset()
    elsewhere: int = 0

    def amount(self, name: str) -> int:
        """Fen of one amount.

        Raises:
            InvalidValueError: The facts do not say.
        """
        found = self.amounts.get(name)
        return found if found is not None else _missing(name)

    def count(self, name: str) -> int:
        """One whole number; one share where the facts say nothing of shares.

        Raises:
            InvalidValueError: The facts do not say.
        """
        found = self.counts.get(name)
        if found is None:
            return 1 if name == "shares" else _missing(name)
        return found

    def code(self, name: str) -> str:
        """One word.

        Raises:
            InvalidValueError: The facts do not say.
        """
        found = self.codes.get(name)
        return found if found is not None else _missing(name)

    def flag(self, name: str) -> bool:
        """Whether it is so.

        Raises:
            InvalidValueError: The facts do not say.
        """
        found = self.flags.get(name)
        return found if found is not None else _missing(name)

    def refuse(self, name: str) -> NoReturn:
        """Refuse a value for which the scheme has no class.

        Raises:
            InvalidValueError: Always.
        """
        found = self.codes.get(name, self.counts.get(name))
        shown = f"{len(str(found))} characters" if name in PERSONAL_FACTS else found
        raise InvalidValueError(name, "must be of a class that the scheme names", shown)


def fits(benefit: Benefit, facts: EventFacts) -> bool:
    """Whether an event is one of those for which the member's *benefit* is meant.

    Conditions are asked last: a member without the part need not tell its facts.

    Raises:
        InvalidValueError: The facts do not say what the benefit asks for.
    """
    is_held = benefit.part is None or benefit.part in facts.parts
    return benefit.event is facts.event and is_held and all_hold(benefit.when, facts)


def _missing(name: str) -> NoReturn:
    raise InvalidValueError(name, "must be given, for the scheme asks for it", None)
