"""Putting another file in the library's place: nothing is deleted, and a kill loses nothing.

The new file is written whole beside the library first. Then the library, with the log that belongs
to it, gets another name, and the new file its own. A library that is missing beside a file that
waits was interrupted in between: opening it goes on.
"""

import datetime as dt
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from reader.errors import DamagedError, DiskError, NotALibraryError
from reader.library.checking import damage_of, problems_of, repair
from reader.library.connection import add_functions, check_file
from reader.library.schema import VERSION, known_code
from reader.library.writing import WriteLock

_PARTS = ("", "-wal", "-shm")


def waiting(library: Path) -> Path:
    """The file that waits to become the library."""
    return library.with_name(f".{library.name}.restoring")


def finish(library: Path) -> bool:
    """Go on where putting a file in place was interrupted; whether it was."""
    new = waiting(library)
    if library.exists() or not new.exists():
        return False
    new.replace(library)
    _sync_folder(library.parent)
    return True


def restore(library: Path, backup: Path, now: dt.datetime) -> Path | None:
    """Put a checked copy in the library's place; where the library that was there lies now.

    Raises:
        LibraryError: The copy is no library, of a later schema, or damaged; nothing was changed.
    """
    library = library.resolve()
    if library.is_dir():
        raise NotALibraryError(library, "it is a folder")
    if not check_file(backup, VERSION, known_code()):
        raise NotALibraryError(backup, "nothing is in it")
    with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        found = damage_of(connection)
    if found:
        raise DamagedError(backup, found[0])
    with WriteLock(library).held():
        _copy(backup, library)
        return _swap(library, now)


def mend(library: Path, now: dt.datetime) -> tuple[list[str], Path | None]:
    """Repair the library on a copy and put that in place; what was done, and where it lies now.

    Raises:
        DamagedError: The repairs are not enough; nothing was changed.
    """
    library = library.resolve()
    with WriteLock(library).held():
        _copy(library, library)
        copy = waiting(library)
        try:
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                add_functions(connection)
                connection.execute("BEGIN IMMEDIATE")
                done = repair(connection)
                connection.execute("COMMIT")
                left = problems_of(connection)
        except sqlite3.DatabaseError as error:
            copy.unlink(missing_ok=True)
            raise DamagedError(library, str(error)) from error
        if left or not done:
            copy.unlink(missing_ok=True)
            if left:
                raise DamagedError(library, left[0])
            return [], None
        return done, _swap(library, now)


def _copy(source: Path, library: Path) -> None:
    """Copy a library, with what its log holds, to the file that waits."""
    target = waiting(library)
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(partial)) as new,
        ):
            old.backup(new)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except sqlite3.DatabaseError as error:
        raise DamagedError(source, str(error)) from error
    except OSError as error:
        raise DiskError(library, error.strerror or str(error)) from error
    finally:
        partial.unlink(missing_ok=True)


def _swap(library: Path, now: dt.datetime) -> Path | None:
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H%M%S")
    aside = _free(library, stamp)
    there = library.exists()
    for part in reversed(_PARTS):
        with suppress(FileNotFoundError):
            library.with_name(library.name + part).rename(aside.with_name(aside.name + part))
    finish(library)
    return aside if there else None


def _free(library: Path, stamp: str) -> Path:
    """A name for the library that was there, which nothing has yet."""
    for number in range(1, 10_000):
        tail = f"-{number}" if number > 1 else ""
        aside = library.with_name(f"{library.stem}-replaced-{stamp}{tail}{library.suffix}")
        if not any(aside.with_name(aside.name + part).exists() for part in _PARTS):
            return aside
    raise DiskError(library, "there are too many libraries beside it")


def set_unfinished_aside(library: Path, now: dt.datetime) -> Path | None:
    """Take a file that waits beside a library that is there out of the way; where it lies now."""
    new = waiting(library)
    if not library.exists() or not new.exists():
        return None
    stamp = now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H%M%S")
    aside = library.with_name(f"{library.stem}-not-restored-{stamp}{library.suffix}")
    new.rename(aside)
    return aside


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
