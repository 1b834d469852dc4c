"""Records: every stored class has a kind, a key and exactly the declared index fields."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.fund.account import Side, Title
from mutualaid_core.domain.fund.ledger import EntryKind, LedgerLine, Posting
from mutualaid_core.domain.governance.secret import StoreSecret
from mutualaid_core.domain.membership.unit import Admission, Judgement
from mutualaid_core.domain.scheme.dues import FundingSource
from mutualaid_core.errors import InvalidValueError
from mutualaid_core.ports.batch import Put, Ref
from mutualaid_core.ports.kinds import KINDS
from mutualaid_core.serialization.codec import encode
from mutualaid_core.serialization.records import FORMS, form_of, key_of
from mutualaid_core.testing.entities import entity
from mutualaid_core.testing.samples import COLLECTED_ON, PERIOD, SCHEME, UNIT, yuan

STORED = [cls for cls in FORMS if cls is not StoreSecret]


def test_every_kind_but_the_free_one_has_a_class() -> None:
    """The stored classes must fill every declared kind once, save the one for claims to uniqueness."""
    kinds = [form.kind for form in FORMS.values()]
    assert sorted(kinds) == sorted({kind.name for kind in KINDS} - {"unique"})


@pytest.mark.parametrize("cls", STORED, ids=lambda cls: cls.__name__)
@settings(max_examples=settings().max_examples // 5)
@given(data=st.data())
def test_every_entity_can_be_put(cls: type, data: st.DataObject) -> None:
    """Key, body and index of any entity must be what a batch takes."""
    drawn = data.draw(entity(cls))
    form = form_of(cls)
    put = Put(ref=Ref(form.kind, form.key(drawn)), expect=0, body=encode(drawn), index=form.index(drawn))
    assert put.ref.kind == form.kind


def test_what_is_not_stored_has_no_form() -> None:
    """A class that is part of others and not stored itself must be refused."""
    with pytest.raises(InvalidValueError, match="entity must be of a class that is stored, got 'Trace'"):
        form_of(Trace)


def test_a_key_joins_its_parts() -> None:
    """The parts of a key must be joined by slashes, which no id holds."""
    assert key_of("HN-A", "2014", "U-1") == "HN-A/2014/U-1"


@pytest.mark.parametrize(("admitted", "outcome"), [(True, "PASS"), (False, "REJECT")])
def test_an_admission_is_found_by_its_outcome(
    admitted: bool,  # noqa: FBT001  # the fact itself
    outcome: str,
) -> None:
    """Admitted and refused units must be told apart in the index."""
    admission = Admission(
        scheme_id=SCHEME,
        period_id=PERIOD,
        unit_id=UNIT,
        judgement=Judgement(
            eligible=100,
            enrolled=80,
            required=80,
            admitted=admitted,
            counted_on=COLLECTED_ON,
        ),
    )
    assert form_of(Admission).index(admission)["outcome"] == outcome


@pytest.mark.parametrize(
    ("posting", "index"),
    [
        (Posting(title=Title.BANK, side=Side.DEBIT, amount=yuan(50)), (5_000, 0, None)),
        (
            Posting(title=Title.CONTRIBUTION, side=Side.CREDIT, amount=yuan(50), source=FundingSource.MEMBER),
            (0, 5_000, "member"),
        ),
    ],
)
def test_a_ledger_line_is_indexed_on_its_side(posting: Posting, index: tuple[object, ...]) -> None:
    """A debit must stand in the debit field alone, a credit in the other, a source where there is one."""
    line = LedgerLine(
        entry_id="R-1",
        line=1,
        lines=2,
        scheme_id=SCHEME,
        period_id=PERIOD,
        booked_on=COLLECTED_ON,
        kind=EntryKind.CONTRIBUTION,
        subject=UNIT,
        posting=posting,
    )
    found = form_of(LedgerLine).index(line)
    assert (found["debit_fen"], found["credit_fen"], found["source"]) == index
