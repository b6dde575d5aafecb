"""Moving the cursor."""

from functools import partial

from reader.model.paper import Status
from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet
from reader.tui.widgets.paper_list import WINDOW

_ENTRIES = 100_000
_PATIENCE = 0.5
"""Seconds that looking for an unread paper waits for the changes before it."""


class Moving(ActionSet):
    """Actions `move.*`: in the list and the sidebar the cursor moves, in the text it scrolls."""

    def _step(self, lines: int) -> None:
        screen = self.screen
        if screen.scope is Scope.SIDEBAR:
            screen.sidebar.move(lines)
        elif screen.scope is Scope.TEXT:
            screen.abstract.scroll_lines(lines)
        else:
            screen.selecting.moving()
            papers = screen.papers
            screen.turns.when_rows(lines, lambda: papers.move(papers.cursor + lines))

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
            screen.selecting.moving()
            if row is None:
                screen.turns.when_whole(lambda: papers.move(len(papers.ids) - 1))
            else:
                papers.move(row)
        elif screen.scope is Scope.TEXT:
            abstract = screen.abstract
            target = abstract.max_scroll_y if row is None else row
            abstract.scroll_lines(target - abstract.scroll_offset.y)
        else:
            screen.sidebar.move(-_ENTRIES)
            screen.sidebar.move(_ENTRIES if row is None else row)

    def next_group(self, count: int | None) -> None:
        """To the next group of papers, or paragraph."""
        self._group(1, count or 1)

    def previous_group(self, count: int | None) -> None:
        """To the beginning of the group or paragraph, then to the one before."""
        self._group(-1, count or 1)

    def _group(self, step: int, count: int) -> None:
        screen, papers = self.screen, self.screen.papers
        if screen.scope is Scope.TEXT:
            screen.abstract.move_paragraph(step * count)
            return
        screen.selecting.moving()
        if step > 0 and screen.turns.partial:
            screen.turns.when_whole(partial(self._group, step, count))
            return
        for _ in range(min(count, len(papers.ids))):
            target = papers.next_group(papers.cursor, step)
            if target is None:
                papers.move(len(papers.ids) - 1 if step > 0 else 0)
                break
            papers.move(target)
        if not papers.headings:
            key = screen.keymap.key_of("sort.cycle_group")
            screen.telling.refuse(f"the list has no groups: {key} makes some")

    def next_unread(self, count: int | None) -> None:
        """To the next unread paper, or the next place found in the text."""
        self._unread(1, count or 1)

    def previous_unread(self, count: int | None) -> None:
        """To the previous unread paper, or the previous place."""
        self._unread(-1, count or 1)

    def _unread(self, step: int, count: int) -> None:
        papers = self.screen.papers
        if self.screen.scope is Scope.TEXT and self.screen.abstract.next_place(step):
            return
        self.screen.selecting.moving()
        target = papers.cursor
        for done in range(count):
            found = papers.next_unread(target, step)
            if found is not None and papers.row_at(found) is None:
                self.screen.turns.wait_for(self._seek, target, step, count - done)
                break
            if found is None and step > 0 and self.screen.turns.partial:
                self.screen.turns.when_whole(partial(self._unread, step, count - done))
                break
            if found is None:
                self._refuse(step)
                break
            target = found
        papers.move(target)

    async def _seek(self, index: int, step: int, count: int) -> None:
        """Look for unread papers among rows that have not come yet."""
        papers = self.screen.papers
        ids, place, began = papers.ids, index + step, papers.cursor
        await self.screen.library.changes_made(_PATIENCE)  # which are what one looks among
        while count and 0 <= place < len(ids):
            start = place if step > 0 else max(0, place - WINDOW + 1)
            near = ids[start : start + WINDOW] if step > 0 else ids[start : place + 1]
            rows = {row.id: row for row in await self.screen.library.rows(near)}
            for paper in near if step > 0 else reversed(near):
                row = papers.known(paper) or rows.get(paper)
                if row is not None and row.status is Status.UNREAD:
                    index, count = place, count - 1
                place += step
                if not count:
                    break
        if papers.ids is not ids or papers.cursor != began:
            return  # one went elsewhere meanwhile
        if count:
            self._refuse(step)
        papers.move(index)

    def _refuse(self, step: int) -> None:
        self.screen.telling.refuse(f"no unread paper {'below' if step > 0 else 'above'}")
