"""Days on which arXiv's daily feed was not asked: they are fetched from its archive."""

import datetime as dt

import pytest

from reader.sources.online.arxiv_missed import set_of
from reader.sync import running
from tests.sync import services as shape
from tests.sync.services import send, work

FRIDAY, MONDAY, THURSDAY = dt.date(2026, 11, 6), dt.date(2026, 11, 9), dt.date(2026, 11, 12)


@pytest.fixture
def on(monkeypatch):
    """Make it another day for the sync."""

    def told(day, hour=9):
        class Now(dt.datetime):
            @classmethod
            def now(cls, tz=None):
                return dt.datetime.combine(day, dt.time(hour), tz)

        monkeypatch.setattr(running.dt, "datetime", Now)

    return told


class Arxiv:
    """The daily feed of a day, and an archive that lists what changed since a day."""

    def __init__(self, services):
        self.day, self.feed, self.archive = FRIDAY, [], []
        self.pages, self.fails = 1, 0
        services.routes["/arxiv_rss/rss/"] = self.rss
        services.routes["/arxiv_oai/oai"] = self.oai

    def rss(self, handler, _path, _query):
        send(handler, shape.rss(self.feed, f"{self.day:%a, %d %b %Y}"))

    def oai(self, handler, _path, query):
        if self.fails:
            self.fails -= 1
            send(handler, b"no", 404, "text/plain")
            return
        about, _, place = query.get("resumptionToken", "").rpartition("/")
        about, page = about or query["set"], int(place or 0)
        size = -(-len(self.archive) // self.pages)
        told = self.archive[page * size : (page + 1) * size]
        more = f"{about}/{page + 1}" if page + 1 < self.pages else ""
        send(handler, shape.oai(told, more) if told else shape.oai_error("noRecordsMatch"))


@pytest.mark.parametrize(
    ("category", "name"),
    [("cs.LG", "cs:cs:LG"), ("cs", "cs"), ("hep-th", "physics:hep-th"),
     ("q-bio.NC", "q-bio:q-bio:NC"),
     ("astro-ph.CO", "physics:astro-ph:CO"), ("physics.optics", "physics:physics:optics")],
)  # fmt: skip
def test_the_archives_name_of_a_category(category, name):
    assert set_of(category) == name


@pytest.fixture
def arxiv(services):
    return Arxiv(services)


async def fridays(world, arxiv, on):
    on(FRIDAY)
    arxiv.feed = [work("2611.00001", day="2026-11-05")]
    world.follow("cs.LG+stat.ML")
    await world.sync()
    assert not world.services.paths("/arxiv_oai"), "the first time nothing is missed"


async def test_after_a_weekend_nothing_is_missed(world, arxiv, on):
    await fridays(world, arxiv, on)
    on(MONDAY)
    arxiv.day, arxiv.feed = MONDAY, [work("2611.00002", day="2026-11-06")]
    report = await world.sync()
    assert (report.total("new"), world.services.paths("/arxiv_oai")) == (1, [])


async def test_missed_days_are_fetched_category_by_category(world, arxiv, on):
    await fridays(world, arxiv, on)
    on(THURSDAY)
    arxiv.day, arxiv.feed = THURSDAY, [work("2611.00009", day="2026-11-11")]
    arxiv.pages = 2
    arxiv.archive = [
        work("2611.00001", day="2026-11-05"), work("2611.00004", day="2026-11-09"),
        work("2611.00005", day="2026-11-10"), work("2201.00001", day="2022-01-03"),
    ]  # fmt: skip
    report = await world.sync()
    (outcome,) = report.feeds
    assert (outcome.new, outcome.error, outcome.warning) == (3, "", "")
    numbers = {one.value for paper in world.papers() for one in paper.identifiers}
    assert numbers == {f"2611.0000{n}" for n in (1, 4, 5, 9)}, "no old paper is taken for new"
    first = world.services.paths("/arxiv_oai")
    assert len(first) == 4
    assert "set=cs:cs:LG&from=2026-11-06" in first[0]
    assert "set=stat:stat:ML&from=2026-11-06" in first[2]

    await world.sync()
    assert world.services.paths("/arxiv_oai") == first, "what was missed is asked for once"


async def test_a_failure_keeps_todays_papers_and_goes_on_later(world, arxiv, on):
    await fridays(world, arxiv, on)
    on(THURSDAY)
    arxiv.day, arxiv.feed = THURSDAY, [work("2611.00009", day="2026-11-11")]
    arxiv.archive, arxiv.fails = [work("2611.00004", day="2026-11-09")], 1
    report = await world.sync()
    assert (report.feeds[0].new, report.feeds[0].code) == (1, "http 404")
    report = await world.sync()
    assert (report.feeds[0].new, report.feeds[0].error) == (1, "")
    assert len(world.papers()) == 3


async def test_before_midnight_in_new_york_the_feed_is_yesterdays(world, arxiv, on):
    await fridays(world, arxiv, on)
    on(MONDAY, 2)  # the feed is still Friday's
    await world.sync()
    tuesday = MONDAY + dt.timedelta(days=1)
    on(tuesday)
    arxiv.day, arxiv.feed = tuesday, [work("2611.00007", day="2026-11-09")]
    arxiv.archive = [work("2611.00006", day="2026-11-08")]
    report = await world.sync()
    assert report.total("new") == 2, "Monday's announcements were missed"


async def test_an_absence_of_months_is_fetched_in_part_and_told(world, arxiv, on):
    await fridays(world, arxiv, on)
    later = dt.date(2027, 3, 1)
    on(later)
    arxiv.day, arxiv.feed = later, [work("2703.00009", day="2027-02-26")]
    report = await world.sync()
    assert "not asked since 2026-11-06" in report.feeds[0].warning
    assert "follow oai:cs:cs:LG@2026-11-06 for it" in report.feeds[0].warning
    assert "from=2027-01-29" in world.services.paths("/arxiv_oai")[0]
