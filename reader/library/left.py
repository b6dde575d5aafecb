"""The ids of a large view as it was left, so that the next start need not read them all.

Reading the ids of millions of papers takes most of a second, a file of them hundredths. They are
used only while nothing at all has changed since: the library's file is the one that was left, to
the nanosecond, and no log beside it holds anything. Any doubt means reading them.

They are left only where nobody changed anything behind their reading, but for what the user
decided of papers on screen, which the screen knows to follow: no paper has another place by it.

The file has a line of JSON, then the ids as they are in memory.
"""

import json
import os
import sqlite3
import zlib
from array import array
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from reader.frozen import frozen
from reader.library.kept_ids import KeptIds
from reader.library.search import Explained
from reader.model.change import IN_PLACE, Change
from reader.model.paper import ID_TYPE

LEAST = 50_000
"""Papers of a view from which on its ids are worth a file."""

_HEAD = 100_000
_MARKS = (
    "SELECT (SELECT max(id) FROM changes), (SELECT count(*) FROM changes WHERE state > 0), "
    "(SELECT max(id) FROM papers), (SELECT sum(n) FROM counts)"
)


def marks(connection: sqlite3.Connection) -> str:
    """Numbers that are others after any change, made or undone; what was only seen is none."""
    return str(connection.execute(_MARKS).fetchone())


class LeftView:
    """What is kept of one library's view between two starts; nowhere when `file` is None."""

    def __init__(self, library: Path, file: Path | None) -> None:
        self._library, self._file = library, file
        self._found: _Head | None = None
        self._left: tuple[Explained, str, Sequence[int]] | None = None
        self._marks = ""

    def watch(self, marked: str) -> None:
        """From here on the ids of a view are read; nothing is watched where there are no marks."""
        self._marks = marked

    def follows(self, change: Change) -> bool:
        """Whether the ids that were read stay right by a change, as the screen follows it."""
        return bool(self._marks) and isinstance(change, IN_PLACE)

    def followed(self, before: str, after: str) -> None:
        """Go on from the marks before such a change to those behind it."""
        if self._marks == before:
            self._marks = after

    def leave(self, explained: Explained, marked: str, ids: Sequence[int]) -> None:
        """Take the ids of a view, to be written when the library is closed, if they are right."""
        right = marked == self._marks and len(ids) >= LEAST
        self._left = (explained, marked, ids) if right else None

    def write(self) -> None:
        """Write what was left, when the library is closed; a disk that refuses is no failure."""
        if self._file is None:
            return
        with suppress(OSError):
            self._file.unlink(missing_ok=True)
        left, stamp = self._left, _stamp(self._library)
        if left is None or not stamp:
            return
        explained, marked, ids = left
        data = ids.data if isinstance(ids, KeptIds) else array(ID_TYPE, ids)
        asked, about = _asked(explained), [len(ids), zlib.crc32(data)]
        head = json.dumps([str(self._library), marked, stamp, asked, about])
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _replace(self._file, head.encode() + b"\n", data)

    def find(self, marked: str) -> None:
        """Look, before anything is written, whether the library is as it was left."""
        if self._file is None:
            return
        with suppress(OSError, ValueError, TypeError), self._file.open("rb") as file:
            library, marks_then, stamp, asked, about = json.loads(file.readline(_HEAD))
            told = (library, marks_then, stamp)
            if told == (str(self._library), marked, _stamp(self._library)):
                self._found = _Head(asked, about, file.tell())

    def ids(self, explained: Explained) -> KeptIds | None:
        """The ids of a query, where that is what was left; None where they must be read."""
        head = self._found
        if self._file is None or head is None or head.asked != _asked(explained):
            return None
        with suppress(OSError, ValueError), self._file.open("rb") as file:
            ids = KeptIds(file, head.begin)
            if [len(ids), zlib.crc32(ids.data)] == head.about:
                ids.forget()
                return ids
        return None


@frozen
class _Head:
    """What the file says of its ids: the query, their number and checksum, where they begin."""

    asked: list[str]
    about: list[int]
    begin: int


def _asked(explained: Explained) -> list[str]:
    return [explained.sql, repr(explained.values)]


def _replace(target: Path, head: bytes, ids: "array[int] | memoryview") -> None:
    part = target.with_name(f"{target.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
        file.write(head)
        file.write(ids)
    part.rename(target)


def _stamp(library: Path) -> list[int]:
    """What changes with a file; empty where a log beside it holds something."""
    try:
        for beside in ("-wal", "-journal"):
            log = library.with_name(library.name + beside)
            if log.exists() and log.stat().st_size:
                return []
        found = library.stat()
    except OSError:
        return []
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns]
