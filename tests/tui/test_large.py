"""A large library: the first rows come before all are known, and nothing moves under the cursor."""

import asyncio
import threading
from contextlib import closing

import pytest

from reader.library import left, terms
from reader.library.library import Library
from reader.library.store import Store
from reader.model.paper import Fields, PaperDraft, SourceRecord
from reader.model.query import parse_query
from reader.session import load_place
from reader.tui.app import ReaderApp
from reader.tui.screens import previewing, showing
from tests.tui.world import World, running


@pytest.fixture
def large(monkeypatch, many):
    monkeypatch.setattr(showing, "_LARGE", 100)
    with many.write():
        terms.learn(many._connection)
        many._connection.execute("DELETE FROM terms WHERE term NOT LIKE '%1'")
    return many


def found(path, text):
    store = Store(path)
    try:
        return store.matching(parse_query(text))
    finally:
        store.close()


@pytest.mark.parametrize("text", ["0", "01", "pap", "paper 02", "08 number", "-01"])
async def test_what_is_shown_in_the_end_is_what_the_whole_word_finds(library_path, large, text):
    async with running(library_path, samples=False) as world:
        await world.keys("/")
        await world.write(text)
        await world.until(lambda: world.main.turns.all_here, "the list is whole")
        assert list(world.main.papers.ids) == list(found(library_path, text))
        assert world.main.papers.cursor == 0
        assert f"1/{len(world.main.papers.ids):,} " in world.screen()
        await world.keys("enter", "G")
        assert world.main.papers.cursor == len(world.main.papers.ids) - 1


async def test_what_is_slow_to_count_keeps_nothing_from_being_shown(library_path, large):
    large.close()
    library, over = Library(library_path), threading.Event()
    counting = library._counting().submit(lambda _store: over.wait(30))
    try:
        app = ReaderApp(library, load_place(library_path), None)
        async with app.run_test(size=(120, 26)) as pilot:
            world = World(app, pilot)
            await world.until(app.main.seen.is_set, "the first painting")
            await world.until(lambda: not any(one.group == "begun" for one in app.workers), "begun")
            assert not counting.done()
            assert "1/" in world.screen()
            over.set()
    finally:
        over.set()
        library.close()


async def test_who_leaves_while_papers_still_come_does_not_ask_again(
    library_path, large, monkeypatch
):
    large.close()
    asked, gate, matching = [], asyncio.Event(), Library.matching

    async def held(library, query):
        asked.append(query)
        await gate.wait()
        return await matching(library, query)

    monkeypatch.setattr(Library, "matching", held)
    with closing(Library(library_path)) as library:
        app = ReaderApp(library, load_place(library_path), None)
        async with app.run_test(size=(120, 26)) as pilot:
            world = World(app, pilot)
            await world.until(lambda: asked and app.main.seen.is_set(), "the first rows")
            app.main.leaving.leave()
            await world.until(lambda: world.main.turns._for_all or len(asked) > 1, "leaving waits")
            gate.set()
            await world.until(lambda: app.left.picture or app._exit, "it has left")
    assert len(asked) == 1


@pytest.mark.parametrize("index", [0, 3, 700])
async def test_a_large_view_is_there_as_it_was_left(
    library_path, large, monkeypatch, tmp_path, index
):
    """No ids are read, wherever in it one was."""
    large.close()
    monkeypatch.setattr(left, "LEAST", 100)
    asked = []
    for name in ("matching", "first_matching"):
        search = getattr(Library, name)
        monkeypatch.setattr(Library, name, lambda self, *rest, one=search: asked.append(rest)
                            or one(self, *rest))  # fmt: skip
    whole = list(found(library_path, "is:unread"))
    file = tmp_path / "left-view"
    assert await visited(library_path, file, index, decide) == (whole, 0)
    assert asked
    asked.clear()
    fewer = list(found(library_path, "is:unread"))
    assert len(fewer) == len(whole) - 4
    assert await visited(library_path, file, index, decide) == (fewer, fewer.index(whole[index]))
    assert not asked
    papers, _ = await visited(library_path, file, index)
    assert papers == list(found(library_path, "is:unread"))
    assert not asked


