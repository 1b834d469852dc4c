"""Columns give what single claims give, to the fen, whatever the order, the block or the part."""

import sys
from collections.abc import Sequence
from random import Random
from typing import Final

import attrs
import numpy
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mutualaid_core.columnar import Result, adjudicate_lines, reasons_of
from mutualaid_core.columnar.tables.rows import periods_of, prior_of, tables_of
from mutualaid_core.rules.claims import lines as single
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.rules.claims.lines import Outcome
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.claims import ClaimFile, claim_files

CLAIMS_MAX: Final = 120
"""Drawing a scheme takes longer than drawing its claims, so that each scheme gets many."""

PAIRS_AN_EXAMPLE: Final = 25

APART: Final = 40
"""Between numbers of periods, so that few of them have covers."""


def by_columns(file: ClaimFile, lines: Sequence[ClaimLine], block: int = 100, threads: int = 1) -> Result:
    """What the evaluator on columns says of *lines*, in their order."""
    claims, covers, _ = tables_of(lines, file.covers)
    plan = compile_version(file.version)
    return adjudicate_lines(plan, claims, covers, breakdown=True, block=block, threads=threads)


def paid_by_id(file: ClaimFile) -> dict[str, int]:
    """What columns pay for each claim of the file."""
    ids = [line.claim_id for line in file.lines]
    return dict(zip(ids, by_columns(file, file.lines).paid.tolist(), strict=True))


def one_by_one(file: ClaimFile) -> dict[str, Outcome]:
    """What the evaluator of single claims says of the file."""
    return single.adjudicate_lines(compile_version(file.version), file.lines, file.covers, Counters())


def assert_equal(file: ClaimFile) -> None:
    """Amount and reasons of each claim, and each benefit of it, must be those of single claims."""
    expected = one_by_one(file)
    result = by_columns(file, file.lines)
    assert [expected[line.claim_id].amount for line in file.lines] == result.paid.tolist()
    assert result.reasons is not None
    told = [reasons_of(int(bits)) for bits in result.reasons]
    assert [expected[line.claim_id].reasons for line in file.lines] == told
    for columns in result.benefits:
        for place, line in enumerate(file.lines):
            award = expected[line.claim_id].award
            found = [] if award is None else award.lines
            mine = [each for each in found if each.benefit_id == columns.benefit_id]
            figures = (mine[0].base, mine[0].result, mine[0].amount) if mine else (0, 0, 0)
            assert figures == (columns.base[place], columns.result[place], columns.amount[place])
            assert bool(mine) == columns.fits[place]


