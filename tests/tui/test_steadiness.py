"""Nothing decided is lost from sight, and keys mean the paper under the cursor."""

import asyncio
import threading

import pytest

from reader.model.change import StarChange, StatusChange
from reader.model.paper import Status
from reader.model.query import Query
from reader.tui.asking import here
from tests.tui.world import running


async def test_a_filter_keeps_decided_rows(library_path):
    async with running(library_path) as world:
        await world.keys("x", "x", "j")
        here = world.row.citekey
        await world.keys("/")
        await world.write("scal")
        await world.keys("enter", "x", "escape")
        assert len(world.main.papers.ids) == 20
        assert len(world.main.papers.settled) == 3
        await world.keys("/")
        await world.write("zzz")
        await world.keys("enter", "\\")
        assert len(world.main.papers.ids) == 20
        assert world.row is not None
        assert here


async def test_leaving_a_search_comes_back_to_the_paper_one_came_from(library_path):
    async with running(library_path) as world:
        await world.keys("j", "j", "j")
        before = world.row.citekey
        await world.keys("f")
        await world.write("newton")
        await world.keys("enter")
        assert world.row.citekey == "anon2018newton"
        await world.keys("escape")
        assert world.row.citekey == before


async def test_a_filter_that_finds_nothing_is_taken_along_to_find(library_path):
    async with running(library_path) as world:
        await world.keys("g", "s", "/")
        await world.write("newton")
        await world.keys("enter", "f")
        assert [world.main.papers.row_at(0).citekey] == ["anon2018newton"]
        await world.keys("escape")


async def test_the_filter_of_one_view_does_not_follow_into_another(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        await world.write("newton")
        await world.keys("enter", "g", "a", "/")
        assert world.main.query_one("PromptInput").value == ""
        await world.keys("escape")
        assert len(world.main.papers.ids) == 20


async def test_copying_means_the_paper_under_the_cursor(library_path):
    async with running(library_path) as world:
        clips = []
        world.app.copy_to_clipboard = clips.append
        await world.pilot.press("j", "j", "j", "y", "y", "y", "b")
        await world.idle()
        assert clips[0] == f"\\cite{{{world.row.citekey}}}"
        assert clips[1].startswith(f"@misc{{{world.row.citekey},")


async def test_undoing_the_removal_of_the_samples_says_so(library_path):
    async with running(library_path) as world:
        await world.keys("s", ":")
        await world.write("remove-samples")
        await world.keys("enter")
        await world.keys("u")
        assert world.said == "undid: removed the sample shelf: 20 papers"
        assert len(world.main.papers.ids) == 20


async def test_a_count_reaches_beyond_the_rows_that_were_fetched(library_path, many):
    ids = many.matching(Query())
    many.apply(StarChange(tuple(ids[:240]), starred=True))
    async with running(library_path, samples=False) as world:
        await world.keys("8", "0", "0", "s")
        assert world.main.showing.summary.counts["starred"] == 800
        await world.keys("8", "0", "0", "t")
        await world.write("far")
        await world.keys("enter")
        assert [tag.papers for tag in world.main.showing.summary.tags] == [800]
        await world.keys("8", "0", "0", "x")
        assert world.main.showing.summary.counts["status 4"] == 800
        await world.keys("3", "u")
        assert world.main.showing.summary.counts["status 4"] == 0


async def test_the_next_unread_is_found_beyond_the_rows_that_were_fetched(library_path, many):
    ids = many.matching(Query())
    many.apply(StatusChange(tuple(ids[1:700]), Status.READ))
    async with running(library_path, samples=False) as world:
        await world.keys("g", "a", "n")
        assert world.main.papers.cursor == 700
        await world.keys("N")
        assert world.main.papers.cursor == 0


async def test_rows_come_while_paging_and_stay_what_was_decided(library_path, many):
    async with running(library_path, samples=False) as world:
        for _ in range(120):
            await world.pilot.press("x")
        await world.idle()
        rows = [world.main.papers.row_at(place) for place in range(120)]
        assert all(row.status is Status.SKIPPED for row in rows if row is not None)
        assert many.counts()["status 4"] == 120
        await world.keys("G", "g", "g", "G")
        assert world.row.title == "Paper number 0899"


async def test_papers_that_vanish_elsewhere_leave_the_list(library_path, many):
    async with running(library_path, samples=False) as world:
        await world.keys("G")
        await world.until(lambda: world.main.library._version, "the library was looked at")
        many.undo()
        await world.until(lambda: not world.main.papers.ids, "the list is empty")
        assert "Your library is empty." in world.screen()


async def test_a_tag_is_clicked_and_a_command_takes_words(library_path):
    async with running(library_path) as world:
        await world.keys(":")
        await world.write("tag +theory, rl")
        await world.keys("enter")
        assert world.row.tags == ("rl", "theory")
        control = next(one for one in world.main.abstract.page.spots if one.hint == "#theory")
        offset = (control.start + 2, control.line)
        await world.pilot.click(world.main.abstract, offset=offset)
        await world.idle()
        assert world.main.showing.shown.view.name == "#theory"
        await world.keys(":")
        await world.write("theme paper")
        await world.keys("enter")
        assert world.app.theme == "paper"
        await world.keys("ctrl+c")
        assert world.said == "q quits; everything is saved already"


@pytest.mark.parametrize("theme", ["ink", "mono"])
async def test_a_tag_of_a_row_is_clicked(library_path, theme):
    async with running(library_path) as world:
        await world.keys(":")
        await world.write(f"theme {theme}")
        await world.keys("enter", ":")
        await world.write("tag +theory")
        await world.keys("enter", "j")
        lines = world.screen().splitlines()
        y = next(y for y, line in enumerate(lines) if "■ theory" in line[:60])
        here = world.row.id
        await world.pilot.click(offset=(lines[y].index("■ theory") + 2, y))
        await world.idle()
        assert world.main.showing.shown.view.name == "#theory"
        await world.keys("H")
        assert world.row.id == here, "the click moved nothing"


async def test_the_same_place_is_left_once(library_path):
    async with running(library_path) as world:
        await world.keys("g", "a")
        for text in ("the", " a"):
            await world.keys("/")
            await world.write(text)
            await world.keys("enter")
        assert len({str(one) for one in world.main.travelling.past}) == len(
            world.main.travelling.past
        )


async def test_the_place_counts_all_papers_in_every_layout(library_path, many):
    total = f"{many.counts()['all']:,}"
    for size in ((120, 36), (80, 24)):
        async with running(library_path, size) as world:
            await world.keys("g", "a")
            await world.until(lambda: f"/{total}" in world.screen(), "the place is out of all")


async def test_a_search_says_of_how_many_it_tells(library_path, many):
    async with running(library_path) as world:
        await world.keys("f")
        await world.write("paper")
        await world.until(lambda: "of the first 40" in world.screen(), "it is said")
        await world.keys("escape", "g", "a")
        assert "This week" in world.screen()


def test_what_ends_after_the_program_is_told_to_nobody():
    async def program():
        return here(lambda: 1 / 0)

    asyncio.run(program())()


async def test_one_is_not_stopped_in_the_middle_of_a_change(library_path, monkeypatch):
    """Other programs would find the library locked."""
    async with running(library_path) as world:
        stopped, over = [], threading.Event()
        monkeypatch.setattr(world.app, "action_suspend_process", lambda: stopped.append(1))
        change = world.main.library.write(lambda _store: over.wait(30))
        await world.pilot.press("ctrl+z")
        await world.until(lambda: world.main.turns._working, "it waits")
        assert not stopped
        over.set()
        await world.until(lambda: stopped, "it stops")
        assert change.done()
