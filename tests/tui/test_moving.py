import pytest
from textual import events

from reader.tui.screens.library import LibraryScreen
from tests.tui.world import running


async def test_movement(library_path):
    async with running(library_path) as world:
        papers = world.main.papers
        moves = {
            ("5", "j"): 5, ("2", "k"): 3, ("G",): 19, ("g", "g"): 0, ("1", "2", "G"): 11,
            ("home",): 0, ("end",): 19, ("up",): 18, ("down",): 19, ("j",): 19,
        }  # fmt: skip
        for keys, index in moves.items():
            await world.keys(*keys)
            assert papers.cursor == index, keys
        await world.keys("g", "g", "ctrl+d")
        assert papers.cursor == papers.page // 2
        await world.keys("ctrl+u")
        assert papers.cursor == 0
        await world.keys("pagedown", "pageup")
        assert papers.cursor == 0


async def test_the_abstract_follows_the_cursor(library_path):
    async with running(library_path) as world:
        for key in "jjjkG":
            await world.keys(key)
            await world.until(
                lambda: world.main.abstract.paper.row.id == world.row.id, "the abstract follows"
            )


async def test_the_abstract_scrolls_from_the_list(library_path):
    async with running(library_path, (80, 24)) as world:
        abstract = world.main.abstract
        await world.keys("J", "J")
        assert abstract.scroll_offset.y == 6
        await world.keys("K")
        assert abstract.scroll_offset.y == 3
        first = world.row.citekey
        for _ in range(20):
            await world.keys("space")
            if world.row.citekey != first:
                break
        assert world.main.papers.cursor == 1
        assert abstract.scroll_offset.y == 0


async def test_panes_from_left_to_right(library_path):
    async with running(library_path) as world:
        main = world.main
        await world.keys("h")
        assert main.sidebar.has_focus
        await world.keys("j", "j", "l")
        assert main.papers.has_focus
        assert main.showing.shown.view.name == "reading"
        assert "No papers in Reading yet." in world.screen()
        await world.keys("tab")
        assert main.abstract.has_focus
        await world.keys("shift+tab", "shift+tab")
        assert main.sidebar.has_focus


async def test_the_list_has_the_focus_when_the_terminal_was_left_while_it_came(
    library_path, monkeypatch
):
    """Terminals that are asked to tell of it do so at once where they are not looked at."""
    compose = LibraryScreen.compose

    def left(screen):
        screen.app.app_focus = False  # what `AppBlur` does
        return compose(screen)

    monkeypatch.setattr(LibraryScreen, "compose", left)
    async with running(library_path) as world:
        assert not world.app.app_focus
        world.app.post_message(events.AppFocus())
        await world.until(lambda: world.app.app_focus, "the terminal is looked at again")
        assert world.main.papers.has_focus
        await world.keys("j")
        assert world.main.papers.cursor == 1


async def test_next_unread(library_path):
    async with running(library_path) as world:
        await world.keys("g", "a", "j", "x", "k", "k")
        assert world.main.papers.cursor == 0
        await world.keys("n")
        assert world.main.papers.cursor == 2
        await world.keys("N")
        assert world.main.papers.cursor == 0
        await world.keys("N")
        assert world.said == "no unread paper above"


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        ((120, 36), "sidebar list abstract"),
        ((200, 50), "sidebar list abstract"),
        ((100, 30), "list abstract"),
        ((80, 24), "list abstract"),
        ((56, 16), "list"),
        ((130, 16), "list"),
    ],
    ids=str,
)
async def test_the_layouts(library_path, size, shown):
    async with running(library_path, size) as world:
        main = world.main
        panes = {"sidebar": main.sidebar, "list": main.papers, "abstract": main.abstract}
        assert {name for name, pane in panes.items() if pane.size.width} == set(shown.split())
        await world.keys("l")
        assert "☆ star   ● ○ ◐ ✓ ·   + tag" in world.screen()
        await world.keys("h", "h")
        assert main.sidebar.has_focus
        assert main.sidebar.size.width
        await world.keys("j", "enter")
        assert main.papers.has_focus
        assert main.showing.shown.view.name == "later"


async def test_too_small_says_so(library_path):
    async with running(library_path, (36, 9)) as world:
        assert "needs 40×10" in world.screen()
        await world.pilot.resize_terminal(80, 24)
        await world.idle()
        assert "There Will Be" in world.screen()


async def test_settled_rows_stay_until_refreshed(library_path):
    async with running(library_path) as world:
        papers = world.main.papers
        first = world.row.citekey
        await world.keys("x", "r", "i")
        assert (len(papers.ids), len(papers.settled), papers.cursor) == (20, 3, 3)
        here = world.row.citekey
        await world.keys("ctrl+l")
        assert (len(papers.ids), papers.settled, world.row.citekey) == (17, frozenset(), here)
        await world.keys("g", "a")
        assert len(papers.ids) == 20
        assert world.row.citekey == first


async def test_a_count_decides_so_many_as_one_step(library_path):
    async with running(library_path) as world:
        await world.keys("5", "x")
        assert (world.main.papers.cursor, world.main.showing.summary.counts["status 4"]) == (5, 5)
        assert world.said == "skipped 5 papers"
        await world.keys("u")
        assert world.main.showing.summary.counts["status 4"] == 0
        assert world.main.papers.cursor == 5
        await world.keys("ctrl+r")
        assert world.main.showing.summary.counts["status 4"] == 5
