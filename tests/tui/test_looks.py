"""Layouts, densities, themes and signs."""

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.geometry import Region

from reader.config import Settings
from reader.model.dates import PartialDate
from reader.model.paper import PaperRow, Priority, Status
from reader.paths import state_folder
from reader.session import Look, load_look, save_look
from reader.tui.background import is_light
from reader.tui.geometry import Geometry, Heading
from reader.tui.glyphs import ASCII, UNICODE, glyphs_for
from reader.tui.layout import Layout, layout_of
from reader.tui.line_filter import AsciiChrome, WithoutColour
from reader.tui.own_themes import own_themes
from reader.tui.rows import Density, RowLook, RowPainter
from reader.tui.start import Begin
from reader.tui.themes import INK, Palette, role_variables
from reader.tui.widgets.abstract_pane import AbstractPane
from tests.tui.test_commands import command
from tests.tui.world import running

SIZES = [(120, 36), (100, 30), (80, 24), (72, 20), (56, 16), (200, 50)]


@pytest.mark.parametrize(
    ("size", "wish", "layout"),
    [
        ((120, 36), "auto", Layout.TRIPLE), ((119, 36), "auto", Layout.SPLIT),
        ((95, 24), "auto", Layout.STACKED), ((71, 24), "auto", Layout.SINGLE),
        ((200, 17), "auto", Layout.SINGLE), ((80, 24), "columns", Layout.SPLIT),
        ((200, 50), "rows", Layout.STACKED), ((200, 50), "single", Layout.SINGLE),
        ((60, 24), "columns", Layout.SINGLE),
    ],
)  # fmt: skip
def test_which_layout(size, wish, layout):
    assert layout_of(*size, wish) is layout


@pytest.mark.parametrize(
    ("size", "density"),
    [*((size, "cozy") for size in SIZES),
     *((size, density) for size in SIZES[::2] for density in ("compact", "relaxed"))],
    ids=str,
)  # fmt: skip
async def test_no_line_is_longer_than_the_terminal(library_path, size, density):
    begin = Begin(settings=Settings(ui_density=density))
    async with running(library_path, size, begin=begin) as world:
        for keys in ((), ("z", "g"), ("t",), ("escape", "?"), ("escape", "g"), ("escape", "l")):
            await world.keys(*keys)
            lines = world.screen().split("\n")
            assert len(lines) == size[1]
            assert all(cell_len(line) <= size[0] for line in lines), keys


async def test_densities_keep_the_cursor_and_show_what_was_found(library_path):
    async with running(library_path) as world:
        await world.keys("1", "0", "j")
        here = world.row.citekey
        await world.keys("z", "d")
        assert world.said == "density relaxed"
        assert world.row.citekey == here
        await world.until(lambda: world.main.papers._gists.get(world.row.id), "the gist came")
        await world.keys("z", "d")
        assert world.main.papers.density.name == "COMPACT"
        assert world.row.citekey == here
        world.main.looking.keep()
        await world.idle()
    assert load_look().density == "compact"


async def test_groups_have_headings_and_are_walked(library_path):
    async with running(library_path) as world:
        await world.keys("}")
        assert world.said == "the list has no groups: z g makes some"
        await world.keys("g", "g", ":")
        await world.write("group year")
        await world.keys("enter")
        await world.until(lambda: world.main.papers.headings, "the headings came")
        papers = world.main.papers
        starts = [one.start for one in papers.headings]
        assert [one.text for one in papers.headings][:3] == ["2026", "2025", "2024"]
        assert "2026 ─" in world.screen()
        walked = []
        for _ in starts[1:]:
            await world.keys("}")
            walked.append(papers.cursor)
        assert walked == starts[1:]
        for start in starts[-2::-1]:
            await world.keys("{")
            assert papers.cursor == start
        await world.keys("3", "}", "j", "{")
        assert papers.cursor == starts[3]
        line = papers._geometry.top_of(papers.cursor - 1) - papers.scroll_offset.y
        await world.pilot.click(papers, offset=(5, line))
        await world.idle()
        assert papers.cursor == starts[3] - 1
        await world.keys("z", "g")
        assert world.said == "not grouped"


