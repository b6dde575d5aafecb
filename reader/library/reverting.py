"""Taking back one change that is not the latest, where no later one touched the same thing."""

import json
import sqlite3

from reader.errors import RefusedError
from reader.library.journal import (
    STANDING,
    Entry,
    Recorder,
    check_references_at_commit,
    entries,
    get_group,
    papers_of,
    papers_shown,
)
from reader.library.rows import PAPER_IN_KEY
from reader.model.change import ChangeGroup, GroupState
from reader.model.record_json import compact


def revert(
    connection: sqlite3.Connection, group: int, recorder: Recorder
) -> tuple[ChangeGroup, tuple[int, ...]]:
    """Take back one group that is not the latest, as a change of its own; it and its papers.

    Raises:
        UsageError: There is no such group.
        RefusedError: It is undone already, or a later change touched the same thing.
    """
    check_references_at_commit(connection)
    target = get_group(connection, group)
    if target.state is not GroupState.DONE:
        raise RefusedError(f"change {group} is undone already; nothing was changed.")
    _check_later(connection, group)
    touched: dict[int, None] = {}
    tags: list[Entry] = []
    for entry in entries(connection, group, backwards=True):
        if entry.entity == "tags":
            tags.append(entry)
        else:
            recorder.restore(entry)
        touched.update(dict.fromkeys(papers_shown(connection, entry)))
    for entry in tags:  # whether a tag is still used shows when its papers are done
        recorder.restore(entry)
    return target, tuple(touched)


def _check_later(connection: sqlite3.Connection, group: int) -> None:
    touched, whole = _touched_later(connection, group)
    for entry in entries(connection, group, backwards=True):
        if entry.entity == "paper":
            later = touched.get(entry.key[0], 0)
        else:
            gone = [whole.get(paper, 0) for paper in papers_of(entry)]
            found = [_collision(connection, group, entry), *gone]
            later = min(filter(None, found), default=0)
        if later:
            raise RefusedError(
                f"change {group} cannot be reverted by itself: change {later} touched the same "
                f"thing later. Nothing was changed; revert {later} first."
            )


def _touched_later(
    connection: sqlite3.Connection, group: int
) -> tuple[dict[int, int], dict[int, int]]:
    """The papers of which standing groups after a group touched any row, each with the first; and
    those that came or went as a whole.
    """  # noqa: D205 - one sentence
    rows = connection.execute(
        "SELECT entity, key, change FROM change_rows JOIN changes ON changes.id = change "  # noqa: S608 - constants
        f"WHERE change > ? AND {STANDING} ORDER BY change DESC",
        (group,),
    )
    touched: dict[int, int] = {}
    whole: dict[int, int] = {}
    for entity, key, change in rows:
        if (place := PAPER_IN_KEY.get(entity)) is not None:
            paper = json.loads(key)[place]
            touched[paper] = change
            if entity == "paper":
                whole[paper] = change
    return touched, whole


def _collision(connection: sqlite3.Connection, group: int, entry: Entry) -> int:
    """The first standing group after `group` that touched what the entry touches; 0 for none."""
    query = (
        "SELECT change, image FROM change_rows JOIN changes ON changes.id = change "  # noqa: S608 - constants
        f"WHERE entity = ? AND key = ? AND change > ? AND {STANDING} ORDER BY change"
    )
    later = connection.execute(query, (entry.entity, compact(entry.key), group)).fetchall()
    for change, image in later:
        columns = set(json.loads(image)) if image else set()
        if not columns or entry.image is None or columns & set(entry.image):
            return int(change)
    return 0
