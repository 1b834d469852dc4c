"""Tests of the evaluator on columns, which need the extra; without it only the refusal is tested."""

from importlib.util import find_spec

NEED_COLUMNS = (
    "arithmetic",
    "blocks",
    "equality",
    "frames",
    "hashes",
    "mirror",
    "refusals",
    "schema",
    "schemes",
    "steps",
    "tables",
)

collect_ignore = [] if find_spec("numpy") else [f"test_{name}.py" for name in NEED_COLUMNS]
