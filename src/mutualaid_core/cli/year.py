"""``mutualaid run`` and ``mutualaid demo`` (运行一个年度)."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from mutualaid_core.cli.host import host_for, opened
from mutualaid_core.cli.output import Output
from mutualaid_core.cli.year_files import figures_of, write_year_files
from mutualaid_core.errors import NotFoundError
from mutualaid_core.intake.year_folder import read_year
from mutualaid_core.publication.summary import summary
from mutualaid_core.services.year import YearRun, run_year

DONE, REFUSED = 0, 1


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


def run(  # noqa: PLR0913  # what the command line gives
    folder: Path, store_url: str, out: Path, output: Output, *, key_file: Path | None, mismatches_stop: bool
) -> int:
    """Run a year's folder into a store and write what comes out.

    Returns:
        0 if the year was closed and disclosed, 1 if that was refused.

    Raises:
        IntakeError: The folder has problems; neither store nor output folder was touched.
    """
    year = read_year(folder, mismatches_stop=mismatches_stop)
    with opened(store_url, read_only=False) as store:
        host = host_for(store, key_file, may_write=True)
        with output.progress() as progress:
            done = run_year(host, year, progress)
        figures = figures_of(store, year, done)
        written = write_year_files(store, year, done, figures, out)
    _tell(output, done, summary(figures), written)
    return DONE if done.disclosure else REFUSED


def _tell(output: Output, done: YearRun, figures: dict[str, int], written: tuple[Path, ...]) -> None:
    refusals = [str(fault) for fault in done.refusals]
    plain: dict[str, Any] = {
        **figures,
        "changed": not done.changed_nothing,
        "acts": done.acts,
        "replayed": done.replayed,
        "refusals": refusals,
        "files": [str(path) for path in written],
    }
    output.document(plain)
    output.table("", [(name, _shown(name, value)) for name, value in figures.items()])
    for refusal in refusals:
        output.say(f"未通过: {refusal}", f"refused: {refusal}")
    for path in written:
        output.say(f"已写出 {path}", f"wrote {path}")
    if done.changed_nothing:
        output.say(
            f"没有变化: {done.acts} 项业务此前均已办理", f"nothing changed: all {done.acts} acts had been done before"
        )
    if done.disclosure is None:
        output.say("本期未能结转和公示,原因见上", "the period was not closed and disclosed, see above")


def _shown(name: str, value: int) -> str:
    """Amounts in yuan, counts as they are."""
    return f"{value / 100:,.2f}" if name.endswith("_fen") else f"{value:,}"
