"""The main screen: sidebar, list and abstract; it owns the state and speaks with the library."""

import asyncio
import dataclasses
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from reader.config import Settings
from reader.library.library import Library
from reader.model.paper import Paper, PaperRow
from reader.model.query.views import tag_view
from reader.session import Place
from reader.tui.actions import Scope
from reader.tui.keys import KeyReader
from reader.tui.screens.copying import Copying
from reader.tui.screens.deciding import Deciding, History
from reader.tui.screens.finding import Finding
from reader.tui.screens.moving import Moving, Panes, Reading
from reader.tui.screens.program import Program
from reader.tui.screens.showing import Showing
from reader.tui.screens.telling import Telling
from reader.tui.screens.viewing import Viewing
from reader.tui.start import Begin
from reader.tui.themes import Palette
from reader.tui.widgets.abstract_pane import AbstractPane
from reader.tui.widgets.bars import Bar, Footer
from reader.tui.widgets.pane import KeyPressed, Pane, key_name
from reader.tui.widgets.paper_list import PaperList
from reader.tui.widgets.prompt import Prompt, PromptInput
from reader.tui.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.tui.screens.dialogs import Dialog

SEEN_AFTER = 1.5
"""Seconds that an abstract must be on screen before its paper counts as seen."""

TOGETHER = 0.04
"""Seconds between keys under which the abstract waits for the last of them."""

_WATCH = 1.0


