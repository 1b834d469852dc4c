"""What frames say wrongly is refused by its column and row, and never paid."""

import datetime
from importlib import import_module
from typing import Any, Final

import attrs
import numpy
import pytest

from mutualaid_core.columnar import Claims, Covers, Prior, adjudicate_lines
from mutualaid_core.domain.scheme.benefit.base import DayCount, DaysBase
from mutualaid_core.domain.scheme.benefit.limits import AmountLimit, Per
from mutualaid_core.domain.scheme.benefit.steps import PerDay
from mutualaid_core.domain.scheme.benefit.terms import Accumulation, Basis, Over
from mutualaid_core.domain.scheme.facts import EventKind, FactKind, FactTerm
from mutualaid_core.domain.scheme.parts import Part
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.samples import VERSION, YUEYANG_2014

pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("narwhals")
frames = import_module("mutualaid_core.columnar.frames")

DAY: Final = datetime.date(2014, 3, 3)
PLAN: Final = compile_version(VERSION)
NAMES: Final = (*YUEYANG_2014.base.add, *YUEYANG_2014.base.subtract)  # type: ignore[union-attr]  # a base of amounts
SOURCE: Final = "HN-4.4.3c"
COUNTER: Final = "amount/inpatient/period"
PAID: Final = [30_000, 30_000]
"""Of a base of 1,000 yuan 30 % up to 5,000 yuan are paid."""


def claims(**changes: Any) -> Any:  # noqa: ANN401  # any column, and a table
    """Two claims of 1,000 yuan each."""
    amounts = {name: [0, 0] for name in NAMES} | {NAMES[0]: [100_000] * 2}
    columns = {"claim_id": ["C-2", "C-1"], "person_id": ["乙", "甲"], "began": [DAY] * 2, "ended": [DAY] * 2}
    return pyarrow.table({**columns, **amounts, **changes})


def covers(**changes: Any) -> Any:  # noqa: ANN401  # any column, and a table
    """Covers of both persons for the sample year."""
    days = {"first_day": [VERSION.first_day] * 2, "last_day": [VERSION.last_day] * 2}
    return pyarrow.table({"person_id": ["甲", "乙"], "period_id": ["2014"] * 2, **days, **changes})


def prior(**changes: Any) -> Any:  # noqa: ANN401  # any column, and a table
    """All but 1 yuan of one person's cap of 50,000 yuan was used before."""
    columns = {"person_id": ["甲"], "period_id": ["2014"], "counter": [COUNTER], "used": [4_999_900]}
    return pyarrow.table({**columns, **changes})


def table(first: Any, second: Any, *before: Any, plan: Any = PLAN, **more: Any) -> Any:  # noqa: ANN401  # tables
    """The table that comes out for stays."""
    return frames.adjudicate_frames(plan, first, second, *before, event=EventKind.INPATIENT_STAY, **more)


def paid(*tables: Any, **more: Any) -> list[int]:  # noqa: ANN401  # tables
    """What stays are paid."""
    found: list[int] = table(*tables, **more)["paid"].to_pylist()
    return found


def refusal(*tables: Any, **more: Any) -> InvalidValueError:  # noqa: ANN401  # tables
    """What is said against the tables."""
    with pytest.raises(InvalidValueError) as raised:
        table(*tables, **more)
    return raised.value


def no_text(*values: Any) -> Any:  # noqa: ANN401  # an array
    """Texts of which each may be lacking."""
    return pyarrow.array(values, pyarrow.string())


@pytest.mark.clause("HN-4.4.3c")
def test_a_stay_that_ends_before_it_begins_lifts_no_cap() -> None:
    """A stay of days below nothing must be refused, lest it pays back what the person's cap cut."""
    base = DaysBase(counted=DayCount.BOTH_DAYS, first_payable_day=1, source=SOURCE)
    benefit = attrs.evolve(
        YUEYANG_2014,
        basis=Basis.FIXED,
        base=base,
        steps=(PerDay(amount=Money(5_000), source=SOURCE),),
        limits=(AmountLimit(most=Money(50_000), per=Per.PERIOD, source=SOURCE),),
    )
    plan = compile_version(attrs.evolve(VERSION, benefits=(benefit,)))
    ended = [DAY + datetime.timedelta(days) for days in (-4, 30)]
    found = refusal(claims(person_id=["甲", "甲"], ended=ended), covers(), plan=plan)
    assert (found.field, found.rule, found.value) == (
        "ended",
        "must not be before began",
        "an earlier day in row 0",
    )


