"""A month of following: eight sources, faults in all of them; nothing lost, doubled or leaked."""

import asyncio
import datetime as dt
import gc
import random
import resource
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from reader.library.following import Manner
from reader.model.change import StatusChange
from reader.model.paper import Status
from reader.sources.fetch.client import Client
from reader.sources.fetch.patience import Clock
from reader.sync import running
from reader.sync.running import Sync
from tests.sync import services as shape
from tests.sync.services import send, work

pytestmark = pytest.mark.heavy

DAYS, A_DAY = 30, 86_400
FIRST = dt.date(2026, 9, 1)
FEEDS = ("cs.LG", "stat.ML", "math.CO", "arxiv:ti:subject", "oai:cs:cs:AI@2026-09-01", "hf",
         "author:Ada Byron")  # fmt: skip


class Month:
    """What each source has on each day, and which of its answers fail."""

    def __init__(self, services):
        self.day, self.random = 0, random.Random(7)
        self.clock = dt.datetime.combine(FIRST, dt.time(9), dt.UTC).timestamp()
        self.told, self.versions = {}, {}
        self.moments = []
        self.faults = 0
        for path, answer in (
            ("/arxiv_rss/rss/", self.rss), ("/arxiv_api/api/query", self.atom),
            ("/arxiv_oai/oai", self.oai), ("/huggingface/api/daily_papers", self.daily),
            ("/blog", self.blog),
        ):  # fmt: skip
            services.routes[path] = self.sometimes(answer)

    @property
    def today(self):
        return FIRST + dt.timedelta(days=self.day)

    def works(self, name, count=6, day=None):
        """The papers of a source on a day; one of them is everywhere."""
        day = self.day if day is None else day
        date = (FIRST + dt.timedelta(days=day)).isoformat()
        start = {"cs.LG": 0, "stat.ML": 100, "math.CO": 200, "api": 300, "oai": 400, "hf": 500,
                 "blog": 600}[name]  # fmt: skip
        numbers = [999, *range(start, start + count - 1)]
        return [work(f"26{9 + day // 30:02d}.{day % 30 + 10}{n:03d}", day=date) for n in numbers]

    def sometimes(self, answer):
        def route(handler, path, query):
            self.moments.append((self.clock, path))
            if self.random.random() < 0.15:
                self.faults += 1
                fault = self.random.choice((500, 503, 429, 404, "cut", "login") * 4 + ("slow",))
                if fault == "cut":
                    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>")
                    handler.close_connection = True
                elif fault == "login":
                    send(handler, b"<!doctype html><html>Log in</html>", kind="text/html")
                elif fault == "slow":
                    time.sleep(1.2)
                else:
                    wait = {"Retry-After": "30"} if fault == 429 else {}
                    send(handler, b"no", fault, "text/plain", wait)
                return
            answer(handler, path, query)

        return route

    def tell(self, works):
        self.told.update((one["id"], one) for one in works)
        return works

    def rss(self, handler, path, _query):
        name = path.rpartition("/")[2]
        told = self.works(name)
        if self.day > 3 and name == "cs.LG":
            old = self.works(name, day=self.day - 3)[1]
            again = {**old, "version": 2, "announce": "replace", "title": f"{old['title']} revised"}
            told = [*told, again]
            if old["id"] in self.told:
                self.versions[old["id"]] = again["title"]
        fresh = [one for one in told if one["announce"] == "new"]
        self.tell(fresh)
        send(handler, shape.rss(told))

    def atom(self, handler, _path, query):
        start = int(query["start"])
        told = [one for day in range(self.day, max(-1, self.day - 10), -1)
                for one in self.works("api", 3, day)]  # fmt: skip
        send(handler, shape.atom(self.tell(told[start : start + 100])))

    def oai(self, handler, _path, query):
        place = int(query.get("resumptionToken", "0"))
        since = dt.date.fromisoformat(query.get("from", FIRST.isoformat()))
        first = max(0, (since - FIRST).days)
        days = list(range(first, self.day + 1)) if "from" in query else self.left
        if "from" in query:
            self.left = days
        here = days[place : place + 2]
        told = [one for day in here for one in self.works("oai", day=day)]
        more = str(place + 2) if place + 2 < len(days) else ""
        body = shape.oai(self.tell(told), more) if told else shape.oai_error("noRecordsMatch")
        send(handler, body)

    def daily(self, handler, _path, query):
        day = (dt.date.fromisoformat(query["date"]) - FIRST).days
        told = self.works("hf", day=day) if 0 <= day <= self.day and query["p"] == "0" else []
        send(handler, shape.daily(self.tell(told)), kind="application/json")

    def blog(self, handler, _path, _query):
        send(handler, shape.atom(self.tell(self.works("blog"))))