async def test_what_came_while_one_searched_is_there_the_next_time(
    library_path, large, monkeypatch, tmp_path
):
    """Leaving a search brings back the papers that were there before; more may have come."""
    monkeypatch.setattr(left, "LEAST", 100)
    file = tmp_path / "left-view"

    async def search_while_one_comes(world):
        record = SourceRecord("arxiv", "new", "now", "f", Fields(title="A paper that came"))
        large.import_drafts([PaperDraft((record,))], "other")
        await world.until(lambda: world.main.showing.waiting, "it is noticed")
        await world.keys("f")
        await world.write("number")
        await world.keys("escape", "escape")
        assert len(world.main.papers.ids) == 900

    await visited(library_path, file, 0, search_while_one_comes)
    large.close()
    whole = found(library_path, "is:unread")
    assert len(whole) == 901
    assert (await visited(library_path, file, 0))[0] == list(whole)


async def decide(world):
    """Change papers, four of which leave the view, and come back to where one was."""
    row = world.main.papers.cursor
    await world.keys("s", "j", "s", "r", "r", "2", "x", "t")
    await world.write("tag")
    await world.keys("enter")
    await world.idle()
    world.main.papers.move(row)
    assert len(world.main.papers.settled) == 4


async def idle(world):
    await world.idle()


async def visited(path, file, index, meanwhile=idle):
    """Start, move and leave; the papers of the list, and where the cursor was at the start."""
    with closing(Library(path, left=file)) as library:
        app = ReaderApp(library, load_place(path), None)
        async with app.run_test(size=(120, 26)) as pilot:
            world = World(app, pilot)
            await world.until(app.main.seen.is_set, "the first painting")
            await world.idle()
            began, papers = app.main.papers.cursor, list(app.main.papers.ids)
            app.main.papers.move(index)
            await meanwhile(world)
            await world.idle()
            app.main.leaving.leave()
            await world.until(lambda: app._exit, "it has left")
            return papers, began


@pytest.mark.parametrize(("index", "deep", "soon"),
                         [(100, 500, True), (700, 800, True), (700, 500, False)])  # fmt: skip
async def test_one_begins_where_one_was(library_path, large, monkeypatch, index, deep, soon):
    """Before all papers are known, when the paper is not too far down."""
    monkeypatch.setattr(showing, "_DEEP", deep)
    ids = found(library_path, "is:unread")
    async with running(library_path, samples=False) as world:
        world.main.papers.move(index)
        await world.idle()
        await world.app.action_quit()
        await world.until(lambda: world.app._exit, "it has left")
    completed = []
    asked = showing.Showing._complete
    monkeypatch.setattr(showing.Showing, "_complete",
                        lambda self, *rest: completed.append(1) or asked(self, *rest))  # fmt: skip
    async with running(library_path, samples=False) as world:
        papers = world.main.papers
        assert (papers.ids[papers.cursor], papers.cursor) == (ids[index], index)
        assert papers.ids == ids
    assert bool(completed) == soon


async def test_the_count_says_that_more_come(library_path, large):
    async with running(library_path, samples=False) as world:
        main = world.main
        main.turns.first_rows()
        main.telling.everything()
        assert "1/900+" in world.screen()
        main.turns.whole()
        assert "900+" not in world.screen()


async def test_the_cursor_keeps_its_paper_when_the_others_come(library_path, large):
    async with running(library_path, samples=False) as world:
        main = world.main
        whole = found(library_path, "0")
        first = whole[5:200:7]
        main.papers.show(first, await main.library.rows(first), 4)
        here, above = first[4], main.papers.above
        await main.showing._complete(whole, main.showing.shown)
        assert main.papers.ids[main.papers.cursor] == here
        assert main.papers.above == above
        assert main.papers.ids == whole


async def test_what_was_decided_meanwhile_stays(library_path, large):
    async with running(library_path, samples=False) as world:
        main = world.main
        whole = found(library_path, "0")
        first = whole[:50]
        main.papers.show(first, await main.library.rows(first), 4)
        await main.showing._complete(whole[3:], main.showing.shown)
        assert main.papers.ids == whole
        assert main.papers.cursor == 4


