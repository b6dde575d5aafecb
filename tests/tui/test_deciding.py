import asyncio
import dataclasses
import sys
from concurrent.futures import Future

import pytest
from rich.cells import cell_len

from reader.errors import DiskError
from reader.library.store import Store
from reader.model.change import StarChange, TagChange
from reader.model.identifiers import Identifier
from reader.model.paper import Fields, PaperDraft, SourceRecord, Status
from reader.model.text import clean
from reader.tui.glyphs import ASCII, UNICODE
from tests.strategies import HOSTILE, HOSTILE_TITLE
from tests.tui.world import running


@pytest.mark.parametrize(
    ("key", "status"),
    [("w", Status.LATER), ("i", Status.READING), ("r", Status.READ), ("x", Status.SKIPPED)],
)
async def test_status_keys_set_and_move_on(library_path, key, status):
    async with running(library_path) as world:
        first = world.row.citekey
        await world.keys(key)
        assert world.row_of(first).status is status
        assert world.main.papers.cursor == 1
        await world.keys("k", key)
        assert world.row_of(first).status is status
        assert world.said == f"already {status.word}"
        await world.keys("k", "U")
        assert world.row_of(first).status is Status.UNREAD
        assert world.main.papers.cursor == 0


async def test_star_toggles_and_stays(library_path):
    async with running(library_path) as world:
        await world.keys("s")
        assert world.row.starred
        await world.keys("s")
        assert not world.row.starred
        await world.keys("s", "3", "s")
        assert [world.main.papers.row_at(i).starred for i in range(4)] == [True, True, True, False]
        await world.keys("3", "s")
        assert not world.row.starred
        assert world.main.papers.cursor == 0


@pytest.mark.parametrize("size", [(120, 36), (80, 24)], ids=str)
async def test_the_controls_answer_the_mouse(library_path, size):
    async with running(library_path, size) as world:
        abstract = world.main.abstract

        async def click(action):
            spot = next(one for one in abstract.page.spots if one.action == action)
            border = abstract.styles.border_left[0] != "", abstract.styles.border_top[0] != ""
            x, y = spot.start + 1 + border[0], spot.line + border[1]
            await world.pilot.click(abstract, offset=(x, y))
            await world.idle()

        paper = world.row.citekey
        await click("paper.star")
        assert world.row_of(paper).starred
        await click("paper.reading")
        assert world.row_of(paper).status is Status.READING
        await click("paper.tag")
        assert world.app.screen is not world.main
        await world.keys("escape")


async def test_the_mouse_in_the_list_the_sidebar_and_the_footer(library_path):
    async with running(library_path) as world:
        main = world.main
        await world.pilot.click(main.papers, offset=(5, 7))
        await world.idle()
        assert main.papers.cursor == 2
        await world.pilot.click(main.papers, offset=(5, 7), times=2)
        await world.idle()
        assert main.abstract.has_focus
        await world.pilot.click(main.sidebar, offset=(3, 8))
        await world.idle()
        assert main.showing.shown.view.name == "all"
        hint = next(one for one in main.footer._hints if one.action == "paper.star")
        await world.pilot.click(main.footer, offset=(hint.start, 0))
        await world.idle()
        assert world.row.starred


async def test_tags_are_completed_created_toggled_and_removed(library_path):
    async with running(library_path) as world:
        for text in ("theory/learning", "rl"):
            await world.keys("t")
            await world.write(text)
            await world.keys("enter")
        assert world.row.tags == ("rl", "theory/learning")
        assert "■ rl" in world.screen()
        await world.keys("j", "t")
        await world.write("lea")
        await world.keys("tab", "enter")
        assert world.row.tags == ("theory/learning",)
        await world.keys("t")
        await world.write("Deep Learning, video -theory/learning")
        await world.keys("enter")
        assert world.row.tags == ("deep learning", "video")
        await world.keys("t")
        await world.write("video")
        await world.keys("enter")
        assert world.row.tags == ("deep learning",)
        await world.keys("t")
        await world.write("a//b,")
        await world.keys("enter")
        assert "not a tag" in world.screen()
        await world.keys("escape")
        counts = {tag.name: tag.papers for tag in world.main.showing.summary.tags}
        assert counts == {"deep learning": 1, "rl": 1, "theory/learning": 1}
        await world.keys("5", "u")
        assert world.main.showing.summary.tags == ()


async def test_a_tag_of_the_sidebar_is_a_view(library_path):
    async with running(library_path) as world:
        await world.keys("t")
        await world.write("rl")
        await world.keys("enter", "h", "G", "enter")
        assert world.main.showing.shown.view.name == "#rl"
        assert len(world.main.papers.ids) == 1
        await world.keys("t")
        await world.write("rl")
        await world.keys("enter")
        assert len(world.main.papers.settled) == 1


async def test_copying(library_path):
    async with running(library_path) as world:
        clips = []
        world.app.copy_to_clipboard = clips.append
        await world.keys("y", "y", "y", "t", "y", "b", "y", "u")
        assert clips[0] == "\\cite{simon2026there}"
        assert clips[1] == "There Will Be a Scientific Theory of Deep Learning"
        assert clips[2].startswith("@misc{simon2026there,")
        assert len(clips) == 3
        assert world.said == "no link known for this paper; y t copies its title"


