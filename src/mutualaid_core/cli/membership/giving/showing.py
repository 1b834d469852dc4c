"""Showing a gift programme (查看赠送项目) and what of its quota is left."""

from mutualaid_core.cli.host import opened
from mutualaid_core.cli.membership.acting.telling import plain_of
from mutualaid_core.cli.membership.doing import DONE
from mutualaid_core.cli.membership.persons import impersonal
from mutualaid_core.cli.output import Output
from mutualaid_core.domain.membership.gift import GiftProgramme
from mutualaid_core.intake.problem.fault_wording import found_in_chinese
from mutualaid_core.serialization.records import key_of
from mutualaid_core.services.membership.gifts.founding import given_counter
from mutualaid_core.work import read_one


def show(store_url: str, scheme: str, programme_id: str, output: Output) -> int:
    """Show a programme.

    Raises:
        InvalidValueError: Something personal stands on the command line.
        NotFoundError: There is no such programme.
    """
    with opened(store_url, read_only=True) as store:
        key = key_of(scheme, impersonal("programme", programme_id))
        programme = read_one(store, GiftProgramme, key)
        counter = given_counter(programme)
        given = store.get((), (counter,)).counters[counter].value
    left = programme.quota - given
    output.document({"programme": plain_of(programme), "given": given, "left": left})
    groups, payer, name = ", ".join(programme.groups), programme.payer.value, programme.programme_id
    output.say(
        f"{name}：互助期 {programme.period_id}，赠送方 {found_in_chinese(payer)}，人群 {groups}",
        f"{name}: period {programme.period_id}, given by {payer} to {groups}",
    )
    output.say(
        f"名额 {programme.quota}，已赠送 {given}，剩余 {left}",
        f"quota {programme.quota}, given {given}, left {left}",
    )
    return DONE