async def test_the_abstract_stays_until_the_row_has_come(library_path, large, monkeypatch):
    """Its place was told of by a key, the row when it came: that is no other key to wait for."""
    async with running(library_path, samples=False) as world:
        main, shown, waited = world.main, [], []
        show, timer = main.abstract.show, main.set_timer
        monkeypatch.setattr(main.abstract, "show", lambda one: shown.append(one) or show(one))
        monkeypatch.setattr(
            main, "set_timer", lambda after, *rest: waited.append(after) or timer(after, *rest)
        )
        await asyncio.sleep(previewing.TOGETHER)
        await world.pilot.press("G")
        last = main.papers.ids[-1]
        await world.until(lambda: main.abstract.paper.row.id == last, "the abstract follows")
        assert None not in shown
        assert previewing.TOGETHER not in waited


@pytest.fixture
def slowly(monkeypatch):
    """All ids of a list come when this is set, as far as it is cleared."""
    go_on = asyncio.Event()
    go_on.set()
    matching = Library.matching

    async def held(library, query):
        await go_on.wait()
        return await matching(library, query)

    monkeypatch.setattr(Library, "matching", held)
    return go_on


@pytest.mark.parametrize(
    ("keys", "row"),
    [
        (("G",), 899), (("5", "0", "0", "G"), 499), (("G", "k"), 898), (("}",), 899),
        (("2", "5", "0", "j"), 250), (("pagedown", "end"), 899), (("9", "0", "ctrl+d"), None),
        (("2", "3", "9", "j", "j"), 240), (("2", "3", "9", "G", "space", "pagedown"), None),
        ((":", "5", "0", "0", "enter"), 499), (("3", "j"), 3),
    ],
)  # fmt: skip
async def test_keys_behind_a_jump_mean_the_paper_that_it_goes_to(
    library_path, large, slowly, keys, row
):
    """However many of them come before all papers of the list are known."""
    async with running(library_path, samples=False) as world:
        world.main.abstract.display = False
        slowly.clear()
        await world.pilot.press("g", "a")
        await world.until(lambda: world.main.turns.partial, "the first rows are here")
        await world.pilot.press(*keys, "s")
        quick = row is not None and row < 240
        await world.pilot.pause()
        starred = lambda: [one for one in world.main.papers._rows.values() if one.starred]  # noqa: E731
        if not quick:
            assert not starred()
        slowly.set()
        await world.idle()
        assert world.main.papers.cursor == (row if row is not None else world.main.papers.cursor)
        assert world.main.papers.cursor >= (0 if quick else 240)
        assert world.row.starred
        assert world.main.showing.summary.counts["starred"] == 1


@pytest.mark.parametrize(("keys", "cursor"), [((), 0), (("2", "j"), 2)])
async def test_results_stay_where_they_are_when_one_moves_among_them(
    library_path, large, slowly, keys, cursor
):
    """All of them come in another order than the first; else the best one is at the top."""
    async with running(library_path, samples=False) as world:
        papers, turns = world.main.papers, world.main.turns
        slowly.clear()
        await world.pilot.press("f", "p", "a")
        await world.until(lambda: turns.partial and papers.loaded(), "the first rows are here")
        await world.pilot.press("enter")
        first = list(papers.ids)
        papers.ids.reverse()
        await world.pilot.press(*keys)
        slowly.set()
        await world.idle()
        assert len(papers.ids) > len(first) > 2
        assert list(papers.ids)[: len(first)] == (first[::-1] if keys else first)
        assert papers.cursor == cursor


async def test_next_unread_knows_what_was_decided_just_before(library_path, large):
    async with running(library_path, samples=False) as world:
        await world.keys("g", "a")
        over = threading.Event()
        world.main.library.write(lambda _store: over.wait(30))
        await world.pilot.press("X", "y", "n")
        await world.until(lambda: world.main.turns._working, "it waits for the change")
        over.set()
        await world.idle()
        assert world.main.papers.cursor == 0
        assert "no unread paper below" in world.said


@pytest.mark.parametrize("keys", [("v", "G"), ("ctrl+a",), ("9", "0", "0", "m")])
async def test_a_range_that_ends_further_down_is_whole(library_path, large, slowly, keys):
    async with running(library_path, samples=False) as world:
        slowly.clear()
        await world.pilot.press("g", "a")
        await world.until(lambda: world.main.turns.partial, "the first rows are here")
        await world.pilot.press(*keys, "w")
        slowly.set()
        await world.idle()
        await world.keys("y")
        assert world.main.showing.summary.counts["status 1"] == 900
