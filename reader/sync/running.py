"""One sync: hosts side by side, the feeds of a host one after the other, page by page.

What a feed brings is taken in as it comes, each page in one transaction with the place up to which
the feed was read. So whatever ends a sync, the next one goes on there; and one feed that fails says
so and stops no other.
"""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TypeVar

from reader.errors import FetchError, ImportFileError, LibraryError, NothingFoundError
from reader.frozen import frozen
from reader.library.following import Arrived, Manner, SyncRun
from reader.library.library import Library
from reader.library.store import Store
from reader.model.feed import Feed, FeedKind, FeedOutcome, SyncReport
from reader.model.paper import Rejected
from reader.sources.context import Context
from reader.sources.document import open_document
from reader.sources.fetch.asking import Answer, Ask
from reader.sources.fetch.client import Client
from reader.sources.online.pages import Page, Told
from reader.sync.folders import read_folder
from reader.sync.protocols import PROTOCOLS, argument_of, host_of

_MOST_PAGES = {FeedKind.ARCHIVE: 4_000}
_USUAL_PAGES = 60
"""Pages of one feed in one sync; one that never ends must not keep the others waiting for ever."""

_WEEKEND = 5
_REASONS = 5
INTERNAL = "internal"
"""The code of a feed that failed because of a mistake in this program."""

LIBRARY = "library"
"""The code of a feed whose papers could not be written: the library is locked, or its disk full."""

Result = TypeVar("Result")


@frozen
class Progress:
    """How far a sync has come.

    Attributes:
        feed: Which feed it is about.
        awaited: The name of the feed that has been asked for the longest, else of this one.
        done, total: How many feeds are through, of how many.
        papers: The papers that came just now.
        outcome: How the feed fared, once it is through.
    """

    feed: Feed
    awaited: str
    done: int
    total: int
    papers: Arrived
    outcome: FeedOutcome | None = None


