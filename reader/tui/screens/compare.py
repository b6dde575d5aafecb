"""Two papers side by side: are they one work?"""

import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from reader.model.change import ApartChange, MergeChange, Regrouping
from reader.model.differing import FIELDS
from reader.model.paper import Paper
from reader.model.text import printable
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.pane import KeyPressed

_LABEL, _NARROWEST, _MOST_LINES = 13, 12, 8


class Compare(Dialog[Regrouping]):
    """Shows the fields of two papers; a key makes them one or keeps them apart."""

    AUTO_FOCUS = "Choices"
    hints = "m merge into the left one   s swap sides   a keep apart for good   Esc decide later"

    def __init__(self, palette: Palette, ours: Paper, theirs: Paper) -> None:
        super().__init__("One work?", palette)
        self._ours, self._theirs = ours, theirs

    def compose(self) -> ComposeResult:
        """The fields of both, and the keys."""
        with Vertical(id="dialog"):
            yield Static("Are these one work?", markup=False, classes="dialog-title")
            yield Choices(self._palette, takes_keys=True)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def offer(self, text: str) -> None:
        """Show both, once it is known how wide."""
        del text
        self.choices.focus()
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Another width: other lines."""
        self._show()

    def _show(self) -> None:
        self.choices.show(list(self._lines()))

    def _lines(self) -> Iterator[Line]:
        palette = self._palette
        width = max(_NARROWEST, (self.choices.size.width - _LABEL - 3) // 2)
        heads = (self._ours.row.citekey, self._theirs.row.citekey)
        yield from self._field("", *heads, width, palette.accent)
        for name, told in FIELDS.items():
            ours, theirs = told(self._ours), told(self._theirs)
            if ours or theirs:
                style = palette.muted if ours == theirs else palette.text
                yield from self._field(name, ours, theirs, width, style)

    def _field(self, name: str, ours: str, theirs: str, width: int, style: Style) -> Iterator[Line]:
        columns = (_wrapped(text, width) for text in (ours, theirs))
        for number, (left, right) in enumerate(zip_longest(*columns, fillvalue="")):
            label = name if not number else ""
            yield ([(f"{label:<{_LABEL}}", self._palette.muted),
                    (f"{left:<{width}}  ", style), (right, style)], [])  # fmt: skip

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """m, a, s, or scrolling."""
        ours, theirs = self._ours.row.id, self._theirs.row.id
        if key in ("escape", "q"):
            self.answer(None)
        elif key == "m":
            self.answer(MergeChange(ours, (theirs,)))
        elif key == "a":
            self.answer(ApartChange((ours, theirs)))
        elif key in ("s", "tab"):
            self._ours, self._theirs = self._theirs, self._ours
            self._show()
        else:
            self.scroll_by(key)
        return False

    def accept(self, text: str) -> None:
        """A click decides nothing."""
        del text


def _wrapped(text: str, width: int) -> list[str]:
    lines = textwrap.wrap(printable(" ".join(text.split())), width, break_long_words=True)
    return [*lines[: _MOST_LINES - 1], "…"] if len(lines) > _MOST_LINES else lines
