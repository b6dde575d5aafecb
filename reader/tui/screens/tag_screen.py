"""The tags: renamed, merged, coloured, pinned and deleted, each as one step that can be undone."""

from collections.abc import Sequence

from textual import on
from textual.widgets import Input

from reader.model.change import Change, TagColour, TagPin, TagRemoval, TagRename
from reader.model.paper import Tag
from reader.model.tags import COLOURS, colour_of
from reader.model.text import printable
from reader.tui.screens.choose import best
from reader.tui.screens.roster import Apply, Roster
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

_RENAME, _MERGE = "rename", "merge"


class TagScreen(Roster[str, Sequence[Tag]]):
    """Lists the tags; each key acts on the one under the cursor. Gives the tag to show."""

    hints = (
        "Enter papers  r rename  m merge  c colour  1–9 pin  0 unpin  D delete  u undo  / search"
    )

    def __init__(self, palette: Palette, tags: Sequence[Tag], apply: Apply[Sequence[Tag]]) -> None:
        super().__init__("Tags", palette, apply)
        self._tags = list(tags)
        self._offered = self._tags

    def show(self, at: str = "") -> None:
        """Show the tags that fit the search, with the cursor on one of them."""
        self._offered = best(self.sought, self._tags, lambda tag: tag.name)
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
                (printable(tag.name), palette.text)]  # fmt: skip
        return (left, [(f"{colour}  ", palette.muted), (f"{tag.papers:>6,} ", palette.muted)])

    @property
    def _chosen(self) -> Tag | None:
        place = self.choices.cursor
        return self._offered[place] if place < len(self._offered) else None

    # -- keys ------------------------------------------------------------------------------

    def act(self, key: str) -> None:
        """Do what a key does to the tag under the cursor."""
        if tag := self._chosen:
            self._act(key, tag)

    def _act(self, key: str, tag: Tag) -> None:
        if key in ("enter", "l"):
            self.answer(tag.name)
        elif key == "r":
            self.ask(_RENAME, f"rename {tag.name} to (children move along)", tag.name)
        elif key == "m":
            self.ask(_MERGE, f"merge {tag.name} into", "")
        elif key == "c":
            place = COLOURS.index(tag.colour) + 1 if tag.colour in COLOURS else 0
            self._make(TagColour(tag.name, COLOURS[place] if place < len(COLOURS) else ""))
        elif key.isdecimal() and len(key) == 1:
            self._make(TagPin(tag.name, int(key)))
        elif key == "D":
            self._make(TagRemoval(tag.name))
        else:
            self.note(f"{key} does nothing here: {self.hints}")

    @on(Input.Changed)
    def _preview(self, event: Input.Changed) -> None:
        """Say what a merge would come to."""
        tag = self._chosen
        other = next((one for one in self._tags if one.name == event.value.strip().lower()), None)
        if self.asking == _MERGE and tag and other:
            self.note(f"{tag.papers:,} + {other.papers:,} papers   Enter merges   Esc back")

    def command(self, command: str, text: str) -> None:
        """The keys of the line that asks for a name; Tab completes the tag to merge into."""
        tag = self._chosen
        if command == "complete" and self.asking == _MERGE:
            names = [one.name for one in self._tags if one != tag]
            for name in best(text.strip(), names, str)[:1]:
                self.entry.value = name
                self.entry.action_end()
        else:
            super().command(command, text)

    def accept(self, text: str) -> None:
        """Take the name that was asked for; by the mouse, only the line."""
        asking, tag, name = self.asking, self._chosen, text.strip()
        self.leave_input()
        if asking in (_RENAME, _MERGE) and tag is not None and name:
            self._make(TagRename(tag.name, name), at=name.lower())

    def _make(self, change: Change, at: str = "") -> None:
        self.change(change, at or (self._chosen.name if self._chosen else ""))

    def renew(self, things: Sequence[Tag]) -> None:
        """Take the tags as they are now."""
        self._tags = list(things)
