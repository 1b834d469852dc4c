"""``mutualaid gift`` and ``mutualaid renewal``, and the periods that they stand on."""

from typing import Any

import pytest

Office = Any
SCHEME = ("--scheme", "hn-example-inpatient")
PERIODS = (*SCHEME, "--from-period", "2014", "--to-period", "2015")
FOUND = ("gift", "found", "COURIERS", "--payer", "union", "--groups", "courier", "--source", "HN-4.3.1")
GIVE = ("gift", "give", "COURIERS", "--unit", "EX103", *SCHEME, "--on", "2013-12-14")


def found(office: Office, quota: int, *more: str) -> Any:  # noqa: ANN401  # the fixture's own answer
    """Found the programme for the couriers on 13 December."""
    named = ("--quota", quota, *SCHEME, "--period", "2014", "--on", "2013-12-13")
    return office(*FOUND, *named, *more)


@pytest.mark.clause("SN-2.1.5")
def test_a_programme_needs_its_decision(joined: Office) -> None:
    """Without a decision it is held; with one it is founded the same day, and only once."""
    assert found(joined, 1).status == 1
    assert found(joined, 1, "--resolution", "2013-7").status == 0
    assert found(joined, 1, "--resolution", "2013-7").status == 0
    other = found(joined, 2, "--resolution", "2013-7")
    assert (other.status, "must not be used yet" in other.err) == (2, True)


@pytest.mark.clause("SN-2.1.5")
def test_the_quota_is_never_exceeded(joined: Office) -> None:
    """Of two couriers one gets the one place, the other is held, and nobody gets it twice."""
    found(joined, 1, "--resolution", "2013-7")
    preview = joined(*GIVE, "--counted-on", "2013-12-10", "--preview", "--json")
    given = joined(*GIVE, "--counted-on", "2013-12-10", "--json")
    again = joined(*GIVE, "--counted-on", "2013-12-10", "--json")
    assert preview.document["enrolled"] == given.document["enrolled"]
    assert (given.status, len(given.document["enrolled"]), len(given.document["held"])) == (1, 1, 1)
    assert (again.document["enrolled"], len(again.document["held"])) == ([], 1)
    shown = joined("gift", "show", "COURIERS", *SCHEME, "--json").document
    assert (shown["given"], shown["left"]) == (1, 0)
    told = joined("gift", "show", "COURIERS", *SCHEME, "--lang", "zh").out
    assert "名额 1，已赠送 1，剩余 0" in told


def test_without_a_roster_nobody_is_given_a_place(joined: Office) -> None:
    """A day without a roster, and a programme that is not there, are told with status 2."""
    found(joined, 1, "--resolution", "2013-7")
    assert joined(*GIVE, "--counted-on", "2013-12-11").status == 2
    assert joined("gift", "show", "OTHER", *SCHEME).status == 2
    told = joined(*GIVE[:-1], "2013-12-15", "--counted-on", "2013-12-10", "--lang", "zh").out
    assert "名额已满，暂缓 1 人" in told


def paid(office: Office, unit: str, received: str) -> None:
    """The unit pays for 2014 and the next period opens with a roster of its own."""
    listed = (f"R-{unit}", office.roster(2014), "--unit", unit, "--received", received)
    named = (*SCHEME, "--period", "2014", "--on", "2013-12-18")
    assert office("remittance", "receive", *listed, *named).status == 0
    assert office.open(2015).status == 0
    assert office("roster", "import", office.roster(2015), "--counted-on", "2014-12-10").status == 0


@pytest.mark.clause("HN-4.3.5d", "HN-4.1.2a")
def test_a_unit_renews_once_it_is_admitted(joined: Office) -> None:
    """Before that it is refused; afterwards the same command of the same day renews, and once."""
    paid(joined, "EX101", "250.00")
    renew = ("renewal", "renew", "EX101", joined.roster(2015), *PERIODS, "--on", "2014-12-12")
    refused = joined(*renew, "--preview")
    assert (refused.status, "would be refused" in refused.out) == (1, True)
    assert joined(*renew).status == 1
    judged = ("--counted-on", "2014-12-10", "--on", "2014-12-12")
    assert joined("unit", "admit", "EX101", *SCHEME, "--period", "2015", *judged).status == 0
    done = [joined(*renew, "--json").document["renewed"] for _ in range(2)]
    assert (len(done[0]), done[0] == done[1]) == (2, True)


@pytest.mark.clause("HN-4.3.4c")
@pytest.mark.parametrize(("language", "told"), [("en", "2 enrolled already"), ("zh", "此前已参加 2 人")])
def test_a_roster_counts_those_who_were_renewed(joined: Office, language: str, told: str) -> None:
    """After a renewal the roster of the unit must enrol the rest, count the renewed, and end with 0."""
    paid(joined, "EX101", "250.00")
    named = ("EX101", *SCHEME, "--period", "2015", "--counted-on", "2014-12-10", "--on", "2014-12-12")
    assert joined("unit", "admit", *named).status == 0
    assert (
        joined("renewal", "renew", "EX101", joined.roster(2015), *PERIODS, "--on", "2014-12-12").status == 0
    )
    answers = [joined("unit", "enrol", *named, "--lang", language) for _ in range(2)]
    assert [answer.status for answer in answers] == [0, 0]
    assert told in answers[0].out
    persons = joined("unit", "enrol", *named, "--json").document["units"][0]["persons"]
    assert [each["is_present"] for each in persons].count(True) == 2


