"""A library whose files are in the test's hands: they lose power, or refuse a write.

SQLite lets a program put its own file layer (a VFS) under it, Python's `sqlite3` does not; so the
`Store` under test runs over apsw, behind an adapter that looks like a `sqlite3.Connection`.
Facts: https://rogerbinns.github.io/apsw/vfs.html, https://sqlite.org/atomiccommit.html
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

import apsw

from reader.library import connection as opening
from reader.library.store import Store
from reader.model.paper import Fields, PaperDraft, SourceRecord
from tests.library.states import contents

SECTOR = 512
SMALL_CACHE = 16
"""Pages that SQLite keeps: few, so that a change reaches the files before its end."""

CHECKPOINT_AFTER = 40
"""Frames in the log after which it is checkpointed: few, so that a short script sees many."""

_FLAGS = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
_CLASSES = {
    apsw.SQLITE_CONSTRAINT: sqlite3.IntegrityError,
    apsw.SQLITE_MISMATCH: sqlite3.IntegrityError,
    apsw.SQLITE_CORRUPT: sqlite3.DatabaseError,
    apsw.SQLITE_NOTADB: sqlite3.DatabaseError,
}

# -- a file layer that is watched ----------------------------------------------------------


class WatchedVFS(apsw.VFS):
    """The system's files, with a word before whatever is done to them."""

    def __init__(self):
        self.name = f"watched-{id(self)}"
        super().__init__(self.name, "")

    def about_to(self, what, path, *details):
        raise NotImplementedError

    def xOpen(self, name, flags):  # noqa: N802 - apsw's name, like those below
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None:
            raise AssertionError("a temporary file: temp_store=MEMORY should have kept it away")
        self.about_to("open", Path(path))
        return _WatchedFile(self, name, Path(path), flags)

    def xDelete(self, filename, syncdir):  # noqa: N802
        self.about_to("delete", Path(filename), syncdir)
        super().xDelete(filename, syncdir)


