"""Finding: the prompt, the filter of a view, the search of the library; and going to views."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.model.query import Query, View, format_words, parse_words
from reader.session import Place
from reader.tui.actions import commands
from reader.tui.screens.action_set import ActionSet
from reader.tui.screens.moving import Panes

if TYPE_CHECKING:
    from array import array

FILTER, FIND, COMMAND = "/", "f", ":"

_LARGE = 5_000
_SHOWN_COMMANDS = 7


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list showed before a filter or a search was laid over it."""

    query: Query
    ids: "array[int]"
    paper: int


class Finding(ActionSet):
    """Actions `find.*`, and what is typed at the prompt."""

    _under: Shown | None = None
    _opened = Query()

    def filter(self, _count: int | None) -> None:
        """Filter the view as one types."""
        query = self.screen.shown_query
        text = "" if query.ranked else format_words(query.terms)
        self._ask(FILTER, f" / {self.view_name()} › ", text)

    def anywhere(self, _count: int | None) -> None:
        """Find in the whole library; a filter that found nothing is taken along."""
        screen = self.screen
        text = "" if screen.papers.ids else format_words(screen.shown_query.terms)
        self._ask(FIND, " f Everything › ", text)
        if text:
            self.typed(text)

    def _ask(self, mode: str, label: str, text: str) -> None:
        screen = self.screen
        self._opened = screen.shown_query
        if self._under is None and not self._opened.terms:
            row = screen.papers.row
            self._under = Shown(self._opened, screen.papers.ids, row.id if row else 0)
        screen.go_to(screen.papers)
        screen.prompt.ask(mode, label, text)
        screen.telling.footer()

    def ask_command(self) -> None:
        """Ask for a command by name."""
        self._ask(COMMAND, " : ", "")
        self.typed("")

    def clear(self, _count: int | None) -> None:
        """Show the view without the filter, or leave the search."""
        if self.screen.shown_query.terms:
            self._uncover()
        else:
            self.screen.telling.refuse("there is no filter")

    def _uncover(self) -> None:
        """Show what was under the filter or the search as it was, decided rows too."""
        screen = self.screen
        row, under = screen.papers.row, self._under
        self._under = None
        if under is None:
            query = screen.shown_query
            base = Query(View.INBOX) if query.ranked else replace(query, terms=())
            screen.show(base, row.id if row else 0)
            return
        ranked = screen.shown_query.ranked
        paper = under.paper if row is None or ranked else row.id
        screen.restore(under.query, under.ids, paper)

    def forget(self) -> None:
        """Another view was chosen: nothing is under it."""
        self._under = None

    # -- the prompt ------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Show the results of what was typed so far."""
        mode = self.screen.prompt.mode
        if mode == COMMAND:
            found = (
                commands(text.split(" ", maxsplit=1)[0])
                if text.strip()
                else commands("", every=True)
            )
            names = [action.command for action in found]
            more = " …" if len(names) > _SHOWN_COMMANDS else " "
            self.screen.prompt.note("  ".join(names[:_SHOWN_COMMANDS]) + more)
        elif mode:
            self.screen.start("rows", self._search, self._query(mode, text))

    def _query(self, mode: str, text: str) -> Query:
        """The query of a text: over the view for a filter, within a search for one in a search."""
        terms = parse_words(text)
        if mode == FIND:
            return Query(View.ALL, terms, ranked=True) if terms else self._base()
        if self._opened.ranked:
            return replace(self._opened, terms=self._opened.terms + terms)
        return replace(self._opened, terms=terms)

    def _base(self) -> Query:
        return self._under.query if self._under else replace(self._opened, terms=())

    async def _search(self, query: Query) -> None:
        screen = self.screen
        total = screen.summary.counts.get("all", 0)
        # In a large library the first rows are shown before it is known where a paper stands.
        keep = self._under.paper if self._under and total <= _LARGE and not query.ranked else 0
        await screen.load(query, keep)
        if screen.shown_query == query and screen.prompt.mode:
            searched = screen.sidebar.count_of(replace(query, terms=(), ranked=False))
            found = len(screen.papers.ids)
            screen.prompt.note(f"{found:,} of {max(found, searched or 0):,} ")

    def commanded(self, command: str, text: str) -> None:
        """Enter, Esc, Tab and the arrows at the prompt."""
        screen = self.screen
        mode = screen.prompt.mode
        match command:
            case "up" | "down" if mode != COMMAND:
                screen.papers.move(screen.papers.cursor + (1 if command == "down" else -1))
            case "complete" if mode == COMMAND:
                found = commands(text.strip())
                screen.prompt.replace(f"{found[0].command} " if len(found) == 1 else text)
            case "cancel":
                self._cancel(mode)
            case "accept" if mode == COMMAND:
                self._close()
                screen.program.execute(text)
            case "accept" if mode:
                self._accept(self._query(mode, text))

    def _accept(self, query: Query) -> None:
        """Keep the results, those of the last letters too."""
        under = self._under
        if query != self.screen.shown_query:
            self.screen.start("rows", self._search, query)
        self._close()
        if query.terms:
            self._under = under

    def _cancel(self, mode: str) -> None:
        """Show what was there when the prompt was opened."""
        opened, under = self._opened, self._under
        self._close()
        if mode == COMMAND or self.screen.shown_query == opened:
            return
        if opened.terms or under is None:
            self.screen.show(opened)
        else:
            self._under = None
            self.screen.restore(under.query, under.ids, under.paper)

    def _close(self) -> None:
        screen = self.screen
        screen.prompt.hide()
        screen.go_to(screen.papers)
        if screen.shown_query == self._opened and not self._opened.terms:
            self._under = None
        screen.telling.everything()

    # -- names and places ------------------------------------------------------------------

    def view_name(self) -> str:
        """What the list shows, in a word."""
        screen = self.screen
        if screen.shown_query.tag:
            return f"#{screen.shown_query.tag}"
        if screen.shown_query.ranked:
            return "Find"
        if screen.shown_query.view is View.INBOX and screen.summary.only_samples:
            return "Sample shelf"
        return screen.shown_query.view.label

    def query_of_place(self, place: Place) -> Query:
        """The query of a remembered place."""
        view = View(place.view) if place.view in set(View) else View.INBOX
        return Query(View.ALL if place.tag else view, parse_words(place.filter), place.tag)

    def place(self, paper: int, above: int) -> Place:
        """Where one is, to come back to; a search is left."""
        screen = self.screen
        query = self._base() if screen.shown_query.ranked else screen.shown_query
        words = format_words(query.terms)
        return Place(query.view.value, query.tag, words, paper, above, screen.app.theme)


