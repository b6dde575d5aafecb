"""A sync as the library sees it: pages of drafts taken in one by one, together one change."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace

from reader.errors import QueryError
from reader.frozen import frozen
from reader.library import changing, feeds
from reader.library.conditions import Asked
from reader.library.ingest import Ingest, Verdict
from reader.library.journal import Recorder, finish_dead
from reader.library.schema import index_together, index_waiting
from reader.library.search import among
from reader.model.change import ChangeGroup
from reader.model.feed import Feed
from reader.model.paper import PaperDraft, Status
from reader.model.rules import Rule

Write = Callable[[], AbstractContextManager[None]]
"""One transaction under the write lock."""

_REPLACED = ("replace", "replace-cross", "replacement")
"""The announcements of new versions: of a paper that is not here they tell nothing new."""


@frozen
class Manner:
    """How what arrives is taken.

    Attributes:
        rules: What is done with it, in this order.
        resurface: Whether a new version puts a paper back into the inbox.
    """

    rules: tuple[Rule, ...] = ()
    resurface: bool = False


@dataclass(slots=True)
class Arrived:
    """What one page brought: the papers by what became of them."""

    new: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)

    @property
    def papers(self) -> list[int]:
        """All of them."""
        return [*self.new, *self.updated, *self.merged]


class SyncRun:
    """One sync in the making; used on the thread that writes only.

    Every page is one transaction with the place up to which its feed was read. All pages are one
    change, and what each rule did is another.

    Attributes:
        problems: Why rules could not be followed, by their queries.
        made: How many changes it made, when it is finished.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        write: Write,
        recorder: Callable[[str, str], Recorder],
        asked: Callable[[], Asked],
        manner: Manner,
    ) -> None:
        self._connection, self._write, self._asked = connection, write, asked
        self._manner = manner
        self._recorder = recorder("sync", "sync")
        self._ruled = [recorder("rule", "rule") for _ in manner.rules]
        self._applied = [0 for _ in manner.rules]
        self._touched = self.made = 0
        self.problems: dict[str, str] = {}
        self.holding = ExitStack()

    def begin(self) -> None:
        """Close what earlier syncs left open when their program died."""
        with self._write():
            finish_dead(self._connection, "sync")
            finish_dead(self._connection, "rule")

    def take(
        self, feed: Feed, drafts: Sequence[PaperDraft], cursor: Mapping[str, str] | None
    ) -> Arrived:
        """Take one page of a feed in, and keep how far the feed was read then."""
        arrived = Arrived()
        with self._whole(), self._write():
            ingest = Ingest(self._connection, self._recorder)
            index_together(self._connection)
            for draft in drafts:
                self._take(ingest, draft, arrived)
            index_waiting(self._connection)
            self._mark(arrived)
            if cursor is not None:
                feeds.put_cursor(self._connection, self._recorder, feed, cursor,
                                 journaled=bool(arrived.papers))  # fmt: skip
            if arrived.new:
                self._rule(arrived.new)
        self._touched += len(arrived.papers)
        return arrived

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """What is rolled back is forgotten by those who recorded it, too."""
        recorders = [self._recorder, *self._ruled]
        begun, applied = [one.begun for one in recorders], list(self._applied)
        try:
            yield
        except BaseException:
            for one, (group, seq) in zip(recorders, begun, strict=True):
                one.go_on(group, seq)
            self._applied = applied
            raise

    def complete(self, paper: int, drafts: Iterable[PaperDraft]) -> bool:
        """Take in what was told of one paper that is here; whether it is told of more fully now."""
        with self._whole(), self._write():
            ingest = Ingest(self._connection, self._recorder)
            changed = [ingest.take_into(paper, draft) for draft in drafts]
        self._touched += any(changed)
        return any(changed)

    def _take(self, ingest: Ingest, draft: PaperDraft, arrived: Arrived) -> None:
        fields = draft.records[0].fields
        announced = fields.details.get("announced", "")
        if announced:
            told = {name: text for name, text in fields.details.items() if name != "announced"}
            record = replace(draft.records[0], fields=replace(fields, details=told))
            draft = replace(draft, records=(record, *draft.records[1:]))
        if announced in _REPLACED and not ingest.knows(draft):
            return
        verdict = ingest.take(replace(draft, partial=True))
        if verdict is Verdict.NEW:
            arrived.new.append(ingest.latest)
        elif verdict is Verdict.MERGED and ingest.latest not in arrived.new:
            revised = ingest.latest in ingest.revised
            (arrived.updated if revised else arrived.merged).append(ingest.latest)

    def _mark(self, arrived: Arrived) -> None:
        if self._manner.resurface and arrived.updated:
            values = {"status": Status.UNREAD, "decided": self._recorder.at}
            self._recorder.set_state(arrived.updated, values)

    def _rule(self, papers: Sequence[int]) -> None:
        for place, rule in enumerate(self._manner.rules):
            try:
                found = among(self._connection, rule.query, list(papers), self._asked())
            except QueryError as error:  # a view that it names is gone
                self.problems[rule.when] = str(error)
                continue
            if not found:
                continue
            for change in rule.changes(tuple(sorted(found))):
                changing.make(self._connection, self._ruled[place], change)
            self._applied[place] += len(found)

    def finish(self, summary: str) -> ChangeGroup | None:
        """Close the change; it, or None when nothing changed."""
        with self.holding, self._write():
            group = self._recorder.finish(summary, self._touched)
            for rule, recorder, papers in zip(
                self._manner.rules, self._ruled, self._applied, strict=True
            ):
                told = changing.count_papers(papers)
                done = recorder.finish(f"rule {rule.when}: {rule.do}: {told}", papers)
                self.made += done is not None
            self.made += group is not None
        return group
