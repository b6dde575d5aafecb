"""The abstract follows the cursor; a paper whose abstract was long enough on screen was seen."""

import asyncio
import dataclasses
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from reader.model.paper import Paper, PaperRow
from reader.tui.terminal_title import say_title

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.tui.screens.library import LibraryScreen

SEEN_AFTER = 1.5
"""Seconds that an abstract must be on screen before its paper counts as seen."""

TOGETHER = 0.04
"""Seconds between keys under which the abstract waits for the last of them."""


class Previewing:
    """The paper under the cursor, whole."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self._screen = screen
        self._moved_at = 0.0
        self._preview: Timer | None = None
        self._seen: Timer | None = None

    def with_paper(self, then: Callable[[Paper], None]) -> None:
        """Do something with the paper under the cursor, at once when its abstract is on screen."""
        screen = self._screen
        row, shown = screen.papers.row, screen.abstract.paper
        if row is None:
            screen.telling.refuse("there is no paper here")
        elif shown is not None and shown.row.id == row.id:
            then(shown)
        else:
            screen.turns.wait_for(self._fetch, row.id, then)

    def when_shown(self, act: Callable[[], None]) -> None:
        """Do something when the abstract of the paper under the cursor is in its pane."""
        screen = self._screen
        row, shown = screen.papers.row, screen.abstract.paper
        if row is None or (shown is not None and shown.row.id == row.id):
            act()
        else:
            screen.turns.wait_for(self._shown, row.id, act)

    async def _shown(self, paper: int, act: Callable[[], None]) -> None:
        await self._show(paper)
        act()

    async def _fetch(self, paper: int, then: Callable[[Paper], None]) -> None:
        if found := await self._screen.library.paper(paper):
            then(found)

    def follow(self, row: PaperRow | None) -> None:
        """The cursor is on another paper: show it, of several keys at once only the last one.

        A row that has not come yet is told of again when it has: no key of its own.
        """
        screen = self._screen
        for timer in (self._seen, self._preview):
            if timer is not None:
                timer.stop()
        if row is None and screen.papers.ids:
            return
        moved, self._moved_at = self._moved_at, time.monotonic()
        if row is None:
            screen.abstract.show(None)
        elif self._moved_at - moved < TOGETHER:
            self._preview = screen.set_timer(TOGETHER, self.now)
        else:
            self.now()

    def now(self) -> None:
        """Show the abstract of the paper under the cursor."""
        row = self._screen.papers.row
        if row is not None:
            self._screen.start("preview", self._show, row.id)

    async def _show(self, paper: int) -> None:
        screen = self._screen
        found = await screen.library.paper(paper)
        row = screen.papers.row
        if row is None or row.id != paper:
            return
        screen.abstract.show(found and dataclasses.replace(found, row=row))
        say_title(screen.app, row.title)
        if found is not None and (not row.seen or row.revised):
            self._seen = screen.set_timer(SEEN_AFTER, lambda: self._mark_seen(row))

    def _mark_seen(self, row: PaperRow) -> None:
        screen = self._screen
        shown = screen.abstract.display and screen.abstract.lesson is None
        if screen.papers.row == row and shown:
            screen.showing.patch([dataclasses.replace(row, seen=True, revised=False)])
            screen.change(_landed, screen.library.mark_seen(row.id))


async def _landed(change: Future[None]) -> None:
    await asyncio.wrap_future(change)
