"""The dialogs: the tag palette and the help."""

from collections.abc import Sequence
from typing import TypeVar

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.errors import TagNameError
from reader.model.change import TagChange
from reader.model.paper import PaperRow, Tag
from reader.model.text import clean
from reader.tui.actions import ACTIONS, Action, key_label
from reader.tui.render import BOLD, TAG, cut
from reader.tui.tagging import Candidate, candidates, parse_several, several, toggle
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.prompt import PromptInput

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box with an input and choices; gives its answer once, None when it was cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self._typed_ahead: list[str] = []
        self._answered = False

    def take(self, key: str) -> None:
        """Take a key that was pressed before the dialog was there."""
        self._typed_ahead.append(key)
        if self.is_mounted:
            self.take_typed_ahead()

    def take_typed_ahead(self) -> None:
        """Take the keys that were pressed while the dialog was opening."""
        entry = self.query_one(PromptInput)
        while self._typed_ahead:
            if command := entry.take(self._typed_ahead.pop(0)):
                entry.post_message(PromptInput.Commanded(command, entry.value))

    def answer(self, answer: Answer | None) -> None:
        """Close with an answer; later answers are those of keys pressed too often."""
        if not self._answered:
            self._answered = True
            self.dismiss(answer)


class TagPalette(Dialog[TagChange]):
    """Adds, removes and makes tags; gives the change, or None when it was cancelled."""

    def __init__(self, palette: Palette, rows: Sequence[PaperRow], tags: Sequence[Tag]) -> None:
        super().__init__()
        self._palette = palette
        self._papers = tuple(row.id for row in rows)
        self._tags = tags
        self._on: dict[str, int] = {}
        for row in rows:
            for name in row.tags:
                self._on[name] = self._on.get(name, 0) + 1
        self._offered: list[Candidate] = []
        count = len(rows)
        self._title = f"Tag {count} papers" if count > 1 else f"Tag “{rows[0].title}”"

    def compose(self) -> ComposeResult:
        """Title, input, candidates, and what the keys do."""
        with Vertical(id="dialog"):
            yield Static(cut(self._title, 56), markup=False, classes="dialog-title")
            yield PromptInput("a tag, or a/b, or several: a, b -c")
            yield Choices(self._palette)
            yield Static("Enter apply   Tab complete   -x remove   Esc cancel", markup=False,
                         classes="dialog-note")  # fmt: skip

    def on_mount(self) -> None:
        """Offer all tags."""
        self._offer("")
        self.take_typed_ahead()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(clean(event.value))

    def _offer(self, text: str) -> None:
        self._offered = [] if several(text) else candidates(text, self._tags, self._on)
        self.query_one(Choices).show([self._line(one) for one in self._offered])
        self._note("")

    def _line(self, candidate: Candidate) -> Line:
        palette = self._palette
        if candidate.new:
            return (
                [("+ ", palette.accent), (f"create “{cut(candidate.name, 40)}”", palette.text)],
                [],
            )
        on = candidate.on
        where = (
            ""
            if not on
            else "● on"
            if on == len(self._papers)
            else f"● on {on} of {len(self._papers)}"
        )
        name = (f"{cut(candidate.name, 30)}", palette.text)
        right = [(f"{where}  ", palette.accent), (f"{candidate.papers:>5} ", palette.muted)]
        return ([(f"{TAG} ", palette.accent), name], right)

    @on(PromptInput.Commanded)
    def _commanded(self, event: PromptInput.Commanded) -> None:
        event.stop()
        choices = self.query_one(Choices)
        match event.command:
            case "cancel":
                self.answer(None)
            case "accept":
                self._accept(clean(event.text))
            case "complete" if self._offered:
                self.query_one(PromptInput).value = self._offered[choices.cursor].name
                self.query_one(PromptInput).action_end()
            case "up" | "down":
                choices.move(1 if event.command == "down" else -1)

    @on(Choices.Clicked)
    def _clicked(self) -> None:
        self._accept(clean(self.query_one(PromptInput).value))

    def _accept(self, text: str) -> None:
        try:
            if several(text):
                self.answer(parse_several(text, self._papers))
            elif self._offered:
                self.answer(toggle(self._offered[self.query_one(Choices).cursor], self._papers))
            else:
                self.answer(None)
        except TagNameError as error:
            self._note(str(error))

    def _note(self, text: str) -> None:
        usual = "Enter apply   Tab complete   -x remove   Esc cancel"
        self.query_one(".dialog-note", Static).update(text or usual)


class Help(Dialog[str]):
    """Every action with its keys; typing searches, Enter gives the id of the one to run."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._offered: list[Action | None] = []

    def compose(self) -> ComposeResult:
        """Title, search, actions, and what the keys do."""
        with Vertical(id="dialog", classes="tall"):
            yield Static("Keys", markup=False, classes="dialog-title")
            yield PromptInput("type to search")
            yield Choices(self._palette)
            yield Static("Enter runs it   ↑ ↓ choose   Esc close", markup=False,
                         classes="dialog-note")  # fmt: skip

    def on_mount(self) -> None:
        """Show all actions."""
        self._offer("")
        self.take_typed_ahead()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._offer(clean(event.value).lower())

    def _offer(self, text: str) -> None:
        found = [
            action for action in ACTIONS if all(word in _told(action) for word in text.split())
        ]
        self._offered = []
        for index, action in enumerate(found):
            if not index or found[index - 1].group != action.group:
                self._offered.append(None)
            self._offered.append(action)
        lines = [self._line(one, self._group_after(i)) for i, one in enumerate(self._offered)]
        self.query_one(Choices).show(lines, 1)

    def _group_after(self, index: int) -> str:
        follower = self._offered[index + 1] if index + 1 < len(self._offered) else None
        return follower.group if follower else ""

    def _line(self, action: Action | None, group: str) -> Line:
        if action is None:
            return ([(group, self._palette.muted + BOLD)], [])
        keys = "  ".join(key_label(key) for key in action.keys) or f":{action.command}"
        return ([(f"  {keys:<16}", self._palette.accent), (action.help, Style())], [])

    @on(PromptInput.Commanded)
    def _commanded(self, event: PromptInput.Commanded) -> None:
        event.stop()
        choices = self.query_one(Choices)
        if event.command == "cancel":
            self.answer(None)
        elif event.command == "accept":
            self._accept()
        elif event.command in ("up", "down"):
            step = 1 if event.command == "down" else -1
            choices.move(step)
            if self._at(choices.cursor) is None:
                choices.move(step if choices.cursor else 1)

    @on(Choices.Clicked)
    def _accept(self) -> None:
        action = self._at(self.query_one(Choices).cursor)
        if action is not None or not self._offered:
            self.answer(action.id if action else None)

    def _at(self, index: int) -> Action | None:
        return self._offered[index] if index < len(self._offered) else None


def _told(action: Action) -> str:
    return " ".join([action.title, action.help, action.group, action.command, *action.keys]).lower()
