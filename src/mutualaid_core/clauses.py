"""The source documents and the ids of their clauses.

An id is ``document-article.sentence`` with a letter where one sentence holds several
requirements: ``HN-4.4.3c``. Ids are stable and never renumbered. The texts themselves are
not here; the clause map of the documentation says what each id asks for.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from mutualaid_core.errors import InvalidValueError

Function = TypeVar("Function", bound=Callable[..., object])

DOCUMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ACFTU": "总工发〔2018〕28号 关于加强职工互助保障活动规范和管理的意见",
        "SN": "陕工发〔2021〕10号",
        "GD": "广东省职工互助保障工作讲话 2022-06-14",
        "HN": "湖南省总工会关于开展职工医疗互助活动的指导意见 2013-09-25",
        "TXT": "handling of the texts themselves",
    }
)
"""Source document (来源文件) by the first part of a clause id."""

_NUMBERS: Final[dict[str, str]] = {
    "ACFTU": """
        0.1 0.2 0.3 S1.1 S1.2 1.1a 1.1b 1.1c 1.1d 1.2a 1.2b 1.2c 2.1a 2.1b 2.2 2.3a 2.3b 2.4a 2.4b 2.4c
        3.1a 3.1b 3.1c 3.2a 3.2b 3.2c 3.2d S2.1 4.1 4.2a 4.2b 4.3a 4.3b 4.3c 4.4a 4.4b 4.4c 4.5 5.1a
        5.1b 5.1c 5.1d 5.2a 5.2b 5.3 5.4 5.5a 5.5b 6.1 6.2a 6.2b 6.3a 6.3b 7.1 7.2 7.3 S3.1 8.1a 8.1b
        8.1c 8.1d 8.1e 8.1f 9.1a 9.1b 9.1c 9.2 10.1a 10.1b 10.1c 10.1d 10.1e 10.2 10.3 10.4a 10.4b 11.1a
        11.1b 11.1c 11.1d 11.2a 11.2b 11.2c 11.2d 11.2e 11.2f 11.2g 11.2h 11.3a 11.3b S4.1 S4.2a S4.2b
        S4.2c 12.1a 12.1b 12.1c 12.2 12.3a 12.3b 12.3c 12.3d 12.4a 12.4b 12.4c 12.5a 12.5b 13.1a 13.1b
        13.1c 13.2a 13.2b 13.2c 13.2d 13.2e 13.3a 13.3b 13.4a 13.4b 13.5a 13.5b 14.1 14.2a 14.2b 14.2c
        14.3a 14.3b 14.3c 14.3d 14.4 14.5 14.6 S5.1 S5.2 15.1 15.2 15.3 15.4 15.5 16.1 16.2 16.3 16.4a
        16.4b 17.1 17.2 17.3a 17.3b 18.1 18.2 18.3
    """,
    "TXT": """
        1 2 3
    """,
    "SN": """
        0.1 0.2 1.1 1.2 1.3 1.4a 1.4b 1.5 1.6 1.7 1.8 1.9 1.10 2.1.1 2.1.2 2.1.3 2.1.4a 2.1.4b 2.1.4c
        2.1.5 2.1.6a 2.1.6b 2.2.1 2.2.2a 2.2.2b 2.2.3a 2.2.3b 2.3.1 2.3.2 2.3.3 2.3.4a 2.3.4b 2.3.5a
        2.3.5b 2.3.5c 2.3.5d 3.1.1 3.1.2 3.1.3a 3.1.3b 3.1.4a 3.1.4b 3.1.5 3.2.1 3.2.2 3.2.3 3.2.4a
        3.2.4b 3.2.4c 3.3.1 3.3.2 3.3.3a 3.3.3b 3.3.3c 3.3.4 3.3.5 3.4.1 3.4.2 3.4.3 3.4.4 4.1 4.2 4.3
        4.4
    """,
    "GD": """
        0.1 0.2 0.3 0.4 R.1a R.1b R.1c R.1d R.1e R.2a R.2b R.3a R.3b R.3c R.4a R.4b R.4c R.4d R.5a R.5b
        R.5c R.6 R.7 R.8 1.0a 1.0b 1.1a 1.1b 1.1c 1.1d 1.1e 1.1f 1.1g 1.2a 1.2b 1.2c 1.2d 1.2e 1.2f 1.2g
        1.3a 1.3b 1.3c 1.3d 1.3e 1.3f 1.3g 1.3h 1.3i 2.0a 2.0b 2.1a 2.1b 2.1c 2.1d 2.1e 2.1f 2.1g 2.2a
        2.2b 2.2c 2.2d 2.2e 2.3.0 2.3.1a 2.3.1b 2.3.1c 2.3.2a 2.3.2b 2.3.2c 2.3.3a 2.3.3b 2.3.3c 3.0a
        3.0b 3.1a 3.1b 3.1c 3.1d 3.1e 3.1f 3.1g 3.1h 3.2a 3.2b 3.2c 3.2d 3.2e 3.2f 3.2g 3.2h 3.2i 3.2j
        3.3a 3.3b 3.3c 3.3d 4.1
    """,
    "HN": """
        0.1 0.2 0.3 1.1 2.1a 2.1b 2.2a 2.2b 2.3 3.1.1 3.1.1h 3.1.2a 3.1.2b 3.1.2c 3.1.2h 3.1.3 3.1.4a
        3.1.4b 3.1.4c 3.1.4d 3.1.4h 3.2.1a 3.2.1b 3.2.1c 3.2.2a 3.2.2b 3.2.2c 3.2.2d 3.2.2e 3.2.2f 4.1.0
        4.1.1a 4.1.1b 4.1.1c 4.1.2a 4.1.2b 4.1.3 4.1.4 4.2.0 4.2.1a 4.2.1b 4.2.1c 4.2.1d 4.2.1e 4.2.1f
        4.2.2 4.3.0 4.3.1 4.3.2 4.3.3 4.3.4a 4.3.4b 4.3.4c 4.3.4d 4.3.5a 4.3.5b 4.3.5c 4.3.5d 4.4.0
        4.4.1 4.4.2a 4.4.2b 4.4.2c 4.4.2d 4.4.3a 4.4.3b 4.4.3c 4.5.0 4.5.1a 4.5.1b 4.5.1c 4.5.1d 4.5.2
        4.5.3a 4.5.3b 4.5.4a 4.5.4b 4.5.5 4.6.0 4.6.1 4.6.2a 4.6.2b 4.6.3 4.6.4a 4.6.4b 5.1.0 5.1.1
        5.1.2 5.1.3 5.1.4 5.1.5 5.1.6 5.2.0 5.2.1 5.2.2a 5.2.2b 5.2.3 5.3.0 5.3.1 5.3.2 5.4.0 5.4.1
        5.4.2 5.5
    """,
}

CLAUSES: Final[frozenset[str]] = frozenset(
    f"{document}-{number}" for document, numbers in _NUMBERS.items() for number in numbers.split()
)
"""Every clause id (条款编号) of the source documents."""


def check_clause(clause: str) -> str:
    """Return *clause* if it is a known id.

    Raises:
        InvalidValueError: There is no such clause.
    """
    if clause not in CLAUSES:
        raise InvalidValueError("clause", "must be an id of a source document", clause)
    return clause


def implements(*clauses: str) -> Callable[[Function], Function]:
    """Attach the ids of the clauses that a rule carries out.

    Only the attribute ``__clauses__`` is set: tests and docs find rules by walking the
    package, there is no registry.

    Raises:
        InvalidValueError: One of *clauses* is not a known id, none is given, or one twice.
    """
    known = tuple(check_clause(clause) for clause in clauses)
    if not known or len(set(known)) != len(known):
        raise InvalidValueError("clauses", "must be at least one, once each", known)

    def attach(function: Function) -> Function:
        function.__clauses__ = known  # type: ignore[attr-defined]  # functions take attributes
        return function

    return attach
