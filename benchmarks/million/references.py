"""The same rule written by hand: NumPy, C, DuckDB and Polars, as one who knows only this rule would.

Each reference has ``prepare`` (not timed) and ``run`` (timed), which gives the paid fen in the
order of the claims.
"""

import ctypes
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy

from million import rule
from million.claims import made

BLOCK = 65_536
Array = Any  # columns of numpy


class Contender:
    """One way to compute the rule, and the claims for it."""

    def __init__(self, count: int) -> None:
        """Make the claims."""
        self.count = count
        self.claims, self.covers, self.members = made(count)
        self.prepare()

    def prepare(self) -> None:
        """Bring the claims into the form that this contender likes; not timed."""

    def run(self) -> Array:
        """Paid fen of each claim."""
        raise NotImplementedError

    def level(self) -> Array:
        """Level of the hospital as a number from 1."""
        return self.claims.codes["hosp_lv"].values + numpy.int8(1)

    def amounts(self) -> tuple[Array, ...]:
        """The three amounts of the rule."""
        return tuple(self.claims.amounts[name] for name in ("inscp_scp_amt", "hifp_pay", "hifmi_pay"))


def by_bands(scope: Array, basic: Array, extra: Array, level: Array) -> Array:
    """The rule for one claim by itself: base, deductible, bands, rounding, cap of a claim."""
    base = scope - basic
    base -= extra
    base -= rule.DEDUCTIBLE
    numpy.maximum(base, 0, out=base)
    edges = numpy.array(rule.EDGES, dtype=numpy.int64)
    shares = numpy.array([rule.BASIS_POINTS[each] for each in (1, 2, 3)], dtype=numpy.int64)
    below = numpy.zeros((3, 4), dtype=numpy.int64)
    below[:, 1:] = numpy.cumsum(numpy.diff(edges) * shares[:, :-1], axis=1)
    summand = below - edges * shares + 5000
    place = (base >= edges[1]).astype(numpy.int8)
    place += base >= edges[2]
    place += base >= edges[3]
    place += (level - 1) * numpy.int8(4)
    base *= shares.ravel()[place]
    base += summand.ravel()[place]
    quotient = base.astype(numpy.float64)
    quotient /= 10_000.0
    numpy.copyto(base, quotient, casting="unsafe")
    return numpy.minimum(base, rule.CLAIM_CAP, out=base)


class NumpyByHand(Contender):
    """NumPy on dense person numbers; orders only the claims of groups above the cap of the period."""

    def prepare(self) -> None:
        """Plain columns; the days of cover end before their last day, as the rule has it."""
        self.end = self.covers.last_day + numpy.int32(1)
        self.levels = self.level()

    def run(self) -> Array:
        """Paid fen of each claim."""
        claims = self.claims
        group, covered = self.eligible()
        paid = numpy.empty(self.count, dtype=numpy.int64)
        for start in range(0, self.count, BLOCK):
            rows = slice(start, start + BLOCK)
            paid[rows] = by_bands(*(each[rows] for each in self.amounts()), self.levels[rows])
        paid *= covered
        whole = numpy.bincount(group, weights=paid, minlength=2 * self.members)
        rows = numpy.flatnonzero((whole > rule.PERIOD_CAP)[group])
        if len(rows):
            self.cut(rows, group[rows], claims.ended[rows], paid)
        return paid

    def eligible(self) -> tuple[Array, Array]:
        """Person and period of each claim in one number, and whether it is covered."""
        first = numpy.full(2 * self.members, numpy.iinfo(numpy.int32).max, dtype=numpy.int32)
        end = numpy.zeros(2 * self.members, dtype=numpy.int32)
        slot = self.covers.person * 2 + self.covers.period
        waits = numpy.where(self.covers.flags["first_time"], numpy.int32(rule.WAITING_DAYS), numpy.int32(0))
        first[slot] = self.covers.first_day + waits
        end[slot] = self.end
        began = self.claims.began
        group = self.claims.person * 2 + (began >= rule.SECOND)
        return group, (began >= first[group]) & (began < end[group])

    def cut(self, rows: Array, group: Array, day: Array, paid: Array) -> None:
        """Cut the claims of groups above the cap, by day and id."""
        low = int(day.min())
        bits, places = (int(day.max()) - low).bit_length(), (len(rows) - 1).bit_length()
        key = ((group << bits | (day - low)) << places) | numpy.arange(len(rows), dtype=numpy.int64)
        key.sort()
        rows = rows[key & ((1 << places) - 1)]
        key >>= places + bits
        amount = paid[rows]
        so_far = numpy.cumsum(amount)
        new = numpy.append(True, key[1:] != key[:-1])
        starts = numpy.flatnonzero(new)
        so_far -= numpy.repeat(so_far[starts] - amount[starts], numpy.diff(numpy.append(starts, len(rows))))
        cap = rule.PERIOD_CAP
        paid[rows] = numpy.minimum(so_far, cap) - numpy.minimum(so_far - amount, cap)


