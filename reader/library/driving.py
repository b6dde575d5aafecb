"""Which part of a query is asked first: the one that few papers have, when there is one.

Left to itself SQLite walks all papers in their order, as that saves a sort, and asks each of them.
"""

import sqlite3
from collections.abc import Sequence

from reader.frozen import frozen
from reader.library.conditions import Sql, tags_named
from reader.model.paper import Status
from reader.model.query.tree import Field, Node, Word

FEW = 20_000
"""Papers that are looked at one by one sooner than all papers in their order."""

FEW_TEXTS = 1_000
"""Likewise where each of their texts is asked for words."""

_STATUSES = {status.word: status.value for status in Status} | {"inbox": Status.UNREAD.value}


@frozen
class Driver:
    """What leads to few papers, and how many they are.

    Attributes:
        ids: A condition on `p.id` that they meet.
        index: Instead, the index that has them, in the order of their places.
    """

    papers: int
    ids: Sql | None = None
    index: str = ""

    @property
    def source(self) -> str:
        """The papers as SQL that leaves no other way to them than this one."""
        return f"papers p INDEXED BY {self.index}" if self.index else "papers p NOT INDEXED"


def driver_of(connection: sqlite3.Connection, nodes: Sequence[Node]) -> Driver | None:
    """The part of a query without the trash that the fewest papers have, when these are few."""
    found = (_driver(connection, node) for node in nodes if isinstance(node, Field))
    few = [one for one in found if one is not None and one.papers <= FEW]
    return min(few, key=lambda one: one.papers, default=None)


def _driver(connection: sqlite3.Connection, field: Field) -> Driver | None:
    words = [value.text for value in field.values if isinstance(value, Word)]
    if field.name == "tag":
        return _tagged(connection, field)
    if field.name != "is" or len(words) != 1:
        return None
    if words[0] == "starred":
        return _counted(connection, "starred", "papers_live_starred")
    if words[0] in _STATUSES:
        return _counted(connection, f"status {_STATUSES[words[0]]}", "papers_live_status")
    return None


def _counted(connection: sqlite3.Connection, what: str, index: str) -> Driver:
    count = connection.execute("SELECT n FROM counts WHERE what = ?", (what,)).fetchone()
    return Driver(int(count[0]), index=index)


def _tagged(connection: sqlite3.Connection, field: Field) -> Driver:
    conditions = [tags_named(value) for value in field.values if isinstance(value, Word)]
    either = " OR ".join(f"({one.sql})" for one in conditions) or "0"
    values = tuple(value for one in conditions for value in one.values)
    query = f"SELECT id FROM tags WHERE {either}"  # noqa: S608 - our own words
    count = connection.execute(
        f"SELECT coalesce(sum(n), 0) FROM tag_counts WHERE tag IN ({query})",  # noqa: S608 - ours
        values,
    ).fetchone()[0]
    papers = f"p.id IN (SELECT paper FROM paper_tags WHERE tag IN ({query}))"  # noqa: S608 - ours
    return Driver(int(count), Sql(papers, values))
