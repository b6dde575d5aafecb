"""Copies of the library that are made while others are at it."""

import os
import threading

import pytest

from reader.errors import DamagedError
from reader.importing import import_samples
from reader.library import backup
from reader.library.backup import backups
from reader.library.store import Store
from reader.model.change import StarChange, TagChange, TagRemoval
from reader.model.query import Query


def test_the_same_copy_made_twice_at_once_is_whole(library_path, tmp_path):
    first = Store(library_path)
    import_samples(first)
    first.close()
    target, failed = tmp_path / "copies" / "copy.db", []
    target.parent.mkdir()

    def copy():
        try:
            with_own = Store(library_path)
            for _ in range(6):
                with_own.copy_to(target)
            with_own.close()
        except Exception as error:  # noqa: BLE001 - told by the assertion below
            failed.append(error)

    threads = [threading.Thread(target=copy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(target.parent.iterdir()) == [target]
    copied = Store(target)
    assert copied.counts()["all"] == 20
    copied.close()


def test_a_copy_without_papers_is_refused(shelf, tmp_path):
    empty = tmp_path / "empty.db"
    Store(empty).close()
    with pytest.raises(DamagedError, match="lacks papers"):
        backup._verify(empty, {20})
    backup._verify(empty, {20, 19})  # another program was changing the library meanwhile


def test_what_a_killed_copy_left_is_removed_in_time(shelf, library_path):
    folder = backup.folder_of(library_path)
    folder.mkdir(exist_ok=True)
    old, new = folder / ".library-1.partial", folder / ".library-2.partial"
    old.touch()
    new.touch()
    os.utime(old, (1, 1))
    shelf.apply(StarChange((1,), starred=True))
    shelf.back_up()
    assert (old.exists(), new.exists()) == (False, True)


def test_deleting_a_tag_of_many_papers_makes_a_copy_first(shelf, library_path, monkeypatch):
    monkeypatch.setattr(backup, "MANY", 10)
    paper, *papers = shelf.matching(Query())
    shelf.apply(StarChange((paper,), starred=True))
    shelf.apply(TagChange(tuple(papers[:9]), add=("area/one",)))  # the day's first copy is made
    first = backups(library_path)[0].path.stat().st_ino
    shelf.apply(TagRemoval("area"))
    assert backups(library_path)[0].path.stat().st_ino == first
    shelf.undo()
    shelf.apply(TagChange(tuple(papers[9:]), add=("area/two",)))
    before = backups(library_path)[0].path.stat().st_ino
    shelf.apply(TagRemoval("area"))
    assert backups(library_path)[0].path.stat().st_ino != before
