"""The main screen: sidebar, list and abstract; it owns the state and speaks with the library."""

import dataclasses
import datetime as dt
import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from reader.library.library import Library, Summary
from reader.model.paper import PaperRow
from reader.model.query import Query
from reader.session import Place
from reader.tui.actions import Scope
from reader.tui.keys import KeyReader
from reader.tui.screens.copying import Copying
from reader.tui.screens.deciding import Deciding, History
from reader.tui.screens.finding import Finding, Viewing
from reader.tui.screens.moving import Moving, Panes, Reading
from reader.tui.screens.program import Program
from reader.tui.screens.telling import Telling
from reader.tui.themes import Palette
from reader.tui.widgets.abstract_pane import AbstractPane
from reader.tui.widgets.bars import Bar, Footer
from reader.tui.widgets.pane import KeyPressed, Pane
from reader.tui.widgets.paper_list import WINDOW, PaperList
from reader.tui.widgets.prompt import Prompt, PromptInput
from reader.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from array import array

    from textual.timer import Timer

SEEN_AFTER = 1.5
"""Seconds that an abstract must be on screen before its paper counts as seen."""

TOGETHER = 0.04
"""Seconds between keys under which the abstract waits for the last of them."""

LARGE = 5_000
"""Papers from which on the first rows are shown before the whole list is known."""

CHANGES = "changes"
"""The group of the workers that change the library."""

_WATCH = 1.0


