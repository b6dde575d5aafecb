"""The sidebar: views and tags with their counts."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from reader.frozen import frozen
from reader.model.paper import Tag
from reader.model.query.views import BUILT_IN, View, tag_view
from reader.model.tags import colour_of
from reader.tui._workarounds import set_content_size
from reader.tui.render import BOLD, Part, cut, split_ends, strip_of
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane


@frozen
class Entry:
    """One line.

    Attributes:
        view: What it shows; a heading shows none.
        count: Its papers, None while they are not known.
        depth: How far below another tag it is.
        fold: The name under which what belongs to it is folded; empty when nothing does.
    """

    label: str
    view: View | None = None
    count: int | None = 0
    depth: int = 0
    fold: str = ""


_THOUSAND = 1_000
_INBOX = ("inbox", "today", "this week")
_MOST_TAGS = 40
_MORE = "+"
"""The name under which the tags beyond the first ones are unfolded."""


def entries(
    own: Sequence[View], tags: Sequence[Tag], count_of: Callable[[View], int | None], inbox: str,
    folded: frozenset[str] = frozenset(),
) -> list[Entry]:  # fmt: skip
    """The lines of the sidebar, empty sections left out; `inbox` is another name for the inbox.

    What is `folded` is left out, and the tags beyond the first forty until `+` is among it.
    """
    built_in = [Entry(view.label, view, count_of(view)) for view in BUILT_IN.values()]
    first = [entry for entry in built_in if entry.view and entry.view.name in _INBOX]
    rest = [entry for entry in built_in if entry not in first and _worth_a_line(entry)]
    if inbox:
        first = [replace(first[0], label=inbox)]
    views = [Entry(f"{view.position} {view.name}", view, count_of(view)) for view in own]
    sections = {"INBOX": first, "LIBRARY": rest, "VIEWS": views, "TAGS": _tags(tags, folded)}
    lines: list[Entry] = []
    for heading, inside in sections.items():
        if inside:
            lines += [Entry("")] if lines else []
            lines.append(Entry(heading, fold=heading))
            lines += [] if heading in folded else inside
    return lines


def _tags(tags: Sequence[Tag], folded: frozenset[str]) -> list[Entry]:
    """A line for each tag, and for what no paper has but several tags are below."""
    below = Counter(one for tag in tags for one in _parents(tag.name))
    counts: dict[str, int | None] = {tag.name: tag.papers for tag in tags}
    counts |= {one: None for one, several in below.items() if several > 1 and one not in counts}
    lines: list[Entry] = []
    for name in dict.fromkeys(one for tag in tags for one in (*_parents(tag.name)[::-1], tag.name)):
        above = [one for one in _parents(name) if one in counts]
        if name not in counts or any(one in folded for one in above):
            continue
        label = name.removeprefix(f"{above[0]}/") if above else name
        fold = name if below[name] else ""
        lines.append(Entry(label, tag_view(name), counts[name], len(above), fold))
    if len(lines) > _MOST_TAGS and _MORE not in folded:
        more = len(lines) - _MOST_TAGS
        lines = [*lines[:_MOST_TAGS], Entry(f"+ {more:,} more", fold=_MORE)]
    return lines


def _parents(tag: str) -> list[str]:
    """What a tag is below, the nearest first: `a/b` and `a` for `a/b/c`."""
    found: list[str] = []
    while tag := tag.rpartition("/")[0]:
        found.append(tag)
    return found


def _count(number: int | None, room: int) -> str:
    """A number with a blank behind it, in thousands where it must not push the name away."""
    if number is None:
        return ""
    whole = f"{number:,} "
    return whole if number < _THOUSAND or len(whole) <= room else f"{number // _THOUSAND:,}k "


def _worth_a_line(entry: Entry) -> bool:
    """The trash has one only while something is in it."""
    return entry.view is not None and (entry.view.name != "trash" or bool(entry.count))


class Sidebar(Pane, can_focus=True):
    """Views and tags; Enter shows one."""

    cursor: var[int] = var(1)

    @dataclass
    class Chosen(Message):
        """A view or tag was chosen."""

        view: View

    class Folded(Message):
        """Something was folded or unfolded: other lines are wanted."""

    def __init__(self, palette: Palette) -> None:
        super().__init__(id="sidebar")
        self.palette = palette
        self.folded: frozenset[str] = frozenset()
        self._entries: list[Entry] = []
        self._shown: View | None = None
        self._colours: Mapping[str, str] = {}

    def show(self, lines: list[Entry], shown: View) -> None:
        """Show these lines, the one whose papers are in the list marked."""
        here, before = self._entry, (self._entries, self._shown, self.cursor)
        self._entries, self._shown = lines, shown
        if self.has_focus and here is not None:
            same = (i for i, one in enumerate(lines) if _place(one) == _place(here))
        else:
            same = (i for i, one in enumerate(lines) if one.view == shown)
        cursor = next(same, -1)
        self.set_reactive(Sidebar.cursor, self._left_by(here) if cursor < 0 else cursor)
        set_content_size(self, self.size.width, len(lines))
        self._repaint(*before)

    def _left_by(self, gone: Entry | None) -> int:
        """Where the cursor goes when its line is gone: to the next of its section, or up."""
        for at in range(min(self.cursor, len(self._entries) - 1), -1, -1):
            one = self._entries[at]
            same = gone is None or _section(one) == _section(gone)
            if self._can_be_at(one) and (at < self.cursor or same):
                return at
        return 0

    def _repaint(self, entries: list[Entry], shown: View | None, cursor: int) -> None:
        """Paint the lines that are not what they were: of a change, some of the counts."""
        if (shown, cursor, len(entries)) != (self._shown, self.cursor, len(self._entries)):
            self.refresh()
            return
        for line, (old, new) in enumerate(zip(entries, self._entries, strict=True)):
            if old != new:
                self.refresh_lines(line)

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    def set_colours(self, colours: Mapping[str, str]) -> None:
        """Paint the squares of tags in other colours."""
        if colours != self._colours:
            self._colours = colours
            self.refresh()

    @property
    def _entry(self) -> Entry | None:
        return self._entries[self.cursor] if self.cursor < len(self._entries) else None

    @property
    def chosen(self) -> View | None:
        """The view or tag under the cursor."""
        return self._entry.view if self._entry else None

    def move(self, steps: int) -> None:
        """Move the cursor over the lines that can be chosen or unfolded."""
        places = [index for index, entry in enumerate(self._entries) if self._can_be_at(entry)]
        if places:
            at = places.index(self.cursor) if self.cursor in places else 0
            self.cursor = places[max(0, min(at + steps, len(places) - 1))]

    def _can_be_at(self, entry: Entry) -> bool:
        folded = entry.fold == _MORE or (entry.fold and entry.fold in self.folded)
        return bool(entry.view or folded)

    def fold(self) -> None:
        """Fold what belongs to the line under the cursor, else the section; or unfold it."""
        entry = self._entry
        name = entry.fold if entry else ""
        if entry is not None and not name:
            above = self._entries[: self.cursor]
            name = next((one.fold for one in reversed(above) if one.fold and not one.view), "")
            self.set_reactive(
                Sidebar.cursor,
                next((i for i, one in enumerate(self._entries) if one.fold == name), self.cursor),
            )
        self.folded = self.folded ^ {name}
        self.refresh()
        self.post_message(self.Folded())

    def watch_cursor(self, _old: int, new: int) -> None:
        """Bring the cursor into view."""
        top = self.scroll_offset.y
        if not top <= new < top + max(1, self.size.height):
            self.scroll_to(y=max(0, new - self.size.height // 2), animate=False, immediate=True)
        self.refresh()

    def choose(self) -> None:
        """Ask for what is under the cursor; unfold what shows nothing itself."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))
        elif self._entry is not None and self._entry.fold:
            self.fold()

    def render_line(self, y: int) -> Strip:
        """One line of the window."""
        index, width = y + self.scroll_offset.y, self.size.width
        if index >= len(self._entries):
            return Strip.blank(width, self.palette.base)
        entry = self._entries[index]
        here = index == self.cursor and self.has_focus
        base = self.palette.selected if here else self.palette.base
        return strip_of(self._parts(entry, width, here=here), width, base)

    def _parts(self, entry: Entry, width: int, *, here: bool) -> list[Part]:
        palette, signs = self.palette, self.palette.glyphs
        bar: Part = (signs.cursor if here else " ", palette.accent)
        if entry.view is None:
            folded = f" {signs.folded}" if entry.fold in self.folded else ""
            return [bar, (f"{entry.label}{folded}", palette.muted)]
        shown = entry.view == self._shown
        label = palette.text + BOLD if shown else palette.text
        if shown:
            bar = (signs.cursor, palette.accent)
        square: list[Part] = []
        tag = entry.view.name[1:] if entry.view.name.startswith("#") else ""
        if tag:
            fold = signs.folded if entry.fold in self.folded else signs.unfolded
            sign = fold if entry.fold else signs.tag
            indent = "  " * entry.depth
            square = [(f"{indent}{sign} ", palette.of_tag(colour_of(tag, self._colours)))]
        taken = sum(cell_len(text) for text, _ in square)
        count = _count(entry.count, width - 3 - cell_len(entry.label) - taken)
        room = width - 2 - len(count) - taken
        left = [bar, *square, (cut(entry.label, room), label)]
        return split_ends(left, [(count, palette.muted)], width)

    def on_focus(self) -> None:
        """The cursor shows where the keys go."""
        self.refresh()

    def on_blur(self) -> None:
        """Likewise."""
        self.refresh()

    def on_resize(self, _event: events.Resize) -> None:
        """Another height: the cursor stays in view."""
        self.watch_cursor(self.cursor, self.cursor)

    def on_click(self, event: events.Click) -> None:
        """A click chooses; on the sign of a tag with others below it, it folds these."""
        index = event.y + self.scroll_offset.y
        if index >= len(self._entries) or not self._entries[index].label:
            return
        self.cursor, entry = index, self._entries[index]
        sign = 1 + 2 * entry.depth
        if entry.view and entry.fold and sign <= event.x <= sign + 1:
            self.fold()
        else:
            self.choose()


def _section(entry: Entry) -> str:
    view = entry.view
    if view is None:
        return ""
    return "TAGS" if view.name.startswith("#") else "VIEWS" if view.position else "LIBRARY"


def _place(entry: Entry) -> tuple[str, str]:
    """What stays the same of a line when others come or go."""
    return (entry.view.name if entry.view else "", entry.fold)
