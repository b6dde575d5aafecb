"""The library on one thread: a synchronous object over one connection.

`Store` is what the command line uses, and what the threads of `Library` each have one of.
"""

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import LockedError, NothingFoundError, QueryError, RefusedError, ReplacedError
from reader.library import (
    changing,
    completing,
    editing,
    insight,
    journal,
    papers,
    search,
    tags,
    views,
)
from reader.library.backup import back_up
from reader.library.conditions import Asked, utc
from reader.library.connection import (
    APPLICATION_ID,
    check_file,
    check_sqlite,
    connect,
    create_private,
)
from reader.library.faults import explained
from reader.library.journal import Recorder
from reader.library.schema import VERSION, known_code, migrations
from reader.library.writing import ImportMark, WriteLock, transaction
from reader.model.change import Change, ChangeGroup, Outcome
from reader.model.identifiers import parse_identifier
from reader.model.paper import SAMPLES, Fields, Paper, PaperDraft, PaperRow, Tag
from reader.model.query import Query, View
from reader.model.query.completing import Candidate, Typed
from reader.model.query.insight import Insight
from reader.model.text import clean

if TYPE_CHECKING:
    from array import array

    from reader.library.ingest import Ingest, Taken, Verdict

BATCH = 50_000
"""Drafts that are imported in one transaction; longer imports are committed batch by batch."""


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return utc(dt.datetime.now(dt.UTC))


