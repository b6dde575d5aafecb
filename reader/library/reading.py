"""Reading a library on one thread: a synchronous object over one connection that never writes."""

import datetime as dt
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import DiskError, NothingFoundError, QueryError, ReadOnlyError
from reader.files import note_library
from reader.library import (
    backup,
    bibliographies,
    checking,
    completing,
    counting,
    editing,
    feeds,
    grouping,
    insight,
    journal,
    left,
    papers,
    past,
    search,
    suggesting,
    tags,
    versions,
    views,
)
from reader.library.bibliographies import Bibliography
from reader.library.conditions import Asked, utc
from reader.library.connection import check_file, check_sqlite, connect
from reader.library.faults import explained
from reader.library.schema import VERSION, known_code
from reader.model.change import ChangeGroup
from reader.model.feed import Feed, Health
from reader.model.identifiers import CITEKEY, Identifier, parse_identifier
from reader.model.paper import SAMPLES, Fields, Paper, PaperRow, Status, Tag, Version
from reader.model.query import Query, View, parse_query
from reader.model.query.completing import Candidate, Typed
from reader.model.query.insight import Insight
from reader.model.query.views import warnings_of_views
from reader.model.text import clean

if TYPE_CHECKING:
    from array import array


def now() -> str:
    """This moment in UTC, ISO 8601 to the second."""
    return utc(dt.datetime.now(dt.UTC))


_WORD = re.compile(r"\w+")


