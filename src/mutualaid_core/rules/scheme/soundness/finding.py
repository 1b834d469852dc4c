"""Findings (问题): what is unsound, where, and which names would have been right."""

import enum

import attrs

from mutualaid_core.domain.governance.fault import Fault


class Flaw(enum.Enum):
    """Kind of unsoundness (问题类型); the value names the clause that it offends.

    Each kind stands for one problem that a reader of files can be told.
    """

    UNKNOWN_FACT = ("unknown_fact", "ACFTU-2.4b")
    KIND_OF_FACT = ("kind_of_fact", "ACFTU-2.4b")
    UNKNOWN_WORD = ("unknown_word", "ACFTU-2.4b")
    FACT_OF_EVENT = ("fact_of_event", "ACFTU-2.4b")
    CLASSES = ("classes", "HN-4.4.2c")
    NEVER_HOLDS = ("never_holds", "ACFTU-2.4b")
    UNKNOWN_NAME = ("unknown_name", "ACFTU-3.1c")
    WRONG_REFERENCE = ("wrong_reference", "ACFTU-3.1c")
    DOUBLED_NAME = ("doubled_name", "ACFTU-3.1c")
    SHADOWED_FACT = ("shadowed_fact", "ACFTU-3.1c")
    UNUSED = ("unused", "ACFTU-3.1c")
    NO_EFFECT = ("no_effect", "ACFTU-3.1c")
    CONTRADICTING_AMOUNTS = ("contradicting_amounts", "HN-4.4.3c")
    COUNTED_TWICE = ("counted_twice", "HN-4.2.1e")
    COUNTER = ("counter", "HN-4.4.3c")
    PARTS = ("parts", "SN-2.2.3a")
    RATES = ("rates", "HN-4.3.4b")
    SHARES = ("shares", "HN-4.3.4c")
    OPEN_POINT = ("open_point", "HN-4.2.1d")
    TOO_LONG = ("too_long", "ACFTU-3.1c")
    NUMBERS = ("numbers", "ACFTU-2.4b")
    VERSIONS = ("versions", "ACFTU-4.3c")

    @property
    def clause(self) -> str:
        """Clause that it offends."""
        return self.value[1]


@attrs.frozen(kw_only=True)
class Finding:
    """One unsoundness.

    Attributes:
        flaw: What kind.
        path: Path of the parameter, for example ``benefits[0].steps[1].choices[0]``.
        rule: What is asked.
        found: What was found.
        known: Names that would be right, for whoever wants to suggest one.
    """

    flaw: Flaw
    path: str
    rule: str
    found: str
    known: tuple[str, ...] = ()

    @property
    def fault(self) -> Fault:
        """The same as a fault of the version."""
        return Fault(subject=self.path, rule=self.rule, found=self.found, clause=self.flaw.clause)
