"""Following from the screen: the morning key by key, arrivals that wait, feeds, lookups."""

import asyncio
import json
import threading

import pytest

from reader.config import load_settings
from reader.importing import import_samples
from reader.library.store import Store
from reader.model.feed_change import (
    Subscribe,
)
from reader.model.paper import Status
from reader.model.query import parse_query
from reader.tui.start import Begin
from tests.sync import services as shape
from tests.sync.services import send, serving, work
from tests.tui.world import running

FEED = "/arxiv_rss/rss/cs.LG"


@pytest.fixture
def services(tmp_path, monkeypatch):
    with serving() as told:
        config = tmp_path / "config" / "paper-reader" / "config.toml"
        config.parent.mkdir(parents=True)
        config.write_text(told.config())
        monkeypatch.setattr("reader.sources.fetch.patience.SPACING", {})
        monkeypatch.setattr("reader.sources.fetch.patience._USUAL_SPACING", 0.0)
        yield told


def begin_with(_tmp_path):
    return Begin(settings=load_settings())


def answers(body, kind="application/xml"):
    return lambda handler, _path, _query: send(handler, body, kind=kind)


def follow(path, *specs):
    store = Store(path)
    store.apply(Subscribe(tuple((one, "") for one in specs)))
    store.close()


def tables(path):
    """Everything that the user and the feeds made of a library."""
    store = Store(path)
    papers = [(one.row.citekey, one.row.title, one.row.status, one.row.tags, one.row.starred)
              for one in store.papers(list(store.matching(parse_query(""))))]  # fmt: skip
    store.close()
    return sorted(papers)


async def test_feeds_are_completed_and_in_the_palette(library_path, services, tmp_path):
    follow(library_path, "cs.LG", "hf:weekly", "author:Ada Byron")
    async with running(library_path, begin=begin_with(tmp_path)) as world:
        for typed, completed in (
            ("subscribe cs.LG+math.C", "subscribe cs.LG+math.CA"),
            ("subscribe cit", "subscribe cites:"), ("pause ada", "pause author:Ada Byron "),
        ):  # fmt: skip
            await world.keys(":")
            await world.write(typed)
            await world.until(lambda: world.main.commanding.completing.candidates, typed)
            await world.keys("tab")
            assert world.main.prompt.text == completed
            await world.keys("escape")
        await world.keys(":")
        await world.write("pause ada")
        await world.until(lambda: world.main.commanding.completing.candidates, "candidates")
        await world.keys("tab", "enter")
        await world.until(lambda: "paused" in world.said, "paused")
        await world.keys("ctrl+p")
        await world.write("feed hf week")
        await world.until(lambda: "feed: HF weekly" in world.screen(), "the feed is offered")
        await world.keys("enter")
        await world.until(lambda: world.main.showing.shown.view.name == "feed hf:weekly", "view")


async def test_the_morning(library_path, services, tmp_path):
    store = Store(library_path)
    store.close()
    before = tables(library_path)
    works = [work(f"2611.{n:05d}", f"The result number {n} of the day") for n in range(1, 13)]
    services.routes[FEED] = answers(shape.rss(works))
    follow(library_path, "cs.LG")
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        assert "up to date" in world.screen() or "empty" in world.screen()
        await world.pilot.press("R")
        await world.until(lambda: len(world.main.papers.ids) == 12, "the arrivals in an empty list")
        await world.until(lambda: "12 new" in world.said, "what came is said")
        first, second, third = world.main.papers.ids[:3]
        await world.keys("s", "w", "x", "t")
        await world.write("theory")
        await world.keys("enter")
        await world.until(lambda: not world.main.pending, "all is written")
        rows = {row.id: row for row in await world.main.library.rows([first, second, third])}
        assert rows[first].starred
        assert Status.LATER in {row.status for row in rows.values()}
        for _ in range(6):
            await world.keys("u")
    assert tables(library_path) == before, "all of it is undone"


