"""Applying the user's changes."""

import sqlite3
from collections.abc import Sequence

from reader.errors import UsageError
from reader.library.journal import Recorder
from reader.library.tags import change_tags
from reader.model.change import (
    Change,
    CitekeyChange,
    Outcome,
    PriorityChange,
    RemoveSamples,
    StarChange,
    StatusChange,
    TagChange,
    describe,
)
from reader.model.paper import SAMPLES

_LONGEST_TITLE = 60


def apply(connection: sqlite3.Connection, recorder: Recorder, change: Change) -> Outcome:
    """Make a change through the journal; the papers that it really changed.

    Raises:
        TagNameError: A tag's name is none.
        UsageError: A citekey is taken.
    """
    papers = _changed(connection, recorder, change)
    summary = f"{describe(change)} {name_papers(connection, papers)}"
    if isinstance(change, RemoveSamples):
        summary = f"{describe(change)} {_count(len(papers))}"
    return Outcome(recorder.finish(summary, len(papers)), tuple(papers))


def _changed(connection: sqlite3.Connection, recorder: Recorder, change: Change) -> Sequence[int]:
    match change:
        case StatusChange(papers=papers, status=status):
            return recorder.set_state(papers, "status", status)
        case StarChange(papers=papers, starred=starred):
            return recorder.set_state(papers, "starred", int(starred))
        case PriorityChange(papers=papers, priority=priority):
            return recorder.set_state(papers, "priority", priority)
        case TagChange(papers=papers, add=add, remove=remove):
            removed = change_tags(connection, recorder, papers, remove, add=False)
            added = change_tags(connection, recorder, papers, add, add=True)
            return [paper for paper in papers if paper in removed | added]
        case CitekeyChange(paper=paper, citekey=citekey):
            return _rename(connection, recorder, paper, citekey)
        case RemoveSamples():
            return _remove_samples(connection, recorder)


def _rename(
    connection: sqlite3.Connection, recorder: Recorder, paper: int, citekey: str
) -> list[int]:
    row = connection.execute("SELECT id FROM papers WHERE citekey = ?", (citekey,)).fetchone()
    if row and row[0] != paper:
        raise UsageError(f"the citekey {citekey} is taken; nothing was changed.")
    return [paper] if recorder.update("papers", (paper,), {"citekey": citekey}) else []


def _remove_samples(connection: sqlite3.Connection, recorder: Recorder) -> list[int]:
    rows = connection.execute(
        "SELECT DISTINCT paper FROM sources s WHERE origin = ? AND NOT EXISTS "
        "(SELECT 1 FROM sources o WHERE o.paper = s.paper AND o.origin <> ?) ORDER BY paper",
        (SAMPLES, SAMPLES),
    ).fetchall()
    for (paper,) in rows:
        recorder.remove_paper(paper)
    return [paper for (paper,) in rows]


def name_papers(connection: sqlite3.Connection, papers: Sequence[int]) -> str:
    """The title of one paper in quotes, or how many papers they are."""
    if len(papers) != 1:
        return _count(len(papers))
    row = connection.execute("SELECT title FROM papers WHERE id = ?", (papers[0],)).fetchone()
    title: str = row[0] if row else ""
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    return f"“{short}”"


def _count(number: int) -> str:
    return "1 paper" if number == 1 else f"{number:,} papers"
