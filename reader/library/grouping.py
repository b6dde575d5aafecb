"""Groups of papers: where each begins in a list that is ordered by them."""

import sqlite3
from collections.abc import Sequence

from reader.model.query.grouping import heading

_CHUNK = 500
_VALUES = {
    "day": "p.published",
    "month": "substr(p.published, 1, 7)",
    "year": "substr(p.published, 1, 4)",
    "source": "(SELECT min(source) FROM sources WHERE paper = p.id)",
    "tag": "(SELECT min(name) FROM paper_tags JOIN tags ON tags.id = tag WHERE paper = p.id)",
    "status": "p.status",
    "cat": "p.category",
    "prio": "p.priority",
}


def headings(
    connection: sqlite3.Connection, group: str, ids: Sequence[int]
) -> list[tuple[int, str]]:
    """The place of the first paper of each group and what stands above it."""
    found: list[tuple[int, str]] = []
    current: object = object()
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT p.id, {_VALUES[group]} FROM papers p WHERE p.id IN ({marks})"  # noqa: S608 - ours
        values = dict(connection.execute(query, chunk))
        for place, paper in enumerate(chunk, start):
            value = values.get(paper)
            if value != current:
                found.append((place, heading(group, value)))
                current = value
    return found
