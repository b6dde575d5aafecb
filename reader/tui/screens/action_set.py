"""A set of actions: a part of the main screen, with a handle on it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen


class ActionSet:
    """A part of the main screen: the actions of one kind."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self.screen = screen