def test_a_cover_does_not_end_before_it_begins() -> None:
    """A cover must have a day, as one of single claims has."""
    assert refusal(claims(), covers(last_day=[VERSION.last_day, DAY.replace(year=2013)])).field == "last_day"


@pytest.mark.parametrize(
    ("field", "row", "changes"),
    [
        ("used", "row 0", {"used": [-1]}),
        ("used", "row 0", {"used": [2**63 - 1]}),
        ("used", "row 0", {"used": pyarrow.array([None], pyarrow.int64())}),
        ("counter", "row 0", {"counter": ["amount/inpatent/period"]}),
        ("counter", "row 0", {"counter": [f"{COUNTER}/A01"]}),
        ("counter", "row 0", {"counter": no_text(None)}),
        ("period_id", "row 0", {"period_id": ["2015"]}),
        ("period_id", "row 0", {"period_id": no_text(None)}),
        ("person_id", "row 0", {"person_id": no_text(None)}),
    ],
)
def test_prior_use_that_makes_no_sense_is_refused(field: str, row: str, changes: dict[str, Any]) -> None:
    """What is not of a person, a counter and a period must be refused, for it would leave the cap whole."""
    found = refusal(claims(), covers(), prior(**changes))
    assert found.field == field
    assert row in str(found.value)


def test_a_counter_that_is_nearly_known_is_asked_for() -> None:
    """A misspelt counter or period must bring the question whether the known one was meant."""
    assert COUNTER in refusal(claims(), covers(), prior(counter=["amount/inpatent/period"])).hint
    assert "2014" in refusal(claims(), covers(), prior(period_id=["2104"])).hint


def test_prior_use_stands_in_one_row() -> None:
    """Two rows of one person, period and counter must be refused, as in a file."""
    twice = pyarrow.concat_tables([prior(), prior()])
    found = refusal(claims(), covers(), twice)
    assert (found.field, found.value) == ("person_id", "again in row 1")


def test_prior_use_of_strangers_is_passed_over() -> None:
    """Rows of persons without claim and cover must not matter, so that a part of a file may get them all."""
    stranger = prior(person_id=["丁"], period_id=["2013"])
    assert paid(claims(), covers(), stranger) == PAID
    assert paid(claims(), covers(), prior()) == [30_000, 100]


def test_counters_of_a_lifetime_and_of_words_have_their_own_rows() -> None:
    """A counter over a lifetime must come without a period, one that ends with a word with any word."""
    limits = (
        AmountLimit(most=Money(100_000), per=Per.LIFETIME, source=SOURCE),
        AmountLimit(most=Money(90_000), per=Per.PERIOD, each="dise_code", source=SOURCE),
    )
    benefit = attrs.evolve(YUEYANG_2014, limits=limits)
    plan = compile_version(attrs.evolve(VERSION, benefits=(benefit,)))
    first = claims(dise_code=["A01", "A01"])
    before = prior(
        person_id=["甲", "乙"],
        period_id=no_text(None, "2014"),
        counter=["amount/inpatient/lifetime", f"{COUNTER}/A01"],
        used=[99_999, 89_998],
    )
    assert paid(first, covers(), before, plan=plan) == [2, 1]
    assert paid(first, covers(), before.slice(0, 1), plan=plan) == [30_000, 1]
    dated = prior(counter=["amount/inpatient/lifetime"])
    assert (
        refusal(first, covers(), dated, plan=plan).rule == "must not be given for a counter over a lifetime"
    )
    unended = refusal(first, covers(), prior(counter=[f"{COUNTER}/"]), plan=plan)
    assert (unended.field, "row 0" in str(unended.value)) == ("counter", True)


