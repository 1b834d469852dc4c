"""The unit of work (工作单元): written once, on top of the storage port.

``unit`` collects what an act reads and writes and commits it as one batch, ``act`` does an
act once and decides it anew when others were faster, ``reading`` looks things up outside any
work.
"""

from mutualaid_core.work.act import TRIES_MAX, Done, perform
from mutualaid_core.work.reading import read_all, read_each, read_many, read_one, records_of
from mutualaid_core.work.unit import Host, Purpose, Work, record_digest

__all__ = [
    "TRIES_MAX",
    "Done",
    "Host",
    "Purpose",
    "Work",
    "perform",
    "read_all",
    "read_each",
    "read_many",
    "read_one",
    "record_digest",
    "records_of",
]