@pytest.mark.parametrize("height", [1, 3, 4])
def test_geometry_is_consistent(height):
    geometry = Geometry(9, height, [Heading(0, "a"), Heading(1, "b"), Heading(6, "c")])
    seen = [geometry.at(line) for line in range(geometry.lines)]
    assert [row for row, line in seen if line == 0] == list(range(9))
    assert [row for row, line in seen if line < 0] == [0, 1, 6]
    for row in range(9):
        assert geometry.at(geometry.top_of(row)) == (row, 0)
    assert geometry.next_group(0, 1) == 1
    assert geometry.next_group(5, -1) == 1
    assert geometry.next_group(8, 1) is None


async def test_sorting(library_path):
    async with running(library_path) as world:
        await world.keys("S", "t")
        titles = [world.main.papers.row_at(i).title for i in range(20)]
        assert titles == sorted(titles, key=str.lower)
        await world.keys("S", "r")
        assert [world.main.papers.row_at(i).title for i in range(20)] == titles[::-1]
        await world.keys("s", "S", "d", "S", "r")
        dates = [world.main.papers.row_at(i).published.text for i in range(20)]
        assert dates == sorted(dates)
        await world.keys(":")
        await world.write("save-view oldest")
        await world.keys("enter")
        assert world.main.showing.summary.views[0].text == "in:inbox sort:-date"


async def test_unread_only(library_path):
    async with running(library_path) as world:
        await world.keys("g", "a", "3", "x", "z", "u")
        assert len(world.main.papers.ids) == 17
        await world.keys("z", "u")
        assert len(world.main.papers.ids) == 20


async def test_zoom_resize_and_layouts(library_path):
    async with running(library_path) as world:
        main = world.main
        width = main.papers.size.width
        await world.keys(">")
        assert main.papers.size.width > width
        await world.keys("l", ">", ">")
        assert main.papers.size.width < width
        await world.keys("Z")
        assert (main.papers.size.width, main.abstract.size.width >= 118) == (0, True)
        await world.keys("escape")
        assert main.papers.size.width
        for layout, panes in (("columns", 3), ("rows", 2), ("single", 1), ("auto", 3)):
            await world.keys("z", "l")
            assert world.said == f"layout {layout}"
            shown = [one for one in (main.sidebar, main.papers, main.abstract) if one.size.width]
            assert len(shown) == panes
            assert main.pane.size.width, "the focused pane is in sight"
        await world.keys("h", "z", "p")
        assert not main.abstract.size.width
        await world.keys("l")
        assert main.abstract.size.width


async def test_a_divider_is_dragged(library_path):
    async with running(library_path) as world:
        main = world.main
        before = main.papers.size.width
        await world.pilot.mouse_down(main.abstract, offset=(0, 5))
        await world.pilot.hover(main.abstract, offset=(12, 5))
        await world.pilot.mouse_up(main.abstract, offset=(0, 5))
        await world.idle()
        assert abs(main.papers.size.width - before - 12) <= 1


async def test_the_text_is_read_by_sentences(library_path):
    async with running(library_path) as world:
        clips = []
        world.app.copy_to_clipboard = clips.append
        await world.keys("l", ")", ")")
        abstract = world.main.abstract
        first = abstract.quotation
        assert first
        await world.keys("y", "y")
        assert clips == [f"“{first}” \\cite{{simon2026there}}"]
        await world.keys("v", ")", ")")
        assert abstract.quotation.startswith(first)
        assert len(abstract.quotation) > len(first)
        await world.keys("escape", "]")
        assert abstract.quotation.startswith("In this paper")
        await world.keys("escape", "/")
        await world.write("theory")
        assert abstract.places > 3
        await world.keys("enter", "n")
        assert world.main.papers.cursor == 0
        await world.keys("escape", "n")
        assert world.main.papers.cursor == 1


