"""The query language on the screen: find, filter, completion, views, and what a search says."""

import pytest

from reader.library.store import Store
from reader.model.change import StarChange, StatusChange, TagChange, ViewSave
from reader.model.paper import Status
from reader.session import load_history
from reader.tui.app import ReaderApp
from reader.tui.start import Begin
from tests.tui.world import running


def prompt(world):
    return world.main.query_one("PromptInput").value


def told(world, label):
    """What the line of the search's insight says behind a label."""
    return next(line for line in world.screen().splitlines() if f" {label} " in line)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=str)
async def test_the_half_remembered_paper(library_path, size):
    """Journey: something about creativity, LaTeX, after 2020, not what was skipped."""
    async with running(library_path, size) as world:
        main = world.main
        await world.keys("f")
        await world.write("creat")
        assert "Matched in" in world.screen()
        assert main.abstract.insight.matched == {"title": 1, "abstract": 3}
        assert "title abstract" in world.screen()
        await world.write(" ye")
        await world.keys("tab")
        assert prompt(world) == "creat year:"
        await world.write("2024..")
        assert [row.citekey for row in map(main.papers.row_at, range(len(main.papers.ids)))] == [
            "kamb2024analytic",
            "pan2025cmt",
        ]
        assert "year:2024.. +1" in told(world, "Without")
        await world.write(" -is:skipped latex")
        assert len(main.papers.ids) == 0
        assert "latex +2" in told(world, "Without")
        for _ in range(6):
            await world.keys("backspace")
        await world.keys("down", "enter")
        assert main.papers.has_focus
        assert world.row.citekey == "pan2025cmt"
        assert "Matched in" in world.screen()
        await world.keys("escape")
        assert len(main.papers.ids) == 20
        assert "Matched in" not in world.screen()
        await world.keys("f")
        await world.write("creat")
        await world.keys("enter", "g", "i")
        assert "Matched in" not in world.screen()
        assert "title abstract" not in world.screen()


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (56, 16)])
async def test_an_error_keeps_the_last_good_result(library_path, size):
    async with running(library_path, size) as world:
        await world.keys("f")
        await world.write("scaling")
        shown = len(world.main.papers.ids)
        assert 1 < shown < 20
        await world.write(" is:stared")
        assert len(world.main.papers.ids) == shown
        assert "no such is: starred?" in world.screen()
        await world.keys("enter")
        assert world.main.prompt.mode == "f", "Enter is refused"
        await world.keys("tab")
        assert prompt(world) == "scaling is:starred"
        assert len(world.main.papers.ids) == 0
        await world.keys("escape")
        assert len(world.main.papers.ids) == 20


async def test_warnings_run(library_path):
    async with running(library_path) as world:
        await world.keys("/")
        await world.write("auther:simon")
        assert "unknown field, searched as text; author:?" in world.screen()
        await world.keys("tab")
        assert prompt(world) == "author:simon"
        assert len(world.main.papers.ids) == 1
        await world.keys("enter")
        assert world.row.citekey == "simon2026there"