class LibraryScreen(Screen[None]):
    """The main screen. Its actions live in action sets, by the first part of their ids."""

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

    def __init__(
        self,
        library: Library,
        palette: Palette,
        place: Place,
        settings: Settings | None = None,
        begin: Begin | None = None,
    ) -> None:
        super().__init__(id="library")
        self.library = library
        self.palette = palette
        self.place = place
        self.settings, self._first = settings or Settings(), begin or Begin()
        self.today = dt.datetime.now(dt.UTC).astimezone().date()
        self.keys = KeyReader()
        self.showing = Showing(self)
        self.telling = Telling(self)
        self.finding = Finding(self)
        self.viewing, self.program = Viewing(self), Program(self)
        self.deciding = Deciding(self)
        self.action_sets = {
            "move": Moving(self), "pane": Panes(self), "text": Reading(self),
            "paper": self.deciding, "history": History(self), "find": self.finding,
            "view": self.viewing, "copy": Copying(self), "app": self.program,
        }  # fmt: skip
        self._moved_at = 0.0
        self._preview: Timer | None = None
        self._seen: Timer | None = None
        self.pending: Counter[int] = Counter()
        self.dialog: Dialog[Any] | None = None

    def compose(self) -> ComposeResult:
        """Bars around the three panes."""
        yield Bar(self.palette, id="top")
        with Container(id="panes"):
            yield Sidebar(self.palette)
            with Container(id="list"):
                yield Bar(self.palette, id="list-title")
                yield PaperList(self.palette, self.today)
            yield AbstractPane(self.palette, self.today, self.settings.ui_measure)
        yield Bar(self.palette, id="status")
        yield Prompt()
        yield Footer(self.palette)
        yield Bar(self.palette, id="too-small")

    def on_mount(self) -> None:
        """Show where one was."""
        self.prompt.hide()
        self.papers.focus()
        self.start("rows", self._begin)
        self.set_interval(_WATCH, self._watch)
        self.library.visit()

    async def _begin(self) -> None:
        await self.library.changed_elsewhere()  # what is shown from here on is known
        await self.showing.refresh_summary()
        shown = self.finding.beginning(self.place, self._first)
        await self.showing.load(shown, self.place.paper, above=self.place.above)
        around = await self.library.troubles()
        if unknown := getattr(self.app, "unknown_theme", ""):
            around.insert(0, f"no theme is called {unknown}: `reader themes` lists them")
        self.telling.troubles(around)

    # -- papers ----------------------------------------------------------------------------

    def with_paper(self, then: Callable[[Paper], None]) -> None:
        """Do something with the paper under the cursor, at once when its abstract is on screen."""
        row, shown = self.papers.row, self.abstract.paper
        if row is None:
            self.telling.refuse("there is no paper here")
        elif shown is not None and shown.row.id == row.id:
            then(shown)
        else:
            self.start("paper", self._fetch_paper, row.id, then)

    async def _fetch_paper(self, paper: int, then: Callable[[Paper], None]) -> None:
        if found := await self.library.paper(paper):
            then(found)

    @on(PaperList.RowsNeeded)
    def _fetch_rows(self, event: PaperList.RowsNeeded) -> None:
        self.start("window", self._fetch, event.ids)

    async def _fetch(self, ids: Sequence[int]) -> None:
        rows = await self.library.rows(ids)
        # What is being changed is shown as it will be.
        self.showing.patch([row for row in rows if row.id not in self.pending])

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
            self.showing.patch([dataclasses.replace(row, seen=True)])
            self.change(_landed, self.library.mark_seen(row.id))

    # -- keys ------------------------------------------------------------------------------

    @property
    def scope(self) -> Scope:
        """The pane that has the focus."""
        if self.sidebar.has_focus:
            return Scope.SIDEBAR
        return Scope.TEXT if self.abstract.has_focus else Scope.LIST

    @on(KeyPressed)
    def _key_pressed(self, event: KeyPressed) -> None:
        if self.dialog is not None:
            self.dialog.take(event.key)
            return
        if self.prompt.mode:
            command, text = self.prompt.take(event.key)
            self.finding.commanded(command, text)
            return
        pressed = self.keys.press(event.key, self.scope)
        self.telling.clear_error()
        if pressed.action is not None:
            self.run(pressed.action.id, pressed.count)
        self.telling.footer()

    def on_key(self, event: events.Key) -> None:
        """A key that no pane took: one that had the focus was hidden by a tiny terminal."""
        if self.focused is None:
            (self.query_one(PromptInput) if self.prompt.mode else self.papers).focus()
            self.post_message(KeyPressed(key_name(event)))

    def run(self, action: str, count: int | None = None) -> None:
        """Run an action by its id."""
        name, _, method = action.partition(".")
        handler: Callable[[int | None], None] = getattr(self.action_sets[name], method)
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
        self.viewing.go(event.view)

    @on(AbstractPane.TagClicked)
    def _tag_clicked(self, event: AbstractPane.TagClicked) -> None:
        self.viewing.go(tag_view(event.name))

    @on(PromptInput.Changed)
    def _prompt_typed(self, event: PromptInput.Changed) -> None:
        self.finding.typed(event.value)

    @on(PromptInput.Commanded)
    def _prompt_commanded(self, event: PromptInput.Commanded) -> None:
        self.finding.commanded(event.command, event.text)

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus; where only one pane fits, show that one."""
        hidden = not pane.display
        self._show_pane(pane)
        if hidden:
            self.call_after_refresh(pane.focus)
        else:
            pane.focus()

    def _show_pane(self, pane: Widget | None) -> None:
        self.set_class(pane is self.abstract, "-at-abstract")
        self.set_class(pane is self.sidebar, "-at-sidebar")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The footer tells the keys of the pane that has the focus."""
        if isinstance(event.widget, Pane):
            self.keys.clear()
        self.telling.footer()

    # -- layout ----------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """One-line rows where there is no room for more."""
        width, height = event.size
        self.papers.compact = width < 96 or height < 18  # noqa: PLR2004 - the breakpoints above
        self.set_class(width < 40 or height < 10, "-too-small")  # noqa: PLR2004 - the smallest size
        self._show_pane(self.focused)
        self.call_after_refresh(self.telling.everything)

    # -- work ------------------------------------------------------------------------------

    def start(
        self, group: str, work: Callable[..., Coroutine[Any, Any, Any]], *values: object
    ) -> None:
        """Run something that reads, without waiting for it: the latest of a group counts."""
        self.run_worker(partial(work, *values), group=group, exclusive=True, exit_on_error=False)

    def change(self, work: Callable[..., Coroutine[Any, Any, Any]], *values: object) -> None:
        """Run something that changes the library, without waiting for it: each is done."""
        self.run_worker(partial(work, *values), group="changes", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong; bugs are not hidden."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.telling.failure(event.worker.error)

    def _watch(self) -> None:
        self.start("watch", self.showing.look_around)

    def current_place(self) -> Place:
        """Where one is, to come back to; where one was, as long as nothing is shown yet."""
        if not self.showing.known_papers and not self.papers.ids:
            return self.place
        row, papers = self.papers.row, self.papers
        above = papers.cursor * papers.height_of_row - papers.scroll_offset.y
        return self.finding.place(row.id if row else 0, max(0, above))


async def _landed(change: Future[None]) -> None:
    await asyncio.wrap_future(change)
