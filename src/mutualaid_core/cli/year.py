"""``mutualaid run`` and ``mutualaid demo`` (运行一个年度)."""

from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import attrs

from mutualaid_core.cli.approving.pointing import Place, say_adjust
from mutualaid_core.cli.host import host_for, keys_from, opened
from mutualaid_core.cli.output import Output
from mutualaid_core.cli.year_files import figures_of, out_folder, write_year_files
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import NotFoundError
from mutualaid_core.intake.year_files import SCHEME_FILE
from mutualaid_core.intake.year_folder import read_year
from mutualaid_core.publication.summary import summary
from mutualaid_core.services.year import Until, YearRun, run_year

DONE, REFUSED = 0, 1

_LABELS: Final = {
    "units": ("准入单位", "units admitted"),
    "members": ("参加人数", "members"),
    "contributions_fen": ("互助金收入（元）", "contributions, yuan"),
    "claims": ("已审核申请", "claims decided"),
    "paid_claims": ("给付笔数", "claims with a benefit"),
    "refused": ("不予给付", "claims refused"),
    "held": ("暂缓", "claims held"),
    "claimants": ("受助人数", "persons helped"),
    "paid_fen": ("给付总额（元）", "benefits paid, yuan"),
    "unpaid_claims": ("未支付笔数", "claims not paid yet"),
    "unpaid_fen": ("未支付金额（元）", "benefits not paid yet, yuan"),
    "largest_benefit_fen": ("单笔最高（元）", "largest benefit, yuan"),
    "opening_fen": ("期初结余（元）", "opening balance, yuan"),
    "granted_fen": ("本期注入（元）", "grants received, yuan"),
    "closing_fen": ("期末结余（元）", "closing balance, yuan"),
    "reserve_fen": ("其中：储备金（元）", "  of it reserve, yuan"),
    "grant_fen": ("其中：注入资金（元）", "  of it grants, yuan"),
}


@attrs.frozen(kw_only=True)
class Asked:
    """How a year is to be run (运行选项).

    Attributes:
        key_file: File with the keys; ``None`` where the store keeps its own.
        mismatches_stop: Whether a settlement that fits nothing is a fault of the file.
        until: Name of the last step.
    """

    key_file: Path | None = None
    mismatches_stop: bool = True
    until: str = Until.DISCLOSED.value


def demo_folder() -> Path:
    """The folder of the demo year, from the installed package or from a checkout.

    Raises:
        NotFoundError: Neither has it.
    """
    package = Path(str(files("mutualaid_core")))
    for folder in (package / "examples" / "chengbu_2014", package.parents[1] / "examples" / "chengbu_2014"):
        if folder.is_dir():
            return folder
    raise NotFoundError("folder", "examples/chengbu_2014")


def run(folder: Path, store_url: str, out: Path, output: Output, asked: Asked) -> int:
    """Run a year's folder into a store and write what comes out.

    Returns:
        0 if the year was run as far as asked, 1 if closing or disclosing it was refused.

    Raises:
        IntakeError: The folder has problems; neither store nor output folder was touched.
        InvalidValueError: Key file or output folder are of no use; the store was not touched.
    """
    until = Until(asked.until)
    year = read_year(folder, mismatches_stop=asked.mismatches_stop)
    keys = keys_from(asked.key_file)
    with out_folder(out), opened(store_url, read_only=False) as store:
        host = host_for(store, keys, may_write=True)
        with output.progress() as progress:
            done = run_year(host, year, progress, until)
        figures = figures_of(store, year, done)
        written = write_year_files(store, year, done, figures, out)
    is_whole = done.founded if until is not Until.DISCLOSED else done.disclosure is not None
    _tell(output, done, summary(figures), written)
    version = year.founding.version.version_id
    place = Place(version=version, file=folder / SCHEME_FILE, store=store_url, key_file=asked.key_file)
    say_adjust(output, () if done.founded else done.refusals, place)
    if not is_whole:
        output.say("本期未能结转和公示，原因见上", "the period was not closed and disclosed, see above")
    return DONE if is_whole else REFUSED


def _tell(output: Output, done: YearRun, figures: dict[str, int], written: tuple[Path, ...]) -> None:
    refusals = [str(fault) for fault in done.refusals]
    plain: dict[str, Any] = {
        **figures,
        "closed": done.closing is not None,
        "changed": not done.changed_nothing,
        "acts": done.acts,
        "replayed": done.replayed,
        "refusals": refusals,
        "files": [str(path) for path in written],
    }
    output.document(plain)
    output.table("", [(_label(name, output), _shown(name, value)) for name, value in figures.items()])
    for refusal in refusals:
        output.say(f"未通过: {refusal}", f"refused: {refusal}")
    for path in written:
        output.say(f"已写出 {path}", f"wrote {path}")
    if done.changed_nothing:
        zh, en = "没有变化：{} 项业务此前均已办理", "nothing changed: all {} acts had been done before"
        output.say(zh.format(done.acts), en.format(done.acts))


def _label(name: str, output: Output) -> str:
    zh, en = _LABELS.get(name, (name, name))
    return zh if output.lang == "zh" else en


def _shown(name: str, value: int) -> str:
    """Amounts in yuan, counts as they are."""
    return Money(value).to_text() if name.endswith("_fen") else f"{value:,}"
