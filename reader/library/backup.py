"""Verified copies of the library: made when due, thinned, and put back without deleting anything.

Copies lie in `backups/` beside the library. Each was written under a temporary name, read back and
checked before it got its own: a file in that folder is whole.
"""

import datetime as dt
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from reader.errors import DamagedError, DiskError
from reader.frozen import frozen
from reader.library.checking import problems_of
from reader.library.connection import add_functions

LARGEST_AUTOMATIC = 256 * 1024 * 1024
"""Bytes up to which a library is copied on its own: beyond, a copy takes too long to wait for."""

MANY = 50
"""Papers of one change before which a copy is made."""

_PARTIAL, _NAME = ".partial", 80
_ABANDONED = 86_400
"""Seconds after which a copy in the making is nobody's."""

_STAMP = "%Y-%m-%dT%H%M%SZ"
_NAMED = r"-(\d{4}-\d{2}-\d{2}T\d{6}Z)\.db"
# How many copies of the latest hours, days, weeks and months are kept.
_KEPT = (("%Y-%m-%dT%H", 6), ("%Y-%m-%d", 7), ("%G-%V", 4), ("%Y-%m", 12))


@frozen
class Backup:
    """One automatic copy, and when it was made (UTC)."""

    path: Path
    at: dt.datetime


def folder_of(library: Path) -> Path:
    """Where the copies of a library are."""
    return library.parent / "backups"


def backups(library: Path) -> list[Backup]:
    """The copies that were made on their own or without a name, the newest first."""
    found, named = [], re.compile(re.escape(library.stem) + _NAMED)
    with suppress(OSError):
        for path in folder_of(library).iterdir():
            if match := named.fullmatch(path.name):
                moment = dt.datetime.strptime(match[1], _STAMP).replace(tzinfo=dt.UTC)
                found.append(Backup(path, moment))
    return sorted(found, key=lambda one: one.at, reverse=True)


def back_up(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy the library to `target`, read the copy back and check it; its path.

    It grows under a name of its own, for another program may be making the same copy.

    Raises:
        DamagedError: The copy does not pass the checks, so the library may be damaged.
        DiskError: There is no room or no permission.
    """
    partial: Path | None = None
    try:
        handle, name = tempfile.mkstemp(_PARTIAL, f".{target.name[:_NAME]}-", target.parent)
        os.close(handle)
        partial = Path(name)
        before = _papers(connection)
        connection.execute("VACUUM INTO ?", (name,))
        _verify(partial, {before, _papers(connection)})
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise DiskError(target, error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            if partial is not None:
                partial.unlink(missing_ok=True)
    return target


def make_folder(library: Path) -> None:
    """Make the folder of the copies.

    Raises:
        DiskError: It cannot be made.
    """
    try:
        folder_of(library).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DiskError(library, error.strerror or str(error)) from error


def back_up_now(connection: sqlite3.Connection, library: Path, now: dt.datetime) -> Path:
    """A copy named after its time, and older ones thinned."""
    make_folder(library)
    target = folder_of(library) / f"{library.stem}-{now.astimezone(dt.UTC).strftime(_STAMP)}.db"
    made = back_up(connection, target)
    _tidy(folder_of(library))
    for old in superfluous(backups(library)):
        old.path.unlink(missing_ok=True)
    return made


def _tidy(folder: Path) -> None:
    """Remove what copies left that were cut off, long enough ago that nobody is at them."""
    with suppress(OSError):
        for left in folder.glob(f".*{_PARTIAL}"):
            if left.stat().st_mtime < time.time() - _ABANDONED:
                left.unlink(missing_ok=True)


def due(connection: sqlite3.Connection, library: Path, papers: int, now: dt.datetime) -> bool:
    """Whether a copy must be made before `papers` papers are changed.

    It must before a day's first change and before large ones, unless nothing changed since the
    last copy, nothing is there to lose, or the library is too large to copy without being asked.
    """
    made = backups(library)
    today = now.astimezone(dt.UTC).date()
    if papers <= MANY and made and made[0].at.date() >= today:
        return False
    if library.stat().st_size > LARGEST_AUTOMATIC:
        return False
    state = _state(connection)
    return bool(state[0]) and not (made and _same_state(made[0].path, state))


def _state(connection: sqlite3.Connection) -> tuple[int, ...]:
    """Numbers that differ after any change."""
    row: tuple[int, ...] = connection.execute(
        "SELECT (SELECT count(*) FROM changes WHERE actor <> 'samples'), "
        "(SELECT coalesce(max(id), 0) FROM changes), "
        "(SELECT coalesce(sum(state * id), 0) FROM changes)"
    ).fetchone()
    return row


def _same_state(copy: Path, state: tuple[int, ...]) -> bool:
    try:
        with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as connection:
            return _state(connection) == state
    except sqlite3.Error:
        return False


def superfluous(made: Iterable[Backup]) -> list[Backup]:
    """The copies that need not be kept: the newest of each of the latest hours, days, weeks and
    months stay.
    """  # noqa: D205 - one sentence
    newest_first = sorted(made, key=lambda one: one.at, reverse=True)
    kept: set[Path] = {newest_first[0].path} if newest_first else set()
    for period, most in _KEPT:
        seen: dict[str, Path] = {}
        for one in newest_first:
            seen.setdefault(one.at.strftime(period), one.path)
        kept.update(list(seen.values())[:most])
    return [one for one in newest_first if one.path not in kept]


def _verify(copy: Path, papers: set[int]) -> None:
    """Refuse a copy that is damaged, or lacks papers that nobody removed while it was made."""
    with closing(sqlite3.connect(copy)) as other:
        add_functions(other)
        if found := problems_of(other):
            raise DamagedError(copy, found[0])
        if len(papers) == 1 and _papers(other) not in papers:
            raise DamagedError(copy, "the copy lacks papers")


def _papers(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM papers").fetchone()[0])
