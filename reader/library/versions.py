"""Earlier versions of papers: what was told of each before the next one appeared."""

import json
import sqlite3

from reader.library.journal import Recorder
from reader.model.identifiers import ARXIV
from reader.model.paper import Fields, SourceRecord, Version
from reader.model.record_json import compact, fields_object, fields_value

_TOLD = ("title", "abstract", "authors", "remark")
"""What two versions of a paper are compared in."""


def superseded(old: SourceRecord, new: SourceRecord) -> int:
    """The number of the version that a record told of when another one takes its place; else 0."""
    before, after = _version(old.fields), _version(new.fields)
    if old.source != new.source or after < 2 or before >= after:  # noqa: PLR2004 - the first has none before
        return 0
    if not before and all(getattr(old.fields, one) == getattr(new.fields, one) for one in _TOLD):
        return 0  # only now is it told which version it is
    return before or after - 1


def _version(fields: Fields) -> int:
    return next((one.version for one in fields.identifiers if one.scheme == ARXIV), 0)


def keep(
    connection: sqlite3.Connection, recorder: Recorder, paper: int, old: SourceRecord, version: int
) -> None:
    """Keep what was told of a version, and mark the paper as having a new one."""
    key = (paper, version)
    known = "SELECT 1 FROM versions WHERE paper = ? AND version = ?"
    if connection.execute(known, key).fetchone() is None:
        recorder.insert("versions", row_of(paper, Version(version, old.seen_at, old.fields)))
    recorder.update("papers", (paper,), {"revised": 1})


def row_of(paper: int, version: Version) -> dict[str, object]:
    """A version as it is stored."""
    told = {name: text for name, text in fields_object(version.fields).items() if name in _KEPT}
    return {"paper": paper, "version": version.number, "seen_at": version.seen_at,
            "fields": compact(told)}  # fmt: skip


_KEPT = (*_TOLD, "author_count", "updated", "published")


def versions_of(connection: sqlite3.Connection, paper: int) -> list[Version]:
    """The earlier versions of a paper that were told of, the first one first."""
    rows = rows_of(connection, paper)
    return [Version(number, at, fields_value(json.loads(fields))) for number, at, fields in rows]


def rows_of(connection: sqlite3.Connection, paper: int) -> list[tuple[int, str, str]]:
    """Likewise, as they are stored: number, when it was told of, fields."""
    query = "SELECT version, seen_at, fields FROM versions WHERE paper = ? ORDER BY version"
    return connection.execute(query, (paper,)).fetchall()


def move(
    connection: sqlite3.Connection,
    recorder: Recorder,
    paper: int,
    rows: list[tuple[int, str, str]],
) -> None:
    """Give a paper the earlier versions of another one that becomes a part of it."""
    known = {one.number for one in versions_of(connection, paper)}
    for number, at, fields in rows:
        if number not in known:
            row = {"paper": paper, "version": number, "seen_at": at, "fields": fields}
            recorder.insert("versions", row)
