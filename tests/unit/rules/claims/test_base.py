"""Self-borne base: what insurance and the funds before us left in scope."""

import attrs
import pytest

from mutualaid_core.domain.values.money import FEN_MAX, ZERO, Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.base import self_borne_base
from mutualaid_core.testing.samples import YUEYANG_2014, stay, yuan

BASE = YUEYANG_2014.base


def test_the_base_is_what_others_left_in_scope() -> None:
    """17,000 in scope less 11,000 and 1,000 paid before must leave 5,000 (HN-4.2.1e)."""
    settlement = stay(inscp_scp_amt=yuan(17_000), hifp_pay=yuan(11_000), hifob_pay=yuan(1_000))
    assert self_borne_base(settlement, BASE)[0] == yuan(5_000)


@pytest.mark.parametrize(
    "field", ["hifp_pay", "hifob_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "maf_pay", "oth_pay"]
)
def test_every_earlier_payer_counts(field: str) -> None:
    """A yuan more from any fund before us must leave a yuan less."""
    before = stay(5_000)
    more = attrs.evolve(before, **{field: before.amount(field) + yuan(1)})
    assert self_borne_base(more, BASE)[0] == yuan(4_999)


def test_the_base_is_never_below_nothing() -> None:
    """Funds that paid more than was in scope must leave nothing."""
    assert self_borne_base(stay(inscp_scp_amt=yuan(10_999)), BASE)[0] == ZERO


def test_contradictory_figures_do_not_overflow() -> None:
    """Payers who together claim more than the greatest amount must leave nothing, without an error."""
    most = Money(FEN_MAX)
    assert self_borne_base(stay(hifp_pay=most, maf_pay=most), BASE)[0] == ZERO


def test_the_step_shows_what_is_not_zero() -> None:
    """The step must show what counts, and each payer who paid something, marked as taken off."""
    assert self_borne_base(stay(5_000), BASE)[1].amounts == (
        ("inscp_scp_amt", yuan(16_000)),
        ("-hifp_pay", yuan(10_000)),
        ("-hifob_pay", yuan(1_000)),
    )


def test_a_base_of_strange_fields_is_refused() -> None:
    """A base that names a field which settlements do not have must be refused."""
    with pytest.raises(InvalidValueError, match="must be an amount of the settlement"):
        self_borne_base(stay(), attrs.evolve(BASE, add=("psn_name",)))
