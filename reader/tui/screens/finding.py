"""Finding: the prompt, the filter of a view, and the search of the library."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.model.query import Problem, Query, parse_query
from reader.model.query.shown import Shown
from reader.model.query.views import BUILT_IN, UnknownViewError, View, tag_view, without_views
from reader.session import Place, add_history, load_history
from reader.tui.actions import Scope
from reader.tui.screens.completing import Completing
from reader.tui.screens.purpose import FILTER, FIND, Purpose
from reader.tui.screens.travelling import Stop
from reader.tui.themes import MONO

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.start import Begin

_SCREENFUL = 40


@frozen
class Under:
    """What the list showed before a filter or a search was laid over it; no ids while they came."""

    shown: Shown
    ids: Sequence[int] | None
    paper: int


class Finding(Purpose):
    """Actions `find.*`, and the query that is typed at the prompt."""

    hints = " Enter accept   Esc cancel   ↑↓ results   Tab complete   ^r earlier   ^s save as view"
    completing: Completing

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._under: Under | None = None
        self._opened = Under(Shown(), None, 0)
        self.misunderstood = ""
        self.completing = Completing(screen)

    @property
    def unfinished(self) -> bool:  # type: ignore[override]
        """Whether all that is wrong is a value at the end that is still being typed."""
        text = self.screen.prompt.text
        return all(one.end == len(text) and one.fix is None for one in self.problems)

    @property
    def _shown(self) -> Shown:
        return self.screen.showing.shown

    def filter(self, _count: int | None, text: str = "") -> None:
        """Filter the view as one types; in the text, find there."""
        screen = self.screen
        if text:
            self._accept_typed(FILTER, text)
        elif screen.scope is Scope.TEXT:
            screen.question.ask("find in the text", self._found_in_text,
                                changed=screen.abstract.seek)  # fmt: skip
        else:
            self._ask(FILTER, f" / {self.view_name()} › ",
                      "" if self._shown.sought else self._shown.filter)  # fmt: skip

    def _found_in_text(self, text: str) -> None:
        screen = self.screen
        if screen.abstract.next_place(0):
            key = screen.keymap.key_of("move.next_unread")
            screen.telling.say(f"{screen.abstract.places} places", f"{key} next")
        else:
            screen.telling.refuse(f"“{text}” is not in this abstract")

    def anywhere(self, _count: int | None, text: str = "") -> None:
        """Find in the whole library; a filter that found nothing is taken along."""
        if text:
            self._accept_typed(FIND, text)
            return
        text = "" if self.screen.papers.ids else self._shown.words
        self._ask(FIND, " f Everything › ", text)
        if text:
            self.typed(text)

    def _accept_typed(self, mode: str, text: str) -> None:
        """Show what a whole query finds, without the prompt."""
        if errors := self._parsed(text).errors:
            self.screen.telling.refuse(errors[0].message)
            return
        self.screen.start("history", asyncio.to_thread, add_history, text)
        home = replace(self._shown.home, sought=text)
        self.screen.viewing.show(home if mode == FIND else replace(self._shown, filter=text))

    def earlier(self, _count: int | None) -> None:
        """Choose one of the earlier searches."""
        self.screen.turns.wait_for(self._choose_earlier)

    async def _choose_earlier(self) -> None:
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        known = await asyncio.to_thread(load_history)
        if not known:
            self.screen.telling.refuse("nothing was looked for yet")
            return
        options = [Option(text, "", text) for text in known]
        chosen = Choose(self.screen.palette, "Earlier searches", options)
        self.open_dialog(chosen, lambda text: self.anywhere(None, text))

    def _ask(self, mode: str, label: str, text: str) -> None:
        screen = self.screen
        row = screen.papers.row
        ids = screen.papers.ids if screen.turns.all_here else None
        self._opened = Under(self._shown, ids, row.id if row else 0)
        self.problems = ()
        self.completing.forget()
        if self._under is None and not self._shown.words:
            self._under = self._opened
        screen.go_to(screen.papers)
        self.open(mode, label, text)

    def ask_name(self) -> None:
        """Ask under which name to keep what is shown as a view."""
        if any(one.error for one in self.problems):
            return
        prompt = self.screen.prompt
        asked = self._asked(prompt.mode, prompt.text) if prompt.mode in (FILTER, FIND) else None
        query = (asked or self._shown).text
        self.screen.question.ask(
            "save as view", lambda name: self.screen.viewing.save_as(name, query),
            hints=" Enter save   Esc cancel",
        )  # fmt: skip

    def ask_view(self, view: View) -> None:
        """Ask for another name or query of a view."""
        self.screen.question.ask(
            "name = query", lambda text: self.screen.viewing.edited(view, text),
            f"{view.name} = {view.text}",
        )  # fmt: skip

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
        self._restore(under, under.paper if row is None or self._shown.sought else row.id)

    def forget(self) -> None:
        """Another view was chosen: nothing is under it."""
        self._under = None

    # -- the prompt ------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Show the results of what was typed so far; of an erroneous query, nothing new."""
        self.completing.typed(text)
        query = self._parsed(text)
        self.problems = query.problems
        if query.errors and self.unfinished:  # `creat year:` shows what `creat` finds
            text = text[: text.rfind(" ") + 1]
            query = self._parsed(text)
        if not query.errors:
            self._show_asked(self._asked(self.screen.prompt.mode, text))
        self.screen.telling.footer()

    def _show_asked(self, asked: Shown) -> None:
        """Show what is asked for; what was there when nothing is, with what was decided in it."""
        opened = self._opened
        if asked == opened.shown and opened.ids is not None:
            self.screen.prompt.note("")
            self._restore(opened, opened.paper)
        else:
            self.screen.start("rows", self._search, asked)

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

    def _asked(self, mode: str, text: str) -> Shown:
        """What a text asks for: over the view for a filter, within a search for one in a search."""
        text = text.strip()
        if mode == FIND:
            home = self._base().home
            return replace(home, sought=text) if text else self._base()
        return replace(self._opened.shown, filter=text)

    def _base(self) -> Shown:
        return self._under.shown if self._under else self._opened.shown.home

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
        screen.start("insight", self.look_into, shown)

    async def look_into(self, shown: Shown) -> None:
        """Say where the papers matched, and what would find less or more."""
        screen = self.screen
        if not shown.words:
            return
        insight = await screen.library.insight(shown.query, screen.papers.ids, _SCREENFUL)
        if self._shown == shown:
            screen.papers.set_notes({one: " ".join(told) for one, told in insight.places.items()})
            screen.papers.set_sought(shown.query.tree)
            screen.abstract.set_insight(insight, shown.query.tree)
            screen.telling.everything()

    # -- keys of the prompt ----------------------------------------------------------------

    def commanded(self, command: str, text: str) -> None:
        """Enter, Esc, Tab, the arrows and the control keys at the prompt."""
        screen, mode = self.screen, self.screen.prompt.mode
        match command:
            case "up" | "down":
                screen.papers.move(screen.papers.cursor + (1 if command == "down" else -1))
            case "complete" | "complete_back":
                if not self.completing.fix(text, self.problems):
                    self.completing.step(text, 1 if command == "complete" else -1)
            case "help":
                self._explain(text)
            case "history":
                self.completing.recall(text)
            case "save" if text.strip():
                self.ask_name()
            case "cancel":
                self._cancel()
            case "accept" if mode:
                self._accepted(mode, text)

    def _explain(self, text: str) -> None:
        """Show the fields; the chosen one is put behind what was typed."""
        from reader.tui.screens.syntax import Syntax  # noqa: PLC0415 - not before it is wanted

        def chosen(field: str) -> None:
            self.screen.prompt.replace(f"{text} {field}".lstrip())

        self.open_dialog(Syntax(self.screen.palette), chosen)

    def _accepted(self, mode: str, text: str) -> None:
        if self._parsed(text).errors:
            self.screen.prompt.reopen()
            self.screen.telling.footer()
        else:
            self._accept(self._asked(mode, text), text.strip())

    def _accept(self, shown: Shown, text: str) -> None:
        """Keep the results, those of the last letters too."""
        under, screen = self._under, self.screen
        if shown != self._shown:
            screen.start("rows", self._search, shown)
        self._close()
        if text and under is not None:
            screen.travelling.leave(stop=Stop(under.shown, under.paper))
        if text:
            screen.start("history", asyncio.to_thread, add_history, text)
            self._under = under

    def _cancel(self) -> None:
        """Show what was there when the prompt was opened."""
        opened = self._opened
        self._close()
        if self._shown != opened.shown or not self.screen.turns.all_here:
            if not opened.shown.words:
                self._under = None
            self._restore(opened, opened.paper)

    def _restore(self, under: Under, paper: int) -> None:
        """Show what was there, as it was there."""
        screen = self.screen
        if under.ids is None:
            screen.showing.show(under.shown, paper)
            return
        screen.showing.restore(under.shown, under.ids, paper)
        screen.start("insight", self.look_into, under.shown)

    def _close(self) -> None:
        self.problems = ()
        self.completing.forget()
        if self._shown == self._opened.shown and not self._shown.words:
            self._under = None
        self.close()

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
        chosen = parse_query(f"sort:{place.sort or 'date'} group:{place.group or 'none'}")
        return Shown(
            tag_view(place.tag) if place.tag else view, filter=kept,
            orders=chosen.orders if place.sort else (),
            group=chosen.group if place.group else None, unread=place.unread,
        )  # fmt: skip

    def place(self, paper: int, above: int) -> Place:
        """Where one is, to come back to; a search is left."""
        shown = self._base() if self._shown.sought else self._shown
        tag = shown.view.name[1:] if shown.view.name.startswith("#") else ""
        name = BUILT_IN["all"].name if tag else shown.view.name
        kept = "" if shown.query.errors else shown.filter
        sort = ",".join(f"{'-' if one.reverse else ''}{one.key}" for one in shown.orders)
        group = "" if shown.group is None else shown.group or "none"
        return Place(
            name, tag, kept, paper, above, self._theme, sort, group, shown.unread
        )  # fmt: skip

    @property
    def _theme(self) -> str:
        """The theme that the user had last; not the one that the environment asks for."""
        screen, now = self.screen, self.screen.app.theme
        return screen.place.theme if screen.begin.plain and now == MONO.name else now
