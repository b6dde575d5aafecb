"""What an import asks of a library must not take longer the longer the library is."""

import re
import sqlite3
from contextlib import closing

import pytest

from reader.import_report import Options
from reader.importing import import_files
from reader.library.connection import add_functions
from reader.library.store import Store
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord

LARGE = "papers|texts|sources|identifiers|versions|change_rows|paper_tags|possible_duplicates"
READS_ALL = re.compile(rf"SCAN ({LARGE})\b")

BIB = """
@article{short, title = {On Cats}, author = {Ann Author}, year = 2020}
@article{long, title = {A title that is long enough to be a key of its own}, author = {Ann Author},
  year = 2020, doi = {10.1000/1}, eprint = {2001.00001}, eprinttype = {arxiv}, keywords = {felines}}
@article{twin, title = {A title that is long enough to be a key of its own}, author = {Bo Other},
  year = 1990, doi = {10.1000/2}}
@article{undated, title = {Another title that is long enough for a key}, author = {Cy Third}}
"""
SNAPSHOT = (
    '{"id": "2001.00001", "title": "A title that is long enough to be a key of its own", '
    '"abstract": "We ask.", "authors": "Ann Author", "categories": "cs.LG", '
    '"versions": [{"version": "v1", "created": "Mon, 6 Jan 2020 00:00:00 GMT"}]}\n'
    '{"id": "2001.00002", "title": "Mice", "authors": "Ann Author", "categories": "cs.LG"}\n'
)


def draft(key):
    """A paper with a title too short to be known again by it."""
    fields = Fields(title=f"Cats {key}", authors=(Author("Author", "Ann"),))
    return PaperDraft((SourceRecord("bibtex", key, "2026-05-07T00:00:00Z", "f", fields),))


@pytest.fixture
def asked(monkeypatch):
    """Every statement that a connection of the library runs, as text."""
    statements = {}
    connect = sqlite3.connect

    def listening(*args, **options):
        connection = connect(*args, **options)
        connection.set_trace_callback(statements.setdefault)
        return connection

    monkeypatch.setattr(sqlite3, "connect", listening)
    return statements


def plans(path, statements):
    """The statements that look at papers, each with how SQLite goes about it."""
    with closing(sqlite3.connect(path)) as raw:
        add_functions(raw)
        for sql in list(statements):
            if sql.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE")):
                rows = raw.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
                yield sql, [row[3] for row in rows]


def test_an_import_never_reads_a_whole_table(tmp_path, asked):
    path = tmp_path / "library.db"
    files = {"some.bib": BIB, "snapshot.jsonl": SNAPSHOT}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with closing(Store(path)) as store:
        for key in "ab":  # behind the second the copy of the day is made
            store.import_drafts([draft(key)], key)
        asked.clear()
        for _ in range(2):  # once new, once known
            for name in files:
                import_files(store, [(tmp_path / name, "")], Options())
        seen = dict(asked)
    found = list(plans(path, seen))
    assert any("INSERT INTO search" in sql for sql, _ in found)
    assert any("title_key IS NULL" in sql for sql, _ in found)
    assert [(sql, plan) for sql, plan in found if any(map(READS_ALL.match, plan))] == []


def test_a_short_title_is_known_again_by_its_record(tmp_path):
    with closing(Store(tmp_path / "library.db")) as store:
        for _ in range(2):
            _, taken = store.import_drafts([draft("a")], "some.bib")
        assert (taken.new, taken.unchanged) == (0, 1)
        assert store.counts()["all"] == 1
