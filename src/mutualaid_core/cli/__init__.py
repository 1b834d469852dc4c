"""The ``mutualaid`` command.

Exit statuses: 0 done; 1 refused, or faults found; 2 bad input; 3 trouble with a store or a
disk; 130 interrupted; 141 nobody reads the output any more.
"""

import io
import sys

from mutualaid_core.errors import MissingExtraError

_OWN_EXTRA = frozenset({"cyclopts", "rich"})
_BAD_INPUT, _TROUBLE, _INTERRUPTED = 2, 3, 130
"""The same as in ``telling``, which is loaded with the commands."""


def main() -> None:
    """Run the command line; the process ends with its exit status.

    Raises:
        SystemExit: Always, with one of the statuses above.
    """
    if sys.stdout is None:
        # Before anything is done, since nobody could be told of it.
        sys.stderr.write("DISK: standard output is closed\n")
        sys.exit(_TROUBLE)
    try:
        status = _run()
    except KeyboardInterrupt:
        # Before or after the command itself, which catches its own.
        sys.stderr.write("INTERRUPTED: nothing is half-written; run the same command again to go on\n")
        status = _INTERRUPTED
    sys.exit(status)


def _run() -> int:
    """Load the commands and run them; the exit status."""
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
        return _BAD_INPUT
    return run(sys.argv[1:])
