"""The paper list: a Line-API view of a vector of ids, painted from a window of rows."""

import datetime as dt
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from reader.model.paper import ID_TYPE, PaperRow, Status
from reader.model.query.matching import meant_for, wanted
from reader.model.query.tree import ALL, Node
from reader.tui._workarounds import set_content_size
from reader.tui.geometry import Geometry, Heading, place_of
from reader.tui.rows import (
    TAG,
    Density,
    PaintedRows,
    RowLook,
    RowPainter,
    empty_strips,
    heading_strip,
)
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane

WINDOW = 240
"""Rows fetched at once, around those on screen."""


class _Latest(Message):
    """Of these only the latest one matters."""

    def can_replace(self, message: Message) -> bool:
        """It takes the place of one of its kind."""
        return isinstance(message, type(self))


class PaperList(Pane, can_focus=True):
    """Papers in the order of their ids; rows come later, by `add_rows`, when they are asked for."""

    density: var[Density] = var(Density.COZY)
    cursor: var[int] = var(0)

    @dataclass
    class Highlighted(_Latest):
        """The cursor is on another paper, or on none."""

        row: PaperRow | None

    @dataclass
    class RowsNeeded(_Latest):
        """Rows that are on screen or near it have not come yet."""

        ids: Sequence[int]

    @dataclass
    class TagClicked(Message):
        """A tag was clicked."""

        name: str

    class Opened(Message):
        """A row was double-clicked."""

    def __init__(self, palette: Palette, today: dt.date) -> None:
        super().__init__(id="papers")
        self._painter = RowPainter(0, palette, today)
        self._geometry = Geometry()
        self.ids: Sequence[int] = array(ID_TYPE)
        self.settled: frozenset[int] = frozenset()
        self.marked: Collection[int] = frozenset()
        self.range_from: int | None = None
        self._notes: Mapping[int, str] = {}
        self._gists: dict[int, str] = {}
        self._rows: dict[int, PaperRow] = {}
        self._painted = PaintedRows()
        self.headings: Sequence[Heading] = ()
        self._asked: tuple[int, int] = (0, 0)
        self._empty: list[str] = []

    # -- what is shown ---------------------------------------------------------------------

    def show(self, ids: Sequence[int], rows: Iterable[PaperRow] = (), cursor: int = 0) -> None:
        """Show other papers, with the cursor on one of them."""
        self.ids = ids
        self._rows.update((row.id, row) for row in rows)
        self._asked = (0, 0)
        self.headings = ()
        self.set_reactive(PaperList.cursor, self._clamp(cursor))
        self._resize_content()
        self.keep_cursor_visible()
        self.refresh()
        self._announce()

    def extend(self, ids: Sequence[int]) -> None:
        """Show papers of which the first are those that are here; these stay where they are."""
        short = self._geometry.lines < self.scroll_offset.y + self.size.height
        self.ids = ids
        self._resize_content()
        if short:
            self.refresh()

    def drop(self, papers: Collection[int]) -> None:
        """Show the same list without some papers."""
        end = max((place_of(self.ids, paper, 0) for paper in papers), default=0) + 1
        kept = (paper for paper in self.ids[:end] if paper not in papers)
        self.ids = array(ID_TYPE, kept) + array(ID_TYPE, self.ids[end:])
        self.settled = self.settled.difference(papers)
        self._resize_content()
        self.refresh()

    def explain_empty(self, lines: Iterable[str]) -> None:
        """What to say where there are no papers: why, and what next."""
        self._empty = list(lines)
        if not self.ids:
            self.refresh()

    def add_rows(self, rows: Iterable[PaperRow]) -> None:
        """Take rows that were asked for, or that changed."""
        changed = {row.id: row for row in rows if self._rows.get(row.id) != row}
        self._rows.update(changed)
        if len(self._rows) > 20 * WINDOW:
            self._keep_rows(WINDOW)
        self._refresh_papers(changed)
        if self.row and self.row.id in changed:
            self._announce()

    def forget(self) -> None:
        """Fetch the rows on screen afresh; those further off when they come near."""
        self._keep_rows(0)
        self._asked = (0, 0)
        self._need_rows()

    def _keep_rows(self, around: int) -> None:
        near = self.near(around)
        self._rows = {paper: row for paper, row in self._rows.items() if paper in near}

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._paint_with(replace(self._painter, palette=palette))

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Paint the squares of tags in other colours."""
        if colours != self._painter.colours:
            self._paint_with(replace(self._painter, colours=colours))

    def set_sought(self, tree: Node = ALL) -> None:
        """Mark in the titles what a query looks for."""
        sought = tuple(meant_for("title", wanted(tree)))
        if sought != self._painter.sought:
            self._paint_with(replace(self._painter, sought=sought))

    def _paint_with(self, painter: RowPainter) -> None:
        self._painter = painter
        self._painted.clear()
        self.refresh()

    def set_headings(self, headings: Sequence[Heading]) -> None:
        """Show headings above the groups of the papers that are here."""
        self.headings = headings
        self._resize_content()
        self.keep_cursor_visible()
        self.refresh()

    def set_selection(self, marked: Collection[int], anchor: int | None) -> None:
        """Show what is marked, and the visual range from `anchor` to the cursor."""
        self.marked, self.range_from = marked, anchor
        self.refresh()

    def add_gists(self, gists: Mapping[int, str]) -> None:
        """Take what the papers found, in a sentence each; for the relaxed density."""
        self._gists.update(gists)
        self.refresh()

    @property
    def without_gist(self) -> list[int]:
        """The papers on screen and near it whose gist has not come yet."""
        return [paper for paper in self.near(WINDOW // 4) if paper not in self._gists]

    def set_settled(self, papers: frozenset[int]) -> None:
        """Dim the rows that no longer belong in the view."""
        changed = self.settled ^ papers
        self.settled = papers
        self._refresh_papers(changed)

    def set_notes(self, notes: Mapping[int, str]) -> None:
        """Say something of papers at the right end of their rows."""
        if notes != self._notes:
            self._notes = notes
            self.refresh()

    def near(self, around: int = WINDOW) -> frozenset[int]:
        """The papers on screen, and so many above and below."""
        first, last = self._visible()
        return frozenset(self.ids[max(0, first - around) : last + around])

    @property
    def row(self) -> PaperRow | None:
        """The row under the cursor, None when there is none or it has not come yet."""
        return self.row_at(self.cursor) if self.ids else None

    def row_at(self, index: int) -> PaperRow | None:
        """The row at a place in the list, None when it has not come yet."""
        return self._rows.get(self.ids[index])

    def known(self, paper: int) -> PaperRow | None:
        """The row of a paper, wherever it is, None when it has not come yet."""
        return self._rows.get(paper)

    def loaded(self) -> list[PaperRow]:
        """The rows that have come."""
        return list(self._rows.values())

    def next_unread(self, index: int, step: int = 1) -> int | None:
        """The nearest unread row beyond a place; one that has not come yet counts as unread."""
        for place in range(index + step, len(self.ids) if step > 0 else -1, step):
            row = self.row_at(place)
            if row is None or row.status is Status.UNREAD:
                return place
        return None

    def index_of(self, paper: int) -> int:
        """Where a paper is, or the nearest place to the cursor when it is not here."""
        return place_of(self.ids, paper, self._clamp(self.cursor))

    # -- the cursor ------------------------------------------------------------------------

    @property
    def compact(self) -> bool:
        """Whether a row is a line, and the list has no title of its own."""
        return self.density is Density.COMPACT

    @property
    def above(self) -> int:
        """The lines between the top of the window and the cursor's row."""
        return self._geometry.top_of(self.cursor) - self.scroll_offset.y

    @property
    def page(self) -> int:
        """Whole rows on screen."""
        return max(1, self.size.height // self.density.value)

    def lines_of(self, row: int) -> range:
        """The lines of the window that a row has, on screen or not."""
        top = self._geometry.top_of(row) - self.scroll_offset.y
        return range(top, top + self.density.value)

    def next_group(self, row: int, step: int) -> int | None:
        """The first row of the next or the previous group."""
        return self._geometry.next_group(row, step)

    def move(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.cursor, before = self._clamp(index), self.cursor
        if self.cursor == before:  # the wheel may have scrolled it away
            self.keep_cursor_visible()

    def _clamp(self, index: int) -> int:
        return max(0, min(index, len(self.ids) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two rows, in a visual range all, and tell who listens."""
        if self.range_from is None:
            for row in (old, new):
                self.refresh_lines(self._geometry.top_of(row), self.density.value)
        else:
            self.refresh()
        self.keep_cursor_visible()
        self._announce()

    def keep_cursor_visible(self) -> None:
        """Scroll as little as it takes to show the whole row under the cursor."""
        self.show_index(self.cursor)

    def show_index(self, index: int) -> None:
        """Scroll as little as it takes to show a row, with its heading."""
        top = self.scroll_offset.y
        first, last = self._geometry.shown_from(index), self._geometry.top_of(index)
        last += self.density.value
        if first < top:
            self.scroll_to(y=first, animate=False, immediate=True)
        elif last > top + self.size.height > 0:
            self.scroll_to(y=last - self.size.height, animate=False, immediate=True)

    def put_cursor(self, above: int) -> None:
        """Scroll so that so many lines are above the cursor's row, as far as there are."""
        line = self._geometry.top_of(self.cursor) - above
        self.scroll_to(y=max(0, line), animate=False, immediate=True)
        self.keep_cursor_visible()

    def _announce(self) -> None:
        self.post_message(self.Highlighted(self.row))

    # -- painting --------------------------------------------------------------------------

    def watch_density(self) -> None:
        """Another density: other heights, the same cursor at the same place."""
        above = self.above
        self._resize_content()
        self._paint_with(replace(self._painter, density=self.density))
        self.put_cursor(max(0, min(above, self.size.height - self.density.value)))

    def _resize_content(self) -> None:
        self._geometry = Geometry(len(self.ids), self.density.value, self.headings)
        set_content_size(self, self.size.width, self._geometry.lines)

    def on_resize(self, _event: events.Resize) -> None:
        """Another width: other strips."""
        self._paint_with(replace(self._painter, width=self.size.width))
        self._resize_content()
        self.keep_cursor_visible()

    def _refresh_papers(self, papers: Collection[int]) -> None:
        """Paint the rows of some papers anew, where they are on screen."""
        for index in range(*self._visible()) if papers else ():
            if self.ids[index] in papers:
                self.refresh_lines(self._geometry.top_of(index), self.density.value)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the window, as they are kept: a row that scrolls is not painted anew."""
        filters, background = self.get_line_filters(), self.background_colors[1]
        lines = [self.render_line(y) for y in crop.line_range]
        for one in filters:
            lines = [strip.apply_filter(one, background) for strip in lines]
        whole = crop.column_span == (0, self.size.width)
        return lines if whole else [strip.crop(*crop.column_span) for strip in lines]

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        blank = Strip.blank(self.size.width, self._painter.palette.base)
        if not self.ids:
            told = empty_strips(self._empty, self._painter)
            return told[y - 1] if 0 < y <= len(told) else blank
        index, line = self._geometry.at(y + self.scroll_offset.y)
        if index >= len(self.ids):
            return blank
        if line < 0:
            group = self._geometry.group_of(index)
            return heading_strip(self.headings[group].text, self._painter)
        row = self.row_at(index)
        if row is None:
            self._need_rows()
            return blank
        return self._strips_of(row, index)[line]

    def _strips_of(self, row: PaperRow, index: int) -> list[Strip]:
        look = RowLook(
            index == self.cursor, self.has_focus, row.id in self.settled,
            row.id in self.marked or self._in_range(index),
            self._notes.get(row.id, ""), self._gists.get(row.id, ""),
        )  # fmt: skip
        return self._painted.strips(row, look, self._painter)

    def _in_range(self, index: int) -> bool:
        anchor = self.cursor if self.range_from is None else self.range_from
        ends = sorted((anchor, self.cursor))
        return self.range_from is not None and ends[0] <= index <= ends[1]

    def _visible(self) -> tuple[int, int]:
        first, _ = self._geometry.at(self.scroll_offset.y)
        return first, min(first + self.page + 2, len(self.ids))

    def _need_rows(self) -> None:
        """Ask for the rows around those on screen, once for each window."""
        first, last = self._visible()
        start, end = max(0, first - WINDOW // 2), min(len(self.ids), last + WINDOW // 2)
        if self._asked[0] <= first and last <= self._asked[1]:
            return
        self._asked = (start, end)
        self.post_message(self.RowsNeeded(self.ids[start:end]))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch ahead of the cursor."""
        super().watch_scroll_y(old_value, new_value)
        if self.ids and round(old_value) != round(new_value):
            self._need_rows()

    # -- input -----------------------------------------------------------------------------

    def on_focus(self) -> None:
        """The bar of the cursor shows where the keys go."""
        self.refresh()

    on_blur = on_focus

    def on_click(self, event: events.Click) -> None:
        """A click on a tag follows it, elsewhere moves the cursor; a double click opens."""
        if tag := event.style.meta.get(TAG):
            self.post_message(self.TagClicked(tag))
            return
        index, line = self._geometry.at(event.y + self.scroll_offset.y)
        if index < len(self.ids) and line >= 0:
            self.move(index)
            if event.chain == 2:  # noqa: PLR2004 - a double click
                self.post_message(self.Opened())
