"""Deciding: star, status, tags; and taking it back."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial

from textual.app import SuspendNotSupported

from reader.errors import ReaderError
from reader.model.change import (
    Change,
    MetadataChange,
    Outcome,
    StarChange,
    StatusChange,
    TagChange,
    TrashChange,
)
from reader.model.paper import Paper, PaperRow, Status
from reader.tui.actions import key_of
from reader.tui.opening import open_url, safe_url, title_search
from reader.tui.screens.action_set import ActionSet
from reader.tui.tagging import parse_several


class Deciding(ActionSet):
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

    def _with_rows(self, ids: Sequence[int], then: Callable[[list[PaperRow]], None]) -> None:
        """Do something with the rows of papers: at once when they are here, else when they are."""
        rows = self._rows(ids)
        if len(rows) == len(ids):
            then(rows)
        else:
            self.screen.change(self._fetch_rows, ids, then)

    async def _fetch_rows(self, ids: Sequence[int], then: Callable[[list[PaperRow]], None]) -> None:
        then(await self.screen.library.rows(ids))

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
        if self.screen.showing.shown.only_unread:
            target = papers.next_unread(last)
            papers.move(last if target is None else target)
        else:
            papers.move(last + 1)

    # -- data ------------------------------------------------------------------------------

    def edit(self, _count: int | None) -> None:
        """Show and change the paper's data."""
        self.screen.with_paper(self._edit)

    def _edit(self, paper: Paper) -> None:
        from reader.tui.screens.metadata import InEditor, Metadata  # noqa: PLC0415 - not before

        def answered(answer: MetadataChange | InEditor) -> None:
            if isinstance(answer, InEditor):
                self._edit_outside(answer.paper)
            else:
                self._change_data(answer)

        self.open_dialog(Metadata(self.screen.palette, paper), answered)

    def _edit_outside(self, paper: Paper) -> None:
        """The whole form in the user's editor, which has the terminal meanwhile."""
        from reader.forms import ask_changes  # noqa: PLC0415 - tomlkit, only for this

        telling = self.screen.telling
        try:
            with self.screen.app.suspend():
                wanted = ask_changes(paper)
            if wanted:
                self._change_data(MetadataChange(paper.row.id, tuple(wanted.items())))
        except SuspendNotSupported:
            telling.refuse(f"no terminal for an editor: `reader edit {paper.row.citekey}`")
        except ReaderError as problem:
            telling.refuse(str(problem))

    def _change_data(self, change: MetadataChange) -> None:
        self.screen.change(self._data_changed, self.screen.library.apply(change), change.paper)

    async def _data_changed(self, change: Future[Outcome], paper: int) -> None:
        await self._written(change, (paper,))
        self.screen.preview_now()

    # -- trash -----------------------------------------------------------------------------

    def trash(self, count: int | None) -> None:
        """Into the trash."""
        self._throw(count, trashed=True)

    def untrash(self, count: int | None) -> None:
        """Out of the trash."""
        self._throw(count, trashed=False)

    def _throw(self, count: int | None, *, trashed: bool) -> None:
        ids = self._chosen(count)
        if ids:
            patched = [dataclasses.replace(row, trashed=trashed) for row in self._rows(ids)]
            self.change(TrashChange(ids, trashed), patched)
            self._advance(len(ids))

    # -- star and tags ---------------------------------------------------------------------

    def star(self, count: int | None) -> None:
        """Star all; when all have one, take them away."""
        ids = self._chosen(count)
        if ids:
            self._with_rows(ids, self._star)

    def _star(self, rows: list[PaperRow]) -> None:
        starred = not all(row.starred for row in rows)
        patched = [dataclasses.replace(row, starred=starred) for row in rows]
        self.change(StarChange(tuple(row.id for row in rows), starred), patched)

    def tag(self, count: int | None) -> None:
        """Open the tag palette."""
        ids = self._chosen(count)
        if ids:
            self._with_rows(ids, self._open_palette)

    def _open_palette(self, rows: list[PaperRow]) -> None:
        from reader.tui.screens.dialogs import TagPalette  # noqa: PLC0415 - not before it is wanted

        palette = TagPalette(self.screen.palette, rows, self.screen.showing.summary.tags)

        self.open_dialog(
            palette, lambda change: self.change(change, [_retagged(row, change) for row in rows])
        )

    def tag_with(self, text: str) -> None:
        """Add and remove tags by name: `+a -b`.

        Raises:
            TagNameError: One of the names is none.
        """
        ids = self._chosen(None)
        change = parse_several(text.replace(" +", ","), ids)
        self._with_rows(ids, lambda rows: self.change(change, [_retagged(r, change) for r in rows]))

    # -- open ------------------------------------------------------------------------------

    def open(self, _count: int | None) -> None:
        """Open the paper's page in the browser."""
        self.screen.with_paper(self._open)

    def _open(self, paper: Paper) -> None:
        telling = self.screen.telling
        known = next(filter(safe_url, paper.urls), "")
        url = known or title_search(paper.row.title)
        if not open_url(url, self.screen.settings.open_browser):
            self.screen.app.copy_to_clipboard(url)
            telling.refuse(f"no browser found; copied {url}")
        elif known:
            telling.say(f"opening {url}")
        else:
            telling.say("no link known: looking for the title on arXiv")

    # -- the change itself -----------------------------------------------------------------

    def change(self, change: Change, patched: Sequence[PaperRow] = ()) -> None:
        """Make a change: shown at once, written behind."""
        papers = getattr(change, "papers", ())
        self.screen.pending.update(papers)
        self.screen.showing.patch(patched)
        self.screen.change(self._written, self.screen.library.apply(change), papers)

    async def _written(self, change: Future[Outcome], papers: tuple[int, ...]) -> None:
        screen = self.screen
        try:
            outcome = await asyncio.wrap_future(change)
        finally:
            screen.pending.subtract(papers)
            screen.pending += Counter()
            await screen.showing.refresh_rows([one for one in papers if one not in screen.pending])
        if outcome.group is None:
            screen.telling.say("nothing to change")
        else:
            screen.telling.say(outcome.group.summary, f"{key_of('history.undo')} undoes")
        await screen.showing.refresh_summary()


