"""Travelling: back and forward through what was shown, to a paper, to a day."""

import datetime as dt
import re
from typing import TYPE_CHECKING

from reader.frozen import frozen
from reader.model.paper import PaperRow
from reader.model.query import parse_query
from reader.model.query.shown import Shown
from reader.model.query.views import BUILT_IN
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_MOST = 100
_AGO = re.compile(r"-(\d{1,4})([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}
_LONGEST_AGO = 300_000


@frozen
class Stop:
    """What was shown, and the paper that the cursor was on."""

    shown: Shown
    paper: int


class Travelling(ActionSet):
    """Actions `travel.*`, and the stops that they go through."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self.past: list[Stop] = []
        self.future: list[Stop] = []

    def leave(self, *, stop: Stop | None = None) -> None:
        """Note where one is, for coming back; going elsewhere forgets what lay ahead."""
        stop = stop or self.here()
        if self.past[-1:] != [stop]:
            self.past.append(stop)
        del self.past[:-_MOST]
        self.future.clear()

    def here(self) -> Stop:
        """Where one is."""
        row = self.screen.papers.row
        return Stop(self.screen.showing.shown, row.id if row else 0)

    def back(self, count: int | None) -> None:
        """To what was shown before."""
        self._travel(self.past, self.future, count or 1, "back")

    def forward(self, count: int | None) -> None:
        """Forward again."""
        self._travel(self.future, self.past, count or 1, "forward")

    def _travel(self, behind: list[Stop], ahead: list[Stop], count: int, where: str) -> None:
        screen = self.screen
        if not behind:
            screen.telling.refuse(f"nothing to go {where} to")
            return
        here = self.here()
        for _ in range(min(count, len(behind))):
            ahead.append(here)
            here = behind.pop()
        screen.finding.forget()
        screen.showing.show(here.shown, here.paper)
        screen.go_to(screen.papers)

    # -- to a paper ------------------------------------------------------------------------

    def paper(self, _count: int | None, text: str = "") -> None:
        """To a paper by a few words of its title, its citekey, an id or a DOI."""
        if text:
            self.screen.turns.wait_for(self._named, text)
            return
        from reader.tui.screens.palette import GoToPaper  # noqa: PLC0415 - not before

        self.open_dialog(GoToPaper(self.screen.palette, self._few), self.go_to_paper)

    async def _few(self, text: str) -> list[PaperRow]:
        return await self.screen.library.named(text, 20)

    async def _named(self, text: str) -> None:
        rows = await self.screen.library.named(text, 1)
        if rows:
            self.go_to_paper(rows[0])
        else:
            self.screen.telling.refuse(f"no paper is meant by {text}")

    def go_to_paper(self, row: PaperRow) -> None:
        """Put the cursor on a paper: here, or where all papers are."""
        screen = self.screen
        if row.id in screen.papers.ids:
            screen.papers.move(screen.papers.index_of(row.id))
        else:
            self.leave()
            screen.finding.forget()
            home = BUILT_IN["trash"] if row.trashed else BUILT_IN["all"]
            screen.showing.show(Shown(home), row.id)
        screen.go_to(screen.papers)

    # -- to a day --------------------------------------------------------------------------

    def date(self, _count: int | None, text: str) -> None:
        """The papers of a day or another period: `2026-05-07`, `today`, `-1w`, `2026-04`."""
        period = self._period(text.strip())
        query = parse_query(f"date:{period}")
        if query.problems or " " in period:
            told = query.problems[0].message if query.problems else f"{text} is no day"
            self.screen.telling.refuse(told)
        else:
            self.screen.viewing.show(Shown(BUILT_IN["all"], filter=f"date:{period}"))

    def _period(self, text: str) -> str:
        """A day so long ago as a date; any other text as it is."""
        ago = _AGO.fullmatch(text)
        if ago is None:
            return text
        days = min(int(ago[1]) * _DAYS[ago[2]], _LONGEST_AGO)
        return (self.screen.today - dt.timedelta(days=days)).isoformat()