@pytest.mark.parametrize(
    ("own", "other"),
    [(["007", "7"], [7, 8]), ([7, 8], ["7", "8"]), (["7", "X"], [7, 8]), ([b"7", b"8"], [7, 8])],
)
def test_texts_are_never_taken_for_numbers(own: list[Any], other: list[Any]) -> None:
    """Ids of texts in one frame and of numbers in the other must be refused, not turned."""
    found = refusal(claims(person_id=own), covers(person_id=other))
    assert (found.field, found.rule) == (
        "person_id",
        "must be of one kind in all frames, texts or whole numbers",
    )


@pytest.mark.parametrize("field", ["person_id", "period_id"])
def test_prior_use_has_ids_of_the_same_kind(field: str) -> None:
    """Numbers in prior use must be refused where claims and covers have texts."""
    assert refusal(claims(), covers(), prior(**{field: [2014]})).field == field


def test_whole_numbers_of_any_length_are_compared() -> None:
    """Ids of 64 bits must be found among shorter ones, and be told apart from them."""
    short = pyarrow.array([7, 8], pyarrow.int32())
    assert paid(claims(person_id=[7, 2**40]), covers(person_id=short)) == [30_000, 0]
    assert paid(claims(person_id=short), covers(person_id=[2**40, 8])) == [0, 30_000]
    beyond = pyarrow.array([2**63, 8], pyarrow.uint64())
    assert refusal(claims(person_id=beyond), covers(person_id=[7, 8])).field == "person_id"


@pytest.mark.parametrize("kind", ["string_view", "large_string", "binary", "binary_view"])
def test_texts_of_any_type_are_ids(kind: str) -> None:
    """Ids must be read in every type of texts, of any frame beside any other."""

    def texts(*words: str) -> Any:  # noqa: ANN401  # an array
        held = [word.encode() for word in words] if kind.startswith("binary") else list(words)
        return pyarrow.array(held, getattr(pyarrow, kind)())

    ids = {"claim_id": texts("b", "a"), "person_id": texts("乙", "甲")}
    before = {"person_id": texts("甲"), "period_id": texts("2014"), "counter": texts(COUNTER)}
    known = {"person_id": texts("甲", "乙"), "period_id": texts("2014", "2014")}
    assert paid(claims(**ids), covers(), prior(**before)) == [30_000, 100]
    assert paid(claims(), covers(**known), prior()) == [30_000, 100]
    assert paid(claims(**ids), covers(**known), prior(**before)) == [30_000, 100]


def test_claims_may_be_numbered_up_to_64_bits() -> None:
    """Numbers without a sign must be ranked by their size."""
    ids = pyarrow.array([2**63 + 5, 2], pyarrow.uint64())
    most = {NAMES[0]: [10**8] * 2, "person_id": ["甲", "甲"]}
    assert paid(claims(claim_id=ids, **most), covers()) == [0, 5_000_000]


@pytest.mark.parametrize("values", [[1.5, 0.5], [True, False], [DAY, DAY]])
@pytest.mark.parametrize("field", ["claim_id", "person_id"])
def test_ids_are_texts_or_whole_numbers(field: str, values: list[Any]) -> None:
    """Other types must be refused, for what is equal among them is not sure."""
    assert refusal(claims(**{field: values}), covers()).field == field


@pytest.mark.parametrize(
    ("which", "field"),
    [
        *((0, name) for name in ("claim_id", "person_id", "began", "ended")),
        *((1, name) for name in ("person_id", "period_id", "first_day", "last_day")),
        *((2, name) for name in ("person_id", "period_id", "counter", "used")),
    ],
)
def test_each_column_that_must_be_there_is_named(which: int, field: str) -> None:
    """A missing column of any frame must be refused by its name."""
    tables = [claims(), covers(), prior()]
    tables[which] = tables[which].drop_columns([field])
    assert refusal(*tables).field == field


