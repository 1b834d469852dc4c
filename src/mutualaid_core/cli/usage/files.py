"""Files that come out (输出文件): none of them takes the place of another silently."""

from pathlib import Path

from mutualaid_core.domain.values.numbers import file_shown
from mutualaid_core.errors import InvalidValueError


def refuse_replacing(*files: Path | None) -> None:
    """Refuse to write where something is there already.

    Args:
        files: Files that would be written; ``None`` for one that is not.

    Raises:
        InvalidValueError: One of them is there.
    """
    for path in files:
        if path is not None and path.exists():
            shown = file_shown(path.name)
            raise InvalidValueError("out", "must not be there yet", shown, hint="give another name")
