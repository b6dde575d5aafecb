"""A long import that stopped half-way: where to go on with it, kept with every batch."""

import json
import sqlite3
from dataclasses import asdict, field

from reader.frozen import frozen

_FACT = "importing"


@frozen
class Unfinished:
    """How far an import has come.

    Attributes:
        source: What is imported, in words that differ when the file does.
        line: The last line whose paper is in the library.
        group, seq: Its change group, and the last entry of that.
        counts: What became of the papers so far, by verdict.
    """

    source: str
    line: int = 0
    group: int = 0
    seq: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The file that is imported."""
        return self.source.rsplit(" ", 2)[0]


def keep(connection: sqlite3.Connection, unfinished: Unfinished) -> None:
    """Note how far an import has come, in the transaction of its batch."""
    connection.execute(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)", (_FACT, json.dumps(asdict(unfinished)))
    )


def forget(connection: sqlite3.Connection) -> None:
    """Note that nothing is unfinished."""
    connection.execute("DELETE FROM facts WHERE name = ?", (_FACT,))


def left(connection: sqlite3.Connection) -> Unfinished | None:
    """The import that stopped half-way and still stands; None when there is none."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (_FACT,)).fetchone()
    if row is None:
        return None
    found = Unfinished(**json.loads(row[0]))
    standing = "SELECT 1 FROM changes WHERE id = ? AND state = 3"
    return found if connection.execute(standing, (found.group,)).fetchone() else None