async def test_the_list_does_not_move_when_papers_come(library_path, services, tmp_path):
    release = threading.Event()

    def later(handler, _path, _query):
        release.wait(20)
        send(handler, shape.rss([work("2611.00001", "A newcomer of this very day")]))

    services.routes[FEED] = later
    follow(library_path, "cs.LG")
    async with running(library_path, begin=begin_with(tmp_path)) as world:
        await asyncio.wrap_future(world.main.library.write(import_samples))
        world.main.run("view.refresh")
        await world.until(lambda: len(world.main.papers.ids) == 20, "the shelf")
        await world.keys("j", "j")
        here, ids = world.row.id, list(world.main.papers.ids)
        await world.pilot.press("R")
        await world.until(lambda: "↻" in world.screen(), "progress in the header")
        await world.pilot.press("j")
        await world.until(lambda: world.row.id == ids[3], "keys are answered meanwhile")
        await world.pilot.press("k")
        release.set()
        await world.until(lambda: "1 new · ctrl+l" in world.screen(), "the quiet word")
        await world.idle()
        assert (world.row.id, list(world.main.papers.ids)) == (here, ids)
        assert "↻" not in world.screen()
        await world.keys("ctrl+l")
        await world.until(lambda: len(world.main.papers.ids) == 21, "it is shown when asked for")
        assert world.row.id == here
        assert "ctrl+l" not in world.screen()


async def test_escape_stops_a_sync_at_once(library_path, services, tmp_path):
    reached, release = threading.Event(), threading.Event()

    def hang(handler, _path, _query):
        reached.set()
        release.wait(20)
        send(handler, shape.rss([]))

    services.routes[FEED] = hang
    follow(library_path, "cs.LG")
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.pilot.press("R")
        await world.until(reached.is_set, "it is asked")
        await world.pilot.press("R")
        await world.until(lambda: "asked already" in world.said, "one at a time")
        await world.pilot.press("escape")
        await world.until(lambda: not world.main.following.progress, "it stopped")
        release.set()


async def test_a_failing_feed_is_told_and_its_health_shown(library_path, services, tmp_path):
    services.routes[FEED] = answers(shape.rss([work("2611.00001")]))
    follow(library_path, "cs.LG", "math.CO")
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.pilot.press("R")
        await world.until(lambda: "1 could not be asked: arXiv math.CO (http 404)" in world.said,
                          "which one, and why")  # fmt: skip
        await world.idle()
        await world.keys("F")
        assert "never answered" in world.screen()
        await world.keys("j")
        assert "answered 404" in world.screen()
        await world.keys("p")
        await world.until(lambda: "paused" in world.screen(), "paused")
        await world.keys("a")
        await world.write("hf:weekly")
        await world.keys("enter")
        await world.until(lambda: "HF weekly" in world.screen(), "followed")
        await world.keys("a")
        await world.write("nonsense")
        await world.keys("enter")
        await world.until(lambda: "no category of arXiv" in world.screen(), "refused")
        await world.keys("u")
        await world.until(lambda: "hf:weekly" not in world.screen(), "undone")
        await world.keys("g", "enter")
        await world.until(lambda: world.main.showing.shown.view.name == "feed cs.LG", "its papers")
        assert len(world.main.papers.ids) == 1


async def test_a_paper_is_asked_for_by_its_id_and_shown_first(library_path, services, tmp_path):
    services.routes["/arxiv_api/api/query"] = answers(
        shape.atom([work("1706.03762", "Attention Is All You Need", 5, "2017-06-12")])
    )
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.keys("A")
        await world.write("1706.03762")
        await world.keys("enter")
        await world.until(lambda: "Attention Is All You Need" in world.screen(), "the preview")
        assert not await world.main.library.summary() or not world.main.papers.ids
        await world.keys("enter")
        await world.until(lambda: "1 new" in world.said, "it is taken in")
        (row,) = await world.main.library.named("1706.03762", 5)
        assert (row.status, row.title) == (Status.LATER, "Attention Is All You Need")


async def test_an_id_that_nobody_answers_for_is_kept_under_its_name(
    library_path, services, tmp_path
):
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.keys("A")
        await world.write("1706.03762")
        await world.keys("enter")
        await world.until(lambda: "arXiv:1706.03762" in world.screen(), "the preview")
        await world.keys("escape")
        await world.keys("A")
        await world.write("No paper is called so at all")
        await world.keys("enter")
        await world.until(lambda: "no service knows it" in world.said, "told")
    assert services.asked