async def test_opening_passes_one_checked_argument(library_path, tmp_path, monkeypatch):
    said = tmp_path / "argv"
    script = tmp_path / "browser.py"
    script.write_text(f"import sys; open({str(said)!r}, 'w').write(repr(sys.argv[1:]))")
    monkeypatch.setenv("BROWSER", f"{sys.executable} {script}")
    store = Store(library_path)
    links = ("javascript:alert(1)", "file:///etc/passwd", "https://example.org/a b", "--version",
             "https://user@example.org/", "https://example.org/page")  # fmt: skip
    fields = Fields(title="With links", urls=links)
    store.import_drafts([PaperDraft((SourceRecord("arxiv", "1", "now", "f", fields),))], "x")
    store.close()
    async with running(library_path) as world:
        await world.keys("o")
        await world.until(said.exists, "the browser was started")
        await world.until(
            lambda: said.read_text() == "['https://example.org/page']", "its argument"
        )


async def test_without_a_browser_the_link_is_copied(library_path, monkeypatch):
    monkeypatch.setenv("BROWSER", "/nonexistent/browser; touch pwned")
    async with running(library_path) as world:
        await world.keys("o")
        assert world.said.startswith("no browser found; copied https://arxiv.org/search/")


async def test_seen_is_noted_but_is_no_change(library_path, monkeypatch):
    monkeypatch.setattr("reader.tui.screens.previewing.SEEN_AFTER", 0.05)
    async with running(library_path) as world:
        await world.keys("j")
        await world.until(lambda: world.row.seen, "the paper was seen")
        await world.idle()
        await world.keys("u")
        assert world.said == "nothing to undo"
        assert world.row.status is Status.UNREAD


async def test_changes_of_another_program_are_noticed(library_path):
    async with running(library_path) as world:
        paper = world.row.id
        await asyncio.sleep(1.2)  # the first look only learns where the library stands
        store = Store(library_path)
        store.apply(StarChange((paper,), starred=True))
        store.apply(TagChange((paper,), add=("elsewhere",)))
        store.close()
        await world.until(lambda: world.row.tags == ("elsewhere",), "the tag was noticed")
        assert world.row.starred
        assert world.main.showing.summary.tags[0].name == "elsewhere"


async def test_a_failed_change_is_said_and_taken_back(library_path, monkeypatch):
    async with running(library_path) as world:

        def refuse(_change):
            failed = Future()
            failed.set_exception(DiskError(library_path, "database or disk is full"))
            return failed

        monkeypatch.setattr(world.main.library, "apply", refuse)
        await world.keys("s")
        await world.until(lambda: "disk is full" in world.said, "the failure is said")
        await world.until(lambda: not world.row.starred, "the star is taken back")


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (56, 16)], ids=str)
async def test_hostile_text_shows_as_written_and_does_nothing(library_path, size):
    store = Store(library_path)
    for number, text in enumerate(HOSTILE):
        fields = Fields(title=clean(text) or "empty", abstract=clean(text) * 3,
                        identifiers=(Identifier("arxiv", f"2301.{number:05}"),))  # fmt: skip
        record = SourceRecord("arxiv", str(number), "now", "f", fields)
        store.import_drafts([PaperDraft((record,))], "x")
    store.close()
    async with running(library_path, size) as world:
        world.main.papers.move(world.main.papers.index_of(1))
        await world.idle()
        assert world.main.abstract.paper.row.title == HOSTILE_TITLE
        await world.keys("l")
        assert "On [0, 1) and [/b] [@click=app.quit]" in world.screen()
        await world.keys("h")
        for key in ("s", "t", "escape", "w", "u", "u", "y", "t", "?", "escape", "/", "[", "enter"):
            await world.keys(key)
        for _ in range(len(HOSTILE)):
            await world.keys("j")
        assert world.app.is_running


def test_glyphs_are_one_cell():
    for signs in (UNICODE, ASCII):
        values = [getattr(signs, one.name) for one in dataclasses.fields(signs)]
        glyphs = [sign for value in values for sign in value]
        assert all(cell_len(glyph) == 1 for glyph in glyphs)
        assert signs is UNICODE or all(glyph.isascii() for glyph in glyphs)


async def test_tags_below_one_that_no_paper_has_fold(library_path):
    async with running(library_path) as world:
        for name in ("area/sub/one", "area/sub/two", "alone/here"):
            await world.keys(":")
            await world.write(f"tag +{name}")
            await world.keys("enter")
        sidebar = world.main.sidebar
        lines = {entry.label: (entry.depth, entry.count) for entry in sidebar._entries}
        assert (lines["area"], lines["sub"], lines["one"]) == ((0, None), (1, None), (2, 1))
        assert lines["alone/here"] == (0, 1)
        assert "alone" not in lines
        place = next(i for i, one in enumerate(sidebar._entries) if one.label == "sub")
        await world.pilot.click(sidebar, offset=(3, place))
        await world.idle()
        assert "one" not in {entry.label for entry in sidebar._entries}
        await world.pilot.click(sidebar, offset=(7, place))
        await world.idle()
        assert len(world.main.papers.ids) == 1
        assert world.main.showing.shown.view.name == "#area/sub"
