"""Effective policy (适用政策): what the layers in force on a day ask together, and who asks it."""

import datetime

import attrs

from mutualaid_core.clauses import CLAUSES
from mutualaid_core.domain.scheme.policy.direction import rulings_of
from mutualaid_core.domain.scheme.policy.layer import SUBJECTS, Policy
from mutualaid_core.domain.values.checks import checked, identifier, not_blank
from mutualaid_core.domain.values.identifiers import PolicyId


@attrs.frozen(kw_only=True, field_transformer=checked)
class Origin:
    """Where a parameter of the effective policy comes from.

    Attributes:
        parameter: Its path, such as ``benefit.deductible_max``.
        policy_id: The layer that set it.
        source: Clause, or a document of that layer.
        values: What that layer itself set, each part of a list by itself, as files write it.
    """

    parameter: str = attrs.field(validator=not_blank)
    policy_id: PolicyId = attrs.field(validator=identifier)
    source: str = attrs.field(validator=not_blank)
    values: tuple[str, ...]


@attrs.frozen(kw_only=True, field_transformer=checked)
class Citation:
    """What a message says of where a parameter comes from.

    Attributes:
        clause: The clause to cite.
        setter: The layer that asks it, as the end of a sentence; empty for the nearest one.
    """

    clause: str
    setter: str


@attrs.frozen(kw_only=True, field_transformer=checked)
class EffectivePolicy:
    """Effective policy (适用政策) on one day.

    Attributes:
        day: The day.
        policy_id: The nearest policy, whether in force on that day or not.
        layers: The layers in force, the nearest first.
        policy: Their parameters together.
        origins: Where each parameter that is set comes from; several for one to which layers add.

    Clause:
        ACFTU-18.1, ACFTU-3.1c
    """

    day: datetime.date
    policy_id: PolicyId
    layers: tuple[PolicyId, ...]
    policy: Policy
    origins: tuple[Origin, ...]

    def origins_of(self, parameter: str, part: str | None = None) -> tuple[Origin, ...]:
        """Where *parameter* comes from, the highest layer first; empty where all layers are silent.

        Args:
            parameter: Path, such as ``benefit.earlier_payers``.
            part: Only the layers that name this part of a list.
        """
        own = (each for each in self.origins if each.parameter == parameter)
        return tuple(each for each in own if part is None or part in each.values)

    def cited(self, parameter: str, part: str | None = None) -> Citation:
        """What to cite for *parameter*: the nearest layer that asks it, and its clause.

        A layer may rest on a document without clause ids; then the clause is that of a layer
        above which asks the same, or the one that knows the parameter.
        """
        origins = self.origins_of(parameter, part)
        clauses = [each.source for each in origins if each.source in CLAUSES]
        setters = [each.policy_id for each in origins]
        subject, _, name = parameter.partition(".")
        known = rulings_of(SUBJECTS[subject])[name].clause
        own = not setters or self.policy_id in setters
        return Citation(clause=clauses[-1] if clauses else known, setter="" if own else f" by {setters[-1]}")