@pytest.mark.parametrize("flag", [[1, 0], [True, False], ["1", "0"], [1.0, 0.0]])
def test_a_reversed_settlement_may_have_its_national_name(flag: list[Any]) -> None:
    """``refd_setl_flag`` must be read as in a file of claims, and pay nothing."""
    assert paid(claims(refd_setl_flag=flag), covers()) == [0, 30_000]


def test_columns_may_have_their_national_names() -> None:
    """The national names of id and days must be read as in a file of claims."""
    own = claims(settled=[DAY, DAY])
    names = {"claim_id": "setl_id", "began": "begndate", "ended": "enddate", "settled": "setl_time"}
    national = own.rename_columns([names.get(name, name) for name in own.column_names])
    assert table(national, covers()).to_pydict() == {"claim_id": ["C-2", "C-1"], "paid": PAID}


def test_a_column_has_one_name() -> None:
    """A column under both names, or twice under one, must be refused."""
    both = claims(is_reversed=[False, False], refd_setl_flag=[1, 1])
    assert refusal(both, covers()).field == "refd_setl_flag"
    twice = covers().append_column("person_id", [["甲", "乙"]])
    assert refusal(claims(), twice).field == "person_id"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("elswhere", "elsewhere"),
        ("Elsewhere", "elsewhere"),
        ("refd_setl_flg", "refd_setl_flag"),
        ("is_reversd", "is_reversed"),
        ("filled", "filed"),
        ("insu_type", "insutype"),
    ],
)
def test_a_misspelt_column_of_claims_is_refused(name: str, meant: str) -> None:
    """A column that is nearly one that decides what is paid must be refused with that name."""
    found = refusal(claims(**{name: [1, 1]}), covers())
    assert (found.field, found.hint) == (name, f"did you mean {meant}?")


def test_a_misspelt_column_of_covers_is_refused() -> None:
    """Shares, parts and declared facts must be refused where they are nearly right."""
    declared = FactTerm(name="risk_class", kind=FactKind.COUNT, title="风险等级", source=SOURCE)
    plan = compile_version(attrs.evolve(VERSION, facts=(declared,)))
    assert refusal(claims(), covers(share=[2, 2]), plan=plan).field == "share"
    assert refusal(claims(), covers(risk_clas=[2, 2]), plan=plan).field == "risk_clas"
    assert paid(claims(), covers(risk_class=[2, 2]), plan=plan) == PAID


def test_a_column_of_another_name_is_left_alone() -> None:
    """What no scheme knows, or stands beside the column that it resembles, must not matter."""
    more = {
        "file": ["a.csv", "b.csv"],
        "day": [1, 2],
        "shares": [1, 1],
        "share": [9, 9],
        "psn_name": ["-", "-"],
    }
    assert paid(claims(**more), covers(unit=["U", "U"])) == PAID


@pytest.mark.parametrize("index", [pyarrow.uint8(), pyarrow.uint32(), pyarrow.int8()])
def test_categories_may_have_gaps(index: Any) -> None:  # noqa: ANN401  # Arrow has no types
    """Words as indices without a sign must have gaps as those with one have."""
    words = pyarrow.DictionaryArray.from_arrays(pyarrow.array([None, 0], index), no_text("390"))
    assert paid(claims(insutype=words), covers()) == [30_000, 0]


def test_a_category_may_be_nothing() -> None:
    """A gap among the words must be a gap in the rows."""
    words = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 1]), no_text("390", None))
    assert paid(claims(insutype=words), covers()) == [0, 30_000]


def test_categories_may_name_what_no_row_has() -> None:
    """Words of no row must not matter, be they no kind of event and no counter."""

    def among(word: str, count: int) -> Any:  # noqa: ANN401  # an array
        return pyarrow.DictionaryArray.from_arrays(pyarrow.array([1] * count), no_text("other", word))

    before = prior(counter=among(COUNTER, 1))
    first = claims(event=among("inpatient_stay", 2))
    found = frames.adjudicate_frames(PLAN, first, covers(), before)
    assert found["paid"].to_pylist() == [30_000, 100]