class Store:
    """One connection to one library, for the thread that made it."""

    def __init__(
        self, path: Path, *, read_only: bool = False, clock: Callable[[], str] = now
    ) -> None:
        """Open the library at `path`, which must exist when `read_only`.

        Raises:
            LibraryError: It cannot be opened; the message says why and what to do.
        """
        self.path = path
        self.created = False
        self._clock = clock
        self._read_only = read_only
        self._lock = WriteLock(path)
        self._importing = ImportMark(path)
        check_sqlite()
        if not read_only:
            self.created = self._prepare()
        with explained(path):
            self._connection = connect(path, read_only=read_only)
            self._identity = _identity(path)

    def _prepare(self) -> bool:
        """Bring the file to our schema; whether it was made anew."""
        version = check_file(self.path, VERSION, known_code())
        if version == VERSION:
            return False
        with self._lock.held():
            create_private(self.path)
            version = check_file(self.path, VERSION, known_code())
            if version < VERSION:
                self._migrate(version)
        return version == 0

    def _migrate(self, version: int) -> None:
        from sqlite_utils import Database  # noqa: PLC0415 - half a second of import

        with explained(self.path):
            connection = connect(self.path)
            try:
                if version:
                    back_up(connection, self.path, f"{self.path.stem}-before-schema-{VERSION}.db")
                with transaction(connection, self.path):
                    migrations().apply(Database(connection, execute_plugins=False))
                    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            finally:
                connection.close()

    def close(self) -> None:
        """Close the connection.

        The last one tidies the WAL up, so a writer closes under the write lock when it is free.
        """
        if self._read_only:
            self._connection.close()
            return
        try:
            with self._lock.held(patience=0):
                self._connection.close()
        except LockedError:
            self._connection.close()

    def interrupt(self) -> None:
        """Stop the query that is running, from any thread; it raises in its own."""
        self._connection.interrupt()

    # -- reading ---------------------------------------------------------------------------

    def rows(self, ids: Sequence[int]) -> list[PaperRow]:
        """The list rows of papers, in the order of the ids."""
        return papers.rows_by_id(self._connection, ids)

    def paper(self, paper: int) -> Paper | None:
        """One whole paper, None when it is gone."""
        return papers.get_paper(self._connection, paper)

    def papers(self, ids: Iterable[int]) -> Iterator[Paper]:
        """Whole papers, in the order of the ids."""
        return papers.get_papers(self._connection, list(ids))

    def matching(self, query: Query) -> "array[int]":
        """The ids of all papers that a query finds, in its order.

        Raises:
            QueryError: The query has errors; like this everywhere.
        """
        return search.matching(self._connection, query, self.asked())

    def first_matching(self, query: Query, limit: int) -> "array[int]":
        """The ids of the first papers that a query finds."""
        return search.first_matching(self._connection, query, limit, self.asked())

    def among(self, query: Query, ids: Sequence[int]) -> set[int]:
        """Those of some papers that a query finds."""
        return search.among(self._connection, query, list(ids), self.asked())

    def count(self, query: Query) -> int:
        """How many papers a query finds."""
        return search.count(self._connection, query, self.asked())

    def explain(self, query: Query) -> search.Explained:
        """How a query is asked of SQLite."""
        return search.explain(self._connection, query, self.asked())

    def insight(self, query: Query, ids: Sequence[int], seen: int) -> Insight:
        """What is to be said of a query that found `ids`, the first `seen` of them on screen."""
        resolved = search.resolved(self._connection, query)
        return insight.look_into(self._connection, resolved, ids, seen, self.asked())

    def complete(self, what: Typed) -> list[Candidate]:
        """The words that could stand where something is being typed."""
        return completing.complete(self._connection, what)

    def view_counts(self, views: Iterable[View]) -> dict[str, int]:
        """How many papers each view has, by its name; views that are wrong are left out."""
        counts = {}
        for view in views:
            with suppress(QueryError):
                counts[view.name] = self.count(view.query)
        return counts

    def asked(self) -> Asked:
        """This moment, and the visit before this one."""
        moment = dt.datetime.fromisoformat(self._clock().replace("Z", "+00:00"))
        query = "SELECT value FROM facts WHERE name = 'last_visit'"
        row = self._connection.execute(query).fetchone()
        return Asked(moment.astimezone(), row[0] if row else "")

    def views(self) -> list[View]:
        """The user's own views, in their order."""
        return views.own_views(self._connection)

    def user_fields(self, paper: int) -> Fields:
        """What the user said of a paper themselves."""
        return editing.user_fields(self._connection, paper)

    def find(self, ref: str) -> int:
        """The paper that a citekey, identifier or link names.

        Raises:
            NothingFoundError: No paper is named so.
        """
        ref = clean(ref)
        row = self._connection.execute("SELECT id FROM papers WHERE citekey = ?", (ref,)).fetchone()
        identifier = parse_identifier(ref)
        found = papers.papers_with(self._connection, [identifier] if identifier else [])
        if row is None and not found:
            raise NothingFoundError(ref)
        return int(row[0]) if row else found[0]

    def counts(self) -> dict[str, int]:
        """How many papers there are: `all`, `starred`, `trash`, and `status 0` to `status 4`."""
        return dict(self._connection.execute("SELECT what, n FROM counts"))

    def tags(self) -> list[Tag]:
        """All tags in use, by name."""
        return tags.all_tags(self._connection)

    def only_samples(self) -> bool:
        """Whether the bundled shelf is all there is."""
        row = self._connection.execute(
            "SELECT EXISTS (SELECT 1 FROM papers) "
            "AND NOT EXISTS (SELECT 1 FROM sources WHERE origin <> ?)",
            (SAMPLES,),
        ).fetchone()
        return bool(row[0])

    def possible_duplicates(self) -> list[tuple[str, str]]:
        """Pairs of citekeys that may be one paper."""
        return self._connection.execute(
            "SELECT a.citekey, b.citekey FROM possible_duplicates d "
            "JOIN papers a ON a.id = d.paper JOIN papers b ON b.id = d.other ORDER BY 1, 2"
        ).fetchall()

    def log(self, limit: int) -> list[ChangeGroup]:
        """The latest changes, the newest first."""
        return journal.groups(self._connection, limit)

    def data_version(self) -> int:
        """A number that differs after another connection changed the library."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    # -- changing --------------------------------------------------------------------------

    @contextmanager
    def write(self) -> Iterator[None]:
        """One transaction under the write lock; nested ones are savepoints.

        Raises:
            LibraryError: It could not be written; nothing was changed.
        """
        with self._lock.held():
            if _identity(self.path) != self._identity:
                raise ReplacedError(self.path)
            with transaction(self._connection, self.path):
                yield

    def apply(self, change: Change, actor: str = "user") -> Outcome:
        """Make one change of the user's; what it did."""
        with self.write():
            recorder = Recorder(self._connection, actor, change.verb, self._clock)
            return changing.apply(self._connection, recorder, change)

    def undo(self) -> Outcome:
        """Undo the latest change.

        Raises:
            RefusedError: It is an import that is still going on.
        """
        with self.write():
            if journal.latest_is_unfinished(self._connection) and not self._importing.free():
                raise RefusedError("an import is still going on: undo it when it is done.")
            return journal.undo(self._connection)

    def redo(self) -> Outcome:
        """Redo what was undone last."""
        with self.write():
            return journal.redo(self._connection)

    def revert(self, group: int) -> Outcome:
        """Take one earlier change back by itself.

        Raises:
            UsageError: There is no such change, or it is undone.
            RefusedError: A later change touched the same thing, or took what it would restore.
        """
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
            target, touched = journal.revert(self._connection, group, recorder)
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
            self._connection.execute("UPDATE papers SET seen = 1 WHERE id = ?", (paper,))

    def import_drafts(
        self,
        drafts: Iterable[PaperDraft],
        name: str,
        *,
        actor: str = "import",
        heard: "Callable[[Verdict], None]" = lambda _verdict: None,
    ) -> "tuple[ChangeGroup | None, Taken]":
        """Take drafts in as one change group called `import NAME`; it and what became of them.

        `heard` is told what became of each draft before the next one is asked for.
        Up to 50,000 drafts are one transaction. Of more, whole batches are kept when the program
        dies; they are one group all the same, to be undone or completed by repeating the import.
        """
        from reader.library.ingest import Ingest  # noqa: PLC0415 - only imports need it

        recorder = Recorder(self._connection, actor, "import", self._clock)
        ingest = Ingest(self._connection, recorder)
        pending = iter(drafts)
        more = True
        with self._importing.shared():
            while more:
                with self.write():
                    more = _take_batch(ingest, pending, heard)
                    if not more:
                        summary = _summary(ingest.taken, name)
                        group = recorder.finish(summary, ingest.taken.new + ingest.taken.merged)
        return group, ingest.taken

    def check(self) -> list[str]:
        """What is wrong with the file: SQLite's own check, foreign keys, and the search index."""
        found = [row[0] for row in self._connection.execute("PRAGMA integrity_check")]
        problems = [line for line in found if line != "ok"]
        problems += [
            f"dangling: {row}" for row in self._connection.execute("PRAGMA foreign_key_check")
        ]
        try:
            self._connection.execute(
                "INSERT INTO search(search, rank) VALUES ('integrity-check', 1)"
            )
        except sqlite3.DatabaseError as error:
            problems.append(f"search index: {error}")
        return problems

    def rebuild_search(self) -> None:
        """Make the full-text index anew from the papers."""
        with self.write():
            self._connection.execute("INSERT INTO search(search) VALUES ('rebuild')")


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands at a path: its device and number."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def _take_batch(
    ingest: "Ingest", drafts: Iterator[PaperDraft], heard: "Callable[[Verdict], None]"
) -> bool:
    """Take up to one batch; whether there may be more."""
    for number, draft in enumerate(drafts, start=1):
        heard(ingest.take(draft))
        if number == BATCH:
            return True
    return False


def _summary(taken: "Taken", name: str) -> str:
    parts = [f"{taken.new:,} new", f"{taken.merged:,} merged" if taken.merged else ""]
    return f"imported {name}: {', '.join(filter(None, parts))}"