def used():
    """Threads, open files and the most memory so far in kB."""
    gc.collect()
    files = len(list(Path("/proc/self/fd").iterdir())) if Path("/proc/self/fd").exists() else 0
    return threading.active_count(), files, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


async def test_a_month_of_eight_sources_with_faults(world, monkeypatch):
    month = Month(world.services)
    world.timeout = 1.0

    class Today(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return dt.datetime.fromtimestamp(month.clock, tz)

    monkeypatch.setattr(running.dt, "datetime", Today)

    async def sleep(seconds):
        month.clock += seconds
        await asyncio.sleep(0)

    world.quick = type("Simulated", (), {"clock": Clock(lambda: month.clock, sleep)})()
    world.follow(*FEEDS, f"{world.services.url}/blog")
    skipped, before = set(), (0, 0, 0)
    new = 0
    for month.day in range(DAYS):
        month.clock = dt.datetime.combine(month.today, dt.time(9), dt.UTC).timestamp()
        for _ in range(4):  # as long as something failed, it is asked again
            async with Client(world.setup()) as client:
                report = await Sync(world.library, client, world.feeds(), Manner(),
                                    lambda _progress: None).run()  # fmt: skip
            new += report.total("new")
            assert not {one.code for one in report.failed} - {
                "http 500", "http 503", "http 404", "rate limit", "truncated", "login page",
                "timeout", "type", "repeat",
            }  # fmt: skip
            if not report.failed:
                break
            month.clock += 120
        some = next(iter(world.papers("is:unread"))).row.id
        skipped.add(some)
        world.do(lambda store, one=some: store.apply(StatusChange((one,), Status.SKIPPED)))
        if month.day == DAYS // 3:
            before = used()
    papers = world.papers()
    ids = [one.value for paper in papers for one in paper.identifiers if one.scheme == "arxiv"]
    assert month.faults > 50
    assert len(ids) == len(set(ids)) == len(papers) == new, "every paper once"
    assert set(ids) == set(month.told), "what was told of came"
    titles = {one.value: paper.row.title for paper in papers for one in paper.identifiers}
    missed = [one for one, title in month.versions.items() if titles[one] != title]
    assert not missed, "new versions took the place of the old ones"
    rows = {paper.row.id: paper.row for paper in papers}
    assert all(rows[one].status is Status.SKIPPED for one in skipped), "what was decided stays so"
    assert len(world.papers("is:unread")) == len(papers) - len(skipped)
    arxiv = sorted(moment for moment, path in month.moments if "/arxiv_" in path)
    gaps = [after - before for before, after in pairwise(arxiv)]
    assert min(gaps) >= 2.99, "politeness was kept"
    threads, files, memory = (now - then for then, now in zip(before, used(), strict=True))
    assert threads <= 1, "no thread is left over"
    assert files <= 3, "no connection is left open"
    assert memory < 40_000, f"{memory} kB more than after ten days"
    assert not world.do(lambda store: store.check())


async def test_two_thousand_papers_of_five_sources_are_taken_in(world):
    def daily(handler, path, _query):
        first = {"cs.LG": 0, "stat.ML": 1, "math.CO": 2, "cs.CL": 3, "cs.CV": 4}[
            path.rpartition("/")[2]
        ] * 400
        told = [work(f"2611.{n:05d}", abstract=f"Paper {n}: " + "all of these words " * 60)
                for n in range(first, first + 400)]  # fmt: skip
        send(handler, shape.rss(told))

    world.services.routes["/arxiv_rss/rss/"] = daily
    world.follow("cs.LG", "stat.ML", "math.CO", "cs.CL", "cs.CV")
    report = await world.sync()
    assert (report.total("new"), len(report.failed)) == (2_000, 0)
    assert len(world.papers()) == 2_000
