"""Writing files whole, and knowing those that must not be opened.

Whoever reads a file that is written here finds it as it was, or as it is to be. A library that this
program has open must not be opened by other means than SQLite's: closing any descriptor of a file
drops all locks of the process on it, and another program could then take the library's log away.
Source: https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
"""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from reader.errors import RefusedError


def replace_file(target: Path, parts: Iterable[str], *, shared: bool = False) -> None:
    """Write a file through a temporary one beside it.

    Args:
        target: The file.
        parts: Its text; bytes that were no UTF-8, as `surrogateescape` reads them, are written so.
        shared: Whether others may read it as they may the file that stands there, or any new one
            of the user's; else it is readable by its owner alone.

    Raises:
        OSError: It cannot be written; what stood there stands.
    """
    partial = target.parent / f".{target.name[:40]}-{os.urandom(8).hex()}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    handle = os.open(partial, flags, 0o666 if shared else 0o600)
    try:
        if shared and target.exists():
            os.fchmod(handle, stat.S_IMODE(target.stat().st_mode))
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


_LIBRARIES: set[Path] = set()
_COMPANIONS = ("-wal", "-shm", "-journal")
_BESIDE = ("", *_COMPANIONS, ".lock", ".import")


def check_no_part(target: Path, library: Path) -> None:
    """Refuse to write a file that is the library, or stands beside it as a part of it.

    Raises:
        RefusedError: It is one.
    """
    target, library = target.resolve(), library.resolve()
    if target.parent == library.parent and target.name in {library.name + end for end in _BESIDE}:
        raise RefusedError(f"{target} belongs to the library; give another file.")


def note_library(path: Path) -> None:
    """Remember where a library is that this program opens, for as long as it runs."""
    _LIBRARIES.add(path.absolute())


def is_library(path: Path) -> bool:
    """Whether a file is a library that this program opened, or a part of one that is beside it."""
    names = [path, *(path.with_name(path.name.removesuffix(end)) for end in _COMPANIONS
                     if path.name.endswith(end))]  # fmt: skip
    return any(_same(one, library) for one in names for library in _LIBRARIES)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
