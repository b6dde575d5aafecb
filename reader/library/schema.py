"""The tables of a library, as migrations that each released schema adds to.

`user_version` is the number of migrations applied. The integer `place` orders papers by their day
of publication (see `places`); it is the row id of the full-text index, so newest-first needs no
sort. Public names of papers are citekeys and identifiers; `id` and `place` stay inside.
"""

import re
import sqlite3
from typing import TYPE_CHECKING

from reader.library.steps import SCRIPTS

if TYPE_CHECKING:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

STEPS = tuple(SCRIPTS)
"""The migrations by name, in order; a released one is never changed, only followed by others."""

VERSION = len(STEPS)


DERIVED = frozenset({"search", "texts_inserted", "texts_deleted", "texts_updated",
                     "papers_retitled"})  # fmt: skip
"""What a library can lack without a loss: its search index is made anew from the papers."""


_INDEX_STEPS = ("search_index", "indexed_together", "packed")
_MADE = re.compile(r"CREATE (?:VIRTUAL TABLE|TRIGGER|VIEW) (\w+)")


def make_index(connection: sqlite3.Connection) -> None:
    """Make the search index with its triggers anew, inside a transaction."""
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    parts: dict[str, str] = {}
    for script in (SCRIPTS[step] for step in STEPS[:version] if step in _INDEX_STEPS):
        for statement in statements(script):
            if made := _MADE.match(statement):
                parts[made[1]] = statement
    for name, statement in parts.items():
        if name not in names:
            connection.execute(statement)
    connection.execute("INSERT INTO search(search) VALUES ('rebuild')")


def index_together(connection: sqlite3.Connection) -> None:
    """From here on new papers wait for `index_waiting`, inside one transaction."""
    connection.execute(
        "INSERT INTO unindexed SELECT seq + 1 FROM sqlite_sequence WHERE name = 'papers' "
        "UNION ALL SELECT 1 LIMIT 1"
    )


def index_waiting(connection: sqlite3.Connection) -> None:
    """Put the papers that wait into the search index, in its order.

    They are sorted by themselves (`+place`): the index of all places is as long as the library.
    """
    connection.execute(
        "INSERT INTO search(rowid, title, authors, abstract, categories) "
        "SELECT place, title, authors, unpacked(abstract, packed), categories "
        "FROM papers JOIN texts ON texts.paper = papers.id "
        "WHERE papers.id >= (SELECT min(paper) FROM unindexed) ORDER BY +place"
    )
    connection.execute("DELETE FROM unindexed")


def known_code() -> frozenset[str]:
    """The triggers and views that a library of any schema of ours has, as SQLite keeps them."""
    code = (sql for script in SCRIPTS.values() for sql in statements(script))
    return frozenset(
        sql.rstrip(";") for sql in code if sql.startswith(("CREATE TRIGGER", "CREATE VIEW"))
    )


def missing_tables(version: int, present: set[str]) -> set[str]:
    """The tables that a library of a schema must have and this one has not."""
    wanted: set[str] = set()
    for step in STEPS[:version]:
        wanted.update(re.findall(r"CREATE (?:VIRTUAL )?(?:TABLE|TRIGGER) (\w+)", SCRIPTS[step]))
    return wanted - present


def migrations() -> "Migrations":
    """Our migrations, for sqlite-utils to apply what is missing."""
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415 - half a second of import

    ours = Migrations("reader")
    for number, step in enumerate(STEPS, start=1):
        ours(name=step)(_Step(number, SCRIPTS[step]))
    return ours


class _Step:
    """One migration: its statements, then the schema number."""

    def __init__(self, number: int, script: str) -> None:
        self.__name__ = f"step_{number}"
        self._number, self._script = number, script

    def __call__(self, db: "Database") -> None:
        for statement in statements(self._script):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA user_version={self._number}")


def statements(script: str) -> list[str]:
    """The statements of a script one by one; `executescript` would commit a transaction."""
    whole: list[str] = []
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.rstrip().endswith(";") and sqlite3.complete_statement(pending):
            whole.append(pending.strip())
            pending = ""
    return whole
