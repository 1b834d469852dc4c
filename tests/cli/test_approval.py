"""``mutualaid approval``: the life of a scheme with its papers, and another contribution for a later year."""

from pathlib import Path
from typing import Any

import pytest

Office = Any
SCHEME_ID = "hn-example-inpatient"
SCHEME = ("--scheme", SCHEME_ID)
UNION = ("--union", "shaoyang")
ON = ("--on", "2013-12-12")
HEAD = "organisation_id,level,kind,name,parent_id,division,first_day,last_day"
ROWS = (
    "hunan,province,geographic,湖南省总工会,,430000,2000-01-01,",
    "shaoyang,pool,geographic,示例县总工会,hunan,430500,2000-01-01,",
    "yueyang,pool,geographic,岳阳市总工会,hunan,430600,2000-01-01,",
)
MEMO = """memo:
  memo_id: 定价-2
  scheme_id: hn-example-inpatient
  version_id: {version}
  contribution: {amount}
  benefits: {benefits}
  lives: 1000
  band: {{low: 70%, high: 95%, source: 市总工会定价办法}}
  experience:
    - {{period_id: "2013", contributions: 50000.00, benefits: 41000.00, lives: 1000}}
"""
PAPERS = """papers:
  - {paper: approval, document: 批复〔2013〕7号, issued_on: 2013-11-05, issuer_id: shaoyang}
  - {paper: basis, document: 测算-1, issued_on: 2013-11-05}
  - {paper: pricing_memo, document: 定价-2, issued_on: 2013-11-05}
  - {paper: checklist, document: 核对-1, issued_on: 2013-11-05}
"""
REGION = """checklist:
  pool_id: "430500"
  shown:
    - {{item: legal_person, document: 法人-1}}
    - {{item: account, document: 专户-1}}
    - {{item: staff, document: 人员-1}}
    - {{item: system, document: 系统-1}}
    - {{item: pricing_memo, document: 定价-2}}
  lives: {lives}
  lives_min: 10000
  lives_source: 市总工会
basis:
  pool_id: "430500"
  policy_id: HN-2013
  economy: 统计公报
  protection: 医保公报
  workforce: 工会统计
"""
RESOLUTION = "papers:\n  - {paper: resolution, document: 决议-3, issued_on: 2013-12-01}\n"
UNCHANGED = "nothing changed"


def memo(version: str = "hn-example-2014", amount: str = "50.00", benefits: str = "40000.00") -> str:
    """A memo that expects 80 % of the contribution of a thousand, unless told otherwise."""
    return MEMO.format(version=version, amount=amount, benefits=benefits)


def start(office: Office, lives: int = 12_000) -> Path:
    """The file with everything that a start asks for."""
    path: Path = office.put("start.yaml", PAPERS, memo(), REGION.format(lives=lives))
    return path


def move(office: Office, step: str, *papers: Path, more: tuple[object, ...] = (), on: object = ON) -> Any:  # noqa: ANN401  # the fixture's own answer
    """Take the scheme of the example a step further."""
    return office("approval", "move", step, *papers, *UNION, *SCHEME, *on, *more)


