"""The cap of a person and period holds through the real acts, in every order of claims."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.scheme.benefit import PeriodCap
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.rules.claims.benefit import benefit_for_stay
from mutualaid_core.testing.samples import FOUNDING, VERSION, YUEYANG_2014, stay
from mutualaid_core.testing.strategies import money
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

AMOUNTS = st.lists(money(0, 8_000_000), min_size=1, max_size=5)
CAPS = money(1, 6_000_000)


def granted(cap: Money, bases: list[Money]) -> Money:
    """What one person is granted for these stays, filed in this order, under a cap."""
    terms = attrs.evolve(YUEYANG_2014, limits=(PeriodCap(amount=cap, source="HN-4.4.3c"),))
    world = World(founding=attrs.evolve(FOUNDING, version=attrs.evolve(VERSION, benefit=terms)))
    world.found()
    world.join(1)
    for number, base in enumerate(bases):
        world.file(stay(base, setl_id=f"S-{number}"))
    return total(decision.benefit for decision in read_all(world.store, Decision))


@settings(max_examples=settings().max_examples // 2)
@given(CAPS, AMOUNTS)
def test_the_cap_is_never_exceeded_and_never_left_unused(cap: Money, bases: list[Money]) -> None:
    """A person must be granted what the stays come to without a cap, up to the cap."""
    without = attrs.evolve(YUEYANG_2014, limits=())
    alone = total(benefit_for_stay(stay(base), without, ZERO).amount for base in bases)
    assert granted(cap, bases) == min(cap, alone)


@settings(max_examples=settings().max_examples // 2)
@given(CAPS, AMOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(cap: Money, bases: list[Money], chance: object) -> None:
    """The same stays in another order must come to the same in all."""
    shuffled = list(bases)
    chance.shuffle(shuffled)
    assert granted(cap, bases) == granted(cap, shuffled)
