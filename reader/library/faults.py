"""SQLite's errors in our words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import DamagedError, DiskError, LockedError, QueryError
from reader.model.query.tree import Problem

_LOCKED = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_DISK = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_FUNCTION = "user-defined function raised exception"
"""What SQLite says where a function of ours could not unpack a text for the search index."""

_TOO_DEEP = "parser stack overflow"
"""What FTS5 says of more brackets in brackets than it bears, of which views bring some too."""


def error_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code, 0 for errors of Python's module itself."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors that a user can mend into ours; let the others through.

    Raises:
        LockedError: A program that does not know the lock file holds the library.
        DiskError: The disk is full, read-only or failing; nothing was changed.
        DamagedError: The library's file is damaged.
        QueryError: A query is nested more deeply than the search index bears.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = error_code(error)
        if code in _LOCKED:
            raise LockedError(path, "another program") from error
        if code in _DISK:
            raise DiskError(path, str(error)) from error
        if code in _DAMAGED or _FUNCTION in str(error):
            raise DamagedError(path, str(error)) from error
        if _TOO_DEEP in str(error):
            raise QueryError([Problem(0, 0, "nested too deeply")]) from error
        raise
