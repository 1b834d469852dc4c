"""The ``mutualaid`` command."""

import sys

from mutualaid_core.errors import MissingExtraError


def main() -> None:
    """Run the command line; the process ends with its exit status.

    Raises:
        SystemExit: Always: 0 done, 1 refused or faults found, 2 bad input, 3 trouble with a store.
    """
    try:
        from mutualaid_core.cli.app import run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"cyclopts", "rich"}:
            raise
        sys.exit(str(MissingExtraError("cli")))
    sys.exit(run(sys.argv[1:]))
