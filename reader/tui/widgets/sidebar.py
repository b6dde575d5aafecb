"""The sidebar: views and tags with their counts."""

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from reader.model.paper import Tag
from reader.model.query import STATUS_OF_VIEW, Query, View
from reader.tui._workarounds import set_content_size
from reader.tui.render import BOLD, CURSOR, TAG, Part, cut, split_ends, strip_of
from reader.tui.themes import Palette
from reader.tui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a heading when `query` is None."""

    label: str
    query: Query | None = None
    count: int = 0


def entries(counts: dict[str, int], tags: tuple[Tag, ...], inbox: str) -> list[Entry]:
    """The lines of the sidebar, empty headings left out."""
    views = [
        Entry("INBOX"),
        _view(View.INBOX, counts, inbox),
        Entry(""),
        Entry("LIBRARY"),
        *(_view(view, counts) for view in View if view is not View.INBOX),
    ]
    if not tags:
        return views
    listed = [Entry(tag.name, Query(tag=tag.name), tag.papers) for tag in tags]
    return [*views, Entry(""), Entry("TAGS"), *listed]


def _view(view: View, counts: dict[str, int], label: str = "") -> Entry:
    status = STATUS_OF_VIEW.get(view)
    what = view.value if status is None else f"status {int(status)}"
    return Entry(label or view.label, Query(view), counts.get(what, 0))


class Sidebar(Pane, can_focus=True):
    """Views and tags; Enter shows one."""

    cursor: var[int] = var(1)

    @dataclass
    class Chosen(Message):
        """A view or tag was chosen."""

        query: Query

    def __init__(self, palette: Palette) -> None:
        super().__init__(id="sidebar")
        self.palette = palette
        self._entries: list[Entry] = []
        self._shown: Query | None = None

    def show(self, lines: list[Entry], shown: Query) -> None:
        """Show these lines, the one whose papers are in the list marked."""
        chosen = self.chosen
        self._entries, self._shown = lines, shown
        target = (chosen if self.has_focus else None) or shown
        cursor = next((i for i, one in enumerate(lines) if one.query == target), self.cursor)
        self.set_reactive(Sidebar.cursor, min(cursor, len(lines) - 1))
        set_content_size(self, self.size.width, len(lines))
        self.refresh()

    def set_palette(self, palette: Palette) -> None:
        """Paint in other colours."""
        self.palette = palette
        self.refresh()

    def count_of(self, query: Query) -> int | None:
        """How many papers a view or tag has, None when it has no line."""
        return next((one.count for one in self._entries if one.query == query), None)

    @property
    def chosen(self) -> Query | None:
        """The view or tag under the cursor."""
        return self._entries[self.cursor].query if self._entries else None

    def move(self, steps: int) -> None:
        """Move the cursor over the lines that can be chosen."""
        places = [index for index, entry in enumerate(self._entries) if entry.query]
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
        if entry.query is None:
            return [(f" {entry.label}", palette.muted)]
        shown = entry.query == self._shown
        label = palette.text + BOLD if shown else palette.text
        count = f"{entry.count:,} "
        bar: Part = (CURSOR if shown or here else " ", palette.accent)
        square: list[Part] = [(f"{TAG} ", palette.accent)] if entry.query.tag else []
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
        if index < len(self._entries) and self._entries[index].query:
            self.cursor = index
            self.choose()
