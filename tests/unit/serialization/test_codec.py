"""Codec: one written form per entity, pinned; strict reading; no personal data in an error."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mutualaid_core.domain.claims.settlement import Settlement
from mutualaid_core.domain.membership.member import Member
from mutualaid_core.domain.membership.unit import Unit
from mutualaid_core.domain.scheme.version import SchemeVersion
from mutualaid_core.domain.values.money import Money
from mutualaid_core.errors import InvalidValueError, SchemaVersionError, StoreBrokenError
from mutualaid_core.serialization import codec
from mutualaid_core.serialization.codec import canonical, decode, encode, from_plain
from mutualaid_core.serialization.records import FORMS

GOLDEN = Path(__file__).parent / "golden"
"""One stored document of each kind and form, as the library wrote it when the form was its newest."""

BY_KIND = {form.kind: cls for cls, form in FORMS.items()}
OLDER = (
    "admission.form1",
    "admission.form2",
    "contribution.form1",
    "decision.form1",
    "enrolment.form1",
    "funding_plan.form1",
    "period.form1",
    "policy.form1",
    "policy.form2",
    "remittance.form1",
    "remittance.form2",
    "scheme_version.form1",
    "scheme_version.form2",
    "unit.form1",
)
"""Documents of forms that are no longer written."""

every_kind = pytest.mark.parametrize("kind", BY_KIND)
every_document = pytest.mark.parametrize("kind", [*BY_KIND, *OLDER])
Path_ = tuple[str | int, ...]


def golden(kind: str) -> bytes:
    """The pinned document of a kind, or of an older form of one."""
    return (GOLDEN / f"{kind}.json").read_bytes()


def class_of(document: str) -> type:
    """The class of which a pinned document is."""
    return BY_KIND[document.partition(".")[0]]


def leaves(plain: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:  # noqa: ANN401  # plain data
    """Every leaf of plain data with its path."""
    if isinstance(plain, dict):
        parts: Any = plain.items()
    elif isinstance(plain, list):
        parts = enumerate(plain)
    else:
        yield path, plain
        return
    for name, part in parts:
        yield from leaves(part, (*path, name))


def objects(plain: Any, path: Path_ = ()) -> Iterator[Path_]:  # noqa: ANN401  # plain data
    """The path of every object in plain data."""
    if isinstance(plain, dict):
        yield path
    for name, part in plain.items() if isinstance(plain, dict) else enumerate(plain):
        if isinstance(part, dict | list):
            yield from objects(part, (*path, name))


def at(plain: Any, path: Path_) -> Any:  # noqa: ANN401  # plain data
    """What stands at a path."""
    for name in path:
        plain = plain[name]
    return plain


def replaced(kind: str, path: Path_, value: object) -> bytes:
    """The pinned document with another leaf."""
    document = json.loads(golden(kind))
    at(document, path[:-1])[path[-1]] = value
    return canonical(document)


def impostors(leaf: object) -> list[object]:
    """Values of other types that a loose reader would take for *leaf*."""
    if isinstance(leaf, bool):
        return [int(leaf), str(leaf)]
    if isinstance(leaf, int):
        return [str(leaf), True, [leaf]]
    if isinstance(leaf, str):
        return [7, True, [leaf], {"text": leaf}]
    return [False, "", {}]


@every_kind
def test_a_document_is_read_and_written_the_same(kind: str) -> None:
    """Each pinned document must be read, and written again byte for byte."""
    body = golden(kind)
    assert encode(decode(body, BY_KIND[kind])) == body


@every_document
def test_what_is_read_has_the_class_of_its_kind(kind: str) -> None:
    """Each pinned document must become exactly the class that is stored under its kind."""
    assert type(decode(golden(kind), class_of(kind))) is class_of(kind)


def test_every_kind_and_form_is_pinned() -> None:
    """No kind or form may be without a pinned document, and no pinned document without a kind."""
    assert {path.stem for path in GOLDEN.iterdir()} == {*BY_KIND, *OLDER}
    older = [f"{cls.kind}.form{form}" for cls in FORMS.values() for form in range(1, cls.form)]
    assert sorted(older) == sorted(OLDER)


@pytest.mark.parametrize("kind", OLDER)
def test_a_document_of_an_older_form_is_lifted(kind: str) -> None:
    """What an older form becomes must be written in the newest one, and read back the same."""
    lifted = decode(golden(kind), class_of(kind))
    body = encode(lifted)
    assert json.loads(golden(kind))["form"] < json.loads(body)["form"]
    assert decode(body, class_of(kind)) == lifted


@every_document
def test_no_leaf_is_converted(kind: str) -> None:
    """A number as text, a truth value as number and the like must be refused at every place."""
    accepted = [
        (path, impostor)
        for path, leaf in leaves(json.loads(golden(kind)))
        for impostor in impostors(leaf)
        if is_read(replaced(kind, path, impostor), class_of(kind))
    ]
    assert accepted == []


def is_read(body: bytes, cls: type) -> bool:
    """Whether a document is read at all."""
    try:
        decode(body, cls)
    except StoreBrokenError:
        return False
    return True


@every_document
def test_an_unknown_field_is_refused_everywhere(kind: str) -> None:
    """A field that the form does not have must be refused in every object of the document."""
    document = json.loads(golden(kind))
    accepted = []
    for path in objects(document):
        more = copy.deepcopy(document)
        at(more, path)["unheard_of"] = 1
        if is_read(canonical(more), class_of(kind)):
            accepted.append(path)
    assert accepted == []


@every_kind
def test_a_newer_form_is_refused(kind: str) -> None:
    """A document of a form that is not known yet must be refused with both numbers."""
    known = FORMS[BY_KIND[kind]].form
    with pytest.raises(SchemaVersionError) as caught:
        decode(replaced(kind, ("form",), known + 1), BY_KIND[kind])
    assert (caught.value.kind, caught.value.found, caught.value.known) == (kind, known + 1, known)


def test_an_older_form_is_lifted_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of form 1 must go through every upcaster up to the form of today."""
    steps = {("unit", 1): ("name", "第九"), ("unit", 2): ("name", "中学")}
    lifts = {
        at_form: lambda value, new=new: value | {new[0]: value[new[0]] + new[1]}
        for at_form, new in steps.items()
    }
    monkeypatch.setattr(codec, "UPCASTERS", lifts)
    monkeypatch.setitem(FORMS, Unit, _raised(3))  # type: ignore[arg-type]  # a mapping that is a dict
    body = replaced("unit.form1", ("value", "name"), "县")
    assert decode(body, Unit).name == "县第九中学"


