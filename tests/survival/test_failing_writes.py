import errno
import os
import shutil
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.errors import LibraryError
from reader.model.change import StarChange, TagChange
from tests.library.states import problems

apsw = pytest.importorskip("apsw")

from tests.survival.apsw_library import (  # noqa: E402 - apsw may be missing
    CountdownVFS,
    drafts,
    open_store,
    ordinary_store,
    whole,
)

pytestmark = pytest.mark.heavy

PAPERS = tuple(range(1, 21))
CHANGES = {
    "a star": lambda store: store.apply(StarChange(PAPERS[:1], starred=True)),
    "a tag on many": lambda store: store.apply(TagChange(PAPERS, add=("theory/learning",))),
    "an import": lambda store: store.import_drafts(drafts("morning", 3), "morning"),
    "an undo": lambda store: store.undo(),
}
FAULTS = {
    "a write that fails": ("write", apsw.SQLITE_IOERR_WRITE, False),
    "a disk that is full": ("write", apsw.SQLITE_FULL, True),
    "a sync that fails": ("sync", apsw.SQLITE_IOERR_FSYNC, False),
    "a file that cannot be opened": ("open", apsw.SQLITE_CANTOPEN, False),
    "a file that cannot be made shorter": ("truncate", apsw.SQLITE_IOERR_TRUNCATE, False),
}
MOST = 400
"""Operations that opening the library, one change and closing it need at most."""

LONGEST = 5
"""Seconds until a change must have failed or succeeded."""


@dataclass
class Trial:
    """One change on a disk that fails in one way, and what the library holds without and with it.

    Attributes:
        if_killed: What it may hold when the program dies right after the change failed.
    """

    base: Path
    folder: Path
    vfs: CountdownVFS
    change: Any
    before: Any
    after: Any
    if_killed: tuple


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A library with papers in it, the latest change of which can be undone."""
    path = tmp_path_factory.mktemp("base") / "library.db"
    with closing(ordinary_store(path)) as store:
        store.import_drafts(drafts("shelf", len(PAPERS)), "shelf")
        store.apply(TagChange(PAPERS, add=("to cite",)))
    return path


@pytest.fixture
def trial(base, tmp_path, kind, fault):
    path = copied(base, tmp_path / "reference")
    before = held(path)
    with closing(ordinary_store(path)) as store:
        CHANGES[kind](store)
    after = held(path)
    what, code, lasting = FAULTS[fault]
    # A sync that fails leaves open whether the bytes arrived.
    if_killed = (before, after) if what == "sync" else (before,)
    vfs = CountdownVFS(what, code, lasting=lasting)
    yield Trial(base, tmp_path, vfs, CHANGES[kind], before, after, if_killed)
    vfs.unregister()


def copied(path, folder):
    """The library as its files are at this moment, in a new folder."""
    folder.mkdir()
    for part in ("", "-wal"):
        if (source := path.with_name(path.name + part)).exists():
            shutil.copy(source, folder)
    return folder / path.name


def held(path):
    """What the library holds when it is opened again, and is whole."""
    ordinary_store(path).close()
    assert problems(path) == []
    return whole(path)


def attempt(trial, path, number):
    """Make the change while the disk fails: the store, if it opened at all, and what it raised."""
    trial.vfs.arm(number)
    began = time.monotonic()
    store, error = None, None
    try:
        store = open_store(path, trial.vfs)
        trial.change(store)
    except LibraryError as raised:
        error = raised
    assert time.monotonic() - began < LONGEST
    return store, error


def fails(trial, number):
    """Whether the change fails with the n-th operation; it is there or not, closed or killed."""
    folder = trial.folder / f"{number}"
    path = copied(trial.base, folder)
    store, error = attempt(trial, path, number)
    killed = copied(path, folder / "killed")
    if store is not None:
        store.close()
    assert held(path) == (trial.before if error else trial.after)
    assert held(killed) in (trial.if_killed if error else (trial.after,))
    return error is not None


def after_repeating(trial, number):
    """What the library holds when the change that failed is made again by the same store."""
    path = copied(trial.base, trial.folder / f"{number} repeated")
    store, error = attempt(trial, path, number)
    assert error
    trial.vfs.disarm()
    store = store or open_store(path, trial.vfs)
    trial.change(store)
    store.close()
    return held(path)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_on_a_failing_disk_is_made_or_not_and_can_be_repeated(trial, fault, monkeypatch):
    # Every commit is followed by a checkpoint, which may fail without the change failing.
    monkeypatch.setattr("tests.survival.apsw_library.CHECKPOINT_AFTER", 1)
    failures = 0
    for number in range(1, MOST):
        failed = fails(trial, number)
        if not trial.vfs.reached:
            assert not failed
            break
        if failed:
            failures += 1
            assert after_repeating(trial, number) == trial.after
    else:
        pytest.fail("the change was never made")
    assert number > 1
    # A library that could not be made shorter after a checkpoint is longer, and nothing else.
    assert (failures > 0) == (fault != "a file that cannot be made shorter")


def test_a_disk_too_full_for_the_lock_files_note_locks_nobody_out(base, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = copied(base, tmp_path / "full")
    star = CHANGES["a star"]
    with closing(ordinary_store(path)) as store:
        with monkeypatch.context() as patched, suppress(LibraryError):
            patched.setattr("os.pwrite", full)
            star(store)
        star(store)
        assert store.counts()["starred"] == 1