@pytest.mark.clause("HN-4.3.5d")
def test_a_whole_unit_tells_who_is_not_due(joined: Office) -> None:
    """Those who are due are renewed; who is not, and why, is told beside them."""
    paid(joined, "EX101", "250.00")
    retired = (joined.member("430529195408200229"), "--as", "retired", "--since", "2014-09-01")
    named = ("--unit", "EX101", "--paper", "2014-15", *SCHEME, "--period", "2014", "--on", "2014-08-28")
    assert joined("member", "leave", *retired, *named).status == 0
    told = joined("renewal", "due", *PERIODS, "--unit", "EX101", "--on", "2014-12-11", "--limit", "3")
    assert "more: --after " in told.out
    zh = joined("renewal", "due", *PERIODS, "--unit", "EX101", "--on", "2014-12-11", "--lang", "zh").out
    assert zh.count("可续保，应缴 50.00 元，2014-12-31 前办理（含当日）") == 4
    assert "已退休" in zh
    assert joined("renewal", "due", *PERIODS, "--unit", "NOPE").status == 2


def test_a_list_of_renewals_may_change_shares(joined: Office) -> None:
    """Two shares where one is the most are refused by the terms, and damaged cells by their code."""
    paid(joined, "EX101", "250.00")
    judged = ("--counted-on", "2014-12-10", "--on", "2014-12-12")
    assert joined("unit", "admit", "EX101", *SCHEME, "--period", "2015", *judged).status == 0
    two = joined.put("two.csv", "id_number,shares", "430529197002110118,2")
    refused = joined("renewal", "renew", "EX101", two, *PERIODS, "--on", "2014-12-12")
    assert (refused.status, "HN-4.3.4c" in refused.out) == (1, True)
    damaged = joined.put("bad.csv", "id_number,shares", "430529197002110118,two", ",1")
    answer = joined("renewal", "renew", "EX101", damaged, *PERIODS, "--on", "2014-12-12")
    assert (answer.status, answer.err.count("[IN0")) == (2, 2)


def open_period(office: Office, *arguments: object) -> Any:  # noqa: ANN401  # the fixture's own answer
    """Open a period of the example's scheme on 20 November 2013."""
    scheme = ("--scheme", office.folder / "scheme.yaml", "--on", "2013-11-20")
    return office("period", "open", *arguments, *scheme)


@pytest.mark.clause("HN-4.3.4a")
def test_periods_follow_on_each_other_and_open_once(office: Office) -> None:
    """A repeated run changes nothing, another year of the same id and a gap are refused."""
    assert office.open(2014, "--new").status == 0
    repeated = office.open(2014, "--json")
    assert (repeated.status, repeated.document["replayed"]) == (0, True)
    policy = ("--policy", office.folder.parent / "chengbu_2014" / "policy.yaml")
    for period, first_day in (("2014", "2014-02-01"), ("2016", "2016-01-01")):
        refused = open_period(office, period, *policy, "--first-day", first_day)
        assert (refused.status, "must begin on 2015-01-01" in refused.out) == (1, True)
    assert office.open(2015).status == 0


def test_a_mistyped_store_makes_none(office: Office) -> None:
    """Without ``--new`` a store that is not there must not be made."""
    assert office.open(2014).status == 3
    assert not list(office.path.glob("*.db"))


@pytest.mark.parametrize(
    ("period", "policy", "told"),
    [
        ("2014", "NOPE", "or one of ACFTU-2018, GD-2022, HN-2013, SN-2021"),
        ("430529197002110118", "HN-2013", "must not be an ID number"),
    ],
)
def test_bad_input_opens_nothing(office: Office, period: str, policy: str, told: str) -> None:
    """A policy that is neither shipped nor a file, and an ID number as an id, make no store."""
    answer = open_period(office, period, "--policy", policy, "--first-day", "2014-01-01", "--new")
    assert (answer.status, told in answer.err) == (2, True)
    assert not list(office.path.glob("*.db"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("policy_id: HN-2013", "policy_id: XX-2013", "must be XX-2013, as the scheme file says"),
        ("first_day: 2014-01-01", "first_day: 2014-01-02", "must be in force on 2014-01-01"),
        ("employments: [regular, dispatched]", "employments: [retired]", "IN"),
    ],
)
def test_a_scheme_file_that_does_not_fit_opens_nothing(office: Office, old: str, new: str, told: str) -> None:
    """Another policy, days without a version, and terms that the policy does not allow are told."""
    text = (office.folder / "scheme.yaml").read_text("utf-8")
    assert old in text
    scheme = ("--scheme", office.put("s.yaml", *text.replace(old, new).splitlines()))
    named = ("--policy", "HN-2013", "--first-day", "2014-01-01", "--on", "2013-11-20", "--new")
    answer = office("period", "open", "2014", *scheme, *named)
    assert (answer.status, told in answer.err) == (2, True)


def test_a_scheme_file_without_its_region_opens_nothing(office: Office) -> None:
    """Whoever opens a period must know whose money it is."""
    lines = (office.folder / "scheme.yaml").read_text("utf-8").splitlines()
    bare = office.put("s.yaml", *lines[: lines.index("region:")], *lines[lines.index("scheme:") :])
    named = ("--policy", "HN-2013", "--first-day", "2014-01-01", "--on", "2013-11-20", "--new")
    answer = office("period", "open", "2014", "--scheme", bare, *named)
    assert (answer.status, "region must be given" in answer.err) == (2, True)


@pytest.mark.clause("ACFTU-18.1")
def test_a_shipped_policy_is_published_with_those_above(office: Office) -> None:
    """The id of a shipped policy must do; what it extends is published first, and once."""
    opened = open_period(office, "2014", "--policy", "HN-2013", "--first-day", "2014-01-01", "--new")
    assert opened.status == 0
    again = open_period(office, "2014", "--policy", "HN-2013", "--first-day", "2014-01-01", "--lang", "zh")
    assert "此前已办理" in again.out
    assert office("verify").status == 0
