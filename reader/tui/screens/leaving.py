"""Leaving: quitting, with a picture of how the screen will begin the next time."""

import asyncio
import contextlib
import datetime as dt
import re
from typing import TYPE_CHECKING, cast

from textual.worker import WorkerError

from reader.tui._workarounds import picture
from reader.tui.layout import Layout
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from reader.model.query.shown import Shown
    from reader.tui.app import ReaderApp
    from reader.tui.screens.library import LibraryScreen

_PATIENCE = 0.3
"""Seconds that quitting may take for the picture's sake."""

_PERIODS = (1, 7)
"""The days of the built-in views that papers leave as time goes by."""

_MOVING = re.compile(r"(added|decided|finished|updated):|is:new", re.IGNORECASE)
"""What makes an own view another one as time goes by."""

_FETCHED = ("preview", "counts", "headings", "gists")
_NOT_KEPT = ("-no-sidebar", "-no-abstract", "-too-small")


class Leaving(ActionSet):
    """The end of the screen.

    The picture is drawn by the program itself, brought to where it would begin; it is left out
    whenever that is not certain.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._leaving = False

    def leave(self) -> None:
        """Quit."""
        if not self._leaving:
            self._leaving = True
            self.screen.run_worker(self._leave(), group="leaving", exit_on_error=False)

    async def _leave(self) -> None:
        app = cast("ReaderApp", self.screen.app)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    app.show_first()
                    await self._painted()
                    with app.batch_update():  # the picture is not for those who leave
                        app.picture = await self._picture(app), await self._right_until()
        finally:
            app.exit()

    async def _picture(self, app: "ReaderApp") -> str:
        screen = self.screen
        place = screen.current_place()
        shown = screen.finding.beginning(place, screen.begin)
        if app.theme_is_asked_for or not self._kept(shown):
            return ""
        screen.selecting.leave()
        screen.keys.clear()
        screen.go_to(screen.papers)
        papers = screen.papers
        if (
            shown == screen.showing.shown
            and screen.turns.all_here
            and screen.showing.drop_settled()
        ):
            papers.show(papers.ids, (), papers.index_of(place.paper))
            papers.put_cursor(place.above)
        else:
            await screen.showing.load(shown, place.paper, above=place.above)
        await self.fetched()
        screen.abstract.begin()
        while not screen.papers.has_focus:  # noqa: ASYNC110 - told by no event of ours
            await asyncio.sleep(0.002)
        screen.telling.be_silent()
        screen.telling.everything()
        if await screen.library.changed_elsewhere():
            return ""
        return picture(app)

    async def _right_until(self) -> float:
        """When the first paper leaves the views of the last day and week by the time alone."""
        now = dt.datetime.now(dt.UTC)
        leave = [now + dt.timedelta(days=1)]
        for period in map(dt.timedelta, _PERIODS):
            since = f"{now - period:%Y-%m-%dT%H:%M:%SZ}"
            if first := await self.screen.library.first_added(since):
                leave.append(dt.datetime.fromisoformat(first) + period)
        return min(leave).timestamp()

    async def _painted(self) -> None:
        """Wait until the screen is laid out and painted."""
        painted = asyncio.Event()
        self.screen.call_after_refresh(painted.set)
        await painted.wait()

    def _kept(self, shown: "Shown") -> bool:
        """Whether the next start begins like this: what is not kept is as it is at the start."""
        screen = self.screen
        return not (
            len(screen.app.screen_stack) > 1
            or screen.prompt.mode
            or shown.words
            or any(map(screen.has_class, _NOT_KEPT))
            or screen.looking.zoomed
            or (screen.has_class("-drawer") and screen.looking.layout is not Layout.TRIPLE)
            or screen.sidebar.folded
            or screen.abstract.lesson is not None
            or screen.abstract.reading.source
            or screen.telling.troubled
            or any(_MOVING.search(view.text) for view in screen.showing.summary.views)
            or not screen.papers.ids
            or screen.begin.view
            or screen.begin.find
        )

    async def fetched(self) -> None:
        """Wait until all that the screen shows is there."""
        self.screen.previewing.now()
        workers = self.screen.workers
        while left := [one for one in workers if one.group in _FETCHED and not one.is_finished]:
            with contextlib.suppress(WorkerError):
                await left[0].wait()
