import pytest

from reader.library.store import Store
from reader.model.paper import Fields, PaperDraft, SourceRecord


@pytest.fixture
def many(library_path):
    """A library of 900 papers, more than are fetched at once."""
    store = Store(library_path)
    records = [
        PaperDraft(
            (SourceRecord("arxiv", str(n), "now", "f", Fields(title=f"Paper number {n:04}")),)
        )
        for n in range(900)
    ]
    store.import_drafts(records, "many")
    yield store
    store.close()