async def test_the_look_of_the_abstract(library_path):
    async with running(library_path) as world:
        screens = {world.screen()}
        for keys in (("z", "h"), ("z", "h"), ("z", "w"), ("z", "m")):
            await world.keys(*keys)
            screens.add(world.screen())
        assert len(screens) == 5
        world.main.looking.keep()
        await world.idle()
    assert dataclasses.replace(load_look(), measure=0).skim == "off"


@pytest.mark.parametrize("kept", ["{", "[]", '{"density": 5, "layout": "sideways", "columns": -4}',
                                  '{"density": "huge", "skim": "x", "measure": -1}'])  # fmt: skip
async def test_a_damaged_look_does_no_harm(library_path, kept):
    save_look(Look())
    (state_folder() / "look.json").write_text(kept)
    async with running(library_path) as world:
        assert "There Will Be" in world.screen()
        await world.keys("z", "d", "z", "l", "z", "h", "z", "w")
        assert world.app.is_running


# -- themes ------------------------------------------------------------------------------------


async def test_every_theme_can_be_used(library_path):
    async with running(library_path) as world:
        for name in world.app.available_themes:
            world.app.theme = name
            await world.idle()
            assert "There Will Be" in world.screen(), name


async def test_a_theme_is_seen_while_choosing_and_given_back(library_path):
    async with running(library_path) as world:
        before = world.app.theme
        await world.keys("z", "c", "down")
        assert world.app.theme != before
        await world.keys("escape")
        assert world.app.theme == before
        await world.keys("z", "c")
        await world.write("contrast")
        assert world.app.theme == "contrast"
        await world.keys("enter")
        assert world.app.theme == "contrast"


async def test_own_themes_are_read_and_read_again(library_path, tmp_path):
    folder = tmp_path / "themes"
    folder.mkdir()
    mine = folder / "mine.toml"
    mine.write_text('dark = true\nbackground = "#102030"\naccent = "#abc"\n')
    (folder / "wrong.toml").write_text('accent = "blue"')
    (folder / "ink.toml").write_text('accent = "#ffffff"')
    themes, problems = own_themes(folder)
    assert [theme.name for theme in themes] == ["mine"]
    assert len(problems) == 2
    begin = Begin(theme="mine", config=str(tmp_path / "config.toml"))
    async with running(library_path, begin=begin) as world:
        assert world.main.palette.background.bgcolor.triplet.hex == "#102030"
        assert world.main.palette.accent.color.triplet.hex == "#aabbcc"
        mine.write_text('dark = true\nbackground = "#203040"\naccent = "#abcdef"\n')
        await world.until(
            lambda: world.main.palette.background.bgcolor.triplet.hex == "#203040", "reloaded"
        )


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        (b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62c", True), (b"\x1b]11;rgb:1c/1c/1c\x07", False),
        (b"\x1b[?62;4c", False), (b"", False), (b"\x1b]11;rgb:fdfd/f6f6/e3e3\x07", True),
    ],
)  # fmt: skip
def test_the_ground_of_the_terminal(answer, light):
    assert is_light(answer) is light


# -- signs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "signs"),
    [("en_GB.UTF-8", UNICODE), ("ja_JP.UTF-8", ASCII), ("de_DE.ISO-8859-1", ASCII),
     ("C.utf8", UNICODE), ("zh_CN.UTF-8", ASCII)],
)  # fmt: skip
def test_signs_for_a_locale(monkeypatch, locale, signs):
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.setenv("TERM", "xterm")
    assert glyphs_for("auto") is signs
    assert glyphs_for("unicode") is UNICODE


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (56, 16)], ids=str)
async def test_ascii_mode_is_ascii(library_path, size):
    begin = Begin(settings=Settings(ui_glyphs="ascii"))
    async with running(library_path, size, begin=begin) as world:
        net = AsciiChrome()
        assert any(isinstance(one, AsciiChrome) for one in world.app.get_line_filters())

        def plain():
            update = world.app.screen._compositor.render_strips()
            lines = [net.apply(list(strip), None) for strip in update]
            return "".join(segment.text for line in lines for segment in line)

        for keys in ((), ("3", "m"), ("z", "g"), ("g",), ("escape", "t"), ("escape", "?"),
                     ("escape", "ctrl+p"), ("escape", "/", "s"), ("escape", "l"), ("z", "c"),
                     ("escape", "h", "h")):  # fmt: skip
            await world.keys(*keys)
            shown = plain()
            assert shown.isascii() or re.sub(r"[\x00-\x7f₀-₉¹²³⁰-⁹∼≈√ψ]", "", shown) == "", keys


