"""The whole contents of a library, to compare it with itself."""

import sqlite3
from contextlib import closing

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
        found = [row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
        found += connection.execute("PRAGMA foreign_key_check").fetchall()
        connection.execute("INSERT INTO search(search, rank) VALUES ('integrity-check', 1)")
        counted = dict(connection.execute("SELECT what, n FROM counts"))
        actual = {"all": connection.execute("SELECT count(*) FROM papers").fetchone()[0]}
        actual["starred"] = connection.execute(
            "SELECT count(*) FROM papers WHERE starred"
        ).fetchone()[0]
        for status in range(5):
            query = f"SELECT count(*) FROM papers WHERE status = {status}"
            actual[f"status {status}"] = connection.execute(query).fetchone()[0]
        if counted != actual:
            found.append((counted, actual))
        return found