@pytest.mark.parametrize("kind", ["Categorical", "Enum"])
def test_categories_of_polars_may_have_gaps(kind: str) -> None:
    """A column of Polars with categories and gaps must be read as its texts."""
    polars = pytest.importorskip("polars")
    made = polars.Categorical if kind == "Categorical" else polars.Enum(["310", "390"])
    column = polars.Series([None, "390"], dtype=made)
    assert paid(polars.from_arrow(claims()).with_columns(insutype=column), covers()) == [30_000, 0]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        (NAMES[1], {NAMES[1]: [-1, 0]}),
        (NAMES[1], {NAMES[1]: pyarrow.array([-1, None], pyarrow.int64())}),
        ("shares", {"shares": [-1, 1]}),
        ("elsewhere", {"elsewhere": [-1, 0]}),
        ("is_reversed", {"is_reversed": [2, 0]}),
        ("first_time", {"first_time": [0, -1]}),
        ("first_time", {"first_time": [0.5, 1]}),
        ("began", {"began": pyarrow.array([16_132, 16_132], pyarrow.int32())}),
        ("settled", {"settled": pyarrow.array([16_132, 16_132], pyarrow.int64())}),
    ],
)
def test_a_value_that_the_column_cannot_hold_is_refused(field: str, changes: dict[str, Any]) -> None:
    """Amounts below nothing, other flags than 0 and 1, and bare numbers as days must be refused."""
    assert refusal(claims(**changes), covers()).field == field


@pytest.mark.parametrize(
    "sizes", [{"block": 1.5}, {"block": 0}, {"threads": None}, {"threads": "2"}, {"threads": True}]
)
def test_blocks_and_threads_are_whole_numbers(sizes: dict[str, Any]) -> None:
    """A size that is no whole number must be refused before anything is read."""
    assert refusal(claims(), covers(), **sizes).field == next(iter(sizes))


def test_frames_without_rows_need_no_types() -> None:
    """Columns without any value must be taken as empty ones."""
    none: dict[str, list[None]] = {name: [] for name in covers().column_names}
    assert paid(claims(), pyarrow.table(none)) == [0, 0]
    empty = pyarrow.table({name: [] for name in claims().column_names})
    unused = pyarrow.table({name: [] for name in prior().column_names})
    assert paid(empty, covers(), unused) == []
    assert paid(empty, pyarrow.table(none), unused) == []


def test_a_batch_of_records_is_a_frame() -> None:
    """What an engine hands over batch by batch must be taken as a table is."""
    (batch,) = claims().to_batches()
    assert paid(batch, covers()) == PAID


def test_a_frame_of_mixed_types_is_refused_without_its_values() -> None:
    """A column that has no type must be refused, and quote nobody."""
    pandas = pytest.importorskip("pandas")
    mixed = pandas.DataFrame({"claim_id": ["甲", 1]})
    found = refusal(mixed, covers())
    assert (found.field, "甲" in str(found)) == ("frame", False)


def test_a_row_without_an_event_is_named() -> None:
    """Where events stand in a column, the first row without one must be named."""
    with pytest.raises(InvalidValueError) as raised:
        frames.adjudicate_frames(PLAN, claims(event=no_text("death", None)), covers())
    assert (raised.value.field, raised.value.value) == ("event", "none in row 1")


def test_prior_use_of_columns_is_held_to_the_same() -> None:
    """A person twice, use below nothing or beyond numbers, and a counter that is none must be refused."""
    one = numpy.array([0])
    for used in (numpy.array([-1]), numpy.array([2**62 + 1])):
        with pytest.raises(InvalidValueError) as raised:
            Prior(person=one, used=used, period=one)
        assert raised.value.field == "used"
    with pytest.raises(InvalidValueError) as raised:
        Prior(person=numpy.array([0, 0]), used=numpy.array([1, 1]))
    assert raised.value.field == "person"
    day = numpy.array([16_132], dtype=numpy.int32)
    own = Claims(person=one, order=one, event=EventKind.INPATIENT_STAY, began=day, ended=day)
    held = Covers(person=one, period=one, first_day=day, last_day=day)
    with pytest.raises(InvalidValueError) as raised:
        adjudicate_lines(PLAN, own, held, {"amount": Prior(person=one, used=one)})
    assert raised.value.field == "counter"


