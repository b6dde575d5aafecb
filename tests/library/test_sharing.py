"""Two programs with one library: neither takes away what the other one needs."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import ImportFileError
from reader.library.library import Library
from reader.model.change import StarChange
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.query import parse_query
from reader.sources.document import open_document

LOCKS = Path("/proc/locks")


def drafts(count):
    return [
        PaperDraft((SourceRecord("reader", str(n), "2026-01-01T00:00:00Z", "x",
                                 Fields(title=f"A paper of its own with the number {n}")),))
        for n in range(count)
    ]  # fmt: skip


def elsewhere(*words):
    """Run the program in another process; what it says."""
    done = subprocess.run([sys.executable, "-m", "reader", *map(str, words)], check=True,
                          capture_output=True, text=True, env=os.environ)  # fmt: skip
    return done.stdout


@pytest.fixture
def library(library_path, monkeypatch):
    monkeypatch.setenv("READER_LIBRARY", str(library_path))
    opened = Library(library_path)
    opened.ready()
    opened.write_now(lambda store: store.import_drafts(drafts(3), "x"))
    yield opened
    opened.close()


def log_of(path):
    return path.with_name(f"{path.name}-wal").stat().st_ino


@pytest.mark.heavy
def test_another_program_that_ends_leaves_the_log_where_it_is(library, library_path):
    """The last one that closes a library removes its log; this is not the last one."""
    log = log_of(library_path)
    elsewhere("list")
    assert log_of(library_path) == log
    asyncio.run(library.matching(parse_query("")))
    keys = elsewhere("list", "--format", "keys").split()
    elsewhere("star", keys[0])
    library.apply(StarChange((2,), starred=True)).result()
    elsewhere("star", keys[2])
    assert log_of(library_path) == log
    library.apply(StarChange((1,), starred=True)).result()
    assert len(elsewhere("list", "is:starred", "--format", "keys").split()) == 3
    assert library.write_now(lambda store: store.check()) == []


@pytest.mark.skipif(not LOCKS.exists(), reason="only Linux tells which files are locked")
def test_what_looks_at_files_leaves_the_locks_on_the_library(library, library_path, tmp_path):
    def locked():
        inode = f":{library_path.stat().st_ino} "
        ours = f" {os.getpid()} "
        return any(inode in line and ours in line for line in LOCKS.read_text().splitlines())

    asyncio.run(library.found(parse_query("paper")))
    assert locked()
    other = tmp_path / "another name"
    other.symlink_to(library_path)
    for path in (library_path, other, library_path.with_name(f"{library_path.name}-shm")):
        with pytest.raises(ImportFileError, match="this library itself"):
            open_document(path, path.name)
    assert locked()
