"""Applying the user's changes."""

import sqlite3
from collections.abc import Sequence

from reader.errors import UsageError
from reader.library import feeds
from reader.library.editing import edit
from reader.library.journal import Recorder
from reader.library.tags import branch_count, change_tags, manage_tags
from reader.library.views import change_views
from reader.model.change import (
    ApartChange,
    Change,
    CitekeyChange,
    MergeChange,
    MetadataChange,
    Outcome,
    PaperChange,
    PriorityChange,
    PriorityStep,
    Regrouping,
    RemoveSamples,
    SplitChange,
    StarChange,
    StatusChange,
    TagChange,
    TagColour,
    TagPin,
    TagRemoval,
    TagRename,
    TrashChange,
    papers_named,
)
from reader.model.feed_change import (
    PauseFeed,
    RenameFeed,
    Subscribe,
    Unsubscribe,
)
from reader.model.paper import SAMPLES, Priority

_LONGEST_TITLE = 60


def papers_meant(connection: sqlite3.Connection, change: Change) -> int:
    """How many papers a change is asked for, at most."""
    match change:
        case TagRename(name=name) | TagRemoval(name=name):
            return branch_count(connection, name)
        case _:
            return len(papers_named(change))


def apply(connection: sqlite3.Connection, recorder: Recorder, change: Change) -> Outcome:
    """Make a change through the journal; the papers that it really changed.

    Raises:
        UsageError: A name is none or is taken, or what it changes is not there.
    """
    match change:
        case TagRename() | TagColour() | TagPin() | TagRemoval():
            touched = sorted(manage_tags(connection, recorder, change))
            of = f" of {count_papers(len(touched))}" if touched else ""
            return Outcome(recorder.finish(change.told + of, len(touched)), tuple(touched))
        case (
            StatusChange() | StarChange() | PriorityChange() | PriorityStep() | TagChange()
            | TrashChange() | CitekeyChange() | MetadataChange() | RemoveSamples()
        ):  # fmt: skip
            return _told(connection, recorder, change, make(connection, recorder, change))
        case MergeChange() | SplitChange() | ApartChange():
            return _told(connection, recorder, change, _regrouped(connection, recorder, change))
        case Subscribe() | Unsubscribe() | PauseFeed() | RenameFeed():
            feeds.change(connection, recorder, change)
            return Outcome(recorder.finish(change.told, 0))
        case _:
            change_views(connection, recorder, change)
            return Outcome(recorder.finish(change.told, 0))


def _told(
    connection: sqlite3.Connection,
    recorder: Recorder,
    change: PaperChange | Regrouping,
    papers: Sequence[int],
) -> Outcome:
    of = name_papers(connection, papers)
    if isinstance(change, RemoveSamples):
        of = count_papers(len(papers))
    group = recorder.finish(f"{change.told} {of}", len(papers))
    return Outcome(group, tuple(papers))


def make(connection: sqlite3.Connection, recorder: Recorder, change: PaperChange) -> Sequence[int]:
    """Make a change of papers as a part of a larger one; those that it really changed."""
    match change:
        case StatusChange(papers=papers, status=status):
            return recorder.set_state(papers, {"status": status, "decided": recorder.at})
        case StarChange(papers=papers, starred=starred):
            return recorder.set_state(papers, {"starred": int(starred)})
        case PriorityChange(papers=papers, priority=priority):
            return recorder.set_state(papers, {"priority": priority})
        case PriorityStep(papers=papers, steps=steps):
            return _step_priority(connection, recorder, papers, steps)
        case TrashChange(papers=papers, trashed=trashed):
            return _trash(connection, recorder, papers, trashed=trashed)
        case TagChange():
            return _retag(connection, recorder, change)
        case CitekeyChange(paper=paper, citekey=citekey):
            return _rename(connection, recorder, paper, citekey)
        case MetadataChange():
            return edit(connection, recorder, change, recorder.at)
        case RemoveSamples():
            return _remove_samples(connection, recorder)


def _regrouped(
    connection: sqlite3.Connection,
    recorder: Recorder,
    change: Regrouping,
) -> Sequence[int]:
    """What is one work and what are two."""
    from reader.library import joining  # noqa: PLC0415 - what only imports and this need

    match change:
        case MergeChange():
            return joining.join(connection, recorder, change)
        case SplitChange():
            return joining.part(connection, recorder, change)
        case ApartChange():
            return joining.keep_apart(connection, recorder, change)


def _retag(connection: sqlite3.Connection, recorder: Recorder, change: TagChange) -> Sequence[int]:
    """Removed first, then added; without papers no tag is made."""
    papers = change.papers
    if not papers:
        return []
    removed = change_tags(connection, recorder, papers, change.remove, add=False)
    added = change_tags(connection, recorder, papers, change.add, add=True)
    return [paper for paper in papers if paper in removed | added]


def _step_priority(
    connection: sqlite3.Connection, recorder: Recorder, papers: tuple[int, ...], steps: int
) -> list[int]:
    """Each from where it stands; those that stand at the end stay."""
    query = "SELECT priority FROM papers WHERE id = ?"
    rows = ((paper, connection.execute(query, (paper,)).fetchone()) for paper in papers)
    standing = {paper: row[0] for paper, row in rows if row is not None}
    changed: list[int] = []
    for priority in Priority:
        target = max(min(priority + steps, max(Priority)), min(Priority))
        here = [paper for paper, stands in standing.items() if stands == priority]
        changed += recorder.set_state(here, {"priority": target})
    return changed


def _trash(
    connection: sqlite3.Connection, recorder: Recorder, papers: tuple[int, ...], *, trashed: bool
) -> list[int]:
    """Those that are not there yet, or are."""
    state = "IS NULL" if trashed else "IS NOT NULL"
    query = f"SELECT id FROM papers WHERE id = ? AND trashed {state}"  # noqa: S608 - our own words
    found = [one for one in papers if connection.execute(query, (one,)).fetchone()]
    return recorder.set_state(found, {"trashed": recorder.at if trashed else None})


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
        return count_papers(len(papers))
    row = connection.execute("SELECT title FROM papers WHERE id = ?", (papers[0],)).fetchone()
    title: str = row[0] if row else ""
    short = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rstrip() + "…"
    return f"“{short}”"


def count_papers(number: int) -> str:
    """A number of papers in words."""
    return "1 paper" if number == 1 else f"{number:,} papers"
