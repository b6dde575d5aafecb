"""The main screen: sidebar, list and abstract; it owns the state and speaks with the library."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from reader import first_frame
from reader.library.library import Library
from reader.model.query.views import tag_view
from reader.session import Place
from reader.tui._workarounds import after_refresh, compose_frugally
from reader.tui.action_table import BY_ID
from reader.tui.actions import Action, Scope
from reader.tui.keymap import Keymap
from reader.tui.keys import KeyReader
from reader.tui.screens.adding import Adding
from reader.tui.screens.citing import Citing
from reader.tui.screens.commanding import Commanding
from reader.tui.screens.copying import Copying
from reader.tui.screens.deciding import Deciding
from reader.tui.screens.describing import Describing
from reader.tui.screens.finding import Finding
from reader.tui.screens.following import Following
from reader.tui.screens.leaving import Leaving
from reader.tui.screens.linking import Linking
from reader.tui.screens.looking import Looking
from reader.tui.screens.moving import Moving
from reader.tui.screens.previewing import Previewing
from reader.tui.screens.program import Program
from reader.tui.screens.purpose import Purpose, Question
from reader.tui.screens.reading import Panes, Reading
from reader.tui.screens.regrouping import Grouping
from reader.tui.screens.selecting import Selecting
from reader.tui.screens.shelling import Shelling
from reader.tui.screens.showing import Showing
from reader.tui.screens.sorting import Sorting
from reader.tui.screens.telling import Telling
from reader.tui.screens.travelling import Travelling
from reader.tui.screens.turns import Turns
from reader.tui.screens.typing import Typing
from reader.tui.screens.undoing import History
from reader.tui.screens.viewing import Viewing
from reader.tui.selection import Selection, Targets
from reader.tui.start import Begin
from reader.tui.themes import Palette
from reader.tui.widgets.abstract_pane import AbstractPane
from reader.tui.widgets.bars import Bar, Footer
from reader.tui.widgets.pane import DividerDragged, KeyPressed, Pane, TextPasted, key_name
from reader.tui.widgets.paper_list import PaperList
from reader.tui.widgets.prompt import Prompt, PromptInput
from reader.tui.widgets.sidebar import Sidebar
from reader.tui.widgets.which_key import WhichKey

if TYPE_CHECKING:
    from reader.tui.app import ReaderApp
    from reader.tui.screens.dialog import Dialog

_WATCH = 1.0

_ASK = ("shell.run",)  # actions that ask for their text themselves


class LibraryScreen(Screen[None]):
    """The main screen. Its actions live in action sets, by the first part of their ids."""

    class Begun(Message):
        """Everything is where it was."""

    AUTO_FOCUS = "PaperList"
    papers = getters.query_one(PaperList)
    abstract = getters.query_one(AbstractPane)
    sidebar = getters.query_one(Sidebar)
    prompt = getters.query_one(Prompt)
    footer = getters.query_one(Footer)
    which_key = getters.query_one(WhichKey)

    def __init__(
        self,
        library: Library,
        palette: Palette,
        place: Place,
        begin: Begin | None = None,
    ) -> None:
        super().__init__(id="library")
        compose_frugally(self)
        self.library = library
        self.palette = palette
        self.place = place
        self.begin = begin or Begin()
        self.settings, self.keys = self.begin.settings, KeyReader(self.begin.keymap)
        self.today = dt.datetime.now(dt.UTC).astimezone().date()
        self.selection = Selection()
        self.showing, self.telling = Showing(self), Telling(self)
        self.finding, self.commanding = Finding(self), Commanding(self)
        self.question = Question(self)
        self.purpose: Purpose = self.question
        self.viewing, self.travelling = Viewing(self), Travelling(self)
        self.deciding, self.selecting = Deciding(self), Selecting(self)
        self.looking, self.program = Looking(self), Program(self)
        self.linking, self.leaving = Linking(self), Leaving(self)
        self.adding, self.citing = Adding(self), Citing(self)
        self.following = Following(self)
        self.action_sets = {
            "move": Moving(self), "pane": Panes(self), "text": Reading(self),
            "paper": self.deciding, "data": Describing(self), "link": self.linking,
            "select": self.selecting, "history": History(self), "find": self.finding,
            "travel": self.travelling, "view": self.viewing, "sort": Sorting(self),
            "look": self.looking, "copy": Copying(self), "shell": Shelling(self),
            "app": self.program, "add": self.adding, "dup": Grouping(self),
            "bib": self.citing, "feed": self.following,
        }  # fmt: skip
        self.previewing, self.typing = Previewing(self), Typing(self)
        self.pending: Counter[int] = Counter()
        self._pane: Pane | None = None
        self._going: Pane | None = None
        self.turns = Turns(self)
        self.seen = asyncio.Event()
        self.dialog: Dialog[Any] | None = None

    def compose(self) -> ComposeResult:
        """Bars around the three panes."""
        yield Bar(self.palette, id="top")
        with Container(id="panes"):
            yield Sidebar(self.palette)
            with Container(id="list"):
                yield Bar(self.palette, id="list-title")
                yield PaperList(self.palette, self.today)
            yield AbstractPane(self.palette, self.today, self.settings.ui_measure, self.keymap)
        yield Bar(self.palette, id="status")
        yield Prompt()
        yield WhichKey(self.palette)
        yield Footer(self.palette)
        yield Bar(self.palette, id="too-small")

    def on_mount(self) -> None:
        """Show where one was."""
        self.prompt.hide()
        self.which_key.display = False
        self.looking.begin()
        self.looking.lay_out(update=False)  # all is styled once, in what follows
        self.typing.begin(self.begin.typed)
        if self.begin.lesson and not self.looking.look.taught:
            self.program.begin_lesson()
        if self.focused is None:  # the terminal was left meanwhile
            self.papers.focus()
        self.start("rows", self._begin)
        self.set_interval(_WATCH, self._watch)

    async def _begin(self) -> None:
        await asyncio.wrap_future(self.library.begin())
        await self.showing.refresh_summary()
        shown = self.finding.beginning(self.place, self.begin)
        self.run_worker(self._begun(), group="begun", exit_on_error=False)
        await self.showing.load(shown, self.place.paper, above=self.place.above)
        if shown.words:
            self.start("insight", self.finding.look_into, shown)

    async def _begun(self) -> None:
        """Say that everything is where it was, once there are rows."""
        await self.showing.here.wait()
        await self.typing.catch_up()
        first_frame.leave_to_program()
        around = await self.library.troubles()
        around[:0] = cast("ReaderApp", self.app).troubles_with_themes()
        self.telling.troubles(around)
        await self.showing.worth_showing()
        self.post_message(self.Begun())

    async def painted(self) -> None:
        """Wait until what is to be painted is on the screen."""
        await self.seen.wait()
        done = asyncio.Event()
        after_refresh(self, done.set)
        await done.wait()

    def on_unmount(self) -> None:
        """Stop what services are asked; what came is kept."""
        self.following.end()

    # -- papers ----------------------------------------------------------------------------

    @on(PaperList.RowsNeeded)
    def _fetch_rows(self, event: PaperList.RowsNeeded) -> None:
        self.start("window", self.showing.fetch_rows, event.ids)

    @on(PaperList.Highlighted)
    def _highlighted(self, event: PaperList.Highlighted) -> None:
        self.telling.position()
        self.showing.need_gists()
        self.previewing.follow(event.row)

    # -- keys ------------------------------------------------------------------------------

    @property
    def pane(self) -> Pane:
        """The pane that has the focus, or had it before a prompt took it."""
        return self._pane or self.papers

    @property
    def scope(self) -> Scope:
        """What that pane is."""
        if self.pane is self.sidebar:
            return Scope.SIDEBAR
        return Scope.TEXT if self.pane is self.abstract else Scope.LIST

    @property
    def keymap(self) -> Keymap:
        """The keys that are in use."""
        return self.keys.keymap

    @property
    def key_problems(self) -> tuple[str, ...]:
        """What was wrong with the user's own keys."""
        return self.begin.key_problems

    def targets(self, count: int | None) -> Targets:
        """The papers that a verb means: the open one in the text, else what is selected."""
        papers = self.papers
        if self.scope is Scope.TEXT and self.selection.given is None:
            return Selection().targets(papers.ids, papers.cursor, count)
        return self.selection.targets(papers.ids, papers.cursor, count)

    @on(KeyPressed)
    def _key_pressed(self, event: KeyPressed) -> None:
        self.typing.in_turn(event.key)

    @on(TextPasted)
    def _text_pasted(self, event: TextPasted) -> None:
        self.typing.paste_in_turn(event.text)

    def on_key(self, event: events.Key) -> None:
        """A key that came while no pane had the focus: at the start, or in a tiny terminal."""
        if self.focused is None or isinstance(self.focused, Pane):
            (self.query_one(PromptInput) if self.prompt.mode else self.pane).focus()
            self.post_message(KeyPressed(key_name(event)))

    def run(self, action: str, count: int | None = None, text: str = "") -> None:
        """Run an action by its id."""
        self.perform(BY_ID.get(action) or self._macro(action), count, text)

    def _macro(self, action: str) -> Action:
        return next(macro for macro in self.keymap.macros if macro.id == action)

    def perform(self, action: Action, count: int | None = None, text: str = "") -> None:
        """Run an action with the count before it or the text behind it; without one, ask for it."""
        given = action.text or text
        if action.needs_text and not given and action.id not in _ASK:
            self.commanding.ask(f"{action.command} ")
            return
        name, _, method = (action.handler or action.id).partition(".")
        handler: Callable[..., None] = getattr(self.action_sets[name], method)
        if given:
            handler(count, given)
        else:
            handler(count)
        if action.id != "history.undo":  # which is done when something was undone
            self.program.learned(action.id)

    def perform_on(self, targets: Targets, action: Action, text: str) -> None:
        """Run an action on these papers, whatever is selected."""
        self.selection.given = targets
        try:
            self.perform(action, None, text)
        finally:
            self.selection.given = None

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
    @on(PaperList.TagClicked)
    def _tag_clicked(self, event: AbstractPane.TagClicked | PaperList.TagClicked) -> None:
        self.viewing.go(tag_view(event.name))

    @on(AbstractPane.AuthorClicked)
    def _author_clicked(self, event: AbstractPane.AuthorClicked) -> None:
        self.linking.papers_of(event.name)

    @on(Sidebar.Folded)
    def _folded(self) -> None:
        self.telling.everything()

    @on(DividerDragged)
    def _divider_dragged(self, event: DividerDragged) -> None:
        self.looking.drag(event.pane, event.x, event.y)

    @on(WhichKey.Chosen)
    def _key_chosen(self, event: WhichKey.Chosen) -> None:
        self.post_message(KeyPressed(event.key))

    @on(PromptInput.Changed)
    def _prompt_typed(self, event: PromptInput.Changed) -> None:
        if self.prompt.mode:
            self.purpose.typed(event.value)

    @on(PromptInput.Commanded)
    def _prompt_commanded(self, event: PromptInput.Commanded) -> None:
        self.purpose.commanded(event.command, event.text)

    def go_to(self, pane: Pane) -> None:
        """Give a pane the focus; where only one pane fits, show that one."""
        hidden = not pane.display
        if self.looking.zoomed and pane is not self.pane:
            self.looking.unzoom()
        if pane is self.abstract:
            self.remove_class("-no-abstract")
        self._at(pane)
        self.show_pane(pane)
        self._going = pane if hidden else None
        if hidden:
            after_refresh(self, self._focus_shown, pane)
        else:
            self.set_focus(pane)

    def _focus_shown(self, pane: Pane) -> None:
        if pane is self._going:
            self._going = None
            self.set_focus(pane)

    def show_pane(self, pane: Widget | None) -> None:
        """Show this one where only one fits."""
        self.set_class(pane is self.abstract, "-at-abstract")
        self.set_class(pane is self.sidebar, "-at-sidebar")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The footer tells the keys of the pane that has the focus."""
        late = event.widget is not self.focused or self._going is not None
        if isinstance(event.widget, Pane) and not late:
            if event.widget is not self._pane:  # a click: no key of ours led there
                self.keys.clear()
            self._at(event.widget)
            self.telling.title()
        self.telling.footer()

    def _at(self, pane: Pane) -> None:
        self._pane = pane
        self.abstract.set_opened(pane is self.abstract)

    # -- layout ----------------------------------------------------------------------------

    def on_resize(self, _event: events.Resize) -> None:
        """Show the panes that there is room for."""
        self.looking.relayout()

    # -- work ------------------------------------------------------------------------------

    def start(
        self, group: str, work: Callable[..., Coroutine[Any, Any, Any]], *values: object
    ) -> None:
        """Run something that reads, without waiting for it: the latest of a group counts."""
        if group == "rows":
            self.turns.asked()
        self.run_worker(partial(work, *values), group=group, exclusive=True, exit_on_error=False)

    def change(self, work: Callable[..., Coroutine[Any, Any, Any]], *values: object) -> None:
        """Run something that changes the library, without waiting for it: each is done."""
        self.run_worker(partial(work, *values), group="changes", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong; bugs are not hidden."""
        rows = (one for one in self.workers if one.group == "rows")
        if event.worker.group == "rows" and all(one.is_finished for one in rows):
            self.turns.whole()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.telling.failure(event.worker.error)

    def _watch(self) -> None:
        self.showing.watch()
        self.looking.keep()

    def current_place(self) -> Place:
        """Where one is, to come back to; where one was, as long as nothing is shown yet."""
        if not self.showing.known_papers and not self.papers.ids:
            return self.place
        return self.finding.place(self.viewing.next_kept(), max(0, self.papers.above))