class Sync:
    """One sync of some feeds."""

    def __init__(
        self,
        library: Library,
        client: Client,
        feeds: Iterable[Feed],
        manner: Manner,
        heard: Callable[[Progress], None],
    ) -> None:
        self._library, self._client = library, client
        self._feeds, self._manner, self._heard = list(feeds), manner, heard
        self._report = SyncReport()
        self._run: SyncRun | None = None
        self._asked: dict[int, str] = {}

    async def run(self) -> SyncReport:
        """Ask all of them; what they brought. Cancelled, what came until then.

        Raises:
            LibraryError: The library could not be written; what came before is kept.
        """
        begun = asyncio.wrap_future(
            self._library.write(lambda store: store.begin_sync(self._manner))
        )
        try:
            self._run = await asyncio.shield(begun)
            await self._hosts()
        except asyncio.CancelledError:
            self._report.cancelled = True
            if (task := asyncio.current_task()) is not None:
                task.uncancel()
        finally:
            await self._finish(await kept(begun))
        return self._report

    def ended_by(self, error: LibraryError) -> SyncReport:
        """The report of a sync that could not write: what came before, and who was not asked."""
        told = {one.feed for one in self._report.feeds}
        self._report.feeds += [FeedOutcome(one.spec, one.name, error=str(error), code=LIBRARY)
                               for one in self._feeds if one.spec not in told]  # fmt: skip
        return self._report

    async def _hosts(self) -> None:
        hosts: dict[str, list[Feed]] = {}
        for feed in self._feeds:
            hosts.setdefault(host_of(feed.subscription), []).append(feed)
        try:
            async with asyncio.TaskGroup() as group:
                for feeds in hosts.values():
                    group.create_task(self._host(feeds))
        except BaseExceptionGroup as failures:
            raise failures.exceptions[0] from failures

    async def _finish(self, run: SyncRun) -> None:
        report = self._report
        report.problems = [f"rule {when}: {why}" for when, why in run.problems.items()]
        summary = summarise(report)
        finished = self._library.write(lambda _store: run.finish(summary))
        group = await kept(asyncio.wrap_future(finished))
        report.summary = group.summary if group else ""
        report.change = group.id if group else None
        report.undone_by = run.made

    async def _host(self, feeds: list[Feed]) -> None:
        for feed in feeds:
            outcome = FeedOutcome(feed.spec, feed.name)
            self._asked[feed.id] = feed.name
            self._tell(feed)
            try:
                await self._ask(feed, outcome)
            except FetchError as error:
                outcome.error, outcome.code = str(error), error.code
                outcome.retry_at = error.retry_at
            except ImportFileError as error:
                outcome.error, outcome.code = f"{error} Nothing was taken from it.", "parse"
            except LibraryError as error:
                outcome.error, outcome.code = str(error), LIBRARY
                self._report.feeds.append(outcome)
                raise
            except Exception as error:  # noqa: BLE001 - a mistake of ours must not stop the others
                outcome.error, outcome.code = _mistake(feed, error), INTERNAL
            self._report.feeds.append(outcome)
            written = self._library.write(partial(_put_health, feed.id, outcome))
            await asyncio.wrap_future(written)
            del self._asked[feed.id]
            self._tell(feed, outcome=outcome)

    def _tell(
        self, feed: Feed, papers: Arrived | None = None, outcome: FeedOutcome | None = None
    ) -> None:
        done = sum(1 for _ in self._report.feeds)
        awaited = next(iter(self._asked.values()), feed.name)
        self._heard(Progress(feed, awaited, done, len(self._feeds), papers or Arrived(), outcome))

    # -- one feed --------------------------------------------------------------------------

    async def _ask(self, feed: Feed, outcome: FeedOutcome) -> None:
        subscription = feed.subscription
        ids = await self._ids(subscription.argument, subscription.kind)
        today = dt.datetime.now(dt.UTC).date()
        seen_at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        context = Context(feed.spec, today, seen_at)
        told = Told(argument_of(subscription), feed.cursor, today, context, ids)
        if subscription.kind is FeedKind.FOLDER:
            page = await asyncio.to_thread(read_folder, told)
            await self._take(feed, page, outcome)
            return
        await self._pages(feed, told, outcome)

    async def _pages(self, feed: Feed, told: Told, outcome: FeedOutcome) -> None:
        kind = feed.subscription.kind
        protocol = PROTOCOLS[kind]
        ask: Ask | None = protocol.begin(told)
        items, asked = 0, set[str]()
        for number in range(_MOST_PAGES.get(kind, _USUAL_PAGES)):
            if ask is None:
                break
            told = replace(told, page=number)
            ask, answer = await self._fetch(protocol, ask, told)
            page = await asyncio.to_thread(_read, protocol.read, answer, ask, told)
            items += len(page.drafts) + len(page.rejected)
            await self._take(feed, page, outcome)
            told = replace(told, cursor=told.cursor if page.cursor is None else page.cursor)
            asked.add(ask.target)
            ask = page.next
            if ask is not None and ask.target in asked:
                raise FetchError(
                    f"{answer.address} leads back to what was asked before, so there is no end. "
                    "What came is kept; a sync later goes on from here.", "repeat")  # fmt: skip
        else:
            outcome.warning = "more pages than any feed should have: the rest comes next time"
        silent = kind is FeedKind.HUGGINGFACE and told.today.weekday() < _WEEKEND
        if silent and not items:
            outcome.warning = "answered, with no papers on a working day"

    async def _fetch(self, protocol: object, ask: Ask, told: Told) -> tuple[Ask, Answer]:
        """The answer to a question, or to the one that a protocol has for when it fails."""
        try:
            return ask, await self._client.fetch(ask)
        except FetchError:
            instead = getattr(protocol, "instead", None)
            other: Ask | None = instead(told) if instead and not told.page else None
            if other is None or other.service == ask.service:
                raise
            return other, await self._client.fetch(other)

    async def _ids(self, key: str, kind: FeedKind) -> Mapping[str, str]:
        """What the paper that a feed is about is called elsewhere."""
        if kind is not FeedKind.CITATIONS:
            return {}
        with suppress(NothingFoundError):
            return await self._library.identifiers(key)
        raise FetchError(f"cites {key}: no paper of the library is called so.", "identifier")

    async def _take(self, feed: Feed, page: Page, outcome: FeedOutcome) -> None:
        run = self._run
        assert run is not None, "a page comes when the sync has begun"  # noqa: S101 - for mypy
        drafts, cursor = page.drafts, page.cursor
        taken = self._library.write(lambda _store: run.take(feed, drafts, cursor))
        arrived = await asyncio.wrap_future(taken)
        outcome.new += len(arrived.new)
        outcome.updated += len(arrived.updated)
        outcome.merged += len(arrived.merged)
        outcome.rejected += len(page.rejected)
        outcome.reasons += [told_rejection(one) for one in page.rejected]
        del outcome.reasons[_REASONS:]
        outcome.warning = page.warning or outcome.warning
        if arrived.papers:
            self._tell(feed, arrived)


def _put_health(feed: int, outcome: FeedOutcome, store: Store) -> None:
    store.put_health(feed, outcome)


def _read(read: Callable[..., Page], answer: Answer, ask: Ask, told: Told) -> Page:
    return read(open_document(answer.body, answer.address), ask, told)


def told_rejection(one: Rejected) -> str:
    """Why something was not taken, with the beginning of it."""
    about = f" ({one.field})" if one.field else ""
    return f"{one.reason}{about}{f': {one.raw[:80]}' if one.raw else ''}"


def _mistake(feed: Feed, error: Exception) -> str:
    return (
        f"{feed.spec} could not be read because of a mistake in this program "
        f"({type(error).__name__}: {error}). Nothing of this page was taken; please report it."
    )


async def kept(change: asyncio.Future[Result]) -> Result:
    """The result of a change that must come to its end, however often the user wants to stop."""
    while not change.done():
        with suppress(asyncio.CancelledError):
            await asyncio.shield(change)
    return change.result()


def summarise(report: SyncReport) -> str:
    """What a sync brought, in a few words."""
    counts = [(report.total("new"), "new"), (report.total("updated"), "updated"),
              (report.total("merged"), "merged")]  # fmt: skip
    told = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing new"
    feeds = "1 feed" if len(report.feeds) == 1 else f"{len(report.feeds)} feeds"
    failed = f", {len(report.failed)} could not be asked" if report.failed else ""
    stopped = ", stopped" if report.cancelled else ""
    return f"synced {feeds}: {told}{failed}{stopped}"
