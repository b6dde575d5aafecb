"""The prompt line: filter, find and commands are typed here."""

from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from reader.tui.widgets.pane import KeyPressed, key_name

_COMMANDS = {"enter": "accept", "escape": "cancel", "up": "up", "down": "down", "tab": "complete",
             "ctrl+p": "up", "ctrl+n": "down", "shift+tab": "complete_back", "ctrl+r": "history",
             "ctrl+s": "save", "f1": "help"}  # fmt: skip


class PromptInput(Input):
    """An input whose Enter, Esc, Tab and arrows are told to whoever asked for the text."""

    @dataclass
    class Commanded(Message):
        """One of `accept`, `cancel`, `up`, `down`, `complete`, … was asked for."""

        command: str
        text: str

    def __init__(self, placeholder: str = "", *, closes: bool = False) -> None:
        """An input; one that `closes` passes the keys behind an Enter or Esc on to the panes."""
        super().__init__(placeholder=placeholder, compact=True, select_on_focus=False)
        self.closes, self.closed = closes, False

    def take(self, key: str) -> str:
        """Take a key pressed before this input had the focus; the command that it is, if any."""
        if len(char := {"space": " "}.get(key, key)) == 1:
            self.insert_text_at_cursor(char)
        elif key == "backspace":
            self.action_delete_left()
        return _COMMANDS.get(key, "")

    async def _on_key(self, event: events.Key) -> None:
        command = _COMMANDS.get(event.key)
        if not command and not self.closed:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if self.closed or not command:
            self.post_message(KeyPressed(key_name(event)))
            return
        self.closed = self.closes and command in ("accept", "cancel")
        self.post_message(self.Commanded(command, self.value))


class Prompt(Horizontal):
    """A label, the text, and what it leads to."""

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.mode = ""

    def compose(self) -> ComposeResult:
        """The label, the input and the note at its right."""
        yield Static("", markup=False, id="prompt-label")
        yield PromptInput(closes=True)
        yield Static("", markup=False, id="prompt-note")

    def ask(self, mode: str, label: str, text: str = "") -> None:
        """Show the prompt for one purpose and give it the focus."""
        self.mode = mode
        self.query_one("#prompt-label", Static).update(label)
        self.note("")
        self.display = True
        self.screen.add_class("-prompting")
        entry = self.entry
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)
        entry.closed = False
        self.screen.set_focus(entry)

    def take(self, key: str) -> tuple[str, str]:
        """Take a key that was pressed before the input had the focus; the command, and the text."""
        entry = self.entry
        with entry.prevent(Input.Changed):
            return entry.take(key), entry.value

    @property
    def entry(self) -> PromptInput:
        """Where one types."""
        return self.query_one(PromptInput)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.entry.value

    def note(self, text: str) -> None:
        """Say something at the right end."""
        self.query_one("#prompt-note", Static).update(text)

    def replace(self, text: str) -> None:
        """Put another text in place of what was typed."""
        entry = self.entry
        entry.value = text
        entry.cursor_position = len(text)

    def reopen(self) -> None:
        """Go on with a text that was not accepted."""
        self.entry.closed = False

    def hide(self) -> None:
        """Take the prompt away."""
        self.mode = ""
        self.display = False
        self.screen.remove_class("-prompting")
