"""What could follow a prefix: a box above the footer, shown after a pause."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.tui.actions import Action, key_label
from reader.tui.render import BOLD, Part, cut, strip_of
from reader.tui.themes import Palette

_GAP = 3


class WhichKey(Widget):
    """Keys and what they do, in columns."""

    class Chosen(Message):
        """A line was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, palette: Palette) -> None:
        super().__init__(id="which-key")
        self.palette = palette
        self._title = ""
        self._follow: list[tuple[str, Action]] = []

    def show(self, title: str, follow: Sequence[tuple[str, Action]]) -> None:
        """Show what could follow, or hide when nothing could."""
        digits = [one for one in follow if one[0].isdecimal()]
        self._follow = [one for one in follow if one not in digits[1:]]
        self._title = title
        self.display = bool(follow)
        if follow:
            rows = -(-len(self._follow) // self._columns)
            self.styles.height = rows + 1
            self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    @property
    def _cell(self) -> int:
        return max(cell_len(_label(key)) + 1 + cell_len(_told(key, action))
                   for key, action in self._follow) + _GAP  # fmt: skip

    @property
    def _columns(self) -> int:
        width = self.screen.size.width - 2
        return max(1, min(width // self._cell, len(self._follow)))

    def render_line(self, y: int) -> Strip:
        """The title, then the keys in columns, filled downwards."""
        palette, width = self.palette, self.size.width
        if not self._follow:
            return Strip.blank(width, palette.base)
        if y == 0:
            rule = palette.glyphs.dash * max(0, width - cell_len(self._title) - 3)
            parts: list[Part] = [(f" {self._title} ", palette.accent + BOLD), (rule, palette.faint)]
            return strip_of(parts, width, palette.base)
        rows = -(-len(self._follow) // self._columns)
        line: list[Part] = [(" ", palette.text)]
        for place in range(y - 1, len(self._follow), rows):
            key, action = self._follow[place]
            label = _label(key)
            told = cut(_told(key, action), self._cell - cell_len(label) - 2)
            pad = self._cell - cell_len(label) - 1 - cell_len(told)
            line += [(label, palette.accent), (f" {told}{' ' * pad}", palette.text)]
        return strip_of(line, width, palette.base)

    def on_click(self, event: events.Click) -> None:
        """A click presses the key."""
        if not self._follow:
            return
        rows = -(-len(self._follow) // self._columns)
        place = (event.x - 1) // self._cell * rows + event.y - 1
        if event.y and 0 <= place < len(self._follow):
            self.post_message(self.Chosen(self._follow[place][0]))


def _label(key: str) -> str:
    return "1–9" if key.isdecimal() else key_label(key)


def _told(key: str, action: Action) -> str:
    return "own views" if key.isdecimal() else action.title
