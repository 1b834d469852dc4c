"""Plant faults in the rules of claims and say which of them the tests do not find.

The tool passes over functions with a decorator. ``@implements`` only writes clause ids down, so a
copy of the tree is tried in which it is left out; everything else is as it is.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPY = ROOT / "build" / "mutants"
RULES = COPY / "src" / "mutualaid_core" / "rules" / "claims"
DECORATOR = re.compile(r"^@implements\((?:[^()]|\n)*\)\n", re.MULTILINE)
PARTS = ("src", "backends", "examples", "tests", "pyproject.toml", "README.md")


def main(patterns: list[str]) -> int:
    """Try the mutants whose names match *patterns*, all of them without any.

    Args:
        patterns: Names with ``*``, as the tool takes them.
    """
    shutil.rmtree(COPY, ignore_errors=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, COPY / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, COPY / part)
    for module in RULES.rglob("*.py"):
        module.write_text(DECORATOR.sub("", module.read_text("utf-8")), "utf-8")
    tool = Path(sys.executable).with_name("mutmut")
    subprocess.run([tool, "run", *patterns], cwd=COPY, check=False, stdout=subprocess.DEVNULL)
    told = subprocess.run([tool, "results"], cwd=COPY, check=True, capture_output=True, text=True).stdout
    left = [line.strip() for line in told.splitlines() if line.strip().endswith(("survived", "no tests"))]
    sys.stdout.write("".join(f"{line}\n" for line in left))
    sys.stdout.write(f"{len(left)} not found\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
