"""Templates (模板): the head of a file, and what each of its columns holds, as the schemes ask for it."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import attrs

from mutualaid_core.cli.calculating.hanging import filled_beside, filled_with, holders_of
from mutualaid_core.cli.calculating.meanings import FORMS, MEANINGS, OF_FILES
from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.intake.claims.columns import MEMBER_FACTS
from mutualaid_core.intake.claims.needs import Together
from mutualaid_core.intake.claims.prior import known_counters
from mutualaid_core.intake.claims.terms import SchemeTerms, parts_of, together

Which: TypeAlias = Literal["claims", "members", "prior"]

_WORDS_MAX: Final = 12
_DAYS: Final = ("began", "ended", "settled", "filed", "first_day", "last_day", "born")
_OF_COVER: Final = ("age", "cover_day")
"""Facts that a file of members answers with the days of cover and of birth."""


@attrs.frozen(kw_only=True)
class TemplateColumn:
    """A column of a template.

    Attributes:
        name: Its name.
        required: Whether it must be filled: always, or for events that are named.
        events: Words of the events that require it; empty where all do, or none.
        form: How its cells are written, in Chinese and English.
        meaning: What it holds, in Chinese and English.
        filled_with: Columns that must be filled where this one is.
        filled_beside: Columns beside which this one must be filled.
        holders: Parts of whose holders alone it is asked; empty where everybody is asked.
    """

    name: str
    required: bool
    events: tuple[str, ...]
    form: tuple[str, str]
    meaning: tuple[str, str]
    filled_with: tuple[str, ...] = ()
    filled_beside: tuple[str, ...] = ()
    holders: tuple[str, ...] = ()


def template(
    which: Which, schemes: tuple[SchemeTerms, ...], *, with_members: bool
) -> tuple[TemplateColumn, ...]:
    """The columns of a file in their order.

    Args:
        which: Which file.
        schemes: The schemes.
        with_members: Whether a file of members stands beside the claims.
    """
    if which == "claims":
        return tuple(_hung(each, schemes) for each in _claims(schemes, with_members=with_members))
    columns = _members(schemes) if which == "members" else _prior(schemes)
    told = OF_FILES[which]
    return tuple(attrs.evolve(each, meaning=told.get(each.name, each.meaning)) for each in columns)


def _hung(column: TemplateColumn, schemes: tuple[SchemeTerms, ...]) -> TemplateColumn:
    """A column of claims with what it hangs together with."""
    needs = together(schemes)
    return attrs.evolve(
        column,
        filled_with=filled_with(column.name, needs),
        filled_beside=() if column.required else filled_beside(column.name, needs),
        holders=holders_of(column.name, schemes) if column.required else (),
    )


def _claims(schemes: tuple[SchemeTerms, ...], *, with_members: bool) -> tuple[TemplateColumn, ...]:
    needs, parts = together(schemes), parts_of(schemes)
    required = {name for event in needs.events for name in needs.required(event)}
    asked = {name for event in needs.events for name in needs.asked(event)}
    elsewhere = (*MEMBER_FACTS, *_OF_COVER) if with_members else ()
    facts = [name for name in needs.kinds if name in required | asked and name not in elsewhere]
    days = [name for name in ("ended", "settled", "filed") if name in required | asked]
    holds = () if with_members or not parts else (_plain("parts", needs, parts=parts, required=True),)
    last = [name for name in ("elsewhere", "refd_setl_flag") if name in asked]
    return (
        *(_plain(name, needs, required=True) for name in ("claim_id", "person_id")),
        _plain("event", needs, required=len(needs.events) != 1),
        _plain("began", needs, required=True),
        *(_asked(name, needs) for name in days),
        *holds,
        *(_asked(name, needs) for name in facts),
        *(_plain(name, needs) for name in last),
    )


def _asked(name: str, needs: Together) -> TemplateColumn:
    """A column that some events require."""
    events = tuple(event.value for event in needs.events if name in needs.required(event))
    column = _plain(name, needs, required=bool(events))
    return attrs.evolve(column, events=events if len(events) < len(needs.events) else ())


def _members(schemes: tuple[SchemeTerms, ...]) -> tuple[TemplateColumn, ...]:
    needs, parts = together(schemes), parts_of(schemes)
    wanted = set(needs.of_member)
    for event in needs.events:
        wanted |= needs.required(event) | needs.asked(event)
    if any(
        rate.shares_max > 1
        for scheme in schemes
        for each in scheme.versions
        for rate in each.version.dues.rates
    ):
        wanted.add("shares")
    known = [name for name in MEMBER_FACTS if name in wanted and name != "age"]
    declared = [name for name in needs.titles if name in needs.of_member and name not in known]
    required = needs.of_member | frozenset(name for event in needs.events for name in needs.required(event))
    return (
        _plain("person_id", needs, required=True),
        *((_plain("scheme_id", needs),) if len(schemes) > 1 else ()),
        *(_plain(name, needs, required=True) for name in ("period_id", "first_day", "last_day")),
        *((_plain("parts", needs, parts=parts, required=True),) if parts else ()),
        *((_plain("born", needs, required=True),) if "age" in wanted else ()),
        *(_plain(name, needs, required=name in required) for name in (*known, *declared)),
    )


def _prior(schemes: tuple[SchemeTerms, ...]) -> tuple[TemplateColumn, ...]:
    needs = together(schemes)
    counters = tuple(name for scheme in schemes for name in known_counters(scheme).names)
    counter = attrs.evolve(_plain("counter", needs, required=True), form=_one_of(counters))
    return (
        _plain("person_id", needs, required=True),
        *((_plain("scheme_id", needs, required=True),) if len(schemes) > 1 else ()),
        _plain("period_id", needs),
        counter,
        _plain("used", needs, required=True),
    )


def _plain(
    name: str, needs: Together, *, parts: tuple[str, ...] = (), required: bool = False
) -> TemplateColumn:
    title = needs.titles.get(name)
    meaning = MEANINGS[name] if title is None else (title, title)
    return TemplateColumn(
        name=name, required=required, events=(), form=_form(name, needs, parts), meaning=meaning
    )


def _form(name: str, needs: Together, parts: tuple[str, ...]) -> tuple[str, str]:
    """How the cells of a column are written."""
    if name == "event":
        return _one_of(event.value for event in needs.events or tuple(EventKind))
    if name == "parts":
        zh, en = _one_of(parts)
        return f"{zh}，多项用 ; 分隔", f"{en}, several separated by ;"
    if name in _DAYS:
        return FORMS["day"]
    kind = needs.kinds.get(name)
    if kind is FactKind.CODE and needs.words(name):
        return _one_of(needs.words(name))
    return FORMS[name] if name in FORMS else FORMS["id" if kind is None else kind.value]


def _one_of(words: Iterable[str]) -> tuple[str, str]:
    listed = tuple(words)
    told = ", ".join(listed[:_WORDS_MAX]) + (", …" if len(listed) > _WORDS_MAX else "")
    return f"{told} 之一", f"one of {told}" if len(listed) > 1 else told
