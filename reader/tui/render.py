"""Papers as strips of cells: the only place where a paper's text becomes something painted.

Strips are made of plain segments, so nothing in a title can be markup; what could act on the
terminal is neutralised here and once more by the line filter.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.model.dates import MONTHS, PartialDate, Precision
from reader.model.paper import PaperRow, Status
from reader.model.text import printable
from reader.tui.themes import Palette

STATUS_GLYPHS = {
    Status.UNREAD: "●", Status.LATER: "○", Status.READING: "◐", Status.READ: "✓",
    Status.SKIPPED: "·",
}  # fmt: skip
STAR, NO_STAR, CURSOR, TAG, ELLIPSIS = "★", "☆", "▌", "■", "…"

BOLD = Style(bold=True)
_WORDS = re.compile(r"\S+\s*|\s+")
_GUTTER = 4
_META_SHARE = 3
_NARROW = 62

Part = tuple[str, Style]


@dataclass(frozen=True, slots=True)
class RowLook:
    """How a row stands in the list.

    Attributes:
        cursor: Whether the cursor is on it.
        focused: Whether its list has the focus.
        settled: Whether it no longer belongs in the view and is shown dimmed.
        note: What is said of it at the right end, such as where a search matched.
    """

    cursor: bool = False
    focused: bool = True
    settled: bool = False
    note: str = ""


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
    """Parts side by side on one line of exactly `width` cells."""
    segments = [Segment(text, base + style) for text, style in parts if text]
    return Strip(segments).adjust_cell_length(width, base)


def split_ends(left: Sequence[Part], right: Sequence[Part], width: int) -> list[Part]:
    """Parts at both ends of a line; the right ones go when there is no room for them."""
    used = sum(cell_len(text) for text, _ in left)
    wanted = sum(cell_len(text) for text, _ in right)
    if not wanted or used + wanted + 1 > width:
        return list(left)
    return [*left, (" " * (width - used - wanted), Style()), *right]


# -- rows --------------------------------------------------------------------------------------


def row_height(*, compact: bool) -> int:
    """Lines of a row: every row of a density is equally high."""
    return 1 if compact else 3


def row_strips(
    row: PaperRow, look: RowLook, width: int, palette: Palette, today: dt.date, *, compact: bool
) -> list[Strip]:
    """A row of the list."""
    base = palette.selected if look.cursor else palette.base
    meta = palette.selection_muted if look.cursor else palette.muted
    title = meta if look.settled else palette.text if row.seen else palette.text + BOLD
    gutter = _gutter(row, look, palette)
    if compact:
        lines = [_compact_line(row, width, title, meta, gutter, today)]
    else:
        room = width - _GUTTER - 1
        end = [(look.note, palette.accent), (" ", meta)] if look.note else []
        end = end or _tag_parts(row, room, palette, meta)
        lines = _cozy_lines(row, width, title, meta, gutter, end, today, noted=bool(look.note))
    return [strip_of(parts, width, base) for parts in lines]


def _gutter(row: PaperRow, look: RowLook, palette: Palette) -> list[Part]:
    bar = palette.accent if look.focused else palette.faint
    status = palette.muted if look.settled else status_style(row.status, palette)
    return [
        (CURSOR if look.cursor else " ", bar),
        (STATUS_GLYPHS[row.status], status),
        (STAR if row.starred else " ", palette.star),
        (" ", Style()),
    ]


def _compact_line(
    row: PaperRow, width: int, title: Style, meta: Style, gutter: list[Part], today: dt.date
) -> list[Part]:
    room = width - _GUTTER - 1
    facts = [] if width < _NARROW else [row.byline, format_date(row.published, today)]
    size = cell_len(row.title)
    while facts and size + sum(cell_len(fact) + 2 for fact in facts if fact) > room:
        facts.pop()
    tail = "".join(f"  {cut(fact, room // _META_SHARE)}" for fact in facts if fact)
    head = cut(row.title, room - cell_len(tail) if tail else room)
    return split_ends([*gutter, (head, title)], [(tail + " ", meta)] if tail else [], width)


def _cozy_lines(  # noqa: PLR0913, PLR0917 - one row's look
    row: PaperRow, width: int, title: Style, meta: Style, gutter: list[Part], end: list[Part],
    today: dt.date, *, noted: bool,
) -> list[list[Part]]:  # fmt: skip
    room = width - _GUTTER - 1
    lines = _two_lines(row.title, room)
    indent: list[Part] = [gutter[0], (" " * (_GUTTER - 1), Style())]
    taken = sum(cell_len(text) for text, _ in end) if noted else 0
    meta_line: list[Part] = [*indent, (_fitting_facts(row, today, room - taken), meta)]
    if len(lines) == 1:
        ends = split_ends(meta_line, end, width)
        return [[*gutter, (lines[0], title)], ends, []]
    second: list[Part] = [*indent, (lines[1], title)]
    ends = split_ends(meta_line, end, width)
    return [[*gutter, (lines[0], title)], second, ends]


def _two_lines(text: str, width: int) -> list[str]:
    text = printable(text)
    lines = wrap(text, width, most=2)
    if not lines:
        return [""]
    first, rest = text[lines[0][0] : lines[0][1]].rstrip(), text[lines[0][1] :]
    return [first, cut(rest, width)] if rest.strip() else [first]


def _fitting_facts(row: PaperRow, today: dt.date, room: int) -> str:
    """Authors, category, date and comments; without room, comments and category yield first."""
    comments = f"{row.comments}c" if row.comments else ""
    date = format_date(row.published, today)
    for facts in (
        (row.byline, row.category, date, comments), (row.byline, row.category, date),
        (row.byline, date), (row.byline,),
    ):  # fmt: skip
        text = " · ".join(printable(fact) for fact in facts if fact)
        if cell_len(text) <= room:
            return text
    return cut(row.byline, room)


def _tag_parts(row: PaperRow, room: int, palette: Palette, meta: Style) -> list[Part]:
    if not row.tags:
        return []
    more = f" +{len(row.tags) - 1}" if len(row.tags) > 1 else ""
    return [(TAG, palette.accent), (f" {cut(row.tags[0], room // _META_SHARE)}{more} ", meta)]
