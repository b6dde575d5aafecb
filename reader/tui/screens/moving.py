"""Moving: the cursor, the panes, and the text."""

from typing import TYPE_CHECKING

from reader.model.paper import Status
from reader.tui.actions import Scope
from reader.tui.screens.helper import Helper

if TYPE_CHECKING:
    from reader.tui.widgets.pane import Pane

_ABSTRACT_STEP = 3


class Moving(Helper):
    """Actions `move.*`: in the list and the sidebar the cursor moves, in the text it scrolls."""

    def _step(self, lines: int) -> None:
        screen = self.screen
        if screen.scope is Scope.SIDEBAR:
            screen.sidebar.move(lines)
        elif screen.scope is Scope.TEXT:
            screen.abstract.scroll_lines(lines)
        else:
            screen.papers.move(screen.papers.cursor + lines)

    @property
    def _page(self) -> int:
        screen = self.screen
        if screen.scope is Scope.TEXT:
            return max(1, screen.abstract.size.height - 1)
        return screen.papers.page

    def down(self, count: int | None) -> None:
        """Down by `count` lines or rows."""
        self._step(count or 1)

    def up(self, count: int | None) -> None:
        """Up."""
        self._step(-(count or 1))

    def half_down(self, count: int | None) -> None:
        """Down by half pages."""
        self._step((count or 1) * max(1, self._page // 2))

    def half_up(self, count: int | None) -> None:
        """Up by half pages."""
        self._step(-(count or 1) * max(1, self._page // 2))

    def page_down(self, count: int | None) -> None:
        """Down by pages."""
        self._step((count or 1) * self._page)

    def page_up(self, count: int | None) -> None:
        """Up by pages."""
        self._step(-(count or 1) * self._page)

    def top(self, count: int | None) -> None:
        """To the top, or to row `count`."""
        self._to((count or 1) - 1)

    def bottom(self, count: int | None) -> None:
        """To the bottom, or to row `count`."""
        self._to(count - 1 if count else None)

    def _to(self, row: int | None) -> None:
        papers = self.screen.papers
        if self.screen.scope is Scope.LIST:
            papers.move(len(papers.ids) - 1 if row is None else row)
        else:
            self._step(1_000_000 if row is None else -1_000_000)

    def next_unread(self, count: int | None) -> None:
        """To the next unread paper."""
        self._unread(1, count or 1)

    def previous_unread(self, count: int | None) -> None:
        """To the previous unread paper."""
        self._unread(-1, count or 1)

    def _unread(self, step: int, count: int) -> None:
        target = self.screen.papers.cursor
        for _ in range(count):
            found = unread_after(self, target, step)
            if found is None:
                self.screen.telling.refuse(
                    "no unread paper below" if step > 0 else "no unread paper above"
                )
                break
            target = found
        self.screen.papers.move(target)


def unread_after(helper: Helper, index: int, step: int = 1) -> int | None:
    """The nearest unread row beyond a place in the list; rows not fetched yet count as unread."""
    papers = helper.screen.papers
    for place in range(index + step, len(papers.ids) if step > 0 else -1, step):
        row = papers.row_at(place)
        if row is None or row.status is Status.UNREAD:
            return place
    return None


class Panes(Helper):
    """Actions `pane.*`: deeper to the right, shallower to the left."""

    def deeper(self, _count: int | None) -> None:
        """From the sidebar to the list, from the list to the abstract."""
        screen = self.screen
        if screen.scope is Scope.SIDEBAR:
            screen.sidebar.choose()
        elif screen.scope is Scope.LIST and screen.papers.ids:
            screen.go_to(screen.abstract)
        elif screen.scope is Scope.TEXT:
            screen.telling.refuse("this is the whole abstract; o opens the paper's page")

    def shallower(self, _count: int | None) -> None:
        """From the abstract to the list, from the list to the sidebar."""
        screen = self.screen
        if screen.scope is Scope.TEXT:
            screen.go_to(screen.papers)
        elif screen.scope is Scope.LIST:
            self.open_sidebar()

    def open_sidebar(self) -> None:
        """Show the sidebar, as a drawer where it has no place of its own, and go there."""
        self.screen.remove_class("-no-sidebar")
        self.screen.add_class("-drawer")
        self.screen.go_to(self.screen.sidebar)

    def next(self, _count: int | None) -> None:
        """To the next pane."""
        self._cycle(1)

    def previous(self, _count: int | None) -> None:
        """To the previous pane."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        screen = self.screen
        panes: list[Pane] = [screen.papers, screen.abstract]
        if screen.sidebar.display and screen.sidebar.size.width:
            panes.insert(0, screen.sidebar)
        here = next((index for index, pane in enumerate(panes) if pane.has_focus), 0)
        screen.go_to(panes[(here + step) % len(panes)])


class Reading(Helper):
    """Actions `text.*`: the abstract without leaving the list, papers without leaving the text."""

    def forward(self, count: int | None) -> None:
        """Scroll the abstract; from the abstract, the next paper."""
        self._go(count or 1)

    def backward(self, count: int | None) -> None:
        """Scroll it back; from the abstract, the previous paper."""
        self._go(-(count or 1))

    def _go(self, count: int) -> None:
        screen = self.screen
        if screen.scope is Scope.TEXT:
            screen.papers.move(screen.papers.cursor + count)
        else:
            screen.abstract.scroll_lines(_ABSTRACT_STEP * count)

    def read_on(self, _count: int | None) -> None:
        """Page the abstract; at its end, the next unread paper."""
        screen = self.screen
        if screen.abstract.at_end or not screen.abstract.size.height:
            screen.run("move.next_unread")
        else:
            screen.abstract.scroll_lines(max(1, screen.abstract.size.height - 2))

    def page_back(self, _count: int | None) -> None:
        """Page the abstract back."""
        self.screen.abstract.scroll_lines(-max(1, self.screen.abstract.size.height - 2))