def test_many_claims_come_to_what_single_claims_come_to() -> None:
    """At least 1,000 pairs of a version and a claim must agree, and 50,000 in the long run."""
    pairs: list[int] = []
    examples = settings.default.max_examples  # type: ignore[union-attr]  # a profile is loaded

    @settings(max_examples=examples * 3 // 2)
    @given(claim_files(claims_max=CLAIMS_MAX))
    def check(file: ClaimFile) -> None:
        assert_equal(file)
        pairs.append(len(file.lines))

    check()
    sys.stdout.write(f"{sum(pairs):,} pairs of a version and a claim, {len(pairs):,} versions\n")
    assert sum(pairs) >= PAIRS_AN_EXAMPLE * examples


@given(claim_files(claims_max=20))
def test_counters_stand_where_those_of_single_claims_stand(file: ClaimFile) -> None:
    """After each claim that was admitted, each counter must hold what single claims used of it."""
    plan, counters, by = compile_version(file.version), Counters(), file.version.open_points.use_order
    claims, covers, _ = tables_of(file.lines, file.covers)
    result = adjudicate_lines(plan, claims, covers, counters=True)
    places = {line.claim_id: place for place, line in enumerate(file.lines)}
    for line in sorted(file.lines, key=lambda line: (line.order_day(by), line.claim_id)):
        outcome = single.adjudicate_lines(plan, [line], file.covers, counters)[line.claim_id]
        if outcome.award is not None and outcome.cover is not None:
            used = counters.of(line.person_id, outcome.cover.period_id)
            told = standing(result, places[line.claim_id])
            assert {name: used.get(name, 0) for name in told} == told


def standing(result: Result, place: int) -> dict[str, int]:
    """What is used of each counter with one claim, by its whole key."""
    found = {}
    for column in result.counters.values():
        word = None if column.words is None else int(column.words.values[place])
        if word is None or column.words is None:
            found[column.counter] = int(column.used[place])
        elif word >= 0:
            found[f"{column.counter}/{column.words.words[word]}"] = int(column.used[place])
    return found


@given(claim_files(claims_max=8), st.randoms(use_true_random=False), st.integers(1, 4), st.integers(1, 3))
def test_order_blocks_and_threads_do_not_matter(
    file: ClaimFile, chance: Random, block: int, threads: int
) -> None:
    """Shuffled claims in blocks of any size, by any number of threads, must be paid the same."""
    mixed = list(file.lines)
    chance.shuffle(mixed)
    expected = paid_by_id(file)
    found = by_columns(file, mixed, block, threads).paid
    assert [expected[line.claim_id] for line in mixed] == found.tolist()


@given(claim_files(claims_max=8))
def test_parts_of_a_file_are_paid_as_the_whole(file: ClaimFile) -> None:
    """The claims of each person alone must be paid what they are paid in the whole file."""
    whole = paid_by_id(file)
    for person in file.covers:
        own = [line for line in file.lines if line.person_id == person]
        assert [whole[line.claim_id] for line in own] == by_columns(file, own).paid.tolist()


@given(claim_files(claims_max=8), st.integers(1, 7))
def test_what_was_used_before_counts(file: ClaimFile, early: int) -> None:
    """A file that is cut in time must be paid as the whole, if the second part knows the first."""
    plan, counters = compile_version(file.version), Counters()
    by = file.version.open_points.use_order
    ordered = sorted(file.lines, key=lambda line: (line.order_day(by), line.claim_id))
    assume(early < len(ordered))
    single.adjudicate_lines(plan, ordered[:early], file.covers, counters)
    claims, covers, persons = tables_of(ordered[early:], file.covers)
    prior = prior_of(counters.values, persons, periods_of(file.covers))
    expected = single.adjudicate_lines(plan, ordered[early:], file.covers, counters)
    found = adjudicate_lines(plan, claims, covers, prior)
    assert [each.amount for each in expected.values()] == found.paid.tolist()


@given(claim_files(claims_max=20), st.integers(1, 19))
def test_numbers_of_periods_do_not_matter(file: ClaimFile, early: int) -> None:
    """Periods that are numbered far apart must change no amount and no counter."""
    plan, counters = compile_version(file.version), Counters()
    by = file.version.open_points.use_order
    ordered = sorted(file.lines, key=lambda line: (line.order_day(by), line.claim_id))
    single.adjudicate_lines(plan, ordered[:early], file.covers, counters)
    claims, covers, persons = tables_of(ordered[early:], file.covers)
    prior = prior_of(counters.values, persons, periods_of(file.covers))
    apart = attrs.evolve(covers, period=covers.period * APART)
    early_apart = {
        key: used if used.period is None else attrs.evolve(used, period=used.period * APART)
        for key, used in prior.items()
    }
    plain = adjudicate_lines(plan, claims, covers, prior, counters=True)
    found = adjudicate_lines(plan, claims, apart, early_apart, counters=True)
    assert found.paid.tolist() == plain.paid.tolist()
    for key, column in plain.counters.items():
        assert found.counters[key].added.tolist() == column.added.tolist()
        paid = numpy.flatnonzero(plain.paid)
        assert found.counters[key].used[paid].tolist() == column.used[paid].tolist()


@given(claim_files(claims_max=1))
def test_a_file_without_claims_is_paid_nothing(file: ClaimFile) -> None:
    """No claims must give no amounts."""
    result = by_columns(file, ())
    assert (len(result.paid), [len(each.base) for each in result.benefits]) == (0, [0] * len(result.benefits))


@given(claim_files(claims_max=4))
def test_claims_without_any_cover_are_refused(file: ClaimFile) -> None:
    """Persons of whom no cover is known must be paid nothing."""
    claims, covers, _ = tables_of(file.lines, {})
    result = adjudicate_lines(compile_version(file.version), claims, covers)
    assert not result.paid.any()


@pytest.mark.parametrize("breakdown", [True, False])
@given(file=claim_files(claims_max=4))
def test_columns_are_not_changed(file: ClaimFile, *, breakdown: bool) -> None:
    """The columns of the caller must stay as they came."""
    claims, covers, _ = tables_of(file.lines, file.covers)
    for values in (*claims.amounts.values(), claims.person, claims.began, covers.first_day):
        values.setflags(write=False)
    before = {name: values.copy() for name, values in claims.amounts.items()}
    adjudicate_lines(compile_version(file.version), claims, covers, breakdown=breakdown)
    assert all(numpy.array_equal(before[name], values) for name, values in claims.amounts.items())
