"""How many claims a second the scalar evaluator decides, against the same rule written out by hand.

The hand-written rule knows this one scheme only and gives an amount; ours reads the scheme as
data and gives the amount with its trace. Both must agree to the fen on every claim.
"""

import random
import time
from pathlib import Path

import attrs

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.values.money import ZERO, Money
from mutualaid_core.intake.year_folder import read_year
from mutualaid_core.rules.claims.benefit import benefit_for_stay

FOLDER = Path(__file__).parents[1] / "examples" / "chengbu_2014"
CLAIMS, ROUNDS = 5_000, 5
BANDS = ((0, 500_000, 30), (500_000, 1_000_000, 35), (1_000_000, 2_000_000, 40), (2_000_000, 3_000_000, 45))


def by_hand(base: int) -> int:
    """The rule in plain integers, without cap: fen of benefit for fen of base."""
    hundredths = sum((min(base, top) - low) * percent for low, top, percent in BANDS if base > low)
    hundredths += max(base - 3_000_000, 0) * 50
    benefit = (hundredths + 50) // 100
    return max(benefit, min(5_000, base)) if 0 < base <= 500_000 and benefit else benefit


def stays(pattern: Settlement) -> list[Settlement]:
    """Stays with bases over all bands, from a fixed seed."""
    chance = random.Random(2014)  # noqa: S311  # repeatable test data, no secret
    made = []
    for _ in range(CLAIMS):
        base, paid = chance.randrange(6_000_000), chance.randrange(1, 10_000_000)
        whole = Money(base + paid)
        made.append(
            attrs.evolve(
                pattern,
                medfee_sumamt=whole,
                inscp_scp_amt=whole,
                hifp_pay=Money(paid),
                fund_pay_sumamt=Money(paid),
                psn_part_amt=Money(base),
            )
        )
    return made


def main() -> None:
    """Time both in turn, check that they agree, print claims a second and the ratio."""
    year = read_year(FOLDER)
    terms = attrs.evolve(year.founding.version.benefit, limits=())
    claims = stays(year.settlements[0])
    bases = [stay.psn_part_amt.fen for stay in claims]
    ours_best = hand_best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        amounts = [benefit_for_stay(stay, terms, ZERO).amount.fen for stay in claims]
        ours_best = min(ours_best, time.perf_counter() - started)
        started = time.perf_counter()
        expected = [by_hand(base) for base in bases]
        hand_best = min(hand_best, time.perf_counter() - started)
        if amounts != expected:
            message = "the two rules differ"
            raise SystemExit(message)
    print(f"with trace: {CLAIMS / ours_best:,.0f} claims/s; by hand, amount only: {CLAIMS / hand_best:,.0f}")
    print(f"ratio {ours_best / hand_best:.1f} (best of {ROUNDS} rounds, {CLAIMS} claims, equal to the fen)")


if __name__ == "__main__":
    main()
