"""Layers (政策层级): which policies hold on a day, what they ask together, and whether one loosens.

A chain of policies begins with the nearest one; each following one stands above the one before
it. A layer holds from its own day on, and as a layer above another only from the day on which
that one says so: events before it are judged without it.
"""

import datetime
import itertools
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import SUBJECTS, EffectivePolicy, Origin, Policy, rulings_of
from mutualaid_core.domain.scheme.policy.direction import Cite, Terms
from mutualaid_core.domain.scheme.policy.fund import AccountMap
from mutualaid_core.domain.values.identifiers import PolicyId
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.scheme.directions import binding, demand, is_loosened, value_text
from mutualaid_core.rules.scheme.gifts import gift_faults, gifts_together

Chain = tuple[Policy, ...]
Row = TypeVar("Row")

LAYERS_MAX: Final = 8
"""Nation, province, city, and some room; a longer chain is one that leads back to itself."""


@implements("ACFTU-18.1", "ACFTU-3.1c")
def policy_chain(
    policy: Policy, find: Callable[[PolicyId], Policy | None]
) -> tuple[Chain, tuple[Fault, ...]]:
    """*policy* with every policy above it, and why a layer is missing.

    Args:
        policy: The nearest policy.
        find: Answers a published policy, or ``None``.

    Clause:
        ACFTU-18.1, ACFTU-3.1c
    """
    chain = [policy]
    while chain[-1].extends is not None and len(chain) < LAYERS_MAX:
        wanted = chain[-1].extends.policy
        above = None if wanted in {each.policy_id for each in chain} else find(wanted)
        if above is None:
            return tuple(chain), (_missing(chain[-1], wanted),)
        chain.append(above)
    return tuple(chain), _open_end(chain[-1])


def _open_end(last: Policy) -> tuple[Fault, ...]:
    return () if last.extends is None else (_missing(last, last.extends.policy),)


def _missing(policy: Policy, wanted: PolicyId) -> Fault:
    rule = f"of {policy.policy_id} must be another policy, published first"
    return Fault(subject="extends.policy", rule=rule, found=wanted, clause="ACFTU-18.1")


def starts_of(chain: Chain) -> tuple[datetime.date, ...]:
    """First day on which each layer of *chain* holds under the nearest one, in the same order."""
    starts = [chain[0].valid_from]
    for lower, upper in itertools.pairwise(chain):
        told = lower.extends.from_day if lower.extends is not None else upper.valid_from
        starts.append(max(starts[-1], told, upper.valid_from))
    return tuple(starts)


@implements("ACFTU-18.1", "TXT-2")
def layers_on(chain: Chain, day: datetime.date) -> Chain:
    """The layers that judge an event of *day*, the nearest first.

    An event of 2015 in Hunan is judged by the guidance of 2013 alone, since the opinions of
    2018 stand above it only from 2018-09-12 on.

    Clause:
        ACFTU-18.1, TXT-2
    """
    return tuple(policy for policy, start in zip(chain, starts_of(chain), strict=True) if start <= day)


@implements("ACFTU-18.1", "ACFTU-3.1c")
def effective_policy(chain: Chain, day: datetime.date) -> EffectivePolicy:
    """What the layers of *chain* that hold on *day* ask together.

    A layer that says nothing of a parameter leaves it as it is. What loosens the layer above
    does not hold.

    Raises:
        InvalidValueError: Parameters of different layers contradict each other.

    Clause:
        ACFTU-18.1, ACFTU-3.1c
    """
    layers = layers_on(chain, day)
    origins: list[Origin] = []
    subjects = {name: _together(name, layers, origins) for name in SUBJECTS}
    documents = {each.id: each for layer in reversed(layers) for each in layer.documents}
    merged = attrs.evolve(
        chain[0],
        extends=None,
        documents=tuple(documents.values()),
        **subjects,  # type: ignore[arg-type]  # each is of the class of its subject
        subsidies=_nearest(tuple(layer.subsidies for layer in layers)),
        gifts=gifts_together(layers),
        account_maps=account_maps_of(layers),
    )
    return EffectivePolicy(
        day=day,
        policy_id=chain[0].policy_id,
        layers=tuple(layer.policy_id for layer in layers),
        policy=merged,
        origins=tuple(origins),
    )


