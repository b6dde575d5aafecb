"""What changed between two versions of a paper."""

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from reader.model.paper import Fields, Paper
from reader.model.text import printable
from reader.model.versions import Piece, Side, changes
from reader.tui.render import Part, cut, wrap
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.pane import KeyPressed

Told = tuple[int, Fields]
"""The number of a version, and what was told of it."""

_BOX = 130
_STRUCK = Style(strike=True)
_ADDED = Style(bold=True, underline=True)


class VersionDiff(Dialog[bool]):
    """The words that went are struck through, those that came are underlined."""

    AUTO_FOCUS = "Choices"
    hints = "j k scroll   Esc close"

    def __init__(self, palette: Palette, paper: Paper, pair: tuple[Told, Told]) -> None:
        (first, self._before), (second, self._after) = pair
        super().__init__(f"Version {first} → {second}  {cut(paper.row.title, 50)}", palette)

    def compose(self) -> ComposeResult:
        """The title, the fields that differ, and the keys."""
        with Vertical(id="dialog"):
            yield Static(printable(self._title), markup=False, classes="dialog-question")
            yield Choices(self._palette, takes_keys=True)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def offer(self, text: str) -> None:
        """Show what differs."""
        del text
        self.choices.focus()
        self._show()

    def _show(self) -> None:
        palette, width = self._palette, max(self.room(_BOX) - 4, 20)
        lines: list[Line] = []
        for name, pieces in changes(self._before, self._after):
            lines += [([(f" {name}", palette.accent)], []), *self._lines(pieces, width), ([], [])]
        self.choices.show(lines or [([(" nothing that is kept", palette.muted)], [])])

    def _lines(self, pieces: list[Piece], width: int) -> list[Line]:
        """The words of all pieces, wrapped, each in the manner of its side."""
        told = [(_shown(one), self._style(one.side)) for one in pieces]
        text = "".join(words for words, _ in told)
        marks: list[tuple[int, int, Style]] = []
        place = 0
        for words, style in told:
            marks.append((place, place + len(words), style))
            place += len(words)
        return [(self._parts(text, start, end, marks), []) for start, end in wrap(text, width)]

    def _parts(
        self, text: str, start: int, end: int, marks: list[tuple[int, int, Style]]
    ) -> list[Part]:
        parts: list[Part] = [("  ", self._palette.text)]
        for low, high, style in marks:
            if low < end and high > start:
                parts.append((text[max(low, start) : min(high, end)], style))
        return parts

    def _style(self, side: Side) -> Style:
        palette = self._palette
        return {Side.BOTH: palette.text, Side.BEFORE: palette.error + _STRUCK,
                Side.AFTER: palette.accent + _ADDED}[side]  # fmt: skip

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """Scroll, or close."""
        if key in ("escape", "q", "h", "enter"):
            self.answer(None)
        else:
            self.scroll_by(key)
        return False

    def accept(self, text: str) -> None:
        """A click on a line does nothing."""
        del text


def _shown(piece: Piece) -> str:
    """The words of a piece; those that went stand apart from those that came."""
    text = printable(piece.text)
    return f"{text} " if piece.side is Side.BEFORE and not text.endswith(" ") else text
