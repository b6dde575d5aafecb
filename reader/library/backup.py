"""Verified copies of the library."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from reader.errors import DamagedError


def back_up(connection: sqlite3.Connection, library: Path, name: str) -> Path:
    """A copy of the library under `backups/NAME` beside it, read back and checked; its path.

    The copy is written to a temporary name, checked, then renamed: a file in that folder is whole.

    Raises:
        DamagedError: The copy does not pass the integrity check, so the library may be damaged.
    """
    folder = library.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    target, partial = folder / name, folder / f".{name}.partial"
    partial.unlink(missing_ok=True)
    os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection.execute("VACUUM INTO ?", (str(partial),))
    _verify(connection, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    return target


def _verify(connection: sqlite3.Connection, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        verdict: str = other.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            raise DamagedError(copy, verdict)
        count = "SELECT count(*) FROM papers"
        if other.execute(count).fetchone() != connection.execute(count).fetchone():
            raise DamagedError(copy, "the copy lacks papers")
