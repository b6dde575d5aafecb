"""Completing papers: what they lack is asked for, and taken in field by field with its source."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial

from reader.errors import FetchError
from reader.library.following import Manner, SyncRun
from reader.library.library import Library
from reader.model.feed import FeedOutcome, SyncReport
from reader.model.identifiers import ARXIV
from reader.model.paper import Fields, Paper, PaperDraft
from reader.sources.context import Context
from reader.sources.fetch.asking import Ask
from reader.sources.fetch.client import Client
from reader.sources.online import arxiv_query
from reader.sync.lookup import Wanted, ask_for, called, fits, look_up
from reader.sync.running import kept

_BATCH = 100
"""Papers that arXiv is asked for at once."""


def lacks(paper: Paper) -> list[str]:
    """What a paper lacks that a service may know."""
    missing = {
        "names": not paper.authors or (paper.author_count or 0) > len(paper.authors),
        "abstract": not paper.abstract,
        "identifier": not {one.scheme for one in paper.identifiers} - {"citekey"},
        "date": not paper.row.published.text,
        "title": any(paper.row.title.endswith(one.value) for one in paper.identifiers),
    }
    return [name for name, lacking in missing.items() if lacking]


async def complete(
    library: Library,
    client: Client,
    papers: Sequence[Paper],
    heard: Callable[[int, int], None] = lambda _done, _total: None,
) -> SyncReport:
    """Ask for what papers lack; a paper that no service knows is named in the report.

    Raises:
        LibraryError: The library could not be written; what came before is kept.
    """
    begun = asyncio.wrap_future(library.write(lambda store: store.begin_sync(Manner())))
    report = SyncReport()
    try:
        run = await asyncio.shield(begun)
        work = _Completion(library, client, run, report)
        left = await work.in_batches(papers)
        for number, paper in enumerate(left, start=len(papers) - len(left)):
            heard(number, len(papers))
            await work.one(paper)
    except asyncio.CancelledError:
        report.cancelled = True
        if (task := asyncio.current_task()) is not None:
            task.uncancel()
    finally:
        run = await kept(begun)
        done = report.total("updated")
        told = f"completed {done:,} {'paper' if done == 1 else 'papers'}"
        finished = library.write(lambda _store: run.finish(told))
        group = await kept(asyncio.wrap_future(finished))
        report.summary, report.change = (group.summary, group.id) if group else ("", None)
    return report


class _Completion:
    """The work on some papers."""

    def __init__(self, library: Library, client: Client, run: SyncRun, report: SyncReport) -> None:
        self._library, self._client, self._run, self._report = library, client, run, report
        now = dt.datetime.now(dt.UTC)
        seen_at = now.isoformat(timespec="seconds").replace("+00:00", "Z")
        self._context = Context("complete", now.date(), seen_at)

    async def in_batches(self, papers: Sequence[Paper]) -> list[Paper]:
        """Ask arXiv for many at once; the papers of which it told nothing."""
        left = [paper for paper in papers if ARXIV not in called(paper.identifiers)]
        known = [paper for paper in papers if ARXIV in called(paper.identifiers)]
        for start in range(0, len(known), _BATCH):
            left += await self._batch(known[start : start + _BATCH])
        return left

    async def _batch(self, papers: Sequence[Paper]) -> list[Paper]:
        ids = [called(paper.identifiers)[ARXIV] for paper in papers]
        try:
            drafts = await ask_for(self._client, arxiv_query.by_ids(ids), self._context)
        except FetchError:
            return list(papers)
        left = []
        for paper in papers:
            wanted = _wanted(paper)
            found = [draft for draft in drafts if fits(draft, wanted)]
            if found:
                await self._take(paper, found[0])
            else:
                left.append(paper)
        return left

    async def one(self, paper: Paper) -> None:
        """Ask for one paper, at one service after the other."""
        outcome = FeedOutcome(paper.row.citekey, paper.row.title)
        ids = called(paper.identifiers)

        def among(ask: Ask) -> bool:
            return ARXIV not in ids or ask.service != "arxiv_api"  # which was asked before

        try:
            draft = await look_up(self._client, _wanted(paper), self._context, among=among)
            await self._take(paper, draft, outcome)
        except FetchError as error:
            outcome.error, outcome.code, outcome.retry_at = str(error), error.code, error.retry_at
            self._report.feeds.append(outcome)

    async def _take(
        self, paper: Paper, draft: PaperDraft, outcome: FeedOutcome | None = None
    ) -> None:
        told = outcome or FeedOutcome(paper.row.citekey, paper.row.title)
        job = partial(_complete, self._run, paper.row.id, draft)
        changed = await asyncio.wrap_future(self._library.write(job))
        told.updated += changed
        self._report.feeds.append(told)


def _complete(run: SyncRun, paper: int, draft: PaperDraft, _store: object) -> bool:
    return run.complete(paper, [draft])


def _wanted(paper: Paper) -> Wanted:
    known = Fields(
        title=paper.row.title,
        abstract=paper.abstract_source or paper.abstract,
        authors=paper.authors,
        author_count=paper.author_count,
        published=paper.row.published,
    )
    ids = {scheme: value for scheme, value in called(paper.identifiers).items() if scheme in _ASKED}
    return Wanted(ids, "" if ids else paper.row.title, known)


_ASKED = (ARXIV, "doi", "pmid", "pmcid", "openalex", "s2", "acl")
"""The schemes that services can be asked by."""
