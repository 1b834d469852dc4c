"""``mutualaid calculate``: files in, rows out, the same from both evaluators."""

import csv
import importlib.util
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from mutualaid_core.cli.calculating import scalar
from mutualaid_core.intake.claims.batch import SchemeBatch, VersionBatch
from mutualaid_core.rules.claims.counters import Counters
from mutualaid_core.rules.claims.plan.compile import compile_version
from mutualaid_core.testing.claims import ClaimFile, claim_files

Cli = Callable[..., Any]
SCHEME = Path(__file__).parents[1] / "unit" / "intake" / "claims" / "two_versions.yaml"
NEEDS_COLUMNS = pytest.mark.skipif(
    importlib.util.find_spec("numpy") is None, reason="the extra columnar is not installed"
)

CLAIMS = """\
claim_id,person_id,event,began,ended,inscp_scp_amt,hifp_pay,grade
c1,p1,inpatient_stay,2015-03-01,2015-03-08,20000.00,9000.00,
c2,p1,inpatient_stay,2015-12-28,2016-01-03,20000.00,9000.00,
c3,p1,critical_illness,2015-05-01,,,,a
c4,p1,inpatient_stay,2015-04-01,2015-04-21,20000.00,3000.00,
c5,p2,inpatient_stay,2015-01-05,2015-01-09,1500.50,0,
c6,p3,inpatient_stay,2015-01-05,2015-01-09,1500.50,0,
"""
MEMBERS = """\
person_id,period_id,first_day,last_day,shares,parts,born,sex
p1,A,2015-01-01,2015-12-31,2,main;rider,1965-06-01,2
p1,B,2016-01-01,2016-12-31,1,main;rider,1965-06-01,2
p2,A,2015-01-01,2015-12-31,,main,1965-06-01,1
"""
PRIOR = """\
person_id,period_id,counter,used
p1,A,amount/stay/period,4000.00
p1,,payments/illness/lifetime,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with claims, members and prior use."""
    for name, text in (("claims", CLAIMS), ("members", MEMBERS), ("prior", PRIOR)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def options(folder: Path, *names: str) -> list[object]:
    """The options that name the files."""
    files: list[object] = [part for name in names for part in (f"--{name}", folder / f"{name}.csv")]
    return ["calculate", "--scheme", SCHEME, *files]


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text by column."""
    return list(csv.DictReader(io.StringIO(text)))


def test_amounts(cli: Cli, folder: Path) -> None:
    """Each claim must be paid what its version says, in the order of use, printed in that of the file.

    c1: (20,000 - 9,000 - 1,000) x 50% = 5,000, and 7 nights x 50. c4: (17,000 - 1,000) x 50% = 8,000,
    of which 5,000 are left, and 3 of 20 nights. c2, of 2016: 11,000 x 60%. c3: 5,000 x 2 shares.
    c5: (1,500.50 - 1,000) x 50%. c6 is no member.
    """
    found = rows(cli(*options(folder, "claims", "members")).out)
    assert [(row["claim_id"], row["version"], row["benefit_yuan"]) for row in found] == [
        ("c1", "2015", "5350.00"),
        ("c2", "2016", "6600.00"),
        ("c3", "2015", "10000.00"),
        ("c4", "2015", "5150.00"),
        ("c5", "2015", "250.25"),
        ("c6", "2015", "0.00"),
    ]
    assert [row["reasons"] for row in found[3:]] == [
        "CAP_REDUCED;DAYS_REDUCED;COMPUTED",
        "COMPUTED",
        "NOT_A_MEMBER",
    ]
    assert found[3]["lines"] == "stay=5000.00; daily=150.00"
    assert found[0]["left"].startswith("benefits[0].limits[0] amount/stay/period 10000.00 5000.00 5000.00; ")


def test_prior_use(cli: Cli, folder: Path) -> None:
    """What was used before must be taken off the limits: 1,000 are left to c4 after c1, and nothing to c3."""
    found = {row["claim_id"]: row for row in rows(cli(*options(folder, "claims", "members", "prior")).out)}
    assert [found[claim]["benefit_yuan"] for claim in ("c1", "c4", "c3")] == ["5350.00", "1150.00", "0.00"]
    assert (found["c3"]["outcome"], found["c3"]["reasons"]) == ("REJECT", "SUM_PAID_BEFORE")


@NEEDS_COLUMNS
@pytest.mark.parametrize("form", ["csv", "json"])
def test_both_engines_write_the_same_bytes(cli: Cli, folder: Path, form: str) -> None:
    """Both evaluators must write the same file, byte by byte."""
    made = []
    for engine in ("scalar", "columnar"):
        out = folder / f"{engine}.{form}"
        chosen = ["--engine", engine, "--format", form, "--out", out]
        assert cli(*options(folder, "claims", "members", "prior"), *chosen).status == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]


def test_without_the_extra(folder: Path) -> None:
    """Without the libraries of the columnar evaluator the line that installs them must be told."""
    code = "import sys; sys.modules['numpy'] = None; from mutualaid_core.cli import main; main()"
    arguments = map(str, [*options(folder, "claims", "members"), "--engine", "columnar"])
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'mutualaid-core[columnar]'" in done.stderr


def test_schemes_pay_one_after_the_other(cli: Cli, folder: Path) -> None:
    """What an earlier scheme paid must count as paid elsewhere for a later one that looks at it."""
    other = folder / "other.yaml"
    other.write_text(SCHEME.read_text("utf-8").replace("scheme_id: made-up", "scheme_id: second"), "utf-8")
    (folder / "one.csv").write_text(
        "claim_id,person_id,event,began,ended,medfee_sumamt,fund_pay_sumamt,inscp_scp_amt,hifp_pay\n"
        "c2,p1,inpatient_stay,2015-12-28,2016-01-03,25000.00,9000.00,20000.00,9000.00\n",
        "utf-8",
    )
    command = ["calculate", "--scheme", SCHEME, other, "--claims", folder / "one.csv"]
    found = rows(cli(*command).out)
    # 11,000 x 60% = 6,600; then (11,000 - 6,600) x 60%, within the 16,000 - 6,600 that are left of the cost.
    assert [(row["scheme"], row["benefit_yuan"]) for row in found] == [
        ("made-up", "6600.00"),
        ("second", "2640.00"),
    ]


def test_faults_stop_everything(cli: Cli, folder: Path) -> None:
    """Every fault must be told with file, row and field, with status 2 and without a row."""
    (folder / "claims.csv").write_text(CLAIMS.replace("9000.00", "9,000").replace(",a\n", ",c\n"), "utf-8")
    answer = cli(*options(folder, "claims", "members"), "--out", folder / "out.csv")
    assert (answer.status, answer.out, (folder / "out.csv").exists()) == (2, "", False)
    (folder / "claims.csv").write_text(CLAIMS.replace("9000.00", "x").replace(",a\n", ",c\n"), "utf-8")
    answer = cli(*options(folder, "claims", "members"))
    assert [line.partition(" ")[0] for line in answer.err.splitlines()] == [
        "claims.csv:2:hifp_pay:",
        "claims.csv:3:hifp_pay:",
        "claims.csv:4:grade:",
    ]


def test_scheme_with_faults(cli: Cli, folder: Path) -> None:
    """A scheme file with faults must be told as such."""
    wrong = folder / "wrong.yaml"
    wrong.write_text(SCHEME.read_text("utf-8").replace("ratio: 50%", "ratio: 150%"), "utf-8")
    answer = cli("calculate", "--scheme", wrong, "--claims", folder / "claims.csv")
    assert (answer.status, "ratio" in answer.err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "claims must be given"),
        (["--dues"], "members must be given"),
        (
            ["--claims", "c.csv", "--explain", "--engine", "columnar"],
            "explain must go with the engine scalar",
        ),
        (["--claims", "c.csv", "--format", "xml"], "USAGE"),
    ],
)
def test_options_that_do_not_go_together(cli: Cli, arguments: list[str], told: str) -> None:
    """A command line that asks for nothing, or for two things, must be refused."""
    answer = cli("calculate", "--scheme", SCHEME, *arguments)
    assert (answer.status, told in answer.err) == (2, True)


def test_explained(cli: Cli, folder: Path) -> None:
    """Steps must stand below the rows, in a file of their own beside a CSV file, and in JSON as traces."""
    command = [*options(folder, "claims", "members"), "--explain"]
    told = cli(*command).out
    assert told.startswith("claim_id,")
    assert "Claim c1, scheme made-up version 2015: 5,350.00 yuan" in told
    assert cli(*command, "--out", folder / "out.csv", "--lang", "zh").status == 0
    assert (folder / "out.csv").read_text("utf-8") == told.partition("\nClaim c1")[0]
    assert "5,350.00 元" in (folder / "out.explained.txt").read_text("utf-8")
    document = cli(*command, "--format", "json").document
    assert document[0]["trace"]["steps"][0]["rule"] == "applies"
    assert document[5]["trace"] is None


def test_template(cli: Cli) -> None:
    """The template must be the head that the scheme asks for, with what each column holds below it."""
    command = ["calculate", "--scheme", SCHEME, "--template"]
    head, *told = cli(*command).out.splitlines()
    assert head == (
        "claim_id,person_id,event,began,ended,filed,parts,medfee_sumamt,inscp_scp_amt,hifp_pay,fund_pay_sumamt,"
        "hosp_part_amt,days,shares,age,cover_day,insutype,med_type,grade,elsewhere,refd_setl_flag"
    )
    assert [line.partition(":")[0] for line in told] == head.split(",")
    day = "cover_day: required (inpatient_stay); whole number; day of cover, the first one being 1"
    assert f"{day}; asked only of who holds rider" in told


def test_template_tells_what_hangs_together(cli: Cli) -> None:
    """The template must tell columns that are filled together, and of which persons one alone is asked."""
    command = ["calculate", "--scheme", SCHEME, "--template"]
    chinese = cli(*command, "--lang", "zh").out
    assert "medfee_sumamt: 可空；元，至多两位小数；医疗费总额；填写时须同时填写 fund_pay_sumamt\n" in chinese
    assert "基金支付总额；填写 medfee_sumamt 时必填\n" in chinese
    assert "保障第几天，首日为 1；仅参加 rider 的人员须填\n" in chinese
    english = cli(*command).out
    assert "total medical cost; where it is filled, fund_pay_sumamt must be too\n" in english
    assert "the first one being 1; asked only of who holds rider\n" in english
    columns = {each["column"]: each for each in cli(*command, "--format", "json").document}
    assert columns["medfee_sumamt"]["filled_with"] == ["fund_pay_sumamt"]
    assert columns["fund_pay_sumamt"]["filled_beside"] == ["medfee_sumamt"]
    assert columns["cover_day"]["holders"] == ["rider"]


def test_template_tells_what_a_period_is(cli: Cli) -> None:
    """A period of members must be filled and is one's own word; only prior use over a lifetime has none."""
    command = ["calculate", "--scheme", SCHEME, "--template", "--for"]
    told = cli(*command, "members").out
    assert (
        "period_id: required; text without blanks and /; id of the period, your own word such as 2014" in told
    )
    assert "终身限额留空\n" in cli(*command, "prior", "--lang", "zh").out
    assert "终身" not in cli(*command, "members", "--lang", "zh").out


def test_event_may_be_blank_where_there_is_one(cli: Cli) -> None:
    """The kind of the event must be asked for only where the schemes pay for more than one."""
    one = Path(__file__).parents[2] / "examples" / "chengbu_2014" / "scheme.yaml"
    assert "\nevent: optional; " in cli("calculate", "--scheme", one, "--template").out
    assert "\nevent: required; " in cli("calculate", "--scheme", SCHEME, "--template").out


def test_blank_rows_at_the_end(cli: Cli, folder: Path) -> None:
    """Rows of a template that nobody filled in must be nothing."""
    whole = cli(*options(folder, "claims", "members"))
    (folder / "claims.csv").write_text(CLAIMS + ",,,,,,,\n" * 40 + "\n", "utf-8")
    assert cli(*options(folder, "claims", "members")) == whole
    assert whole.status == 0


def test_blank_rows_between_rows(cli: Cli, folder: Path) -> None:
    """Blank rows before a filled one must be told in one line, in the language that is asked for."""
    first, rest = CLAIMS.split("c2,", 1)
    (folder / "claims.csv").write_text(f"{first},,,,,,,\n\n,,,,,,,\nc2,{rest},,,,,,,\n", "utf-8")
    told = cli(*options(folder, "claims", "members"), "--lang", "zh")
    assert (told.status, told.err) == (2, "claims.csv:3:: 空行 (另有 2 行，至第 5 行): 请删除该行 [IN036]\n")


def test_template_beside_members(cli: Cli) -> None:
    """What members tell must stand in their template, and not in that of the claims beside them."""
    command = ["calculate", "--scheme", SCHEME, "--template"]
    claims = cli(*command, "--members", "members.csv").out.splitlines()[0].split(",")
    assert not {"parts", "age", "cover_day", "shares"} & set(claims)
    members = cli(*command, "--for", "members", "--lang", "zh").out.splitlines()[0]
    assert members == "person_id,period_id,first_day,last_day,parts,born,shares,sex,insutype"


def test_template_of_prior_use(cli: Cli) -> None:
    """The template of prior use must name every counter, and JSON say the same as the text."""
    document = cli(
        "calculate", "--scheme", SCHEME, "--template", "--for", "prior", "--format", "json"
    ).document
    assert [column["column"] for column in document] == ["person_id", "period_id", "counter", "used"]
    assert document[2]["form"]["en"] == (
        "one of amount/stay/period, days/daily/period, payments/illness/lifetime"
    )


def test_template_in_a_file(cli: Cli, folder: Path) -> None:
    """A file must get the head alone, so that rows can be put below it."""
    command = ["calculate", "--scheme", SCHEME, "--template", "--for", "prior", "--out", folder / "head.csv"]
    assert cli(*command).status == 0
    assert (folder / "head.csv").read_text("utf-8") == "person_id,period_id,counter,used\n"


def test_dues(cli: Cli, folder: Path) -> None:
    """Dues must be those of the member's parts, shares and sex, a third borne by the union.

    p1: main 2 x 50, rider 20 for a woman, of which there is one share: 120, a third is 40; in 2016 60.
    p2: main 50, a third is 16.666..., the rest 33.333...: the odd fen goes where more was cut off.
    """
    found = rows(cli(*options(folder, "members"), "--dues").out)
    assert [(row["row"], row["person_id"], row["version"], row["dues_yuan"]) for row in found] == [
        ("2", "p1", "2015", "120.00"),
        ("3", "p1", "2016", "60.00"),
        ("4", "p2", "2015", "50.00"),
    ]
    assert [(row["borne_by_union"], row["borne_by_member"]) for row in found] == [
        ("40.00", "80.00"),
        ("", ""),
        ("16.67", "33.33"),
    ]
    assert found[0]["parts"] == "main=100.00; rider=20.00"


def test_dues_by_id_number(cli: Cli, folder: Path) -> None:
    """Where members are named by ID number, rows must be told by their number alone."""
    number = "430529198001010013"
    text = f"certno,first_day,parts,shares\n{number},2015-01-01,main,1\n"
    (folder / "members.csv").write_text(text, "utf-8")
    answer = cli(*options(folder, "members"), "--dues", "--format", "json")
    assert (answer.document[0]["row"], answer.document[0]["person_id"]) == (2, "")
    assert number not in answer.out


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("p1,2015-01-01,main,3,2", "2:shares"),
        ("p1,2015-01-01,,1,2", "2:parts"),
        ("p1,2015-01-01,main;rider,1,", "2:sex"),
        ("p1,2014-01-01,main,1,2", "2:first_day"),
        ("p1,2015-01-01,rider,1,2", "2:parts"),
    ],
)
def test_faults_of_dues(cli: Cli, folder: Path, row: str, place: str) -> None:
    """A member whose dues do not follow from the row must be told with the field that is wrong."""
    (folder / "members.csv").write_text(f"person_id,first_day,parts,shares,sex\n{row}\n", "utf-8")
    answer = cli(*options(folder, "members"), "--dues")
    assert (answer.status, answer.err.startswith(f"members.csv:{place}:")) == (2, True)


