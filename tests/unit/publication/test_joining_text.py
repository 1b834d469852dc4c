"""The joining terms of a scheme in sentences, and their differences."""

from pathlib import Path

import attrs
import pytest

from mutualaid_core.domain.scheme.joining import JoiningTerms, LateJoining, NewHires, RenewalTerms, Window
from mutualaid_core.intake.scheme_file import read_scheme_file
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.schemes.blocks import to_text
from mutualaid_core.publication.schemes.diff import SchemeTerms, compared, difference_blocks
from mutualaid_core.publication.schemes.notices import Effect, effect_of
from mutualaid_core.publication.schemes.text import version_blocks
from mutualaid_core.testing.joining import JOINING, OPEN_JOINING, SECOND_HALF, WHOLE
from mutualaid_core.testing.samples import SCHEME_RECORD, VERSION

EVERY_KIND = Path(__file__).parents[2] / "cli" / "schemes" / "every_kind.yaml"


def text_of(joining: JoiningTerms | None, lang: Language) -> str:
    """The sample version with these joining terms, in plain text."""
    return to_text(version_blocks(attrs.evolve(VERSION, joining=joining), lang))


@pytest.mark.parametrize(
    "sentence",
    [
        "- 缴费时限：互助期首日前 60 天至互助期首日前 1 天，当日 24 时止〔出处：made-up〕",
        "- 逾期参加：转入下一互助期〔出处：made-up〕",
        "    少于 50             100%        0         made-up",
        "- 保障自参保期首日 0 时起〔出处：made-up〕",
        "- 年龄按互助期首日计算〔出处：made-up〕",
        "- 名单须经单位工会确认〔出处：made-up〕",
        "- 单位不得以下列理由拒绝职工参加：本单位已有类似医疗基金、职工患病〔出处：made-up〕",
        "- 续保：中断不超过 30 天的视为连续〔出处：made-up〕",
    ],
)
def test_every_part_is_told(sentence: str) -> None:
    """Window, late joiners, gate, cover, lists, refusals and renewal must each have their sentence."""
    file, _ = read_scheme_file(EVERY_KIND)
    assert file is not None
    assert sentence in to_text(version_blocks(file.versions[0], "zh")).splitlines()


@pytest.mark.parametrize(
    "sentence",
    [
        "- Brought in by: a unit, the union of a platform or an industry, a person alone [source: HN-4.3.5d]",
        "- After the window: refused [source: HN-4.3.5d]",
        "- New hires may join within 30 days after their first day of work [source: HN-4.3.5d]",
    ],
)
def test_the_same_in_english(sentence: str) -> None:
    """The English text must say the same."""
    assert sentence in text_of(OPEN_JOINING, "en").splitlines()


def test_a_window_may_reach_into_the_period() -> None:
    """Days of the period must be told as after its first day, and no window as none."""
    inside = attrs.evolve(JOINING, window=Window(opens=0, closes=30, source="HN-4.3.5d"))
    told = "Window: the first day of the period to 30 days after the first day of the period, until 24:00"
    assert told in text_of(inside, "en")
    assert "No window is set" in text_of(attrs.evolve(JOINING, window=None), "en")


def test_a_renewal_without_a_window_of_its_own() -> None:
    """Only what is said of renewals must be told."""
    renewal = RenewalTerms(gap_days_max=0, source="HN-4.3.5d")
    assert "Window of a renewal" not in text_of(attrs.evolve(JOINING, renewal=renewal), "en")


def test_nothing_is_told_where_nothing_is_said() -> None:
    """A version without joining terms must have no such heading."""
    assert "How to join" not in text_of(None, "en")


def terms(joining: JoiningTerms | None) -> SchemeTerms:
    """The sample scheme with these joining terms."""
    return SchemeTerms(region=None, scheme=SCHEME_RECORD, versions=(attrs.evolve(VERSION, joining=joining),))


@pytest.mark.parametrize(
    ("old", "new", "path", "effect"),
    [
        (
            JOINING,
            attrs.evolve(JOINING, window=Window(opens=-47, closes=10, source="HN-4.3.5d")),
            "window.closes",
            Effect.BETTER,
        ),
        (
            JOINING,
            attrs.evolve(JOINING, window=Window(opens=-30, closes=-1, source="HN-4.3.5d")),
            "window.opens",
            Effect.WORSE,
        ),
        (JOINING, attrs.evolve(JOINING, late=LateJoining.NEXT_PERIOD), "late", Effect.OTHER),
        (
            OPEN_JOINING,
            attrs.evolve(OPEN_JOINING, new_hires=NewHires(days_max=60, source="HN-4.3.5d")),
            "new_hires.days_max",
            Effect.BETTER,
        ),
        (
            OPEN_JOINING,
            attrs.evolve(OPEN_JOINING, terms=(WHOLE, attrs.evolve(SECOND_HALF, fee=WHOLE.fee))),
            "terms[1].fee",
            Effect.WORSE,
        ),
    ],
)
def test_differences_are_found_and_judged(
    old: JoiningTerms, new: JoiningTerms, path: str, effect: Effect
) -> None:
    """Each changed term must be found at its path, with what it means for a member."""
    found = compared(terms(old), terms(new))
    assert [(each.path, effect_of(each)) for each in found] == [(f"versions[0].joining.{path}", effect)]


def test_joining_terms_that_are_new_are_told() -> None:
    """Where a version begins to say how one joins, the text must tell it and its parts."""
    old, new = terms(None), terms(OPEN_JOINING)
    text = to_text(difference_blocks(old, new, compared(old, new), "en"))
    assert "joining: none → " in text.lower()
    assert "a person alone" in text
