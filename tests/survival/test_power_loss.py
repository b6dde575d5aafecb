import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest

from reader.errors import LibraryError
from reader.model.change import (
    StarChange,
    StatusChange,
    TagChange,
    TagColour,
    TagRename,
    TrashChange,
    ViewMove,
    ViewRemoval,
    ViewSave,
)
from reader.model.paper import Status
from tests.library.states import problems

pytest.importorskip("apsw")

from tests.survival.apsw_library import (
    Disk,
    RecordingVFS,
    drafts,
    open_store,
    ordinary_store,
    whole,
)

pytestmark = pytest.mark.heavy

PAPERS = tuple(range(1, 21))
FIRST, SOME, MANY = PAPERS[:1], PAPERS[:4], PAPERS[:15]
REOPEN = None
SCRIPT = (
    StarChange(FIRST, starred=True),
    StatusChange(SOME, Status.LATER),
    TagChange(PAPERS, add=("theory", "theory/learning")),
    TrashChange(MANY, trashed=True),
    "undo",
    ViewSave("mine", "is:later #theory"),
    ("morning", 12),
    StarChange(PAPERS, starred=True),
    "undo",
    "redo",
    TagRename("theory", "maths"),
    REOPEN,
    TagChange(SOME, add=("to cite",), remove=("maths",)),
    TagColour("maths", "red"),
    "undo",
    "undo",
    ("evening", 8),
    "undo",
    "redo",
    ViewSave("other", "is:starred"),
    ViewMove("other", 1),
    TrashChange(SOME, trashed=True),
    TrashChange(FIRST, trashed=False),
    REOPEN,
    StatusChange(PAPERS, Status.READ),
    ViewRemoval("mine"),
    "undo",
    "undo",
    "undo",
    "redo",
    StarChange(FIRST, starred=False),
)


def make(store, step):
    match step:
        case str():
            getattr(store, step)()
        case (name, count):
            store.import_drafts(drafts(name, count), name)
        case _:
            store.apply(step)


def play(steps, open_library, confirm):
    """Go through a script; `confirm` is told after each step."""
    store = open_library()
    for step in steps:
        if step is REOPEN:
            store.close()
            store = open_library()
        else:
            make(store, step)
        confirm()
    store.close()


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A library with papers in it, as bytes."""
    path = tmp_path_factory.mktemp("base") / "library.db"
    store = ordinary_store(path)
    store.import_drafts(drafts("shelf", len(PAPERS)), "shelf")
    store.close()
    return path.read_bytes()


def recorded(path, base, **settings):
    """What the script does to the files, one operation after the other."""
    path.write_bytes(base)
    vfs = RecordingVFS()
    play(SCRIPT, lambda: open_store(path, vfs, **settings), vfs.confirm)
    vfs.unregister()
    return vfs.log


@pytest.fixture(scope="module")
def states(base, tmp_path_factory):
    """What the library holds before the first step and after each, when nothing fails."""
    path = tmp_path_factory.mktemp("states") / "library.db"
    path.write_bytes(base)
    found = [whole(path)]
    play(SCRIPT, lambda: ordinary_store(path), lambda: found.append(whole(path)))
    return found


def cuts(log, count, folder, seed):
    """Cut the power in the middle of operations; the library left, and how much was confirmed."""
    rng = random.Random(seed)
    operations = [at for at, entry in enumerate(log) if entry[0] != "confirm"]
    disk, done = Disk(), 0
    for number, at in enumerate(sorted(rng.choices(operations, k=count))):
        for entry in log[done : at + 1]:
            disk.do(*entry)
        done = at + 1
        left = folder / f"cut {number}"
        disk.cut(left, rng)
        yield left / "library.db", disk.confirmed


def held(path):
    """What the library holds when it is opened again; None when it is damaged."""
    try:
        ordinary_store(path).close()
        return None if problems(path) else whole(path)
    except (LibraryError, sqlite3.DatabaseError):
        return None


def fates(log, states, count, folder):
    """In how many cuts the library was left without the change in flight, with it, or harmed."""
    found = Counter()
    for path, confirmed in cuts(log, count, folder, seed=count):
        now = held(path)
        if now is None:
            found["damaged"] += 1
        elif now == states[confirmed]:
            found["without"] += 1
        elif now == states[min(confirmed + 1, len(states) - 1)]:
            found["with"] += 1
        else:
            found["lost"] += 1
    return found


def test_a_power_cut_loses_nothing_that_was_confirmed(base, states, tmp_path):
    log = recorded(tmp_path / "library.db", base)
    assert any(entry[:2] == ("write", "library.db") for entry in log), "a checkpoint"
    assert any(entry[:2] == ("delete", "library.db-wal") for entry in log), "a closing"
    found = fates(log, states, 200, tmp_path)
    assert found["with"] > 0
    assert found["without"] > 0
    assert found.total() == found["with"] + found["without"], found


def test_a_power_cut_on_a_network_disk_loses_nothing_that_was_confirmed(base, states, tmp_path):
    log = recorded(tmp_path / "library.db", base, journal_mode="TRUNCATE")
    found = fates(log, states, 100, tmp_path)
    assert found.total() == found["with"] + found["without"], found


def test_a_power_cut_while_a_restored_library_is_opened_first_harms_nothing(base, states, tmp_path):
    path = tmp_path / "library.db"
    path.write_bytes(base)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # as a copy that was put in place is
    log = recorded(path, path.read_bytes())
    opening = log[: next(at for at, entry in enumerate(log) if entry[1] == "library.db-wal")]
    found = fates(opening, states, 40, tmp_path)
    assert found == {"without": 40}


def test_these_cuts_would_show_a_change_that_is_confirmed_before_it_is_synced(
    base, states, tmp_path
):
    log = recorded(tmp_path / "library.db", base, synchronous="NORMAL")
    found = fates(log, states, 40, tmp_path)
    assert found["lost"] > 0
    assert found["damaged"] == 0


def test_these_cuts_would_show_a_library_that_is_never_synced(base, states, tmp_path):
    log = recorded(tmp_path / "library.db", base, synchronous="OFF")
    assert not [entry for entry in log if entry[0] == "sync"]
    found = fates(log, states, 40, tmp_path)
    assert found["damaged"] > 0
    assert found["lost"] > 0
