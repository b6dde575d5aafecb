"""Moving: the cursor, the panes, and the text."""

from typing import TYPE_CHECKING

from reader.model.paper import Status
from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet
from reader.tui.widgets.paper_list import WINDOW

if TYPE_CHECKING:
    from reader.tui.widgets.pane import Pane

_ABSTRACT_STEP = 3
_ENTRIES = 100_000


class Moving(ActionSet):
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
        screen, papers = self.screen, self.screen.papers
        if screen.scope is Scope.LIST:
            papers.move(len(papers.ids) - 1 if row is None else row)
        elif screen.scope is Scope.TEXT:
            abstract = screen.abstract
            target = abstract.max_scroll_y if row is None else row
            abstract.scroll_lines(target - abstract.scroll_offset.y)
        else:
            screen.sidebar.move(-_ENTRIES)
            screen.sidebar.move(_ENTRIES if row is None else row)

    def next_unread(self, count: int | None) -> None:
        """To the next unread paper."""
        self._unread(1, count or 1)

    def previous_unread(self, count: int | None) -> None:
        """To the previous unread paper."""
        self._unread(-1, count or 1)

    def _unread(self, step: int, count: int) -> None:
        papers = self.screen.papers
        target = papers.cursor
        for done in range(count):
            found = papers.next_unread(target, step)
            if found is not None and papers.row_at(found) is None:
                self.screen.start("seek", self._seek, target, step, count - done)
                break
            if found is None:
                self._refuse(step)
                break
            target = found
        papers.move(target)

    async def _seek(self, index: int, step: int, count: int) -> None:
        """Look for unread papers among rows that have not come yet."""
        papers = self.screen.papers
        ids, place = papers.ids, index + step
        while count and 0 <= place < len(ids):
            start = place if step > 0 else max(0, place - WINDOW + 1)
            near = ids[start : start + WINDOW] if step > 0 else ids[start : place + 1]
            rows = {row.id: row for row in await self.screen.library.rows(near)}
            for paper in near if step > 0 else reversed(near):
                row = rows.get(paper)
                if row is not None and row.status is Status.UNREAD:
                    index, count = place, count - 1
                place += step
                if not count:
                    break
        if count:
            self._refuse(step)
        papers.move(index)

    def _refuse(self, step: int) -> None:
        self.screen.telling.refuse(f"no unread paper {'below' if step > 0 else 'above'}")


class Panes(ActionSet):
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


class Reading(ActionSet):
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
