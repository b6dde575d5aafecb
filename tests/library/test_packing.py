"""Abstracts are packed on the disk, and nobody but the disk knows."""

import sqlite3
import zlib
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import main
from reader.library.packing import SHORTEST, pack, unpack, unpacked
from reader.library.phrases import PHRASES_1
from reader.library.store import Store
from reader.model.change import TrashChange
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.query import Query, parse_query
from tests.library.states import contents, problems
from tests.survival.work import old_library

ABSTRACT = "We ask how engines learn, and show that {they} do: $x^2$. " * 12 + "Done."
CHECKSUM = 2557480939
WRITTEN_ONCE = "01c3a82e470528166000759641f36800"
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=900)


@given(texts, texts)
def test_what_was_packed_comes_back(abstract, source):
    packed = pack(abstract, source)
    if len(abstract) + len(source) < SHORTEST:
        assert packed is None
    else:
        assert unpack(packed) == (abstract, source)
        assert unpacked("", packed) == abstract


def test_the_format_never_changes():
    assert zlib.crc32(PHRASES_1) == CHECKSUM
    assert unpack(bytes.fromhex(WRITTEN_ONCE)) == ("We show that the " * 20, "received")


@pytest.mark.parametrize("damage", [b"", b"\2abc", b"\1\xff\xff\xff", b"\1", b"\1\x03\x00\xff\xff"])
def test_what_is_damaged_is_told(damage):
    with pytest.raises(sqlite3.DatabaseError):
        unpack(damage)


@pytest.fixture
def packed(store, library_path):
    fields = Fields(title="How engines learn by themselves", abstract=ABSTRACT)
    record = SourceRecord("arxiv", "1", "2026-01-01T00:00:00Z", "f", fields)
    store.import_drafts([PaperDraft((record,))], "x")
    with closing(sqlite3.connect(library_path)) as raw:
        assert raw.execute("SELECT abstract, abstract_source FROM texts").fetchall() == [("", None)]
    return store


def test_abstracts_are_shown_searched_and_taken_back(packed, library_path):
    (number,) = packed.matching(Query())
    paper = packed.paper(number)
    assert paper.abstract_source == ABSTRACT
    assert paper.abstract.startswith("We ask how engines learn, and show that they do: x²")
    assert packed.abstracts([number]) == {number: paper.abstract}
    before = contents(library_path)
    packed.undo()
    assert list(packed.matching(Query())) == []
    packed.redo()
    assert contents(library_path) == before
    packed.apply(TrashChange((number,), trashed=True))
    assert problems(library_path) == []


def test_a_damaged_abstract_is_no_crash(packed, library_path, capsys):
    packed.close()
    with closing(sqlite3.connect(library_path)) as raw:
        (trigger,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'texts_updated'")
        raw.execute("DROP TRIGGER texts_updated")
        raw.execute("UPDATE texts SET packed = x'0100ff'")
        raw.execute(*trigger)
        raw.commit()
    for command in (["export", "--to", "bibtex"], ["doctor"]):
        assert main(["--library", str(library_path), *command]) in (5, 6)
        told = capsys.readouterr()
        assert "damaged" in told.out + told.err


def test_what_was_there_is_packed_when_a_library_is_opened(library_path, monkeypatch):
    old_library(library_path, monkeypatch)
    with closing(Store(library_path)) as store:
        paper = store.paper(1)
        assert paper.abstract == "We ask how engines learn. " * 10
        assert paper.abstract_source == "We ask how {engines} learn. " * 10
        assert list(store.matching(parse_query("engines"))) == [1]
    assert problems(library_path) == []
    with closing(sqlite3.connect(library_path)) as raw:
        assert raw.execute("SELECT abstract, abstract_source FROM texts").fetchall() == [("", None)]


def test_what_an_earlier_schema_wrote_is_read_and_changed(packed, library_path):
    packed.close()
    with closing(sqlite3.connect(library_path)) as raw:
        raw.execute("DROP TRIGGER texts_updated")
        raw.execute("UPDATE texts SET abstract = 'We ask plainly.', packed = NULL")
        raw.commit()
    with closing(Store(library_path)) as again:
        again.rebuild_search()
        (number,) = again.matching(Query())
        assert again.paper(number).abstract == "We ask plainly."
        assert again.abstracts([number]) == {number: "We ask plainly."}
    assert problems(library_path) == []
