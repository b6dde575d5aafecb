"""The dialogs: the tag palette and the help."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

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
from reader.tui.actions import ACTIONS, Action, keys_of
from reader.tui.render import BOLD, TAG, cut
from reader.tui.tagging import Candidate, candidates, parse_several, several, toggle
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.prompt import PromptInput

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box with an input and choices; gives its answer once, None when it was cancelled."""

    placeholder: ClassVar[str]
    hints: ClassVar[str]

    def __init__(self, title: str, palette: Palette) -> None:
        super().__init__()
        self._title = title
        self._palette = palette
        self._typed_ahead: list[str] = []
        self._answered = False

    def compose(self) -> ComposeResult:
        """Title, input, choices, and what the keys do."""
        with Vertical(id="dialog"):
            yield Static(cut(self._title, 56), markup=False, classes="dialog-title")
            yield PromptInput(self.placeholder)
            yield Choices(self._palette)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def on_mount(self) -> None:
        """Offer everything."""
        self.offer("")
        self.take_typed_ahead()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self.offer(clean(event.value))

    def offer(self, text: str) -> None:
        """Show what there is to choose for a text."""
        raise NotImplementedError

    def note(self, text: str) -> None:
        """Say something in the place of the hints, which come back with an empty one."""
        self.query_one(".dialog-note", Static).update(text or self.hints)

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

    placeholder = "a tag, or a/b, or several: a, b -c"
    hints = "Enter apply   Tab complete   -x remove   Esc cancel"

    def __init__(self, palette: Palette, rows: Sequence[PaperRow], tags: Sequence[Tag]) -> None:
        count = len(rows)
        title = f"Tag {count} papers" if count > 1 else f"Tag “{rows[0].title}”"
        super().__init__(title, palette)
        self._papers = tuple(row.id for row in rows)
        self._tags = tags
        self._on: dict[str, int] = {}
        for row in rows:
            for name in row.tags:
                self._on[name] = self._on.get(name, 0) + 1
        self._offered: list[Candidate] = []

    def offer(self, text: str) -> None:
        """Show the tags that a text names, and the new one that it would be."""
        self._offered = [] if several(text) else candidates(text, self._tags, self._on)
        self.query_one(Choices).show([self._line(one) for one in self._offered])
        self.note("" if text or self._tags else "no tags yet: type a name and Enter makes it")

    def _line(self, candidate: Candidate) -> Line:
        palette = self._palette
        if candidate.new:
            return (
                [("+ ", palette.accent), (f"create “{cut(candidate.name, 40)}”", palette.text)],
                [],
            )
        on, papers = candidate.on, len(self._papers)
        where = "" if not on else "● on" if on == papers else f"● on {on} of {papers}"
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
            self.note(str(error))


class Help(Dialog[str]):
    """Every action with its keys; typing searches, Enter gives the id of the one to run."""

    placeholder = "type to search"
    hints = "Enter runs it   ↑ ↓ choose   Esc close"

    def __init__(self, palette: Palette) -> None:
        super().__init__("Keys", palette)
        self._offered: list[Action | None] = []

    def offer(self, text: str) -> None:
        """Show the actions that have all words of a text, under the names of their groups."""
        words = text.lower().split()
        found = [action for action in ACTIONS if all(word in _told(action) for word in words)]
        self._offered = []
        for index, action in enumerate(found):
            if not index or found[index - 1].group != action.group:
                self._offered.append(None)
            self._offered.append(action)
        lines = [self._line(one, self._group_after(i)) for i, one in enumerate(self._offered)]
        self.query_one(Choices).show(lines, 1)
        self.note("" if found else "no key or command like this   Esc close")

    def _group_after(self, index: int) -> str:
        follower = self._offered[index + 1] if index + 1 < len(self._offered) else None
        return follower.group if follower else ""

    def _line(self, action: Action | None, group: str) -> Line:
        if action is None:
            return ([(group, self._palette.muted + BOLD)], [])
        keys = keys_of(action) or f":{action.command}"
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
