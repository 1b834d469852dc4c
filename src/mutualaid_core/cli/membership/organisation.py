"""``mutualaid organisation`` (组织): check, import and show the tree of unions and agencies."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from cyclopts import App, Parameter

from mutualaid_core.cli.host import host_for, keys_from, opened, today
from mutualaid_core.cli.membership.doing import DONE, REFUSED, Asked, do_act
from mutualaid_core.cli.membership.faults import say_faults
from mutualaid_core.cli.membership.persons import named_id
from mutualaid_core.cli.output import Output, counted
from mutualaid_core.domain.claims.reason import Outcome
from mutualaid_core.domain.governance.act import Act
from mutualaid_core.domain.membership.organisation import Organisation
from mutualaid_core.domain.values.dates import parse_day
from mutualaid_core.intake.problem.fault_wording import WORDS
from mutualaid_core.ports.clock import SystemClock
from mutualaid_core.ports.store import Store
from mutualaid_core.rules.membership.organisation.tree import Standing
from mutualaid_core.serialization.codec import to_plain
from mutualaid_core.services.membership.organisations import OrganisationsPut
from mutualaid_core.work import Host, read_one

group: Final = App(
    name="organisation",
    help="Organisations (组织): the unions from the nation to the unit, and the agencies beside them.",
)

File = Annotated[Path, Parameter(help="CSV file (组织表), a row for each term of each organisation.")]
StoreUrl = Annotated[str, Parameter(help="Store (账簿): sqlite:///year.db, file:///folder.")]
Divisions = Annotated[
    Path | None, Parameter(help="Division codes (行政区划代码) of your own, instead of the shipped ones.")
]
On = Annotated[str | None, Parameter(help="Day (日期), YYYY-MM-DD; today if not given.")]
Lang = Annotated[Literal["zh", "en"], Parameter(help="Language (语言) of what is printed.")]
Json = Annotated[bool, Parameter(name="--json", negative="", help="Answer with one JSON document.")]


@group.command
def check(
    file: File,
    *,
    store: Annotated[str | None, Parameter(help="Store (账簿) with what is there already.")] = None,
    divisions: Divisions = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Check a table of organisations (核对): all faults at once; nothing is written."""
    from mutualaid_core.intake.membership.organisations import read_organisations
    from mutualaid_core.services.membership.organisations import judge_organisations

    organisations, table = read_organisations(file), _table(divisions)
    output = Output(lang=lang, as_json=as_json)
    if store is None:
        return _tell(output, judge_organisations(None, organisations, table), len(organisations))
    with opened(store, read_only=True) as found:
        return _tell(output, judge_organisations(found, organisations, table), len(organisations))


