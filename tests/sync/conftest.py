"""What the tests of following have: services on this machine, and a way to ask them."""

import asyncio
import time

import pytest

from reader.library.following import Manner
from reader.library.library import Library
from reader.model.feed_change import (
    Subscribe,
)
from reader.model.query import parse_query
from reader.sources.fetch.client import Client, Setup
from reader.sources.fetch.patience import Clock
from reader.sync.running import Sync
from tests.sync.services import serving

NAMES = ("arxiv_api arxiv_rss arxiv_oai huggingface semantic_scholar openalex crossref datacite "
         "dblp europe_pmc").split()  # fmt: skip


class Quick:
    """A clock on which pauses pass at once; it says how long they would have been."""

    def __init__(self):
        self.moment, self.pauses = time.time(), []

    def now(self):
        return self.moment

    async def sleep(self, seconds):
        self.pauses.append(seconds)
        self.moment += seconds
        await asyncio.sleep(0)

    @property
    def clock(self):
        return Clock(self.now, self.sleep)


class World:
    """A library, the services, and a client that asks them."""

    def __init__(self, path, services, folder):
        self.library, self.services, self.folder = Library(path), services, folder
        self.library.ready()
        self.quick = Quick()
        self.keys, self.timeout = {}, 5.0

    def setup(self, **more):
        return Setup(
            services={name: f"{self.services.url}/{name}" for name in NAMES},
            state=self.folder / "hosts", cache=self.folder / "answers", timeout=self.timeout,
            keys=self.keys, clock=self.quick.clock, **more,
        )  # fmt: skip

    def do(self, job):
        return self.library.write_now(job)

    def follow(self, *specs):
        self.do(lambda store: store.apply(Subscribe(tuple((one, "") for one in specs))))

    def feeds(self):
        return self.do(lambda store: store.feeds())

    def health(self, spec):
        return self.do(lambda store: store.feed_health()[store.feed(spec).id])

    async def sync(self, manner=None, heard=lambda _progress: None, feeds=None):
        async with Client(self.setup()) as client:
            chosen = self.feeds() if feeds is None else feeds
            return await Sync(self.library, client, chosen, manner or Manner(), heard).run()

    def papers(self, query=""):
        def found(store):
            return list(store.papers(list(store.matching(parse_query(query)))))

        return self.do(found)

    def titles(self, query=""):
        return sorted(paper.row.title for paper in self.papers(query))


@pytest.fixture
def services():
    with serving() as running:
        yield running


@pytest.fixture
def world(library_path, services, tmp_path):
    made = World(library_path, services, tmp_path / "network")
    (tmp_path / "network").mkdir()
    yield made
    made.library.close()
