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
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import DiskError, LockedError
from reader.library.connection import create_private
from reader.library.faults import error_code, explained

PATIENCE = 60.0
"""Seconds to wait for another process's change."""

_POLL = 0.02
_NOTICED = 0.7
_MUTEXES: dict[Path, threading.RLock] = {}
_MUTEXES_GUARD = threading.Lock()


class WriteLock:
    """Who may change one library: one thread of one process at a time.

    Attributes:
        waits_for: The program that has kept this one waiting for a while; empty for none.
        patience: Seconds to wait for another process's change. It may be made less at any time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.waits_for = ""
        self.patience = PATIENCE
        self._lock_path = path.with_name(path.name + ".lock")
        self._depth = 0
        with _MUTEXES_GUARD:
            self._mutex = _MUTEXES.setdefault(path.absolute(), threading.RLock())

    @contextmanager
    def held(self, patience: float | None = None) -> Iterator[None]:
        """Hold the lock, waiting up to some seconds, usually `self.patience`; may be nested.

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

    def _acquire(self, patience: float | None) -> int:
        descriptor = _open_lock(self._lock_path)
        try:
            self._wait(descriptor, patience)
        except BaseException:
            os.close(descriptor)
            raise
        finally:
            self.waits_for = ""
        self._sign(descriptor)
        return descriptor

    def _wait(self, descriptor: int, patience: float | None) -> None:
        began = time.monotonic()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waited = time.monotonic() - began
                if waited > (self.patience if patience is None else patience):
                    raise LockedError(self.path, self.holder()) from None
                if waited > _NOTICED:
                    self.waits_for = self.holder() or "another program"
                time.sleep(_POLL)
            except OSError as error:
                raise DiskError(self.path, error.strerror or str(error)) from error
            else:
                return

    @staticmethod
    def _sign(descriptor: int) -> None:
        """Say who holds the lock, for those who wait; a full disk is no reason not to hold it."""
        note = f"{os.getpid()} {Path(sys.argv[0]).name}\n".encode()
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, note, 0)

    def holder(self) -> str:
        """The process that wrote its name into the lock file last."""
        try:
            return self._lock_path.read_text("utf-8", "replace").strip()
        except OSError:
            return ""


class ImportMark:
    """Shows other processes that an import is going on, for as long as its process lives.

    Importers share the mark; who wants to undo an unfinished import must be able to hold it alone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".import")

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be one of those that import."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield
        finally:
            os.close(descriptor)

    def free(self) -> bool:
        """Whether nobody imports."""
        descriptor = self._open()
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def _open(self) -> int:
        return _open_lock(self._path)


def _open_lock(path: Path) -> int:
    """Open a lock file, made when there is none.

    Raises:
        DiskError: It cannot be made or opened.
    """
    create_private(path)
    try:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise DiskError(path, error.strerror or str(error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection, lock: WriteLock) -> Iterator[None]:
    """All or nothing: an immediate transaction, or a savepoint when one is open already.

    Raises:
        LibraryError: As `explained` says; nothing was changed.
    """
    if _open_transaction(connection):
        with _savepoint(connection):
            yield
        return
    with explained(lock.path):
        _begin(connection, lock)
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if _open_transaction(connection):
                connection.execute("ROLLBACK")
            raise


def _begin(connection: sqlite3.Connection, lock: WriteLock) -> None:
    """Begin to write; a program that does not know the lock file is waited for as well."""
    began = time.monotonic()
    try:
        while not _has_begun(connection, time.monotonic() - began > lock.patience):
            lock.waits_for = "another program"
    finally:
        lock.waits_for = ""


def _has_begun(connection: sqlite3.Connection, last: bool) -> bool:  # noqa: FBT001 - the one choice
    """Whether a transaction could be begun; the last time, what hinders it is raised."""
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if last or error_code(error) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


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
