"""Which panes there are, and how large: functions of the terminal's size and the user's wish."""

from enum import Enum

WISHES = ("auto", "columns", "rows", "single")
"""The layouts that can be asked for."""

SMALLEST = (40, 10)
"""Columns and lines below which only the size needed is shown."""

_TRIPLE, _SPLIT, _STACKED, _TALL = 120, 96, 72, 18
_LEAST_SHARE, _MOST_SHARE = 20, 80
_LEAST_SIDEBAR, _MOST_SIDEBAR = 14, 40


class Layout(Enum):
    """The panes side by side or above each other; a CSS class of the same name shows it."""

    TRIPLE = "-triple"
    SPLIT = "-split"
    STACKED = "-stacked"
    SINGLE = "-single"

    @property
    def divided(self) -> bool:
        """Whether list and abstract are both there."""
        return self is not Layout.SINGLE


def layout_of(width: int, height: int, wish: str = "auto") -> Layout:
    """The layout for a terminal; a wish counts where it can be fulfilled."""
    if wish == "single" or width < _STACKED or height < _TALL:
        return Layout.SINGLE
    if wish == "rows":
        return Layout.STACKED
    if width >= _TRIPLE:
        return Layout.TRIPLE
    return Layout.SPLIT if width >= _SPLIT or wish == "columns" else Layout.STACKED


def one_line_rows(width: int, height: int) -> bool:
    """Whether there is no room for more than a line for each paper."""
    return width < _SPLIT or height < _TALL


def too_small(width: int, height: int) -> bool:
    """Whether nothing sensible can be shown."""
    return width < SMALLEST[0] or height < SMALLEST[1]


def share(percent: int) -> int:
    """The part of the list, in per cent, kept within what can be read."""
    return max(_LEAST_SHARE, min(percent, _MOST_SHARE))


def sidebar_width(cells: int) -> int:
    """The width of the sidebar, kept within what can be read."""
    return max(_LEAST_SIDEBAR, min(cells, _MOST_SIDEBAR))
