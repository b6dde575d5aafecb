"""Writing files whole, and knowing those that must not be opened.

Whoever reads a file that is written here finds it as it was, or as it is to be. A library that this
program has open must not be opened by other means than SQLite's: closing any descriptor of a file
drops all locks of the process on it, and another program could then take the library's log away.
Source: https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_
"""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def replace_file(target: Path, parts: Iterable[str]) -> None:
    """Write a file through a temporary one beside it, readable by its owner alone.

    Raises:
        OSError: It cannot be written; what stood there stands.
    """
    handle, partial = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


_LIBRARIES: set[Path] = set()
_COMPANIONS = ("-wal", "-shm", "-journal")


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