class PlainC(Contender):
    """C on dense person numbers, one thread: one table of covers and sums, one pass, one sort of the few."""

    def prepare(self) -> None:
        """Compile the kernel."""
        compiler = shutil.which("gcc") or shutil.which("cc") or shutil.which("clang")
        if compiler is None:
            message = "no C compiler"
            raise ImportError(message)
        folder = tempfile.mkdtemp()
        library = Path(folder) / "kernel.so"
        source = Path(__file__).with_name("kernel.c")
        subprocess.run(
            [compiler, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(library), str(source)],
            check=True,
        )
        self.kernel = ctypes.CDLL(str(library))
        self.end = self.covers.last_day + numpy.int32(1)
        self.levels = self.level()
        self.first_time = self.covers.flags["first_time"].astype(numpy.uint8)
        self.ratios = numpy.array([rule.BASIS_POINTS[each] for each in (1, 2, 3)], dtype=numpy.int64)
        self.edges = numpy.array(rule.EDGES, dtype=numpy.int64)

    def run(self) -> Array:
        """Paid fen of each claim."""
        claims, covers = self.claims, self.covers
        paid = numpy.empty(self.count, dtype=numpy.int64)
        columns = (
            self.edges,
            self.ratios,
            claims.person,
            claims.began,
            claims.ended,
            self.levels,
            *self.amounts(),
        )
        held = (covers.person, covers.period, covers.first_day, self.end, self.first_time)
        numbers = (rule.DEDUCTIBLE, rule.CLAIM_CAP, rule.PERIOD_CAP, rule.WAITING_DAYS, rule.SECOND)
        sizes = (self.count, self.members, len(covers))
        self.kernel.adjudicate(
            *(ctypes.c_int64(each) for each in (*numbers, *sizes)),
            *(ctypes.c_void_p(each.ctypes.data) for each in (*columns, *held, paid)),
        )
        return paid


def days(values: Array) -> Array:
    """Days as dates."""
    return values.astype("datetime64[D]")


def arrow_tables(contender: Contender, names: Any = None) -> tuple[Any, Any]:  # noqa: ANN401  # Arrow has no types
    """The claims and covers as Arrow tables, persons as numbers or as texts."""
    import pyarrow  # noqa: PLC0415  # only for who asks for tables

    claims, covers = contender.claims, contender.covers
    scope, basic, extra = contender.amounts()

    def person(numbers: Array) -> Any:  # noqa: ANN401  # Arrow has no types
        column = pyarrow.array(numbers)
        return column if names is None else names.take(column)

    first = pyarrow.table(
        {
            "claim_id": pyarrow.array(claims.order),
            "person": person(claims.person),
            "began": pyarrow.array(days(claims.began)),
            "ended": pyarrow.array(days(claims.ended)),
            "hosp_lv": pyarrow.array(contender.level()),
            "inscp_scp_amt": pyarrow.array(scope),
            "hifp_pay": pyarrow.array(basic),
            "hifmi_pay": pyarrow.array(extra),
        }
    )
    second = pyarrow.table(
        {
            "person": person(covers.person),
            "period": pyarrow.array(covers.period),
            "first_day": pyarrow.array(days(covers.first_day)),
            "last_day": pyarrow.array(days(covers.last_day)),
            "first_time": pyarrow.array(covers.flags["first_time"]),
        }
    )
    return first, second


def text_ids(members: int) -> Any:  # noqa: ANN401  # Arrow has no types
    """Ids as systems give them: a text without order."""
    import pyarrow  # noqa: PLC0415  # only for who asks for tables

    mixed = (numpy.arange(members, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)) >> numpy.uint64(1)
    return pyarrow.array([f"M{number:019d}" for number in mixed.tolist()])


class DuckDb(Contender):
    """SQL with a window function, on two threads."""

    names = False

    def prepare(self) -> None:
        """Tables inside the database."""
        import duckdb  # noqa: PLC0415  # only where it is there

        self.base = duckdb.connect()
        self.base.execute("set threads=2; set preserve_insertion_order=false")
        claims, covers = arrow_tables(self, text_ids(self.members) if self.names else None)
        self.base.register("claims_in", claims)
        self.base.register("covers_in", covers)
        self.base.execute("create table claims as select * from claims_in")
        self.base.execute("create table covers as select * from covers_in")

    def run(self) -> Array:
        """Paid fen of each claim."""
        parts = []
        for place, low in enumerate(rule.EDGES):
            width = rule.EDGES[place + 1] - low if place + 1 < len(rule.EDGES) else None
            part = f"greatest(b - {low}, 0)" if width is None else f"least(greatest(b - {low}, 0), {width})"
            shares = [rule.BASIS_POINTS[level][place] for level in (1, 2, 3)]
            ratio = f"case hosp_lv when 1 then {shares[0]} when 2 then {shares[1]} else {shares[2]} end"
            parts.append(f"{part} * ({ratio})")
        second = f"date '{rule.YEARS[1]}'"
        found = self.base.sql(
            f"""
            with based as (
              select *, (began >= {second})::tinyint as in_period,
                     greatest(inscp_scp_amt - hifp_pay - hifmi_pay - {rule.DEDUCTIBLE}, 0) as b from claims),
            shared as (
              select c.claim_id, c.person, c.in_period, c.ended,
                     least(({" + ".join(parts)} + 5000) // 10000, {rule.CLAIM_CAP})::bigint as x
              from based c join covers v on c.person = v.person and c.in_period = v.period
              where c.began >= v.first_day + (case when v.first_time then {rule.WAITING_DAYS} else 0 end)::int
                and c.began <= v.last_day),
            summed as (
              select claim_id, x, (sum(x) over (partition by person, in_period order by ended, claim_id
                                                rows unbounded preceding))::bigint as c from shared)
            select claim_id, least(c, {rule.PERIOD_CAP}) - least(c - x, {rule.PERIOD_CAP}) as paid from summed
            """  # noqa: S608  # our own figures
        ).to_arrow_table()
        return in_claim_order(found, self.count)


