"""Finding: the prompt, the filter of a view, the search of the library; and going to views."""

from dataclasses import replace

from reader.model.query import Query, View, parse_words
from reader.session import Place
from reader.tui.actions import commands
from reader.tui.screens.helper import Helper
from reader.tui.screens.moving import Panes

FILTER, FIND, COMMAND = "/", "f", ":"


class Finding(Helper):
    """Actions `find.*`, and what is typed at the prompt."""

    _before: tuple[Query, int] = (Query(), 0)
    _text = ""

    def filter(self, _count: int | None) -> None:
        """Filter the view as one types."""
        self._ask(FILTER, f" / {self.view_name()} › ", self._text)

    def anywhere(self, _count: int | None) -> None:
        """Find in the whole library."""
        self._ask(FIND, " f Everything › ", "")

    def _ask(self, mode: str, label: str, text: str) -> None:
        screen = self.screen
        row = screen.papers.row
        self._before = (screen.shown_query, row.id if row else 0)
        screen.prompt.ask(mode, label, text)
        screen.telling.footer()

    def ask_command(self) -> None:
        """Ask for a command by name."""
        self._ask(COMMAND, " : ", "")

    def clear(self, _count: int | None) -> None:
        """Show the view without the filter."""
        if not self.screen.shown_query.terms:
            self.screen.telling.refuse("there is no filter")
            return
        self._text = ""
        base = self._base()
        row = self.screen.papers.row
        self.screen.show(base, row.id if row else 0)

    def _base(self) -> Query:
        """The view that is filtered, or that was left for a search."""
        query = self.screen.shown_query
        return Query(View.INBOX) if query.ranked else replace(query, terms=())

    # -- the prompt ------------------------------------------------------------------------

    def typed(self, text: str) -> None:
        """Show the results of what was typed so far."""
        mode = self.screen.prompt.mode
        if mode == COMMAND:
            names = [action.command for action in commands(text.strip())] if text.strip() else []
            self.screen.prompt.note("  ".join(names[:6]))
        elif mode:
            self._text = text if mode == FILTER else ""
            self.screen.start("rows", self._search, self._query(mode, text))

    def _query(self, mode: str, text: str) -> Query:
        terms = parse_words(text)
        if mode == FIND:
            return Query(View.ALL, terms, ranked=True) if terms else self._before[0]
        return replace(self._before[0], terms=terms)

    async def _search(self, query: Query) -> None:
        await self.screen.load(query, 0 if query.ranked else self._before[1])
        if self.screen.shown_query == query:
            total = self.screen.summary.counts.get("all", 0)
            self.screen.prompt.note(f"{len(self.screen.papers.ids):,} of {total:,} ")

    def commanded(self, command: str, text: str) -> None:
        """Enter, Esc, Tab and the arrows at the prompt."""
        screen = self.screen
        match command:
            case "up" | "down":
                screen.papers.move(screen.papers.cursor + (1 if command == "down" else -1))
            case "cancel":
                self._cancel()
            case "accept" if screen.prompt.mode == COMMAND:
                self._close()
                screen.helpers["app"].execute(text)  # type: ignore[attr-defined]  # the helper Program
            case "accept":
                self._close()

    def _cancel(self) -> None:
        query, paper = self._before
        mode = self.screen.prompt.mode
        self._close()
        if mode != COMMAND and self.screen.shown_query != query:
            self._text = ""
            self.screen.show(query, paper)

    def _close(self) -> None:
        self.screen.prompt.hide()
        self.screen.go_to(self.screen.papers)
        self.screen.telling.everything()

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
        self._text = place.filter
        return Query(View.ALL if place.tag else view, parse_words(place.filter), place.tag)

    def place(self, paper: int, above: int) -> Place:
        """Where one is, to come back to."""
        query = self._base() if self.screen.shown_query.ranked else self.screen.shown_query
        text = self._text if query.terms else ""
        return Place(query.view.value, query.tag, text, paper, above, self.screen.app.theme)


class Viewing(Helper):
    """Actions `view.*`: going to a view, and looking at it afresh."""

    def _go(self, view: View) -> None:
        self.screen.finding._text = ""  # noqa: SLF001 - the filter ends with the view
        self.screen.show(Query(view))
        self.screen.go_to(self.screen.papers)

    def inbox(self, _count: int | None) -> None:
        """Everything unread."""
        self._go(View.INBOX)

    def later(self, _count: int | None) -> None:
        """To be read later."""
        self._go(View.LATER)

    def current(self, _count: int | None) -> None:
        """Being read."""
        self._go(View.READING)

    def starred(self, _count: int | None) -> None:
        """Starred."""
        self._go(View.STARRED)

    def read(self, _count: int | None) -> None:
        """Read."""
        self._go(View.READ)

    def all(self, _count: int | None) -> None:
        """All papers."""
        self._go(View.ALL)

    def refresh(self, _count: int | None) -> None:
        """Run the query again; settled rows go."""
        screen = self.screen
        row = screen.papers.row
        leaves = row is not None and row.id in screen.papers.settled
        screen.show(screen.shown_query, self._next_kept() if leaves else row.id if row else 0)
        screen.telling.say("")

    def _next_kept(self) -> int:
        """The paper nearest to the cursor that stays in the view."""
        papers = self.screen.papers
        order = [*range(papers.cursor, len(papers.ids)), *range(papers.cursor - 1, -1, -1)]
        return next((papers.ids[i] for i in order if papers.ids[i] not in papers.settled), 0)

    def sidebar(self, _count: int | None) -> None:
        """Show or hide the sidebar."""
        screen = self.screen
        if screen.sidebar.size.width:
            screen.add_class("-no-sidebar")
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        else:
            Panes(screen).open_sidebar()
