"""History in sentences: one per entry, in both languages, with units and without persons."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.membership.change import Change, ChangeKind
from mutualaid_core.domain.membership.transfer import Transfer, TransferRefusal, TransferState
from mutualaid_core.domain.values.dates import DayRange
from mutualaid_core.domain.values.identifiers import UnitId
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.membership.history import explain_changes, explain_transfer
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, REGION, SCHEME, YEAR, member_id

A, B = UnitId("U-A"), UnitId("U-B")
NAMES = {A: "甲单位", B: "乙单位"}
DAY = datetime.date
JOINED = Change(
    kind=ChangeKind.JOINED, holds_from=YEAR.first_day, known_on=COLLECTED_ON, unit_id=A, cover=YEAR
)
MOVED = Change(
    kind=ChangeKind.TRANSFERRED,
    holds_from=DAY(2014, 6, 15),
    known_on=DAY(2014, 6, 20),
    unit_id=B,
    cover=YEAR,
    cause="T-1",
)
TRANSFER = Transfer(
    transfer_id="T-1",
    scheme_id=SCHEME,
    period_id=PERIOD,
    member_id=member_id(1),
    from_unit=A,
    to_unit=B,
    to_pool=REGION.pool_id,
    is_inside=True,
    moves_on=DAY(2014, 6, 15),
    proposed_on=DAY(2014, 6, 1),
    expires_on=DAY(2014, 6, 30),
)


def gone(kind: ChangeKind, cover: DayRange | None) -> Change:
    """An entry after which there is no unit."""
    return Change(
        kind=kind,
        holds_from=DAY(2014, 9, 1),
        known_on=DAY(2014, 9, 2),
        unit_id=None,
        cover=cover,
        cause="P-1",
    )


def test_a_history_in_chinese() -> None:
    """Joining and moving must be told with days, units, the day of entry and the cause."""
    joined, moved = explain_changes((JOINED, MOVED), NAMES, "zh")
    assert joined == "在甲单位参加，保障期为2014年1月1日至2014年12月31日（2013年12月20日登记）。"
    assert moved.startswith("2014年6月15日起由甲单位转入乙单位，保障不间断，无需另行缴费，已用限额随同转移")
    assert moved.endswith("（2014年6月20日登记，依据：T-1）。")


def test_a_history_in_english() -> None:
    """The same in English."""
    joined, moved = explain_changes((JOINED, MOVED), NAMES, "en")
    assert joined.startswith("joined through 甲单位, covered from 1 January 2014 to 31 December 2014")
    assert joined.endswith(" (entered on 20 December 2013).")
    assert moved.startswith("moved from 甲单位 to 乙单位 on 15 June 2014: cover goes on without a gap and")
    assert moved.endswith("what was used of the limits moves along (entered on 20 June 2014, by T-1).")


@pytest.mark.parametrize(
    ("kind", "zh", "en"),
    [
        (
            ChangeKind.LEFT_POOL,
            "2014年9月1日起由甲单位转出本统筹区域",
            "left 甲单位 and the pool on 1 September 2014",
        ),
        (ChangeKind.RETIRED, "2014年9月1日起退休，保障至2014年12月31日止", "retired on 1 September 2014"),
        (ChangeKind.DISMISSED, "2014年9月1日起与甲单位解除劳动关系", "employment by 甲单位 ended on"),
        (ChangeKind.DIED, "2014年9月1日死亡", "died on 1 September 2014"),
        (ChangeKind.WITHDRAWN, "参加已撤回，没有保障", "joining was taken back"),
        (ChangeKind.VOIDED, "参加登记有误，已作废", "entered by error and voided"),
        (
            ChangeKind.CORRECTED,
            "更正：2014年9月1日起所在单位为甲单位",
            "corrected: at 甲单位 from 1 September",
        ),
        (ChangeKind.EFFECTIVE, "互助金已入账，保障期为", "contribution settled, covered from"),
    ],
)
def test_every_kind_has_its_sentence(kind: ChangeKind, zh: str, en: str) -> None:
    """Each kind of entry must be told in both languages, with the last unit that was known."""
    told = [explain_changes((JOINED, gone(kind, YEAR)), NAMES, lang)[1] for lang in ("zh", "en")]
    assert (told[0].startswith(zh), told[1].startswith(en)) == (True, True), told


@pytest.mark.parametrize(("lang", "word"), [("zh", "保障期为无至无"), ("en", "covered from none to none")])
def test_no_cover_is_called_none(lang: Language, word: str) -> None:
    """An entry without cover must not make one up."""
    assert word in explain_changes((gone(ChangeKind.CORRECTED, None),), {}, lang)[0]


def test_a_unit_without_a_name_is_called_by_its_id() -> None:
    """A unit that nobody named must be told by its id."""
    assert explain_changes((JOINED,), {}, "zh")[0].startswith("在U-A参加")


@pytest.mark.parametrize(
    ("state", "zh", "en"),
    [
        (
            TransferState.PROPOSED,
            "待接收，请于2014年6月30日前（含当日）答复。",
            "waiting for an answer until 30 June 2014.",
        ),
        (TransferState.ACCEPTED, "2014年6月20日已接收。", "accepted on 20 June 2014."),
        (
            TransferState.REJECTED,
            "2014年6月20日被拒绝：接收单位无此人员。",
            "rejected on 20 June 2014: not employed by the receiving unit.",
        ),
        (TransferState.WITHDRAWN, "2014年6月20日已撤回。", "withdrawn on 20 June 2014."),
        (TransferState.EXPIRED, "逾期未答复，已过期。", "expired without an answer."),
    ],
)
def test_a_transfer_in_every_state(state: TransferState, zh: str, en: str) -> None:
    """Units, days and state must stand in one sentence, and no member."""
    transfer = attrs.evolve(
        TRANSFER,
        state=state,
        decided_on=None if state is TransferState.PROPOSED else DAY(2014, 6, 20),
        refusal=TransferRefusal.NOT_EMPLOYED_HERE if state is TransferState.REJECTED else None,
    )
    assert explain_transfer(transfer, NAMES, "zh") == (
        f"转移T-1：2014年6月15日起由甲单位转往乙单位，2014年6月1日提出，{zh}"
    )
    assert explain_transfer(transfer, NAMES, "en") == (
        f"transfer T-1: from 甲单位 to 乙单位 on 15 June 2014, proposed on 1 June 2014, {en}"
    )


@pytest.mark.parametrize("refusal", TransferRefusal)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_has_a_text(refusal: TransferRefusal, lang: Language) -> None:
    """No reason must be shown by its code."""
    rejected = attrs.evolve(
        TRANSFER, state=TransferState.REJECTED, decided_on=DAY(2014, 6, 20), refusal=refusal
    )
    assert f"{refusal.value}." not in explain_transfer(rejected, NAMES, lang)


RETURNED = Change(
    kind=ChangeKind.CORRECTED,
    holds_from=DAY(2014, 9, 1),
    known_on=DAY(2014, 9, 3),
    unit_id=A,
    cover=YEAR,
    cause="P-2: died 2014-09-01 -> none",
    withdraws=1,
)


@pytest.mark.clause("HN-4.3.5c")
@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", ("2014年9月1日死亡，没有保障日", "依据：P-2，原登记2014年9月1日死亡）。", "参加仍为作废")),
        (
            "en",
            (
                "died on 1 September 2014: there is no day of cover",
                "by P-2: no death on 1 September 2014).",
                "and the place stays void",
            ),
        ),
    ],
)
def test_a_death_without_cover_and_its_error_are_told(lang: Language, told: tuple[str, str, str]) -> None:
    """No day of cover, the error with the day that was told, and a place that stays void."""
    died = gone(ChangeKind.DIED, None)
    void = attrs.evolve(RETURNED, unit_id=None, cover=None, cause="P-2")
    sentences = [explain_changes((JOINED, died, last), NAMES, lang) for last in (RETURNED, void)]
    assert sentences[0][1].startswith(told[0])
    assert sentences[0][2].endswith(told[1])
    assert told[2] in sentences[1][2]
