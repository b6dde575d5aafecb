"""Tags: their rows, their counts, and giving them to papers."""

import sqlite3
from bisect import bisect_left

from reader.library.journal import Recorder
from reader.model.paper import Tag
from reader.model.tags import parse_tag


def tag_id(connection: sqlite3.Connection, recorder: Recorder, name: str) -> int:
    """The row of a tag, made when there is none.

    Raises:
        TagNameError: The name cannot be a tag's.
    """
    name = parse_tag(name)
    row = connection.execute("SELECT id FROM tags WHERE name = ?", (name,)).fetchone()
    return (
        int(row[0]) if row else recorder.insert("tags", {"name": name, "colour": "", "pinned": 0})
    )


def change_tags(
    connection: sqlite3.Connection,
    recorder: Recorder,
    papers: tuple[int, ...],
    names: tuple[str, ...],
    *,
    add: bool,
) -> set[int]:
    """Give papers tags or take them away; the papers that this changed."""
    changed: set[int] = set()
    for name in names:
        if add:
            tag = tag_id(connection, recorder, name)
        else:
            row = connection.execute("SELECT id FROM tags WHERE name = ?", (name,)).fetchone()
            if row is None:
                continue
            tag = int(row[0])
        change = recorder.insert_many if add else recorder.delete_many
        changed.update(paper for _, paper in change("paper_tags", [(tag, one) for one in papers]))
    return changed


def all_tags(connection: sqlite3.Connection) -> list[Tag]:
    """The tags that papers have or that were given a colour or a pin, by name.

    A tag with tags below it counts the papers of the whole branch, each once.
    """
    rows = connection.execute(
        "SELECT name, colour, pinned, coalesce(n, 0) FROM tags LEFT JOIN tag_counts ON tag = id "
        "WHERE n > 0 OR colour <> '' OR pinned > 0 ORDER BY name"
    ).fetchall()
    names = [row[0] for row in rows]
    tags = []
    for name, colour, pinned, count in rows:
        below = bisect_left(names, f"{name}/")
        has_below = below < len(names) and names[below].startswith(f"{name}/")
        papers = branch_count(connection, name) if has_below else count
        tags.append(Tag(name, colour, pinned, papers))
    return tags


def branch(connection: sqlite3.Connection, name: str) -> list[int]:
    """The ids of a tag and of the tags below it."""
    rows = connection.execute(
        "SELECT id FROM tags WHERE name = ? OR (name >= ? AND name < ?)",
        (name, f"{name}/", f"{name}0"),
    )
    return [tag for (tag,) in rows]


def branch_count(connection: sqlite3.Connection, name: str) -> int:
    """How many papers have a tag or one below it."""
    ids = branch(connection, name)
    marks = ",".join("?" * len(ids))
    query = f"SELECT count(DISTINCT paper) FROM paper_tags WHERE tag IN ({marks})"  # noqa: S608 - our own words
    return int(connection.execute(query, ids).fetchone()[0])
