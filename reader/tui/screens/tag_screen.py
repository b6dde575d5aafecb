"""The tags: renamed, merged, coloured, pinned and deleted, each as one step that can be undone."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from reader.model.change import Change, TagColour, TagPin, TagRemoval, TagRename
from reader.model.paper import Tag
from reader.model.tags import COLOURS, colour_of
from reader.model.text import printable
from reader.tui.render import cut
from reader.tui.screens.choose import best
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.pane import KeyPressed
from reader.tui.widgets.prompt import PromptInput

Apply = Callable[[Change | None], Awaitable[tuple[str, Sequence[Tag]]]]
"""Makes a change, or undoes the last one; what it did, and the tags as they are then."""

_SEARCH, _RENAME, _MERGE = "search", "rename", "merge"
_NAME = 40


class TagScreen(Dialog[str]):
    """Lists the tags; each key acts on the one under the cursor. Gives the tag to show."""

    AUTO_FOCUS = "Choices"
    placeholder = ""
    hints = (
        "Enter papers  r rename  m merge  c colour  1–9 pin  0 unpin  D delete  u undo  / search"
    )

    def __init__(self, palette: Palette, tags: Sequence[Tag], apply: Apply) -> None:
        super().__init__("Tags", palette)
        self._tags, self._apply = list(tags), apply
        self._offered = self._tags
        self._asking, self._sought = "", ""

    def compose(self) -> ComposeResult:
        """Title, the line that asks for names, the tags, and what the keys do."""
        with Vertical(id="dialog"):
            yield Static(self._title, markup=False, classes="dialog-title")
            yield PromptInput()
            yield Choices(self._palette, takes_keys=True)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def on_mount(self) -> None:
        """Offer everything; keys are commands until a name is asked for."""
        self._leave_input()

    def offer(self, text: str) -> None:
        """Show the tags that fit a search."""
        if self._asking == _SEARCH:
            self._sought = text
        if self._asking in ("", _SEARCH):
            self._show()

    def _show(self, at: str = "") -> None:
        self._offered = best(self._sought, self._tags, lambda tag: tag.name)
        names = [tag.name for tag in self._offered]
        place = names.index(at) if at in names else min(self.choices.cursor, len(names) - 1)
        colours = {tag.name: tag.colour for tag in self._tags if tag.colour}
        self.choices.show([self._line(tag, colours) for tag in self._offered], max(place, 0))
        if not self._tags:
            self.note("no tags yet: t on a paper makes one   Esc close")

    def _line(self, tag: Tag, colours: dict[str, str]) -> Line:
        palette, colour = self._palette, colour_of(tag.name, colours)
        pin = str(tag.pinned) if tag.pinned else " "
        left = [(f"{pin} ", palette.accent), (f"{palette.glyphs.tag} ", palette.of_tag(colour)),
                (cut(printable(tag.name), _NAME), palette.text)]  # fmt: skip
        return (left, [(f"{colour}  ", palette.muted), (f"{tag.papers:>6,} ", palette.muted)])

    @property
    def _chosen(self) -> Tag | None:
        place = self.choices.cursor
        return self._offered[place] if place < len(self._offered) else None

    # -- keys ------------------------------------------------------------------------------

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """One key: a command, or a letter of the name that is asked for."""
        if self._asking:
            return super().take_key(key)
        self._take_command(key)
        return False

    def _take_command(self, key: str) -> None:
        tag = self._chosen
        if key in ("j", "down", "k", "up"):
            self.choices.move(1 if key in ("j", "down") else -1)
            self.note("")
        elif key in ("g", "home", "G", "end"):
            self.choices.move(len(self._offered) * (1 if key in ("G", "end") else -1))
        elif key in ("escape", "q", "h"):
            self._close()
        elif key == "/":
            self._ask(_SEARCH, "search", self._sought)
        elif key == "u":
            self._do(None)
        elif tag is not None:
            self._act(key, tag)

    def _act(self, key: str, tag: Tag) -> None:
        if key in ("enter", "l"):
            self.answer(tag.name)
        elif key == "r":
            self._ask(_RENAME, f"rename {tag.name} to (children move along)", tag.name)
        elif key == "m":
            self._ask(_MERGE, f"merge {tag.name} into", "")
        elif key == "c":
            place = COLOURS.index(tag.colour) + 1 if tag.colour in COLOURS else 0
            self._do(TagColour(tag.name, COLOURS[place] if place < len(COLOURS) else ""))
        elif key.isdecimal() and len(key) == 1:
            self._do(TagPin(tag.name, int(key)))
        elif key == "D":
            self._do(TagRemoval(tag.name))
        else:
            self.note(f"{key} does nothing here: {self.hints}")

    def _close(self) -> None:
        if self._sought:
            self._sought = ""
            self._show()
        else:
            self.answer(None)

    # -- names -----------------------------------------------------------------------------

    def _ask(self, what: str, label: str, text: str) -> None:
        self._asking = what
        entry = self.entry
        entry.display = True
        entry.placeholder = label
        with entry.prevent(Input.Changed):
            entry.value = text
        entry.cursor_position = len(text)
        entry.focus()
        self.note(f"{label}   Enter keep   Esc back")

    def _leave_input(self) -> None:
        self._asking = ""
        self.entry.display = False
        self.choices.focus()
        self.note("")

    @on(Input.Changed)
    def _preview(self, event: Input.Changed) -> None:
        """Say what a merge would come to."""
        tag = self._chosen
        other = next((one for one in self._tags if one.name == event.value.strip().lower()), None)
        if self._asking == _MERGE and tag and other:
            self.note(f"{tag.papers:,} + {other.papers:,} papers   Enter merges   Esc back")

    def command(self, command: str, text: str) -> None:
        """The keys of the line that asks for a name; Tab completes the tag to merge into."""
        asking, tag = self._asking, self._chosen
        if command == "cancel":
            self._leave_input()
        elif command == "complete" and asking == _MERGE:
            names = [one.name for one in self._tags if one != tag]
            for name in best(text.strip(), names, str)[:1]:
                self.entry.value = name
                self.entry.action_end()
        elif command == "accept" or asking == _SEARCH:
            super().command(command, text)

    def accept(self, text: str) -> None:
        """Take the name that was asked for; by the mouse, only the line."""
        asking, tag, name = self._asking, self._chosen, text.strip()
        self._leave_input()
        if asking in (_RENAME, _MERGE) and tag is not None and name:
            self._do(TagRename(tag.name, name), at=name.lower())

    def _do(self, change: Change | None, at: str = "") -> None:
        at = at or (self._chosen.name if self._chosen else "")
        self.queue(change, at)

    def queue(self, change: Change | None, at: str) -> None:
        """Make a change; each is done, none takes another's place."""
        work: Callable[..., Coroutine[Any, Any, Any]] = self._done
        self.run_worker(partial(work, change, at), exit_on_error=False)

    async def _done(self, change: Change | None, at: str) -> None:
        told, tags = await self._apply(change)
        if self.is_mounted:
            self._tags = list(tags)
            self._show(at)
            self.note(told)
