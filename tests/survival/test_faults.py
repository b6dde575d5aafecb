"""What can go wrong around a library: each is said plainly, and nothing is lost."""

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from reader import paths
from reader.cli import main
from reader.errors import DamagedError, DiskError, LibraryError, ReadOnlyError
from reader.importing import import_samples
from reader.library.backup import backups
from reader.library.connection import add_functions
from reader.library.library import Library
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.library.surroundings import conflict_copies, network_file_system, synced_by
from reader.model.change import StarChange, StatusChange, TagChange
from reader.model.paper import Status
from reader.model.query import Query, parse_query
from tests.library.states import contents, problems
from tests.tui.world import running

NOBODY = 65534


def as_nobody(act):
    """Do something as a user without rights: what it returns or raises, in words."""
    if os.geteuid():
        return told(act)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        os.write(writing, told(act).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        answer = file.read()
    os.waitpid(child, 0)
    return answer


def told(act):
    try:
        return str(act())
    except LibraryError as error:
        return f"{type(error).__name__}: {error}"


@pytest.fixture
def public():
    """A folder that others may enter, with a library that they may read."""
    folder = Path(tempfile.mkdtemp(prefix="reader-test-"))
    store = Store(folder / "library.db", automatic_backups=False)
    import_samples(store)
    store.close()
    (folder / "library.db").chmod(0o644)
    folder.chmod(0o755)
    yield folder / "library.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_library_can_be_read(public):
    public.parent.chmod(0o555)
    before = public.read_bytes()
    assert as_nobody(lambda: len(read(public, "scaling"))) == "7"
    answer = as_nobody(lambda: Store(public))
    assert answer.startswith("ReadOnlyError")
    assert "nothing was changed" in answer
    assert public.read_bytes() == before


def read(path, text):
    with closing(ReadStore(path)) as store:
        return store.matching(parse_query(text))


def test_a_read_only_library_whose_log_holds_changes_is_read_from_a_copy(public):
    with closing(Store(public, automatic_backups=False)) as store:
        store.apply(StarChange((store.find("kamb2024analytic"),), starred=True))
        for name in ("library.db-wal", "library.db-shm"):
            (public.parent / name).chmod(0o444)
        kept = public.parent / "kept"
        kept.mkdir()
        for name in ("library.db", "library.db-wal"):
            shutil.copy(public.parent / name, kept)
    kept.chmod(0o555)
    assert as_nobody(lambda: len(read(kept / "library.db", "is:starred"))) == "1"
    kept.chmod(0o755)


async def test_the_screen_says_read_only_and_changes_nothing(public, monkeypatch):
    # The tests may run as a user whom no permission stops.
    monkeypatch.setattr(os, "access", lambda place, mode: mode != os.W_OK)
    before = contents(public)
    async with running(public) as world:
        assert "READ-ONLY" in world.screen()
        await world.keys("s")
        await world.until(lambda: "is read-only" in world.said, "it is said")
        await world.keys("f")
        await world.write("scaling")
        assert len(world.main.papers.ids) == 7
        await world.keys("escape", "j")
    assert contents(public) == before


def test_an_unreadable_library_is_named(public):
    public.chmod(0o000)
    answer = as_nobody(lambda: ReadStore(public))
    assert answer.startswith("DiskError")
    assert "library.db" in answer


def test_a_folder_that_may_not_be_looked_into_is_named(public):
    public.parent.chmod(0o700)
    told = as_nobody(lambda: paths.library_path(f"{public}"))
    assert told.startswith(f"DiskError: could not read or write {public} (Permission denied)")


def test_a_missing_folder_is_made(tmp_path):
    with closing(Store(tmp_path / "a" / "b" / "library.db")) as store:
        assert store.created


HOLD = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("ROLLBACK")
"""


@pytest.mark.heavy
async def test_a_library_locked_by_another_program_for_half_a_minute(library_path):
    seconds = 30
    async with running(library_path) as world:
        await world.keys("s", "u")
        holder = subprocess.Popen(  # noqa: ASYNC220 - another process is what the test needs
            [sys.executable, "-c", HOLD, library_path, str(seconds)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        with holder:
            assert holder.stdout.readline() == "held\n"
            began = time.monotonic()
            await world.pilot.press("s")
            main, slowest, waited = world.main, 0.0, float(seconds)
            while time.monotonic() - began < seconds - 1:
                asked = time.monotonic()
                place = main.papers.cursor
                await world.pilot.press("j" if place < 10 else "k")
                await world.until(lambda was=place: main.papers.cursor != was, "the cursor moves")
                slowest = max(slowest, time.monotonic() - asked)
                if "waiting for" in world.said:
                    waited = min(waited, time.monotonic() - began)
            assert waited < seconds, "it is told"
            assert slowest < 5, "whatever else the machine does"
        await world.until(lambda: main.showing.summary.counts["starred"] == 1, "the star is kept")


def test_a_flipped_page_is_noticed_and_kept(shelf, library_path):
    shelf.apply(StarChange((1,), starred=True))
    shelf.back_up()
    shelf.close()
    whole = library_path.read_bytes()
    damaged = bytearray(whole)
    for place in range(8192 * 3, len(damaged), 8192):
        damaged[place : place + 64] = b"\xff" * 64
    library_path.write_bytes(damaged)
    assert main(["--library", str(library_path), "doctor"]) == 6
    assert main(["--library", str(library_path), "list", "theory"]) == 5
    assert main(["--library", str(library_path), "doctor", "--fix"]) == 6
    assert library_path.read_bytes() == bytes(damaged)
    assert main(["--library", str(library_path), "restore", "latest", "--yes"]) == 0
    assert problems(library_path) == []
    replaced = next(library_path.parent.glob("library-replaced-*.db"))
    assert replaced.read_bytes() == bytes(damaged)


@pytest.mark.parametrize("broken", ["DROP TABLE search", "DROP TRIGGER texts_inserted"])
def test_a_lost_index_is_made_anew(shelf, library_path, broken):
    shelf.close()
    with closing(sqlite3.connect(library_path)) as connection:
        connection.execute(broken)
    assert main(["--library", str(library_path), "find", "theory"]) == 0
    assert problems(library_path) == []


def test_a_stale_index_is_found_and_mended_on_a_copy(shelf, library_path, capsys):
    shelf.close()
    with closing(sqlite3.connect(library_path)) as connection:
        connection.execute("DROP TRIGGER texts_updated")
        connection.execute(
            "UPDATE texts SET abstract = 'newly said: xylophone', packed = NULL WHERE paper = 1"
        )
        connection.commit()
    stale = contents(library_path)
    assert main(["--library", str(library_path), "doctor"]) == 0, "opening made both anew"
    with closing(sqlite3.connect(library_path)) as connection:
        connection.execute("UPDATE counts SET n = 7")
        connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
        connection.commit()
    assert main(["--library", str(library_path), "doctor"]) == 6
    assert "search index" in capsys.readouterr().out
    assert main(["--library", str(library_path), "doctor", "--fix"]) == 0
    assert problems(library_path) == []
    assert contents(library_path)["texts"] == stale["texts"]
    assert list(library_path.parent.glob("library-replaced-*.db"))
    assert main(["--library", str(library_path), "list", "xylophone"]) == 0


FULL = """
import resource, signal, sys
from reader.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
sys.exit(main(["--library", sys.argv[1], *sys.argv[3:]]))
"""


_VALUES = {"INTEGER": "9999", "BLOB": "NULL"}


def test_what_belongs_to_no_paper_is_taken_away(shelf, library_path):
    with closing(sqlite3.connect(library_path)) as connection:
        add_functions(connection)
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%REFERENCES%'"
            )
        ]
        assert {"texts", "versions", "sources", "paper_tags", "change_rows"} <= set(tables)
        for table in tables:
            told = list(connection.execute(f"PRAGMA table_info({table})"))
            columns = ", ".join(f"{name}" for _, name, *_ in told)
            values = ", ".join(_VALUES.get(kind, "'x'") for _, _, kind, *_ in told)
            connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})")
        connection.commit()
    assert main(["--library", str(library_path), "doctor"]) == 6
    assert main(["--library", str(library_path), "doctor", "--fix"]) == 0
    assert problems(library_path) == []
    assert main(["--library", str(library_path), "doctor"]) == 0


def test_a_full_disk_refuses_the_change_and_loses_nothing(shelf, library_path, tmp_path):
    for number in range(30):
        shelf.apply(TagChange((1,), add=(f"tag{number}",)))
    shelf.close()
    before = contents(library_path)
    limit = library_path.stat().st_size
    listing = tmp_path / "many.jsonl"
    listing.write_text("\n".join(
        f'{{"schema": 1, "title": "Paper number {one} of many", "abstract": "{"word " * 300}"}}'
        for one in range(400)
    ))  # fmt: skip
    command = [sys.executable, "-c", FULL, library_path, str(limit), "import", listing]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 5, done.stderr
    assert "what was saved before is intact" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(library_path) == before
    assert problems(library_path) == []
    assert main(["--library", str(library_path), "import", str(listing)]) == 0
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit


async def test_another_file_in_the_librarys_place_is_noticed(library_path, tmp_path):
    async with running(library_path) as world:
        await world.keys("s", "s", "s")
        other = tmp_path / "other.db"
        with closing(Store(other)) as store:
            import_samples(store)
            store.apply(StatusChange(tuple(store.matching(Query())), Status.READ))
        theirs = contents(other)
        other.replace(library_path)
        await world.until(lambda: "was replaced" in world.said, "it is noticed")
        await world.keys("s")
        await world.until(lambda: "was replaced" in world.said, "and the change is refused")
    assert contents(library_path) == theirs
    kept = next(library_path.parent.glob("library-before-replacement-*.db"))
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT count(*) FROM papers WHERE starred").fetchone() == (1,)


def test_copies_that_a_synchronisation_made_are_named(shelf, library_path, capsys):
    names = ("library.sync-conflict-20261121-101500-ABCDEFG.db",
             "library (Ada's conflicted copy 2026-11-21).db")  # fmt: skip
    for name in names:
        (library_path.parent / name).touch()
    (library_path.parent / "library-replaced-2026.db").touch()
    assert {copy.name for copy in conflict_copies(library_path)} == set(names)
    main(["--library", str(library_path), "doctor"])
    assert all(name in capsys.readouterr().out or name for name in names)


async def test_the_screen_names_copies_when_it_begins(library_path):
    (library_path.parent / "library.sync-conflict-20261121-101500-ABCDEFG.db").touch()
    async with running(library_path) as world:
        assert "sync-conflict" in world.said
        await world.keys("j")
        assert world.said == ""


def test_synchronised_folders_and_network_disks_are_known(tmp_path):
    library = tmp_path / "Dropbox" / "papers" / "library.db"
    library.parent.mkdir(parents=True)
    assert synced_by(library) == str(tmp_path / "Dropbox")
    (tmp_path / ".stfolder").mkdir()
    assert synced_by(tmp_path / "library.db") == str(tmp_path)
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs4 rw 0 0\nbroken line\n"
        f"tmpfs {library.parent} tmpfs rw 0 0\n"
    )
    assert network_file_system(tmp_path / "library.db", mounts) == "nfs4"
    assert network_file_system(library, mounts) == ""
    assert network_file_system(library, tmp_path / "missing") == ""


def test_on_a_network_disk_the_library_keeps_no_shared_memory(library_path, monkeypatch):
    monkeypatch.setattr("reader.library.connection.network_file_system", lambda _path: "nfs4")
    with closing(Store(library_path)) as store:
        import_samples(store)
        store.apply(StarChange((1,), starred=True))
        assert not library_path.with_name("library.db-wal").exists()
    assert problems(library_path) == []


def test_two_instances_edit_one_paper(library_path, shelf):
    ours, theirs = shelf, Store(library_path)
    paper = ours.find("kamb2024analytic")
    ours.apply(TagChange((paper,), add=("ours",)))
    theirs.apply(TagChange((paper,), add=("theirs",)))
    theirs.apply(StarChange((paper,), starred=True))
    ours.apply(StatusChange((paper,), Status.LATER))
    row = theirs.rows([paper])[0]
    assert (row.tags, row.starred, row.status) == (("ours", "theirs"), True, Status.LATER)
    theirs.close()


def test_clocks_may_jump(library_path):
    times = iter(["2026-06-01T00:00:00Z", "1970-01-01T00:00:00Z", "2099-12-31T23:59:59Z"] * 99)
    with closing(Store(library_path, clock=lambda: next(times))) as store:
        import_samples(store)
        for name in "abcdef":
            store.apply(TagChange((1,), add=(name,)))
        for name in "fedcba":
            assert store.undo().group.summary.startswith(f"tagged +{name}")
        assert store.tags() == []
        assert len(store.matching(parse_query("added:..1y OR added:1y"))) == 20


def test_a_damaged_library_is_not_written_any_more(shelf, library_path):
    shelf.apply(StarChange((1,), starred=True))
    for copy in backups(library_path):
        copy.path.unlink()
    shelf.close()
    content = bytearray(library_path.read_bytes())
    content[8192 * 20 : 8192 * 20 + 8192 * 4] = b"\xff" * 8192 * 4
    library_path.write_bytes(content)
    store = Store(library_path)
    with pytest.raises(DamagedError):
        store.apply(StarChange((1,), starred=False))
    store.close()


def test_errors_keep_their_kind():
    assert issubclass(ReadOnlyError, LibraryError)
    assert DiskError(Path("x"), "y").exit_code == 5
    assert signal.SIGXFSZ


async def test_closing_waits_for_what_was_confirmed(library_path):
    library = Library(library_path)
    library.ready()
    library.write_now(import_samples)
    library.apply(StarChange((1,), starred=True))
    library.close()
    assert len(read(library_path, "is:starred")) == 1
