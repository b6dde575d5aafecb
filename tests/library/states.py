"""The whole contents of a library, to compare it with itself."""

import sqlite3
from contextlib import closing

from reader.library.connection import add_functions

TABLES = (
    "papers", "texts", "identifiers", "sources", "possible_duplicates", "tags", "paper_tags",
    "views", "counts", "tag_counts",
)  # fmt: skip


def contents(path):
    """Every row of every table (the journal apart), and what the full-text index holds."""
    with closing(sqlite3.connect(path)) as connection:
        tables = {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in TABLES
        }
        connection.execute(
            "CREATE VIRTUAL TABLE temp.v USING fts5vocab('main', 'search', 'instance')"
        )
        tables["search"] = sorted(connection.execute("SELECT * FROM temp.v"))
        return tables


def problems(path):
    """What SQLite's own checks and the check of the full-text index find."""
    with closing(sqlite3.connect(path)) as connection:
        add_functions(connection)
        found = [row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
        found += connection.execute("PRAGMA foreign_key_check").fetchall()
        connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
        counted = dict(connection.execute("SELECT what, n FROM counts"))
        kinds = {"all": "trashed IS NULL", "starred": "trashed IS NULL AND starred",
                 "trash": "trashed IS NOT NULL"}  # fmt: skip
        kinds |= {f"status {one}": f"trashed IS NULL AND status = {one}" for one in range(5)}
        actual = {
            name: connection.execute(f"SELECT count(*) FROM papers WHERE {what}").fetchone()[0]
            for name, what in kinds.items()
        }
        if counted != actual:
            found.append((counted, actual))
        tagged = (
            "SELECT tag, count(*) FROM paper_tags JOIN papers ON id = paper "
            "WHERE trashed IS NULL GROUP BY tag"
        )
        counted_tags = dict(connection.execute("SELECT tag, n FROM tag_counts"))
        if counted_tags != dict(connection.execute(tagged)):
            found.append(counted_tags)
        return found