@implements("ACFTU-18.1", "HN-5.2.2a")
def ruling_on(chain: Chain, day: datetime.date) -> EffectivePolicy:
    """What *chain* asks of a scheme below it on *day*: the one answer for every act and every query.

    The nearest policy holds for acts before its own first day too, for a scheme is prepared and
    its dues are collected before it begins. So its first day of collection binds money that comes
    earlier, whether or not another layer stands above it.

    Raises:
        InvalidValueError: Parameters of different layers contradict each other.

    Clause:
        ACFTU-18.1, HN-5.2.2a
    """
    return effective_policy(chain, max(day, chain[0].valid_from))


@implements("ACFTU-18.1", "HN-5.2.2a")
def terms_on(chain: Chain, day: datetime.date) -> Policy:
    """The parameters of ``ruling_on`` alone, for whoever cites no layer.

    A policy by itself always holds, so nothing is put together for it.

    Raises:
        InvalidValueError: Parameters of different layers contradict each other.

    Clause:
        ACFTU-18.1, HN-5.2.2a
    """
    return ruling_on(chain, day).policy if chain[1:] else chain[0]


def effective_if_sound(chain: Chain, day: datetime.date) -> EffectivePolicy | None:
    """As ``effective_policy``; ``None`` where the layers contradict each other.

    The contradiction is a fault of the chain, and told there.
    """
    try:
        return effective_policy(chain, day)
    except InvalidValueError:
        return None


def _together(subject: str, layers: Chain, origins: list[Origin]) -> Terms:
    """The terms of all layers on one subject; where each comes from is added to *origins*."""
    cls = SUBJECTS[subject]
    values: dict[str, object] = {}
    cites: list[Cite] = []
    for name in rulings_of(cls):
        held = _held(subject, name, layers)
        if held:
            values[name] = held[-1][1]
            own = [_origin(subject, name, layer) for layer in _setters(subject, name, held)]
            origins.extend(own)
            cites.append(Cite(field=name, source=own[-1].source))
    return cls(**values, cites=tuple(cites))  # type: ignore[arg-type]  # names and values are its own


def _held(subject: str, name: str, layers: Chain) -> list[tuple[Policy, object]]:
    """What holds of a parameter after each layer that sets it, from the highest down."""
    ruling = rulings_of(SUBJECTS[subject])[name]
    held: list[tuple[Policy, object]] = []
    for layer in reversed(layers):
        own = getattr(layer.subjects[subject], name)
        if own is not None:
            held.append((layer, binding(ruling, held[-1][1], own) if held else own))
    return held


def _setters(subject: str, name: str, held: list[tuple[Policy, object]]) -> list[Policy]:
    """The layers without which the parameter would not be what it is, the highest first."""
    last = held[-1][1]
    before: list[object] = [None, *(value for _, value in held[:-1])]
    moved = [layer for (layer, value), old in zip(held, before, strict=True) if value != old]
    own = getattr(moved[-1].subjects[subject], name)
    return [moved[-1]] if own == last else moved


def _origin(subject: str, name: str, layer: Policy) -> Origin:
    source = layer.subjects[subject].source_of(name)
    assert source is not None  # terms refuse a parameter without one
    own = getattr(layer.subjects[subject], name)
    return Origin(
        parameter=f"{subject}.{name}",
        policy_id=layer.policy_id,
        source=source,
        values=tuple(value_text(part) for part in (own if isinstance(own, tuple) else (own,))),
    )


def _nearest(rows: tuple[tuple[Row, ...], ...]) -> tuple[Row, ...]:
    return next((own for own in rows if own), ())


def account_maps_of(layers: Chain) -> tuple[AccountMap, ...]:
    """For each kind of spending, the maps of the nearest layer that has one."""
    found: dict[str, tuple[AccountMap, ...]] = {}
    for layer in layers:
        own = {each.spending for each in layer.account_maps}
        for spending in sorted(own - set(found)):
            found[spending] = tuple(each for each in layer.account_maps if each.spending == spending)
    return tuple(each for spending in sorted(found) for each in found[spending])


@implements("ACFTU-18.1", "HN-3.2.1a")
def chain_faults(chain: Chain) -> tuple[Fault, ...]:
    """Everything in which *chain* is not one: a layer that loosens, stands too early, or contradicts.

    Clause:
        ACFTU-18.1, HN-3.2.1a
    """
    rows = (*gift_faults(chain), *_map_faults(chain), *_subsidy_faults(chain))
    found = (*_start_faults(chain), *_loosenings(chain), *rows)
    try:
        effective_policy(chain, max(starts_of(chain)))
    except InvalidValueError as error:
        rule = f"{error.rule} with all layers of {chain[0].policy_id}"
        fault = Fault(subject=error.field, rule=rule, found=str(error.value), clause="ACFTU-18.1")
        return (*found, fault)
    return found


