"""A paper's row in the list, in three densities."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from reader.frozen import frozen
from reader.model.paper import PaperRow, Priority
from reader.model.query.matching import Wanted, spans
from reader.model.tags import colour_of
from reader.model.text import printable
from reader.tui.render import (
    BOLD,
    FOUND,
    Part,
    cut,
    format_date,
    split_ends,
    status_style,
    strip_of,
    wrap,
    wrapped,
)
from reader.tui.themes import Palette

_GUTTER = 4
_META_SHARE = 3
_NARROW = 62
_MOST_KEPT = 2_000


class Density(Enum):
    """How many lines a paper takes: every row of a density is equally high."""

    COMPACT = 1
    COZY = 3
    RELAXED = 4


TAG = "tag"
"""What a cell of a row tells of itself: the tag that is written there."""


@frozen
class RowLook:
    """How a row stands in the list.

    Attributes:
        cursor: Whether the cursor is on it.
        focused: Whether its list has the focus.
        settled: Whether it no longer belongs in the view and is shown dimmed.
        marked: Whether it is marked or in the visual range.
        note: What is said of it at the right end, such as where a search matched.
        gist: What was found, in a sentence; for the relaxed density.
    """

    cursor: bool = False
    focused: bool = True
    settled: bool = False
    marked: bool = False
    note: str = ""
    gist: str = ""


@frozen
class RowPainter:
    """Paints rows of one width, density and theme."""

    width: int
    palette: Palette
    today: dt.date
    density: Density = Density.COZY
    colours: Mapping[str, str] = field(default_factory=dict)
    sought: tuple[Wanted, ...] = ()

    def strips(self, row: PaperRow, look: RowLook) -> list[Strip]:
        """The lines of a row."""
        palette = self.palette
        base = palette.selected if look.cursor or look.marked else palette.base
        if self.density is Density.COMPACT:
            lines = [self._compact(row, look)]
        else:
            lines = self._lines(row, look)
        return [strip_of(parts, self.width, base) for parts in lines]

    @property
    def _room(self) -> int:
        return self.width - _GUTTER - 1

    def _meta(self, look: RowLook) -> Style:
        lit = look.cursor or look.marked
        return self.palette.selection_muted if lit else self.palette.muted

    def _title(self, row: PaperRow, look: RowLook) -> Style:
        if look.settled:
            return self._meta(look)
        return self.palette.text if row.seen else self.palette.text + BOLD

    def _marked(self, text: str, style: Style) -> list[Part]:
        """A title, or a line of it, with what was looked for marked as in the abstract."""
        parts: list[Part] = []
        beyond = 0
        for start, end in spans(text, self.sought):
            parts += [(text[beyond:start], style), (text[start:end], style + FOUND)]
            beyond = end
        return [*parts, (text[beyond:], style)]

    def _gutter(self, row: PaperRow, look: RowLook) -> list[Part]:
        palette, signs = self.palette, self.palette.glyphs
        bar = palette.accent if look.focused else palette.faint
        cursor = signs.cursor_on_mark if look.marked else signs.cursor
        first = cursor if look.cursor else signs.mark if look.marked else " "
        status = self._meta(look) if look.settled else status_style(row.status, palette)
        badge = (signs.star, palette.star) if row.starred else (_letter(row), palette.accent + BOLD)
        return [
            (first, bar),
            (signs.of(row.status), status),
            badge,
            (" ", Style()),
        ]

    def _prefix(self, row: PaperRow) -> list[Part]:
        """The priority of a starred paper, whose star has the letter's usual place."""
        shown = row.starred and row.priority is not Priority.NONE
        return [(f"{row.priority.name} ", self.palette.accent + BOLD)] if shown else []

    def _compact(self, row: PaperRow, look: RowLook) -> list[Part]:
        prefix = self._prefix(row)
        room = self._room - 2 * len(prefix)
        facts = [] if self.width < _NARROW else [row.byline, format_date(row.published, self.today)]
        facts[:0] = [_UPDATED] if row.revised else []
        size = cell_len(row.title)
        while facts and size + sum(cell_len(fact) + 2 for fact in facts if fact) >= room:
            facts.pop()
        tail = "".join(f"  {cut(fact, room // _META_SHARE)}" for fact in facts if fact)
        tail = f"  {look.note}" if look.note else tail
        head = cut(row.title, room - cell_len(tail) - 1 if tail else room)
        left = [*self._gutter(row, look), *prefix, *self._marked(head, self._title(row, look))]
        style = self.palette.accent if look.note else self._meta(look)
        return split_ends(left, [(f"{tail} ", style)] if tail else [], self.width)

    def _lines(self, row: PaperRow, look: RowLook) -> list[list[Part]]:
        """Title on up to two lines, facts, and in the relaxed density what was found."""
        gutter, prefix = self._gutter(row, look), self._prefix(row)
        indent: list[Part] = [gutter[0], (" " * (_GUTTER - 1), Style())]
        first, *second = _two_lines(row.title, self._room - 2 * len(prefix))
        style = self._title(row, look)
        lines = [[*gutter, *prefix, *self._marked(first, style)]]
        hanging: list[Part] = [("  ", style)] if prefix else []
        lines += [[*indent, *hanging, *self._marked(text, style)] for text in second]
        lines.append(self._facts_line(row, look, indent))
        height = self.density.value
        if self.density is Density.RELAXED:
            gist = _some_lines(look.gist, self._room, height - len(lines))
            lines += [[*indent, (text, self._meta(look))] for text in gist]
        return [*lines, *([] for _ in range(height - len(lines)))]

    def _facts_line(self, row: PaperRow, look: RowLook, indent: list[Part]) -> list[Part]:
        meta = self._meta(look)
        if look.note:
            end: list[Part] = [(look.note, self.palette.accent), (" ", meta)]
            room = self._room - sum(cell_len(text) for text, _ in end)
        else:
            end, room = self._tag_parts(row, meta), self._room
        left = [*indent, (self._fitting_facts(row, room), meta)]
        return split_ends(left, end, self.width)

    def _fitting_facts(self, row: PaperRow, room: int) -> str:
        """Authors, category, date and comments; without room, comments and category yield first."""
        comments = f"{row.comments}c" if row.comments else ""
        updated = _UPDATED if row.revised else ""
        date = format_date(row.published, self.today)
        for facts in (
            (updated, row.byline, row.category, date, comments),
            (updated, row.byline, row.category, date), (updated, row.byline, date),
            (updated, row.byline),
        ):  # fmt: skip
            text = " · ".join(printable(fact) for fact in facts if fact)
            if cell_len(text) <= room:
                return text
        return cut(row.byline, room)

    def _tag_parts(self, row: PaperRow, meta: Style) -> list[Part]:
        if not row.tags:
            return []
        more = f" +{len(row.tags) - 1}" if len(row.tags) > 1 else ""
        colour = self.palette.of_tag(colour_of(row.tags[0], self.colours))
        name = cut(row.tags[0], self._room // _META_SHARE)
        tag = Style(meta={TAG: row.tags[0]})
        return [(self.palette.glyphs.tag, colour + tag), (f" {name}", meta + tag),
                (f"{more} ", meta)]  # fmt: skip


_UPDATED = "updated"
"""What is said of a paper with a version that was not on screen yet."""


def _letter(row: PaperRow) -> str:
    return " " if row.priority is Priority.NONE else row.priority.name


def _two_lines(text: str, width: int) -> list[str]:
    return _some_lines(text, width, 2) or [""]


def _some_lines(text: str, width: int, most: int) -> list[str]:
    """A text on at most so many lines, the last one cut."""
    text = printable(text)
    lines = wrap(text, width, most=most) if most > 0 else []
    if not lines:
        return []
    shown = [text[start:end].rstrip() for start, end in lines[:-1]]
    return [*shown, cut(text[lines[-1][0] :].rstrip(), width)]


def heading_strip(text: str, painter: RowPainter) -> Strip:
    """The line above the first paper of a group."""
    palette = painter.palette
    label = cut(text, painter.width - 4)
    rule = palette.glyphs.dash * max(0, painter.width - cell_len(label) - 4)
    parts = [(" ", Style()), (label, palette.muted + BOLD), (f" {rule}", palette.faint)]
    return strip_of(parts, painter.width, palette.base)


def empty_strips(lines: list[str], painter: RowPainter) -> list[Strip]:
    """What is said where there are no papers."""
    told = [line for text in lines for line in wrapped(text, painter.width - 4) or [""]]
    palette = painter.palette
    return [strip_of([(f"  {line}", palette.muted)], painter.width, palette.base) for line in told]


class PaintedRows:
    """The rows that were painted, so that one which comes again costs nothing."""

    def __init__(self) -> None:
        self._kept: dict[tuple[PaperRow, RowLook], list[Strip]] = {}

    def clear(self) -> None:
        """Forget them: they are painted by another painter from now on."""
        self._kept.clear()

    def strips(self, row: PaperRow, look: RowLook, painter: RowPainter) -> list[Strip]:
        """The lines of a row."""
        strips = self._kept.get((row, look))
        if strips is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            strips = self._kept[row, look] = painter.strips(row, look)
        return strips
