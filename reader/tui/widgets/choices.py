"""A list of lines to choose one from, under an input."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.tui._workarounds import set_content_size
from reader.tui.render import Part, cut_parts, split_ends, strip_of
from reader.tui.themes import Palette
from reader.tui.widgets.pane import KeyPressed, key_name

_LEAST = 24
"""Cells that the left end of a line keeps, where it has so many, before the right one goes."""

Line = tuple[Sequence[Part], Sequence[Part]]
"""What stands at the left and at the right end of a line."""


def fitted(left: Sequence[Part], right: Sequence[Part], width: int) -> Line:
    """Both ends of a line, the left one cut to what the right one leaves."""
    used = sum(cell_len(text) for text, _ in right)
    room = width - 2 - used if used else width - 1
    if used and room < min(_LEAST, sum(cell_len(text) for text, _ in left)):
        room, right = width - 1, ()
    return cut_parts(left, room), right


class Choices(ScrollView, can_focus=True):
    """Lines with a cursor that the owner moves; a click chooses.

    Those that take keys can have the focus: each key is told to the owner.
    """

    class Clicked(Message):
        """The line under the cursor was clicked."""

    def __init__(self, palette: Palette, *, takes_keys: bool = False) -> None:
        super().__init__()
        self.can_focus = takes_keys
        self.palette = palette
        self.cursor = 0
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line], cursor: int = 0) -> None:
        """Show these lines with the cursor on one of them."""
        self._lines = list(lines)
        set_content_size(self, self.size.width, len(self._lines))
        self.cursor = 0
        self.move(cursor)
        self.refresh()

    def move(self, steps: int) -> None:
        """Move the cursor and bring it into view."""
        self.cursor = max(0, min(self.cursor + steps, len(self._lines) - 1))
        top, height = self.scroll_offset.y, max(1, self.size.height)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(KeyPressed(key_name(event)))

    def on_resize(self, _event: events.Resize) -> None:
        """Another width: other lines."""
        set_content_size(self, self.size.width, len(self._lines))

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= len(self._lines):
            return Strip.blank(width, self.palette.base)
        here = index == self.cursor
        base = self.palette.selected if here else self.palette.base
        left, right = self._lines[index]
        bar: Part = (self.palette.glyphs.cursor if here else " ", self.palette.accent)
        shown = fitted([bar, *left], right, width)
        return strip_of(split_ends(*shown, width), width, base)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor and chooses."""
        index = event.y + self.scroll_offset.y
        if index < len(self._lines):
            self.move(index - self.cursor)
            self.post_message(self.Clicked())
