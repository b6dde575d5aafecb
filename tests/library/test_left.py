"""A large view as it was left: its ids are used while nothing at all has changed since."""

import asyncio
import os
import sqlite3
from contextlib import closing

import pytest

from reader.library import left
from reader.library.library import Library
from reader.library.store import Store
from reader.model.change import MetadataChange, StarChange
from reader.model.query import parse_query

INBOX = parse_query("is:unread")


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(left, "LEAST", 5)
    return tmp_path / "state" / "left-view"


async def nothing(_library):
    pass


def leave(path, file, query=INBOX, meanwhile=lambda: None, changed=nothing):
    """Visit a library, see a view and leave; its ids, and whether they were there at once."""

    async def visited(library):
        await asyncio.wrap_future(library.begin())
        await library.changes_made()
        found = await library.left(query)
        await library.watch(large=True)
        ids = await library.matching(query)
        assert found is None or list(found) == list(ids)
        await changed(library)
        assert await library.leave(query, ids if found is None else found)
        return found is not None

    with closing(Library(path, left=file)) as library:
        there = asyncio.run(visited(library))
        meanwhile()
        return there


def test_the_ids_are_there_the_next_time(shelf, library_path, file):
    shelf.close()
    assert [leave(library_path, file) for _ in range(3)] == [False, True, True]
    assert file.stat().st_mode & 0o777 == 0o600
    assert not leave(library_path, file, parse_query("is:unread sort:title"))
    assert not leave(library_path, file)
    assert leave(library_path, file)


def test_a_view_that_moves_with_the_time_is_read(shelf, library_path, file, monkeypatch):
    shelf.close()
    query = parse_query("is:unread added:1d")
    leave(library_path, file, query)
    monkeypatch.setattr("reader.library.reading.now", lambda: "2030-01-01T00:00:00Z")
    clock = Library._open_for_reading
    monkeypatch.setattr(Library, "_open_for_reading",
                        lambda self, *rest: _later(clock(self, *rest)))  # fmt: skip
    assert not leave(library_path, file, query)


def _later(store):
    store._clock = lambda: "2030-01-01T00:00:00Z"
    return store


def test_a_small_view_leaves_no_file(shelf, library_path, file, monkeypatch):
    shelf.close()
    leave(library_path, file)
    assert file.exists()
    monkeypatch.setattr(left, "LEAST", 1_000)
    leave(library_path, file)
    assert not file.exists()


def by_another(path):
    with closing(Store(path)) as store:
        store.apply(StarChange(tuple(store.newest()), starred=True))


def by_hand(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE papers SET status = 1 WHERE id = 3")
        connection.commit()


def in_the_log(path):
    """Another program has written and is still there."""
    connection = sqlite3.connect(path)
    connection.execute("UPDATE facts SET value = 'x' WHERE name = 'visit'")
    connection.commit()
    return connection


def touched(path):
    os.utime(path, ns=(1, 1))


def copied(path):
    path.with_suffix(".copy").write_bytes(path.read_bytes())
    path.with_suffix(".copy").replace(path)


@pytest.mark.parametrize("change", [by_another, by_hand, in_the_log, touched, copied])
def test_any_change_means_reading(shelf, library_path, file, change):
    shelf.close()
    leave(library_path, file)
    kept = change(library_path)
    assert not leave(library_path, file)
    if kept is not None:
        kept.close()


async def starred(library):
    for paper in (3, 4):
        await asyncio.wrap_future(library.apply(StarChange((paper,), starred=True)))


async def undone(library):
    await asyncio.wrap_future(library.undo())


async def redated(library):
    await asyncio.wrap_future(library.apply(MetadataChange(3, (("published", "1999-01-01"),))))


async def starred_beside_another(library):
    by_another(library.path)
    await starred(library)
    await asyncio.wrap_future(library.look_elsewhere())


def test_what_one_decided_oneself_is_followed(shelf, library_path, file):
    """The list follows it: what it shows then is what it would show afresh."""
    shelf.close()
    assert not leave(library_path, file, changed=starred)
    assert leave(library_path, file)


async def starred_behind_another(library):
    """The other one changes it while our change waits for the lock."""
    apply = Store.apply

    def waits(store, change):
        by_another(library.path)
        return apply(store, change)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "apply", lambda store, change: patch.undo() or waits(store, change))
        await asyncio.wrap_future(library.apply(StarChange((3,), starred=True)))
    await asyncio.wrap_future(library.look_elsewhere())


@pytest.mark.parametrize(
    "change", [undone, redated, starred_beside_another, starred_behind_another]
)
def test_what_else_was_changed_means_reading(shelf, library_path, file, change):
    shelf.apply(StarChange((4,), starred=True))
    shelf.close()
    assert not leave(library_path, file, changed=change)
    assert not leave(library_path, file)
    assert leave(library_path, file)


def test_a_change_while_one_leaves_is_not_missed(shelf, library_path, file):
    """It is in the file that was left, but not in the ids."""
    shelf.close()
    leave(library_path, file, meanwhile=lambda: by_another(library_path))
    assert file.exists()
    assert not leave(library_path, file)


@pytest.mark.parametrize("damage", [
    lambda data: b"", lambda data: data[:-1], lambda data: data[:-4], lambda data: data + b"\0" * 4,
    lambda data: data[:-2] + b"\xff\xff", lambda data: b"[]\n" + data, lambda data: b"\xff" + data,
    lambda data: b"1\n" + data,
])  # fmt: skip
def test_a_damaged_file_means_reading(shelf, library_path, file, damage):
    shelf.close()
    leave(library_path, file)
    file.write_bytes(damage(file.read_bytes()))
    assert not leave(library_path, file)
    assert leave(library_path, file)


def test_another_library_means_reading(shelf, library_path, file, tmp_path):
    shelf.close()
    other = tmp_path / "other.db"
    other.write_bytes(library_path.read_bytes())
    leave(library_path, file)
    assert not leave(other, file)
