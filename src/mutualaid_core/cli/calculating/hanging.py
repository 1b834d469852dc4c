"""Hanging (关联): columns of a template that must be filled beside others, or of some persons alone."""

from collections.abc import Mapping
from typing import Final

from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.intake.claims.needs import GO_WITH, Together, facts_of
from mutualaid_core.intake.claims.terms import SchemeTerms

_NOTES: Final = {
    "with": ("填写时须同时填写 {}", "where it is filled, {} must be too"),
    "beside": ("填写 {} 时必填", "must be filled where {} is"),
    "holders": ("仅参加 {} 的人员须填", "asked only of who holds {}"),
}
"""What is said of a column that hangs together with others, in Chinese and English."""

_AND: Final = ("、", " and ")
_OR: Final = ("、", " or ")


def filled_with(name: str, needs: Together) -> tuple[str, ...]:
    """Columns that must be filled where the column *name* is."""
    found = {
        other for each in needs.of_versions for event in each.events for other in each.besides(event, [name])
    }
    return tuple(sorted(found))


def filled_beside(name: str, needs: Together) -> tuple[str, ...]:
    """Columns that make the column *name* one that must be filled."""
    return tuple(other for other in GO_WITH if name in filled_with(other, needs))


def holders_of(name: str, schemes: tuple[SchemeTerms, ...]) -> tuple[str, ...]:
    """Parts of whose holders alone the column *name* is asked; empty where everybody is asked.

    Args:
        name: The column.
        schemes: The schemes.
    """
    found: dict[str, None] = {}
    for terms in (each for scheme in schemes for each in scheme.versions):
        asking = {benefit.part for benefit in terms.version.benefits if name in set(facts_of(benefit))}
        if name in terms.needs.eligibility | terms.needs.dues:
            return ()
        parts = [part for part in asking if part is not None]
        if asking and (len(parts) < len(asking) or _are_held_by_all(frozenset(parts), terms.version)):
            return ()
        found |= dict.fromkeys(part.part_id for part in terms.version.parts if part.part_id in parts)
    return tuple(found)


def _are_held_by_all(parts: frozenset[str], version: SchemeVersion) -> bool:
    """Whether whoever holds anything holds one of these parts."""
    return all(part.part_id in parts or parts & set(part.needs) for part in version.parts)


def notes_of(hanging: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is said of a column that hangs together with others, in Chinese and English.

    Args:
        hanging: Names by the way in which the column hangs on them: ``with``, ``beside``, ``holders``.
    """
    told: tuple[list[str], list[str]] = ([], [])
    for way, names in hanging.items():
        joined = _OR if way != "with" else _AND
        for at, words in enumerate(_NOTES[way]):
            if names:
                told[at].append(words.format(joined[at].join(names)))
    return tuple(told[0]), tuple(told[1])