ILLNESS: Final = FactTerm(name="illness", kind=FactKind.CODE, title="病种", codes=("aa", "bb"), source=SOURCE)


def plan_of_illness() -> Any:  # noqa: ANN401  # a plan
    """The sample with a cap of 100 yuan for each illness of a list, in a period."""
    limit = AmountLimit(most=Money(10_000), per=Per.PERIOD, each="illness", source=SOURCE)
    benefit = attrs.evolve(YUEYANG_2014, limits=(limit,))
    return compile_version(attrs.evolve(VERSION, facts=(ILLNESS,), benefits=(benefit,)))


def doubled(*words: str) -> Any:  # noqa: ANN401  # an array
    """A category whose every row has a place of its own, be the words equal or not."""
    return pyarrow.DictionaryArray.from_arrays(
        pyarrow.array(range(len(words)), pyarrow.uint8()), no_text(*words)
    )


def test_a_category_that_holds_a_word_twice_has_one_counter() -> None:
    """Equal words must use up one cap, whatever their places in the category."""
    plan, one = plan_of_illness(), ["甲", "甲"]
    for words in (doubled("aa", "aa"), ["aa", "aa"]):
        assert paid(claims(person_id=one, illness=words), covers(), plan=plan) == [0, 10_000]
    twice = prior(
        person_id=one,
        period_id=["2014"] * 2,
        counter=doubled(*(["amount/inpatient/period/aa"] * 2)),
        used=[1, 2],
    )
    found = refusal(claims(illness=["aa", "aa"]), covers(), twice, plan=plan)
    assert (found.field, found.value) == ("person_id", "again in row 1")


def test_a_word_of_the_claim_and_of_the_cover_has_one_counter() -> None:
    """A word must use up one cap, be it told by a claim or, where the claim is silent, by its cover."""
    first = claims(person_id=["甲", "甲"], illness=no_text("aa", None))
    held = covers(illness=["aa", "bb"])
    assert paid(first, held, plan=plan_of_illness()) == [0, 10_000]
    other = covers(illness=["bb", "bb"])
    assert paid(first, other, plan=plan_of_illness()) == [10_000, 10_000]


def test_the_column_of_events_is_followed() -> None:
    """Where the claims say what happened, the kind for all of them must not stand against it."""
    assert paid(claims(event=["death", "inpatient_stay"]), covers()) == [0, 30_000]


@pytest.mark.parametrize("event", ["inpatient_stay", [EventKind.INPATIENT_STAY], 0])
def test_the_kind_of_all_events_is_a_kind(event: Any) -> None:  # noqa: ANN401  # none of them
    """A word or a list in place of the kind must be refused as a value."""
    with pytest.raises(InvalidValueError) as raised:
        frames.adjudicate_frames(PLAN, claims(), covers(), event=event)
    assert raised.value.field == "event"


@pytest.mark.parametrize(
    ("name", "words", "found", "hint"),
    [
        ("illness", ["aa", "AA"], "'AA' in row 1", "did you mean aa?"),
        ("illness", ["aa ", "aa"], "'aa ' in row 0", "did you mean aa?"),
        ("illness", ["aa", "张三"], "2 characters in row 1", ""),
        ("insutype", ["310", "31"], "'31' in row 1", "did you mean 310?"),
        ("hosp_lv", [3, 4], "1 characters in row 1", ""),
    ],
)
def test_words_of_a_list_are_held_to_it(name: str, words: list[Any], found: str, hint: str) -> None:
    """A word that the list does not have must be refused in claims and covers, as in a file of claims."""
    for tables in ((claims(**{name: words}), covers()), (claims(), covers(**{name: words}))):
        refused = refusal(*tables, plan=plan_of_illness())
        assert (refused.field, refused.value, refused.hint) == (name, found, hint)
        assert refused.rule.startswith("must be one of ")


