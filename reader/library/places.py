"""Places: one integer per paper that rises with its day of publication.

A day has `SLOTS` places; papers of one day stand in the order of their arrival. Undated papers have
places of zero and below, the earliest arrival highest.
"""

import sqlite3

SLOTS = 1 << 20
"""Places of one day."""


def free_place(connection: sqlite3.Connection, ordinal: int) -> int:
    """The next free place on a day, given as days since 1 January of year 1 (0 for undated)."""
    if ordinal == 0:
        lowest = connection.execute("SELECT min(place) FROM papers WHERE place <= 0").fetchone()[0]
        return 0 if lowest is None else int(lowest) - 1
    first = ordinal * SLOTS
    top = connection.execute(
        "SELECT max(place) FROM papers WHERE place >= ? AND place < ?", (first, first + SLOTS)
    ).fetchone()[0]
    if top is None:
        return first
    return int(top) + 1 if top + 1 < first + SLOTS else free_place(connection, ordinal + 1)


def on_day(place: int, ordinal: int) -> bool:
    """Whether a place belongs to a day."""
    return place <= 0 if ordinal == 0 else place // SLOTS == ordinal
