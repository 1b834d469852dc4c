# ruff: noqa: INP001 - a script, no package
"""Writes the JSON Schemas that are shipped in ``src/mutualaid_core/schemas``.

Run this file after a change of a class that a schema is made from; a test compares the files
with what it would write. Where files that were accepted are no longer, raise the edition of
the schema and keep the old file.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import attrs

from mutualaid_core.domain.claims.trace import Trace
from mutualaid_core.domain.scheme.policy import Policy
from mutualaid_core.intake.scheme_file import SchemeFile
from mutualaid_core.rules.claims.given.rows import ClaimLine
from mutualaid_core.serialization.json_schema.generate import schema_of
from mutualaid_core.serialization.json_schema.leaves import Form

FOLDER: Final = Path(__file__).parents[2] / "src" / "mutualaid_core" / "schemas"


@attrs.frozen(kw_only=True)
class Shipped:
    """A schema as it is shipped.

    Attributes:
        name: Short name.
        edition: Number of the schema.
        cls: What it describes.
        form: How that is written.
    """

    name: str
    edition: int
    cls: type
    form: Form


SHIPPED: Final = (
    Shipped(name="scheme", edition=1, cls=SchemeFile, form=Form.FILE),
    Shipped(name="policy", edition=1, cls=Policy, form=Form.FILE),
    Shipped(name="trace", edition=1, cls=Trace, form=Form.WIRE),
    Shipped(name="claim", edition=1, cls=ClaimLine, form=Form.WIRE),
)
"""Every schema that this library ships."""


def files() -> Iterator[tuple[Path, str]]:
    """Every schema file with what should stand in it."""
    for each in SHIPPED:
        schema = schema_of(each.cls, name=each.name, edition=each.edition, form=each.form)
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield FOLDER / f"{each.name}-{each.edition}.json", text


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for path, text in files():
        path.write_text(text, encoding="utf-8", newline="\n")