async def test_mono_has_no_colour_on_the_screen(library_path):
    async with running(library_path, begin=Begin(theme="mono")) as world:
        assert any(isinstance(one, WithoutColour) for one in world.app.get_line_filters())
        await command(world, "theme ink")
        assert not any(isinstance(one, WithoutColour) for one in world.app.get_line_filters())


@given(st.integers(40, 160), st.integers(1, 170), st.sampled_from([Density.COMPACT, Density.COZY]))
def test_what_is_said_of_a_paper_always_has_room(width, length, density):
    row = PaperRow(1, "key", "t" * length, "Byline", PartialDate("2026-04-23"), "cs.LG",
                   Status.UNREAD, starred=False, seen=False, priority=Priority.A, comments=0,
                   tags=())  # fmt: skip
    palette = Palette.of(INK, role_variables(INK.variables), UNICODE, sixteen=False)
    painter = RowPainter(width, palette, dt.date(2026, 4, 24), density)
    strips = painter.strips(row, RowLook(note="title abstract"))
    assert any("title abstract " in strip.text for strip in strips)
    assert all(strip.cell_length == width for strip in strips)


@pytest.mark.parametrize("sixteen", [False, True])
def test_a_row_that_is_reversed_has_one_ground(sixteen):
    row = PaperRow(1, "key", "A title", "Byline", PartialDate("2026-04-23"), "cs.LG",
                   Status.LATER, starred=True, seen=False, priority=Priority.A, comments=0,
                   tags=("theory",))  # fmt: skip
    palette = Palette.of(INK, role_variables(INK.variables), UNICODE, sixteen=sixteen)
    painter = RowPainter(60, palette, dt.date(2026, 4, 24))
    for look in (RowLook(cursor=True), RowLook(marked=True), RowLook(cursor=True, marked=True)):
        segments = [one for strip in painter.strips(row, look) for one in strip]
        grounds = {one.style.color if sixteen else one.style.bgcolor for one in segments}
        assert len(grounds) == 1
        assert any(one.style.meta.get("tag") == "theory" for one in segments)
        assert {one.style.reverse for one in segments} == {True if sixteen else None}
    first = [painter.strips(row, RowLook(cursor=True, marked=marked))[0].text[:4]
             for marked in (False, True)]  # fmt: skip
    assert first == ["▌○★ ", "█○★ "]


def stock_lines(pane, crop):
    return super(AbstractPane, pane).render_lines(crop)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (56, 16)], ids=str)
async def test_the_abstract_is_painted_as_the_stock_styles_would(tmp_path, size):
    async with running(tmp_path / "library.db", size=size) as world:
        pane, painted = world.main.abstract, set()
        for keys in ((), ("l", "j"), ("]",), ("z", "l"), ("z", "l"), ("Z",), ("Z", "s")):
            await world.keys(*keys)
            world.app.theme = "paper" if keys == ("Z",) else world.app.theme
            await world.idle()
            if not pane.region.area:
                continue
            width, height = pane.region.size
            painted.add((pane.styles.gutter, world.app.theme))
            for crop in (Region(0, 0, width, height), Region(3, 2, width // 2, height // 2)):
                ours = [list(strip.simplify()) for strip in pane.render_lines(crop)]
                stock = [list(strip.simplify()) for strip in stock_lines(pane, crop)]
                assert ours == stock, keys
        assert len(painted) > 1, "with another theme too, and the divider elsewhere where it fits"
