"""How many claims a second the evaluator of single claims computes, against one rule written by hand.

The hand-written rule knows the one scheme of the example only: base, bands, minimum, the cost and
the cap of each person in the order of the claims. Ours reads the scheme as data; measured are the
award alone, the award with its trace, and a whole line of a file with admission. All must agree to
the fen on every claim.
"""

import datetime
import random
import time
from pathlib import Path

from mutualaid_core.domain.scheme.facts import KNOWN_AMOUNTS, EventKind
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.rules.claims.award import award
from mutualaid_core.rules.claims.given.rows import ClaimLine, Cover
from mutualaid_core.rules.claims.lines import adjudicate_line, event_facts
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.claims.working.log import Log

SCHEME = Path(__file__).parents[1] / "examples" / "chengbu_2014" / "scheme.yaml"
CLAIMS, PERSONS, ROUNDS = 20_000, 15_000, 5
CAP = 5_000_000
BANDS = ((0, 500_000, 30), (500_000, 1_000_000, 35), (1_000_000, 2_000_000, 40), (2_000_000, 3_000_000, 45))
YEAR = DayRange(datetime.date(2014, 1, 1), datetime.date(2014, 12, 31))
PAYERS = ("hifp_pay", "hifob_pay", "cvlserv_pay", "hifes_pay", "hifmi_pay", "maf_pay", "oth_pay")


def by_hand(lines: list[ClaimLine]) -> list[int]:
    """The rule in plain integers for each line in turn."""
    used: dict[str, int] = {}
    paid = []
    for line in lines:
        amounts = line.amounts
        base = amounts["inscp_scp_amt"] - sum(amounts[payer] for payer in PAYERS)
        base = max(base, 0)
        hundredths = sum((min(base, top) - low) * percent for low, top, percent in BANDS if base > low)
        hundredths += max(base - 3_000_000, 0) * 50
        benefit = (hundredths + 50) // 100
        if hundredths > 0 and base <= 500_000:
            benefit = max(benefit, min(5_000, base))
        cost = amounts["medfee_sumamt"] - amounts["fund_pay_sumamt"] - amounts["hosp_part_amt"]
        granted = used.get(line.person_id, 0)
        benefit = min(benefit, base, max(cost, 0), CAP - granted)
        used[line.person_id] = granted + benefit
        paid.append(benefit)
    return paid


def claims() -> list[ClaimLine]:
    """Stays with bases over all bands, from a fixed seed."""
    chance = random.Random(2014)  # noqa: S311  # repeatable test data, no secret
    made = []
    for number in range(CLAIMS):
        base, paid = chance.randrange(6_000_000), chance.randrange(1, 10_000_000)
        told = {
            "medfee_sumamt": base + paid,
            "inscp_scp_amt": base + paid,
            "hifp_pay": paid,
            "fund_pay_sumamt": paid,
            "psn_part_amt": base,
            "psn_cash_pay": base,
        }
        made.append(
            ClaimLine(
                claim_id=f"C-{number:06}",
                person_id=f"P-{chance.randrange(PERSONS)}",
                event=EventKind.INPATIENT_STAY,
                began=datetime.date(2014, 3, 1),
                ended=datetime.date(2014, 3, 9),
                amounts={**dict.fromkeys(KNOWN_AMOUNTS, 0), **told},
                codes={"insutype": "310", "med_type": "21", "hosp_lv": "3"},
            )
        )
    return made


def awards(plan: Plan, lines: list[ClaimLine], *, with_trace: bool) -> list[int]:
    """The awards alone, each person's cap being used up."""
    used: dict[str, dict[str, int]] = {}
    paid = []
    cover = Cover(person_id="", period_id="2014", days=YEAR)
    facts = [event_facts(line, cover, plan.version) for line in lines]
    started = time.perf_counter()
    for line, told in zip(lines, facts, strict=True):
        own = used.setdefault(line.person_id, {})
        made = award(plan, told, own, Log() if with_trace else None)
        for key, added in made.uses.items():
            own[key] = own.get(key, 0) + added
        paid.append(made.amount)
    TIMES.append(time.perf_counter() - started)
    return paid


def whole_lines(plan: Plan, lines: list[ClaimLine]) -> list[int]:
    """Lines of a file with their admission."""
    used: dict[str, dict[str, int]] = {}
    paid = []
    started = time.perf_counter()
    for line in lines:
        own = used.setdefault(line.person_id, {})
        covers = (Cover(person_id=line.person_id, period_id="2014", days=YEAR),)
        outcome = adjudicate_line(plan, line, covers, own)
        for key, added in (outcome.award.uses if outcome.award else {}).items():
            own[key] = own.get(key, 0) + added
        paid.append(outcome.amount)
    TIMES.append(time.perf_counter() - started)
    return paid


def hand(lines: list[ClaimLine]) -> list[int]:
    """The rule by hand, timed."""
    started = time.perf_counter()
    paid = by_hand(lines)
    TIMES.append(time.perf_counter() - started)
    return paid


TIMES: list[float] = []
"""Seconds of the run that ended last; set-up is not counted."""


def main() -> None:
    """Time all in turn, check that they agree, print claims a second and ratios."""
    file, problems = read_scheme_file(SCHEME)
    if file is None:
        raise SystemExit("\n".join(map(str, problems)))
    plan, lines = compile_version(file.versions[0]), claims()
    contenders = {
        "by hand, amount only": lambda: hand(lines),
        "award": lambda: awards(plan, lines, with_trace=False),
        "award with trace": lambda: awards(plan, lines, with_trace=True),
        "whole line, with admission": lambda: whole_lines(plan, lines),
    }
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(ROUNDS):
        expected = contenders["by hand, amount only"]()
        for name, run in contenders.items():
            if run() != expected:
                message = f"{name}: not the amounts of the rule by hand"
                raise SystemExit(message)
            best[name] = min(best[name], TIMES[-1])
    for name, seconds in best.items():
        ratio = seconds / best["by hand, amount only"]
        print(f"{name:28} {CLAIMS / seconds:10,.0f} claims/s   {ratio:5.1f} times the rule by hand")
    print(f"(best of {ROUNDS} rounds, {CLAIMS} claims, equal to the fen)")


if __name__ == "__main__":
    main()
