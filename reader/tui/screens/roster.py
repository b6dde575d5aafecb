"""What the screens share that list things of the library, each to be changed by a key."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from reader.model.change import Change
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices
from reader.tui.widgets.pane import KeyPressed
from reader.tui.widgets.prompt import PromptInput

Answer = TypeVar("Answer")
Things = TypeVar("Things")
Apply = Callable[[Change | None, Callable[[str, Things], None]], None]
"""Makes a change, or undoes the last one; tells what it did, and what is listed as it is then."""

SEARCH = "search"
"""What is asked for when the list is searched."""


class Roster(Dialog[Answer], Generic[Answer, Things]):
    """A list whose keys are commands, until one of them asks for a text.

    Attributes:
        asking: What is asked for; empty while keys are commands.
        sought: What the list is searched for.
    """

    AUTO_FOCUS = "Choices"
    placeholder = ""

    def __init__(self, title: str, palette: Palette, apply: Apply[Things]) -> None:
        super().__init__(title, palette)
        self._apply = apply
        self.asking, self.sought = "", ""

    def compose(self) -> ComposeResult:
        """Title, the line that asks, the list, what the one under the cursor says, the keys."""
        with Vertical(id="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield PromptInput()
            yield Choices(self._palette, takes_keys=True)
            yield Static("", markup=False, classes="dialog-detail")
            yield Static(self.hints, markup=False, classes="dialog-note")

    def on_mount(self) -> None:
        """Show everything; keys are commands until something is asked for."""
        self.leave_input()
        self.show()

    def show(self, at: str = "") -> None:
        """Show the list, with the cursor on the one of a name."""
        raise NotImplementedError

    def moved(self) -> None:
        """Say what the one under the cursor says of itself."""

    def act(self, key: str) -> None:
        """Do what a key does to the one under the cursor."""
        raise NotImplementedError

    def renew(self, things: Things) -> None:
        """Take what is listed as it is now."""
        raise NotImplementedError

    def offer(self, text: str) -> None:
        """Show what fits a search."""
        if self.asking == SEARCH:
            self.sought = text
            self.show()

    # -- keys ------------------------------------------------------------------------------

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """One key: a command, or a letter of what is asked for."""
        if self.asking:
            return super().take_key(key)
        if key in ("j", "down", "k", "up"):
            self._move(1 if key in ("j", "down") else -1)
        elif key in ("g", "home", "G", "end"):
            self._move((1 << 30) * (1 if key in ("G", "end") else -1))
        elif key in ("escape", "q", "h"):
            self._close()
        elif key == "/":
            self.ask(SEARCH, "search", self.sought)
        elif key == "u":
            self.change(None)
        else:
            self.act(key)
        return False

    def _move(self, steps: int) -> None:
        self.choices.move(steps)
        self.note("")
        self.moved()

    def _close(self) -> None:
        if self.sought:
            self.sought = ""
            self.show()
        else:
            self.answer(None)

    # -- what is asked for -----------------------------------------------------------------

    def ask(self, what: str, label: str, text: str) -> None:
        """Ask for a text."""
        self.asking = what
        entry = self.entry
        entry.display = True
        entry.placeholder = label
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)
        entry.focus()
        self.note(f"{label}   Enter keep   Esc back")

    def leave_input(self) -> None:
        """Keys are commands again."""
        self.asking = ""
        self.entry.display = False
        self.choices.focus()
        self.note("")

    def command(self, command: str, text: str) -> None:
        """The keys of the line that asks."""
        if command == "cancel":
            self.leave_input()
        elif command == "accept" or self.asking == SEARCH:
            super().command(command, text)

    def change(self, change: Change | None, at: str = "") -> None:
        """Make a change, or undo the last one, and show the list as it is then."""
        self._apply(change, partial(self._changed, at))

    def _changed(self, at: str, told: str, things: Things) -> None:
        if self.is_open:
            self.renew(things)
            self.show(at)
            self.note(told)