def _raised(form: int) -> object:
    old = FORMS[Unit]
    return type(old)(kind=old.kind, form=form, key=old.key, index=old.index)


@pytest.mark.parametrize("value", [None, [], {}, {"event": {}}, {"event": []}, "text"], ids=str)
def test_what_is_no_document_of_its_older_form_is_refused(value: object) -> None:
    """A value that an older form cannot have had must be refused as any broken one."""
    with pytest.raises(StoreBrokenError, match="decode: a scheme_version does not fit its older form"):
        decode(canonical({"form": 1, "value": value}), SchemeVersion)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"null",
        b"7",
        b"{}",
        b'{"form":1}',
        b'{"value":{}}',
        b'{"form":"1","value":{}}',
        b'{"form":true,"value":{}}',
        b'{"form":1.0,"value":{}}',
        b'{"form":0,"value":{}}',
        b'{"form":-1,"value":{}}',
        b'{"form":1,"value":{},"more":1}',
        b'{"form":1,"value":null}',
        b'{"form":1,"value":[]}',
        b'{"form":1,"value":"text"}',
        b'{"form":1,"value":{}}',
        b"[" * 100_000,
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
def test_what_is_no_document_is_refused(body: bytes) -> None:
    """Broken JSON, other shapes and false forms must all be the same error of a broken store."""
    with pytest.raises(StoreBrokenError, match=r"decode: a [uU]nit"):
        decode(body, Unit)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("setl_time", "2014-03-10"),
        ("setl_time", "2014-03-10T09:30+08:00"),
        ("setl_time", "2014-03-10T09:30:00"),
        ("begndate", "20140301"),
        ("begndate", "2014-02-30"),
        ("begndate", "2014-03-01T00:00:00"),
        ("hosp_lv", "4"),
        ("insutype", "999"),
        ("medfee_sumamt", -1),
        ("medfee_sumamt", 10**12 + 1),
        ("medfee_sumamt", 1.5),
    ],
)
def test_a_value_has_one_written_form(field: str, value: object) -> None:
    """Other ways to write a day, an instant, a code or an amount must be refused."""
    with pytest.raises(StoreBrokenError):
        decode(replaced("settlement", ("value", field), value), Settlement)


@pytest.mark.parametrize("ratio", ["2/4", "1/2 ", "+1/2", "1", "1/0", "\uff11/2", "50%", "0.5", "1_0/2_0"])
def test_a_ratio_is_written_in_lowest_terms(ratio: str) -> None:
    """A ratio in other digits, unreduced or as a percentage must be refused."""
    path = ("value", "participation", "ratio_min")
    with pytest.raises(StoreBrokenError):
        decode(replaced("policy", path, ratio), BY_KIND["policy"])


@pytest.mark.parametrize("kind", ["member", "settlement"])
def test_no_error_holds_personal_data(kind: str) -> None:
    """Whatever is wrong with a personal record, the error and its causes must not quote it."""
    value = json.loads(golden(kind))["value"]
    secrets = {
        str(value[name]) for name in ("name", "id_number", "psn_name", "certno", "dise_code") if name in value
    }
    told = []
    for path, leaf in leaves(json.loads(golden(kind))):
        for impostor in (*impostors(leaf), f"{leaf}0"):
            text = _all_that_is_told(replaced(kind, path, impostor), BY_KIND[kind])
            told += [(path, secret) for secret in secrets if secret in text]
    assert told == []


def test_a_broken_personal_record_is_not_quoted() -> None:
    """Half a record must not be quoted by the error of the JSON reader either."""
    assert "430502198001010013" not in _all_that_is_told(golden("member")[:-2], Member)


def _all_that_is_told(body: bytes, cls: type) -> str:
    """Text and attributes of the error with which *body* is refused, and of what lies behind it."""
    try:
        decode(body, cls)
    except (StoreBrokenError, SchemaVersionError) as error:
        behind = [error.__cause__, error.__context__]
        return repr([str(error), vars(error), *((each, vars(each)) for each in behind if each)])
    return ""


def test_a_number_without_a_canonical_form_is_refused() -> None:
    """A whole number above 2**53 must be refused, since other readers would change it."""
    with pytest.raises(InvalidValueError, match="must be plain data with whole numbers"):
        canonical({"count": 2**53})


def test_canonical_text_has_one_order() -> None:
    """Fields must be written in the order of their names, without blanks, as UTF-8."""
    assert canonical({"乙": 1, "b": None, "a": [True]}) == '{"a":[true],"b":null,"乙":1}'.encode()


def test_plain_data_of_another_class_is_refused() -> None:
    """Plain data that is not of the class must be an error that names the class alone."""
    with pytest.raises(StoreBrokenError, match="decode: a Money does not fit its form"):
        from_plain("7", Money)
