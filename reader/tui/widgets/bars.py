"""The one-line bars: where one is, what happened, and what the keys do."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader.frozen import frozen
from reader.tui.actions import Action, key_label
from reader.tui.render import BOLD, Part, cut_parts, split_ends, strip_of
from reader.tui.themes import Palette

Hinted = tuple[str, Action, int]
"""A key, what it does, and how soon it yields where there is no room for all."""


class Bar(Widget):
    """A line with something at its left end and something at its right end."""

    def __init__(self, palette: Palette, *, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.palette = palette
        self._left: list[Part] = []
        self._right: list[Part] = []

    def show(self, left: Sequence[Part], right: Sequence[Part] = ()) -> None:
        """Show these parts; the left ones are cut where both do not fit."""
        shown = (list(left), list(right))
        if shown != (self._left, self._right):
            self._left, self._right = shown
            self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line; below it nothing."""
        width = self.size.width
        if y:
            return Strip.blank(width, self.palette.base)
        wanted = sum(cell_len(text) for text, _ in self._right)
        room = width - wanted - 2 if wanted else width - 1
        left = (
            cut_parts(self._left, room) if room > width // 2 else cut_parts(self._left, width - 1)
        )
        return strip_of(split_ends(left, self._right, width), width, self.palette.base)


@frozen
class Hint:
    """A key and what it does, at cells `start` to `end` of the footer."""

    start: int
    end: int
    action: str


class Footer(Bar):
    """What the keys of the focused pane do; each hint runs on a click."""

    @dataclass
    class HintClicked(Message):
        """A hint was clicked."""

        action: str

    def __init__(self, palette: Palette) -> None:
        super().__init__(palette, id="footer")
        self._hints: list[Hint] = []

    def show_actions(self, pending: str, actions: Sequence[Hinted]) -> None:
        """Show keys and titles behind what was typed so far; the last one at the right end.

        Each action comes with how soon it must yield where there is no room for all.
        """
        room = max(self.size.width, 1) - 2 - (len(pending) + 3 if pending else 0)
        shown = _fitting(actions, room)
        parts: list[Part] = [(" ", Style())]
        if pending:
            parts += [(pending, self.palette.accent + BOLD), (" · ", self.palette.faint)]
        self._hints = []
        used = sum(cell_len(text) for text, _ in parts)
        for number, (key, action, _) in enumerate(shown):
            size = hint_size(key, action)
            if number == len(shown) - 1 and not pending:
                gap = self.size.width - 1 - used - size
                parts.append((" " * max(gap, 0), Style()))
                used += max(gap, 0)
            self._hints.append(Hint(used, used + size - 2, action.id))
            parts += [(key_label(key), self.palette.accent),
                      (f" {action.title}  ", self.palette.muted)]  # fmt: skip
            used += size
        self.show(parts)

    def on_click(self, event: events.Click) -> None:
        """A click on a hint does what its key does."""
        for hint in self._hints:
            if hint.start <= event.x < hint.end:
                self.post_message(self.HintClicked(hint.action))


def hint_size(key: str, action: Action) -> int:
    """The cells that a key and its title take, with what is between them and the next."""
    return cell_len(key_label(key)) + 1 + cell_len(action.title) + 2


def _fitting(actions: Sequence[Hinted], room: int) -> list[Hinted]:
    """The actions that fit, in their order; those that yield soonest are left out first."""
    kept: list[Hinted] = []
    for one in sorted(actions, key=lambda one: one[2]):
        size = hint_size(one[0], one[1])
        if size <= room:
            kept.append(one)
            room -= size
    return [one for one in actions if one in kept]
