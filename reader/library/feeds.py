"""Feeds: what is followed, how far each was read, and how each fared."""

import datetime as dt
import json
import sqlite3
from collections.abc import Mapping

from reader.errors import UsageError
from reader.library.journal import Recorder
from reader.model.feed import Feed, FeedOutcome, Health, parse_subscription
from reader.model.feed_change import (
    FeedsChange,
    PauseFeed,
    RenameFeed,
    Subscribe,
    Unsubscribe,
)
from reader.model.record_json import compact
from reader.model.text import clean

_COLUMNS = "id, spec, name, paused, cursor, added"
_KEPT_DAYS = 400
"""Days for which it is kept how many papers a feed had."""

_LONGEST_NAME = 80


def all_feeds(connection: sqlite3.Connection) -> list[Feed]:
    """All feeds in the order in which they were subscribed to."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM feeds ORDER BY id")  # noqa: S608 - our own words
    return [_feed(*row) for row in rows]


def _feed(row_id: int, spec: str, name: str, paused: int, cursor: str, added: str) -> Feed:
    return Feed(row_id, spec, name, bool(paused), json.loads(cursor) if cursor else {}, added)


def get_feed(connection: sqlite3.Connection, text: str) -> Feed:
    """The feed that is meant by its spec in any spelling, or by its name.

    Raises:
        UsageError: There is none.
    """
    feeds = all_feeds(connection)
    try:
        spec = parse_subscription(text).spec
    except UsageError:
        spec = text
    named = [one for one in feeds if one.name.lower() == text.strip().lower()]
    exact = [one for one in feeds if one.spec in (text, spec)]
    found = next(iter(exact or named), None)
    if found is None:
        raise UsageError(f"not followed: {text[:80]}: `reader feed ls` lists the feeds.")
    return found


def change(connection: sqlite3.Connection, recorder: Recorder, asked: FeedsChange) -> None:
    """Make a change of what is followed.

    Raises:
        UsageError: A feed that it is about is not followed, or a text is nothing to follow.
    """
    match asked:
        case Subscribe(feeds=told):
            for spec, name in told:
                _subscribe(connection, recorder, spec, name)
        case Unsubscribe(spec=spec):
            recorder.delete_many("feeds", [(get_feed(connection, spec).id,)])
        case PauseFeed(spec=spec, paused=paused):
            feed = get_feed(connection, spec)
            recorder.update("feeds", (feed.id,), {"paused": int(paused)})
        case RenameFeed(spec=spec, name=name):
            feed = get_feed(connection, spec)
            if wanted := _name(name):
                recorder.update("feeds", (feed.id,), {"name": wanted})


def _subscribe(connection: sqlite3.Connection, recorder: Recorder, text: str, name: str) -> None:
    told = parse_subscription(text)
    if connection.execute("SELECT 1 FROM feeds WHERE spec = ?", (told.spec,)).fetchone():
        return
    named = _name(name) or told.name
    recorder.insert("feeds", {"spec": told.spec, "name": named, "added": recorder.at})


def _name(text: str) -> str:
    return clean(text).strip()[:_LONGEST_NAME]


def health(connection: sqlite3.Connection) -> dict[int, Health]:
    """How each feed fared, by its id; those that were never asked are left out."""
    days: dict[int, dict[str, int]] = {}
    for feed, day, items in connection.execute("SELECT feed, day, items FROM feed_days"):
        days.setdefault(feed, {})[day] = items
    columns = "feed, tried, succeeded, error, retry_at, warning"
    rows = connection.execute(f"SELECT {columns} FROM feed_health")  # noqa: S608 - our own words
    return {
        feed: Health(tried, succeeded, error, retry_at, warning, days.get(feed, {}))
        for feed, tried, succeeded, error, retry_at, warning in rows
    }


def put_health(
    connection: sqlite3.Connection, feed: int, outcome: FeedOutcome, at: str, day: dt.date
) -> None:
    """Keep how a feed fared just now; a failure leaves the last success as it was."""
    connection.execute(
        "INSERT INTO feed_health(feed, tried, succeeded, error, retry_at, warning) "
        "VALUES (:feed, :at, iif(:error = '', :at, ''), :error, :retry_at, :warning) "
        "ON CONFLICT(feed) DO UPDATE SET tried = :at, error = :error, retry_at = :retry_at, "
        "warning = :warning, succeeded = iif(:error = '', :at, succeeded)",
        {"feed": feed, "at": at, "error": outcome.error, "retry_at": outcome.retry_at,
         "warning": outcome.warning},
    )  # fmt: skip
    if not outcome.error:
        connection.execute(
            "INSERT INTO feed_days VALUES (?, ?, ?) "
            "ON CONFLICT(feed, day) DO UPDATE SET items = items + excluded.items",
            (feed, day.isoformat(), outcome.new + outcome.updated + outcome.merged),
        )
    since = (day - dt.timedelta(days=_KEPT_DAYS)).isoformat()
    connection.execute("DELETE FROM feed_days WHERE feed = ? AND day < ?", (feed, since))


def put_cursor(
    connection: sqlite3.Connection,
    recorder: Recorder,
    feed: Feed,
    cursor: Mapping[str, str],
    *,
    journaled: bool,
) -> None:
    """Keep how far a feed was read: as a part of the change when the change has other parts."""
    values = {"cursor": compact(dict(cursor)) if cursor else ""}
    if journaled:
        recorder.update("feeds", (feed.id,), values)
    else:
        connection.execute("UPDATE feeds SET cursor = ? WHERE id = ?", (*values.values(), feed.id))
