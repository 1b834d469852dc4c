"""Builds the wheel from the source distribution, looks into both, and installs the wheel alone.

Called as ``python .ci/wheel.py [UV]`` from the root of the repository, where UV is the path of uv or empty.
"""

import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOTS = (Path("src"), Path("backends"))
ALONE = """
import mutualaid_backends
import mutualaid_core
from importlib.metadata import entry_points
backends = {found.name: found for found in entry_points(group="mutualaid.backends")}
assert sorted(backends) == ["file", "memory", "sqlite"], backends
backends["memory"].load()
assert "site-packages" in mutualaid_core.__file__, mutualaid_core.__file__
"""


def run(*command: str | Path) -> None:
    """Runs a command and stops the check where it fails."""
    subprocess.run([str(word) for word in command], check=True)


def shipped(root: Path) -> set[str]:
    """Names every file below *root* that both distributions must hold, relative to *root*."""
    return {
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def look_into(sdist: Path, wheel: Path) -> None:
    """Stops the check if a file of the packages is in neither or only one of the distributions."""
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = set(archive.namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    for root in ROOTS:
        names = shipped(root)
        if missing := sorted(names - in_wheel):
            sys.exit(f"not in the wheel: {', '.join(missing)}")
        if missing := sorted(name for name in names if f"{root}/{name}" not in in_sdist):
            sys.exit(f"not in the source distribution: {', '.join(missing)}")
    for name in ("mutualaid_core/py.typed", "mutualaid_backends/py.typed"):
        if name not in in_wheel:
            sys.exit(f"not in the wheel: {name}")


def install_alone(wheel: Path, folder: Path, uv: str) -> None:
    """Installs the wheel without extras into an empty environment and imports both packages there."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    if uv:
        run(uv, "pip", "install", "--quiet", "--python", python, wheel)
    else:
        run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel)
    run(python, "-I", "-c", ALONE)


def main(uv: str) -> None:
    """Runs the whole check in a folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        dist = Path(name) / "dist"
        run(sys.executable, "-m", "build", "--no-isolation", "--outdir", dist)
        (sdist,), (wheel,) = dist.glob("*.tar.gz"), dist.glob("*.whl")
        run(Path(sysconfig.get_path("scripts")) / "check-wheel-contents", wheel)
        look_into(sdist, wheel)
        install_alone(wheel, Path(name) / "alone", uv)
    sys.stdout.write("wheel: complete, and works alone\n")


if __name__ == "__main__":
    main("".join(sys.argv[1:]))
