"""Following: syncs, the feeds, papers asked for and completed, versions compared."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

from reader.errors import FetchError, UsageError
from reader.model.change import Change
from reader.model.feed import Feed, Health, SyncReport, parse_subscription
from reader.model.feed_change import PauseFeed, Subscribe, Unsubscribe
from reader.model.paper import Paper
from reader.model.query.views import View
from reader.tui.asking import Asking, here
from reader.tui.screens.action_set import ActionSet

if TYPE_CHECKING:
    from reader.sources.fetch.client import Client
    from reader.sync.running import Progress
    from reader.tui.screens.library import LibraryScreen

_NAMED = 3
_PATIENCE = 0.25
"""Seconds that the feeds wait for the changes before them to be written."""

_MOST_COMPLETED = 500
"""Papers that are completed by one command of the screen."""

Told = tuple[Sequence[Feed], dict[int, Health]]
"""The feeds, and how each fared."""


class Following(ActionSet):
    """Actions `feed.*`.

    Attributes:
        progress: How far a sync has come, for the header; empty while there is none.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._asking: Asking[Any] | None = None
        self.progress = ""

    # -- syncing ---------------------------------------------------------------------------

    def sync(self, count: int | None, text: str = "") -> None:
        """Ask the feeds for what is new; a count asks so many of the stalest, a text one feed."""
        if self._is_asking():
            return
        if self.screen.library.read_only is not None:
            self.screen.telling.refuse("READ-ONLY: nothing can be taken in")
        else:
            self.screen.turns.wait_for(self._choose, count, text)

    def _is_asking(self) -> bool:
        """Whether services are being asked already, which is said then."""
        if self._asking is None:
            return False
        key = self.screen.keymap.key_of("app.peel")
        self.screen.telling.refuse(f"services are being asked already; {key} stops that")
        return True

    async def _choose(self, count: int | None, text: str) -> None:
        feeds, health = await self._told()
        telling, key = self.screen.telling, self.screen.keymap.key_of("feed.screen")
        chosen = [one for one in feeds if not one.paused]
        if text:
            chosen = [one for one in feeds if text.lower() in (one.spec.lower(), one.name.lower())]
        elif count:
            order = {one.id: health.get(one.id, Health()).succeeded for one in chosen}
            chosen = sorted(chosen, key=lambda one: order[one.id])[:count]
        if not chosen and (text or feeds):
            telling.refuse(f"not followed: {text}; {key} shows the feeds" if text
                           else f"all feeds are paused; {key} shows them")  # fmt: skip
        elif not chosen:
            telling.refuse(f"no feeds yet: {key} and a follow one: cs.LG, hf, author:NAME, a URL")
        else:
            self._begin_sync(chosen)

    def _begin_sync(self, feeds: Sequence[Feed]) -> None:
        if self._is_asking():
            return
        screen = self.screen
        heard = here(self._progressed)

        async def work(client: "Client") -> SyncReport:
            from reader.sync.running import Sync  # noqa: PLC0415 - an HTTP client
            from reader.sync.setup import manner_of  # noqa: PLC0415 - likewise

            sync = Sync(screen.library, client, feeds, manner_of(screen.settings), heard)
            return await sync.run()

        self._show_progress(0, len(feeds), feeds[0].name)
        screen.change(self._synced, self._ask(work))

    def _ask(self, work: Any) -> Future[Any]:
        """Do something on the network, on a thread of its own."""
        screen = self.screen

        async def with_client() -> Any:
            from reader.sync.setup import client_of  # noqa: PLC0415 - an HTTP client

            async with client_of(screen.settings, screen.begin.config) as client:
                return await work(client)

        self._asking = Asking(with_client)
        return self._asking.done

    def cancel(self) -> bool:
        """Stop what is asked; whether there was something."""
        if self._asking is None or not self._asking.stop():
            return False
        self.screen.telling.say("stopping …")
        return True

    def end(self) -> None:
        """Stop it and wait for it: the program ends."""
        if self._asking is not None:
            self._asking.end()

    def _progressed(self, progress: "Progress") -> None:
        if self._asking is None:
            return
        self._show_progress(progress.done, progress.total, progress.awaited)
        if progress.papers.new:
            self.screen.showing.waiting += len(progress.papers.new)
            self.screen.telling.title()
            self.screen.start("summary", self.screen.showing.refresh_summary)
        touched = [*progress.papers.updated, *progress.papers.merged]
        loaded = [paper for paper in touched if self.screen.papers.known(paper) is not None]
        if loaded:
            self.screen.change(self.screen.showing.refresh_rows, loaded)

    def _show_progress(self, done: int, total: int, name: str) -> None:
        sign = self.screen.palette.glyphs.sync
        self.progress = f"{sign} {done}/{total} {name}" if total else f"{sign} {name}"
        self.screen.telling.top()

    async def _synced(self, done: Future[SyncReport]) -> None:
        report = await self._finished(done)
        if report is not None:
            self._tell(report)
            await self._show_arrivals()

    async def _finished(self, done: Future[Any]) -> Any:
        """The result; None when it was stopped before there was one."""
        try:
            return await asyncio.wrap_future(done)
        except asyncio.CancelledError:
            if not done.cancelled():
                raise
            self.screen.telling.say("stopped: nothing was taken in")
            return None
        finally:
            self._asking, self.progress = None, ""
            self.screen.telling.top()

    def _tell(self, report: SyncReport) -> None:
        undo = self.screen.keymap.key_of("history.undo")
        failed = report.failed
        if failed:
            key = self.screen.keymap.key_of("feed.screen")
            names = ", ".join(f"{one.name} ({one.code})" for one in failed[:_NAMED])
            told = report.summary or "nothing new"
            self.screen.telling.refuse(f"{told}: {names}; {key} says more")
            return
        odd = [f"{one.name}: {one.warning}" for one in report.feeds if one.warning]
        odd += report.problems
        words = report.summary or ("stopped" if report.cancelled else "nothing new")
        if odd:
            words += f"; {odd[0]}"
        times = report.undone_by if report.undone_by > 1 else ""
        self.screen.telling.say(words, f"{times}{undo} undoes" if report.change else "")

    async def _show_arrivals(self) -> None:
        """Show what came where nothing can jump, in an empty list; else it waits."""
        screen = self.screen
        await screen.showing.refresh_summary()
        if not screen.papers.ids and not screen.prompt.mode:
            screen.finding.forget()
            screen.showing.show(screen.showing.shown)

    # -- feeds -----------------------------------------------------------------------------

    async def _told(self) -> Told:
        library = self.screen.library
        await library.changes_made(_PATIENCE)
        return await library.feeds(), await library.feed_health()

    def open(self, _count: int | None) -> None:
        """The feeds: how they fare, what they brought; follow, pause and unfollow them."""
        self.screen.turns.wait_for(self._open)

    async def _open(self) -> None:
        from reader.tui.screens.feed_screen import FeedScreen  # noqa: PLC0415 - not before

        feeds, health = await self._told()
        today = self.screen.today
        screen = FeedScreen(self.screen.palette, feeds, health, today, self._change_feeds)
        self.open_dialog(screen, self._answered)

    def _answered(self, answer: tuple[str, str]) -> None:
        what, spec = answer
        if what == "sync":
            self.sync(None, spec)
        else:
            self.show_papers(spec)

    def show_papers(self, spec: str) -> None:
        """Show what a feed brought."""
        self.screen.viewing.go(View(f"feed {spec}"[:50], f'feed:"{spec}"'))

    def _change_feeds(self, change: Change | None, then: Callable[[str, Told], None]) -> None:
        """Change what is followed, or undo; tell what it did, and the feeds as they are then."""

        async def changed(told: str) -> None:
            then(told, await self._told())

        self.make_change(change, changed)

    def subscribe(self, _count: int | None, text: str) -> None:
        """Follow a feed."""
        try:
            told = parse_subscription(text)
        except UsageError as problem:
            self.screen.telling.refuse(str(problem))
            return
        self.screen.viewing.change(Subscribe(((told.spec, told.name),)))

    def unsubscribe(self, _count: int | None, text: str) -> None:
        """Follow a feed no longer; its papers stay."""
        self.screen.viewing.change(Unsubscribe(text))

    def pause(self, _count: int | None, text: str) -> None:
        """Leave a feed out of syncs, or take it in again."""
        self.screen.turns.wait_for(self._pause, text)

    async def _pause(self, text: str) -> None:
        feeds, _ = await self._told()
        found = [one for one in feeds if text.lower() in (one.spec.lower(), one.name.lower())]
        if found:
            self.screen.viewing.change(PauseFeed(found[0].spec, paused=not found[0].paused))
        else:
            self.screen.telling.refuse(f"not followed: {text}")

    # -- single papers ---------------------------------------------------------------------

    def complete(self, count: int | None) -> None:
        """Ask for what papers lack: names, abstracts, identifiers, dates."""
        self.on_targets(count, "complete", lambda targets: self._complete(targets.papers))

    def _complete(self, papers: tuple[int, ...]) -> None:
        if self._is_asking():
            return
        if len(papers) > _MOST_COMPLETED:
            self.screen.telling.refuse(f"at most {_MOST_COMPLETED} at once; `reader complete` more")
            return
        library = self.screen.library
        heard = here(lambda done, total: self._show_progress(done, total, "completing"))

        async def work(client: "Client") -> SyncReport:
            from reader.sync.completing import complete  # noqa: PLC0415 - an HTTP client

            return await complete(library, client, await library.whole(papers), heard)

        self._show_progress(0, len(papers), "completing")
        self.screen.change(self._completed, self._ask(work), papers)

    async def _completed(self, done: Future[SyncReport], papers: tuple[int, ...]) -> None:
        screen = self.screen
        report = await self._finished(done)
        if report is not None:
            self._tell(report)
            await screen.showing.refresh_summary()
            await screen.showing.refresh_rows(papers)
            screen.previewing.now()

    def look_up(self, text: str, then: Any) -> None:
        """Ask for one paper by what it is called, and do something with what is told of it."""
        if self._is_asking():
            return

        async def work(client: "Client") -> Any:
            from reader.library.reading import now  # noqa: PLC0415 - an HTTP client
            from reader.sources.context import Context  # noqa: PLC0415 - likewise
            from reader.sync.lookup import look_up, wanted  # noqa: PLC0415 - likewise

            context = Context("added", dt.datetime.now(dt.UTC).date(), now())
            return await look_up(client, wanted(text), context)

        self._show_progress(0, 0, "looking it up")
        self.screen.change(self._looked_up, self._ask(work), then)

    async def _looked_up(self, done: Future[Any], then: Any) -> None:
        try:
            draft = await self._finished(done)
        except (FetchError, UsageError) as error:
            then(None, str(error))
            return
        if draft is not None:
            then(draft, "")

    # -- versions --------------------------------------------------------------------------

    def diff(self, _count: int | None, text: str = "") -> None:
        """Compare two versions of this paper: the last two that were told of, or `1 3`."""
        words = text.split()
        if not all(word.isdecimal() and len(word) < 4 for word in words) or len(words) > 2:  # noqa: PLR2004
            self.screen.telling.refuse("versions are numbers: :diff 1 2")
            return
        numbers = tuple(map(int, words))
        self.screen.previewing.with_paper(
            lambda paper: self.screen.turns.wait_for(self._diff, paper, numbers)
        )

    async def _diff(self, paper: Paper, numbers: tuple[int, ...]) -> None:
        from reader.model.versions import version_pair  # noqa: PLC0415 - not before it is wanted
        from reader.tui.screens.version_diff import VersionDiff  # noqa: PLC0415 - likewise

        earlier = await self.screen.library.versions(paper.row.id)
        pair = version_pair(earlier, paper, numbers)
        if pair is None:
            self.screen.telling.refuse("no other version of this paper was told of")
        else:
            self.open_dialog(VersionDiff(self.screen.palette, paper, pair), lambda _none: None)
