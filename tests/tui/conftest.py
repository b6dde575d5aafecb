import pytest

from reader.library.store import Store
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.tui import type_ahead
from reader.tui.screens import showing, turns


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Nothing goes on before what it waits for is there, however busy the machine is."""
    for module in (turns, showing, type_ahead):
        monkeypatch.setattr(module, "_PATIENCE", 60.0)


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
