"""The cap of a person and period holds through the real acts, in every order of claims."""

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.decision import Decision
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.values.money import Money, total
from mutualaid_core.testing.samples import FOUNDING, YUEYANG_2014, stay, version_with
from mutualaid_core.testing.strategies import money
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all

AMOUNTS = st.lists(money(0, 8_000_000), min_size=1, max_size=5)
CAPS = money(1, 6_000_000)
NO_CAP = Money(1_000_000_000)


def granted(cap: Money, bases: list[Money]) -> Money:
    """What one person is granted for these stays, filed in this order, under a cap."""
    limit = AmountLimit(most=cap, per=Per.PERIOD, source="HN-4.4.3c")
    version = version_with(attrs.evolve(YUEYANG_2014, limits=(limit,)))
    world = World(founding=attrs.evolve(FOUNDING, version=version))
    world.found()
    world.join(1)
    for number, base in enumerate(bases):
        world.file(stay(base, setl_id=f"S-{number}"))
    return total(decision.benefit for decision in read_all(world.store, Decision))


@settings(max_examples=settings().max_examples // 2)
@given(CAPS, AMOUNTS)
def test_the_cap_is_never_exceeded_and_never_left_unused(cap: Money, bases: list[Money]) -> None:
    """A person must be granted what the stays come to without a cap, up to the cap."""
    assert granted(cap, bases) == min(cap, granted(NO_CAP, bases))


@settings(max_examples=settings().max_examples // 2)
@given(CAPS, AMOUNTS, st.randoms(use_true_random=False))
def test_the_order_of_claims_does_not_matter(cap: Money, bases: list[Money], chance: object) -> None:
    """The same stays in another order must come to the same in all."""
    shuffled = list(bases)
    chance.shuffle(shuffled)
    assert granted(cap, bases) == granted(cap, shuffled)
