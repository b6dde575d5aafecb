"""Leaving: quitting, with a picture of how the screen will begin the next time."""

import asyncio
import contextlib
import datetime as dt
import re
from typing import TYPE_CHECKING, cast

from textual import constants

from reader.frozen import frozen
from reader.tui._workarounds import picture
from reader.tui.screens.action_set import ActionSet
from reader.tui.screens.first_moves import moves_of

if TYPE_CHECKING:
    from reader.model.query.shown import Shown
    from reader.session import Place
    from reader.tui.app import ReaderApp
    from reader.tui.screens.library import LibraryScreen

_PATIENCE = 0.3
"""Seconds that quitting may take for the picture's sake."""

_PERIODS = (1, 7)
"""The days of the built-in views that papers leave as time goes by."""

_MOVING = re.compile(r"(added|decided|finished|updated):|is:new", re.IGNORECASE)
"""What makes an own view another one as time goes by."""

_NOT_KEPT = ("-no-sidebar", "-no-abstract", "-too-small")


@frozen
class Left:
    """The screen as it was left, for the next start: empty where that is not certain.

    Attributes:
        moves: What keys change in the picture, packed.
        until: When it will no longer be right by the time alone, in seconds since 1970.
    """

    picture: str = ""
    moves: str = ""
    until: float = 0.0


class Leaving(ActionSet):
    """The end of the screen.

    The picture is drawn by the program itself, brought to where it would begin; it is left out
    whenever that is not certain.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self.begun = False

    def leave(self) -> None:
        """Quit; keys that come now are not for this program any more."""
        if not self.begun:
            self.begun = True
            self.screen.run_worker(self._leave(), group="leaving", exit_on_error=False)

    async def _leave(self) -> None:
        app = cast("ReaderApp", self.screen.app)
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_PATIENCE):
                    app.show_first()
                    await self.screen.painted()
                    await self._draw(app)
        finally:
            app.exit()

    async def _draw(self, app: "ReaderApp") -> None:
        """Keep the picture, where it is certain."""
        screen = self.screen
        await screen.showing.done(("changes",))  # what they say is not for the next start
        place = screen.current_place()
        shown = screen.finding.beginning(place, screen.begin)
        if app.theme_is_asked_for or not self._kept(shown):
            return
        screen.selecting.leave()
        screen.keys.clear()
        screen.remove_class("-drawer")
        screen.go_to(screen.papers)
        await self.screen.painted()  # where one pane fits, the focus changes the layout
        with app.batch_update():  # the rest is not for those who leave
            await self._begin_again(shown, place)
            if await screen.library.leave(shown.query, screen.papers.ids):
                until = await self._right_until()
                app.left = Left(picture(app), await moves_of(screen), until)

    async def _begin_again(self, shown: "Shown", place: "Place") -> None:
        """Show what the next start will."""
        screen = self.screen
        papers, showing = screen.papers, screen.showing
        if shown == showing.shown and screen.turns.partial:
            whole = asyncio.Event()
            screen.turns.when_whole(whole.set)
            await whole.wait()
        here = shown == showing.shown and screen.turns.all_here
        if here and showing.drop_settled():
            papers.show(papers.ids, (), papers.index_of(place.paper))
            papers.put_cursor(place.above)
        else:
            await showing.load(shown, place.paper, above=place.above)
        await showing.fetched()
        screen.abstract.begin()
        while not papers.has_focus:  # noqa: ASYNC110 - told by no event of ours
            await asyncio.sleep(0.002)
        screen.telling.be_silent()
        screen.telling.everything()

    async def _right_until(self) -> float:
        """When the first paper leaves the views of the last day and week by the time alone."""
        now = dt.datetime.now(dt.UTC)
        leave = [now + dt.timedelta(days=1)]
        for period in map(dt.timedelta, _PERIODS):
            since = f"{now - period:%Y-%m-%dT%H:%M:%SZ}"
            if first := await self.screen.library.first_added(since):
                try:
                    leave.append(dt.datetime.fromisoformat(first).astimezone(dt.UTC) + period)
                except (ValueError, OverflowError):
                    return 0.0  # a file told of a moment that is none
        return min(leave).timestamp()

    def _kept(self, shown: "Shown") -> bool:
        """Whether the next start begins like this: what is not kept is as it is at the start."""
        screen = self.screen
        return not (
            bool(constants.DRIVER)  # which does not take the terminal over from the picture
            or len(screen.app.screen_stack) > 1
            or screen.prompt.mode
            or shown.words
            or any(map(screen.has_class, _NOT_KEPT))
            or screen.looking.zoomed
            or screen.sidebar.folded
            or screen.abstract.lesson is not None
            or screen.abstract.reading.source
            or screen.telling.troubled
            or any(_MOVING.search(view.text) for view in screen.showing.summary.views)
            or not screen.papers.ids
            or screen.begin.view
            or screen.begin.find
        )