@group.command(name="import")
def import_file(  # noqa: PLR0913  # one argument per option
    file: File,
    *,
    store: StoreUrl,
    divisions: Divisions = None,
    new: Annotated[
        bool, Parameter(negative="", help="Make the store (新建账簿) if it is not there.")
    ] = False,
    on: On = None,
    actor: Annotated[str, Parameter(help="Account (经办人) that acts.")] = "cli",
    key: Annotated[str | None, Parameter(help="Idempotency key (幂等键): the same key is done once.")] = None,
    key_file: Annotated[Path | None, Parameter(help="File with the secret bytes (密钥).")] = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Import a table of organisations (导入): judged as a whole, then written; or nothing is."""
    from mutualaid_core.intake.membership.organisations import read_organisations
    from mutualaid_core.services.membership.organisations import import_organisations

    organisations, table = read_organisations(file), _table(divisions)
    if new:
        with opened(store, read_only=False) as made:
            host_for(made, keys_from(key_file), may_write=True)

    def call(host: Host, act: Act) -> OrganisationsPut:
        return import_organisations(host, act, organisations, table)

    def tell(_store: Store, done: OrganisationsPut) -> int:
        return _tell(Output(lang=lang, as_json=as_json), done, len(organisations))

    asked = Asked(store=store, key_file=key_file, on=on, actor=actor, key=key)
    return do_act(asked, call, tell)


@group.command
def show(
    organisation: Annotated[str, Parameter(help="Id of the organisation (组织编号).")],
    *,
    store: StoreUrl,
    on: On = None,
    lang: Lang = "en",
    as_json: Json = False,
) -> int:
    """Show where an organisation stands (隶属关系) on a day, and what stands directly below it."""
    from mutualaid_core.rules.membership.organisation.pooling import pools_below
    from mutualaid_core.rules.membership.organisation.tree import path_of, standing_on, tree_of, units_below
    from mutualaid_core.services.membership.organisations import tree_on

    day = today(SystemClock()) if on is None else parse_day(on)
    named_id("organisation", organisation)
    with opened(store, read_only=True) as found:
        own = read_one(found, Organisation, organisation)
        # One that does not stand on the day is not unknown.
        tree = tree_of((*tree_on(found, day).organisations.values(), own))
    path = path_of(tree, organisation, day)
    below = [standing_on(tree, child, day) for child in tree.children.get(organisation, ())]
    children = [each for each in below if each is not None and each.term.parent_id == organisation]
    units, pools = units_below(tree, organisation, day), pools_below(tree, organisation, day)
    output = Output(lang=lang, as_json=as_json)
    output.document(
        {
            "on": day.isoformat(),
            "path": [_plain(each) for each in path.steps],
            "faults": [str(fault) for fault in path.faults],
            "children": [_plain(each) for each in children],
            "units": len(units),
            "pools": to_plain(pools),
        }
    )
    _say_listed(output, day.isoformat(), path.steps)
    say_faults(output, path.faults)
    _say_listed(output, "下级" if lang == "zh" else "below", children)
    zh, en = "没有下级组织", "nothing stands below"
    if children:
        zh = f"统筹区 {len(pools.pools)} 个，单位 {len(units)} 个"
        en = f"{counted(len(pools.pools), 'pool')}, {counted(len(units), 'unit')} below"
    output.say(zh, en)
    return REFUSED if path.faults else DONE


def _table(path: Path | None) -> Any:  # noqa: ANN401  # the library of the table is loaded when it is read
    from mutualaid_core.intake.membership.divisions import read_divisions, shipped_divisions

    return shipped_divisions() if path is None else read_divisions(path)


def _say_listed(output: Output, title: str, standings: Sequence[Standing]) -> None:
    """A table of organisations as they stand; none where there is nothing in it."""
    if standings:
        output.table(title, [(each.organisation.organisation_id, _words(each, output)) for each in standings])


def _words(standing: Standing, output: Output) -> str:
    """Level, name and division of an organisation as it stands."""
    division = f" {standing.term.division}" if standing.term.division else ""
    level = standing.organisation.level.value
    return f"{WORDS.get(level, level) if output.lang == 'zh' else level} {standing.term.name}{division}"


def _plain(standing: Standing) -> dict[str, Any]:
    own = standing.organisation
    term: dict[str, Any] = to_plain(standing.term)
    return {
        "organisation_id": own.organisation_id,
        "level": own.level.value,
        "kind": own.kind.value,
        **term,
    }


def _tell(output: Output, done: OrganisationsPut, count: int) -> int:
    """Print outcome and faults, and give the exit status."""
    output.document(
        {
            "outcome": done.outcome.value,
            "organisations": count,
            "put": len(done.put),
            "faults": [str(fault) for fault in done.faults],
        }
    )
    say_faults(output, done.faults)
    is_refused = done.outcome is Outcome.REJECT
    zh, en = ("不通过", "refused") if is_refused else ("通过", "sound")
    output.say(
        f"{zh}：{count} 个组织，{len(done.faults)} 处问题，写入 {len(done.put)} 个",
        f"{en}: {counted(count, 'organisation')}, {counted(len(done.faults), 'fault')},"
        f" {len(done.put)} written",
    )
    return REFUSED if is_refused else DONE