class _WatchedFile(apsw.VFSFile):
    def __init__(self, vfs, name, path, flags):
        super().__init__("", name, flags)
        self._vfs, self._path = vfs, path

    def xWrite(self, data, offset):  # noqa: N802
        data = bytes(data)
        try:
            self._vfs.about_to("write", self._path, offset, data)
        except apsw.Error:
            super().xWrite(data[: len(data) // 2], offset)  # a full disk still takes a part
            raise
        super().xWrite(data, offset)

    def xTruncate(self, newsize):  # noqa: N802
        self._vfs.about_to("truncate", self._path, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags):  # noqa: N802
        self._vfs.about_to("sync", self._path)
        super().xSync(flags)


# -- faults --------------------------------------------------------------------------------


class CountdownVFS(WatchedVFS):
    """Files whose n-th operation of one kind fails; with `lasting`, all later ones too."""

    def __init__(self, what, code, *, lasting=False):
        super().__init__()
        self._what, self._code, self._lasting = what, code, lasting
        self._left = 0
        self.reached = False

    def arm(self, number):
        self._left, self.reached = number, False

    def disarm(self):
        self._left = 0

    def about_to(self, what, path, *details):
        if what != self._what or not self._left:
            return
        if self._left > 1:
            self._left -= 1
            return
        self._left = int(self._lasting)
        self.reached = True
        raise apsw.exception_for(self._code)


# -- power loss ----------------------------------------------------------------------------


class RecordingVFS(WatchedVFS):
    """Files that note in `log` what is done to them, for a `Disk` to do again."""

    def __init__(self):
        super().__init__()
        self.log = []

    def about_to(self, what, path, *details):
        if what == "open":
            details = (path.read_bytes() if path.exists() else b"",)
        self.log.append((what, path.name, *details))

    def confirm(self):
        """Note that a change is reported as made."""
        self.log.append(("confirm", ""))


class _Inode:
    """One file's bytes: those that are durable, and what was done to them since the last sync."""

    def __init__(self, durable=b""):
        self._durable = bytearray(durable)
        self._pending = []

    def change(self, offset, data):
        self._pending.append((offset, data))

    def sync(self):
        for offset, data in self._pending:
            _put(self._durable, offset, data)
        self._pending.clear()

    def after_a_cut(self, rng):
        """What may be left: of each operation since the last sync all, nothing, or some sectors."""
        image = bytearray(self._durable)
        kept = rng.choice((0, 0.5, 0.9, 1))
        for offset, data in self._pending:
            if rng.random() < kept:
                _put(image, offset, data)
            elif data is not None and rng.random() < 0.5:
                for start, sector in _sectors(offset, data):
                    if rng.random() < 0.5:
                        _put(image, start, sector)
        return image


def _put(image, offset, data):
    """Write `data` at `offset`; None makes the file that long."""
    if offset > len(image):
        image.extend(bytes(offset - len(image)))
    if data is None:
        del image[offset:]
    else:
        image[offset : offset + len(data)] = data


def _sectors(offset, data):
    end = offset + len(data)
    while offset < end:
        upto = min(end, (offset // SECTOR + 1) * SECTOR)
        yield offset, data[: upto - offset]
        data, offset = data[upto - offset :], upto


class Disk:
    """What a log of operations leaves on a disk when the power fails between two of them.

    A name is durable once its file was synced, as on the file systems of today; until then a new
    file can be missing after a cut, and a deleted one can be back.
    """

    def __init__(self):
        self._files = {}
        """Every name's files that a cut may leave there: the durable one, then the later ones."""
        self.confirmed = 0

    def do(self, what, name, *details):
        files = self._files.setdefault(name, [None])
        if what == "confirm":
            self.confirmed += 1
        elif what == "open":
            self._open(name, *details)
        elif what == "delete":
            files.append(None)
            del files[: -1 if details[0] else 0]
        elif what == "sync":
            files[-1].sync()
            del files[:-1]
        else:
            offset, data = details if what == "write" else (*details, None)
            files[-1].change(offset, data)

    def _open(self, name, content):
        files = self._files[name]
        if files == [None] and content:
            files[:] = [_Inode(content)]  # it was there before the log began
        elif files[-1] is None:
            files.append(_Inode(content))

    def cut(self, folder, rng):
        """Put what a cut leaves into `folder`."""
        folder.mkdir()
        for name, files in self._files.items():
            left = rng.choice(files)
            if left is not None:
                (folder / name).write_bytes(left.after_a_cut(rng))


# -- a Store over it -----------------------------------------------------------------------


def open_store(path, vfs, **settings):
    """A `Store` over the files of `vfs`; `settings` replaces values of the program's pragmas."""
    settings = {"cache_size": SMALL_CACHE} | settings
    with patch.object(opening, "sqlite3", _Module(vfs, settings)):
        return ordinary_store(path)


def ordinary_store(path):
    return Store(path, clock=_clock, automatic_backups=False)


def _clock():
    """One moment for ever, so that two libraries with one history are equal."""
    return "2026-05-07T12:00:00+00:00"


def drafts(name, count):
    for number in range(count):
        title = f"A paper of the {name} with number {number}"
        abstract = f"We look at thing {number} of the {name}. " * 8
        fields = Fields(title=title, abstract=abstract)
        yield PaperDraft((SourceRecord("made-up", f"{name} {number}", _clock(), name, fields),))


def whole(path):
    """All that a library holds, its journal with it."""
    with closing(sqlite3.connect(path)) as connection:
        journal = {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
            for name in ("changes", "change_rows")
        }
    return contents(path) | journal


class _Module:
    """`sqlite3` as `reader.library.connection` sees it; what is only read opens as ever."""

    def __init__(self, vfs, settings):
        self._vfs, self._settings = vfs, settings

    def __getattr__(self, name):
        return getattr(sqlite3, name)

    def connect(self, database, **options):
        if "mode=rwc" not in database:
            return sqlite3.connect(database, **options)
        return Connection(database, self._vfs, self._settings)


@contextmanager
def _translated() -> Iterator[None]:
    """Raise apsw's errors as `sqlite3` would."""
    try:
        yield
    except apsw.Error as error:
        extended = getattr(error, "extendedresult", apsw.SQLITE_ERROR)
        kind = _CLASSES.get(extended & 0xFF, sqlite3.OperationalError)
        raised = kind(str(error) or apsw.mapping_result_codes.get(extended & 0xFF, "an error"))
        raised.sqlite_errorcode = extended
        raise raised from error


class Connection:
    """As much of a `sqlite3.Connection` in autocommit mode as a `Store` needs."""

    def __init__(self, uri, vfs, settings):
        self._settings = settings
        with _translated():
            self.raw = apsw.Connection(uri, flags=_FLAGS, vfs=vfs.name)
            self.raw.set_wal_hook(_checkpoint)
            # Without shared memory, a WAL can only be had by one connection.
            self.raw.execute("PRAGMA locking_mode=EXCLUSIVE")

    @property
    def in_transaction(self):
        return self.raw.in_transaction

    def cursor(self):
        return Cursor(self.raw)

    def execute(self, sql, values=()):
        return self.cursor().execute(sql, values)

    def executemany(self, sql, rows):
        return self.cursor().executemany(sql, rows)

    def executescript(self, script):
        for name, value in self._settings.items():
            script = re.sub(rf"\b{name}=[^;]+", f"{name}={value}", script)
        return self.cursor().execute(script, None)

    def create_function(self, name, count, function, *, deterministic=False):
        self.raw.create_scalar_function(name, function, count, deterministic=deterministic)

    def interrupt(self):
        self.raw.interrupt()

    def close(self):
        # SQLite itself says nothing of a last checkpoint that failed: the log stays for the next.
        with suppress(apsw.Error):
            self.raw.close()


class Cursor:
    """A result that was read whole, as `sqlite3.Cursor` shows it."""

    def __init__(self, raw):
        self._raw = raw
        self._rows = iter(())
        self.description = None
        self.lastrowid = None
        self.rowcount = -1

    def execute(self, sql, values=()):
        with _translated():
            cursor = self._raw.cursor()
            cursor.execute(sql, values)
            # A statement that is done has no description any more; it has no rows then either.
            with suppress(apsw.ExecutionCompleteError):
                self.description = cursor.description
            self._rows = iter(cursor.fetchall())
            self._note()
        return self

    def executemany(self, sql, rows):
        with _translated():
            self._raw.cursor().executemany(sql, rows)
            self._note()
        return self

    def _note(self):
        self.lastrowid, self.rowcount = self._raw.last_insert_rowid(), self._raw.changes()

    def __iter__(self):
        return self._rows

    def fetchone(self):
        return next(self._rows, None)

    def fetchall(self):
        return list(self._rows)


def _checkpoint(connection, database, frames):
    """What SQLite does on its own after a commit; apsw would let a failure of it through."""
    if frames >= CHECKPOINT_AFTER:
        with suppress(apsw.Error):
            connection.wal_checkpoint(database)
    return apsw.SQLITE_OK
