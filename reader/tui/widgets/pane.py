"""What the three panes have in common: their keys go to the screen's key reader."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView

_NAMES = {" ": "space"}


@dataclass
class KeyPressed(Message):
    """A key was pressed in a pane; `key` is a character, or a name such as `ctrl+d`."""

    key: str


def key_name(event: events.Key) -> str:
    """A key as the action table writes it."""
    if event.character is not None and event.is_printable:
        return _NAMES.get(event.character, event.character)
    return event.key


class Pane(ScrollView):
    """A view of lines that scrolls, and whose every key is a command."""

    async def _on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(KeyPressed(key_name(event)))
