"""The abstract pane: title, authors, facts, the controls, and the abstract at a good measure."""

import datetime as dt
from dataclasses import dataclass

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.model.latex import Span, convert
from reader.model.paper import Paper, Status
from reader.model.query.insight import Insight
from reader.model.query.matching import Wanted, meant_for, wanted
from reader.model.query.matching import spans as found_spans
from reader.model.query.tree import ALL, Node
from reader.tui._workarounds import set_content_size
from reader.tui.actions import key_of
from reader.tui.render import (
    BOLD,
    NO_STAR,
    STAR,
    STATUS_GLYPHS,
    TAG,
    Part,
    cut,
    format_date,
    status_style,
    strip_of,
    wrap,
    wrapped,
)
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane

MEASURE = 76
"""The widest line of an abstract, in cells, unless the settings say otherwise."""

_MARGIN = 1
_LABEL = 14
_MARK = "found"
_FOUND = Style(bold=True, underline=True)
_TAGGED = "tag:"
_SHOWN_AUTHORS = 3
_SOURCES = {"hf-listing": "HF Daily", "arxiv-listing": "arXiv", "arxiv": "arXiv",
            "reader": "file", "user": "you"}  # fmt: skip
_CONTROL_ACTIONS = {
    Status.UNREAD: "paper.unread", Status.LATER: "paper.later", Status.READING: "paper.reading",
    Status.READ: "paper.read", Status.SKIPPED: "paper.skip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Control:
    """A part of the controls line that answers the mouse: cells `start` to `end`, its action."""

    start: int
    end: int
    action: str
    hint: str


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

    def __init__(self, palette: Palette, today: dt.date, measure: int = MEASURE) -> None:
        super().__init__(id="abstract")
        self._measure = measure
        self.palette = palette
        self.today = today
        self.paper: Paper | None = None
        self._message: tuple[str, ...] = ()
        self.insight: Insight | None = None
        self._sought: list[Wanted] = []
        self._lines: list[list[Part]] = []
        self._controls: list[Control] = []
        self._controls_line = -1

    def show(self, paper: Paper | None, message: tuple[str, ...] = ()) -> None:
        """Show a paper from its beginning, or the same paper where it was; else a message."""
        same = paper is not None and self.paper is not None and paper.row.id == self.paper.row.id
        self.paper, self._message = paper, message
        self._lay_out()
        if not same:
            self.scroll_to(y=0, animate=False, immediate=True)
        self.refresh()

    def set_insight(self, insight: Insight | None, tree: Node = ALL) -> None:
        """Say what a search found and mark what it looked for; None for no search."""
        self.insight, self._sought = insight, wanted(tree)
        self._lay_out()
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self._lay_out()
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Another width: other lines."""
        self._lay_out()
        self.refresh()

    def watch_has_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - Textual's signature
        """The title shows where the keys go."""
        super().watch_has_focus(has_focus)
        self._lay_out()
        self.refresh()

    @property
    def at_end(self) -> bool:
        """Whether the last line is on screen."""
        return self.scroll_offset.y + self.size.height >= len(self._lines)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines, at once."""
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    # -- lines -----------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        return max(10, min(self.size.width - 2 * _MARGIN, self._measure))

    def _lay_out(self) -> None:
        self._controls, self._controls_line = [], -1
        if self.paper is None:
            self._lines = [[], *([(text, self.palette.muted)] for text in self._message)]
        else:
            self._lines = [*self._insight_parts(), *self._heading(self.paper)]
            self._controls_line = len(self._lines)
            self._lines += [self._control_parts(self.paper), [], *self._abstract(self.paper)]
        set_content_size(self, self.size.width, len(self._lines))

    def _insight_parts(self) -> list[list[Part]]:
        told = insight_lines(self.insight) if self.insight else []
        lines: list[list[Part]] = [
            [(text[:_LABEL], self.palette.muted), (cut(text[_LABEL:], self._width - _LABEL),
                                                   self.palette.text)] for text in told
        ]  # fmt: skip
        return [*lines, []] if lines else []

    def _heading(self, paper: Paper) -> list[list[Part]]:
        palette, width = self.palette, self._width
        style = (palette.accent if self.has_focus else palette.text) + BOLD
        title = [[(line, style)] for line in wrapped(paper.row.title, width)]
        names = cut(_names(paper), width)
        facts = cut(" · ".join(_facts(paper, self.today)), width)
        lines: list[list[Part]] = [*title]
        lines += [[(names, palette.muted)]] if names else []
        lines += [[(facts, palette.muted)]] if facts else []
        return lines

    def _control_parts(self, paper: Paper) -> list[Part]:
        """The controls line; every part notes its cells, so that the mouse finds it."""
        palette, row = self.palette, paper.row
        parts: list[Part] = []

        def add(text: str, style: Style, action: str = "", hint: str = "") -> None:
            start = sum(len(part) for part, _ in parts)
            parts.append((text, style))
            if action:
                self._controls.append(Control(start, start + len(text), action, hint))

        star = palette.star + BOLD if row.starred else palette.muted
        add(STAR if row.starred else NO_STAR, star, "paper.star", _hint("paper.star", "star"))
        add(" ", star)
        add("s", star + Style(underline=True), "paper.star", _hint("paper.star", "star"))
        add("tar", star, "paper.star", _hint("paper.star", "star"))
        add("  ", Style())
        for status, glyph in STATUS_GLYPHS.items():
            lit = status_style(status, palette) + BOLD + Style(reverse=True)
            style = lit if status == row.status else palette.muted
            add(" ", Style())
            add(
                glyph, style, _CONTROL_ACTIONS[status], _hint(_CONTROL_ACTIONS[status], status.word)
            )
        add("   ", Style())
        add("+ ", palette.muted, "paper.tag", _hint("paper.tag", "tag"))
        add("t", palette.muted + Style(underline=True), "paper.tag", _hint("paper.tag", "tag"))
        add("ag", palette.muted, "paper.tag", _hint("paper.tag", "tag"))
        return [*parts, *self._state_parts(paper, sum(len(part) for part, _ in parts))]

    def _state_parts(self, paper: Paper, used: int) -> list[Part]:
        """Behind the controls: the tags, as far as there is room, and the status in words."""
        palette, word = self.palette, paper.row.status.word
        tags = paper.row.tags
        room = self._width - used - len(word) - 2
        parts: list[Part] = []
        for number, tag in enumerate(tags):
            left = f"  +{len(tags) - number - 1}" if number + 1 < len(tags) else ""
            name = cut(tag, room - len(left) - 4)
            size = cell_len(name) + 4
            if room - size < len(left) or not name:
                parts.append((f"  +{len(tags) - number}", palette.muted))
                room -= len(parts[-1][0])
                break
            start = self._width - len(word) - 2 - room
            self._controls.append(Control(start + 2, start + size, f"{_TAGGED}{tag}", f"#{tag}"))
            parts += [(f"  {TAG} ", palette.accent), (name, palette.text)]
            room -= size
        parts.append((" " * max(room + 2, 2), Style()))
        return [*parts, (word, status_style(paper.row.status, palette))]

    def _abstract(self, paper: Paper) -> list[list[Part]]:
        text = paper.abstract
        spans: tuple[Span, ...] = ()
        if paper.abstract_source:
            styled = convert(paper.abstract_source)
            if styled.text == text:
                spans = styled.spans
        marks = [
            Span(start, end, _MARK)
            for start, end in found_spans(text, meant_for("abstract", self._sought))
        ]
        if marks:
            apart = [
                span
                for span in spans
                if all(span.end <= one.start or one.end <= span.start for one in marks)
            ]
            spans = tuple(sorted([*apart, *marks], key=lambda span: span.start))
        if not text:
            return [[("No abstract came with this paper.", self.palette.muted)]]
        lines: list[list[Part]] = []
        position = 0
        for paragraph in text.split("\n"):
            lines += [
                _styled(text, spans, position + start, position + end, self.palette.text)
                for start, end in wrap(paragraph, self._width)
            ] or [[]]
            position += len(paragraph) + 1
        return [*lines, []]

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        index = y + self.scroll_offset.y
        parts = self._lines[index] if index < len(self._lines) else []
        return strip_of([(" " * _MARGIN, Style()), *parts], self.size.width, self.palette.base)

    # -- the mouse -------------------------------------------------------------------------

    def _control_at(self, event: events.MouseEvent) -> Control | None:
        inside = event.get_content_offset(self)
        if inside is None or inside.y + self.scroll_offset.y != self._controls_line:
            return None
        x = inside.x - _MARGIN
        return next((one for one in self._controls if one.start <= x < one.end), None)

    def on_click(self, event: events.Click) -> None:
        """A click on a control does what its key does."""
        if control := self._control_at(event):
            event.stop()
            name = control.action.removeprefix(_TAGGED)
            tagged = name != control.action
            self.post_message(self.TagClicked(name) if tagged else self.ControlClicked(name))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A control under the mouse says its name and key."""
        control = self._control_at(event)
        hint = control.hint if control else None
        if hint != self.tooltip:
            self.tooltip = hint


def _hint(action: str, word: str) -> str:
    return f"{word}: {key_of(action)}"


def _names(paper: Paper) -> str:
    names = [author.name for author in paper.authors]
    total = paper.author_count
    shown = names[:_SHOWN_AUTHORS] if len(names) > _SHOWN_AUTHORS + 1 else names
    text = ", ".join(shown)
    if total is None:
        return f"{text} and others" if text else ""
    unnamed = total - len(shown)
    return f"{text} +{unnamed}" if text and unnamed else text or paper.row.byline


def _facts(paper: Paper, today: dt.date) -> list[str]:
    told = dict.fromkeys(_SOURCES.get(one.source, one.source) for one in reversed(paper.sources))
    comments = paper.row.comments
    facts = [
        paper.row.category,
        format_date(paper.row.published, today, full=True),
        paper.venue,
        " + ".join(told),
        "" if not comments else "1 comment" if comments == 1 else f"{comments} comments",
    ]
    return [fact for fact in facts if fact]


def _styled(text: str, spans: tuple[Span, ...], start: int, end: int, base: Style) -> list[Part]:
    """A stretch of text as parts, with the emphasis that falls into it."""
    parts: list[Part] = []
    position = start
    for span in spans:
        first, last = max(span.start, position), min(span.end, end)
        if first >= last:
            continue
        parts += [(text[position:first], base), (text[first:last], base + _emphasis(span.style))]
        position = last
    return [*parts, (text[position:end].rstrip(), base)]


def _emphasis(style: str) -> Style:
    return {"bold": BOLD, "italic": Style(italic=True), _MARK: _FOUND}.get(
        style, Style(underline=True)
    )


def insight_lines(insight: Insight) -> list[str]:
    """What is to be said of a search, a line each, behind labels of one width."""
    matched = "   ".join(f"{name} {papers:,}" for name, papers in insight.matched.items())
    matched += f"   of the first {insight.first:,}" if matched and insight.first else ""
    narrow = " · ".join(f"{one.text} {one.papers:,}" for one in insight.narrow)
    widen = " · ".join(f"without {one.text} +{one.papers:,}" for one in insight.widen)
    spelling = " · ".join(f"“{one.text}” +{one.papers:,}" for one in insight.spelling)
    told = {"Matched in": matched, "Narrow": narrow, "Widen": widen, "Did you mean": spelling}
    return [f"{label:<{_LABEL}}{text}" for label, text in told.items() if text]
