"""The abstract pane: one paper to read, at a good measure."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.model.paper import Paper
from reader.model.query.insight import Insight
from reader.model.query.matching import wanted
from reader.model.query.tree import ALL, Node
from reader.model.skim import Role
from reader.model.text import printable
from reader.tui._workarounds import set_content_size
from reader.tui.keymap import Keymap
from reader.tui.lesson import Lesson
from reader.tui.page import TAGGED, WRITTEN, Page, PageLook, Spot, Typesetter
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane

_MARGIN = 1
_FEW = 8
"""Lines that are painted one by one."""


class AbstractPane(Pane, can_focus=True):
    """One paper to read; `paper` None shows a message instead."""

    @dataclass
    class ControlClicked(Message):
        """A control was clicked; `action` is the id of what it does."""

        action: str

    @dataclass
    class TagClicked(Message):
        """A tag was clicked."""

        name: str

    @dataclass
    class AuthorClicked(Message):
        """An author was clicked."""

        name: str

    def __init__(self, palette: Palette, today: dt.date, measure: int, keymap: Keymap) -> None:
        super().__init__(id="abstract")
        self._measure = measure
        self._typesetter = Typesetter(10, palette, today, keymap=keymap)
        self.paper: Paper | None = None
        self.insight: Insight | None = None
        self.lesson: Lesson | None = None
        self._opened = False
        self._hint = ""
        self.page = Page()
        self.reading = PageLook()
        self._anchor: int | None = None
        self._look: tuple[object, ...] = ()
        self._edge_look: tuple[object, ...] = ()
        self._edge_cells = Strip([])

    # -- what is shown ---------------------------------------------------------------------

    def show(self, paper: Paper | None) -> None:
        """Show a paper from its beginning, or the same paper where it was."""
        before = self.paper
        if paper is not None and paper == before:
            return
        same = paper is not None and before is not None and paper.row.id == before.row.id
        self.paper = paper
        if paper is None or before is None or paper.abstract != before.abstract:
            self.reading = replace(self.reading, chosen=None)
            self._anchor = None
        self._lay_out()
        if not same:
            self.scroll_to(y=0, animate=False, immediate=True)

    def begin(self) -> None:
        """From the beginning, with nothing chosen or found."""
        self._anchor = None
        self._read(chosen=None, place="")
        self.scroll_to(y=0, animate=False, immediate=True)

    def set_insight(self, insight: Insight | None, tree: Node = ALL) -> None:
        """Say what a search found and mark what it looked for; None for no search."""
        self.insight = insight
        self._read(sought=wanted(tree))

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self._set_with(replace(self._typesetter, palette=palette))

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Paint the squares of tags in other colours."""
        if colours != self._typesetter.colours:
            self._set_with(replace(self._typesetter, colours=colours))

    def set_keymap(self, keymap: Keymap) -> None:
        """Name other keys."""
        if self.lesson is not None:
            self.lesson = replace(self.lesson, keymap=keymap)
        self._set_with(replace(self._typesetter, keymap=keymap))

    def set_measure(self, measure: int) -> None:
        """Another widest line."""
        self._measure = measure
        self._lay_out()

    def set_skim(self, skim: str) -> None:
        """Other bars."""
        self._read(skim=skim)

    def toggle_source(self) -> bool:
        """Show the abstract as it was received, or readable; which it is now."""
        self._anchor = None
        self._read(source=not self.reading.source, chosen=None)
        return self.reading.source

    def teach(self, keymap: Keymap | None) -> None:
        """Show the lesson while the focus is elsewhere, or no more."""
        self.lesson = Lesson(keymap) if keymap else None
        self._lay_out()

    def set_opened(self, opened: bool) -> None:  # noqa: FBT001 - the one thing that it says
        """Whether one is here, even while a prompt has the focus."""
        if opened is not self._opened:
            self._opened = opened
            self._lay_out()

    def learned(self, step: str) -> None:
        """Tick a step of the lesson."""
        if self.lesson is not None:
            self.lesson = self.lesson.learned(step)
            self._lay_out()

    def _set_with(self, typesetter: Typesetter) -> None:
        self._typesetter = typesetter
        self._lay_out()

    def _read(self, **values: object) -> None:
        self.reading = replace(self.reading, **values)  # type: ignore[arg-type]
        self._lay_out()

    def on_resize(self, _event: events.Resize) -> None:
        """Another width: other lines."""
        self._lay_out()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """The title shows where the keys go."""
        super().watch_has_focus(has_focus)
        self._lay_out()

    def _lay_out(self) -> None:
        before = self.page
        room = self.size.width - 2 * _MARGIN - self.scrollbar_size_vertical
        width = max(10, min(room, self._measure))
        if self.lesson is not None and not self._opened:
            palette = self._typesetter.palette
            self.page = Page(self.lesson.lines(palette, width, self.size.height))
        elif self.paper is None:
            self.page = Page()
        else:
            typesetter = replace(self._typesetter, width=width, focused=self.has_focus)
            self.page = typesetter.set(self.paper, self.reading, self.insight)
        set_content_size(self, self.size.width, len(self.page.lines))
        self._repaint(before)

    def _repaint(self, before: Page) -> None:
        """Paint the lines that are not what they were: one or two where a paper's state changed."""
        look = self.size, self._typesetter.palette.base
        changed = list(_other_lines(before, self.page))
        if look != self._look or len(changed) > _FEW:
            self._look = look
            self.refresh()
            return
        for line in changed:
            self.refresh_lines(line)

    # -- scrolling -------------------------------------------------------------------------

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y + self.size.height >= len(self.page.lines)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines, at once."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    def _bring(self, position: int) -> None:
        """Scroll as little as it takes to show a character of the text, and the line below."""
        line, top = self.page.line_of(position), self.scroll_offset.y
        if line < top:
            self.scroll_to(y=line, animate=False, immediate=True)
        elif line + 1 >= top + self.size.height:
            self.scroll_to(y=line + 2 - self.size.height, animate=False, immediate=True)

    def move_paragraph(self, steps: int) -> None:
        """To the next paragraph; in a text of one, to its end or beginning."""
        page = self.page
        begins = [line for line, start in page.starts.items()
                  if start == 0 or page.text[start - 1] == "\n"]  # fmt: skip
        top = self.scroll_offset.y
        beyond = [line for line in begins if (line > top if steps > 0 else line < top)]
        last = len(page.lines) if steps > 0 else 0
        ordered = beyond if steps > 0 else beyond[::-1]
        target = ordered[abs(steps) - 1] if len(ordered) >= abs(steps) else last
        self.scroll_to(y=target, animate=False, immediate=True)

    # -- the reading cursor ----------------------------------------------------------------

    @property
    def quotation(self) -> str:
        """The chosen sentences, empty when none is."""
        if self.reading.chosen is None or not self.page.sentences:
            return ""
        first, last = self.reading.chosen
        return self.page.text[self.page.sentences[first].start : self.page.sentences[last].end]

    def move_sentence(self, steps: int) -> bool:
        """Move the reading cursor by sentences, in a range extend it; false without any."""
        last = len(self.page.sentences) - 1
        if last < 0:
            return False
        here = self._cursor()
        self._choose(0 if here is None else max(0, min(here + steps, last)))
        return True

    def _cursor(self) -> int | None:
        if self.reading.chosen is None:
            return None
        first, last = self.reading.chosen
        return first if self._anchor == last else last

    def _choose(self, sentence: int) -> None:
        anchor = sentence if self._anchor is None else self._anchor
        self._read(chosen=(min(anchor, sentence), max(anchor, sentence)))
        self._bring(self.page.sentences[sentence].start)

    def move_to_mark(self, step: int) -> bool:
        """To the next sentence with a bar; false when there is none."""
        here = self._cursor()
        shown = {"results": (Role.GOAL, Role.RESULT), "all": (Role.GOAL, Role.METHOD, Role.RESULT)}
        roles = shown.get(self.reading.skim, ())
        marked = [place for place, one in enumerate(self.page.sentences) if one.role in roles]
        beyond = [place for place in marked
                  if here is None or (place > here if step > 0 else place < here)]  # fmt: skip
        if beyond:
            self._choose(beyond[0 if step > 0 else -1])
        return bool(beyond)

    def toggle_range(self) -> None:
        """Begin a range of sentences at the reading cursor, or end it."""
        if self._anchor is None and self.page.sentences:
            self._anchor = self._cursor() or 0
            self._choose(self._anchor)
        else:
            self._anchor = None

    def leave_sentences(self) -> bool:
        """Choose no sentence and find nothing any more; whether there was something."""
        there = self.has_focus and bool(self.reading.chosen is not None or self.reading.place)
        if there:
            self._anchor = None
            self._read(chosen=None, place="")
        return there

    # -- finding in the text ---------------------------------------------------------------

    def seek(self, words: str) -> None:
        """Mark words in the text."""
        self._read(place=words)
        if self.page.places:
            self._bring(self.page.places[0].start)

    @property
    def places(self) -> int:
        """How many places the words have."""
        return len(self.page.places)

    def next_place(self, step: int) -> bool:
        """Go to the next place of the words; false when they are nowhere."""
        if not self.page.places:
            return False
        top = self.scroll_offset.y
        lines = [self.page.line_of(one.start) for one in self.page.places]
        beyond = [line for line in lines if (line > top if step > 0 else line < top)]
        ordered = beyond or lines
        target = ordered[-1 if step < 0 else 0] if step else lines[0]
        self.scroll_to(y=target, animate=False, immediate=True)
        return True

    # -- painting and the mouse ------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        segments, base = self._segments(y + self.scroll_offset.y), self._typesetter.palette.base
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the window behind or below their divider.

        What is stock goes through three more strips a line, and asks for the size at each.
        """
        above, right, below, left = self.styles.gutter
        if right or below:
            return super().render_lines(crop)
        edge, width, top = self._edge(), self.size.width, self.scroll_offset.y - above
        filters, background = self.get_line_filters(), self.background_colors[1]
        base, whole = self._typesetter.palette.base, width + left
        lines: list[Strip] = []
        for y in crop.line_range:
            if y < above:
                lines += super().render_lines(Region(crop.x, y, crop.width, 1))
                continue
            segments = Segment.adjust_line_length(self._segments(y + top), width, base)
            for one in filters:
                segments = one.apply(segments, background)
            line = Strip([*edge, *segments], whole)
            lines.append(line if crop.column_span == (0, whole) else line.crop(*crop.column_span))
        return lines

    def _edge(self) -> Strip:
        """The divider's cell of a line, as the stock styles have it."""
        look = (self.styles.border_left, self.styles.gutter.left, self.background_colors,
                self.get_line_filters())  # fmt: skip
        if look != self._edge_look:
            self._edge_look = look
            line = Region(0, self.styles.gutter.top, self.styles.gutter.left, 1)
            self._edge_cells = super().render_lines(line)[0]
        return self._edge_cells

    def _segments(self, index: int) -> list[Segment]:
        """A line of the page."""
        page, base = self.page, self._typesetter.palette.base
        parts = page.lines[index] if index < len(page.lines) else []
        margin = [] if index in page.starts else [Segment(" " * _MARGIN, base)]
        return [*margin, *(Segment(text, base + style) for text, style in parts if text)]

    def _spot_at(self, event: events.MouseEvent) -> Spot | None:
        inside = event.get_content_offset(self)
        if inside is None:
            return None
        line, x = inside.y + self.scroll_offset.y, inside.x - _MARGIN
        spots = (one for one in self.page.spots if one.line == line)
        return next((one for one in spots if one.start <= x < one.end), None)

    def on_click(self, event: events.Click) -> None:
        """A click on a control does what its key does; on a tag or an author, it follows."""
        if spot := self._spot_at(event):
            event.stop()
            if spot.action.startswith(TAGGED):
                self.post_message(self.TagClicked(spot.action.removeprefix(TAGGED)))
            elif spot.action.startswith(WRITTEN):
                self.post_message(self.AuthorClicked(spot.action.removeprefix(WRITTEN)))
            else:
                self.post_message(self.ControlClicked(spot.action))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """What is under the mouse says its name and key."""
        spot = self._spot_at(event)
        hint = spot.hint if spot else ""
        if hint != self._hint:
            self._hint = hint
            self.tooltip = Content(printable(hint)) if hint else None


def _other_lines(before: Page, after: Page) -> Iterator[int]:
    """The lines that two pages do not share."""
    for index in range(max(len(before.lines), len(after.lines))):
        old, new = before.lines[index : index + 1], after.lines[index : index + 1]
        if old != new or (index in before.starts) != (index in after.starts):
            yield index
