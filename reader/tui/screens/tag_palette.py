"""The tag palette: adds, removes and makes tags."""

from collections.abc import Awaitable, Callable, Sequence

from textual import on
from textual.widgets import Input

from reader.errors import TagNameError
from reader.model.change import TagChange
from reader.model.paper import PaperRow, Tag
from reader.model.tags import colour_of
from reader.model.text import clean
from reader.tui.render import cut
from reader.tui.screens.dialog import Dialog
from reader.tui.tagging import Candidate, candidates, parse_several, several, toggle
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

_ESCAPE = "\\"
"""Typed first, it lets a name begin with a digit."""

Suggest = Callable[[], Awaitable[Sequence[str]]]


class TagPalette(Dialog[TagChange]):
    """Gives the change, or None when it was cancelled.

    While nothing is typed, a digit toggles the tag that is pinned to it.
    """

    placeholder = "a tag, or a/b, or several: a, b -c"
    hints = "Enter apply   Tab complete   -x remove   1–9 pinned   Esc cancel"

    def __init__(
        self, palette: Palette, rows: Sequence[PaperRow], tags: Sequence[Tag], suggest: Suggest
    ) -> None:
        count = len(rows)
        title = f"Tag {count:,} papers" if count > 1 else f"Tag “{rows[0].title}”"
        super().__init__(title, palette)
        self._papers = tuple(row.id for row in rows)
        self._tags = tags
        self._suggest = suggest
        self._suggested: Sequence[str] = ()
        self._colours = {tag.name: tag.colour for tag in tags if tag.colour}
        self._pinned = {str(tag.pinned): tag.name for tag in tags if tag.pinned}
        self._on: dict[str, int] = {}
        for row in rows:
            for name in row.tags:
                self._on[name] = self._on.get(name, 0) + 1
        self._offered: list[Candidate] = []

    def on_mount(self) -> None:
        """Offer the tags; those of similar papers come as soon as they are found."""
        if self._tags:
            self.start(self._suggesting)

    async def _suggesting(self) -> None:
        self._suggested = await self._suggest()
        if self.is_open and self._suggested and not self.entry.value:
            cursor = self.choices.cursor
            self.offer("")
            self.choices.move(cursor)

    @on(Input.Changed)
    def _digit(self, event: Input.Changed) -> None:
        name = self._pinned.get(event.value)
        if name:
            event.stop()
            event.prevent_default()
            self.answer(toggle(Candidate(name, on=self._on.get(name, 0)), self._papers))

    def offer(self, text: str) -> None:
        """Show the tags that a text names, and the new one that it would be."""
        text = text.removeprefix(_ESCAPE)
        if several(text):
            self._offered = []
        else:
            self._offered = candidates(text, self._tags, self._on, self._suggested)
        self.choices.show([self._line(one) for one in self._offered])
        self.note("" if text or self._tags else "no tags yet: type a name and Enter makes it")

    def _line(self, candidate: Candidate) -> Line:
        palette = self._palette
        if candidate.new:
            created = f"create “{cut(candidate.name, 40)}”"
            return ([("  + ", palette.accent), (created, palette.text)], [])
        on, papers = candidate.on, len(self._papers)
        where = "suggested" if candidate.suggested else ""
        dot = palette.glyphs.status[0]
        where = where if not on else f"{dot} on" if on == papers else f"{dot} on {on} of {papers}"
        digit = next((key for key, name in self._pinned.items() if name == candidate.name), " ")
        colour = palette.of_tag(colour_of(candidate.name, self._colours))
        left = [(f"{digit} ", palette.accent), (f"{palette.glyphs.tag} ", colour),
                (cut(candidate.name, 30), palette.text)]  # fmt: skip
        style = palette.accent if on else palette.muted
        return (left, [(f"{where}  ", style), (f"{candidate.papers:>5,} ", palette.muted)])

    def command(self, command: str, text: str) -> None:
        """Tab puts the name under the cursor into the input."""
        if command != "complete":
            super().command(command, text)
        elif self._offered:
            self.entry.value = self._offered[self.choices.cursor].name
            self.entry.action_end()

    def accept(self, text: str) -> None:
        """Answer with the tags that were typed, or the one under the cursor."""
        text = clean(text).removeprefix(_ESCAPE)
        try:
            if several(text):
                self.answer(parse_several(text, self._papers))
            elif self._offered:
                self.answer(toggle(self._offered[self.choices.cursor], self._papers))
            else:
                self.answer(None)
        except TagNameError as error:
            self.note(str(error))
