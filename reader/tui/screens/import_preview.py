"""What an import would do, before it is done: new, changed by field, unsure, not understood."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from reader.model.feed import Followed
from reader.model.text import printable
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Choices, Line
from reader.tui.widgets.pane import KeyPressed

if TYPE_CHECKING:
    from reader.import_report import FileReport, ImportReport
    from reader.library.previewing import PreviewedPaper

_MOST_SHOWN = 2_000


class ImportPreview(Dialog[bool]):
    """Lists what would come; Enter imports it."""

    AUTO_FOCUS = "Choices"

    def __init__(self, palette: Palette, report: "ImportReport") -> None:
        super().__init__("Import", palette)
        self._report = report
        self._feeds = [one for one in report.labels if isinstance(one, Followed)]
        papers = report.preview and (report.preview.new or report.preview.merged)
        self._empty = not (papers or self._feeds)
        self.hints = "Esc close" if self._empty else "Enter import   j k scroll   Esc cancel"

    def compose(self) -> ComposeResult:
        """What it comes to, the papers one by one, and the keys."""
        with Vertical(id="dialog"):
            yield Static(self._told(), markup=False, classes="dialog-question")
            yield Choices(self._palette, takes_keys=True)
            yield Static(self.hints, markup=False, classes="dialog-note")

    def offer(self, text: str) -> None:
        """Show the papers."""
        del text
        self.choices.show(list(self._lines()))
        self.choices.focus()

    def _told(self) -> str:
        report = self._report
        counts = {"new": sum(one.new for one in report.files),
                  "changed": sum(one.merged for one in report.files),
                  "there already": sum(one.unchanged for one in report.files),
                  "unsure": len(report.unsure), "not understood": report.problems}  # fmt: skip
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        if self._feeds:
            told = f"{told}{', ' if told else ''}{len(self._feeds):,} feeds to follow"
        formats = dict.fromkeys(one.format for one in report.files if one.format)
        return f"{', '.join(formats)}: {told or 'nothing in it'}".removeprefix(": ")

    def _lines(self) -> Iterator[Line]:
        palette, preview = self._palette, self._report.preview
        for file in self._report.files:
            yield from self._file(file)
        for feed in self._feeds[:_MOST_SHOWN]:
            left = [("+ ", palette.accent), (printable(feed.name or feed.spec), palette.text)]
            yield (left, [(f"  {printable(feed.spec)} ", palette.muted)])
        for ours, theirs in self._report.unsure[:_MOST_SHOWN]:
            yield self._line("? ", f"{ours} may be {theirs}: both are kept", palette.later)
        for one in (preview.merged if preview else [])[:_MOST_SHOWN]:
            yield from self._changed(one)
        for one in (preview.new if preview else [])[:_MOST_SHOWN]:
            left = [("+ ", palette.accent), (printable(one.title), palette.text)]
            yield (left, [(f"  {printable(one.byline)} ", palette.muted)])

    def _file(self, file: "FileReport") -> Iterator[Line]:
        palette = self._palette
        if file.encoding:
            yield self._line(
                "  ", f"{file.file}: not UTF-8, read as {file.encoding}", palette.muted
            )
        for one in file.problems[:_MOST_SHOWN]:
            place = f"line {one.line}: " if one.line else f"{one.record}: " if one.record else ""
            text = f"{place}{one.reason}" + (f" ({one.field})" if one.field else "")
            yield self._line("! ", text + (f": {one.raw}" if one.raw else ""), palette.star)

    def _changed(self, paper: "PreviewedPaper") -> Iterator[Line]:
        palette = self._palette
        yield self._line("~ ", paper.title, palette.text)
        for change in paper.changes:
            before = f"{printable(change.before)} → " if change.before else ""
            yield ([(f"    {change.name}: ", palette.muted), (before, palette.muted),
                    (printable(change.after) or "nothing", palette.text)], [])  # fmt: skip

    def _line(self, mark: str, text: str, style: Style) -> Line:
        return ([(mark, style), (printable(text), self._palette.text)], [])

    @on(KeyPressed)
    def _key(self, event: KeyPressed) -> None:
        event.stop()
        self.take_key(event.key)

    def take_key(self, key: str) -> bool:
        """Enter imports, Esc does not; the rest scrolls."""
        if key in ("escape", "q", "n"):
            self.answer(None)
        elif key in ("enter", "y"):
            self.answer(None if self._empty else True)
        else:
            self.scroll_by(key)
        return False

    def accept(self, text: str) -> None:
        """A click on a line is no yes."""
        del text
