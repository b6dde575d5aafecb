"""What was done in the library that an import came from: to look up, not to take back."""

import sqlite3
from collections.abc import Iterable

from reader.library.journal import Recorder
from reader.model.change import ChangeGroup, GroupState

MOST = 10_000
"""Acts that are kept, as many as a library keeps of its own."""


def take(connection: sqlite3.Connection, recorder: Recorder, told: Iterable[ChangeGroup]) -> None:
    """Keep what the library knows neither as its own act nor from an earlier import."""
    room = MOST - connection.execute("SELECT count(*) FROM past").fetchone()[0]
    own = "SELECT 1 FROM changes WHERE at = ? AND verb = ? AND summary = ?"
    missing = dict.fromkeys(
        (one.at, one.actor, one.verb, one.summary, one.papers)
        for one in told
        if connection.execute(own, (one.at, one.verb, one.summary)).fetchone() is None
    )
    recorder.insert_many("past", list(missing)[max(0, len(missing) - room) :])


def groups(connection: sqlite3.Connection, limit: int) -> list[ChangeGroup]:
    """What was done elsewhere, the latest first; all of it for a negative limit."""
    rows = connection.execute(
        "SELECT at, actor, verb, summary, papers FROM past ORDER BY at DESC LIMIT ?", (limit,)
    )
    return [ChangeGroup(0, at, actor, verb, summary, papers, GroupState.PAST)
            for at, actor, verb, summary, papers in rows]  # fmt: skip
