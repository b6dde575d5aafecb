"""The dialog that asks what to add: a path, an identifier, or any text that is pasted."""

import asyncio
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static

from reader.model.text import printable
from reader.paths import existing
from reader.tui.render import cut
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.prompt import PromptInput

_MOST_LISTED = 200
_NAME = 70
_ABOUT = (
    ("a file or a folder", "BibTeX, RIS, Zotero, CSL-JSON, listings, …: any that is known"),
    ("pasted text", "entries, listings, pages, links: recognised by what it is"),
    ("an arXiv id, DOI, link, title", "asked for at arXiv, Crossref and others"),
    ("cs.LG, hf, author:NAME, a URL", "a feed, to be followed"),
)


class PasteInput(PromptInput):
    """An input that tells of pasted lines instead of taking their first."""

    @dataclass
    class Pasted(Message):
        """Several lines were pasted."""

        text: str

    def _on_paste(self, event: events.Paste) -> None:
        if "\n" in event.text.strip():
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))
        else:
            super()._on_paste(event)


class AddPapers(Dialog[str]):
    """Asks for a path or a text; files of the folder that is typed are offered."""

    placeholder = "a path, an arXiv id, a DOI, a link; or paste anything"
    hints = "Enter look at it first   Tab complete   Esc close"

    def __init__(self, palette: Palette) -> None:
        super().__init__("Add papers", palette)
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        """As every dialog, with an input that takes what is pasted."""
        with Vertical(id="dialog"):
            yield Static("Add papers", markup=False, classes="dialog-title")
            yield PasteInput(self.placeholder)
            yield Choices(self._palette)
            yield Static(self.hints, markup=False, classes="dialog-note")

    @on(PasteInput.Pasted)
    def _pasted(self, event: PasteInput.Pasted) -> None:
        self.answer(event.text)

    def offer(self, text: str) -> None:
        """Show the files that a path begins, or what can be given."""
        if _is_path(text):
            self.start(self._look, text)
        else:
            self.workers.cancel_node(self)
            self._show([])

    async def _look(self, text: str) -> None:
        """Look into a folder, which may be large, or on a disk that is slow."""
        self._show(await asyncio.to_thread(_files, text))

    def _show(self, names: list[str]) -> None:
        self._offered = names
        lines = [self._file(name) for name in self._offered]
        self.choices.show(lines or [self._about(*one) for one in _ABOUT])

    def _file(self, name: str) -> Line:
        return ([(cut(printable(name), _NAME), self._palette.text)], [])

    def _about(self, what: str, told: str) -> Line:
        palette = self._palette
        return ([(f"{what:<31}", palette.text), (told, palette.muted)], [])

    def command(self, command: str, text: str) -> None:
        """Tab takes the path under the cursor into the input."""
        if command == "complete":
            self._complete()
        else:
            super().command(command, text)

    def _complete(self) -> None:
        if name := self._meant(self.entry.value):
            self.entry.value = name
            self.entry.cursor_position = len(name)

    def _meant(self, text: str) -> str:
        """The path under the cursor, if it was offered for this text: they come a moment later."""
        place = self.choices.cursor
        name = self._offered[place] if place < len(self._offered) else ""
        return name if name.lower().startswith(text.lower()) else ""

    def accept(self, text: str) -> None:
        """Answer with what was typed, or go into the folder that the cursor is on."""
        if not text.strip():
            self.note("type a path or an id, or paste; Esc closes")
        elif self._meant(text) and existing(text) is None:
            self._complete()
        else:
            self.answer(text)


def _is_path(text: str) -> bool:
    return text.startswith(("/", "./", "../", "~"))


def _files(text: str) -> list[str]:
    """The files and folders whose names begin as a path ends; folders end with a slash."""
    head, slash, begun = text.rpartition("/")
    folder = existing(head + slash)
    if folder is None:
        return []
    try:
        entries = sorted(folder.iterdir(), key=lambda one: (not one.is_dir(), one.name.lower()))
    except OSError:
        return []
    hidden = begun.startswith(".")
    fitting = [one for one in entries if one.name.lower().startswith(begun.lower())
               and one.name.startswith(".") == hidden]  # fmt: skip
    return [f"{head}{slash}{one.name}" + "/" * one.is_dir() for one in fitting[:_MOST_LISTED]]
