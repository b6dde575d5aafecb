import os
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from threading import Event, Thread, Timer

import pytest

from reader.errors import (
    DamagedError,
    DiskError,
    LockedError,
    NewerLibraryError,
    NotALibraryError,
    OldSqliteError,
    ReplacedError,
)
from reader.importing import import_samples
from reader.library import connection, schema
from reader.library.connection import check_sqlite
from reader.library.faults import explained
from reader.library.library import Library
from reader.library.reading import ReadStore
from reader.library.schema import STEPS, VERSION
from reader.library.store import Store
from reader.library.writing import WriteLock
from reader.model.change import StarChange
from tests.library.states import contents, problems

HOLD = """
import fcntl, os, sys, time
lock = os.open(sys.argv[1], os.O_RDWR)
fcntl.flock(lock, fcntl.LOCK_EX)
os.write(lock, b"4711 holder")
print("held", flush=True)
time.sleep(60)
"""


def test_a_new_library_is_ours_and_private(store, library_path):
    assert store.created
    with closing(sqlite3.connect(library_path)) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (connection.APPLICATION_ID,)
        assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert raw.execute("PRAGMA page_size").fetchone() == (connection.PAGE_SIZE,)
        strict = dict(
            raw.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        )
        assert all(strict[name] for name in ("papers", "texts", "sources", "tags", "changes"))
    for file in library_path.parent.glob("library.db*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_opens_again(store, library_path):
    import_samples(store)
    with closing(Store(library_path)) as again:
        assert not again.created
        assert again.counts()["all"] == 20


def test_an_old_sqlite_is_refused():
    with pytest.raises(OldSqliteError, match=r"SQLite 3\.36\.0 is too old: version 3\.37"):
        check_sqlite((3, 36, 0))


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"hello, this is text", "no SQLite file"), (b"\x00" * 5000, "no SQLite")],
)
def test_other_files_are_refused_and_not_touched(library_path, content, words):
    library_path.write_bytes(content)
    with pytest.raises(NotALibraryError, match=words):
        Store(library_path)
    assert library_path.read_bytes() == content


def test_another_programs_database_is_refused(library_path):
    with closing(sqlite3.connect(library_path)) as raw:
        raw.execute("CREATE TABLE theirs(x)")
    before = library_path.read_bytes()
    with pytest.raises(NotALibraryError, match="another program"):
        Store(library_path)
    assert library_path.read_bytes() == before


def test_a_newer_library_is_refused_and_not_touched(store, library_path):
    store.close()
    with closing(sqlite3.connect(library_path)) as raw:
        raw.execute(f"PRAGMA user_version={VERSION + 7}")
    before = library_path.read_bytes()
    with pytest.raises(NewerLibraryError, match=f"schema {VERSION + 7}"):
        Store(library_path)
    assert library_path.read_bytes() == before


def test_foreign_triggers_are_refused(store, library_path):
    store.close()
    with closing(sqlite3.connect(library_path)) as raw:
        raw.execute("CREATE TRIGGER bad AFTER INSERT ON tags BEGIN DELETE FROM papers; END")
    with pytest.raises(NotALibraryError, match="not ours"):
        Store(library_path)


