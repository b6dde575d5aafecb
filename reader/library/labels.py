"""Tags, views and pairs kept apart that a file tells of: taken over where the library has none."""

import sqlite3
from collections.abc import Iterable

from reader.errors import UsageError
from reader.library import feeds, past
from reader.library.journal import Recorder
from reader.library.tags import tag_id
from reader.library.views import change_views, own_views
from reader.model.change import (
    ApartChange,
    ChangeGroup,
    ViewSave,
)
from reader.model.feed import Followed
from reader.model.feed_change import (
    PauseFeed,
    Subscribe,
)
from reader.model.labels import Label
from reader.model.paper import Apart, Tag
from reader.model.query import View


def take(connection: sqlite3.Connection, recorder: Recorder, told: Iterable[Label]) -> list[str]:
    """Take tags and views over; what the library says itself stands. Those left out, in words."""
    views: list[View] = []
    acts: list[ChangeGroup] = []
    for one in told:
        if isinstance(one, Tag):
            _take_tag(connection, recorder, one)
        elif isinstance(one, Followed):
            _take_feed(connection, recorder, one)
        elif isinstance(one, Apart):
            _take_apart(connection, recorder, one)
        elif isinstance(one, ChangeGroup):
            acts.append(one)
        else:
            views.append(one)
    past.take(connection, recorder, acts)
    reasons = {}
    while views:  # a view may name one that comes later
        left = []
        for view in views:
            try:
                _take_view(connection, recorder, view)
            except UsageError as error:
                left.append(view)
                reasons[view.name] = f"view {view.name}: {error}"
        if len(left) == len(views):
            return [reasons[view.name] for view in left]
        views = left
    return []


def _take_apart(connection: sqlite3.Connection, recorder: Recorder, pair: Apart) -> None:
    """Keep two papers apart that the file says are two, when both are here."""
    from reader.library.joining import keep_apart  # noqa: PLC0415 - only for such a file

    query = "SELECT id FROM papers WHERE citekey IN (?, ?)"
    papers = tuple(paper for (paper,) in connection.execute(query, (pair.ours, pair.theirs)))
    keep_apart(connection, recorder, ApartChange(papers))


def _take_feed(connection: sqlite3.Connection, recorder: Recorder, told: Followed) -> None:
    known = {one.spec for one in feeds.all_feeds(connection)}
    feeds.change(connection, recorder, Subscribe(((told.spec, told.name),)))
    if told.paused and told.spec not in known:
        feeds.change(connection, recorder, PauseFeed(told.spec, paused=True))


def _take_view(connection: sqlite3.Connection, recorder: Recorder, view: View) -> None:
    if view.name not in {one.name for one in own_views(connection)}:
        change_views(connection, recorder, ViewSave(view.name, view.text))


def _take_tag(connection: sqlite3.Connection, recorder: Recorder, tag: Tag) -> None:
    if not tag.colour and not tag.pinned:
        return
    row = tag_id(connection, recorder, tag.name)
    here = connection.execute("SELECT colour, pinned FROM tags WHERE id = ?", (row,)).fetchone()
    taken = connection.execute("SELECT 1 FROM tags WHERE pinned = ?", (tag.pinned,)).fetchone()
    values = {
        "colour": here[0] or tag.colour,
        "pinned": here[1] or (0 if taken else tag.pinned),
    }
    recorder.update("tags", (row,), values)
