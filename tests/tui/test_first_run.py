import pytest

from reader.library.store import Store
from reader.model.paper import Status
from reader.tui.lesson import STEPS
from reader.tui.start import Begin
from tests.tui.world import running


def ticked(world):
    """The steps of the lesson that are ticked on the screen."""
    lines = [line for line in world.screen().splitlines() if "✓ done" in line]
    return {told for told in STEPS.values() if any(f" {told} " in line for line in lines)}


SIZES = [(120, 36), (80, 24)]
FIRST, SECOND, THIRD = "simon2026there", "anon2025objects", "pan2025cmt"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_first_run(library_path, size):
    """The first journey: read, star, decide, undo twice, tag; nothing is lost at the end."""
    async with running(library_path, size, begin=Begin(lesson=True)) as world:
        screen = world.screen()
        assert "Sample shelf" in screen
        assert "There Will Be a Scientific Theory" in screen
        assert "LEARN AS YOU GO" in screen
        assert (len(world.main.papers.ids), world.row.citekey) == (20, FIRST)

        await world.keys("j", "j")
        assert world.row.citekey == THIRD
        assert ticked(world) == {"move"}
        await world.keys("l")
        assert world.main.abstract.has_focus
        assert world.main.abstract.paper.row.citekey == THIRD
        assert "☆ star   ● ○ ◐ ✓ ·   + tag" in world.screen()
        await world.keys("h")
        assert world.main.papers.has_focus
        assert ticked(world) == {"move", "read the abstract"}

        await world.keys("s")
        assert world.row.starred
        assert world.said == f"starred “{world.row.title[:59]}…”"
        assert "★" in world.screen()
        assert "star it" in ticked(world)
        assert world.row.citekey == THIRD

        await world.keys("w")
        assert world.row_of(THIRD).status is Status.LATER
        assert world.main.papers.settled == {world.row_of(THIRD).id}
        assert world.main.showing.summary.counts["status 1"] == 1
        assert world.row.citekey not in (THIRD, SECOND)

        skipped = world.row.citekey
        await world.keys("x")
        assert world.row_of(skipped).status is Status.SKIPPED

        await world.keys("u")
        assert world.said.startswith("undid: skipped")
        assert "LEARN AS YOU GO" not in world.screen(), "the card says goodbye"
        await world.keys("u")
        assert world.said.startswith("undid: marked later")
        assert world.row_of(skipped).status is Status.UNREAD
        assert world.row_of(THIRD).status is Status.UNREAD
        assert world.row_of(THIRD).starred
        assert world.main.papers.settled == frozenset()
        assert world.main.showing.summary.counts["status 0"] == 20

        await world.keys("t")
        await world.write("the")
        await world.keys("escape")
        assert world.main.showing.summary.tags == ()
        tagged = world.row.citekey
        await world.keys("t")
        await world.write("the")
        await world.keys("enter")
        assert world.row_of(tagged).tags == ("the",)
        assert [tag.name for tag in world.main.showing.summary.tags] == ["the"]
        await world.keys("?")
        await world.write("export")
        assert "the list" in world.screen()
        await world.keys("enter")
        assert world.main.prompt.mode, "the action asks where to"
        await world.keys("escape", "q")
    store = Store(library_path)
    state = {row.citekey: row for row in store.rows([store.find(THIRD), store.find(tagged)])}
    assert state[THIRD].starred
    assert state[tagged].tags == ("the",)
    assert store.check() == []
    store.close()


async def test_the_next_start_is_where_one_was(library_path):
    async with running(library_path) as world:
        await world.keys("g", "a", "1", "5", "j", "k")
        before = (world.row.citekey, world.main.papers.scroll_offset.y, world.main.showing.shown)
        await world.keys("q")
    async with running(library_path) as world:
        again = (world.row.citekey, world.main.papers.scroll_offset.y, world.main.showing.shown)
        assert again == before


async def test_without_samples_the_library_is_empty_and_says_what_next(library_path):
    async with running(library_path, samples=False) as world:
        assert "Your library is empty." in world.screen()
        assert "A   adds papers" in world.screen()
        assert "F   follows feeds" in world.screen()
        for key in ("j", "s", "w", "t", "l", "o", "y", "y", "G", "space", "n", "x", "u"):
            await world.keys(key)
        assert world.said == "nothing to undo"


async def test_the_samples_are_taken_away_and_brought_back(library_path):
    async with running(library_path) as world:
        await world.keys(":")
        await world.write("remove-samples")
        await world.keys("enter")
        assert world.said == "removed the sample shelf: 20 papers"
        assert "Your library is empty." in world.screen()
        await world.keys("u")
        assert len(world.main.papers.ids) == 20
        assert "Sample shelf" in world.screen()
