"""A set of actions: a part of the main screen, with a handle on it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from reader.tui.screens.dialogs import Dialog
    from reader.tui.screens.library import LibraryScreen

Answer = TypeVar("Answer")


class ActionSet:
    """A part of the main screen: the actions of one kind."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self.screen = screen

    def open_dialog(self, dialog: "Dialog[Answer]", then: Callable[[Answer], None]) -> None:
        """Open a dialog and do something with its answer; keys pressed meanwhile are its own."""
        self.screen.dialog = dialog

        def answered(answer: Answer | None) -> None:
            self.screen.dialog = None
            if answer is not None:
                then(answer)

        self.screen.app.push_screen(dialog, answered)
