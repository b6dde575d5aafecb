"""Deciding: star, status, tags; and taking it back."""

import dataclasses
from collections.abc import Sequence
from functools import partial

from reader.model.change import Change, Outcome, StarChange, StatusChange, TagChange
from reader.model.paper import PaperRow, Status
from reader.model.query import View
from reader.tui.opening import open_url, safe_url, title_search
from reader.tui.screens.helper import Helper
from reader.tui.screens.moving import unread_after


class Deciding(Helper):
    """Actions `paper.*`: on the paper under the cursor, with a count on so many from there."""

    def _chosen(self, count: int | None) -> tuple[int, ...]:
        papers = self.screen.papers
        chosen = tuple(papers.ids[papers.cursor : papers.cursor + (count or 1)])
        if not chosen:
            self.screen.telling.refuse("there is no paper here")
        return chosen

    def _rows(self, ids: Sequence[int]) -> list[PaperRow]:
        papers = self.screen.papers
        rows = (papers.row_at(papers.cursor + place) for place in range(len(ids)))
        return [row for row in rows if row is not None]

    # -- status ----------------------------------------------------------------------------

    def later(self, count: int | None) -> None:
        """To be read later."""
        self._set(Status.LATER, count)

    def reading(self, count: int | None) -> None:
        """In progress."""
        self._set(Status.READING, count)

    def read(self, count: int | None) -> None:
        """Read."""
        self._set(Status.READ, count)

    def skip(self, count: int | None) -> None:
        """Not for me."""
        self._set(Status.SKIPPED, count)

    def unread(self, count: int | None) -> None:
        """Back to the inbox; the cursor stays."""
        self._set(Status.UNREAD, count, advance=False)

    def _set(self, status: Status, count: int | None, *, advance: bool = True) -> None:
        ids = self._chosen(count)
        if not ids:
            return
        rows = self._rows(ids)
        if len(rows) == len(ids) and all(row.status is status for row in rows):
            self.screen.telling.say(f"already {status.word}")
        else:
            patched = [dataclasses.replace(row, status=status) for row in rows]
            self.change(StatusChange(ids, status), patched)
        if advance:
            self._advance(len(ids))

    def _advance(self, count: int) -> None:
        """Move on after a decision: to the next unread where only those are, else one down."""
        papers = self.screen.papers
        last = papers.cursor + count - 1
        if self.screen.shown_query.view is View.INBOX and not self.screen.shown_query.tag:
            target = unread_after(self, last)
            papers.move(last if target is None else target)
        else:
            papers.move(last + 1)

    # -- star and tags ---------------------------------------------------------------------

    def star(self, count: int | None) -> None:
        """Star all; when all have one, take them away."""
        ids = self._chosen(count)
        rows = self._rows(ids)
        if rows:
            starred = not all(row.starred for row in rows)
            patched = [dataclasses.replace(row, starred=starred) for row in rows]
            self.change(StarChange(ids, starred), patched)

    def tag(self, count: int | None) -> None:
        """Open the tag palette."""
        ids = self._chosen(count)
        rows = self._rows(ids)
        if not rows:
            return
        from reader.tui.screens.dialogs import TagPalette  # noqa: PLC0415 - not before it is wanted

        palette = TagPalette(self.screen.palette, rows, self.screen.summary.tags)

        def chosen(change: TagChange | None) -> None:
            if change is not None:
                self.change(change, [_retagged(row, change) for row in rows])

        self.screen.app.push_screen(palette, chosen)

    # -- open ------------------------------------------------------------------------------

    def open(self, _count: int | None) -> None:
        """Open the paper's page in the browser."""
        paper, telling = self.screen.abstract.paper, self.screen.telling
        if paper is None:
            telling.refuse("there is no paper here")
            return
        known = next(filter(safe_url, paper.urls), "")
        url = known or title_search(paper.row.title)
        if not open_url(url):
            self.screen.app.copy_to_clipboard(url)
            telling.refuse(f"no browser found; copied {url}")
        elif known:
            telling.say(f"opening {url}")
        else:
            telling.say("no link known: looking for the title on arXiv")

    # -- the change itself -----------------------------------------------------------------

    def change(self, change: Change, patched: Sequence[PaperRow] = ()) -> None:
        """Make a change: shown at once, written behind."""
        self.screen.patch(patched)
        self.screen.start("changes", self._write, change)

    async def _write(self, change: Change) -> None:
        screen = self.screen
        try:
            outcome = await screen.library.apply(change)
        except Exception:
            await screen.refresh_rows(getattr(change, "papers", ()))
            raise
        if outcome.group is None:
            screen.telling.say("nothing to change")
        else:
            screen.telling.say(outcome.group.summary, "u undoes")
        await screen.refresh_summary()


def _retagged(row: PaperRow, change: TagChange) -> PaperRow:
    tags = (set(row.tags) - set(change.remove)) | set(change.add)
    return dataclasses.replace(row, tags=tuple(sorted(tags)))


class History(Helper):
    """Actions `history.*`."""

    def undo(self, count: int | None) -> None:
        """Undo the last changes."""
        self.screen.start("changes", partial(self._walk, count or 1, back=True))

    def redo(self, count: int | None) -> None:
        """Redo what was undone."""
        self.screen.start("changes", partial(self._walk, count or 1, back=False))

    async def _walk(self, count: int, *, back: bool) -> None:
        library = self.screen.library
        for _ in range(count):
            outcome = await (library.undo() if back else library.redo())
            if outcome.group is None:
                self.screen.telling.refuse("nothing to undo" if back else "nothing to redo")
                return
            verb, opposite = ("undid", "ctrl+r redoes") if back else ("redid", "u undoes")
            self.screen.telling.say(f"{verb}: {outcome.group.summary}", opposite)
            await self._show(outcome)

    async def _show(self, outcome: Outcome) -> None:
        """Show what changed; where papers came or went, the whole view."""
        screen = self.screen
        rows = await screen.library.rows(outcome.papers)
        await screen.refresh_summary()
        listed = set(screen.papers.ids)
        came = any(row.id not in listed and screen.shown_query.holds(row) for row in rows)
        if len(rows) < len(outcome.papers) or (came and not screen.shown_query.terms):
            current = screen.papers.row
            await screen.load(screen.shown_query, current.id if current else 0)
            return
        await screen.refresh_rows(outcome.papers)
        if outcome.papers and outcome.papers[0] in listed:
            screen.papers.show_index(screen.papers.index_of(outcome.papers[0]))
