"""Made-up claims and covers in columns, always the same for the same number of claims."""

import numpy

from million import rule
from mutualaid_core.columnar import Claims, Codes, Covers
from mutualaid_core.domain.scheme.facts import EventKind

LEVELS = ("1", "2", "3")


def covers_of(rng: numpy.random.Generator, members: int) -> Covers:
    """Covers: four in five members in the first period, most of them again, the others in the second."""
    first = rng.random(members) < 0.8
    second = ~first | (rng.random(members) < 0.7)
    late = numpy.where(rng.random(members) < 0.1, rng.integers(1, 200, members), 0)
    renewing = rng.random(members) < 0.3
    person = numpy.concatenate([numpy.flatnonzero(first), numpy.flatnonzero(second)])
    period = numpy.repeat(numpy.array([0, 1], numpy.int8), [first.sum(), second.sum()])
    start = numpy.where(period == 0, rule.FIRST + late[person], rule.SECOND + late[person] * ~first[person])
    new = numpy.where(period == 0, ~renewing[person], ~first[person])
    mixed = rng.permutation(len(person))
    return Covers(
        person=person[mixed],
        period=period[mixed],
        first_day=start[mixed].astype(numpy.int32),
        last_day=numpy.where(period == 0, rule.SECOND - 1, rule.END - 1)[mixed].astype(numpy.int32),
        flags={"first_time": new[mixed]},
    )


def made(count: int, seed: int = 2014) -> tuple[Claims, Covers, int]:
    """Claims in the order in which they arrive, one in ten of them of one person in a hundred."""
    rng = numpy.random.default_rng(seed)
    members = max(int(count / 1.3), 1)
    covers = covers_of(rng, members)
    person = rng.integers(0, members, count)
    heavy = rng.random(count) < 0.1
    person[heavy] = rng.integers(0, max(1, members // 100), int(heavy.sum()))
    began = rng.integers(rule.FIRST, rule.END, count).astype(numpy.int32)
    scope = numpy.minimum(numpy.exp(rng.normal(13.6, 1.25, count)), 3e8).astype(numpy.int64)
    basic = (scope * rng.uniform(0.45, 0.85, count)).astype(numpy.int64)
    extra = numpy.where(rng.random(count) < 0.3, rng.uniform(0.0, 0.3, count), 0.0)
    level = rng.choice(numpy.arange(3, dtype=numpy.int8), count, p=[0.2, 0.35, 0.45])
    claims = Claims(
        person=person,
        order=numpy.arange(count, dtype=numpy.int64),
        event=EventKind.INPATIENT_STAY,
        began=began,
        ended=began + (1 + rng.gamma(2.0, 5.0, count)).astype(numpy.int32),
        amounts={
            "inscp_scp_amt": scope,
            "hifp_pay": basic,
            "hifmi_pay": (scope * extra).astype(numpy.int64),
        },
        codes={"hosp_lv": Codes(values=level, words=LEVELS)},
    )
    return claims, covers, members
