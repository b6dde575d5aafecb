"""Another file in the library's place while it is open: what was here is kept, theirs is untouched.

A synchronisation replaces a file by renaming another over it. The old file lives on in the open
connection, but its log lies under the library's name, where SQLite would apply it to the new file.
"""

import datetime as dt
import sqlite3
from contextlib import suppress
from pathlib import Path


def identity(path: Path) -> tuple[int, int]:
    """Which file stands at a path: its device and number, zeros for none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def rescue(
    connection: sqlite3.Connection, library: Path, log: tuple[int, int], now: dt.datetime
) -> Path:
    """Keep a copy of the library that was replaced, and take its log out of the new one's way.

    `log` is the identity that its log had; the file where the copy is.
    """
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H%M%S")
    kept = library.with_name(f"{library.stem}-before-replacement-{stamp}{library.suffix}")
    with suppress(sqlite3.Error):
        connection.execute("VACUUM INTO ?", (str(kept),))
        kept.chmod(0o600)
    ours = library.with_name(f"{library.name}-wal")
    if log != (0, 0) and identity(ours) == log:
        for part in ("-wal", "-shm"):
            with suppress(OSError):
                stale = library.with_name(library.name + part)
                stale.rename(kept.with_name(f"{kept.name}{part}.stale"))
    return kept


def abandon(connection: sqlite3.Connection) -> None:
    """Leave a connection open until the process ends.

    Closing it would delete the log under the library's name, which is the new file's by now; a
    connection that is never freed keeps SQLite from doing so when others close.
    """
    import ctypes  # noqa: PLC0415 - once in a lifetime

    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))
