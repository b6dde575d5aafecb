"""The sidebar: views and tags with their counts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from reader.model.paper import Tag
from reader.model.query.views import BUILT_IN, View, tag_view
from reader.tui._workarounds import set_content_size
from reader.tui.render import BOLD, CURSOR, TAG, Part, cut, split_ends, strip_of
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading when `view` is None; `count` None is not known yet."""

    label: str
    view: View | None = None
    count: int | None = 0


_THOUSAND = 1_000
_INBOX = ("inbox", "today", "this week")


def entries(
    own: Sequence[View], tags: Sequence[Tag], count_of: Callable[[View], int | None], inbox: str
) -> list[Entry]:
    """The lines of the sidebar, empty sections left out; `inbox` is another name for the inbox."""
    built_in = [Entry(view.label, view, count_of(view)) for view in BUILT_IN.values()]
    first = [entry for entry in built_in if entry.view and entry.view.name in _INBOX]
    rest = [entry for entry in built_in if entry not in first and _worth_a_line(entry)]
    if inbox:
        first = [replace(first[0], label=inbox)]
    lines = [Entry("INBOX"), *first, Entry(""), Entry("LIBRARY"), *rest]
    if own:
        lines += [Entry(""), Entry("VIEWS")]
        lines += [Entry(f"{view.position} {view.name}", view, count_of(view)) for view in own]
    if tags:
        lines += [Entry(""), Entry("TAGS")]
        lines += [Entry(tag.name, tag_view(tag.name), tag.papers) for tag in tags]
    return lines


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

    def __init__(self, palette: Palette) -> None:
        super().__init__(id="sidebar")
        self.palette = palette
        self._entries: list[Entry] = []
        self._shown: View | None = None

    def show(self, lines: list[Entry], shown: View) -> None:
        """Show these lines, the one whose papers are in the list marked."""
        chosen = self.chosen
        self._entries, self._shown = lines, shown
        target = (chosen if self.has_focus else None) or shown
        cursor = next((i for i, one in enumerate(lines) if one.view == target), self.cursor)
        self.set_reactive(Sidebar.cursor, min(cursor, len(lines) - 1))
        set_content_size(self, self.size.width, len(lines))
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    @property
    def chosen(self) -> View | None:
        """The view or tag under the cursor."""
        return self._entries[self.cursor].view if self._entries else None

    def move(self, steps: int) -> None:
        """Move the cursor over the lines that can be chosen."""
        places = [index for index, entry in enumerate(self._entries) if entry.view]
        if places:
            at = places.index(self.cursor) if self.cursor in places else 0
            self.cursor = places[max(0, min(at + steps, len(places) - 1))]

    def watch_cursor(self, _old: int, new: int) -> None:
        """Bring the cursor into view."""
        top = self.scroll_offset.y
        if not top <= new < top + max(1, self.size.height):
            self.scroll_to(y=max(0, new - self.size.height // 2), animate=False, immediate=True)
        self.refresh()

    def choose(self) -> None:
        """Ask for what is under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

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
        palette = self.palette
        if entry.view is None:
            return [(f" {entry.label}", palette.muted)]
        shown = entry.view == self._shown
        label = palette.text + BOLD if shown else palette.text
        count = _count(entry.count, width - 3 - cell_len(entry.label))
        bar: Part = (CURSOR if shown or here else " ", palette.accent)
        square: list[Part] = (
            [(f"{TAG} ", palette.accent)] if entry.view.name.startswith("#") else []
        )
        room = width - 2 - len(count) - 2 * len(square)
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
        """A click chooses."""
        index = event.y + self.scroll_offset.y
        if index < len(self._entries) and self._entries[index].view:
            self.cursor = index
            self.choose()
