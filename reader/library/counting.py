"""How many papers a query finds."""

import sqlite3

from reader.library.compiling import compile_query
from reader.library.conditions import Asked, utc
from reader.library.search import resolved
from reader.model.paper import Status
from reader.model.query.periods import interval
from reader.model.query.tree import And, Field, Node, Query, Span, Word

_FEW = 20_000
"""Papers that are counted one by one in a millisecond."""

_STATUSES = {status.word: status.value for status in Status}


def count(connection: sqlite3.Connection, query: Query, asked: Asked) -> int:
    """How many papers a query finds.

    Raises:
        QueryError: The query has errors.
    """
    query = resolved(connection, query, asked)
    found = _arrived(connection, query.tree, asked)
    if found is None:
        source, where, values = compile_query(connection, query, asked).where()
        counting = f"SELECT count(*) FROM {source} {where}"  # noqa: S608 - ours
        (found,) = connection.execute(counting, values).fetchone()
    return min(found, query.limit) if query.limit else found


def _arrived(connection: sqlite3.Connection, tree: Node, asked: Asked) -> int | None:
    """How many papers of a status came since a moment, where either few did or few did not.

    Of all papers of a status the number is kept. After a large import nearly all came just now; at
    other times nearly none did.
    """
    asks = _status_and_span(tree)
    if asks is None:
        return None
    status, span = asks
    when = interval(span, asked.now)
    if when.start is None or when.end is not None:
        return None
    since = utc(when.start)
    after = _up_to_few(connection, "added >= ?", status, since)
    if after < _FEW:
        return after
    before = _up_to_few(connection, "added < ?", status, since)
    if before == _FEW:
        return None
    total = "SELECT n FROM counts WHERE what = 'status ' || ?"
    return int(connection.execute(total, (status,)).fetchone()[0]) - before


def _status_and_span(tree: Node) -> tuple[int, Span] | None:
    """What `is:unread added:7d` says."""
    parts = tree.parts if isinstance(tree, And) else ()
    told = {part.name: part.values for part in parts if isinstance(part, Field)}
    if len(parts) != 2 or told.keys() != {"is", "added"}:  # noqa: PLR2004 - one of each
        return None
    match (*told["is"], *told["added"]):
        case (Word(text=word), Span() as span) if word in _STATUSES:
            return _STATUSES[word], span
    return None


def _up_to_few(connection: sqlite3.Connection, when: str, status: int, since: str) -> int:
    counting = (
        "SELECT count(*) FROM (SELECT 1 FROM papers "  # noqa: S608 - our own words
        f"WHERE trashed IS NULL AND status = ? AND {when} LIMIT {_FEW})"
    )
    return int(connection.execute(counting, (status, since)).fetchone()[0])