async def test_completion_offers_what_exists_with_counts(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("theory")
        await world.keys("enter", "j", "t")
        await world.write("theory/deep")
        await world.keys("enter", "f")
        await world.write("tag:the")
        await world.keys("tab")
        assert prompt(world) == "tag:theory"
        assert "theory/deep 1" in world.screen()
        await world.keys("tab")
        assert prompt(world) == "tag:theory/deep"
        await world.keys("shift+tab")
        assert prompt(world) == "tag:theory"
        await world.keys("ctrl+u")
        await world.write("grok")
        await world.keys("tab")
        assert prompt(world) == "grokking"
        await world.keys("escape")


async def test_values_are_offered_while_one_types(library_path):
    async with running(library_path) as world:
        await world.keys("f")
        await world.write("year")
        assert len(world.main.papers.ids) == 0
        await world.write(":")
        assert len(world.main.papers.ids) == 20, "as if it were not there yet"
        assert "needs a value" not in world.screen()
        await world.keys("enter")
        assert world.main.prompt.mode == "f"
        assert "2025 6" in world.screen()
        await world.write("20")
        assert "2024 4" in world.screen()
        await world.keys("tab", "tab")
        assert prompt(world) == "year:2025"
        assert len(world.main.papers.ids) == 6


async def test_f1_shows_what_a_query_can_hold(library_path):
    async with running(library_path) as world:
        await world.keys("f")
        await world.write("scaling")
        await world.keys("f1")
        assert "What a query can hold" in world.screen()
        await world.write("publication year")
        await world.keys("enter")
        assert prompt(world) == "scaling year:"
        await world.write("2025")
        assert world.main.prompt.mode == "f"
        await world.keys("enter")
        assert world.main.showing.shown.sought == "scaling year:2025"


async def test_spelling_comes_from_the_library(library_path):
    async with running(library_path) as world:
        await world.keys("f")
        await world.write("grokkign")
        assert "Did you mean" in world.screen()
        assert "grokking" in world.screen()
        await world.keys("escape")
        assert world.main.abstract.insight is None


async def test_earlier_queries_come_back(library_path):
    async with running(library_path) as world:
        for text in ("scaling", "theory year:2024..", "scaling laws"):
            await world.keys("f")
            await world.write(text)
            await world.keys("enter")
        await world.until(lambda: len(load_history()) == 3, "three queries are remembered")
        assert load_history() == ["scaling laws", "theory year:2024..", "scaling"]
        await world.keys("f")
        await world.write("scal")
        await world.keys("ctrl+r")
        assert prompt(world) == "scaling laws"
        await world.keys("ctrl+r")
        assert prompt(world) == "scaling"
        await world.keys("ctrl+r", "enter")
        assert world.main.showing.shown.sought == "scaling"


async def test_a_query_becomes_a_view(library_path):
    async with running(library_path) as world:
        main = world.main
        await world.keys("f")
        await world.write("title:scaling")
        await world.keys("ctrl+s")
        await world.write("Scaling Laws")
        await world.keys("enter")
        assert world.said == "saved view Scaling Laws"
        assert [(view.name, view.text) for view in main.showing.summary.views] == [
            ("scaling laws", "title:scaling")
        ]
        assert "1 scaling" in world.screen()
        await world.keys("g", "i", "g", "1")
        assert main.showing.shown.view.name == "scaling laws"
        assert len(main.papers.ids) == 4
        await world.keys("w")
        assert len(main.papers.ids) == 4
        await world.keys("alt+1", "u", "u")
        await world.until(lambda: not main.showing.summary.views, "the view is undone")
        await world.keys("g", "1")
        assert "no view 1" in world.said


async def test_a_view_gets_another_name_and_query_in_one_step(library_path):
    async with running(library_path) as world:
        await world.write("gaf")
        await world.write("scal")
        await world.keys("ctrl+s")
        await world.write("mine")
        await world.keys("enter")
        view = world.main.showing.summary.views[0]
        world.main.viewing.edited(view, "yours = newton")
        await world.idle()
        view = world.main.showing.summary.views[0]
        assert (view.name, view.text) == ("yours", "newton")
        await world.keys("u")
        view = world.main.showing.summary.views[0]
        assert (view.name, view.text) == ("mine", "scal")


async def test_views_are_counted_and_gone_to_by_name(library_path):
    async with running(library_path) as world:
        main = world.main
        await world.keys("s", "j", "s", ":")
        await world.write("save-view mine")
        await world.keys("enter", ":")
        await world.write("view star")
        await world.keys("enter")
        assert main.showing.shown.view.name == "starred"
        assert main.showing.count_of(main.showing.shown.view) == 2
        await world.keys("/")
        await world.write("year:2026")
        await world.keys("enter", ":")
        await world.write("save-view starred this year")
        await world.keys("enter", "g", "2")
        assert main.showing.shown.view.text == "in:starred year:2026"
        assert len(main.papers.ids) == 1
        await world.until(lambda: main.showing.count_of(main.showing.shown.view) == 1, "counted")
        await world.keys(":")
        await world.write("view nonsense")
        await world.keys("enter")
        assert "no view is called nonsense" in world.said


async def test_a_row_that_the_query_no_longer_means_is_dimmed(library_path):
    async with running(library_path) as world:
        main = world.main
        await world.keys("f")
        await world.write("theory OR is:unread")
        await world.keys("enter")
        known = main.papers.ids
        theory = next(place for place, paper in enumerate(known)
                      if "theory" in main.papers.row_at(place).title.lower())  # fmt: skip
        other = next(place for place in range(len(known))
                     if main.papers.row_at(place).citekey == "anon2018newton")  # fmt: skip
        main.papers.move(theory)
        await world.keys("w")
        main.papers.move(other)
        await world.keys("w")
        assert main.papers.settled == {known[other]}
        await world.keys("u")
        assert main.papers.settled == frozenset()


async def test_the_screen_can_begin_with_a_view_or_a_search(library_path):
    async with running(library_path) as world:
        library, place = world.main.library, world.main.place
        app = ReaderApp(library, place, Begin(find="creat diff"))
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            await world.until(lambda: len(app.main.papers.ids) == 2, "the search is shown")
            assert app.main.showing.shown.sought == "creat diff"


async def test_the_trash_is_a_view_that_comes_and_goes(library_path):
    async with running(library_path) as world:
        main = world.main
        first = world.row.citekey
        assert "Trash" not in world.screen()
        await world.keys("D")
        assert world.said.startswith("moved to the trash")
        assert len(main.papers.settled) == 1
        await world.keys("ctrl+l")
        assert len(main.papers.ids) == 19
        assert "Trash" in world.screen()
        await world.keys("f")
        await world.write("there will be a scientific")
        assert len(main.papers.ids) == 0
        await world.keys("escape", ":")
        await world.write("view trash")
        await world.keys("enter")
        assert world.row.citekey == first
        await world.keys(":")
        await world.write("untrash")
        await world.keys("enter", "g", "i")
        assert len(main.papers.ids) == 20


async def test_data_is_edited_with_its_sources(library_path):
    async with running(library_path) as world:
        await world.keys("I")
        assert "arxiv-listing" in world.screen()
        await world.keys("down", "down", "down", "enter")
        await world.write("Proceedings of ICML")
        await world.keys("enter")
        await world.until(lambda: "edited venue" in world.said, "said")
        await world.until(lambda: "Proceedings of ICML" in world.screen(), "shown")
        await world.keys("I", "down", "down", "enter")
        await world.keys(*["backspace"] * 12)
        await world.write("20x6")
        await world.keys("enter")
        assert "not a date" in world.screen()
        await world.keys("escape", "escape", "u")
        await world.until(lambda: "undid: edited venue" in world.said, "undone")
    store = Store(library_path)
    assert next(store.papers([store.find("simon2026there")])).venue == ""
    store.close()


async def test_another_program_changes_views_tags_and_papers(library_path):
    async with running(library_path) as world:
        other = Store(library_path)
        paper = other.find("kamb2024analytic")
        other.apply(ViewSave("theirs", "is:starred"))
        other.apply(StarChange((paper,), starred=True))
        other.apply(TagChange((paper,), add=("theirs",)))
        other.apply(StatusChange((paper,), Status.LATER))
        main = world.main
        await world.until(lambda: main.showing.summary.views, "the view is seen")
        await world.until(lambda: world.row_of("kamb2024analytic").starred, "the star is seen")
        await world.until(lambda: "1 theirs" in world.screen(), "the sidebar tells")
        other.close()
