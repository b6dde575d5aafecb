"""Typing ahead: a key goes to what the keys before it have opened or left, however fast it comes.

What is pasted goes like a key.

Textual hands a key to the widget that has the focus when the key arrives, though what that widget
does with the key before it may open a dialog, close one or move the focus. Within the panes the
order of the keys is that of their messages; wherever else a key has gone, or when the focus has
moved, the next one waits until a message that follows it has come all the way up.
"""

from collections import deque
from typing import TYPE_CHECKING

from textual.events import Key, Paste
from textual.message import Message
from textual.screen import Screen

from reader.tui._workarounds import TypedBefore
from reader.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widget import Widget

    from reader.tui.app import ReaderApp

Typed = Key | Paste | TypedBefore
_PATIENCE = 1.0
"""Seconds after which a key that was lost with its widget holds no other back."""


class Followed(Message):
    """Everything that a key led to at once has happened."""


class CaughtUp(Message):
    """What was typed over the picture has come to what it means."""


class TypeAhead:
    """The keys that wait."""

    def __init__(self, app: "ReaderApp") -> None:
        self._app = app
        self._waiting: deque[Typed] = deque()
        self._turn: Typed | None = None
        self._last: Widget | None = None
        self._following: Timer | None = None

    def waits(self, event: Typed) -> bool:
        """Whether a key has to wait; it is posted again when it is its turn."""
        target = self._app.focused or self._app.screen
        if event is self._turn:
            self._turn, self._last = None, target
            return self._is_opening(target) and self._put_off(event)
        free = self._last in (None, target) and isinstance(target, Pane)
        if free and not (self._waiting or self._turn or self._following):
            self._last = target
            return False
        self._waiting.append(event)
        if self._turn is None:
            self.follow()
        return True

    def _is_opening(self, target: "Widget") -> bool:
        """Whether it is a screen whose widgets still come: one of them will have the focus."""
        return isinstance(target, Screen) and not target.is_mounted

    def _put_off(self, event: Typed) -> bool:
        self._waiting.appendleft(event)
        self.follow()
        return True

    def follow(self) -> None:
        """Send a message after the last key, when another one waits for it.

        It is sent from the widget's own queue, behind the message that the key itself becomes.
        """
        if not self._waiting or self._following is not None:
            return
        self._following = self._app.set_timer(_PATIENCE, self.followed)
        last = self._last
        if last is None or not last.call_later(last.post_message, Followed()):
            self._app.call_later(self.followed)

    def followed(self) -> None:
        """It is the next key's turn."""
        if self._following is not None:
            self._following.stop()
            self._following = None
        if self._waiting and self._turn is None:
            self._turn = self._waiting.popleft()
            self._app.post_message(self._turn)
