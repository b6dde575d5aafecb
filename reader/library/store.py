"""The library on one thread: a synchronous object over one connection.

`Store` is what the command line uses, and what the writing thread of `Library` has.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import (
    DiskError,
    LockedError,
    NoIndexError,
    ReadOnlyError,
    RefusedError,
    ReplacedError,
)
from reader.library import (
    backup,
    bibliographies,
    changing,
    feeds,
    journal,
    swapping,
    taking,
    terms,
    unfinished,
)
from reader.library.bibliographies import Bibliography
from reader.library.connection import (
    APPLICATION_ID,
    WRITER_CACHE,
    check_file,
    check_sqlite,
    connect,
    create_private,
)
from reader.library.faults import explained
from reader.library.journal import Recorder
from reader.library.reading import ReadStore, now
from reader.library.replacing import abandon, identity, rescue
from reader.library.reverting import revert
from reader.library.schema import (
    VERSION,
    known_code,
    make_index,
    migrations,
)
from reader.library.taking import ImportOrder
from reader.library.unfinished import Unfinished
from reader.library.writing import ImportMark, WriteLock, transaction
from reader.model.change import Change, ChangeGroup, Outcome
from reader.model.feed import FeedOutcome
from reader.model.paper import PaperDraft

if TYPE_CHECKING:
    from reader.library.following import Manner, SyncRun
    from reader.library.ingest import Taken, Verdict
    from reader.library.previewing import Preview


class Store(ReadStore):
    """One connection that reads and changes a library, for the thread that made it."""

    def __init__(
        self, path: Path, *, clock: Callable[[], str] = now, automatic_backups: bool = True
    ) -> None:
        """Open the library at `path`; it is made when there is none.

        Raises:
            LibraryError: It cannot be opened; the message says why and what to do.
        """
        self._lock = WriteLock(path)
        self._importing = ImportMark(path)
        self._automatic_backups = automatic_backups
        self.created = self._failed = False
        super().__init__(path, clock=clock, cache=WRITER_CACHE)

    def _open(self) -> sqlite3.Connection:
        check_sqlite()
        _check_writable(self.path)
        self.created = self._prepare()
        self._identity, self._log = identity(self.path), (0, 0)
        self._replaced: Path | None = None
        return connect(self.path)

    def _prepare(self) -> bool:
        """Bring the file to our schema; whether it was made anew."""
        try:
            version = check_file(self.path, VERSION, known_code())
        except NoIndexError:
            self._make_index()
            version = check_file(self.path, VERSION, known_code())
        if version == VERSION:
            return False
        with self._lock.held():
            swapping.finish(self.path)
            create_private(self.path)
            version = check_file(self.path, VERSION, known_code())
            if version < VERSION:
                self._migrate(version)
        return version == 0

    def _make_index(self) -> None:
        """Make a search index that is gone anew; papers cannot be changed without it."""
        with (
            self._lock.held(),
            closing(connect(self.path)) as connection,
            transaction(connection, self._lock),
        ):
            make_index(connection)

    def _migrate(self, version: int) -> None:
        from sqlite_utils import Database  # noqa: PLC0415 - half a second of import

        connection = connect(self.path)
        try:
            if version:
                name = f"{self.path.stem}-before-schema-{VERSION}.db"
                backup.make_folder(self.path)
                backup.back_up(connection, backup.folder_of(self.path) / name)
            with transaction(connection, self._lock):
                migrations().apply(Database(connection, execute_plugins=False))
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        finally:
            connection.close()

    def close(self) -> None:
        """Close the connection.

        The last one tidies the WAL up, so it is closed under the write lock when that is free.
        """
        if self._replaced is not None:
            abandon(self._connection)
            return
        try:
            with self._lock.held(patience=0):
                super().close()
        except LockedError:
            super().close()

    def check_place(self) -> None:
        """Notice another file in the library's place.

        Raises:
            ReplacedError: There is one; nothing must be written to either.
        """
        if self._replaced is None and identity(self.path) != self._identity:
            stamp = self.asked().now
            self._replaced = rescue(self._connection, self.path, self._log, stamp)
        if self._replaced is not None:
            raise ReplacedError(self.path, self._replaced)

    def tidy(self) -> None:
        """Bring the log's changes into the file when nobody else writes.

        A log that is empty cannot be taken for that of another file in the library's place.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        with suppress(OSError, LockedError, sqlite3.OperationalError):
            self._log = identity(log)
            if log.stat().st_size and not self._connection.in_transaction:
                with self._lock.held(patience=0):
                    self.check_place()
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @property
    def waits_for(self) -> str:
        """The program that keeps a change waiting; empty while none does. For any thread."""
        return self._lock.waits_for

    def give_up_waiting(self) -> None:
        """Let changes that wait for another program's fail soon. For any thread."""
        self._lock.patience = 0.5

    # -- safety ----------------------------------------------------------------------------

    def _protect(self, papers: int) -> None:
        """Make a copy first where one is due; a full disk is no reason to refuse the change.

        Raises:
            DamagedError: The library is damaged: nothing more must be written to it.
        """
        moment = self.asked().now
        if self._automatic_backups and backup.due(self._connection, self.path, papers, moment):
            with suppress(DiskError), explained(self.path):
                backup.back_up_now(self._connection, self.path, moment)

    def back_up(self) -> Path:
        """A verified copy of the library with those that are made on their own; its path.

        Raises:
            DamagedError: The library may be damaged.
            DiskError: There is no room or no permission.
        """
        with explained(self.path):
            return backup.back_up_now(self._connection, self.path, self.asked().now)

    # -- changing --------------------------------------------------------------------------

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction under the write lock; nested ones are savepoints.

        Raises:
            LibraryError: It could not be written; nothing was changed.
        """
        with self._lock.held():
            self.check_place()
            if self._failed and not self._connection.in_transaction:
                self._forget_failure()
            try:
                with transaction(self._connection, self._lock):
                    yield
            except DiskError:
                self._failed = True
                raise
            self._log = identity(self.path.with_name(f"{self.path.name}-wal"))

    def _forget_failure(self) -> None:
        """Let the connection read its schema anew after the disk failed.

        The full-text index may have kept in memory what was rolled back. A new connection would
        not do: it could find a change on the disk that was said to have failed.
        """
        with explained(self.path):
            self._connection.execute("PRAGMA writable_schema = RESET")
        self._failed = False

    def apply(self, change: Change, actor: str = "user") -> Outcome:
        """Make one change of the user's; what it did."""
        self._protect(changing.papers_meant(self._connection, change))
        with self.write():
            recorder = Recorder(self._connection, actor, change.verb, self._clock)
            return changing.apply(self._connection, recorder, change)

    def undo(self) -> Outcome:
        """Undo the latest change.

        Raises:
            RefusedError: It is an import that is still going on.
        """
        self._protect(0)
        with self.write():
            if journal.latest_is_unfinished(self._connection) and not self._importing.free():
                raise RefusedError(
                    "an import or a sync is still going on: undo it when it is done."
                )
            return journal.undo(self._connection)

    def redo(self) -> Outcome:
        """Redo what was undone last."""
        self._protect(0)
        with self.write():
            return journal.redo(self._connection)

    def revert(self, group: int) -> Outcome:
        """Take one earlier change back by itself.

        Raises:
            UsageError: There is no such change.
            RefusedError: It is undone, a later change touched the same thing, or took what it would
                restore.
        """
        self._protect(0)
        try:
            return self._revert(group)
        except sqlite3.IntegrityError as error:
            raise RefusedError(
                f"change {group} cannot be taken back by itself: what it would restore is in use "
                "by now. Nothing was changed; `reader log` shows what came later."
            ) from error

    def _revert(self, group: int) -> Outcome:
        with self.write():
            recorder = Recorder(self._connection, "user", "revert", self._clock)
            target, touched = revert(self._connection, group, recorder)
            done = recorder.finish(f"reverted: {target.summary}", len(touched), reverts=group)
            return Outcome(done, touched)

    def visit(self) -> None:
        """Note that the user is here now, and when they were here before."""
        with self.write():
            self._connection.execute(
                "INSERT OR REPLACE INTO facts SELECT 'last_visit', value FROM facts "
                "WHERE name = 'visit'"
            )
            self._connection.execute(
                "INSERT OR REPLACE INTO facts VALUES ('visit', ?)", (self._clock(),)
            )

    def mark_seen(self, paper: int) -> None:
        """Note that the abstract was on screen: a fact, not a change of the user's."""
        with self.write():
            mark = "UPDATE papers SET seen = 1, revised = 0 WHERE id = ?"
            self._connection.execute(mark, (paper,))

    def begin_sync(self, manner: "Manner") -> "SyncRun":
        """Begin to take in what feeds bring; `finish` of it closes the change."""
        from reader.library.following import SyncRun  # noqa: PLC0415 - only syncs need it

        self._protect(0)

        def recorder(actor: str, verb: str) -> Recorder:
            return Recorder(self._connection, actor, verb, self._clock)

        run = SyncRun(self._connection, self.write, recorder, self.asked, manner)
        if self._importing.free():
            run.begin()
        run.holding.enter_context(self._importing.shared())
        return run

    def put_health(self, feed: int, outcome: FeedOutcome) -> None:
        """Keep how a feed fared just now."""
        with self.write():
            day = self.asked().now.date()
            feeds.put_health(self._connection, feed, outcome, self._clock(), day)

    def put_bibliography(self, bibliography: Bibliography) -> None:
        """Keep a .bib file up to date, or what is known of one."""
        with self.write():
            bibliographies.put(self._connection, bibliography)

    def forget_bibliography(self, path: str) -> bool:
        """Keep a .bib file up to date no longer; whether it was."""
        with self.write():
            return bibliographies.forget(self._connection, path)

    def import_drafts(
        self, drafts: Iterable[PaperDraft], order: ImportOrder | str
    ) -> "tuple[ChangeGroup | None, Taken]":
        """Take drafts in as one change group, as an order says or called by a name; it and what
        became of them.

        Up to 50,000 drafts are one transaction. Of more, whole batches are kept when the program
        dies; they are one group all the same, to be undone or completed by repeating the import.
        """  # noqa: D205 - one sentence
        self._protect(0)
        order = ImportOrder(order) if isinstance(order, str) else order
        recorder = Recorder(self._connection, order.actor, "import", self._clock)
        with self._importing.shared():
            done = taking.import_drafts(self._connection, self.write, recorder, drafts, order)
        self._learn_terms()
        return done

    def preview_drafts(
        self, drafts: Iterable[PaperDraft], heard: "Callable[[Verdict], None]"
    ) -> "Preview":
        """What importing drafts would do; nothing is kept of it."""
        recorder = partial(Recorder, self._connection, "import", "import", self._clock)
        return taking.preview_drafts(self._connection, self.write, recorder, drafts, heard)

    def unfinished(self, source: str) -> Unfinished:
        """How far a long import of this came before."""
        stopped = self.stopped_imports()
        return next((one for one in stopped if one.source == source), Unfinished(source))

    def stopped_imports(self) -> list[Unfinished]:
        """The long imports that stopped half-way, unless one is still going on."""
        return unfinished.left(self._connection) if self._importing.free() else []

    def stopped_changes(self) -> list[ChangeGroup]:
        """The changes that stopped half-way, unless an import is still going on."""
        return journal.unfinished_groups(self._connection) if self._importing.free() else []

    def _learn_terms(self) -> None:
        if terms.due(self._connection):
            with explained(self.path):
                terms.gather(self._connection)
            with self.write():
                terms.keep(self._connection)

    def rebuild_search(self) -> None:
        """Make the full-text index anew from the papers."""
        with self.write():
            self._connection.execute("INSERT INTO search(search) VALUES ('rebuild')")
            terms.learn(self._connection)


def _check_writable(path: Path) -> None:
    """Refuse a library that exists and cannot be written.

    Raises:
        ReadOnlyError: The file or its folder cannot be written.
    """
    if not path.exists():
        return
    for place in (path, path.parent):
        if not os.access(place, os.W_OK):
            raise ReadOnlyError(path, f"{place} cannot be written")