async def test_a_new_version_is_marked_and_compared(library_path, services, tmp_path):
    services.routes[FEED] = answers(shape.rss([work("2611.00001", "An old title of the paper")]))
    follow(library_path, "cs.LG")
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.pilot.press("R")
        await world.until(lambda: "1 new" in world.said, "the first version")
        await world.idle()
        later = work("2611.00001", "A better title of the paper", version=2, announce="replace")
        services.routes[FEED] = answers(shape.rss([later]))
        await world.keys("z", "p")
        await world.pilot.press("R")
        await world.until(lambda: "1 updated" in world.said, "the second")
        await world.until(lambda: world.row.title.startswith("A better"), "the row is as it is now")
        assert "updated" in world.screen()
        await world.keys(":")
        await world.write("diff")
        await world.keys("enter")
        await world.until(lambda: "Version 1 → 2" in world.screen(), "the comparison")
        assert "An old A better title of the paper" in world.screen()
        await world.keys("escape")


async def test_what_a_paper_lacks_is_asked_for(library_path, services, tmp_path):
    def arxiv(handler, _path, query):
        names = ["Jamie Simon", *(f"Ada B{n}yron" for n in range(13))]
        title = "There Will Be a Scientific Theory of Deep Learning"
        found = [work("2604.00001", title, day="2026-04-23", authors=names)]
        send(handler, shape.atom(found if "Scientific Theory" in json.dumps(query) else []))

    services.routes["/arxiv_api/api/query"] = arxiv
    async with running(library_path, begin=begin_with(tmp_path)) as world:
        paper = world.row.id
        await world.keys(":")
        await world.write("refetch")
        await world.keys("enter")
        await world.until(lambda: "completed 1 paper" in world.said, "it is done")
        await world.until(lambda: "Ada B0yron" in world.screen(), "the names are shown")
        assert (await world.main.library.identifiers(world.row.citekey))["arxiv"] == "2604.00001"
        assert world.row.id == paper
        await world.keys("u")
        await world.until(lambda: "Ada B0yron" not in world.screen(), "undone")


async def test_without_feeds_it_is_said_how_to_get_some(library_path, services, tmp_path):
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.keys("R")
        assert "no feeds yet" in world.said
        await world.keys("F")
        assert "follows one of these" in world.screen()
        await world.keys("j", "escape")
        await world.keys(":")
        await world.write("subscribe cs.XX")
        await world.keys("enter")
        assert "no category of arXiv" in world.said
    assert not services.asked


async def test_the_feeds_of_another_program_are_taken_over(library_path, services, tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<?xml version="1.0"?><opml version="2.0"><body><outline text="Journals">'
        '<outline text="[b]Nature[/b]" xmlUrl="https://www.nature.com/nature.rss"/>'
        '<outline text="Learning" xmlUrl="http://export.arxiv.org/rss/cs.LG"/>'
        '<outline text="No feed"/><outline text="bad" xmlUrl="javascript:alert(1)"/>'
        "</outline></body></opml>"
    )
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.keys(":")
        await world.write(f"add {path}")
        await world.keys("enter")
        await world.until(lambda: "2 feeds to follow" in world.screen(), "the preview")
        assert "[b]Nature[/b]" in world.screen()
        await world.keys("enter")
        await world.until(lambda: "imported" in world.said, "taken over")
        specs = [feed.spec for feed in await world.main.library.feeds()]
        assert specs == ["https://www.nature.com/nature.rss", "cs.LG"]
        await world.keys("u")
        await world.until(lambda: "undid" in world.said, "undone")
        assert not await world.main.library.feeds()
    assert not services.asked


@pytest.mark.parametrize("text", ["cs.LG", "https://example.org/feed.xml", 'author:"Ada Byron"'])
async def test_a_feed_is_followed_where_papers_are_added(library_path, services, tmp_path, text):
    async with running(library_path, begin=begin_with(tmp_path), samples=False) as world:
        await world.keys("A")
        world.app.screen.entry.value = text
        await world.keys("enter")
        await world.until(lambda: "Follow " in world.screen(), "it is asked")
        await world.keys("y")
        await world.until(lambda: "subscribed" in world.said, "followed")
        assert len(await world.main.library.feeds()) == 1
    assert not services.asked


async def test_what_is_undone_in_the_list_of_feeds_shows_in_the_rows(library_path):
    async with running(library_path) as world:
        await world.keys("s", "F", "u")
        assert "undid: starred" in world.screen()
        assert not world.row_of("simon2026there").starred
        assert not world.main.showing.summary.counts["starred"]
