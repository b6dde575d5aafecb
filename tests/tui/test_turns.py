"""Keys mean what was asked for before them, however fast they come."""

import asyncio
import json
import threading

import pytest

from reader.config import Settings
from reader.library.library import Library
from reader.library.store import Store
from reader.model.change import MetadataChange, StatusChange
from reader.model.paper import Author, Fields, PaperDraft, SourceRecord, Status
from reader.tui.keymap import Bindings, make_keymap
from reader.tui.screens import previewing, showing
from reader.tui.start import Begin
from tests.tui.test_commands import command, count
from tests.tui.world import running


def macros(**commands):
    return Begin(keymap=make_keymap("vim", Bindings({}, commands)))


async def test_keys_behind_a_view_mean_its_papers(library_path):
    async with running(library_path) as world:
        await world.keys("j", "j", "j", "w", "g", "g")
        later = next(row.citekey for row in world.main.papers._rows.values()
                     if row.status is Status.LATER)  # fmt: skip
        await world.pilot.press("g", "l", "x")
        await world.idle()
        assert world.row_of(later).status is Status.SKIPPED
        assert count(world, Status.SKIPPED) == 1


async def test_keys_behind_a_filter_mean_what_it_found(library_path):
    async with running(library_path) as world:
        await world.pilot.press("/", *"creativity", "enter", "x")
        await world.idle()
        assert world.row_of("kamb2024analytic").status is Status.SKIPPED
        await world.pilot.press("\\", "/", *"zzzz", "enter", "x")
        await world.idle()
        assert count(world, Status.SKIPPED) == 1


async def test_the_commands_of_a_macro_mean_the_same_papers(library_path):
    begin = macros(f="later; tag +followup", v="view later; skip", m="tag +x; star")
    async with running(library_path, begin=begin) as world:
        first = world.row.citekey
        await world.keys(",", "f")
        assert (world.row_of(first).tags, world.main.papers.cursor) == (("followup",), 1)
        await world.keys("2", "m", ",", "m")
        assert world.main.showing.summary.counts["starred"] == 2
        await world.keys("g", "g", ",", "v")
        assert world.row_of(first).status is Status.SKIPPED
        assert count(world, Status.SKIPPED) == 1


async def test_a_count_before_a_macro_is_that_of_its_papers(library_path):
    begin = macros(f="tag +followup; later", v="view all; star")
    async with running(library_path, begin=begin) as world:
        await world.keys("3", ",", "f")
        assert count(world, Status.LATER) == 3
        assert world.main.showing.summary.tags[0].papers == 3
        await world.keys("2", ",", "v")
        assert world.main.showing.summary.counts["starred"] == 1, "it was for what was there"


async def test_what_a_macro_did_is_done_again_whole(library_path):
    begin = macros(f="star; tag +followup; later", v="view later; help")
    async with running(library_path, begin=begin) as world:
        await world.keys(",", "f", ".", "2", ".")
        counts, tags = world.main.showing.summary.counts, world.main.showing.summary.tags
        assert (counts["starred"], tags[0].papers, count(world, Status.LATER)) == (4, 4, 4)
        await world.keys("x", ".")
        assert count(world, Status.SKIPPED) == 2
        assert world.main.showing.summary.counts["starred"] == 4
        await world.keys(",", "v", "escape", "g", "g", ".")
        assert count(world, Status.SKIPPED) == 3


async def test_what_pages_the_abstract_waits_for_it(library_path, monkeypatch):
    monkeypatch.setattr(previewing, "TOGETHER", 0.3)
    async with running(library_path, size=(120, 20)) as world:
        await world.pilot.press("j", "j", "j", "space", "s")
        await world.idle()
        assert world.main.papers.cursor == 3
        assert world.row.starred
        assert world.main.abstract.paper.row.id == world.row.id
        assert world.main.abstract.scroll_offset.y > 0


async def test_undoing_what_is_far_away_leaves_the_cursor_in_sight(library_path):
    async with running(library_path, size=(120, 20)) as world:
        papers = world.main.papers
        await world.keys("G", "s", "g", "g", "u")
        assert world.said.startswith("undid")
        assert (papers.cursor, papers.scroll_offset.y) == (0, 0)
        await world.keys("j", "j", "s", "g", "g", "u")
        assert papers.scroll_offset.y == 0


async def test_a_range_ends_when_other_papers_are_shown(library_path):
    async with running(library_path) as world:
        await world.keys("9", "j", "v", "j", "/")
        await world.write("model")
        await world.keys("enter")
        assert not world.main.selection.any
        await world.keys("\\", "x", "ctrl+l", "j", "v", "j", "u")
        assert not world.main.selection.any


async def test_a_command_given_in_the_text_means_the_open_paper(library_path):
    async with running(library_path) as world:
        await world.keys("2", "m", "j", "l")
        here = world.row.citekey
        await command(world, "star")
        assert [row.citekey for row in world.main.papers._rows.values() if row.starred] == [here]
        assert len(world.main.selection.marks) == 2
        assert world.main.abstract.has_focus


