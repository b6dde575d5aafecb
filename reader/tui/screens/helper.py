"""What the helpers of the main screen share: a handle on it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen


class Helper:
    """A part of the main screen: the actions of one kind."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self.screen = screen
