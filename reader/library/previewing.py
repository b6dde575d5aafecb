"""What an import would do: the papers that would come and those that would change, in words."""

import sqlite3
from dataclasses import dataclass, field

from reader.frozen import frozen
from reader.library.papers import get_paper
from reader.model.differing import FieldChange, differences
from reader.model.paper import Paper

MOST_SHOWN = 5_000
"""Papers that a preview tells one by one; all are counted."""


@frozen
class PreviewedPaper:
    """One paper of a preview.

    Attributes:
        changes: What would change in a paper that is there; empty for a new one.
    """

    citekey: str
    title: str
    byline: str
    changes: tuple[FieldChange, ...] = ()


@dataclass(slots=True)
class Preview:
    """What an import would do.

    Attributes:
        new, merged: The papers that would come and those that would change, up to `MOST_SHOWN`.
        unsure: Pairs of citekeys that may be one paper, kept apart.
    """

    new: list[PreviewedPaper] = field(default_factory=list)
    merged: list[PreviewedPaper] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)

    def before(self, connection: sqlite3.Connection, paper: int | None) -> Paper | None:
        """A paper as it is before a draft is taken in."""
        if paper is None or len(self.merged) >= MOST_SHOWN:
            return None
        return get_paper(connection, paper)

    def note(self, connection: sqlite3.Connection, before: Paper | None, paper: int) -> None:
        """Note what a draft came to."""
        if before is None and len(self.new) >= MOST_SHOWN:
            return
        after = get_paper(connection, paper)
        if after is None:
            return
        row = after.row
        if before is None:
            self.new.append(PreviewedPaper(row.citekey, row.title, row.byline))
        else:
            changes = differences(before, after)
            self.merged.append(PreviewedPaper(row.citekey, row.title, row.byline, changes))
