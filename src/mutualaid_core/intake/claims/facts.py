"""Facts (事实) that a claim owes: what its version asks for, told by its row or by its member's."""

from collections.abc import Iterator, Mapping

import attrs

from mutualaid_core.domain.scheme.benefit.conditions import Condition
from mutualaid_core.domain.scheme.facts import EventKind, FactKind
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.intake.claims.claims import Claim, ClaimFile
from mutualaid_core.intake.claims.members import Member, MemberFile
from mutualaid_core.intake.claims.needs import DERIVED
from mutualaid_core.intake.claims.terms import Terms
from mutualaid_core.intake.damage import shown_figures
from mutualaid_core.intake.problem import Trouble
from mutualaid_core.rules.claims.given.rows import Cover
from mutualaid_core.rules.claims.lines import event_facts, line_reasons
from mutualaid_core.rules.claims.plan.steps import ByCode, ByCount
from mutualaid_core.rules.claims.plan.terms import Plan
from mutualaid_core.rules.scheme.fit import all_hold


@attrs.define(kw_only=True)
class Owed:
    """Notes what rows owe, a missing column once.

    Attributes:
        file: The claims.
        members: The members beside them; ``None`` where there is no such file.
    """

    file: ClaimFile
    members: MemberFile | None
    _noted: set[tuple[int, str]] = attrs.field(factory=set, init=False)
    _classes: dict[str, tuple["Partial", ...]] = attrs.field(factory=dict, init=False)

    def check(self, claim: Claim, terms: Terms, cover: Cover | None, member: Member | None) -> bool:
        """Note what a claim owes; whether it owes nothing and every value has its class.

        Of somebody who is not covered nothing is asked: the claim is refused whatever it was for.
        """
        if cover is None:
            return True
        wanted = terms.needs.required_of(claim.line.event, cover.parts)
        wanted |= terms.needs.besides(claim.line.event, claim.line.amounts)
        missing = [name for name in sorted(wanted - _told(claim, cover)) if self._is_owed(name, member)]
        for name in missing:
            self._note(name, claim, terms, member)
        return not missing and self._has_classes(claim, terms, cover)

    @staticmethod
    def _is_owed(name: str, member: Member | None) -> bool:
        if member is None:
            return name not in DERIVED
        return not (name in {"cover_day", "parts"} or (name == "age" and member.cover.born is not None))

    def _note(self, name: str, claim: Claim, terms: Terms, member: Member | None) -> None:
        sheet = self.file.sheet
        if name in claim.told or (member is not None and name in member.told):
            return  # the cell is damaged, which is noted already
        if name in sheet.given:
            sheet.log.add(claim.row, sheet.name(name), Trouble.BLANK, "", f"{terms.label} asks for it")
            return
        of_member = "born" if name == "age" else name
        if member is not None and self.members is not None and of_member in self.members.sheet.given:
            self._note_member(of_member, member, terms)
            return
        if (0, name) not in self._noted:
            self._noted.add((0, name))
            detail = f"{terms.label} asks for it with {claim.line.event.value}, first in row {claim.row}"
            sheet.log.add(1, name, Trouble.MISSING_COLUMN, "", detail)

    def _note_member(self, name: str, member: Member, terms: Terms) -> None:
        if self.members is not None and (member.row, name) not in self._noted:
            self._noted.add((member.row, name))
            self.members.sheet.log.add(member.row, name, Trouble.BLANK, "", f"{terms.label} asks for it")

    def _has_classes(self, claim: Claim, terms: Terms, cover: Cover) -> bool:
        if terms.label not in self._classes:
            self._classes[terms.label] = tuple(
                partial_choices(terms.plan, terms.needs.words, terms.needs.kinds)
            )
        own = [each for each in self._classes[terms.label] if each.event is claim.line.event]
        if not own:
            return True
        facts, sheet, fits = event_facts(claim.line, cover, terms.version), self.file.sheet, True
        if line_reasons(terms.plan, claim.line, (cover,), cover, facts):
            return True  # the claim is refused or held, and no class is asked for
        for each in own:
            if (each.part is None or each.part in facts.parts) and all_hold(each.when, facts):
                try:
                    each.step.chosen(facts)
                except InvalidValueError as error:
                    shown = "" if error.value is None else shown_figures(str(error.value))
                    sheet.log.add(claim.row, sheet.name(error.field), Trouble.VALUE, shown, error.rule)
                    fits = False
        return fits


def _told(claim: Claim, cover: Cover) -> set[str]:
    line = claim.line
    found = {*line.amounts, *line.counts, *line.codes, *line.flags, *cover.counts, *cover.codes, *cover.flags}
    return found | ({"ended", "settled", "filed", "parts"} & claim.told)


@attrs.frozen(kw_only=True)
class Partial:
    """A choice by class that may meet a value of which it says nothing."""

    event: EventKind
    when: tuple[Condition, ...]
    part: str | None
    step: ByCode | ByCount


def partial_choices(
    plan: Plan, words: Mapping[str, tuple[str, ...]], kinds: Mapping[str, FactKind]
) -> Iterator[Partial]:
    """The choices of a plan that leave out a value which a file may hold."""
    for benefit in plan.benefits:
        for step in benefit.steps:
            if isinstance(step, ByCode | ByCount) and step.rest is None:
                known = words.get(step.fact, ()) if kinds[step.fact] is FactKind.CODE else ()
                if isinstance(step, ByCount) or not known or set(known) - set(step.table):
                    terms = benefit.terms
                    yield Partial(event=terms.event, when=terms.when, part=terms.part, step=step)
