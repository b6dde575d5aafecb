"""Two papers that are one work become one; records that are another work become a paper again."""

import sqlite3
from dataclasses import replace
from itertools import combinations

from reader.errors import UsageError
from reader.library import versions
from reader.library.editing import keep_bulk_fields, set_identifiers, shown_columns
from reader.library.ingest import Ingest, further
from reader.library.journal import Recorder
from reader.library.papers import called, records_of, source_columns, text_columns
from reader.library.rows import ENTITIES, Image
from reader.model.change import ApartChange, MergeChange, SplitChange
from reader.model.identifiers import CITEKEY
from reader.model.merge import USER, identifying_title, shown
from reader.model.paper import PaperDraft, SourceRecord, UserState

APART = "apart"
"""Why a pair is kept in `possible_duplicates` that the user said are two papers."""


def join(connection: sqlite3.Connection, recorder: Recorder, change: MergeChange) -> list[int]:
    """Let one paper take over what others are: records, identifiers, tags, the furthest state.

    The citekeys of the others lead to it from then on.

    Raises:
        UsageError: One of them is gone, or they are one already.
    """
    others = [paper for paper in dict.fromkeys(change.others) if paper != change.paper]
    if not others:
        raise UsageError("a merge needs two papers; nothing was changed.")
    for other in others:
        _join_one(connection, recorder, change.paper, other)
    return [change.paper]


def _join_one(connection: sqlite3.Connection, recorder: Recorder, paper: int, other: int) -> None:
    papers = ENTITIES["papers"]
    ours, theirs = papers.read(connection, (paper,)), papers.read(connection, (other,))
    if ours is None or theirs is None:
        raise UsageError("one of these papers is gone; nothing was changed.")
    keep_bulk_fields(connection, recorder, paper)
    known, moved = records_of(connection, paper), list(records_of(connection, other))
    moved[0] = called(moved[0], theirs["citekey"])
    tags = connection.execute("SELECT tag FROM paper_tags WHERE paper = ?", (other,)).fetchall()
    pairs = _pairs_of(connection, other)
    earlier = versions.rows_of(connection, other)
    recorder.remove_paper(other)
    versions.move(connection, recorder, paper, earlier)
    last = connection.execute("SELECT max(seq) FROM sources WHERE paper = ?", (paper,)).fetchone()
    for seq, record in enumerate(moved, start=last[0] + 1):
        recorder.insert("sources", {"paper": paper, "seq": seq} | source_columns(record))
    recorder.insert_many("paper_tags", [(tag, paper) for (tag,) in tags])
    _keep_pairs(connection, recorder, paper, pairs)
    recorder.update("papers", (paper,), further(ours, theirs))
    _show(connection, recorder, paper, (*known, *moved))


def _pairs_of(connection: sqlite3.Connection, paper: int) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT other, reason FROM possible_duplicates WHERE paper = ? "
        "UNION SELECT paper, reason FROM possible_duplicates WHERE other = ?",
        (paper, paper),
    ).fetchall()


def _keep_pairs(
    connection: sqlite3.Connection, recorder: Recorder, paper: int, pairs: list[tuple[int, str]]
) -> None:
    known = {other for other, _ in _pairs_of(connection, paper)}
    for other, reason in pairs:
        if other != paper and other not in known:
            row: Image = {"paper": paper, "other": other, "reason": reason}
            recorder.insert("possible_duplicates", row)


def _show(
    connection: sqlite3.Connection,
    recorder: Recorder,
    paper: int,
    records: tuple[SourceRecord, ...],
) -> None:
    set_identifiers(connection, recorder, paper, list(records))
    best = shown(records)
    recorder.update("papers", (paper,), shown_columns(connection, paper, best))
    recorder.update("texts", (paper,), text_columns(best))


def part(connection: sqlite3.Connection, recorder: Recorder, change: SplitChange) -> list[int]:
    """Make a paper of its own from some of a paper's records; both papers.

    What the user made of it stays with the paper it was made of.

    Raises:
        UsageError: There is no such record, or nothing would be left on one side.
    """
    keep_bulk_fields(connection, recorder, change.paper)
    rows = connection.execute(
        "SELECT seq FROM sources WHERE paper = ? ORDER BY seq", (change.paper,)
    ).fetchall()
    pairs = list(zip([seq for (seq,) in rows], records_of(connection, change.paper), strict=True))
    moved = [pairs[number - 1] for number in change.records if 0 < number <= len(pairs)]
    left = [pair for pair in pairs if pair not in moved]
    if len(moved) != len(set(change.records)) or not _named(moved) or not _named(left):
        raise UsageError(
            f"this paper has {len(pairs)} records; a split needs some that name a paper on each "
            "side. Nothing was changed."
        )
    recorder.delete_many("sources", [(change.paper, seq) for seq, _ in moved])
    _show(connection, recorder, change.paper, tuple(record for _, record in left))
    new = Ingest(connection, recorder).insert(_draft([record for _, record in moved]))
    keep_apart(connection, recorder, ApartChange((change.paper, new)))
    return [change.paper, new]


def _named(pairs: list[tuple[int, SourceRecord]]) -> bool:
    return any(record.source != USER and identifying_title(record.fields) for _, record in pairs)


def _draft(records: list[SourceRecord]) -> PaperDraft:
    """The records as a draft, under the citekey that they once had."""
    keys = [one.value for record in records for one in record.fields.identifiers
            if one.scheme == CITEKEY]  # fmt: skip
    user = UserState(citekey=keys[0]) if keys else None
    return PaperDraft(tuple(map(_uncalled, records)), user)


def _uncalled(record: SourceRecord) -> SourceRecord:
    told = tuple(one for one in record.fields.identifiers if one.scheme != CITEKEY)
    return replace(record, fields=replace(record.fields, identifiers=told))


def keep_apart(
    connection: sqlite3.Connection, recorder: Recorder, change: ApartChange
) -> list[int]:
    """Note that papers are different works, so that they are never asked about again.

    Raises:
        UsageError: One of them is gone.
    """
    changed: dict[int, None] = {}
    if any(ENTITIES["papers"].read(connection, (paper,)) is None for paper in change.papers):
        raise UsageError("one of these papers is gone; nothing was changed.")
    for paper, other in combinations(dict.fromkeys(change.papers), 2):
        known = [pair for pair in ((paper, other), (other, paper))
                 if ENTITIES["possible_duplicates"].read(connection, pair)]  # fmt: skip
        if known and not recorder.update("possible_duplicates", known[0], {"reason": APART}):
            continue
        if not known:
            row: Image = {"paper": paper, "other": other, "reason": APART}
            recorder.insert("possible_duplicates", row)
        changed.update({paper: None, other: None})
    return list(changed)
