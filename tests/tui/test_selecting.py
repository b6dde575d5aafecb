"""Marks, ranges, counts, repetition: one verb, many papers, one step."""

import pytest

from reader.model.paper import Priority, Status
from tests.tui.world import running


def state(world):
    """What the user made of each paper, by citekey."""
    rows = world.main.papers._rows.values()
    return {row.citekey: (row.status, row.starred, row.priority, row.tags) for row in rows}


def statuses(world, number):
    return [world.main.papers.row_at(index).status for index in range(number)]


async def test_marks_take_a_verb_and_leave(library_path):
    async with running(library_path) as world:
        await world.keys("m", "j", "m")
        assert world.main.papers.cursor == 3
        assert "2 marked" in world.screen()
        before = state(world)
        await world.keys("w")
        assert statuses(world, 4) == [Status.LATER, Status.UNREAD, Status.LATER, Status.UNREAD]
        assert world.said == "marked later 2 papers"
        assert world.main.papers.cursor == 3, "marks leave the cursor where it is"
        assert not world.main.selection.any
        await world.keys("u")
        assert state(world) == before
        await world.keys("g", "v")
        assert len(world.main.selection.marks) == 2
        await world.keys("escape")
        assert not world.main.selection.any


async def test_marks_stay_across_views_and_filters(library_path):
    async with running(library_path) as world:
        await world.keys("2", "m", "g", "s")
        assert "2 marked, 2 not in this view" in world.screen()
        await world.keys("g", "i", "s")
        assert [world.main.papers.row_at(i).starred for i in range(3)] == [True, True, False]


async def test_a_range_is_extended_by_every_movement(library_path):
    async with running(library_path) as world:
        for keys, rows in ((("j", "j"), 3), (("2", "j"), 3), (("G",), 20), (("n",), 2)):
            await world.keys("g", "g", "v", *keys)
            chosen = world.main.selection.in_range(world.main.papers.ids, world.main.papers.cursor)
            assert len(chosen) == rows, keys
            await world.keys("escape")
        await world.keys("g", "g", "j", "v", "2", "j", "x")
        assert statuses(world, 5) == [Status.UNREAD, *[Status.SKIPPED] * 3, Status.UNREAD]
        assert world.main.papers.cursor == 4
        await world.keys("u")
        assert statuses(world, 5) == [Status.UNREAD] * 5


async def test_the_other_end_of_a_range_and_a_range_that_becomes_marks(library_path):
    async with running(library_path) as world:
        await world.keys("3", "j", "v", "2", "k", "o")
        assert (world.main.papers.cursor, world.main.selection.anchor) == (3, 1)
        await world.keys("m")
        assert len(world.main.selection.marks) == 3
        assert world.main.selection.anchor is None


async def test_shift_and_arrows_make_a_range_that_a_plain_movement_ends(library_path):
    async with running(library_path) as world:
        await world.keys("shift+down", "shift+down", "shift+up")
        assert "2 selected" in world.screen()
        await world.keys("j")
        assert not world.main.selection.any
        await world.keys("shift+down", "s")
        assert [world.main.papers.row_at(i).starred for i in range(4)] == [False, False, True, True]


async def test_star_and_tag_on_a_mixed_selection_add_first(library_path):
    async with running(library_path) as world:
        await world.keys("s", "ctrl+a", "s")
        assert world.main.showing.summary.counts["starred"] == 20
        await world.keys("ctrl+a", "s")
        assert world.main.showing.summary.counts["starred"] == 0
        await world.keys("t")
        await world.write("a")
        await world.keys("enter", "3", "t")
        assert "on 1 of 3" in world.screen()
        await world.keys("enter")
        assert [world.main.papers.row_at(i).tags for i in range(4)] == [("a",)] * 3 + [()]


async def test_repeating_the_last_change(library_path):
    async with running(library_path) as world:
        await world.keys(".")
        assert world.said == "nothing to repeat yet"
        await world.keys("w", ".", "2", ".")
        assert statuses(world, 5) == [Status.LATER] * 4 + [Status.UNREAD]
        await world.keys("s", "j", "s", "s", "k", ".")
        assert not world.row.starred, "the last change took a star away"
        await world.keys("t")
        await world.write("x")
        await world.keys("enter", "j", "j", ".", "m", ".")
        tagged = [row for row in world.main.papers._rows.values() if row.tags == ("x",)]
        assert len(tagged) == 2


async def test_priority(library_path):
    async with running(library_path) as world:
        await world.keys("+", "j", "+", "+", "k", "2", "+")
        first, second = (world.main.papers.row_at(i) for i in range(2))
        assert (first.priority, second.priority) == (Priority.B, Priority.A)
        assert "●B" in world.screen()
        await world.keys("u")
        assert world.main.papers.row_at(0).priority is Priority.C
        await world.keys("-", "-", "j", ":")
        await world.write("prio none")
        await world.keys("enter")
        priorities = [world.main.papers.row_at(i).priority for i in range(2)]
        assert priorities == [Priority.NONE, Priority.NONE]


async def test_skipping_the_rest(library_path):
    async with running(library_path) as world:
        await world.keys("w", "r", "X")
        counts = world.main.showing.summary.counts
        assert [counts[f"status {n}"] for n in range(5)] == [0, 1, 0, 1, 18]
        assert world.main.papers.cursor == 2, "only w and r moved the cursor"
        await world.keys("X")
        assert world.said == "nothing unread is left in this view"
        await world.keys("u")
        assert world.main.showing.summary.counts["status 0"] == 18


@pytest.mark.parametrize("answer", ["y", "n"])
async def test_many_papers_are_asked_for(library_path, many, answer):
    async with running(library_path, samples=False) as world:
        await world.keys("X")
        assert "Skip the remaining 900 unread papers" in world.screen()
        await world.keys(answer)
        assert world.main.showing.summary.counts["status 4"] == (900 if answer == "y" else 0)
        await world.keys("ctrl+a", "w")
        assert "900 papers?" in world.screen()
        await world.keys("escape")


@pytest.mark.parametrize(
    ("text", "told"),
    [("is:unread", False), ("number is:unread", False), ("-(number is:read)", None)],
)
async def test_those_of_a_long_range_that_left_the_view_are_told(library_path, many, text, told):
    """Where a row does not tell it as well: the library is asked for those at hand."""
    async with running(library_path, samples=False) as world:
        papers = world.main.papers
        await world.keys("g", "a", "/")
        await world.write(text)
        await world.keys("enter")
        await world.until(lambda: len(papers.ids) == 900, "all are shown")
        await world.keys("v", *"299", "j", "r", "y", "k")
        assert world.row.status is Status.READ
        assert world.main.showing.shown.holds(world.row) is told
        read = {row.id for row in papers.loaded() if row.status is Status.READ} & papers.near(0)
        assert read
        assert papers.settled & papers.near(0) == read
        await world.keys("g", "g")
        await world.until(lambda: papers.near(0) <= papers.settled, "so are those further off")
        await world.keys("ctrl+o")
        await world.keys("u")
        assert not papers.settled & papers.near(0)


async def test_verbs_in_the_text_mean_the_open_paper(library_path):
    async with running(library_path) as world:
        await world.keys("m", "m", "l", "s")
        assert world.row.starred
        assert world.main.showing.summary.counts["starred"] == 1
        assert len(world.main.selection.marks) == 2
