"""Asking the library: the papers of a query in their order, their number, and how it is asked."""

import json
import sqlite3
from array import array
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from reader.errors import QueryError
from reader.frozen import frozen
from reader.library.compiling import Compiled, compile_query, within
from reader.library.conditions import Asked
from reader.library.ranking import best_first
from reader.model.paper import ID_TYPE
from reader.model.query.matching import wanted
from reader.model.query.tree import Field, Node, Problem, Query, Word
from reader.model.query.views import UnknownViewError, without_views

RANKED = 1_000
"""How many of the newest matches are put in order of relevance."""

_BEGUN = 3
_IN_MORE = "(SELECT json_extract(more, '{}') FROM texts WHERE paper = p.id)"
_VOTES = f"coalesce({_IN_MORE.format('$.counters.upvotes')}, {_IN_MORE.format('$.counters.votes')})"
# Each key with its usual direction; what is not known comes last in that direction.
_ORDERS = {
    "date": ("p.place", "DESC"),
    "added": ("p.added", "DESC"),
    "decided": ("p.decided", "DESC"),
    "finished": ("CASE WHEN p.status = 3 THEN p.decided ELSE '' END", "DESC"),
    "updated": (_IN_MORE.format("$.updated[0]"), "DESC"),
    "prio": ("p.priority", "DESC"),
    "title": ("p.title COLLATE NOCASE", "ASC"),
    "author": ("p.byline COLLATE NOCASE", "ASC"),
    "year": ("substr(p.published, 1, 4)", "DESC"),
    "votes": (_VOTES, "DESC"),
    "comments": ("p.comments", "DESC"),
}
_GROUPS = {
    "day": "substr(p.published || '          ', 1, 10) DESC",
    "month": "substr(p.published || '       ', 1, 7) DESC",
    "year": "substr(p.published || '    ', 1, 4) DESC",
    "source": "(SELECT min(source) FROM sources WHERE paper = p.id)",
    "tag": "coalesce((SELECT min(name) FROM paper_tags JOIN tags ON tags.id = tag "
           "WHERE paper = p.id), char(1114111))",
    "status": "p.status",
    "cat": "p.category",
    "prio": "p.priority DESC",
}  # fmt: skip


@frozen
class Explained:
    """A query as SQL with its parameters."""

    sql: str
    values: tuple[Any, ...]


def _limited(connection: sqlite3.Connection, asked: Asked, query: Query) -> Node:
    """The papers of a view that has a limit, one by one."""
    found = matching(connection, query, asked)
    return Field("papers", (Word(json.dumps(list(found))),))


def resolved(connection: sqlite3.Connection, query: Query, asked: Asked) -> Query:
    """The query with its views replaced by what they say.

    Raises:
        QueryError: It has errors, or names a view that is not there.
    """
    if query.errors:
        raise QueryError(query.errors)
    own = dict(connection.execute("SELECT name, query FROM views"))
    try:
        tree = without_views(query.tree, own, limited=partial(_limited, connection, asked))
        return replace(query, tree=tree)
    except UnknownViewError as error:
        raise QueryError([Problem(0, 0, f"in:{error.name}: {error.reason}")]) from error


def matching(connection: sqlite3.Connection, query: Query, asked: Asked) -> "array[int]":
    """The ids of all papers that a query finds, in its order.

    Raises:
        QueryError: The query has errors.
    """
    query = resolved(connection, query, asked)
    compiled = compile_query(connection, query, asked)
    explained = _sql(query, compiled)
    found = connection.execute(explained.sql, explained.values)
    ids = array(ID_TYPE, chain.from_iterable(found))
    if _by_relevance(query):
        ids = best_first(connection, ids[:RANKED], query.tree) + ids[RANKED:]
    return ids[: query.limit] if query.limit else ids


def first_matching(
    connection: sqlite3.Connection, query: Query, limit: int, asked: Asked
) -> "array[int]":
    """The ids of the first papers of a query in its order, without counting the rest.

    Quickly rather than all: some may be lacking that a word's rarer continuations would find.

    Raises:
        QueryError: The query has errors.
    """
    query = resolved(connection, query, asked)
    compiled = compile_query(connection, query, asked, soon=True)
    explained = _sql(query, compiled)
    ranked = _by_relevance(query) and not _begun(query)
    limit = min(limit, query.limit or limit)
    most = RANKED if ranked else limit
    rows = connection.execute(f"{explained.sql} LIMIT ?", (*explained.values, most))
    ids = array(ID_TYPE, chain.from_iterable(rows))
    return (best_first(connection, ids, query.tree) if ranked else ids)[:limit]


def among(
    connection: sqlite3.Connection, query: Query, papers: list[int], asked: Asked
) -> set[int]:
    """Those of some papers that a query finds, its limit aside."""
    compiled = compile_query(connection, resolved(connection, query, asked), asked)
    source, where, values = within(compiled, papers).where()
    rows = connection.execute(f"SELECT p.id FROM {source} {where}", values)  # noqa: S608 - ours
    return {paper for (paper,) in rows}


def explain(connection: sqlite3.Connection, query: Query, asked: Asked) -> Explained:
    """How a query is asked."""
    query = resolved(connection, query, asked)
    return _sql(query, compile_query(connection, query, asked))


def _sql(query: Query, compiled: Compiled) -> Explained:
    source, where, values = compiled.where()
    order = ", ".join(_order(query, compiled))
    return Explained(f"SELECT p.id FROM {source} {where} ORDER BY {order}", tuple(values))  # noqa: S608 - ours


def _order(query: Query, compiled: Compiled) -> list[str]:
    keys = [_GROUPS[query.group]] if query.group else []
    for order in query.orders:
        if order.key in _ORDERS:
            column, direction = _ORDERS[order.key]
            if order.reverse:
                direction = "ASC" if direction == "DESC" else "DESC"
            keys.append(f"{column} {direction}")
    return [*keys, compiled.newest_first]


def _by_relevance(query: Query) -> bool:
    if query.orders:
        return query.orders[0].key == "relevance"
    return query.ranked and not query.group


def _begun(query: Query) -> bool:
    """Whether a word is hardly begun: it stands for so much that no order is the better one."""
    begun = (one.words[-1:] for one in wanted(query.tree) if one.prefix)
    return any(len(word) < _BEGUN for words in begun for word in words)
