"""Differences (差异说明) of two scheme files: by parameter, and what members will notice of them."""

from typing import Any, Final

import attrs

from mutualaid_core.domain.scheme.region import PoolingRegion
from mutualaid_core.domain.scheme.scheme import Scheme
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.publication.labels import Language
from mutualaid_core.publication.schemes.blocks import Block, Heading, Line
from mutualaid_core.publication.schemes.compare import Difference, Kind, differences
from mutualaid_core.publication.schemes.notices import Effect, effect_of, rises
from mutualaid_core.publication.schemes.telling import Telling
from mutualaid_core.publication.schemes.text import force_sentence
from mutualaid_core.publication.schemes.values import place_text, value_text

_MARKS: Final = {Effect.BETTER: "d_better", Effect.WORSE: "d_worse"}


@attrs.frozen(kw_only=True)
class SchemeTerms:
    """What two scheme files are compared by (比较范围).

    Attributes:
        region: Pooling region, where the file holds it.
        scheme: The scheme.
        versions: Its versions.
    """

    region: PoolingRegion | None
    scheme: Scheme
    versions: tuple[SchemeVersion, ...]


def compared(old: SchemeTerms, new: SchemeTerms) -> tuple[Difference, ...]:
    """Every difference of two scheme files, in the order of their fields."""
    return differences(old, new)


def difference_blocks(
    old: SchemeTerms, new: SchemeTerms, found: tuple[Difference, ...], lang: Language
) -> list[Block]:
    """The differences as a text: days of force, what members notice, then every one with its path.

    Args:
        old: The scheme as it was.
        new: The scheme as it will be.
        found: Their differences.
        lang: ``zh`` or ``en``; both say the same.

    Clause:
        ACFTU-4.3c
    """
    telling = Telling(lang, new.versions[0])
    title = telling.say("d_title", old=_first_id(old), new=_first_id(new))
    blocks: list[Block] = [Heading(1, title)]
    if not found:
        return [*blocks, Line(telling.say("d_equal"))]
    before, after = (_forces(terms, lang) for terms in (old, new))
    blocks += [Heading(2, telling.say("h_force")), Line(telling.say("d_force", old=before, new=after))]
    noticed = [(each, effect) for each in found if (effect := effect_of(each)) is not None]
    if noticed:
        blocks.append(Heading(2, telling.say("h_notices")))
        blocks += [Line(notice_text(each, effect, telling)) for each, effect in noticed]
    blocks.append(Heading(2, telling.say("h_differences")))
    blocks += [Line(difference_text(each, telling), telling.say("d_path", path=each.path)) for each in found]
    return blocks


def difference_text(difference: Difference, telling: Telling) -> str:
    """One difference in a sentence."""
    return telling.say(f"d_{difference.kind.value}", **_parts(difference, telling))


def notice_text(difference: Difference, effect: Effect, telling: Telling) -> str:
    """What members notice of a difference, and whether it is in their favour."""
    key, parts, upwards = f"d_{difference.kind.value}", _parts(difference, telling), rises(difference)
    has_both = None not in {difference.old, difference.new}
    if difference.kind is Kind.CHANGED and upwards is not None and has_both:
        key = "d_raised" if upwards else "d_lowered"
        # A figure and a Chinese word have a blank between them; two Chinese words have none.
        parts["old"] += " " if telling.lang == "zh" and parts["old"].isascii() else ""
    mark = telling.say(_MARKS[effect]) if effect in _MARKS else ""
    return telling.say(key, **parts) + mark


def difference_plain(difference: Difference, telling: Telling) -> dict[str, Any]:
    """One difference as plain data."""
    parts = _parts(difference, telling)
    effect = effect_of(difference)
    return {
        "path": difference.path,
        "kind": difference.kind.value,
        "where": parts["where"],
        "old": None if difference.kind is Kind.ADDED else parts["old"],
        "new": None if difference.kind is Kind.REMOVED else parts["new"],
        "members": None if effect is None else effect.value,
    }


def force_plain(terms: SchemeTerms) -> list[dict[str, str | None]]:
    """The versions of a file with their days, as plain data."""
    return [
        {
            "version_id": version.version_id,
            "first_day": version.first_day.isoformat(),
            "last_day": None if version.last_day is None else version.last_day.isoformat(),
        }
        for version in terms.versions
    ]


def _parts(difference: Difference, telling: Telling) -> dict[str, str]:
    """Where, old and new in words, each side with the names of its own version."""
    lang = telling.lang
    old = Telling(lang, difference.old_version or telling.version)
    new = Telling(lang, difference.new_version or telling.version)
    side = old if difference.kind is Kind.REMOVED else new
    return {
        "where": place_text(side, difference.places),
        "old": value_text(old, difference.old),
        "new": value_text(new, difference.new),
    }


def _first_id(terms: SchemeTerms) -> str:
    return f"{terms.scheme.scheme_id}/{terms.versions[0].version_id}"


def _forces(terms: SchemeTerms, lang: Language) -> str:
    telling = Telling(lang, terms.versions[0])
    told = []
    for version in terms.versions:
        force = force_sentence(Telling(lang, version))
        told.append(telling.say("d_force_version", version=version.version_id, force=force))
    return telling.say("semicolon").join(told)
