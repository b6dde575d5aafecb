"""Long imports that stopped half-way: where to go on with each, kept with every batch."""

import json
import sqlite3
from dataclasses import asdict, field

from reader.frozen import frozen

_FACT = "importing"
_NOTES = f"SELECT name, value FROM facts WHERE name = '{_FACT}' OR name LIKE '{_FACT} %'"  # noqa: S608 - ours


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
        "INSERT OR REPLACE INTO facts VALUES (?, ?)",
        (f"{_FACT} {unfinished.group}", json.dumps(asdict(unfinished))),
    )


def forget(connection: sqlite3.Connection) -> None:
    """Forget the imports that came to their end, or were taken back."""
    standing = {one.group for one in left(connection)}
    for name, value in connection.execute(_NOTES).fetchall():
        if json.loads(value)["group"] not in standing:
            connection.execute("DELETE FROM facts WHERE name = ?", (name,))


def left(connection: sqlite3.Connection) -> list[Unfinished]:
    """The imports that stopped half-way and still stand, the latest first."""
    found = [Unfinished(**json.loads(value)) for _, value in connection.execute(_NOTES)]
    standing = {group for (group,) in connection.execute("SELECT id FROM changes WHERE state = 3")}
    return sorted(
        (one for one in found if one.group in standing), key=lambda one: one.group, reverse=True
    )
