"""The user's own values on top of what the sources said of a paper."""

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.errors import UsageError
from reader.library.journal import Recorder
from reader.library.papers import (
    identifiers_of,
    paper_columns,
    papers_with,
    records_of,
    source_columns,
    text_columns,
)
from reader.library.places import free_place, on_day
from reader.library.rows import Image
from reader.model.change import MetadataChange
from reader.model.merge import USER, Shown, merged, shown, told_identifiers
from reader.model.metadata import FieldProblem, changed
from reader.model.paper import Fields, SourceRecord

if TYPE_CHECKING:
    from reader.model.identifiers import Identifier


def user_fields(connection: sqlite3.Connection, paper: int) -> Fields:
    """What the user said of a paper; empty fields where they said nothing."""
    mine = [one for one in records_of(connection, paper) if one.source == USER]
    said: tuple[SourceRecord, ...] = ()
    for record in mine:
        said = merged(said, record) or said
    return said[0].fields if said else Fields()


def edit(
    connection: sqlite3.Connection, recorder: Recorder, change: MetadataChange, at: str
) -> list[int]:
    """Put the user's values on top, replacing those they gave before.

    Raises:
        UsageError: The paper is gone, would have no title, a field or its value is none, or an
            identifier is another paper's.
    """
    known = list(records_of(connection, change.paper))
    if not known:
        raise UsageError("this paper is gone; nothing was changed.")
    others = [one for one in known if one.source != USER]
    mine = user_fields(connection, change.paper)
    fields = _changed(mine, change)
    if fields == mine:
        return []
    _check(connection, change.paper, fields, others)
    record = SourceRecord(USER, "user", at, "edit", fields)
    given = fields != Fields()
    _store(connection, recorder, change.paper, record if given else None)
    records = [*others, record] if given else others
    set_identifiers(connection, recorder, change.paper, records)
    best = shown(records)
    recorder.update("papers", (change.paper,), shown_columns(connection, change.paper, best))
    recorder.update("texts", (change.paper,), text_columns(best))
    return [change.paper]


def _changed(mine: Fields, change: MetadataChange) -> Fields:
    try:
        return changed(mine, dict(change.values))
    except FieldProblem as problem:
        raise UsageError(f"{problem}. Nothing was changed.") from problem


def _check(
    connection: sqlite3.Connection, paper: int, fields: Fields, others: list[SourceRecord]
) -> None:
    if not fields.title and not any(one.fields.title for one in others):
        raise UsageError("a paper needs a title; nothing was changed.")
    for one in fields.identifiers:
        holder = papers_with(connection, [one])
        if holder and holder[0] != paper:
            raise UsageError(f"{one.value} is another paper's; nothing was changed.")


def _store(
    connection: sqlite3.Connection, recorder: Recorder, paper: int, record: SourceRecord | None
) -> None:
    rows = connection.execute(
        "SELECT seq FROM sources WHERE paper = ? AND source = ?", (paper, USER)
    ).fetchall()
    if record is None:
        recorder.delete_many("sources", [(paper, seq) for (seq,) in rows])
    elif rows:
        recorder.update("sources", (paper, rows[0][0]), source_columns(record))
        recorder.delete_many("sources", [(paper, seq) for (seq,) in rows[1:]])
    else:
        keep_bulk_fields(connection, recorder, paper)
        last = connection.execute("SELECT max(seq) FROM sources WHERE paper = ?", (paper,))
        row = {"paper": paper, "seq": last.fetchone()[0] + 1} | source_columns(record)
        recorder.insert("sources", row)


def keep_bulk_fields(connection: sqlite3.Connection, recorder: Recorder, paper: int) -> None:
    """A record whose fields are those that the paper shows gets a copy before that changes."""
    rows = connection.execute("SELECT seq FROM sources WHERE paper = ? ORDER BY seq", (paper,))
    pairs = zip(rows.fetchall(), records_of(connection, paper), strict=True)
    for (seq,), record in pairs:
        recorder.update("sources", (paper, seq), source_columns(record))


def set_identifiers(
    connection: sqlite3.Connection, recorder: Recorder, paper: int, records: list[SourceRecord]
) -> None:
    """The user's identifiers where they gave some, else those of the sources."""
    wanted: dict[tuple[str, str], Identifier] = {}
    for one in told_identifiers(records):
        best = wanted.get((one.scheme, one.value), one)
        wanted[one.scheme, one.value] = replace(one, version=max(one.version, best.version))
    present = {(one.scheme, one.value) for one in identifiers_of(connection, paper)}
    recorder.delete_many("identifiers", sorted(present - wanted.keys()))
    for key in sorted(wanted.keys() - present):
        if not papers_with(connection, [wanted[key]]):
            row: Image = {"scheme": key[0], "value": key[1], "paper": paper}
            recorder.insert("identifiers", row | {"version": wanted[key].version})


def shown_columns(connection: sqlite3.Connection, paper: int, best: Shown) -> Image:
    """The columns of a stored paper for what is shown of it, on another place for another day."""
    columns = paper_columns(best)
    place: int = connection.execute("SELECT place FROM papers WHERE id = ?", (paper,)).fetchone()[0]
    if not on_day(place, best.published.ordinal):
        columns["place"] = free_place(connection, best.published.ordinal)
    return columns