def _retagged(row: PaperRow, change: TagChange) -> PaperRow:
    tags = (set(row.tags) - set(change.remove)) | set(change.add)
    return dataclasses.replace(row, tags=tuple(sorted(tags)))


_MANY = 200
"""Papers of one change from which on the view is shown afresh rather than row by row."""


class History(ActionSet):
    """Actions `history.*`."""

    def undo(self, count: int | None) -> None:
        """Undo the last changes."""
        walked = self.screen.library.undo(count or 1)
        self.screen.change(partial(self._walked, walked, back=True))

    def redo(self, count: int | None) -> None:
        """Redo what was undone."""
        walked = self.screen.library.redo(count or 1)
        self.screen.change(partial(self._walked, walked, back=False))

    async def _walked(self, outcomes: Future[list[Outcome]], *, back: bool) -> None:
        opposite = "history.redo" if back else "history.undo"
        for outcome in await asyncio.wrap_future(outcomes):
            if outcome.group is None:
                self.screen.telling.refuse("nothing to undo" if back else "nothing to redo")
                return
            verb, then = ("undid", "redoes") if back else ("redid", "undoes")
            self.screen.telling.say(
                f"{verb}: {outcome.group.summary}", f"{key_of(opposite)} {then}"
            )
            await self._show(outcome)

    async def _show(self, outcome: Outcome) -> None:
        """Show what changed; where papers came or went, or many changed, the whole view."""
        screen, papers = self.screen, self.screen.papers
        await screen.showing.refresh_summary()
        few = outcome.papers[:_MANY]
        rows = await screen.library.rows(few)
        gone = len(rows) < len(few)
        shown = screen.showing.shown
        came = any(shown.holds(row) and row.id not in papers.ids for row in rows)
        if gone or len(outcome.papers) > _MANY or (came and not shown.words):
            screen.finding.forget()
            current = papers.row
            screen.showing.show(screen.showing.shown, current.id if current else 0)
            return
        screen.showing.patch(rows)
        if rows and rows[0].id in papers.ids:
            papers.show_index(papers.index_of(rows[0].id))
