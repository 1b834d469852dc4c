"""陕工发〔2021〕10号 and the Guangdong speech of 2022: active workers, splits, layers, imports."""

import pytest

from mutualaid_core.domain.claims.claim import Claim
from mutualaid_core.domain.claims.reason import Outcome, Reason
from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.scheme.eligibility import Employment
from mutualaid_core.domain.values.money import ZERO, split_by_weights, total
from mutualaid_core.testing.samples import dues, joiner, stay, yuan
from mutualaid_core.testing.world import World
from mutualaid_core.work import read_all


@pytest.mark.clause("SN-1.5")
def test_who_has_retired_does_not_join(world: World) -> None:
    """A worker who is retired on the day of enrolment must be refused."""
    world.admit(1, 1)
    assert world.enrol(joiner(1, employment=Employment.RETIRED)).outcome is Outcome.REJECT


@pytest.mark.clause("SN-2.3.5b")
def test_fifty_split_by_three_adds_up(world: World) -> None:
    """50.00 by three must be 16.67, 16.67 and 16.66, and be booked."""
    parts = split_by_weights(yuan(50), (1, 1, 1))
    assert (parts, total(parts)) == ((yuan("16.67"), yuan("16.67"), yuan("16.66")), yuan(50))
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1, union="16.67", employer="16.67", member="16.66"))
    assert done.outcome is Outcome.PASS


@pytest.mark.clause("SN-2.3.5b")
def test_three_times_sixteen_sixty_seven_is_refused(world: World) -> None:
    """Three parts of 16.67 are 50.01 and must not be booked for 50.00."""
    world.admit(1, 1)
    world.enrol(joiner(1))
    done = world.remit(dues(1, union="16.67", employer="16.67", member="16.67"))
    assert (done.booked, done.faults[0].found) == (ZERO, "50.01")


@pytest.mark.clause("GD-1.2d")
def test_layers_above_the_total_are_held(joined: World) -> None:
    """A settlement whose layers pay a yuan more than the total must be held."""
    settlement = stay(8_000)
    done = joined.file(
        stay(
            8_000,
            oth_pay=settlement.psn_part_amt + yuan(1),
            fund_pay_sumamt=settlement.fund_pay_sumamt + settlement.psn_part_amt + yuan(1),
            psn_part_amt=ZERO,
            psn_cash_pay=ZERO,
        )
    )
    assert (done.outcome, done.reasons, done.benefit) == (Outcome.HOLD, (Reason.IDENTITIES_BROKEN,), ZERO)


@pytest.mark.clause("GD-2.3.3c")
def test_a_settlement_is_imported_once(joined: World) -> None:
    """The same settlement twice must leave one settlement and one claim."""
    for _ in range(2):
        joined.file(stay(8_000))
    assert [len(list(read_all(joined.store, cls))) for cls in (Settlement, Claim)] == [1, 1]


@pytest.mark.clause("GD-2.3.3c")
def test_another_amount_under_the_same_id_is_held(joined: World) -> None:
    """The same settlement id with another amount must be held."""
    joined.file(stay(8_000))
    done = joined.file(stay(8_001))
    assert (done.outcome, done.reasons) == (Outcome.HOLD, (Reason.SETTLEMENT_CONTRADICTED,))


@pytest.mark.clause("GD-2.3.3c")
def test_a_reversal_of_what_was_paid_is_held_for_a_person(joined: World) -> None:
    """A refund flag that comes after payment must be held, and not pay again."""
    joined.file(stay(8_000))
    joined.pay("S-1")
    assert joined.file(stay(8_000, refd_setl_flag=True)).outcome is Outcome.HOLD
