"""What the list shows: fetching the papers of a query, and keeping the rows right."""

import asyncio
import contextlib
import dataclasses
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.worker import WorkerError

from reader.library.library import Summary
from reader.model.paper import ID_TYPE, PaperRow
from reader.model.query.shown import Shown
from reader.model.query.tree import Field, atoms
from reader.model.query.views import BUILT_IN, View
from reader.model.skim import result_sentence
from reader.tui.asking import here
from reader.tui.geometry import Heading, place_of
from reader.tui.rows import Density
from reader.tui.widgets.paper_list import WINDOW

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.tui.screens.library import LibraryScreen

_LARGE = 5_000
_DEEP = 50_000
"""Papers among which one that is not at the top is looked for, before all are read."""

_PATIENCE = 0.25
"""Seconds that a view waits for the changes before it."""

_FEW = 50
"""Rows that are left out one by one."""

_BESIDE = ("preview", "headings", "gists")
_FETCHED = (*_BESIDE, "counts")
"""The work that completes what is shown."""

_FIRST, _NUMBERS = 0.3, 0.05
"""Seconds that the first painting may wait for what is slow to fetch, and to count."""

_COUNTED_ELSEWHERE = {
    "inbox": "status 0",
    "later": "status 1",
    "reading": "status 2",
    "read": "status 3",
    "starred": "starred",
    "all": "all",
    "trash": "trash",
}


