"""A dialog to choose one of some things."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from textual.fuzzy import FuzzySearch

from reader.frozen import frozen
from reader.model.text import printable
from reader.tui.render import cut
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

Value = TypeVar("Value")

_DETAIL = 44


@frozen
class Option(Generic[Value]):
    """One of the things: its name, what is said at the right, and what it gives."""

    label: str
    detail: str
    value: Value


class Choose(Dialog[Value]):
    """Typing searches; with numbers, a digit chooses at once."""

    placeholder = "type to search"

    def __init__(  # noqa: PLR0913 - what distinguishes one choice from another
        self,
        palette: Palette,
        title: str,
        options: Sequence[Option[Value]],
        *,
        numbered: bool = False,
        at: Value | None = None,
        seen: Callable[[Value | None], None] | None = None,
        hints: str = "",
    ) -> None:
        super().__init__(title, palette)
        self.hints = hints or f"Enter choose   {'1–9 at once   ' if numbered else ''}Esc close"
        self._options, self._offered = list(options), list(options)
        self._numbered, self._at, self._seen = numbered, at, seen

    def offer(self, text: str) -> None:
        """Show what fits, the best first."""
        if self._numbered and len(text) == 1 and text in "123456789":
            place = int(text) - 1
            if place < len(self._options):
                self.answer(self._options[place].value)
            return
        self._offered = best(text, self._options, lambda one: one.label)
        values = [one.value for one in self._offered]
        start = values.index(self._at) if not text and self._at in values else 0
        self.choices.show([self._line(i, one) for i, one in enumerate(self._offered)], start)
        self.note("" if self._offered else "nothing like this   Esc close")
        self._tell()

    def _line(self, place: int, option: Option[Value]) -> Line:
        palette = self._palette
        digit = f"{place + 1} " if self._numbered and place < 9 else ""  # noqa: PLR2004 - digits
        return (
            [(digit, palette.accent), (printable(option.label), palette.text)],
            [(f"{cut(printable(option.detail), _DETAIL)} ", palette.muted)],
        )

    def _tell(self) -> None:
        if self._seen is not None and self._offered:
            self._seen(self._offered[self.choices.cursor].value)

    def move(self, step: int) -> None:
        """Move, and show what would be chosen."""
        super().move(step)
        self._tell()

    def answer(self, answer: Value | None) -> None:
        """Without an answer, nothing is shown of what would have been chosen."""
        if answer is None and self._seen is not None:
            self._seen(None)
        super().answer(answer)

    def accept(self, text: str) -> None:
        """Answer with what the cursor is on."""
        del text
        place = self.choices.cursor
        self.answer(self._offered[place].value if place < len(self._offered) else None)


def best(text: str, things: Sequence[Value], name: Callable[[Value], str]) -> list[Value]:
    """The things whose names have the letters of a text in their order, the likeliest first."""
    if not text.strip():
        return list(things)
    search = FuzzySearch()
    scored = [(search.match(text.strip(), name(thing))[0], thing) for thing in things]
    fitting = [one for one in scored if one[0] > 0]
    fitting.sort(key=lambda one: -one[0])
    return [thing for _, thing in fitting]