async def test_a_range_stays_with_the_value_that_is_asked_for(library_path):
    async with running(library_path) as world:
        await command(world, "1,3 prio")
        assert world.main.prompt.text == "1,3 prio "
        await world.write("A")
        await world.keys("enter")
        assert [world.main.papers.row_at(i).priority.name for i in range(4)] == [*"AAA", "NONE"]
        await world.keys("2", "m", ":")
        await world.write("%unstar")
        await world.keys("enter")
        assert world.said == "nothing to change"


async def test_a_view_saved_while_typing_is_what_was_typed(library_path):
    async with running(library_path) as world:
        await world.pilot.press("f", *"theory", "ctrl+s", *"mine", "enter")
        await world.idle()
        assert [view.text for view in world.main.showing.summary.views] == ["theory"]


async def test_nothing_is_done_where_nothing_can_be_seen(library_path):
    async with running(library_path) as world:
        await world.keys("l")
        await world.pilot.resize_terminal(30, 8)
        await world.keys("j", "s", "J", "x")
        await world.pilot.resize_terminal(120, 36)
        await world.idle()
        assert world.main.showing.summary.counts["starred"] == 0
        assert world.main.papers.cursor == 0
        assert world.main.scope.name == "TEXT"


async def test_the_whole_view_is_the_whole_view_while_it_loads(library_path):
    store = Store(library_path)
    store.import_drafts(
        [PaperDraft((SourceRecord("arxiv", str(n), "now", "f", Fields(title=f"Paper {n}")),))
         for n in range(6000)], "many",
    )  # fmt: skip
    store.close()
    async with running(library_path, samples=False) as world:
        await world.pilot.press("g", "a", "ctrl+a")
        await world.idle()
        assert len(world.main.selection.marks) == 6000
        await world.keys("escape")
        await world.pilot.press("g", "a", "G")
        await world.idle()
        assert world.main.papers.cursor == 5999


async def test_a_shorter_abstract_does_not_break_the_reading_cursor(library_path):
    async with running(library_path) as world:
        await world.keys("l", ")", ")", ")", ")", ")", "z", "m", "z", "m", ")", ")", ")", ")")
        change = MetadataChange(world.row.id, (("abstract", "Short."),))
        world.main.deciding.change(change)
        await world.idle()
        world.main.previewing.now()
        await world.idle()
        assert world.main.abstract.quotation == ""
        await world.keys("y", "y", ")", "y", "y")
        assert world.main.abstract.quotation == "Short."


async def test_hostile_names_under_the_mouse(library_path):
    store = Store(library_path)
    fields = Fields(title="Title", authors=(Author("A [/foo] B"), Author("[@click=app.quit]x[/]")))
    store.import_drafts([PaperDraft((SourceRecord("arxiv", "1", "now", "f", fields),))], "x")
    store.apply(StatusChange((1,), Status.UNREAD))
    store.close()
    async with running(library_path, samples=False) as world:
        spots = [one for one in world.main.abstract.page.spots if one.action.startswith("author:")]
        assert len(spots) == 2
        for spot in spots:
            await world.pilot.hover(world.main.abstract, offset=(spot.start + 2, spot.line))
            await world.pilot.pause(0.4)
            assert world.app.is_running
        await world.pilot.click(world.main.abstract, offset=(spots[0].start + 2, spots[0].line))
        await world.idle()
        assert len(world.main.papers.ids) == 1


@pytest.mark.parametrize("delay", [0, 1])
async def test_the_popup_of_a_prefix(library_path, delay):
    begin = Begin(settings=Settings(keys_whichkey_delay=delay))
    async with running(library_path, begin=begin) as world:
        await world.keys("g")
        await world.until(lambda: "changes" in world.screen(), "what may follow is shown")
        await world.keys("escape")
        assert not world.main.which_key.display


async def test_long_texts_in_the_palette(library_path):
    async with running(library_path) as world:
        await world.keys("ctrl+p")
        world.app.screen.entry.value = "theory " * 2000
        await world.idle()
        await world.keys("escape")
        assert world.app.is_running


async def test_the_cursor_of_the_sidebar_stays_in_its_section(library_path):
    async with running(library_path) as world:
        await command(world, "tag +survey")
        for name, query in (("one", "scaling"), ("two", "theory"), ("three", "theory")):
            await command(world, f"find {query}")
            await command(world, f"save-view {name}")
        await world.keys("g", "2", "h", "D")
        assert world.main.sidebar.chosen.name == "three"
        await world.keys("D")
        assert world.main.sidebar.chosen.name == "one"
        await world.keys("D")
        assert world.main.sidebar.chosen.name == "all"
        await world.keys("D")
        assert not world.main.showing.summary.views
        assert [tag.name for tag in world.main.showing.summary.tags] == ["survey"]


