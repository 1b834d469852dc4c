"""Persons (指标对象): what the indicators know of a worker, and the pooling of small units."""

from collections import defaultdict
from collections.abc import Iterable

import attrs

from mutualaid_core.clauses import implements


@attrs.frozen(kw_only=True)
class Worker:
    """Worker on a roster (名册职工), without name, number and diagnosis (ACFTU-11.2c).

    Attributes:
        age: Age in years on the roster date.
        joins: Whether the worker joins.
        claimed: Whether the fund itself granted an earlier claim.
        parts: Parts of the scheme that the worker holds.
    """

    age: int
    joins: bool
    claimed: bool = False
    parts: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class UnitWorkers:
    """Workers of one unit (单位职工).

    Attributes:
        unit_id: Unit.
        industry: Industry by which small units are pooled.
        was_covered: Whether the unit had cover before; without it, earlier claims say nothing.
        workers: The workers.
    """

    unit_id: str
    industry: str
    was_covered: bool
    workers: tuple[Worker, ...]


@attrs.frozen(kw_only=True)
class Group:
    """Group that is judged (评判组): a unit, or small units of an industry.

    Attributes:
        name: The unit, or the industry.
        unit_ids: The units in it.
        was_covered: Whether all of them had cover before.
        workers: Their workers.
    """

    name: str
    unit_ids: tuple[str, ...]
    was_covered: bool
    workers: tuple[Worker, ...]


@implements("SN-2.2.2b")
def pooled(units: Iterable[UnitWorkers], persons_min: int) -> tuple[Group, ...]:
    """Units that are judged alone, in their order, then small ones pooled by industry.

    Args:
        units: The units.
        persons_min: Units with fewer workers are pooled.

    Clause:
        SN-2.2.2b
    """
    alone: list[Group] = []
    small: dict[str, list[UnitWorkers]] = defaultdict(list)
    for unit in units:
        if len(unit.workers) < persons_min:
            small[unit.industry].append(unit)
        else:
            alone.append(_group(unit.unit_id, [unit]))
    return (*alone, *(_group(industry, small[industry]) for industry in sorted(small)))


def _group(name: str, units: list[UnitWorkers]) -> Group:
    return Group(
        name=name,
        unit_ids=tuple(unit.unit_id for unit in units),
        was_covered=all(unit.was_covered for unit in units),
        workers=tuple(worker for unit in units for worker in unit.workers),
    )
