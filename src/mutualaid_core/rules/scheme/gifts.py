"""Gifts of layers (各层赠送名额): what they allow together in a year, and whether a lower one allows more."""

import itertools
from collections.abc import Iterator

import attrs

from mutualaid_core.clauses import implements
from mutualaid_core.domain.governance.fault import Fault
from mutualaid_core.domain.scheme.policy import Policy, rulings_of
from mutualaid_core.domain.scheme.policy.fund import Gift
from mutualaid_core.rules.scheme.directions import binding, demand, is_loosened, value_text


@implements("SN-2.1.5", "ACFTU-18.1")
def gifts_together(layers: tuple[Policy, ...]) -> tuple[Gift, ...]:
    """What *layers* allow together, each year by itself: the stricter of what they say of it.

    A layer that says nothing of a year leaves it as it is.

    Args:
        layers: The nearest first.

    Clause:
        SN-2.1.5, ACFTU-18.1
    """
    held: dict[int, Gift] = {}
    for layer in reversed(layers):
        for own in layer.gifts:
            held[own.year] = _stricter(held[own.year], own) if own.year in held else own
    return tuple(held[year] for year in sorted(held))


def _stricter(upper: Gift, lower: Gift) -> Gift:
    both = {
        name: binding(ruling, getattr(upper, name), getattr(lower, name))
        for name, ruling in rulings_of(Gift).items()
    }
    return attrs.evolve(lower, **both)  # type: ignore[arg-type]  # names and values are its own


@implements("SN-2.1.5", "ACFTU-18.1")
def gift_faults(chain: tuple[Policy, ...]) -> tuple[Fault, ...]:
    """Every gift that some layer loosens, and every year that a layer names twice.

    The quota, the number of groups and the payer that an upper layer sets for a year bind the
    layers below it: these may give to fewer persons, never to more.

    Args:
        chain: The nearest first.

    Clause:
        SN-2.1.5, ACFTU-18.1
    """
    return (*_loosenings(chain), *_doubled(chain))


def _loosenings(chain: tuple[Policy, ...]) -> Iterator[Fault]:
    held: dict[tuple[int, str], tuple[Policy, Gift]] = {}
    for layer in reversed(chain):
        for number, own in enumerate(layer.gifts):
            for name, ruling in rulings_of(Gift).items():
                setter, upper = held.get((own.year, name), (layer, own))
                asked, told = getattr(upper, name), getattr(own, name)
                if setter is not layer and is_loosened(ruling, asked, told):
                    rule = f"{demand(ruling, asked)} ({setter.policy_id}, {upper.source})"
                    found = f"{value_text(told)} in {layer.policy_id}"
                    yield Fault(
                        subject=f"gifts[{number}].{name}", rule=rule, found=found, clause="ACFTU-18.1"
                    )
                else:
                    held[own.year, name] = (layer, own)


def _doubled(chain: tuple[Policy, ...]) -> Iterator[Fault]:
    for layer in chain:
        years = sorted(gift.year for gift in layer.gifts)
        for earlier, later in itertools.pairwise(years):
            if earlier == later:
                yield Fault(
                    subject="gifts", rule="must name each year once", found=str(later), clause="SN-2.1.5"
                )
