"""Text as strips of cells: cutting, wrapping, and putting parts side by side.

Strips are made of plain segments, so nothing in a title can be markup; what could act on the
terminal is neutralised here and once more by the line filter.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.model.dates import MONTHS, PartialDate, Precision
from reader.model.paper import Status
from reader.model.text import printable
from reader.tui.themes import Palette

ELLIPSIS = "…"

BOLD = Style(bold=True)
FOUND = Style(bold=True, underline=True)
"""What was looked for, wherever it stands."""

_WORDS = re.compile(r"\S+\s*|\s+")

Part = tuple[str, Style]


def status_style(status: Status, palette: Palette) -> Style:
    """The colour of a status."""
    return {
        Status.UNREAD: palette.text, Status.LATER: palette.later, Status.READING: palette.reading,
        Status.READ: palette.read, Status.SKIPPED: palette.skipped,
    }[status]  # fmt: skip


def format_date(date: PartialDate, today: dt.date, *, full: bool = False) -> str:
    """`23 Apr` in this year, `Dec 2024` in others, `23 Apr 2026` in full; nothing when undated."""
    if not date.text or date.precision is Precision.YEAR:
        return date.text
    year, month, day = (*date.text.split("-"), "")[:3]
    name = MONTHS[int(month) - 1]
    if day and full:
        return f"{int(day)} {name} {year}"
    return f"{int(day)} {name}" if day and int(year) == today.year else f"{name} {year}"


# -- text in cells -----------------------------------------------------------------------------


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, with an ellipsis where it was cut."""
    text = printable(text)
    if cell_len(text) <= width:
        return text
    return _head(text, max(width - 1, 0)).rstrip() + ELLIPSIS if width > 0 else ""


def _head(text: str, width: int) -> str:
    """As much of the text as fits into `width` cells."""
    if text.isascii():
        return text[:width]
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return text[:index]
    return text


def wrap(text: str, width: int, most: int = 0) -> list[tuple[int, int]]:
    """Where the lines of a text begin and end when it is broken at blanks into `width` cells.

    Words longer than a line are cut. With `most`, only so many lines are looked for.
    """
    lines: list[tuple[int, int]] = []
    start = used = 0
    for word in _WORDS.finditer(text):
        size = cell_len(word.group().rstrip())
        if used and used + size > width:
            lines.append((start, word.start()))
            start, used = word.start(), 0
        if size > width:
            cuts = _cuts(text, word.start(), word.end(), width - used)
            for cut_at in cuts[:-1]:
                lines.append((start, cut_at))
                start = cut_at
            used = cell_len(text[start : word.end()])
        else:
            used += cell_len(word.group())
        if most and len(lines) >= most:
            return lines[:most]
    if start < len(text):
        lines.append((start, len(text)))
    return lines


def _cuts(text: str, start: int, end: int, room: int) -> list[int]:
    """Where a long word is cut: the first piece in `room` cells, the last cut at its end."""
    width = room
    cuts: list[int] = []
    used = 0
    for place in range(start, end):
        size = cell_len(text[place])
        if used + size > room:
            cuts.append(place)
            used = 0
        used += size
    return [*cuts, end] if width > 0 else [end]


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text."""
    text = printable(text)
    return [text[start:end].rstrip() for start, end in wrap(text, width)]


def strip_of(parts: Iterable[Part], width: int, base: Style) -> Strip:
    """Parts side by side on one line of exactly `width` cells.

    Where the base is reverse video the parts have its colour: theirs would be the ground's.
    """
    if base.reverse:
        colour = Style(color=base.color or "default")
        parts = [(text, style + colour) for text, style in parts]
    segments = [Segment(text, base + style) for text, style in parts if text]
    return Strip(segments).adjust_cell_length(width, base)


def split_ends(left: Sequence[Part], right: Sequence[Part], width: int) -> list[Part]:
    """Parts at both ends of a line; the right ones go when there is no room for them."""
    used = sum(cell_len(text) for text, _ in left)
    wanted = sum(cell_len(text) for text, _ in right)
    if not wanted or used + wanted + 1 > width:
        return list(left)
    return [*left, (" " * (width - used - wanted), Style()), *right]


def cut_parts(parts: Sequence[Part], width: int) -> list[Part]:
    """The parts that fit into so many cells, the last one cut."""
    kept: list[Part] = []
    for text, style in parts:
        if width <= 0:
            break
        shown = cut(text, width)
        kept.append((shown, style))
        width -= cell_len(shown)
    return kept
