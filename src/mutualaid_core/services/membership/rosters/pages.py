"""Pages (名册页): lines put together by unit, in pages that are written a portion at a time.

The order of the lines alone decides what stands on which page and which page in which
portion, so that an import that goes on after a fall makes the same pages again.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from mutualaid_core.domain.membership.roster import RosterPage
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.batch import Ref
from mutualaid_core.ports.keys import Keys
from mutualaid_core.ports.kinds import IndexValue
from mutualaid_core.serialization.codec import canonical
from mutualaid_core.serialization.records import form_of, key_of
from mutualaid_core.services.identity import pseudonyms
from mutualaid_core.services.membership.rosters.lines import Line

PAGE_PERSONS_MAX: Final = 250
"""Workers on one page; the longest lines then stay below the largest record."""

PORTION_PERSONS: Final = 5_000
"""Workers after which a portion is written."""

PORTION_PAGES_MAX: Final = 900
"""Pages after which a portion is written, whoever stands on them: an act has its limit."""

WAITING_MAX: Final = 200_000
"""Workers that wait for others of their unit; beyond it, all of them are put on pages."""

_FORM: Final = form_of(RosterPage)


@attrs.frozen(kw_only=True)
class Page:
    """A page in its stored form.

    Attributes:
        ref: Kind and key.
        body: Canonical bytes.
        index: Index fields.
        persons: Workers on it.
    """

    ref: Ref
    body: bytes = attrs.field(repr=False)
    index: Mapping[str, IndexValue]
    persons: int


@attrs.frozen(kw_only=True)
class PageMaker:
    """Makes the stored pages of one import.

    Attributes:
        keys: Make the pseudonyms.
        import_id: The import.
        counted_on: Roster date.
        expected: How many lines each unit has, so that its last page is known as such.
    """

    keys: Keys
    import_id: str
    counted_on: datetime.date
    expected: Mapping[str, int]

    def portions(self, lines: Iterable[Line]) -> Iterator[tuple[Page, ...]]:
        """The pages in portions, each of which fits one act."""
        ready: list[Page] = []
        persons = 0
        for page in self.pages(lines):
            ready.append(page)
            persons += page.persons
            if persons >= PORTION_PERSONS or len(ready) >= PORTION_PAGES_MAX:
                yield tuple(ready)
                ready, persons = [], 0
        if ready:
            yield tuple(ready)

    def pages(self, lines: Iterable[Line]) -> Iterator[Page]:
        """A page as soon as it is full or its unit has no more lines.

        Raises:
            InvalidValueError: A line is of a unit that was not counted.
        """
        waiting: dict[str, list[str]] = {}
        left, made = dict(self.expected), Counter[str]()
        named = pseudonyms(self.keys)
        held = 0
        for line in lines:
            unit_id = line.unit_id
            if unit_id not in left:
                raise InvalidValueError("lines", "must be of the units that were counted", unit_id)
            texts = waiting.setdefault(unit_id, [])
            texts.append(line.text(named(line.id_number)))
            left[unit_id] -= 1
            held += 1
            if len(texts) == PAGE_PERSONS_MAX or not left[unit_id]:
                held -= len(texts)
                yield self._page(unit_id, waiting.pop(unit_id), made)
            elif held == WAITING_MAX:
                yield from (self._page(*each, made) for each in waiting.items())
                waiting, held = {}, 0
        yield from (self._page(*each, made) for each in waiting.items())

    def _page(self, unit_id: str, texts: list[str], made: Counter[str]) -> Page:
        made[unit_id] += 1
        number, day = made[unit_id], self.counted_on.isoformat()
        fixed = canonical({"counted_on": day, "import_id": self.import_id, "page": number}).decode()[1:-1]
        unit = canonical(unit_id).decode()
        body = (
            f'{{"form":{_FORM.form},"value":{{{fixed},"persons":[{",".join(texts)}],"unit_id":{unit}}}}}'
        ).encode()
        index: dict[str, IndexValue] = {
            "unit_id": unit_id,
            "counted_on": self.counted_on,
            "import_id": self.import_id,
            "persons": len(texts),
        }
        ref = Ref(_FORM.kind, key_of(unit_id, day, f"{number:06}"))
        return Page(ref=ref, body=body, index=index, persons=len(texts))