async def test_a_view_is_edited_moved_and_deleted_in_the_sidebar(library_path):
    async with running(library_path) as world:
        for name, query in (("one", "scaling"), ("two", "theory")):
            await command(world, f"find {query}")
            await command(world, f"save-view {name}")
        await world.keys("g", "1", "h", "e")
        assert world.main.prompt.text == "one = scaling"
        await world.keys("ctrl+u")
        await world.write("first = creativity")
        await world.keys("enter")
        views = world.main.showing.summary.views
        assert [(view.name, view.text) for view in views] == [("first", "creativity"),
                                                              ("two", "theory")]  # fmt: skip
        assert world.main.showing.shown.view.text == "creativity"
        assert [row.citekey for row in world.main.papers.loaded()
                if row.id in world.main.papers.ids] == ["kamb2024analytic"]  # fmt: skip
        await world.keys("-")
        assert [view.name for view in world.main.showing.summary.views] == ["two", "first"]
        await world.keys("D")
        assert [view.name for view in world.main.showing.summary.views] == ["two"]
        assert world.main.showing.shown.view.name == "inbox"
        await world.keys("u")
        assert len(world.main.showing.summary.views) == 2
        await command(world, "delete-view")
        await world.keys("l")
        await command(world, "delete-view")
        assert "in the sidebar" in world.said


async def test_mapping_a_key_keeps_those_that_are_there(library_path, tmp_path):
    begin = Begin(config=str(tmp_path / "config.toml"))
    async with running(library_path, begin=begin) as world:
        await command(world, "map ctrl+k skip")
        await world.until(lambda: "now" in world.said, "taken")
        await world.keys("x", "ctrl+k")
        assert count(world, Status.SKIPPED) == 2
        await command(world, "map ctrl+i skip")
        assert "terminals cannot send" in world.said
        await command(world, "map g skip")
        assert "cannot begin another" in world.said
        kept = (tmp_path / "keys.toml").read_text()
        assert json.loads(kept.partition("=")[2].strip()) == ["x", "ctrl+k"]


@pytest.mark.parametrize(
    ("key", "status", "starred"),
    [("s", Status.UNREAD, True), ("r", Status.READ, False), ("x", Status.SKIPPED, False)],
)
@pytest.mark.parametrize("view", ["a", "i"])
async def test_a_change_made_while_another_list_comes_is_seen_there(
    library_path, monkeypatch, view, key, status, starred
):
    """The rows were read before it, and are shown behind it."""
    async with running(library_path) as world:
        over, read, gate, rows = threading.Event(), asyncio.Event(), asyncio.Event(), Library.rows

        async def held(library, ids):
            found = await rows(library, ids)
            if len(ids) > 1:
                read.set()
                await gate.wait()
            return found

        main, paper = world.main, world.row.id
        monkeypatch.setattr(showing, "_PATIENCE", 0.05)
        world.app.library._writer.submit(lambda _store: over.wait(30))
        await world.pilot.press(key)
        monkeypatch.setattr(Library, "rows", held)
        await world.pilot.press("g", view)
        await world.until(read.is_set, "the rows are read")
        assert main.pending[paper]
        over.set()
        await world.until(lambda: not main.pending[paper], "the change is made")
        gate.set()
        await world.idle()
        shown = {row.id: row for row in main.papers.loaded()}
        if view == "a" or paper in shown:
            assert (shown[paper].status, shown[paper].starred) == (status, starred)
        gone = view == "i" and status is not Status.UNREAD
        assert gone is (paper not in main.papers.ids or paper in main.papers.settled)


async def test_what_the_wheel_scrolled_away_comes_back_with_the_next_key(library_path):
    async with running(library_path, size=(120, 20)) as world:
        papers = world.main.papers
        for key in ("g", "k", "s"):
            papers.scroll_to(y=30, animate=False, immediate=True)
            await world.idle()
            assert papers.above < 0
            await world.keys(key, *("g" if key == "g" else ""))
            assert papers.above >= 0, key
            assert papers.cursor == 0


async def test_commands_that_take_no_range_are_done_with_papers_marked(library_path):
    async with running(library_path) as world:
        await world.keys("m", "m", ":")
        assert world.main.prompt.text == "'<,'>"
        await world.write("merge")
        await world.keys("enter")
        assert "range" not in world.said
        assert world.main.dialog is not None


async def test_more_undos_than_changes_say_how_many_there_were(library_path):
    async with running(library_path) as world:
        await world.keys("s", "j", "s")
        await command(world, "undo 1999")
        assert world.said == "undid 2 changes: there are no more"
        await command(world, "redo 2")
        assert world.main.showing.summary.counts["starred"] == 2
        await command(world, "redo 4")
        assert world.said == "nothing to redo"
        await world.keys("a")
        assert "in the sidebar (h) it is “save view”" in world.said


async def test_what_changes_nothing_offers_no_undo(library_path):
    async with running(library_path) as world:
        for _ in range(2):
            await command(world, "find theory")
            await command(world, "save-view one")
        assert world.said == "nothing to change"
        assert "undoes" not in world.screen().splitlines()[-2]


async def test_letters_that_waited_come_before_those_typed_at_the_prompt(library_path):
    async with running(library_path) as world:
        main = world.main
        main.turns.asked()
        for key in "/scal":
            main.typing.in_turn(key)
        assert main.prompt.mode == ""
        main.turns.whole()
        assert main.prompt.text == "scal", "each letter asks for other papers; none waits for them"
        await world.keys(*"ing", "enter")
        assert main.showing.shown.filter == "scaling"
        assert len(main.papers.ids) == 7
