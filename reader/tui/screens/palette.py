"""The palette: anything by a few letters; and going to a paper."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.frozen import frozen
from reader.model.paper import PaperRow
from reader.model.query.views import tag_view
from reader.model.text import clean, printable
from reader.tui.action_table import ACTIONS
from reader.tui.render import cut
from reader.tui.screens.choose import best
from reader.tui.screens.dialog import Answer, Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line
from reader.tui.widgets.pane import KeyPressed

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_PAPERS, _SHORTEST = 8, 3
_SPEC = 24

Fetch = Callable[[str], Awaitable[Sequence[PaperRow]]]


@frozen
class Entry:
    """One line of the palette: what kind of thing, its name, its key, and what it does."""

    kind: str
    name: str
    detail: str
    run: Callable[[], None]

    @property
    def label(self) -> str:
        """As it is searched and shown."""
        return f"{self.kind}: {self.name}" if self.kind else self.name


class _Finder(Dialog[Answer]):
    """A dialog whose lines are partly fetched while one types; the latest text counts.

    An Enter that comes before the papers waits for them, and the keys behind it do.
    """

    def __init__(self, title: str, palette: Palette, fetch: Fetch) -> None:
        super().__init__(title, palette)
        self._fetch = fetch
        self._wanted = ""
        self._coming = False

    def look_up(self, text: str) -> None:
        """Fetch the papers that a text means."""
        self._wanted = text
        self._coming = len(text.strip()) >= _SHORTEST
        if self._coming:
            self.start(self._look_up, text)

    async def _look_up(self, text: str) -> None:
        try:
            rows = await self._fetch(text)
            if self._wanted == text and self.is_open:
                self.found(rows)
        finally:
            if self._wanted == text and self.is_open:
                self._looked_up()

    def _looked_up(self) -> None:
        """Do what waited for the papers."""
        self._coming = False
        if self.entry.closed:
            self.entry.closed = False
            if not self.choose():
                self.take_typed_ahead()

    def accept(self, text: str) -> None:
        """Answer with what the cursor is on, as soon as it is here."""
        del text
        self.entry.closed = not self.choose() and self._coming

    @on(KeyPressed)
    def _behind(self, event: KeyPressed) -> None:
        event.stop()
        self.take(event.key)

    def take_typed_ahead(self) -> None:
        """Take the keys that were pressed meanwhile, unless the one before them waits."""
        if not self.entry.closed:
            super().take_typed_ahead()

    def choose(self) -> bool:
        """Answer with what the cursor is on; whether there is anything."""
        raise NotImplementedError

    def found(self, rows: Sequence[PaperRow]) -> None:
        """Show the papers."""
        raise NotImplementedError

    def paper_line(self, row: PaperRow, kind: str = "") -> Line:
        """A paper as a line."""
        palette = self._palette
        left = [(kind, palette.muted), (row.title, palette.text)]
        return (left, [(f"{cut(printable(row.byline), 16)} ", palette.muted)])


class GoToPaper(_Finder[PaperRow]):
    """Finds a paper by words of its title or authors, its citekey, an id or a DOI."""

    placeholder = "title, author, citekey, arXiv id or DOI"
    hints = "Enter goes there   ↑ ↓ choose   Esc close"

    def __init__(self, palette: Palette, fetch: Fetch) -> None:
        super().__init__("Go to a paper", palette, fetch)
        self._rows: Sequence[PaperRow] = ()

    def offer(self, text: str) -> None:
        """Look for papers."""
        self._rows = ()
        self.choices.show([])
        self.look_up(text)

    def found(self, rows: Sequence[PaperRow]) -> None:
        """Show them."""
        self._rows = rows
        self.choices.show([self.paper_line(row) for row in rows])
        self.note("" if rows else "no paper like this   Esc close")

    def choose(self) -> bool:
        """Give the paper."""
        place = self.choices.cursor
        if place < len(self._rows):
            self.answer(self._rows[place])
        return place < len(self._rows)


class CommandPalette(_Finder[Callable[[], None]]):
    """Actions, views, tags, themes and papers; what was run last comes first."""

    placeholder = "an action, a view, a tag, a theme, a paper"
    hints = "Enter runs it   ↑ ↓ choose   Esc close"

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__("Everything", screen.palette, self._few)
        self._main = screen
        self._entries = list(_entries(screen))
        self._offered: list[Entry] = []
        self._rows: Sequence[PaperRow] = ()

    def on_mount(self) -> None:
        """Read the feeds: they are offered with everything else as soon as they are here."""
        self.start(self._add_feeds)

    async def _add_feeds(self) -> None:
        go = self._main.following.show_papers
        feeds = await self._main.library.feeds()
        self._entries += [Entry("feed", one.name, cut(one.spec, _SPEC), partial(go, one.spec))
                          for one in feeds]  # fmt: skip
        if feeds and self.is_open:
            self._offered = best(clean(self.entry.value), self._entries, lambda one: one.label)
            self.found(self._rows)

    async def _few(self, text: str) -> list[PaperRow]:
        return await self._main.library.named(text, _PAPERS)

    def offer(self, text: str) -> None:
        """Show what fits; papers come behind, as soon as they are found."""
        self._rows = ()
        self._offered = best(text, self._entries, lambda one: one.label)
        self._show()
        self.look_up(text)

    def found(self, rows: Sequence[PaperRow]) -> None:
        """Show the papers behind the rest; the cursor stays."""
        self._rows = rows
        cursor = self.choices.cursor
        self._show()
        self.choices.move(cursor)

    def _show(self) -> None:
        lines = [self._line(one) for one in self._offered]
        self.choices.show([*lines, *(self.paper_line(row, "paper: ") for row in self._rows)])
        self.note("" if lines or self._rows else "nothing like this   Esc close")

    def _line(self, entry: Entry) -> Line:
        palette = self._palette
        kind = f"{entry.kind}: " if entry.kind else ""
        return (
            [(kind, palette.muted), (printable(entry.name), palette.text)],
            [(f"{entry.detail} ", palette.accent if not kind else palette.muted)],
        )

    def choose(self) -> bool:
        """Give what it does."""
        place = self.choices.cursor
        if place < len(self._offered):
            chosen = self._offered[place]
            self._main.program.used(chosen.label)
            self.answer(chosen.run)
        elif place - len(self._offered) < len(self._rows):
            row = self._rows[place - len(self._offered)]
            self.answer(partial(self._main.travelling.go_to_paper, row))
        return place < len(self._offered) + len(self._rows)


def _entries(screen: "LibraryScreen") -> Sequence[Entry]:
    """Everything that can be run, what was run last first."""
    keymap = screen.keymap
    found = [
        Entry("", action.help, keymap.key_of(action.id), partial(screen.run, action.id))
        for action in ACTIONS
        if action.id != "app.palette"
    ]
    found += [Entry("", macro.help, keymap.keys_of(macro), partial(screen.perform, macro))
              for macro in keymap.macros]  # fmt: skip
    for view in screen.showing.views():
        count = screen.showing.count_of(view)
        detail = "" if count is None else f"{count:,}"
        found.append(Entry("view", view.label, detail, partial(screen.viewing.go, view)))
    for tag in screen.showing.summary.tags:
        go = partial(screen.viewing.go, tag_view(tag.name))
        found.append(Entry("tag", tag.name, f"{tag.papers:,}", go))
    for name in screen.program.theme_names():
        found.append(Entry("theme", name, "", partial(screen.run, "app.theme", None, name)))
    recent = {label: place for place, label in enumerate(reversed(screen.program.recent))}
    return sorted(found, key=lambda one: recent.get(one.label, len(recent)))
