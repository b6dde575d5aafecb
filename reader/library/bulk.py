"""A library while very many papers come into it: more of it in memory, its index merged later.

The search index is made of segments, each sorted; those of a level are merged when there are so
many: https://sqlite.org/fts5.html#the_automerge_configuration_option
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from reader.errors import LibraryError

TURN = 0.03
"""Seconds between two transactions of a long one, in which who waits for the library gets it."""

_CACHE = 64 * 1024
"""KB of the file that are kept in memory: the indexes are written in no order."""

_OFTEN = {"automerge": 4, "hashsize": 1 << 20}
_SELDOM = {"automerge": 16, "hashsize": 8 << 20}
"""Segments of a level, and bytes of new words, from which on the index is merged and written."""

_PAGES = 5_000
"""Pages of the index that are merged in one transaction."""

Write = Callable[[], AbstractContextManager[None]]
"""One transaction under the write lock."""


@contextmanager
def coming(connection: sqlite3.Connection, write: Write) -> Iterator[None]:
    """Within this many papers come; what dies here leaves an index that is as right."""
    usual = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size=-{_CACHE}")
    _merge(connection, write, _SELDOM)
    try:
        yield
    finally:
        with suppress(LibraryError):
            _merge(connection, write, _OFTEN)
        connection.execute(f"PRAGMA cache_size={usual}")


def _merge(connection: sqlite3.Connection, write: Write, when: dict[str, int]) -> None:
    with write():
        for name, value in when.items():
            connection.execute("INSERT INTO search(search, rank) VALUES (?, ?)", (name, value))


def put_in_order(connection: sqlite3.Connection, write: Write) -> None:
    """Merge the segments that wait for it, a part at a time."""
    more = True
    while more:
        before = connection.total_changes
        with write():
            connection.execute("INSERT INTO search(search, rank) VALUES ('merge', ?)", (_PAGES,))
        more = connection.total_changes - before > 1  # as FTS5 says that something was merged
        time.sleep(TURN if more else 0)
