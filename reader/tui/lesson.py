"""The first lesson: what to try, and what was tried."""

from dataclasses import replace

from rich.style import Style

from reader.frozen import frozen
from reader.tui.keymap import Keymap
from reader.tui.render import BOLD, Part
from reader.tui.themes import Palette

STEPS = {
    "move.down": "move",
    "pane.deeper": "read the abstract",
    "paper.star": "star it",
    "paper.later": "want to read it later",
    "paper.skip": "not for me",
    "history.undo": "undo, always",
    "paper.tag": "tag",
    "find.filter": "filter this list",
}
"""What is taught, by what tells that it was done."""

_KEYS = {"move.down": ("move.down", "move.up")}
_WIDE = 44


@frozen
class Lesson:
    """The card, with the steps that were done."""

    keymap: Keymap
    done: frozenset[str] = frozenset()

    def learned(self, step: str) -> "Lesson":
        """The card with one more step done."""
        return replace(self, done=self.done | {step})

    def lines(self, palette: Palette, width: int, height: int) -> list[list[Part]]:
        """The card in lines, without blank ones where there is no room for them."""
        signs = palette.glyphs
        now = next((step for step in STEPS if step not in self.done), "")
        lines: list[list[Part]] = [
            [("LEARN AS YOU GO", palette.text + BOLD)], [],
            [("You are in the list. Try:", palette.text)], [],
        ]  # fmt: skip
        for step, told in STEPS.items():
            keys = " ".join(self.keymap.key_of(one) for one in _KEYS.get(step, (step,)))
            state: Part = ("", Style())
            if step in self.done:
                state = (f"{signs.check} done", palette.read)
            elif step == now:
                state = (f"{signs.now} now", palette.accent)
            gap = " " * max(2, min(width, _WIDE) - 38)
            lines.append([
                (f"{signs.roles[0]} ", palette.accent), (f"{keys:<9}", palette.text + BOLD),
                (f"{told:<22}", palette.text), (gap, Style()), state,
            ])  # fmt: skip
        undo = self.keymap.key_of("history.undo")
        closing = (f"This card goes away after {undo}.", ":lesson brings it back.")
        lines += [[], *([(text, palette.muted)] for text in closing)]
        return lines if len(lines) < height else [line for line in lines if line]
