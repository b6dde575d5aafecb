"""The dialog of a paper's data: every field, who told it, and the user's own value on top."""

from reader.frozen import frozen
from reader.model.change import MetadataChange
from reader.model.details import told_details
from reader.model.metadata import (
    EDITABLE,
    FieldProblem,
    changed,
    source_of,
    values_of,
)
from reader.model.paper import Fields, Paper
from reader.model.text import clean
from reader.tui.render import cut
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

_VALUE = 40


@frozen
class InEditor:
    """The answer that asks for the whole form in the user's editor."""

    paper: Paper


class Metadata(Dialog[MetadataChange | InEditor]):
    """Shows the fields of a paper; Enter takes one into the input, and once more keeps it."""

    placeholder = "↑ ↓ choose a field, Enter changes it"
    hints = "Enter change   ^s all in $EDITOR   Esc close"

    def __init__(self, palette: Palette, paper: Paper) -> None:
        super().__init__(f"Data of “{paper.row.title}”", palette)
        self._paper = paper
        self._values = values_of(paper)
        self._details = told_details(paper.sources)
        self._offered: list[str] = []
        self.field = ""

    def offer(self, text: str) -> None:
        """Show the fields that begin with a text, or what the sources say of the chosen one."""
        if self.field:
            self.choices.show(self._said())
            return
        self._offered = [name for name in EDITABLE if name.startswith(text.lower())]
        lines = [self._line(name) for name in self._offered]
        lines += [self._detail(*one) for one in self._details if one[0].startswith(text.lower())]
        self.choices.show(lines)

    def _line(self, name: str) -> Line:
        palette, value = self._palette, self._values[name]
        source = source_of(self._paper, name)
        style = palette.accent if source == "user" else palette.muted
        return (
            [(f"{name:<12} ", palette.muted), (cut(clean(value), _VALUE), palette.text)],
            [(f" {source} ", style)],
        )

    def _detail(self, name: str, value: str, source: str) -> Line:
        palette = self._palette
        return (
            [(f"{name:<12} ", palette.faint), (cut(clean(value), _VALUE), palette.muted)],
            [(f" {source} ", palette.faint)],
        )

    def _said(self) -> list[Line]:
        """What each source says of the chosen field."""
        palette, field = self._palette, EDITABLE[self.field]
        said = [(one.source, field.written(one.fields)) for one in self._paper.sources]
        lines: list[Line] = [([(f"{field.name}: {field.label}", palette.muted)], [])]
        return lines + [
            ([(f"{source:<14} ", palette.muted), (cut(clean(value), _VALUE), palette.text)], [])
            for source, value in said
            if value
        ]

    def command(self, command: str, text: str) -> None:
        """Esc leaves the field first; ctrl+s takes all to the editor."""
        if command == "save":
            self.answer(InEditor(self._paper))
        elif command == "cancel" and self.field:
            self._choose("")
        elif command not in ("up", "down") or not self.field:
            super().command(command, text)

    def accept(self, text: str) -> None:
        """Keep what was typed for the field, or take the chosen one into the input."""
        if self.field:
            self._keep(text)
        elif self.choices.cursor < len(self._offered):
            self._choose(self._offered[self.choices.cursor])
        else:
            self.note("only the sources say this; it goes out with the paper   Esc close")

    def _choose(self, name: str) -> None:
        """Take a field into the input; one of several lines goes to the editor."""
        value = self._values.get(name, "")
        if "\n" in value:
            self.answer(InEditor(self._paper))
            return
        self.field = name
        entry = self.entry
        entry.value = value
        entry.cursor_position = len(value)
        self.offer(value)
        self.note("Enter keep   empty: as the sources say   Esc back" if name else "")

    def _keep(self, text: str) -> None:
        if text.strip() == self._values[self.field].strip():
            self._choose("")
            return
        try:
            changed(Fields(), {self.field: text})
        except FieldProblem as problem:
            self.note(str(problem))
        else:
            self.answer(MetadataChange(self._paper.row.id, ((self.field, text),)))