class Showing:
    """The papers in the list of the main screen, and the numbers around it.

    Attributes:
        here: Set as soon as there are rows.
        waiting: Papers that came and are not in the list: it never moves by itself.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        self._screen = screen
        self.shown = Shown()
        self.summary = Summary({}, (), only_samples=False)
        self._view_counts: dict[str, int] = {}
        self.known_papers = 0
        self.incomplete = False
        self.waiting = 0
        self.here = asyncio.Event()
        self._looked: Future[bool] | None = None
        self._missed: set[int] = set()  # papers that changed while others came

    # -- which papers ----------------------------------------------------------------------

    def show(self, shown: Shown, paper: int = 0) -> None:
        """Show other papers, with the cursor on one of them if it is there."""
        cursor = self._screen.papers.cursor if paper else 0
        self._screen.start("rows", self.load, shown, paper, cursor)

    async def load(
        self, shown: Shown, paper: int = 0, index: int = 0, above: int | None = None
    ) -> None:
        """Fetch and show the papers of a query; a later one takes its place at any time.

        The cursor goes to the paper, or to the row `index` when it is not among them.
        """
        library = self._screen.library
        self.shown, self.incomplete, self.waiting = shown, False, 0
        self._missed.clear()
        await library.changes_made(_PATIENCE)
        ids = await self._as_left(shown)
        if ids is None:
            if self.large and await self._load_large(shown, paper, above):
                return
            ids = await library.matching(shown.query)
        if ids is None or self.shown != shown:
            return
        cursor = place_of(ids, paper, max(0, min(index, len(ids) - 1)))
        await self._show_around(cursor, ids, shown, above)

    async def _as_left(self, shown: Shown) -> Sequence[int] | None:
        """The papers of a large view, at the start, where they are known from the last time."""
        library, large = self._screen.library, self.large and not shown.words
        await library.watch(large=large)
        return await library.left(shown.query) if large and not self.here.is_set() else None

    async def _show_around(
        self, cursor: int, ids: Sequence[int], shown: Shown, above: int | None
    ) -> None:
        """Show papers from the rows around the cursor."""
        near = ids[max(0, cursor - WINDOW // 2) : cursor + WINDOW // 2]
        rows = await self._screen.library.rows(near)
        if self.shown == shown:
            self._show(ids, rows, cursor, above)
            if self._missed:
                await self.refresh_rows([*self._missed])

    @property
    def large(self) -> bool:
        """Whether the first rows are shown before the whole list is known."""
        return self.summary.counts.get("all", 0) > _LARGE

    async def _load_large(self, shown: Shown, paper: int, above: int | None) -> bool:
        """The first rows at once, all of them behind; false when the paper is not among them."""
        library = self._screen.library
        first = await library.first_matching(shown.query, WINDOW)
        if first is not None and paper and paper not in first and self.shown == shown:
            first = await library.first_matching(shown.query, _DEEP)
        if first is None or self.shown != shown:
            return True
        if paper and paper not in first:
            return False
        await self._show_around(first.index(paper) if paper else 0, first, shown, above)
        if self.shown != shown:
            return True
        self._screen.turns.first_rows()
        await self._screen.painted()  # reading all ids takes turns with whatever paints
        if self.shown != shown:
            return True
        whole = await library.matching(shown.query)
        if whole is not None and self.shown == shown:
            await self._complete(whole, shown)
        return True

    async def _complete(self, whole: "array[int]", shown: Shown) -> None:
        """Show all papers where the first were shown, with the cursor where it is.

        What was decided meanwhile stays in its place, as do results that one moves among already.
        """
        screen, papers = self._screen, self._screen.papers
        here, ranked = papers.ids, bool(shown.sought)
        if whole[: len(here)] != here:
            moved = ranked and papers.cursor > 0
            if moved or await asyncio.to_thread(lambda: not set(here).issubset(whole)):
                whole = await asyncio.to_thread(_behind, here, whole)
            if self.shown != shown:
                return
        if whole[: len(papers.ids)] == papers.ids:
            papers.extend(whole)
        else:
            row, above = papers.row, papers.above
            top = not papers.cursor and (ranked or screen.prompt.mode)
            papers.show(whole, (), 0 if top or row is None else whole.index(row.id))
            if not top:
                papers.put_cursor(above)
        screen.telling.position()
        self._need_headings()

    def drop_settled(self) -> bool:
        """Leave out the rows that left the view, as showing it afresh would.

        False when it would take showing it afresh: papers may have come into the view, or changed
        their places in it.
        """
        papers, shown = self._screen.papers, self.shown
        query = shown.query
        views = any(isinstance(one, Field) and one.name == "in" for one in atoms(query.tree))
        simple = not (query.orders or query.group or query.limit or shown.words or views)
        if self.incomplete or self.waiting or not simple or len(papers.settled) > _FEW:
            return False
        papers.drop(papers.settled)
        return True

    def restore(self, shown: Shown, ids: Sequence[int], paper: int) -> None:
        """Show papers as they were shown before, decided rows too, with the cursor on one."""
        screen = self._screen
        screen.workers.cancel_group(screen, "rows")
        self.shown, self.incomplete = shown, True
        screen.selecting.leave_range()
        screen.papers.show(ids, (), place_of(ids, paper, 0))
        left = (row.id for row in screen.papers.loaded() if shown.holds(row) is False)
        screen.papers.set_settled(frozenset(left))
        self._forget_search()
        screen.telling.everything()
        self._need_headings()
        screen.turns.whole()  # a load that never began tells nothing

    def _forget_search(self) -> None:
        """What was said of a search goes with it."""
        if not self.shown.words:
            self._screen.papers.set_notes({})
            self._screen.papers.set_sought()
            self._screen.abstract.set_insight(None)

    def _show(
        self, ids: Sequence[int], rows: Sequence[PaperRow], cursor: int, above: int | None
    ) -> None:
        papers = self._screen.papers
        self._screen.selecting.leave_range()
        papers.set_settled(frozenset())
        papers.show(ids, rows, cursor)
        if above is not None:
            papers.put_cursor(above)
        self._forget_search()
        self._screen.telling.everything()
        self._need_headings(above)
        self.here.set()

    def _need_headings(self, above: int | None = None) -> None:
        if self.shown.query.group:
            self._screen.start("headings", self._fetch_headings, self.shown, above)

    async def _fetch_headings(self, shown: Shown, above: int | None) -> None:
        papers = self._screen.papers
        ids, cursor = papers.ids, papers.cursor
        found = await self._screen.library.headings(shown.query.group, ids)
        if shown == self.shown and ids is papers.ids:
            papers.set_headings([Heading(start, text) for start, text in found])
            if above is not None and papers.cursor == cursor:
                papers.put_cursor(above)

    async def worth_showing(self) -> None:
        """Wait until what the screen shows is there, but not for what is slow."""
        for groups, patience in ((_BESIDE, _FIRST), (_FETCHED, _NUMBERS)):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.fetched(groups), patience)

    async def fetched(self, groups: Sequence[str] = _FETCHED) -> None:
        """Wait until all that the screen shows is there."""
        self._screen.previewing.now()
        await self.done(groups)

    async def done(self, groups: Sequence[str]) -> None:
        """Wait until the work of some kinds is done, and what it leads to."""
        workers = self._screen.workers
        while left := [one for one in workers if one.group in groups and not one.is_finished]:
            with contextlib.suppress(WorkerError):
                await left[0].wait()

    def need_gists(self) -> None:
        """Fetch what the papers on screen found, where the rows have room for it."""
        papers = self._screen.papers
        if papers.density is Density.RELAXED and papers.without_gist:
            self._screen.start("gists", self._fetch_gists, papers.without_gist)

    async def _fetch_gists(self, papers: Sequence[int]) -> None:
        abstracts = await self._screen.library.abstracts(papers)
        gists = {paper: result_sentence(abstracts.get(paper, "")) for paper in papers}
        self._screen.papers.add_gists(gists)

    # -- rows ------------------------------------------------------------------------------

    async def fetch_rows(self, papers: Sequence[int]) -> None:
        """Fetch rows that come near; what is being changed is shown as it will be."""
        rows = await self._screen.library.rows(papers)
        rows = [row for row in rows if row.id not in self._screen.pending]
        self.patch(rows)
        self.need_gists()
        if self.incomplete:  # some that are further off may have changed
            await self._ask_of(rows)

    async def refresh_rows(self, papers: Sequence[int]) -> None:
        """Fetch rows that changed and show them where they are; dim those that left the view."""
        screen = self._screen
        if screen.turns.loading:
            self._missed.update(papers)
        near = not screen.turns.loading and screen.papers.near().issuperset(papers)
        self.incomplete |= len(papers) > WINDOW or not near
        if len(papers) > WINDOW:
            screen.papers.forget()
            at_hand = screen.papers.near()
            papers = [one for one in papers if one in at_hand]
        rows = await screen.library.rows(papers)
        self.patch(rows)
        await self._ask_of(rows)

    async def _ask_of(self, rows: Sequence[PaperRow]) -> None:
        """Dim the rows that left the view, where a row alone does not tell."""
        shown, papers = self.shown, [row.id for row in rows]
        if any(shown.holds(row) is None for row in rows):
            inside = await self._screen.library.among(shown.query, papers)
            if shown == self.shown:
                self._settle(set(papers) - inside, inside)

    def patch(self, rows: Sequence[PaperRow]) -> None:
        """Show rows as they are now."""
        screen = self._screen
        screen.papers.add_rows(rows)
        verdicts = {row.id: self.shown.holds(row) for row in rows}
        self._settle({paper for paper, inside in verdicts.items() if inside is False},
                     {paper for paper, inside in verdicts.items() if inside})  # fmt: skip
        shown = screen.abstract.paper
        for row in rows:
            if shown is not None and shown.row.id == row.id:
                screen.abstract.show(dataclasses.replace(shown, row=row))

    def _settle(self, out: set[int], back: set[int]) -> None:
        papers = self._screen.papers
        papers.set_settled((papers.settled | out) - back)

    # -- numbers ---------------------------------------------------------------------------

    async def refresh_summary(self) -> None:
        """Fetch the counts, tags and views and show them."""
        self.summary = await self._screen.library.summary()
        self.known_papers = self.summary.counts["all"]
        colours = {tag.name: tag.colour for tag in self.summary.tags if tag.colour}
        for pane in (self._screen.papers, self._screen.abstract, self._screen.sidebar):
            pane.set_colours(colours)
        self._screen.telling.everything()
        self._screen.citing.changed()
        self._screen.start("counts", self._count_views)

    def when_told(self, then: Callable[[], None]) -> None:
        """Do something when the counts, tags and views tell of the changes so far."""
        screen = self._screen
        if any(one.group == "changes" and not one.is_finished for one in screen.workers):
            screen.turns.wait_for(self._when_told, then)
        else:
            then()

    async def _when_told(self, then: Callable[[], None]) -> None:
        await self._screen.library.changes_made(_PATIENCE)
        await self.refresh_summary()
        then()

    async def _count_views(self) -> None:
        views = [view for view in self.views() if view.name not in _COUNTED_ELSEWHERE]
        self._view_counts = await self._screen.library.view_counts(views)
        self._screen.telling.everything()

    def views(self) -> list[View]:
        """All views, the built-in ones first."""
        return [*BUILT_IN.values(), *self.summary.views]

    def count_of(self, view: View) -> int | None:
        """How many papers a view or tag has; None while that is not known."""
        if view.name.startswith("#"):
            found = (tag.papers for tag in self.summary.tags if tag.name == view.name[1:])
            return next(found, None)
        if what := _COUNTED_ELSEWHERE.get(view.name):
            return self.summary.counts.get(what, 0)
        return self._view_counts.get(view.name)

    def watch(self) -> None:
        """Look whether another program changed the library, or keeps it locked."""
        screen = self._screen
        if holder := screen.library.waits_for:
            screen.telling.say(f"waiting for {holder}, which keeps the library locked")
        elif (self._looked is None or self._looked.done()) and not self._looking_around():
            self._looked = screen.library.look_elsewhere()
            self._looked.add_done_callback(here(self._see))

    def _looking_around(self) -> bool:
        """One that were stopped half-way would have taken the news with it."""
        return any(not one.is_finished for one in self._screen.workers if one.group == "watch")

    def _see(self, looked: "Future[bool]") -> None:
        """A worker for each look, most of which see nothing, would cost more than all else."""
        if looked.exception() is not None or looked.result():
            self._screen.start("watch", self.look_around, looked)

    async def look_around(self, looked: "Future[bool]") -> None:
        """Show what another program changed in the library.

        Raises:
            ReplacedError: Another file took its place.
        """
        looked.result()
        self.incomplete = True
        screen, before = self._screen, self.known_papers
        await self.refresh_summary()
        arrived = self.known_papers - before
        if arrived < 0:
            row = screen.papers.row
            self.show(self.shown, row.id if row else 0)
            return
        screen.papers.forget()
        if arrived:
            self.waiting += arrived
            screen.telling.title()


def _behind(first: Sequence[int], whole: "array[int]") -> "array[int]":
    """Some papers and, behind them, the others."""
    here = set(first)
    return array(ID_TYPE, (*first, *(paper for paper in whole if paper not in here)))
