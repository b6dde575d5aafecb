"""Finding: the prompt, the filter of a view, and the search of the library."""

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.model.query import Problem, Query, parse_query
from reader.model.query.shown import Shown
from reader.model.query.views import BUILT_IN, UnknownViewError, tag_view, without_views
from reader.session import Place, add_history
from reader.tui.actions import commands
from reader.tui.screens.action_set import ActionSet
from reader.tui.screens.completing import Completing

if TYPE_CHECKING:
    from array import array

    from reader.tui.screens.library import LibraryScreen
    from reader.tui.start import Begin

FILTER, FIND, COMMAND, SAVE = "/", "f", ":", "save"

_SHOWN_COMMANDS = 7
_SCREENFUL = 40


@dataclass(frozen=True, slots=True)
class Under:
    """What the list showed before a filter or a search was laid over it."""

    shown: Shown
    ids: "array[int]"
    paper: int


class Finding(ActionSet):
    """Actions `find.*`, and what is typed at the prompt."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._under: Under | None = None
        self._opened = Shown()
        self._to_save = self.misunderstood = ""
        self.problems: tuple[Problem, ...] = ()
        self.completing = Completing(screen)

    @property
    def unfinished(self) -> bool:
        """Whether all that is wrong is a value at the end that is still being typed."""
        text = self.screen.prompt.text
        return all(one.end == len(text) and one.fix is None for one in self.problems)

    @property
    def _shown(self) -> Shown:
        return self.screen.showing.shown

    def filter(self, _count: int | None) -> None:
        """Filter the view as one types."""
        text = "" if self._shown.sought else self._shown.filter
        self._ask(FILTER, f" / {self.view_name()} › ", text)

    def anywhere(self, _count: int | None) -> None:
        """Find in the whole library; a filter that found nothing is taken along."""
        text = "" if self.screen.papers.ids else self._shown.words
        self._ask(FIND, " f Everything › ", text)
        if text:
            self.typed(text)

    def _ask(self, mode: str, label: str, text: str) -> None:
        screen = self.screen
        self._opened = self._shown
        self.problems = ()
        self.completing.forget()
        if self._under is None and not self._opened.words:
            row = screen.papers.row
            self._under = Under(self._opened, screen.papers.ids, row.id if row else 0)
        screen.go_to(screen.papers)
        screen.prompt.ask(mode, label, text)
        screen.telling.footer()

    def ask_command(self) -> None:
        """Ask for a command by name."""
        self._ask(COMMAND, " : ", "")
        self.typed("")

    def ask_name(self) -> None:
        """Ask under which name to keep what is shown as a view."""
        if any(one.error for one in self.problems):
            return
        self._to_save = self._shown.text
        self._ask(SAVE, " save as view › ", "")

    def clear(self, _count: int | None) -> None:
        """Show the view without the filter, or leave the search."""
        if self._shown.words:
            self._uncover()
        else:
            self.screen.telling.refuse("there is no filter")

    def _uncover(self) -> None:
        """Show what was under the filter or the search as it was, decided rows too."""
        screen = self.screen
        row, under = screen.papers.row, self._under
        self._under = None
        if under is None:
            screen.showing.show(self._shown.home, row.id if row else 0)
            return
        paper = under.paper if row is None or self._shown.sought else row.id
        screen.showing.restore(under.shown, under.ids, paper)

    def forget(self) -> None:
        """Another view was chosen: nothing is under it."""
        self._under = None

    # -- the prompt ------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Show the results of what was typed so far; of an erroneous query, nothing new."""
        mode = self.screen.prompt.mode
        self.completing.typed(text)
        if mode == COMMAND:
            self._offer_commands(text)
        elif mode in (FILTER, FIND):
            query = self._parsed(text)
            self.problems = query.problems
            if query.errors and self.unfinished:  # `creat year:` shows what `creat` finds
                text = text[: text.rfind(" ") + 1]
                query = self._parsed(text)
            if not query.errors:
                self.screen.start("rows", self._search, self._asked(mode, text))
            self.screen.telling.footer()

    def _parsed(self, text: str) -> Query:
        """The query of a text; a view that it names and that cannot be is an error too."""
        query = parse_query(text)
        own = {view.name: view.text for view in self.screen.showing.summary.views}
        try:
            without_views(query.tree, own)
        except UnknownViewError as error:
            start = max(text.lower().find("in:"), 0)
            problem = Problem(start, len(text), f"in:{error.name}: {error.reason}")
            return replace(query, problems=(*query.problems, problem))
        return query

    def _offer_commands(self, text: str) -> None:
        word = text.split(" ", maxsplit=1)[0]
        found = commands(word) if text.strip() else commands("", every=True)
        names = [action.command for action in found]
        more = " …" if len(names) > _SHOWN_COMMANDS else " "
        self.screen.prompt.note("  ".join(names[:_SHOWN_COMMANDS]) + more)

    def _asked(self, mode: str, text: str) -> Shown:
        """What a text asks for: over the view for a filter, within a search for one in a search."""
        text = text.strip()
        if mode == FIND:
            home = self._base().home
            return replace(home, sought=text) if text else self._base()
        return replace(self._opened, filter=text)

    def _base(self) -> Shown:
        return self._under.shown if self._under else self._opened.home

    async def _search(self, shown: Shown) -> None:
        screen = self.screen
        total = screen.showing.summary.counts.get("all", 0)
        # In a large library the first rows are shown before it is known where a paper stands.
        keep = 0 if screen.showing.large or shown.sought or not self._under else self._under.paper
        await screen.showing.load(shown, keep)
        if self._shown != shown:
            return
        found = len(screen.papers.ids)
        if screen.prompt.mode:
            searched = total if shown.sought else screen.showing.count_of(shown.view)
            screen.prompt.note(f"{found:,} of {max(found, searched or 0):,} ")
        screen.start("insight", self._look_into, shown)

    async def _look_into(self, shown: Shown) -> None:
        """Say where the papers matched, and what would find less or more."""
        screen = self.screen
        if not shown.words:
            return
        insight = await screen.library.insight(shown.query, screen.papers.ids, _SCREENFUL)
        if self._shown == shown:
            screen.papers.set_notes({one: " ".join(told) for one, told in insight.places.items()})
            screen.abstract.set_insight(insight, shown.query.tree)
            screen.telling.everything()

    # -- keys of the prompt ----------------------------------------------------------------

    def commanded(self, command: str, text: str) -> None:
        """Enter, Esc, Tab, the arrows and the control keys at the prompt."""
        screen, mode = self.screen, self.screen.prompt.mode
        match command:
            case "up" | "down" if mode in (FILTER, FIND):
                screen.papers.move(screen.papers.cursor + (1 if command == "down" else -1))
            case "complete" | "complete_back":
                self._complete(text, 1 if command == "complete" else -1)
            case "help" if mode in (FILTER, FIND):
                self._explain(text)
            case "history" if mode in (FILTER, FIND):
                self.completing.recall(text)
            case "save" if mode in (FILTER, FIND) and text.strip():
                self.ask_name()
            case "cancel":
                self._cancel(mode)
            case "accept" if mode:
                self._accepted(mode, text)

    def _explain(self, text: str) -> None:
        """Show the fields; the chosen one is put behind what was typed."""
        from reader.tui.screens.syntax import Syntax  # noqa: PLC0415 - not before it is wanted

        def chosen(field: str) -> None:
            self.screen.prompt.replace(f"{text} {field}".lstrip())

        self.open_dialog(Syntax(self.screen.palette), chosen)

    def _accepted(self, mode: str, text: str) -> None:
        if mode == COMMAND:
            self._close()
            self.screen.program.execute(text)
        elif mode == SAVE:
            self._close()
            if text.strip():
                self.screen.viewing.save_as(text, self._to_save)
        elif self._parsed(text).errors:
            self.screen.prompt.reopen()
            self.screen.telling.footer()
        else:
            self._accept(self._asked(mode, text), text.strip())

    def _accept(self, shown: Shown, text: str) -> None:
        """Keep the results, those of the last letters too."""
        under = self._under
        if shown != self._shown:
            self.screen.start("rows", self._search, shown)
        self._close()
        if text:
            self.screen.start("history", asyncio.to_thread, add_history, text)
            self._under = under

    def _complete(self, text: str, step: int) -> None:
        """Put the next candidate in the place of the last word; a known fix first."""
        screen, mode = self.screen, self.screen.prompt.mode
        if mode == COMMAND:
            found = commands(text.strip())
            screen.prompt.replace(f"{found[0].command} " if len(found) == 1 else text)
        elif mode in (FILTER, FIND) and not self.completing.fix(text, self.problems):
            self.completing.step(text, step)

    def _cancel(self, mode: str) -> None:
        """Show what was there when the prompt was opened."""
        opened, under = self._opened, self._under
        self._close()
        if mode in (COMMAND, SAVE) or self._shown == opened:
            return
        if opened.words or under is None:
            self.screen.showing.show(opened)
        else:
            self._under = None
            self.screen.showing.restore(under.shown, under.ids, under.paper)

    def _close(self) -> None:
        screen = self.screen
        self.problems = ()
        self.completing.forget()
        screen.prompt.hide()
        screen.go_to(screen.papers)
        if self._shown == self._opened and not self._opened.words:
            self._under = None
        screen.telling.everything()

    # -- names and places ------------------------------------------------------------------

    def view_name(self) -> str:
        """What the list shows, in a word."""
        shown = self._shown
        if shown.sought:
            return "Find"
        if shown.view == BUILT_IN["inbox"] and self.screen.showing.summary.only_samples:
            return "Sample shelf"
        return shown.view.label

    def beginning(self, place: Place, begin: "Begin") -> Shown:
        """What is asked for, else what was shown at the remembered place."""
        views = {view.name: view for view in self.screen.showing.views()}
        view = views.get(begin.view.lower() or place.view) or BUILT_IN["inbox"]
        errors = self._parsed(begin.find).errors
        if begin.find and not errors:
            return Shown(view, sought=begin.find)
        if errors:
            self.misunderstood = f"--find {begin.find}: {errors[0].message}"
        if begin.view and begin.view.lower() not in views:
            self.misunderstood = f"no view is called {begin.view}"
        elif begin.view:
            return Shown(view)
        kept = "" if self._parsed(place.filter).errors else place.filter
        return Shown(tag_view(place.tag) if place.tag else view, filter=kept)

    def place(self, paper: int, above: int) -> Place:
        """Where one is, to come back to; a search is left."""
        screen = self.screen
        shown = self._base() if self._shown.sought else self._shown
        tag = shown.view.name[1:] if shown.view.name.startswith("#") else ""
        name = BUILT_IN["all"].name if tag else shown.view.name
        kept = "" if shown.query.errors else shown.filter
        return Place(name, tag, kept, paper, above, screen.app.theme)
