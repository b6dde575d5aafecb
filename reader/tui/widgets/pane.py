"""What the three panes have in common: their keys go to the screen's key reader."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar

from reader.tui._workarounds import quick_scroll_bar

_NAMES = {" ": "space"}
TYPED = {" ": "space", "\r": "enter", "\n": "enter", "\t": "tab", "\x1b": "escape",
         "\x7f": "backspace"}  # fmt: skip
"""The names of the keys that send such a character."""


@dataclass
class KeyPressed(Message):
    """A key was pressed in a pane; `key` is a character, or a name such as `ctrl+d`."""

    key: str


@dataclass
class TextPasted(Message):
    """A text was pasted into a pane, perhaps behind a key that opens something for it."""

    text: str


def key_name(event: events.Key) -> str:
    """A key as the action table writes it."""
    if event.character is not None and event.is_printable:
        return _NAMES.get(event.character, event.character)
    return event.key


@dataclass
class DividerDragged(Message):
    """The edge of a pane was dragged to a place of the screen."""

    pane: "Pane"
    x: int
    y: int


class Pane(ScrollView):
    """A view of lines that scrolls, and whose every key is a command.

    Its border is a divider: dragging it resizes.
    """

    _dragged = False

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The scroll bar, which is painted as cheaply as the lines beside it."""
        return quick_scroll_bar(self)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the divider."""
        if event.get_content_offset(self) is None and self._on_divider(event.x, event.y):
            self._dragged = True
            self.capture_mouse()
            event.stop()

    def _on_divider(self, x: int, y: int) -> bool:
        edges = self.styles.border.spacing
        width, height = self.outer_size
        return (
            (edges.left > 0 and x == 0)
            or (edges.top > 0 and y == 0)
            or (edges.right > 0 and x == width - 1)
            or (edges.bottom > 0 and y == height - 1)
        )

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it."""
        if self._dragged:
            event.stop()
            self.post_message(DividerDragged(self, event.screen_x, event.screen_y))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let it go."""
        if self._dragged:
            self._dragged = False
            self.release_mouse()
            event.stop()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.post_message(TextPasted(event.text))

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(KeyPressed(key_name(event)))