def _start_faults(chain: Chain) -> Iterator[Fault]:
    for lower, upper in itertools.pairwise(chain):
        if lower.extends is not None and lower.extends.from_day < upper.valid_from:
            rule = f"must be >= {upper.valid_from.isoformat()}, from when {upper.policy_id} holds"
            found = lower.extends.from_day.isoformat()
            yield Fault(subject="extends.from_day", rule=rule, found=found, clause="ACFTU-18.1")


def _loosenings(chain: Chain) -> Iterator[Fault]:
    """Every parameter that some layer loosens, by both values and where the upper one is printed."""
    for subject, cls in SUBJECTS.items():
        for name, ruling in rulings_of(cls).items():
            held: tuple[Policy, object] | None = None
            for layer in reversed(chain):
                own = getattr(layer.subjects[subject], name)
                if own is None:
                    continue
                if held is not None and is_loosened(ruling, held[1], own):
                    yield _loosening(subject, name, held[0], demand(ruling, held[1]), layer)
                    continue
                held = (layer, own if held is None else binding(ruling, held[1], own))


def _loosening(subject: str, name: str, upper: Policy, asked: str, lower: Policy) -> Fault:
    rule = f"{asked} ({upper.policy_id}, {upper.subjects[subject].source_of(name)})"
    found = f"{value_text(getattr(lower.subjects[subject], name))} in {lower.policy_id}"
    return Fault(subject=f"{subject}.{name}", rule=rule, found=found, clause="ACFTU-18.1")


def _map_faults(chain: Chain) -> Iterator[Fault]:
    """Two maps of one layer for the same spending on one day (SN-2.3.3)."""
    for layer in chain:
        maps = layer.account_maps
        for number, later in enumerate(maps):
            for earlier in maps[:number]:
                if earlier.spending == later.spending and _meet(earlier, later):
                    rule = f"must not hold on a day of {earlier.account}"
                    subject = f"account_maps[{number}]"
                    yield Fault(subject=subject, rule=rule, found=later.account, clause="SN-2.3.3")


def _meet(one: AccountMap, other: AccountMap) -> bool:
    last = datetime.date.max
    return one.first_day <= (other.last_day or last) and other.first_day <= (one.last_day or last)


def _subsidy_faults(chain: Chain) -> Iterator[Fault]:
    """Two subsidies of one layer for the same year (HN-4.6.3)."""
    for layer in chain:
        rows = sorted(layer.subsidies, key=lambda row: row.first_year)
        for earlier, later in itertools.pairwise(rows):
            if later.first_year <= earlier.last_year:
                rule = f"must begin after {earlier.last_year}"
                found = str(later.first_year)
                yield Fault(subject="subsidies", rule=rule, found=found, clause="HN-4.6.3")


@implements("ACFTU-18.1", "TXT-2")
def citation_faults(clause: str, chain: Chain, day: datetime.date) -> tuple[Fault, ...]:
    """Why a finding on an event of *day* may not cite *clause*; empty where it may.

    Only clauses of the documents whose layers judge that day may be cited: a finding on an
    event of 2015 in Hunan that cites the opinions of 2018 is an error.

    Clause:
        ACFTU-18.1, TXT-2
    """
    known = {layer.document for layer in layers_on(chain, day) if layer.document is not None}
    if clause.partition("-")[0] in known:
        return ()
    rule = f"must be of {' or '.join(sorted(known)) or 'a document'} in force on {day.isoformat()}"
    return (Fault(subject="clause", rule=rule, found=clause, clause="TXT-2"),)


def days_to_check(
    chain: Chain, first_day: datetime.date, last_day: datetime.date | None
) -> tuple[datetime.date, ...]:
    """The days from *first_day* to *last_day* on which other layers hold than on the day before.

    The first of them is *first_day*, or the first day of the nearest policy where that is later.
    """
    last = last_day or max(*starts_of(chain), first_day)
    begin = max(first_day, chain[0].valid_from)
    later = {start for start in starts_of(chain) if begin < start <= last}
    return (begin, *sorted(later))
