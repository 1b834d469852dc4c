"""The ``mutualaid`` command.

Exit statuses: 0 done; 1 refused, or faults found; 2 bad input; 3 trouble with a store or a
disk; 130 interrupted; 141 nobody reads the output any more.
"""

import io
import sys

from mutualaid_core.errors import MissingExtraError

_OWN_EXTRA = frozenset({"cyclopts", "rich"})


def main() -> None:
    """Run the command line; the process ends with its exit status.

    Raises:
        SystemExit: Always, with one of the statuses above.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a character shows its code instead of failing the command.
            stream.reconfigure(errors="backslashreplace")
    try:
        from mutualaid_core.cli.app import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _OWN_EXTRA:
            raise
        missing = MissingExtraError("cli")
        sys.stderr.write(f"{missing.code}: {missing}\n")
        sys.exit(2)
    sys.exit(run(sys.argv[1:]))
