"""The one write path: process mutex, lock file, `BEGIN IMMEDIATE`, nested savepoints.

The lock file makes waiting fair between processes and is given back by the kernel when its holder
dies; it also keeps two processes from checkpointing at the same instant.
"""

import fcntl
import os
import sqlite3
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import DamagedError, DiskError, LockedError
from reader.library.connection import create_private

PATIENCE = 60.0
"""Seconds to wait for another process's change."""

_POLL = 0.02
_MUTEXES: dict[Path, threading.RLock] = {}
_MUTEXES_GUARD = threading.Lock()


class WriteLock:
    """Who may change one library: one thread of one process at a time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock_path = path.with_name(path.name + ".lock")
        self._depth = 0
        with _MUTEXES_GUARD:
            self._mutex = _MUTEXES.setdefault(path.absolute(), threading.RLock())

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock, waiting up to `patience` seconds; may be nested in one thread.

        Raises:
            LockedError: Another process kept it for longer.
        """
        with self._mutex:
            if self._depth > 0:
                yield
                return
            descriptor = self._acquire(patience)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                os.close(descriptor)

    def _acquire(self, patience: float) -> int:
        create_private(self._lock_path)
        descriptor = os.open(self._lock_path, os.O_RDWR | os.O_CLOEXEC)
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    holder = self.holder()
                    os.close(descriptor)
                    raise LockedError(self._path, holder) from None
                time.sleep(_POLL)
        note = f"{os.getpid()} {Path(sys.argv[0]).name}\n".encode()
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, note, 0)
        return descriptor

    def holder(self) -> str:
        """The process that wrote its name into the lock file last."""
        try:
            return self._lock_path.read_text("utf-8", "replace").strip()
        except OSError:
            return ""


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All or nothing: an immediate transaction, or a savepoint when one is open already.

    Raises:
        LockedError: A program that does not know the lock file holds the library.
        DiskError: The disk is full, read-only or failing; nothing was changed.
        DamagedError: The library's file is damaged.
    """
    if _open_transaction(connection):
        with _savepoint(connection):
            yield
        return
    with explained(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if _open_transaction(connection):
                connection.execute("ROLLBACK")
            raise


def _open_transaction(connection: sqlite3.Connection) -> bool:
    return connection.in_transaction


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT nested")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO nested")
        connection.execute("RELEASE nested")
        raise
    connection.execute("RELEASE nested")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that a user can mend into ours; let the others through."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LockedError(path, "another program") from error
        if code in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
        ):
            raise DiskError(path, str(error)) from error
        raise
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise DamagedError(path, str(error)) from error
        raise
