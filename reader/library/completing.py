"""Words that stand in the library, with the number of papers that have them."""

import sqlite3

from reader.library.conditions import like
from reader.model.query.completing import Candidate, Typed, field_names, fixed_words
from reader.model.query.views import BUILT_IN

MOST = 50
"""Candidates for one word."""

_COUNTED = {
    "tag": "SELECT name, coalesce(n, 0) FROM tags LEFT JOIN tag_counts ON tag = id "
           "WHERE name LIKE :begins ESCAPE '\\' OR name LIKE :inside ESCAPE '\\' "
           "ORDER BY name NOT LIKE :begins ESCAPE '\\', 2 DESC, name",
    "cat": "SELECT category, count(*) FROM papers WHERE category <> '' AND trashed IS NULL "
           "AND category LIKE :begins ESCAPE '\\' GROUP BY category ORDER BY 2 DESC, 1",
    "source": "SELECT source, count(DISTINCT paper) FROM sources "
              "WHERE source LIKE :begins ESCAPE '\\' GROUP BY source ORDER BY 2 DESC, 1",
    "year": "SELECT substr(published, 1, 4), count(*) FROM papers WHERE published <> '' "
            "AND trashed IS NULL "
            "AND published LIKE :begins ESCAPE '\\' GROUP BY 1 ORDER BY 1 DESC",
    "key": "SELECT citekey, 1 FROM papers WHERE citekey LIKE :begins ESCAPE '\\' ORDER BY 1",
    "venue": "SELECT json_extract(more, '$.venue') v, count(*) FROM texts "
             "WHERE v LIKE :begins ESCAPE '\\' GROUP BY v ORDER BY 2 DESC, 1",
    "id": "SELECT value, 1 FROM identifiers WHERE value LIKE :begins ESCAPE '\\' ORDER BY 1",
}  # fmt: skip
_COLUMNS = {"title": "('title')", "author": "('authors')", "abstract": "('abstract')",
            "text": "('title', 'abstract')", "": "('title', 'authors', 'abstract')"}  # fmt: skip


def complete(connection: sqlite3.Connection, what: Typed) -> list[Candidate]:
    """The words that could stand at the end of a query, those of most papers first."""
    fixed = fixed_words(what)
    if fixed is not None:
        return fixed
    if what.field == "in":
        names = [*BUILT_IN, *(name for (name,) in connection.execute("SELECT name FROM views"))]
        return [Candidate(name) for name in names if name.startswith(what.begun)]
    if what.field in _COUNTED:
        begins = like(what.begun)
        rows = connection.execute(
            f"{_COUNTED[what.field]} LIMIT {MOST}",
            {"begins": f"{begins}%", "inside": f"%/{begins}%"},
        )
        return [Candidate(text, papers) for text, papers in rows]
    if what.field in _COLUMNS and what.begun:
        names = field_names(what.begun) if not what.field else []
        return names + terms(connection, what.begun, what.field)
    return [] if what.field else field_names("")


def terms(
    connection: sqlite3.Connection, begun: str, field: str = "", limit: int = MOST
) -> list[Candidate]:
    """The words of the full-text index that begin so, those of most papers first."""
    _open_vocabulary(connection)
    rows = connection.execute(
        "SELECT term, max(doc) FROM temp.vocabulary WHERE term >= ? AND term < ? "  # noqa: S608 - constants
        f"AND col IN {_COLUMNS[field]} GROUP BY term ORDER BY 2 DESC, 1 LIMIT ?",
        (begun, begun + "\U0010ffff", limit),
    )
    return [Candidate(term, papers) for term, papers in rows]


def _open_vocabulary(connection: sqlite3.Connection) -> None:
    """The index's own list of words: https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module."""
    connection.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary "
        "USING fts5vocab('main', 'search', 'col')"
    )