class LibraryScreen(Screen[None]):
    """The main screen. Its actions live in helpers, by the first part of their ids."""

    AUTO_FOCUS = None
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it for instances
        (0, "-single"), (72, "-stacked"), (96, "-split"), (120, "-triple"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall")]  # noqa: RUF012 - likewise

    papers = getters.query_one(PaperList)
    abstract = getters.query_one(AbstractPane)
    sidebar = getters.query_one(Sidebar)
    prompt = getters.query_one(Prompt)
    footer = getters.query_one(Footer)

    def __init__(self, library: Library, palette: Palette, place: Place) -> None:
        super().__init__(id="library")
        self.library = library
        self.palette = palette
        self.place = place
        self.today = dt.datetime.now(dt.UTC).astimezone().date()
        self.shown_query = Query()
        self.summary = Summary({}, (), only_samples=False)
        self.keys = KeyReader()
        self.telling = Telling(self)
        self.finding = Finding(self)
        self.helpers = {
            "move": Moving(self), "pane": Panes(self), "text": Reading(self),
            "paper": Deciding(self), "history": History(self), "find": self.finding,
            "view": Viewing(self), "copy": Copying(self), "app": Program(self),
        }  # fmt: skip
        self._moved_at = 0.0
        self._preview: Timer | None = None
        self._seen: Timer | None = None
        self._known_papers = 0

    def compose(self) -> ComposeResult:
        """Bars around the three panes."""
        yield Bar(self.palette, id="top")
        yield Prompt()
        with Container(id="panes"):
            yield Sidebar(self.palette)
            with Container(id="list"):
                yield Bar(self.palette, id="list-title")
                yield PaperList(self.palette, self.today)
            yield AbstractPane(self.palette, self.today)
        yield Bar(self.palette, id="status")
        yield Footer(self.palette)
        yield Bar(self.palette, id="too-small")

    def on_mount(self) -> None:
        """Show where one was."""
        self.prompt.hide()
        self.papers.focus()
        query = self.finding.query_of_place(self.place)
        self.start("rows", self._begin, query)
        self.set_interval(_WATCH, self._watch)

    async def _begin(self, query: Query) -> None:
        self.summary = await self.library.summary()
        self._known_papers = self.summary.counts["all"]
        await self.load(query, self.place.paper, above=self.place.above)

    # -- showing papers --------------------------------------------------------------------

    def show(self, query: Query, paper: int = 0) -> None:
        """Show the papers of another query, with the cursor on a paper if it is among them."""
        self.start("rows", self.load, query, paper)

    async def load(self, query: Query, paper: int = 0, *, above: int | None = None) -> None:
        """Fetch and show the papers of a query; a later one takes its place at any time."""
        self.shown_query = query
        if self.summary.counts.get("all", 0) > LARGE and not query.ranked and not paper:
            first = await self.library.first_matching(query, WINDOW)
            self._shown(first, await self.library.rows(first), 0, above)
            whole = await self.library.matching(query)
            if whole is not None:
                self.papers.extend(whole)
                self.telling.title()
            return
        ids = await self.library.matching(query)
        if ids is not None:
            cursor = ids.index(paper) if paper in ids else 0
            near = ids[max(0, cursor - WINDOW // 2) : cursor + WINDOW // 2]
            self._shown(ids, await self.library.rows(near), cursor, above)

    def _shown(
        self, ids: "array[int]", rows: Sequence[PaperRow], cursor: int, above: int | None
    ) -> None:
        self.papers.set_settled(frozenset())
        self.papers.show(ids, rows, cursor)
        if above is not None:
            top = cursor * self.papers.height_of_row - above
            self.papers.scroll_to(y=top, animate=False, immediate=True)
            self.papers.keep_cursor_visible()
        self.telling.everything()

    async def refresh_summary(self) -> None:
        """Fetch the counts and tags and show them."""
        self.summary = await self.library.summary()
        self.telling.everything()

    async def refresh_rows(self, papers: Sequence[int]) -> None:
        """Fetch rows that changed and show them where they are; dim those that left the view."""
        rows = await self.library.rows(papers)
        self.patch(rows)
        shown = self.abstract.paper
        if shown is not None and shown.row.id in papers:
            self.preview_now()

    def patch(self, rows: Sequence[PaperRow]) -> None:
        """Show rows as they are now."""
        self.papers.add_rows(rows)
        out = {row.id for row in rows if not self.shown_query.holds(row)}
        back = {row.id for row in rows} - out
        self.papers.set_settled((self.papers.settled | out) - back)
        shown = self.abstract.paper
        for row in rows:
            if shown is not None and shown.row.id == row.id:
                self.abstract.show(dataclasses.replace(shown, row=row))

    @on(PaperList.RowsNeeded)
    def _fetch_rows(self, event: PaperList.RowsNeeded) -> None:
        self.start("window", self._fetch, event.ids)

    async def _fetch(self, ids: Sequence[int]) -> None:
        self.papers.add_rows(await self.library.rows(ids))

    # -- the abstract follows the cursor ---------------------------------------------------

    @on(PaperList.Highlighted)
    def _highlighted(self, event: PaperList.Highlighted) -> None:
        moved, self._moved_at = self._moved_at, time.monotonic()
        self.telling.position()
        if self._seen is not None:
            self._seen.stop()
        if self._preview is not None:
            self._preview.stop()
        if event.row is None:
            self.abstract.show(None)
        elif self._moved_at - moved < TOGETHER:
            self._preview = self.set_timer(TOGETHER, self.preview_now)
        else:
            self.preview_now()

    def preview_now(self) -> None:
        """Show the abstract of the paper under the cursor."""
        row = self.papers.row
        if row is not None:
            self.start("preview", self._show_paper, row.id)

    async def _show_paper(self, paper: int) -> None:
        found = await self.library.paper(paper)
        row = self.papers.row
        if row is None or row.id != paper:
            return
        self.abstract.show(found and dataclasses.replace(found, row=row))
        if found is not None and not row.seen:
            self._seen = self.set_timer(SEEN_AFTER, lambda: self._mark_seen(row))

    def _mark_seen(self, row: PaperRow) -> None:
        if self.papers.row == row and self.abstract.display:
            self.patch([dataclasses.replace(row, seen=True)])
            self.start("changes", self.library.mark_seen, row.id)

    # -- keys ------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """The pane that has the focus."""
        if self.sidebar.has_focus:
            return Scope.SIDEBAR
        return Scope.TEXT if self.abstract.has_focus else Scope.LIST

    @on(KeyPressed)
    def _key_pressed(self, event: KeyPressed) -> None:
        pressed = self.keys.press(event.key, self.scope)
        self.telling.clear_error()
        if pressed.action is not None:
            self.run(pressed.action.id, pressed.count)
        self.telling.footer()

    def run(self, action: str, count: int | None = None) -> None:
        """Run an action by its id."""
        helper, _, method = action.partition(".")
        handler: Callable[[int | None], None] = getattr(self.helpers[helper], method)
        handler(count)

    @on(AbstractPane.ControlClicked)
    @on(Footer.HintClicked)
    def _clicked(self, event: AbstractPane.ControlClicked | Footer.HintClicked) -> None:
        self.run(event.action)

    @on(PaperList.Opened)
    def _opened(self) -> None:
        self.run("pane.deeper")

    @on(Sidebar.Chosen)
    def _chosen(self, event: Sidebar.Chosen) -> None:
        self.show(event.query)
        self.remove_class("-drawer")
        self.go_to(self.papers)

    @on(PromptInput.Changed)
    def _prompt_typed(self, event: PromptInput.Changed) -> None:
        self.finding.typed(event.value)

    @on(PromptInput.Commanded)
    def _prompt_commanded(self, event: PromptInput.Commanded) -> None:
        self.finding.commanded(event.command, event.text)

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus; where only one pane fits, show that one."""
        self.set_class(pane is self.abstract, "-at-abstract")
        self.set_class(pane is self.sidebar, "-at-sidebar")
        pane.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The footer tells the keys of the pane that has the focus."""
        if isinstance(event.widget, Pane):
            self.keys.clear()
            self.set_class(event.widget is self.abstract, "-at-abstract")
            self.set_class(event.widget is self.sidebar, "-at-sidebar")
        self.telling.footer()

    # -- layout ----------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """One-line rows where there is no room for more."""
        width, height = event.size
        self.papers.compact = width < 96 or height < 18  # noqa: PLR2004 - the breakpoints above
        self.set_class(width < 40 or height < 10, "-too-small")  # noqa: PLR2004 - the smallest size
        self.call_after_refresh(self.telling.everything)

    # -- work ------------------------------------------------------------------------------

    def start(
        self, group: str, work: Callable[..., Coroutine[Any, Any, Any]], *values: object
    ) -> None:
        """Run something that waits for the library, without waiting for it here.

        Reads are exclusive in their group: the latest takes the place of the others. Changes are
        not: each is made.
        """
        self.run_worker(
            partial(work, *values), group=group, exclusive=group != CHANGES, exit_on_error=False
        )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong; bugs are not hidden."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.telling.failure(event.worker.error)

    async def _watch(self) -> None:
        """Notice what other programs changed in the library."""
        self.start("watch", self._look_around)

    async def _look_around(self) -> None:
        if not await self.library.changed_elsewhere():
            return
        await self.refresh_summary()
        self.papers.forget()
        arrived = self.summary.counts["all"] - self._known_papers
        self._known_papers = self.summary.counts["all"]
        if arrived > 0:
            self.telling.say(f"{arrived:,} new · ctrl+l shows them")

    def current_place(self) -> Place:
        """Where one is, to come back to."""
        row, papers = self.papers.row, self.papers
        above = papers.cursor * papers.height_of_row - papers.scroll_offset.y
        return self.finding.place(row.id if row else 0, max(0, above))
