"""Prints a constraint for each dependency that pins it to its floor."""

import re
import tomllib
from pathlib import Path

REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?>=(?P<floor>[0-9.]+)")


def floors(pyproject: str) -> list[str]:
    """Lists ``name==floor`` for everything that the distribution and its extras depend on."""
    project = tomllib.loads(pyproject)["project"]
    extras = project["optional-dependencies"].values()
    lines = {line for group in (project["dependencies"], *extras) for line in group}
    found = (REQUIREMENT.match(line) for line in lines if not line.startswith(project["name"]))
    return sorted({f"{match['name']}=={match['floor']}" for match in found if match})


if __name__ == "__main__":
    print("\n".join(floors(Path("pyproject.toml").read_text(encoding="utf-8"))))
