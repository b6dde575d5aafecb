"""Tags: their rows, their counts, giving them to papers, and changing them themselves."""

import sqlite3
from bisect import bisect_left

from reader.errors import TagNameError, UsageError
from reader.library.journal import Recorder
from reader.model.change import TagColour, TagPin, TagRemoval, TagRename, TagsChange
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
    query = (
        "SELECT count(DISTINCT paper) FROM paper_tags JOIN papers ON papers.id = paper "  # noqa: S608 - our own words
        f"WHERE trashed IS NULL AND tag IN ({marks})"
    )
    return int(connection.execute(query, ids).fetchone()[0])


def manage_tags(connection: sqlite3.Connection, recorder: Recorder, change: TagsChange) -> set[int]:
    """Rename, merge, colour, pin or delete a tag; the papers whose tags this changed.

    Raises:
        UsageError: There is no such tag.
        TagNameError: The new name cannot be a tag's.
    """
    tags = branch(connection, change.name)
    if not tags:
        raise UsageError(f"no tag is called {change.name}: `reader tags` lists them.")
    match change:
        case TagRename(name=name, new=new):
            return _rename(connection, recorder, name, parse_tag(new))
        case TagColour(name=name, colour=colour):
            recorder.update("tags", (tag_id(connection, recorder, name),), {"colour": colour})
        case TagPin(name=name, place=place):
            _pin(connection, recorder, tag_id(connection, recorder, name), place)
        case TagRemoval():
            return _remove(connection, recorder, tags)
    return set()


def _rename(connection: sqlite3.Connection, recorder: Recorder, name: str, new: str) -> set[int]:
    if new.startswith(f"{name}/"):
        raise TagNameError(new, f"it would be below {name} itself")
    touched: set[int] = set()
    for tag in branch(connection, name) if new != name else []:
        row = connection.execute("SELECT name FROM tags WHERE id = ?", (tag,)).fetchone()
        target = parse_tag(new + row[0].removeprefix(name))
        papers = _papers_of(connection, tag)
        touched.update(papers)
        other = connection.execute("SELECT id FROM tags WHERE name = ?", (target,)).fetchone()
        if other is None:
            recorder.update("tags", (tag,), {"name": target})
            continue
        recorder.insert_many("paper_tags", [(other[0], paper) for paper in papers])
        _remove(connection, recorder, [tag])
    return touched


def _pin(connection: sqlite3.Connection, recorder: Recorder, tag: int, place: int) -> None:
    """One digit for one tag: who had it before has none."""
    if place:
        others = connection.execute("SELECT id FROM tags WHERE pinned = ?", (place,)).fetchall()
        for (other,) in others:
            recorder.update("tags", (other,), {"pinned": 0})
    recorder.update("tags", (tag,), {"pinned": place})


def _remove(connection: sqlite3.Connection, recorder: Recorder, tags: list[int]) -> set[int]:
    touched: set[int] = set()
    for tag in tags:
        papers = _papers_of(connection, tag)
        recorder.delete_many("paper_tags", [(tag, paper) for paper in papers])
        recorder.delete_many("tags", [(tag,)])
        touched.update(papers)
    return touched


def _papers_of(connection: sqlite3.Connection, tag: int) -> list[int]:
    return [
        paper
        for (paper,) in connection.execute("SELECT paper FROM paper_tags WHERE tag = ?", (tag,))
    ]
