"""Money due from agencies: what they received less what they passed on or gave back, never below zero."""

from hypothesis import given
from hypothesis import strategies as st

from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.fund.account import Title
from mutualaid_core.domain.membership.paying.agency import AgencyCollection
from mutualaid_core.domain.values.money import ZERO, Money, total
from mutualaid_core.errors import MutualAidError
from mutualaid_core.services.verification import verify
from mutualaid_core.testing.acts.agencies import Agencies, agency
from mutualaid_core.testing.samples import dues, joiner, yuan
from mutualaid_core.testing.world import World, balance
from mutualaid_core.work import read_all

PERSONS = 4
AGENCIES = ("AG-1", "AG-2")
COLLECTIONS = st.tuples(
    st.just("collect"), st.integers(1, PERSONS), st.sampled_from(AGENCIES), st.sampled_from((50, 49))
)
PASSED = st.tuples(
    st.just("pass"), st.integers(1, PERSONS), st.sampled_from(AGENCIES), st.sampled_from((0, 10, 25, 50, 51))
)

BACK = st.tuples(st.just("back"), st.integers(1, PERSONS), st.just(""), st.just(50))


def acted(agencies: Agencies, number: int, step: tuple[str, int, str, int]) -> tuple[Money, Money, Money]:
    """What one random act made agencies receive, what it made them pass on, and what went back of it all."""
    what, person, own, amount = step
    try:
        if what == "collect":
            done = agencies.collect(dues(person), entry=f"R-{person}", agency_id=own, received=yuan(amount))
            return (done.booked if done.outcome is Outcome.PASS else ZERO), ZERO, ZERO
        if what == "back":
            back = agencies.give_back(person, entry=f"R-{person}", correction=f"C-{number}")
            return ZERO, ZERO, back.returned
        passed = agencies.pass_on((f"R-{person}", amount), entry=f"T-{number}", agency_id=own)
    except MutualAidError:
        return ZERO, ZERO, ZERO
    return ZERO, passed.booked, ZERO


def given_back(world: World) -> Money:
    """What of the corrections the agencies gave, by their collections."""
    return total(back.amount for each in read_all(world.store, AgencyCollection) for back in each.given_back)


@given(steps=st.lists(COLLECTIONS | PASSED | BACK, max_size=12))
def test_what_is_due_is_what_came_less_what_went(steps: list[tuple[str, int, str, int]]) -> None:
    """After any history the accounts, the collections and the findings must tell the same sum."""
    world = World()
    world.found()
    world.admit(PERSONS, PERSONS)
    world.enrol(*(joiner(number) for number in range(1, PERSONS + 1)))
    agencies = Agencies(world)
    agencies.put(*(agency(own) for own in AGENCIES))
    received = passed = back = ZERO
    for number, step in enumerate(steps):
        came, went, returned = acted(agencies, number, step)
        received, passed, back = received + came, passed + went, back + returned
        by_agency = given_back(world)
        assert balance(world.store, Title.AGENCY) == received - passed - by_agency >= ZERO
        assert balance(world.store, Title.BANK) == passed - (back - by_agency) >= ZERO
    due = total(each.due for each in read_all(world.store, AgencyCollection))
    assert due == total(each.amount for each in agencies.holding().dues) == balance(world.store, Title.AGENCY)
    assert verify(world.host).faults == ()
