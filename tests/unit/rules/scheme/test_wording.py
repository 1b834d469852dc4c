"""Wording: the region's words on output, banned words in public texts, titles exempt."""

import datetime

import attrs
import pytest

from mutualaid_core.domain.scheme.policy import EffectivePolicy, Policy
from mutualaid_core.domain.scheme.policy.governance import BannedWord, WordTerms
from mutualaid_core.rules.scheme.layers import effective_policy
from mutualaid_core.rules.scheme.wording import word_for, wording_faults


@pytest.fixture
def policy(floor: Policy) -> EffectivePolicy:
    """A region that writes 互助金 for 保费, and allows no selling."""
    banned = (BannedWord(word="保费", instead="互助金"), BannedWord(word="推荐购买"))
    terms = WordTerms(banned=banned, words=floor.terms.words, source="GD-2.1c")
    return effective_policy((attrs.evolve(floor, terms=terms),), datetime.date(2023, 1, 1))


@pytest.mark.clause("GD-2.1c")
def test_a_banned_word_is_told_with_its_replacement(policy: EffectivePolicy) -> None:
    """A notice that says 保费 must be told to say 互助金."""
    assert [str(fault) for fault in wording_faults("请在月底前缴纳保费", policy)] == [
        "text must say 互助金 instead of the word, got 保费 [GD-2.1c]"
    ]


@pytest.mark.clause("ACFTU-1.2b")
def test_a_word_without_replacement_is_told(policy: EffectivePolicy) -> None:
    """A text that sells must be told the word that it must not hold."""
    (fault,) = wording_faults("推荐购买××人寿产品", policy)
    assert (fault.rule, fault.found) == ("must not hold the word", "推荐购买")


@pytest.mark.clause("GD-2.1c")
def test_a_quoted_title_is_exempt(policy: EffectivePolicy) -> None:
    """A word inside a quoted title must pass, and one beside it not."""
    assert wording_faults("依据《保费管理办法》办理", policy) == ()
    assert len(wording_faults("《保费管理办法》所称保费", policy)) == 1


def test_a_region_without_a_list_bans_nothing(hunan: Policy) -> None:
    """Where no layer has a list every text must pass."""
    assert wording_faults("保费", effective_policy((hunan,), datetime.date(2014, 1, 1))) == ()


def test_a_code_has_the_word_of_the_region(policy: EffectivePolicy, hunan: Policy) -> None:
    """The same act must be called 缴费 by one document, and have no word in another."""
    assert word_for("pay_dues", policy) == "缴费"
    assert word_for("pay_dues", effective_policy((hunan,), datetime.date(2014, 1, 1))) is None
