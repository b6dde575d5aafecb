"""What the prompt is open for: a search, a command, or an answer to a question."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from reader.model.query import Problem
    from reader.tui.screens.completing import Completing
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.widgets.pane import Pane

FILTER, FIND, COMMAND, QUESTION = "/", "f", ":", "?"


class Purpose(ActionSet):
    """One use of the prompt: it hears of what is typed and of the prompt's own keys."""

    hints = " Enter accept   Esc cancel"
    problems: "tuple[Problem, ...]" = ()
    completing: "Completing | None" = None
    unfinished = False

    def open(self, mode: str, label: str, text: str = "") -> None:
        """Open the prompt for this."""
        self.screen.purpose = self
        self.screen.prompt.ask(mode, label, text)
        self.screen.telling.footer()

    def close(self, pane: "Pane | None" = None) -> None:
        """Close the prompt and go back to a pane, the list when none is told."""
        self.screen.prompt.hide()
        self.screen.go_to(pane or self.screen.papers)
        self.screen.telling.everything()

    def typed(self, text: str) -> None:
        """The text changed."""

    def commanded(self, command: str, text: str) -> None:
        """Enter, Esc, Tab, the arrows and the control keys."""


class Question(Purpose):
    """A line of text that something is done with."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._then: Callable[[str], None] = lambda _text: None
        self._changed: Callable[[str], None] | None = None
        self._from: Pane | None = None

    def ask(
        self,
        label: str,
        then: Callable[[str], None],
        text: str = "",
        *,
        hints: str = Purpose.hints,
        changed: Callable[[str], None] | None = None,
    ) -> None:
        """Ask for a text; `changed` hears of every letter, and of an empty text on Esc."""
        self._then, self._changed, self.hints = then, changed, hints
        self._from = self.screen.pane
        self.open(QUESTION, f" {label} › ", text)

    def typed(self, text: str) -> None:
        """Tell whoever listens."""
        if self._changed is not None:
            self._changed(text)

    def commanded(self, command: str, text: str) -> None:
        """Enter gives the text, Esc nothing."""
        if command in ("accept", "cancel"):
            then = self._then
            self.close(self._from)
            if command == "cancel":
                self.typed("")
            elif text.strip():
                then(text.strip())
