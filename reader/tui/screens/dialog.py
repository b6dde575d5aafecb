"""What floats above the screen: a box with an input and choices, and a question."""

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from reader.errors import ReaderError
from reader.model.text import clean
from reader.tui._workarounds import compose_frugally
from reader.tui.render import cut
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices
from reader.tui.widgets.pane import KeyPressed, key_name
from reader.tui.widgets.prompt import PromptInput

Answer = TypeVar("Answer")


_SHARE, _FRAME = 96, 4
"""Of the screen's width, the part that a box may take in hundredths; the cells of its frame."""

_HALF, _ALL = 10, 1 << 30
_STEPS = {"j": 1, "down": 1, "k": -1, "up": -1, "ctrl+d": _HALF, "ctrl+u": -_HALF,
          "space": _HALF, "backspace": -_HALF, "G": _ALL, "end": _ALL, "g": -_ALL,
          "home": -_ALL}  # fmt: skip
"""How far a key scrolls a list that is read."""


class Dialog(ModalScreen[Answer | None]):
    """A box with an input and choices; gives its answer once, None when it was cancelled."""

    placeholder = ""
    hints = ""

    def __init__(self, title: str, palette: Palette) -> None:
        super().__init__()
        compose_frugally(self)
        self._title = title
        self._palette = palette
        self._typed_ahead: list[str] = []
        self._ready = self._answered = False

    def compose(self) -> ComposeResult:
        """Title, input, choices, and what the keys do."""
        with Vertical(id="dialog"):
            yield Static(cut(self._title, 70), markup=False, classes="dialog-title")
            yield PromptInput(self.placeholder)
            yield Choices(self._palette)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def on_mount(self) -> None:
        """Offer everything."""
        self.offer("")
        self._ready = True
        self.take_typed_ahead()

    @property
    def is_open(self) -> bool:
        """Whether there is a place to show what work has come to."""
        return self._ready and not self._answered and self.is_attached

    @property
    def choices(self) -> Choices:
        """The lines to choose from."""
        return self.query_one(Choices)

    @property
    def entry(self) -> PromptInput:
        """The input."""
        return self.query_one(PromptInput)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.offer(clean(event.value))

    def offer(self, text: str) -> None:
        """Show what there is to choose for a text."""
        raise NotImplementedError

    def note(self, text: str) -> None:
        """Say something in the place of the hints, which come back with an empty one."""
        self.query_one(".dialog-note", Static).update(text or self.hints)

    @on(PromptInput.Commanded)
    def _commanded(self, event: PromptInput.Commanded) -> None:
        event.stop()
        self.command(event.command, event.text)
        self.take_typed_ahead()

    def command(self, command: str, text: str) -> None:
        """Enter, Esc, the arrows and the other keys of the input."""
        match command:
            case "up" | "down":
                self.move(1 if command == "down" else -1)
            case "cancel":
                self.answer(None)
            case "accept":
                self.accept(text)

    def move(self, step: int) -> None:
        """Move the cursor over the lines."""
        self.choices.move(step)

    def room(self, widest: int) -> int:
        """The cells of a line, in a box of at most so many, before it is laid out too."""
        width = min(widest, self.app.size.width * _SHARE // 100)
        return self.choices.size.width or max(width - _FRAME, 0)

    def scroll_by(self, key: str) -> None:
        """Scroll as a key of the text does, if it is one."""
        self.choices.move(_STEPS.get(key, 0))

    @on(Choices.Clicked)
    def _clicked(self) -> None:
        self.accept(self.entry.value)

    def accept(self, text: str) -> None:
        """Answer with what was typed or with what the cursor is on."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take a key that comes before anything here has the focus."""
        if self.focused is None:
            event.stop()
            self.take(key_name(event))

    def take(self, key: str) -> None:
        """Take a key that was pressed before the dialog was there."""
        self._typed_ahead.append(key)
        if self._ready:
            self.take_typed_ahead()

    def take_typed_ahead(self) -> None:
        """Take the keys that were pressed while the dialog was opening, one command at a time."""
        while self._typed_ahead and not self._answered:
            if self.take_key(self._typed_ahead.pop(0)):
                break

    def left_over(self) -> list[str]:
        """The keys behind the one that closed the dialog."""
        left, self._typed_ahead = self._typed_ahead, []
        return left

    def take_key(self, key: str) -> bool:
        """Take one key as the input would; whether it is a command that is on its way."""
        if command := self.entry.take(key):
            self.entry.post_message(PromptInput.Commanded(command, self.entry.value))
        return bool(command)

    def start(self, work: Callable[..., Coroutine[Any, Any, Any]], *values: object) -> None:
        """Run something without waiting for it: the latest of its kind counts."""
        group = getattr(work, "__name__", "")
        self.run_worker(partial(work, *values), group=group, exclusive=True, exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what could not be fetched or changed; bugs are not hidden."""
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            if not isinstance(event.worker.error, ReaderError):
                raise event.worker.error
            self.note(str(event.worker.error))

    def answer(self, answer: Answer | None) -> None:
        """Close with an answer; later answers are those of keys pressed too often."""
        if not self._answered:
            self._answered = True
            self.workers.cancel_node(self)  # what they look for has no place any more
            self.dismiss(answer)


class Confirm(Dialog[bool]):
    """A question that y answers; anything else leaves everything as it is."""

    hints = "y yes   n no"

    def __init__(self, palette: Palette, question: str) -> None:
        super().__init__(question, palette)

    def compose(self) -> ComposeResult:
        """The question and its two answers."""
        with Vertical(id="dialog"):
            yield Static(self._title, markup=False, classes="dialog-question")
            yield Choices(self._palette, takes_keys=True)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def offer(self, text: str) -> None:
        """The two answers."""
        del text
        palette = self._palette
        self.choices.show([
            ([(key, palette.accent), (told, palette.text)], [])
            for key, told in (("y", "  yes"), ("n", "  no"))
        ], 1)  # fmt: skip
        self.choices.focus()

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """y, n, or Enter on one of the two."""
        if key in ("up", "down", "j", "k"):
            self.choices.move(1 if key in ("down", "j") else -1)
        elif key in ("y", "Y") or (key == "enter" and not self.choices.cursor):
            self.answer(answer=True)
        elif key in ("n", "N", "escape", "q", "enter"):
            self.answer(None)
        return False

    def accept(self, text: str) -> None:
        """Likewise by the mouse."""
        del text
        self.take_key("enter")