class Viewing(ActionSet):
    """Actions `view.*`: going to a view, and looking at it afresh."""

    def go(self, query: Query) -> None:
        """Show a view or a tag."""
        screen = self.screen
        screen.finding.forget()
        screen.remove_class("-drawer")
        screen.show(query)
        screen.go_to(screen.papers)

    def inbox(self, _count: int | None) -> None:
        """Everything unread."""
        self.go(Query(View.INBOX))

    def later(self, _count: int | None) -> None:
        """To be read later."""
        self.go(Query(View.LATER))

    def current(self, _count: int | None) -> None:
        """Being read."""
        self.go(Query(View.READING))

    def starred(self, _count: int | None) -> None:
        """Starred."""
        self.go(Query(View.STARRED))

    def read(self, _count: int | None) -> None:
        """Read."""
        self.go(Query(View.READ))

    def all(self, _count: int | None) -> None:
        """All papers."""
        self.go(Query(View.ALL))

    def refresh(self, _count: int | None) -> None:
        """Run the query again; settled rows go."""
        screen = self.screen
        screen.show(screen.shown_query, self._next_kept())
        screen.telling.say("")

    def _next_kept(self) -> int:
        """The paper nearest below the cursor, else above it, that stays in the view."""
        papers = self.screen.papers
        for step in (1, -1):
            place = papers.cursor
            while 0 <= place < len(papers.ids):
                if papers.ids[place] not in papers.settled:
                    return papers.ids[place]
                place += step
        return 0

    def sidebar(self, _count: int | None) -> None:
        """Show or hide the sidebar."""
        screen = self.screen
        if screen.sidebar.size.width:
            screen.add_class("-no-sidebar")
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        else:
            Panes(screen).open_sidebar()