EXAMPLE = Path(__file__).parents[2] / "examples" / "chengbu_2014"


@pytest.mark.parametrize("engine", ["scalar", pytest.param("columnar", marks=NEEDS_COLUMNS)])
def test_example_year_without_a_store(cli: Cli, tmp_path: Path, engine: str) -> None:
    """The settlements of the example year must come to its published total, by ID number and unshown."""
    settlements = rows((EXAMPLE / "settlements.csv").read_text("utf-8"))
    kept = [name for name in settlements[0] if name not in {"psn_name", "unit_code", "fixmedins_name"}]
    with (tmp_path / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(settlements)
    command = ["calculate", "--scheme", EXAMPLE / "scheme.yaml", "--claims", tmp_path / "claims.csv"]
    answer = cli(*command, "--engine", engine, "--format", "json")
    amounts = [row["benefit_fen"] for row in answer.document]
    assert (len(amounts), sum(amounts), max(amounts)) == (112, 24_699_042, 2_480_000)
    assert not any(settlement["certno"] in answer.out for settlement in settlements)


def test_diagnosis_is_not_shown(cli: Cli, folder: Path) -> None:
    """The word of a counter that runs for each diagnosis must be masked, and used up for each by itself."""
    scheme = folder / "scheme.yaml"
    limit = "{kind: days, most: 10, per: period, "
    scheme.write_text(SCHEME.read_text("utf-8").replace(limit, f"{limit}each: dise_code, "), "utf-8")
    head, *lines = CLAIMS.splitlines()
    stays = [f"{line},{code}" for line, code in zip([lines[0], lines[3]], ("I21.0", "K35.8"), strict=True)]
    (folder / "claims.csv").write_text("\n".join([f"{head},dise_code", *stays, ""]), "utf-8")
    command = ["calculate", "--scheme", scheme, "--claims", folder / "claims.csv"]
    answer = cli(*command, "--members", folder / "members.csv")
    assert [row["left"].rpartition("; ")[2] for row in rows(answer.out)] == [
        "benefits[1].limits[0] days/daily/period/*** 10 7 3",
        "benefits[1].limits[0] days/daily/period/*** 10 10 0",
    ]
    assert "I21" not in answer.out


def batch_of(file: ClaimFile) -> tuple[VersionBatch, SchemeBatch]:
    """Drawn claims as a file of them would be read."""
    version = VersionBatch(plan=compile_version(file.version), lines=file.lines)
    scheme = SchemeBatch(
        scheme_id=file.version.scheme_id, versions=(version,), covers=file.covers, counters=Counters()
    )
    return version, scheme


@NEEDS_COLUMNS
@given(claim_files(benefits_max=2))
def test_both_engines_give_the_same_rows(file: ClaimFile) -> None:
    """Whatever the scheme and the claims, both must give the same rows and leave the counters alike."""
    from mutualaid_core.cli.calculating import columns  # noqa: PLC0415  # needs the extra

    one, other = batch_of(file), batch_of(file)
    assert list(columns.computed(*other)) == list(scalar.computed(*one, explained=False))
    assert other[1].counters.values == one[1].counters.values