def test_prior_use_is_of_a_word_of_the_list() -> None:
    """A counter that ends with another word than the list has must be refused, for no claim would meet it."""
    first = claims(illness=["aa", "aa"])
    counter = "amount/inpatient/period"
    before = prior(counter=[f"{counter}/aa"], used=[9_999])
    assert paid(first, covers(), before, plan=plan_of_illness()) == [10_000, 1]
    found = refusal(first, covers(), prior(counter=[f"{counter}/aaa"]), plan=plan_of_illness())
    assert (found.rule, found.value) == ("must end with one of aa, bb", "another in row 0")
    assert found.hint == "did you mean aa?"


@pytest.mark.parametrize(
    "words", [pyarrow.array([["310"]] * 2), pyarrow.RunEndEncodedArray.from_arrays([2], ["310"])]
)
def test_a_column_that_holds_no_words_is_refused(words: Any) -> None:  # noqa: ANN401  # an array
    """Lists and runs must be refused by the name of the column."""
    assert refusal(claims(insutype=words), covers()).field == "insutype"
    assert refusal(claims(event=words), covers()).field == "event"
    assert refusal(claims(), covers(), prior(counter=words.slice(0, 1))).field == "counter"


RIDERS: Final = compile_version(
    attrs.evolve(
        VERSION,
        parts=(
            Part(part_id="main", name="主险", source=SOURCE),
            Part(part_id="rider", name="副险", needs=("main",), source=SOURCE),
            Part(part_id="other", name="另一档", excludes=("main",), source=SOURCE),
        ),
    )
)


@pytest.mark.clause("SN-2.2.3a")
@pytest.mark.parametrize(
    ("held", "rule"),
    [
        ({"holds_rider": [False, True]}, "must hold main with rider, got 'one in row 1'"),
        (
            {"holds_main": [True, False], "holds_rider": [True, True]},
            "must hold main with rider, got 'one in row 1'",
        ),
        (
            {"holds_main": [False, True], "holds_other": [True, True]},
            "must not hold main with other, got 'one in row 1'",
        ),
    ],
)
def test_parts_that_may_not_be_held_so(held: dict[str, list[bool]], rule: str) -> None:
    """A rider without its main part, and parts that exclude each other, must be refused by row."""
    with pytest.raises(InvalidValueError, match=rule):
        table(claims(), covers(**held), plan=RIDERS)


def test_parts_that_may_be_held_are_taken() -> None:
    """A rider with its main part, and one of two parts that exclude each other, must be paid."""
    held = {"holds_main": [True, True], "holds_rider": [True, False], "holds_other": [False, False]}
    assert table(claims(), covers(**held), plan=RIDERS)["paid"].to_pylist() == PAID


def test_prior_use_of_claims_that_add_up_is_told_whole() -> None:
    """A base without what it came to would be paid again, so both rows must stand there."""
    over = Accumulation(over=Over.PERIOD, source=SOURCE)
    version = attrs.evolve(VERSION, benefits=(attrs.evolve(YUEYANG_2014, accumulate=over),))
    plan = compile_version(version)
    base, result = "base/inpatient/period", "result/inpatient/period"
    with pytest.raises(InvalidValueError, match="must stand with a row of result"):
        table(claims(), covers(), prior(counter=[base], used=[100_000]), plan=plan)
    columns = {"person_id": ["甲"] * 2, "period_id": ["2014"] * 2, "counter": [base, result]}
    whole = prior(**columns, used=[100_000, 30_000])
    assert table(claims(), covers(), whole, plan=plan)["paid"].to_pylist() == PAID


def test_rows_are_named_by_number() -> None:
    """An id that stands twice, an amount out of bounds and covers that overlap must be told by their row."""
    with pytest.raises(InvalidValueError, match="claim_id must be there once, got 'again in row 1'"):
        paid(claims(claim_id=["C-1", "C-1"]), covers())
    with pytest.raises(InvalidValueError, match=rf"{NAMES[0]} must be within .*, got 'another in row 1'"):
        paid(claims(**{NAMES[0]: [1, 10**18]}), covers())
    with pytest.raises(
        InvalidValueError, match=r"first_day must lie after .*, got 'an earlier day in row 1'"
    ):
        paid(claims(), covers(person_id=["甲", "甲"]))