class ReadStore:
    """One connection that reads a library, for the thread that made it."""

    def __init__(self, path: Path, *, clock: Callable[[], str] = now, cache: int = 512) -> None:
        """Open the library at `path`, which must exist, also where nothing may be written.

        As many kilobytes of the file as `cache` are kept in memory.

        Raises:
            LibraryError: It cannot be opened; the message says why and what to do.
        """
        self.path = path
        self._clock = clock
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        check_sqlite()
        note_library(path)
        with explained(path):
            self._connection = self._open()
            self._connection.execute(f"PRAGMA cache_size=-{cache:d}")

    def _open(self) -> sqlite3.Connection:
        """A connection that reads.

        A WAL library in a folder that cannot be written can only be read as a file that nobody
        changes, or, when its log still holds something, as a copy.
        """
        try:
            version = check_file(self.path, VERSION, known_code())
            if version < VERSION:
                raise ReadOnlyError(self.path, f"it has schema {version} and must be upgraded")
            return connect(self.path, read_only=True)
        except (sqlite3.OperationalError, DiskError):
            if not os.access(self.path, os.R_OK) or os.access(self.path.parent, os.W_OK):
                raise
            self._copy = tempfile.TemporaryDirectory(prefix="reader-")
            copied = Path(self._copy.name) / self.path.name
            for part in ("", "-wal"):
                with suppress(FileNotFoundError):
                    shutil.copyfile(f"{self.path}{part}", f"{copied}{part}")
            check_file(copied, VERSION, known_code())
            return connect(copied, read_only=True)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        if self._copy is not None:
            self._copy.cleanup()

    def interrupt(self) -> None:
        """Stop the query that is running, from any thread; it raises in its own."""
        self._connection.interrupt()

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
        return counting.count(self._connection, query, self.asked())

    def doubts(self, query: Query) -> list[str]:
        """What is worth knowing of a query before papers are changed by it, views included.

        Raises:
            QueryError: The query has errors.
        """
        if search.resolved(self._connection, query, self.asked()).everything:
            return ["it means every paper"]
        own = {view.name: view.text for view in self.views()}
        return [one.message for one in [*query.warnings, *warnings_of_views(query.tree, own)]]

    def explain(self, query: Query) -> search.Explained:
        """How a query is asked of SQLite."""
        return search.explain(self._connection, query, self.asked())

    def marks(self) -> str:
        """Numbers that are others after any change, made or undone; what was only seen is none."""
        return left.marks(self._connection)

    def insight(self, query: Query, ids: Sequence[int], seen: int) -> Insight:
        """What is to be said of a query that found `ids`, the first `seen` of them on screen."""
        resolved = search.resolved(self._connection, query, self.asked())
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
        moment = dt.datetime.fromisoformat(self._clock())
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
        meant = [parse_identifier(ref), Identifier(CITEKEY, ref)]
        found = papers.papers_with(self._connection, filter(None, meant))
        if row is None and not found:
            raise NothingFoundError(ref)
        return int(row[0]) if row else found[0]

    def identifiers(self, ref: str) -> dict[str, str]:
        """The identifiers of the paper that a reference means, by scheme.

        Raises:
            NothingFoundError: No paper is named so.
        """
        told = papers.identifiers_of(self._connection, self.find(ref))
        return {one.scheme: one.value for one in told}

    def named(self, text: str, limit: int) -> list[PaperRow]:
        """The paper that a reference names, else those that have all words of a text."""
        with suppress(NothingFoundError):
            return self.rows([self.find(text)])
        words = " ".join(_WORD.findall(text[:200].lower()))
        if not words:
            return []
        return self.rows(self.matching(replace(parse_query(words), ranked=True))[:limit])

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
        return self._pairs("reason <> 'apart'")

    def kept_apart(self) -> list[tuple[str, str]]:
        """Pairs of citekeys that look alike and are different works."""
        return self._pairs("reason = 'apart'")

    def _pairs(self, which: str) -> list[tuple[str, str]]:
        return self._connection.execute(
            "SELECT a.citekey, b.citekey FROM possible_duplicates d "  # noqa: S608 - our own words
            "JOIN papers a ON a.id = d.paper JOIN papers b ON b.id = d.other "
            f"WHERE {which} ORDER BY 1, 2"
        ).fetchall()

    def look_alikes(self, paper: int) -> list[int]:
        """The papers that may be the same as one, the oldest first."""
        rows = self._connection.execute(
            "SELECT other FROM possible_duplicates WHERE paper = ?1 AND reason <> 'apart' "
            "UNION SELECT paper FROM possible_duplicates WHERE other = ?1 AND reason <> 'apart'",
            (paper,),
        )
        return [other for (other,) in rows]

    def first_added(self, since: str) -> str:
        """When the first of the unread papers that came since a moment did; empty for none."""
        found = self._connection.execute(
            "SELECT min(added) FROM papers WHERE trashed IS NULL AND status = 0 AND added >= ?",
            (since,),
        ).fetchone()[0]
        return str(found or "")

    def headings(self, group: str, ids: Sequence[int]) -> list[tuple[int, str]]:
        """Where each group of papers begins among them, and what stands above it."""
        return grouping.headings(self._connection, group, ids)

    def abstracts(self, ids: Sequence[int]) -> dict[int, str]:
        """The readable abstracts of papers."""
        return papers.abstracts(self._connection, ids)

    def suggested_tags(self, ids: Sequence[int]) -> list[str]:
        """The tags of papers that are near some, the likeliest first."""
        return suggesting.suggested_tags(self._connection, ids)

    def bibliographies(self) -> list[Bibliography]:
        """The .bib files that are kept up to date."""
        return bibliographies.all_of(self._connection)

    def feeds(self) -> list[Feed]:
        """What is followed, in the order in which it was subscribed to."""
        return feeds.all_feeds(self._connection)

    def feed(self, text: str) -> Feed:
        """The feed that a spec or a name means.

        Raises:
            UsageError: There is none.
        """
        return feeds.get_feed(self._connection, text)

    def feed_health(self) -> dict[int, Health]:
        """How each feed fared, by its id."""
        return feeds.health(self._connection)

    def versions(self, paper: int) -> list[Version]:
        """The earlier versions of a paper that were told of."""
        return versions.versions_of(self._connection, paper)

    def log(self, limit: int) -> list[ChangeGroup]:
        """The latest changes, the newest first, then those of other libraries; all for -1."""
        own = journal.groups(self._connection, limit)
        return own + past.groups(self._connection, max(limit - len(own), min(limit, 0)))

    def data_version(self) -> int:
        """A number that differs after another connection changed the library."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def time(self) -> str:
        """This moment, as the library writes times."""
        return self._clock()

    def trashed(self) -> "array[int]":
        """The papers in the trash."""
        return self.matching(parse_query("is:trash"))

    def newest(self) -> list[int]:
        """The paper that came in last."""
        rows = self._connection.execute("SELECT id FROM papers ORDER BY id DESC LIMIT 1")
        return [paper for (paper,) in rows]

    def stats(self) -> dict[str, int | dict[str, int]]:
        """Numbers of papers by what they are, of tags, views, changes, and the file's bytes."""
        counts = self.counts()
        words = {status.word: counts[f"status {status.value}"] for status in Status}
        by_source = (
            "SELECT source, count(DISTINCT paper) FROM sources GROUP BY source ORDER BY 2 DESC"
        )
        by_year = ("SELECT substr(published, 1, 4), count(*) FROM papers WHERE published <> '' "
                   "AND trashed IS NULL GROUP BY 1 ORDER BY 1 DESC LIMIT 12")  # fmt: skip
        changes = "SELECT verb, count(*) FROM changes WHERE state = 0 GROUP BY verb ORDER BY 2 DESC"
        return {
            "papers": counts["all"], "starred": counts["starred"], "trash": counts["trash"],
            "status": words,
            "tags": {tag.name: tag.papers for tag in self.tags()},
            "years": dict(self._connection.execute(by_year)),
            "sources": dict(self._connection.execute(by_source)),
            "views": len(self.views()),
            "changes": dict(self._connection.execute(changes)),
            "bytes": self.path.stat().st_size,
        }  # fmt: skip

    def copy_to(self, target: Path) -> Path:
        """A verified copy of the library; its path.

        Raises:
            DamagedError: The library may be damaged.
            DiskError: There is no room or no permission.
        """
        with explained(self.path):
            return backup.back_up(self._connection, target)

    def check(self) -> list[str]:
        """What is wrong with the file: pages, references, counts, the index where it can be asked.

        FTS5 checks its index only where it could write.
        """
        return checking.problems_of(self._connection)
