"""Sources: what a parameter may cite."""

from mutualaid_core.domain.scheme.source import Grade, SourceDocument, unknown_sources


def test_clauses_and_listed_documents_are_known() -> None:
    """Clause ids and listed ids must be known, everything else must be told in order."""
    documents = (SourceDocument(id="memo", title="备忘录", grade=Grade.F2),)
    assert unknown_sources(("b", "HN-4.4.1", "memo", "a"), documents) == ("b", "a")