class DuckDbTexts(DuckDb):
    """The same with text ids."""

    names = True


def in_claim_order(found: Any, count: int) -> Array:  # noqa: ANN401  # a table of any library
    """The column ``paid`` in the order of the claim ids, zero where there is none."""
    paid = numpy.zeros(count, dtype=numpy.int64)
    paid[found["claim_id"].to_numpy()] = found["paid"].to_numpy()
    return paid


class Polars(Contender):
    """Polars with its streaming engine: one join key, and only the groups above the cap are ordered.

    Faster than window functions and than ordering all claims, with either engine.
    """

    def prepare(self) -> None:
        """Frames."""
        import polars  # noqa: PLC0415  # only where it is there

        claims, covers = arrow_tables(self)
        self.pl, self.first, self.second = polars, polars.from_arrow(claims), polars.from_arrow(covers)

    def run(self) -> Array:
        """Paid fen of each claim."""
        pl, cap = self.pl, rule.PERIOD_CAP
        priced = self.priced().collect(engine="streaming")
        by_group = priced.lazy().group_by("k").agg(whole=pl.col("x").sum())
        above = by_group.filter(pl.col("whole") > cap).select("k")
        hot = priced.lazy().join(above, on="k", how="semi").sort("z").with_columns(c=pl.col("x").cum_sum())
        new = (pl.col("k") != pl.col("k").shift(1)).fill_null(value=True)
        before = pl.when(new).then(pl.col("c") - pl.col("x")).otherwise(0).cum_max()
        running = hot.with_columns(c=pl.col("c") - before)
        part = pl.col("c").clip(None, cap) - (pl.col("c") - pl.col("x")).clip(None, cap)
        cut = running.select("claim_id", paid=part).collect(engine="streaming")
        paid = in_claim_order(priced.rename({"x": "paid"}), self.count)
        paid[cut["claim_id"].to_numpy()] = cut["paid"].to_numpy()
        return paid

    def priced(self) -> Any:  # noqa: ANN401  # a lazy frame
        """Covered claims with their group ``k``, what each is paid by itself, and a key to order them by."""
        pl, big = self.pl, self.pl.Int64
        key = pl.col("person") * 2
        claims = self.first.lazy().with_columns(k=key + (pl.col("began") >= rule.YEARS[1]).cast(big))
        none, thirty = pl.lit(0, pl.Int32), pl.lit(rule.WAITING_DAYS, pl.Int32)
        waits = pl.when(pl.col("first_time")).then(thirty).otherwise(none)
        covers = self.second.lazy().select(
            "last_day", k=key + pl.col("period"), start=pl.col("first_day").cast(pl.Int32) + waits
        )
        base = (pl.col("inscp_scp_amt") - pl.col("hifp_pay") - pl.col("hifmi_pay") - rule.DEDUCTIBLE).clip(0)
        whole = pl.lit(0, big)
        for place, low in enumerate(rule.EDGES):
            width = rule.EDGES[place + 1] - low if place + 1 < len(rule.EDGES) else None
            one, two, three = (pl.lit(rule.BASIS_POINTS[level][place], big) for level in (1, 2, 3))
            level = pl.col("hosp_lv")
            ratio = pl.when(level == 1).then(one).when(level == 2).then(two).otherwise(three)
            whole += (base - low).clip(0, width) * ratio
        day = pl.col("ended").cast(big) - rule.FIRST
        covered = claims.join(covers, on="k", how="inner").filter(
            pl.col("began").cast(pl.Int32) >= pl.col("start"), pl.col("began") <= pl.col("last_day")
        )
        return covered.select(
            "claim_id",
            "k",
            x=((whole + 5000) // 10_000).clip(None, rule.CLAIM_CAP),
            z=(pl.col("k") * 2048 + day) * (1 << 26) + pl.col("claim_id"),
        )
