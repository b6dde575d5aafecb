"""`reader complete`, and looking papers up for `reader add`."""

import asyncio
import datetime as dt
import json
from argparse import Namespace
from collections.abc import Sequence

from reader.cli.following import NETWORK
from reader.cli.interrupting import until_interrupted, working
from reader.cli.library import chosen_papers, opened
from reader.cli.output import emit, say
from reader.errors import FetchError
from reader.library.reading import now
from reader.library.store import Store
from reader.model.feed import SyncReport
from reader.model.paper import Paper, PaperDraft
from reader.model.query import parse_query
from reader.sources.context import Context

DONE, UNKNOWN = 0, 1


def run_complete(arguments: Namespace) -> int:
    """Ask for what papers lack; 3 when a service could not be asked, 1 when none knows a paper."""
    with opened(arguments) as store:
        papers = _papers(store, arguments)
    if not papers:
        say("nothing to complete: no paper lacks what a service would know")
        return DONE
    report = asyncio.run(_complete(arguments, papers))
    if arguments.json:
        told = [{"paper": one.feed, "completed": bool(one.updated), "error": one.error or None}
                for one in report.feeds]  # fmt: skip
        completed = report.total("updated")
        emit(json.dumps({"schema": 1, "completed": completed, "change": report.change,
                         "papers": told}, ensure_ascii=False))  # fmt: skip
    else:
        _tell(report)
    if not report.failed:
        return DONE
    return UNKNOWN if all(one.code == "unknown" for one in report.failed) else NETWORK


def _papers(store: Store, arguments: Namespace) -> list[Paper]:
    """The papers that are meant: those that are named whether they lack something or not."""
    from reader.sync.completing import lacks  # noqa: PLC0415 - an HTTP client

    if arguments.refs or arguments.query is not None:
        return list(store.papers(chosen_papers(store, arguments)))
    everything = list(store.matching(parse_query("")))
    return [paper for paper in store.papers(everything) if lacks(paper)]


async def _complete(arguments: Namespace, papers: Sequence[Paper]) -> SyncReport:
    from reader.sync.completing import complete  # noqa: PLC0415 - an HTTP client
    from reader.sync.setup import client_of  # noqa: PLC0415 - likewise

    client = client_of(arguments.settings, arguments.config or "")
    with working(arguments) as library:
        async with client:
            return await until_interrupted(complete(library, client, papers), library)


def _tell(report: SyncReport) -> None:
    for one in report.failed:
        say(f"{one.feed}: {one.error}")
    undo = "   `reader undo` takes it back" if report.change else ""
    say(f"{report.summary or 'nothing new was told'}{undo}")


def looked_up(
    arguments: Namespace, texts: Sequence[str]
) -> tuple[list[PaperDraft], list[FetchError]]:
    """What services say of the papers that texts mean, and why some are not known.

    Raises:
        FetchError: Not one of them is known.
        UsageError: One of them is nothing that can be asked for.
    """
    from reader.sync.lookup import look_up, wanted  # noqa: PLC0415 - an HTTP client
    from reader.sync.setup import client_of  # noqa: PLC0415 - likewise

    client = client_of(arguments.settings, arguments.config or "")
    context = Context("added", dt.datetime.now(dt.UTC).date(), now())

    papers = [wanted(text) for text in texts]

    async def ask() -> tuple[list[PaperDraft], list[FetchError]]:
        drafts, failed = [], []
        async with client:
            for paper in papers:
                try:
                    drafts.append(await look_up(client, paper, context))
                except FetchError as error:
                    failed.append(_hinted(error))
        return drafts, failed

    drafts, failed = asyncio.run(ask())
    if not drafts:
        raise failed[0]
    return drafts, failed


def _hinted(error: FetchError) -> FetchError:
    hint = " `--offline` keeps an id, to be completed later." if error.code != "unknown" else ""
    return FetchError(f"{error}{hint}", error.code, error.retry_at)