def terms(office: Office, name: str, year: int, amount: str) -> Path:
    """The scheme file of the example for one year, with this contribution."""
    text = (office.folder / "scheme.yaml").read_text("utf-8")
    for old, new in (
        ("version_id: hn-example-2014", f"version_id: hn-example-{year}"),
        ("first_day: 2014-01-01", f"first_day: {year}-01-01"),
        ("last_day: null", f"last_day: {year}-12-31"),
        ("amount: 50.00", f"amount: {amount}"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    path: Path = office.put(name, text)
    return path


def open_year(office: Office, file: Path, year: int, *more: object) -> Any:  # noqa: ANN401  # as above
    """Open the period of a year from a scheme file, in the November before it."""
    policy = ("--policy", office.folder.parent / "chengbu_2014" / "policy.yaml")
    days = ("--first-day", f"{year}-01-01", "--on", f"{year - 1}-11-20")
    return office("period", "open", year, "--scheme", file, *policy, *days, *more)


@pytest.fixture
def desk(office: Office) -> Office:
    """A clerk with the period of 2014, whose version ends with it, and the unions of two cities."""
    assert open_year(office, terms(office, "2014.yaml", 2014, "50.00"), 2014, "--new").status == 0
    table = office.put("organisations.csv", HEAD, *ROWS)
    assert office("organisation", "import", table, "--on", "2013-12-12").status == 0
    return office


def adjust(office: Office, *more: object, version: str = "hn-example-2015", union: object = UNION) -> Any:  # noqa: ANN401  # as above
    """Publish the version of 2015, with 58 yuan, by the memo in ``memo.yaml``."""
    files = (office.path / "2015.yaml", office.path / "memo.yaml")
    return office("approval", "adjust", version, *files, *union, "--on", "2014-11-18", *more)


def prepared(office: Office, amount: str = "58.00", benefits: str = "46400.00") -> Path:
    """The files of an adjustment; the scheme file is answered."""
    office.put("memo.yaml", memo("hn-example-2015", amount, benefits))
    return terms(office, "2015.yaml", 2015, amount)


@pytest.mark.clause("ACFTU-4.4b", "ACFTU-4.1")
def test_the_papers_of_a_start_are_filed_afterwards(desk: Office) -> None:
    """A scheme without a file owes four papers; with a region of too few it is held, then it owes none."""
    owed = desk("approval", "show", *SCHEME)
    assert (owed.status, owed.out.count("[ACFTU-4.4b]"), "it has no file" in owed.out) == (0, 4, True)
    held = move(desk, "register", start(desk, 9_000))
    assert (held.status, "must have at least 10000 persons, got 9000 [ACFTU-4.1]" in held.out) == (1, True)
    done = move(desk, "register", start(desk))
    assert (done.status, done.out) == (0, "done\nstage: active\n")
    shown = desk("approval", "show", *SCHEME, "--json").document
    assert (shown["launch"]["outcome"], shown["stage"], shown["next"]) == (
        "PASS",
        "active",
        ["register", "adjust", "suspend", "stop"],
    )
    told = desk("approval", "show", *SCHEME, "--lang", "zh").out
    assert "2013-12-12 补办启动手续：本级工会批复 批复〔2013〕7号；" in told
    assert "版本 hn-example-2014 每份 50.00 元，1000 份预计给付 40000.00 元" in told


@pytest.mark.clause("ACFTU-4.4a", "ACFTU-4.4b")
def test_a_scheme_goes_from_its_draft_to_its_start(office: Office) -> None:
    """A drafted scheme must not be founded before it is approved; afterwards it starts with its papers."""
    file = terms(office, "2014.yaml", 2014, "50.00")
    table = office.put("organisations.csv", HEAD, *ROWS)
    assert office("organisation", "import", table, "--new", "--on", "2013-11-01").status == 0
    early = ("--on", "2013-11-01")
    for step in ("draft", "propose"):
        assert move(office, step, on=early).status == 0
    refused = open_year(office, file, 2014)
    assert (refused.status, "must be approved by the union" in refused.out) == (1, True)
    zh = open_year(office, file, 2014, "--lang", "zh").out
    assert ("应先经本级工会批准，" in zh, " 已申报 [ACFTU-4.4b]" in zh) == (True, True)
    papers = office.put("papers.yaml", PAPERS)
    filing = office.put("f.yaml", "papers:\n  - {paper: filing, document: 备案-1, issued_on: 2013-11-09}\n")
    assert move(office, "approve", papers, on=("--on", "2013-11-10")).status == 0
    assert move(office, "file", filing, on=("--on", "2013-11-10")).status == 0
    assert open_year(office, file, 2014).status == 0
    assert move(office, "activate", start(office)).out == "done\nstage: active\n"
    steps = [
        each["act"] for each in office("approval", "show", *SCHEME, "--json").document["file"]["approvals"]
    ]
    assert steps == ["draft", "propose", "approve", "file", "activate"]


@pytest.mark.clause("ACFTU-4.4a")
def test_a_scheme_is_suspended_and_goes_on(desk: Office) -> None:
    """It takes no period while it is suspended; what may come next is told."""
    paper = desk.put("vote.yaml", RESOLUTION)
    lacking = move(desk, "suspend")
    assert (lacking.status, "must come with its resolution for suspend" in lacking.out) == (1, True)
    assert "暂停应附决议，" in move(desk, "suspend", more=("--lang", "zh")).out
    assert move(desk, "suspend", paper).out == "done\nstage: suspended\n"
    assert "可办理：恢复、停办" in desk("approval", "show", *SCHEME, "--lang", "zh").out
    refused = open_year(desk, terms(desk, "2015.yaml", 2015, "50.00"), 2015, "--lang", "zh")
    assert (refused.status, "应处于运行状态，" in refused.out) == (1, True)
    again = move(desk, "suspend", paper, on=("--on", "2013-12-13"), more=("--lang", "zh"))
    assert (again.status, "应处于“运行”阶段方可暂停，" in again.out, " 暂停 [ACFTU-4.4a]" in again.out) == (
        1,
        True,
        True,
    )
    assert move(desk, "resume", paper, on=("--on", "2013-12-14")).out == "done\nstage: active\n"


@pytest.mark.clause("ACFTU-4.4b")
def test_a_stop_asks_for_its_plans(desk: Office) -> None:
    """Without plan, estimate and disposal it is refused with all three; with them the scheme runs off."""
    refused = move(desk, "stop", desk.put("a.yaml", PAPERS), more=("--lang", "zh"))
    assert refused.status == 1
    for told in (
        "应有清理方案，含未结申请 0 笔、未报告 未测算的",
        "应测算已发生未报告的金额",
        "应写明结余如何处置",
    ):
        assert told in refused.out
    assert "must" not in refused.out
    plans = (
        "  - {paper: run_off_plan, document: 清理-1, issued_on: 2013-12-01}\n"
        "  - {paper: surplus_disposal, document: 处置-1, issued_on: 2013-12-01}\n"
        "unreported: 1724.00\n"
    )
    disposal = "disposal: {use: roll_forward, purpose: member_benefit, document: 处置-1}\n"
    stopped = move(desk, "stop", desk.put("b.yaml", PAPERS.rstrip("\n"), plans + disposal))
    assert stopped.out == "done\nstage: run_off\n", stopped
    closed = move(desk, "close", desk.put("vote.yaml", RESOLUTION))
    assert closed.out == "done\nstage: closed\n"
    assert "next: none" in desk("approval", "show", *SCHEME).out


@pytest.mark.clause("HN-4.3.4d", "ACFTU-3.2d")
def test_other_dues_are_published_with_their_reasons(desk: Office) -> None:
    """Opening 2015 with 58 yuan is refused with the command to use; after it the period opens."""
    file = prepared(desk)
    refused = open_year(desk, file, 2015)
    assert (refused.status, "[HN-4.3.4d]" in refused.out) == (1, True)
    told = refused.out.partition("memo of its reasons:\n")[2].replace("\\\n", "").split()
    assert told[:4] == ["mutualaid", "approval", "adjust", "hn-example-2015"]
    words = [
        {"PAPERS.yaml": str(desk.path / "memo.yaml"), "UNION": "shaoyang"}.get(each, each) for each in told
    ]
    done = desk.run(*words[1:], "--on", "2014-11-18")
    assert (done.status, done.out) == (0, "done\nstage: active\n")
    assert open_year(desk, file, 2015).status == 0
    assert desk("verify").status == 0
    shown = desk("approval", "show", *SCHEME)
    assert "58.00 yuan a share in hn-example-2015, 46400.00 expected for 1000 shares" in shown.out
    assert (
        "先附定价备忘录公布新版本"
        in open_year(desk, terms(desk, "b", 2016, "59.00"), 2016, "--lang", "zh").out
    )


@pytest.mark.parametrize(
    ("amount", "benefits", "clause"),
    [("58.00", "60150.00", "ACFTU-3.2d"), ("70.00", "56000.00", "HN-4.3.4b"), ("50.00", "40000.00", "")],
)
def test_an_adjustment_keeps_to_band_and_policy(
    desk: Office, amount: str, benefits: str, clause: str
) -> None:
    """Benefits above the band and dues above the policy's range must be refused; the same dues pass."""
    prepared(desk, amount, benefits)
    answer = adjust(desk)
    assert (answer.status, f"[{clause}]" in answer.out) == ((1, True) if clause else (0, False))
    told = adjust(desk, "--lang", "zh").out
    assert "must" not in told


@pytest.mark.clause("HN-4.3.4d", "ACFTU-4.4b")
def test_all_faults_of_an_adjustment_are_told_at_once(desk: Office) -> None:
    """Another city's union and no memo must be told together, and nothing be published."""
    prepared(desk)
    desk.put("memo.yaml", RESOLUTION)
    refused = adjust(desk, "--json", union=("--union", "yueyang"))
    clauses = {fault["clause"] for fault in refused.document["faults"]}
    assert (refused.status, clauses) == (1, {"ACFTU-4.4b", "HN-4.3.4d", "ACFTU-3.2d"})
    assert desk("approval", "show", *SCHEME, "--json").document["file"] is None


def test_a_preview_writes_nothing(desk: Office) -> None:
    """What a preview tells must be what happens then, and nothing is on file before."""
    prepared(desk)
    before = desk.run("info", "--store", desk.store, "--json").document["store"]
    seen = move(desk, "register", start(desk), more=("--preview", "--json")).document
    told = adjust(desk, "--preview")
    assert (told.status, "nothing was written" in told.out) == (0, True)
    assert desk.run("info", "--store", desk.store, "--json").document["store"] == before
    done = move(desk, "register", start(desk), more=("--json",)).document
    assert {**done, "preview": True} == seen


def test_a_repeat_is_done_once(desk: Office) -> None:
    """The same commands of the same day say that nothing changed; on a later day the papers are there."""
    papers = start(desk)
    assert UNCHANGED not in move(desk, "register", papers).out
    again = move(desk, "register", papers)
    assert (again.status, UNCHANGED in again.out) == (0, True)
    later = move(desk, "register", papers, on=("--on", "2013-12-13"))
    assert (later.status, "must not have shown the papers" in later.out) == (1, True)
    prepared(desk)
    first, repeated = adjust(desk), adjust(desk)
    assert (first.status, UNCHANGED in first.out) == (0, False)
    assert (repeated.status, UNCHANGED in repeated.out) == (0, True)
    assert len(desk("approval", "show", *SCHEME, "--json").document["file"]["approvals"]) == 2


def test_who_is_not_there_is_told_so(desk: Office) -> None:
    """An unknown scheme, union or version ends with status 2 and its name, and writes nothing."""
    file = prepared(desk)
    before = desk.run("info", "--store", desk.store, "--json").document["store"]
    other = desk("approval", "move", "propose", *UNION, "--scheme", "other", *ON)
    nobody = desk("approval", "move", "draft", "--union", "nobody", "--scheme", "other", *ON)
    assert ("scheme 'other' does not exist" in other.err, other.status) == (True, 2)
    assert ("organisation 'nobody' does not exist" in nobody.err, nobody.status) == (True, 2)
    assert "没有该互助项目：other" in desk("approval", "show", "--scheme", "other", "--lang", "zh").err
    unknown = adjust(desk, version="v-9")
    assert (unknown.status, "must be one of hn-example-2015, got 'v-9'" in unknown.err) == (2, True)
    text = file.read_text("utf-8").replace("hn-example-inpatient", "hn-other")
    file.write_text(text, "utf-8")
    assert "scheme 'hn-other' does not exist" in adjust(desk).err
    assert desk.run("info", "--store", desk.store, "--json").document["store"] == before


def test_a_version_must_follow_another(desk: Office) -> None:
    """A version that begins before every published one follows none, and is bad input."""
    early = terms(desk, "2013.yaml", 2013, "58.00")
    files = (early, desk.put("memo.yaml", memo("hn-example-2013", "58.00", "46400.00")))
    answer = desk(
        "approval", "adjust", "hn-example-2013", *files, *UNION, "--on", "2014-11-18", "--lang", "zh"
    )
    assert (answer.status, "应接在已公布的版本之后" in answer.err) == (2, True)


def test_a_step_keeps_to_the_order_of_days(desk: Office) -> None:
    """A step on a day before that of the step before must be refused as bad input, in both languages."""
    paper = desk.put("vote.yaml", RESOLUTION)
    assert move(desk, "suspend", paper).status == 0
    early = move(desk, "resume", paper, on=("--on", "2013-12-01"), more=("--lang", "zh"))
    assert (early.status, "业务日期不得早于上一步" in early.err) == (2, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("papers:\n  - {paper: approvl, document: a, issued_on: 2013-11-05}\n", "是否应为 approval"),
        ("papers:\n  - {paper: approval, document: a, issued_on: 2013-11-05}\n", "批复应写明"),
        ("memos: {}\n", "papers.yaml:1:1:memos"),
        ("unreported: much\n", "应为至多两位小数的元"),
        ("disposal: {use: roll_forward, document: a}\n", "留用的应写明"),
        ("", "IN114"),
    ],
)
def test_a_damaged_file_of_papers_is_bad_input(desk: Office, text: str, told: str) -> None:
    """What is wrong with the file is told by its line, in Chinese, and nothing is done."""
    answer = move(desk, "register", desk.put("papers.yaml", text), more=("--lang", "zh"))
    assert (answer.status, told in answer.err) == (2, True), answer.err


@pytest.mark.clause("ACFTU-11.2h")
@pytest.mark.parametrize("number", ["430529196807070665", "13800138000", "6222020000000000000"])
def test_no_number_of_a_person_is_taken_from_papers(desk: Office, number: str) -> None:
    """A number of a person in any text of the file must be refused, and stand in no answer."""
    for text in (
        f"papers:\n  - {{paper: basis, document: '{number}', issued_on: 2013-11-05}}\n",
        REGION.format(lives=12_000).replace("统计公报", f"联系 {number}"),
        memo().replace("市总工会定价办法", f"甲 {number}"),
    ):
        answer = move(desk, "register", desk.put("papers.yaml", text))
        assert (answer.status, number in answer.out + answer.err) == (2, False)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_file_of_the_page_is_one_of_a_start(desk: Office, language: str) -> None:
    """The papers that the page of the command line shows must do for ``register``."""
    page = Path(__file__).parents[2] / "docs" / language / "reference" / "cli.md"
    shown = page.read_text("utf-8").partition("{#papers}")[2].partition("```yaml\n")[2].partition("```")[0]
    papers = desk.put("papers.yaml", shown)
    assert move(desk, "register", papers, on=("--on", "2014-01-06")).status == 0


def test_a_damaged_scheme_file_is_bad_input(desk: Office) -> None:
    """A version that cannot be read must be told by its field."""
    file = prepared(desk)
    file.write_text(file.read_text("utf-8").replace("amount: 58.00", "amount: much", 1), "utf-8")
    assert (adjust(desk).status, "2015.yaml" in adjust(desk).err) == (2, True)
