"""A day of announcements: five feeds read and taken in, beside the bare XML parser."""

import datetime as dt
import time
import xml.etree.ElementTree as ET
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.figures import Row, Table
from reader.library.following import Manner
from reader.library.store import Store
from reader.model.feed_change import Subscribe
from reader.model.paper import Paper
from reader.model.query import parse_query
from reader.sources.context import Context
from reader.sources.document import open_document
from reader.sources.online import arxiv_daily
from reader.sources.online.pages import Told

FEEDS = ("cs.AI", "cs.CL", "cs.CV", "cs.LG", "stat.ML")
MOST = 2_000
"""Papers of one day."""


def measure(folder: Path, library: Path, papers: int) -> Table:
    """Read a day's feeds into a new library, then again, by processor time."""
    files = _write(folder, library, min(papers, MOST))
    number = sum(count for _, count in files)
    table = Table("a day of feeds")
    bare = _timed(lambda: [_parsed(path) for path, _ in files])
    for word in ("new", "known"):
        took = _timed(lambda: _sync(folder / "day.db", files))
        row: Row = {"seconds": took, "papers /s": number / took, "times bare": took / bare}
        table.rows[word] = row
    table.note = f"{number:,} papers in {len(files)} feeds of arXiv, read and taken in"
    return table


def _parsed(path: Path) -> object:
    return ET.parse(path)  # noqa: S314 - what was written here


def _timed(work: object) -> float:
    start = time.process_time()
    work()  # type: ignore[operator]
    return max(time.process_time() - start, 1e-6)


def _write(folder: Path, library: Path, number: int) -> list[tuple[Path, int]]:
    with closing(Store(library)) as store:
        told = list(store.papers(list(store.matching(parse_query("")))[:number]))
    files = []
    for place, name in enumerate(FEEDS):
        here = told[place :: len(FEEDS)]
        path = folder / f"day-{name}.xml"
        path.write_text(_feed(here, place), "utf-8")
        files.append((path, len(here)))
    return files


def _feed(papers: list[Paper], place: int) -> str:
    items = "".join(
        f"<item><title>{escape(one.row.title)}</title>"
        f"<description>arXiv:2611.{place * 10_000 + n:05d}v1 Announce Type: new \n"
        f"Abstract: {escape(one.abstract)}</description>"
        f"<guid>oai:arXiv.org:2611.{place * 10_000 + n:05d}v1</guid>"
        f"<dc:creator>{escape(', '.join(author.name for author in one.authors))}</dc:creator>"
        "<category>cs.LG</category><pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate></item>"
        for n, one in enumerate(papers, start=1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{items}</channel></rss>'
    )


def _sync(library: Path, files: list[tuple[Path, int]]) -> None:
    with closing(Store(library)) as store:
        store.apply(Subscribe(tuple((name, "") for name in FEEDS)))
        run = store.begin_sync(Manner())
        day = dt.date(2026, 11, 20)
        for feed, (path, _) in zip(store.feeds(), files, strict=True):
            told = Told(feed.spec, feed.cursor, day, Context(feed.spec, day, store.time()))
            page = arxiv_daily.read(open_document(path, path.name), arxiv_daily.begin(told), told)
            run.take(feed, page.drafts, page.cursor)
        run.finish("a day")
