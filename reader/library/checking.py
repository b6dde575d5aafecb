"""What can be wrong inside a library, and the repairs that lose nothing.

`PRAGMA integrity_check` does not see a stale full-text index; only the index's own check with a
rank of 1 does: https://sqlite.org/fts5.html#the_integrity_check_command
"""

import sqlite3

from reader.library.faults import error_code
from reader.library.packing import unpacked

_COUNTS = {
    "all": "trashed IS NULL", "trash": "trashed IS NOT NULL",
    "starred": "trashed IS NULL AND starred = 1",
    **{f"status {one}": f"trashed IS NULL AND status = {one}" for one in range(5)},
}  # fmt: skip
_TOLD = 20
"""Damaged abstracts that are named."""

_TAG_COUNTS = (
    "SELECT tag, count(*) FROM paper_tags JOIN papers ON id = paper "
    "WHERE trashed IS NULL GROUP BY tag"
)


def problems_of(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with a library: its pages, its references, its index and its counts."""
    return damage_of(connection) or [
        *_dangling(connection),
        *_index(connection),
        *_miscounted(connection),
    ]


def damage_of(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with a library's pages; writes nothing."""
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    except sqlite3.DatabaseError as error:
        return [f"damaged: {error}"]
    return [f"damaged: {line}" for line in found if line != "ok"]


def _dangling(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [f"dangling: a row of {row[0]} points at a {row[2]} that is gone" for row in rows]


def _has(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table is there: copies of earlier schemas lack some."""
    query = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    return connection.execute(query, (table,)).fetchone() is not None


def _index(connection: sqlite3.Connection) -> list[str]:
    if not _has(connection, "search"):
        return []
    try:
        connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if error_code(error) == sqlite3.SQLITE_READONLY:
            return []
        return _unreadable(connection) or [f"search index: {error}"]
    return []


def _unreadable(connection: sqlite3.Connection) -> list[str]:
    """The papers whose abstracts are damaged, of which no index can be made."""
    found: list[str] = []
    if "packed" not in {row[1] for row in connection.execute("PRAGMA table_info(texts)")}:
        return found
    query = "SELECT citekey, abstract, packed FROM texts JOIN papers ON id = paper"
    for citekey, abstract, packed in connection.execute(query):
        try:
            unpacked(abstract, packed)
        except sqlite3.DatabaseError as error:
            found.append(f"damaged: the abstract of {citekey}: {error}")
    return found[:_TOLD]


def _miscounted(connection: sqlite3.Connection) -> list[str]:
    if not _has(connection, "facts"):  # the schema that the counts below belong to
        return []
    problems = []
    if dict(connection.execute("SELECT what, n FROM counts")) != _counted(connection):
        problems.append("counts: the numbers beside the views are wrong")
    if dict(connection.execute("SELECT tag, n FROM tag_counts")) != dict(
        connection.execute(_TAG_COUNTS)
    ):
        problems.append("counts: the numbers beside the tags are wrong")
    return problems


def _counted(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        name: connection.execute(f"SELECT count(*) FROM papers WHERE {what}").fetchone()[0]  # noqa: S608 - ours
        for name, what in _COUNTS.items()
    }


def repair(connection: sqlite3.Connection) -> list[str]:
    """Make anew what follows from the papers: index and counts; what was done, in words."""
    done = []
    if _dangling(connection):
        done.append(f"{_drop_dangling(connection)} dangling rows taken away")
    if _index(connection):
        connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
        done.append("search index made anew")
    if _miscounted(connection):
        connection.execute("DELETE FROM counts")
        connection.executemany("INSERT INTO counts VALUES (?, ?)", _counted(connection).items())
        connection.execute("DELETE FROM tag_counts")
        connection.execute(f"INSERT INTO tag_counts {_TAG_COUNTS}")
        done.append("counted anew")
    return done


def _drop_dangling(connection: sqlite3.Connection) -> int:
    """Take away rows of parts of papers that are gone; papers themselves are never touched."""
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    taken = 0
    for table in sorted({name for (name,) in tables} - {"papers"}):
        keys = connection.execute(
            'SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table,)
        )
        for column, other, key in keys.fetchall():
            query = f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {other})"  # noqa: S608 - ours
            taken += connection.execute(query).rowcount
    return taken
