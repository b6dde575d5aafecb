"""The inline picker: a few lines under the prompt, to choose papers for an editor or a script."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from textual import events, on
from textual.app import App, ComposeResult
from textual.css.query import NoMatches
from textual.filter import LineFilter
from textual.widgets import Input, Static

from reader.library.library import Library
from reader.model.paper import PaperRow
from reader.model.query import parse_query
from reader.model.text import printable
from reader.tui.line_filter import NeutraliseControls
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line

_MOST = 200
_THEME = "ansi-dark"


class Picker(App[list[str]]):
    """Type to search, Enter takes; gives the citekeys."""

    ENABLE_COMMAND_PALETTE = False
    INLINE_PADDING = 0
    CSS = """
    Screen { height: auto; max-height: 14; background: ansi_default; color: ansi_default; }
    Screen:inline { border: none; height: auto; }
    Input { border: none; height: 1; padding: 0; background: ansi_default; }
    Choices { height: 10; background: ansi_default; scrollbar-size-vertical: 0; }
    #hint { height: 1; color: ansi_bright_black; }
    """

    def __init__(self, library: Library, query: str, *, multi: bool) -> None:
        super().__init__()
        self.theme = _THEME
        self._library, self._query, self._multi = library, query, multi
        self._rows: list[PaperRow] = []
        self._marked: dict[str, None] = {}
        self.colours = Palette.of(self.current_theme, {})

    def compose(self) -> ComposeResult:
        """The input, the papers, and what the keys do."""
        yield Input(self._query, placeholder="search", select_on_focus=False)
        yield Choices(self.colours)
        mark = "Tab mark   " if self._multi else ""
        yield Static(f" Enter take   {mark}Esc leave", id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the first papers."""
        self._sought(self._query)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Nothing of a paper's text acts on the terminal."""
        return [*super().get_line_filters(), NeutraliseControls()]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._sought(event.value)

    def _sought(self, text: str) -> None:
        work: Callable[..., Coroutine[Any, Any, Any]] = self._search
        self.run_worker(partial(work, text), group="search", exclusive=True)

    async def _search(self, text: str) -> None:
        query = parse_query(text)
        if query.errors:
            return
        ranked = replace(query, ranked=not query.everything)
        ids = await self._library.first_matching(ranked, _MOST)
        if ids is not None:
            self._rows = await self._library.rows(list(ids)[:_MOST])
            self._show()

    def _show(self) -> None:
        try:
            self.query_one(Choices).show([self._line(row) for row in self._rows])
        except NoMatches:
            return  # it is closing

    def _line(self, row: PaperRow) -> Line:
        colours = self.colours
        mark = "+" if row.citekey in self._marked else " "
        return (
            [(f"{mark} ", colours.accent), (printable(row.title), colours.text)],
            [(f"  {printable(row.byline)} {row.published.text[:4]} ", colours.muted)],
        )

    async def on_event(self, event: events.Event) -> None:
        """Keys of the list go there, the rest into the input."""
        if isinstance(event, events.Key) and self._take(event.key):
            return
        await super().on_event(event)

    def _take(self, key: str) -> bool:
        choices = next(iter(self.query(Choices)), None)
        if choices is None:
            return False
        if key in ("down", "ctrl+n", "up", "ctrl+p"):
            choices.move(1 if key in ("down", "ctrl+n") else -1)
        elif key in ("escape", "ctrl+c", "ctrl+q"):
            self.exit([])
        elif key == "tab" and self._multi:
            self._mark(choices)
        elif key == "enter":
            here = [self._rows[choices.cursor].citekey] if self._rows else []
            self.exit(list(self._marked) or here)
        else:
            return False
        return True

    def _mark(self, choices: Choices) -> None:
        if not self._rows:
            return
        place = choices.cursor
        key = self._rows[place].citekey
        if self._marked.pop(key, self) is self:
            self._marked[key] = None
        self._show()
        choices.move(place + 1)


def pick(library: Library, query: str, *, multi: bool) -> list[str]:
    """Let the user choose papers under the prompt; their citekeys, none when they left."""
    library.ready()
    try:
        return Picker(library, query, multi=multi).run(inline=True, inline_no_clear=False) or []
    finally:
        library.close()
