"""The library for a program with an event loop: every call runs on a thread that owns a connection.

The writer makes changes, the reader fetches row windows and single papers and is never held by
anything long, the searcher answers queries and is interrupted by the next one, and the counter,
begun when it is first needed, does what may take long and nobody waits for.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.errors import ReadOnlyError
from reader.frozen import frozen
from reader.library.faults import error_code
from reader.library.left import LeftView
from reader.library.reading import ReadStore
from reader.library.store import Store
from reader.library.surroundings import troubles
from reader.library.threads import Result, StoreThread
from reader.model.change import Change, ChangeGroup, Outcome
from reader.model.feed import Feed, Health
from reader.model.paper import Paper, PaperRow, Tag, Version
from reader.model.query import Query, View
from reader.model.query.completing import Candidate, Typed
from reader.model.query.insight import Insight

if TYPE_CHECKING:
    from array import array

    from reader.library.bibliographies import Bibliography


_READ, _SEARCHED = 256, 512
"""Kilobytes of the file that a thread keeps: what is read here and there, what is gone through."""


@frozen
class Summary:
    """What the screen shows around the list."""

    counts: dict[str, int]
    tags: tuple[Tag, ...]
    only_samples: bool
    views: tuple[View, ...] = ()
    bibliographies: "tuple[Bibliography, ...]" = ()


class Library:
    """A library that is read and changed without waiting for the disk."""

    def __init__(
        self, path: Path, *, automatic_backups: bool = True, left: Path | None = None
    ) -> None:
        """Start opening the library at `path`; `ready` waits for it.

        `left` is the file that keeps the ids of a large view from one time to the next.
        """
        self.path = path
        self._left = LeftView(path, left)
        self._automatic_backups = automatic_backups
        self.read_only: ReadOnlyError | None = None
        self._writer: StoreThread[ReadStore] = StoreThread("writer", self._open_for_writing)
        self._reader = StoreThread("reader", self._open_for_reading)
        self._searcher = StoreThread("searcher", partial(self._open_for_reading, _SEARCHED))
        self._counter: StoreThread[ReadStore] | None = None
        self._search = 0
        self._version = 0
        self._promised: set[Future[Any]] = set()

    def _open_for_writing(self) -> ReadStore:
        """The store that writes; one that reads where nothing can be written."""
        try:
            return Store(self.path, automatic_backups=self._automatic_backups)
        except ReadOnlyError as error:
            self.read_only = error
            return ReadStore(self.path)

    def _open_for_reading(self, cache: int = _READ) -> ReadStore:
        self._writer.opened.result()
        return ReadStore(self.path, cache=cache)

    def ready(self) -> bool:
        """Wait until the library is open; whether it was made anew.

        Raises:
            LibraryError: It cannot be opened.
        """
        for thread in (self._writer, self._reader, self._searcher):
            thread.opened.result()
        store = self._writer.store
        return isinstance(store, Store) and store.created

    @property
    def waits_for(self) -> str:
        """The program that keeps a change of ours waiting; empty while none does."""
        store = self._writer.store
        return store.waits_for if isinstance(store, Store) else ""

    def give_up_waiting(self) -> None:
        """Let changes that wait for another program's fail soon with a `LockedError`."""
        store = self._writer.store
        if isinstance(store, Store):
            store.give_up_waiting()

    def close(self) -> None:
        """Finish what is queued and close, the writer last.

        Raises:
            LibraryError: A change that was still queued could not be made.
        """
        unheard = set(self._promised)
        with ExitStack() as closing:
            for thread in (self._writer, self._reader, self._searcher, self._counter):
                if thread is not None:
                    closing.callback(thread.close)
        self._left.write()
        for change in unheard:
            change.result()

    # -- reading ---------------------------------------------------------------------------

    async def rows(self, ids: Sequence[int]) -> list[PaperRow]:
        """The list rows of papers, in the order of the ids."""
        return await self._reader.run(lambda store: store.rows(ids))

    async def paper(self, paper: int) -> Paper | None:
        """One whole paper, None when it is gone."""
        return await self._reader.run(lambda store: store.paper(paper))

    async def summary(self) -> Summary:
        """Counts and tags."""
        return await self._reader.run(
            lambda store: Summary(
                store.counts(),
                tuple(store.tags()),
                store.only_samples(),
                tuple(store.views()),
                tuple(store.bibliographies()),
            )
        )

    async def troubles(self) -> list[str]:
        """What around the library can harm it."""
        return await asyncio.to_thread(troubles, self.path)

    async def among(self, query: Query, ids: Sequence[int]) -> set[int]:
        """Those of some papers that a query finds."""
        return await self._reader.run(lambda store: store.among(query, ids))

    async def insight(self, query: Query, ids: Sequence[int], seen: int) -> Insight:
        """What is to be said of a search whose first `seen` papers are on screen."""
        return await self._counting().run(lambda store: store.insight(query, ids, seen))

    async def complete(self, what: Typed) -> list[Candidate]:
        """The words that could stand where something is being typed."""
        return await self._counting().run(lambda store: store.complete(what))

    async def view_counts(self, views: Sequence[View]) -> dict[str, int]:
        """How many papers each view has, by its name; views that are wrong are left out."""
        return await self._counting().run(lambda store: store.view_counts(views))

    async def first_added(self, since: str) -> str:
        """When the first of the unread papers that came since a moment did; empty for none."""
        return await self._reader.run(lambda store: store.first_added(since))

    async def headings(self, group: str, ids: Sequence[int]) -> list[tuple[int, str]]:
        """Where each group of papers begins, and what stands above it."""
        return await self._counting().run(lambda store: store.headings(group, ids))

    async def abstracts(self, ids: Sequence[int]) -> dict[int, str]:
        """The readable abstracts of papers."""
        return await self._reader.run(lambda store: store.abstracts(ids))

    async def suggested_tags(self, ids: Sequence[int]) -> list[str]:
        """The tags of papers that are near some."""
        return await self._counting().run(lambda store: store.suggested_tags(ids))

    async def found(self, query: Query) -> "tuple[array[int], list[str]]":
        """The papers that a query means to a verb, and what is doubtful in it.

        The changes so far are made before.
        """
        await self.changes_made()
        return await self._counting().run(
            lambda store: (store.matching(query), store.doubts(query))
        )

    async def named(self, text: str, limit: int) -> list[PaperRow]:
        """The papers that a few words, a citekey, an id or a DOI mean."""
        return await self._counting().run(lambda store: store.named(text, limit))

    async def whole(self, ids: Sequence[int]) -> list[Paper]:
        """Whole papers, in the order of the ids."""
        return await self._counting().run(lambda store: list(store.papers(ids)))

    async def look_alikes(self, paper: int) -> list[int]:
        """The papers that may be the same as one."""
        return await self._counting().run(lambda store: store.look_alikes(paper))

    async def feeds(self) -> list[Feed]:
        """What is followed."""
        return await self._reader.run(lambda store: store.feeds())

    async def feed_health(self) -> dict[int, Health]:
        """How each feed fared, by its id."""
        return await self._reader.run(lambda store: store.feed_health())

    async def versions(self, paper: int) -> list[Version]:
        """The earlier versions of a paper that were told of."""
        return await self._counting().run(lambda store: store.versions(paper))

    async def identifiers(self, ref: str) -> dict[str, str]:
        """The identifiers of the paper that a reference means, by scheme.

        Raises:
            NothingFoundError: No paper is named so.
        """
        return await self._counting().run(lambda store: store.identifiers(ref))

    async def log(self, limit: int) -> list[ChangeGroup]:
        """The latest changes, the newest first."""
        return await self._reader.run(lambda store: store.log(limit))

    async def asked(self, question: "Callable[[ReadStore], Result]") -> Result:
        """The answer to a question that may take long, on a thread of its own."""
        return await self._counting().run(question)

    def _counting(self) -> StoreThread[ReadStore]:
        """The thread of what may take long and nobody waits for; not needed for a start."""
        if self._counter is None:
            self._counter = StoreThread("counter", self._open_for_reading)
        return self._counter

    async def matching(self, query: Query) -> "array[int] | None":
        """The ids of all papers that a query finds; None when a later query took its place."""
        return await self._latest(lambda store: store.matching(query))

    async def left(self, query: Query) -> Sequence[int] | None:
        """The ids of a query's papers as they were left, None where they must be read."""
        return await self._reader.run(lambda store: self._left.ids(store.explain(query)))

    async def watch(self, *, large: bool) -> None:
        """Watch from here on whether the ids of a view that are read next stay right, if large."""
        self._left.watch(await self._reader.run(lambda store: store.marks()) if large else "")

    async def leave(self, query: Query, ids: Sequence[int]) -> bool:
        """Keep the ids of a query's papers, watched since they were read, for the next start.

        False where another program changed the library and nothing on screen is certain.
        """
        explained, marked = await self._reader.run(
            lambda store: (store.explain(query), store.marks())
        )
        if await asyncio.wrap_future(self.look_elsewhere()):
            return False
        self._left.leave(explained, marked, ids)
        return True

    async def first_matching(self, query: Query, limit: int) -> "array[int] | None":
        """The ids of the newest papers that a query finds, nearly all of them; None likewise."""
        return await self._latest(lambda store: store.first_matching(query, limit))

    async def _latest(self, search: "Callable[[ReadStore], array[int]]") -> "array[int] | None":
        """Search, unless a later search begins; what runs is interrupted."""
        self._search += 1
        mine = self._search
        if self._searcher.store is not None:
            self._searcher.store.interrupt()
        return await self._searcher.run(lambda store: self._unless_later(store, search, mine))

    def _unless_later(
        self, store: ReadStore, search: "Callable[[ReadStore], array[int]]", mine: int
    ) -> "array[int] | None":
        if mine != self._search:
            return None
        try:
            found = search(store)
        except sqlite3.OperationalError as error:
            if error_code(error) == sqlite3.SQLITE_INTERRUPT:
                return None
            raise
        return found if mine == self._search else None

    def look_elsewhere(self) -> "Future[bool]":
        """Whether another program changed the library since the last look.

        The writer is asked, for its number does not count its own changes.

        Raises:
            ReplacedError: Another file took the library's place (when the future is asked).
        """
        return self._writer.submit(self._differs)

    def _differs(self, store: ReadStore) -> bool:
        version = _look(store)
        changed, self._version = self._version not in (0, version), version
        return changed

    # -- changing --------------------------------------------------------------------------

    # Queued before the call returns and done before the library closes, so that quitting right
    # after a key loses nothing.

    def apply(self, change: Change) -> Future[Outcome]:
        """Make one change of the user's."""
        return self._promise(partial(self._apply, change))

    def _apply(self, change: Change, store: Store) -> Outcome:
        if not self._left.follows(change):
            return store.apply(change)
        version, before = store.data_version(), store.marks()
        outcome, after = store.apply(change), store.marks()
        if store.data_version() == version:  # no other program changed anything in between
            self._left.followed(before, after)
        return outcome

    def undo(self, count: int = 1) -> Future[list[Outcome]]:
        """Undo the latest changes, as many as there are."""
        return self._promise(lambda store: _walk(store.undo, count))

    def redo(self, count: int = 1) -> Future[list[Outcome]]:
        """Redo what was undone last, as much as there is."""
        return self._promise(lambda store: _walk(store.redo, count))

    def revert(self, group: int) -> Future[Outcome]:
        """Take one earlier change back by itself."""
        return self._promise(lambda store: store.revert(group))

    def back_up(self) -> Future[Path]:
        """Write a verified copy; its path."""
        return self._promise(lambda store: store.back_up())

    async def changes_made(self, patience: float | None = None) -> None:
        """Wait until the changes so far are made, or for so many seconds."""
        if self._promised:
            made = asyncio.wrap_future(self._writer.promise(lambda _store: None))
            await asyncio.wait([made], timeout=patience)

    def begin(self) -> Future[None]:
        """Know the library as it is, then note that the user is here.

        What other programs change from here on, `look_elsewhere` tells.
        """
        begun = self._writer.submit(self._know)
        self.visit()
        return begun

    def _know(self, store: ReadStore) -> None:
        self._version = _look(store)
        self._left.find(store.marks())

    def visit(self) -> None:
        """Note that the user is here, where anything can be noted."""
        if self.read_only is None:
            self._promise(lambda store: store.visit())

    def mark_seen(self, paper: int) -> Future[None]:
        """Note that a paper's abstract was on screen."""
        return self._promise(lambda store: store.mark_seen(paper))

    def write(self, job: Callable[[Store], Result]) -> Future[Result]:
        """Run a job that changes the library, such as an import, behind the changes so far."""
        return self._promise(job)

    def _promise(self, job: Callable[[Store], Result]) -> Future[Result]:
        promised = self._writer.promise(partial(self._write, job))
        self._promised.add(promised)
        promised.add_done_callback(self._promised.discard)
        return promised

    def write_now(self, job: Callable[[Store], Result]) -> Result:
        """Run a job that changes the library, such as an import, and wait for it."""
        return self._writer.submit(partial(self._write, job)).result()

    def _write(self, job: Callable[[Store], Result], store: ReadStore) -> Result:
        if not isinstance(store, Store):
            raise self.read_only or ReadOnlyError(self.path, "no write permission")
        return job(store)


def _look(store: ReadStore) -> int:
    if isinstance(store, Store):
        store.check_place()
        store.tidy()
    return store.data_version()


def _walk(step: Callable[[], Outcome], count: int) -> list[Outcome]:
    """Steps until one finds nothing to do, which is the last of the list."""
    outcomes: list[Outcome] = []
    while len(outcomes) < count and (not outcomes or outcomes[-1].group):
        outcomes.append(step())
    return outcomes