def test_a_truncated_library_is_said_to_be_damaged(shelf, library_path):
    shelf.close()
    library_path.write_bytes(library_path.read_bytes()[:5000])
    with pytest.raises(DamagedError, match="damaged"):
        Store(library_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(DiskError, match="closed"):
        Store(folder / "library.db")


def test_a_folder_that_is_a_file(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DiskError, match=r"file/library\.db"):
        Store(tmp_path / "file" / "library.db")


@pytest.mark.parametrize("step", range(1, len(STEPS)))
def test_every_earlier_schema_migrates_after_a_verified_backup(library_path, monkeypatch, step):
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", STEPS[:step])
        patched.setattr("reader.library.store.VERSION", step)
        Store(library_path).close()
    with closing(sqlite3.connect(library_path)) as raw:
        connection.add_functions(raw)
        raw.execute(
            "INSERT INTO papers(place, citekey, title, byline, published, date_precision, category,"
            " added) VALUES (1, 'old1999paper', 'Old', '', '1999', 'year', '', 'then')"
        )
        raw.execute(
            "INSERT INTO texts(paper, authors, abstract, categories) VALUES (1, '', 'x', '')"
        )
        raw.commit()
    with closing(Store(library_path)) as store:
        assert store.find("old1999paper") == 1
        # What was there before an index or a counter existed is taken in by the migrations.
        store.rebuild_search()
        assert store.check() == []
    backup = library_path.parent / "backups" / f"library-before-schema-{VERSION}.db"
    with closing(sqlite3.connect(backup)) as copy:
        assert copy.execute("SELECT citekey FROM papers").fetchone() == ("old1999paper",)
        assert copy.execute("PRAGMA user_version").fetchone() == (step,)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


@pytest.mark.heavy
def test_processes_that_start_at_once_make_one_library(library_path):
    code = (
        "import sys; from pathlib import Path; from reader.library.store import Store;"
        "from reader.importing import import_samples; s = Store(Path(sys.argv[1]));"
        "import_samples(s); s.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, library_path]) for _ in range(4)]
    assert [one.wait(60) for one in running] == [0] * 4
    assert problems(library_path) == []
    with closing(Store(library_path)) as store:
        assert store.counts()["all"] == 20
        assert len(store.log(99)) == 1


def test_a_held_lock_is_waited_for_and_named(store, library_path):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, f"{library_path}.lock"], stdout=subprocess.PIPE
    )
    other.stdout.readline()
    with pytest.raises(LockedError, match="holder"), WriteLock(library_path).held(patience=0.1):
        pass
    assert store.counts()["all"] == 0  # reading goes on
    other.kill()
    other.wait()
    other.stdout.close()
    with WriteLock(library_path).held(patience=5):
        pass


def test_nothing_is_left_of_a_failed_transaction(shelf, library_path):
    before = contents(library_path)

    def failing():
        raise RuntimeError("in the middle")
        yield

    with pytest.raises(RuntimeError, match="middle"):
        shelf.import_drafts(failing(), "x")
    assert contents(library_path) == before


def test_reading_does_not_wait_for_a_writer(shelf, library_path):
    with shelf.write():
        start = time.monotonic()
        reading = ReadStore(library_path)
        assert reading.counts()["all"] == 20
        reading.close()
        assert time.monotonic() - start < 2


def test_errors_are_named_for_what_they_are(library_path):
    for code, kind in ((5, LockedError), (13, DiskError), (11, DamagedError), (3, DiskError)):
        error = sqlite3.OperationalError("said")
        error.sqlite_errorcode = code
        with pytest.raises(kind), explained(library_path):
            raise error
    with pytest.raises(sqlite3.ProgrammingError), explained(library_path):
        raise sqlite3.ProgrammingError("a bug")


def test_a_library_that_was_replaced_is_not_written(shelf, library_path, tmp_path):
    other = Store(tmp_path / "other.db")
    other.close()
    (tmp_path / "other.db").replace(library_path)
    before = library_path.read_bytes()
    with pytest.raises(ReplacedError, match="replaced while it was open"):
        shelf.apply(StarChange((1,), starred=True))
    assert library_path.read_bytes() == before


@pytest.mark.parametrize("version", [-3, 2, VERSION])
def test_a_file_that_only_pretends_is_refused(library_path, version):
    with closing(sqlite3.connect(library_path)) as raw:
        raw.execute(f"PRAGMA application_id={connection.APPLICATION_ID}")
        raw.execute(f"PRAGMA user_version={version}")
        raw.execute("CREATE TABLE x(y)")
    with pytest.raises(NotALibraryError):
        Store(library_path)


def test_a_change_queued_when_the_library_closes_is_made(library_path, shelf):
    library = Library(library_path)
    library.ready()
    changes = [library.apply(StarChange((paper,), starred=True)) for paper in (1, 2, 3)]
    library.close()
    assert all(change.result().group for change in changes)
    assert shelf.counts()["starred"] == 3


def test_a_change_that_fails_while_the_library_closes_is_said(library_path, shelf, tmp_path):
    library = Library(library_path)
    library.ready()
    begun, going_on = Event(), Event()
    held = Thread(target=library.write_now, args=(lambda _: begun.set() or going_on.wait(10),))
    held.start()
    assert begun.wait(10)
    library.apply(StarChange((1,), starred=True))
    Store(tmp_path / "other.db").close()
    (tmp_path / "other.db").replace(library_path)
    Timer(0.1, going_on.set).start()
    with pytest.raises(ReplacedError):
        library.close()
    held.join()
