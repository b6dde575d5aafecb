"""The workarounds for Textual 8.2.8: each is still needed, and does what it is for."""

import asyncio

import pytest
from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.scrollbar import ScrollBar

from reader.tui._workarounds import FrugalCompositor, QuickScrollBar, after_refresh
from reader.tui.screens import previewing
from reader.tui.screens.dialog import Confirm
from reader.tui.start import Begin
from tests.tui.world import running


async def _painted_for_a_row_and_the_top(world, monkeypatch, compositor):
    """The panes that are asked for their lines when a row of the list and the top bar change."""
    main = world.main
    asked = []
    for pane in (main.papers, main.abstract, main.sidebar):
        lines = pane.render_lines
        monkeypatch.setattr(
            pane, "render_lines", lambda crop, p=pane, r=lines: (asked.append(p.id), r(crop))[1]
        )
    monkeypatch.setattr(main._compositor, "__class__", compositor)
    top = main.query_one("#top").region
    row = Region(main.papers.region.x, main.papers.region.bottom - 2, 5, 1)
    main._compositor._dirty_regions = {top, row}
    assert main._compositor.render_partial_update() is not None
    monkeypatch.undo()
    return set(asked)


async def test_only_what_changed_is_rendered(library_path, monkeypatch):
    async with running(library_path) as world:
        stock = await _painted_for_a_row_and_the_top(world, monkeypatch, Compositor)
        assert "abstract" in stock, "Textual has learned it: the workaround can go"
        ours = await _painted_for_a_row_and_the_top(world, monkeypatch, FrugalCompositor)
        assert ours == {"papers"}


async def test_nothing_is_rendered_while_updates_are_held_back(library_path, monkeypatch):
    """And what changed meanwhile is rendered behind them."""
    async with running(library_path) as world:
        compositor = world.main._compositor
        changed = world.main.papers.region
        with world.app.batch_update():
            compositor._dirty_regions = {changed}
            assert compositor.render_update() is None
            assert compositor._dirty_regions == {changed}
            monkeypatch.setattr(compositor, "__class__", Compositor)
            rendered = compositor.render_update()
            assert rendered is not None, "Textual has learned it: the workaround can go"
            monkeypatch.undo()
            compositor._dirty_regions = {changed}
        assert compositor.render_update() is not None


async def test_what_was_laid_out_while_updates_were_held_back_is_painted(library_path):
    """Even where the turn of painting it came before they were let go, and nothing else comes."""
    async with running(library_path) as world:
        compositor = world.main._compositor
        await world.until(lambda: not compositor._dirty_regions, "all is painted")
        world.app._first.enter_context(world.app.batch_update())
        compositor._dirty_regions = {world.main.region}
        await world.pilot.pause()
        for _turn in range(50):
            await asyncio.sleep(0)
        world.app._end_batch()
        for _turn in range(50):
            await asyncio.sleep(0)
        assert compositor._dirty_regions, "Textual has learned it: the workaround can go"
        world.app._begin_batch()
        world.app.show_first()
        assert not compositor._dirty_regions
        assert not world.app._batch_count


async def test_a_dialog_that_closes_takes_nothing_along(library_path):
    """One that a key typed ahead closes never comes to what waits for its painting."""
    async with running(library_path) as world:
        main, called = world.main, []
        dialog = Confirm(main.palette, "Sure?")
        dialog.take("n")
        world.app.push_screen(dialog)
        main.call_after_refresh(called.append, "stock")
        after_refresh(main, called.append, "ours")
        await world.until(lambda: world.app.screen is main, "the dialog is closed")
        await world.until(lambda: called, "it is called")
        await world.idle()
        assert called == ["ours"], "Textual has learned it: the workaround can go"


async def test_the_scroll_bar_shows_where_one_is(library_path):
    async with running(library_path, size=(120, 24)) as world:
        papers = world.main.papers
        bar = papers.vertical_scrollbar
        assert type(bar) is QuickScrollBar
        assert ScrollBar.render_lines is not QuickScrollBar.render_lines

        def thumb():
            lines = bar.render_lines(Region(0, 0, 1, bar.size.height))
            grabs = [line for line, strip in enumerate(lines)
                     if any("grab" in str(one.style.meta) for one in strip)]  # fmt: skip
            return grabs[0], grabs[-1]

        assert thumb()[0] == 0
        await world.keys("G")
        assert thumb()[1] == bar.size.height - 1
        await world.pilot.mouse_down(bar, offset=(0, bar.size.height - 1))
        await world.pilot.hover(bar, offset=(0, 0))
        await world.pilot.mouse_up(bar, offset=(0, 0))
        await world.until(lambda: thumb()[0] == 0, "dragging the thumb scrolls")


async def test_the_first_screen_is_painted_once(library_path, monkeypatch):
    painted = []
    whole = FrugalCompositor.render_full_update
    monkeypatch.setattr(
        FrugalCompositor,
        "render_full_update",
        lambda self, **how: (painted.append(self.size), whole(self, **how))[1],
    )
    async with running(library_path):
        assert len(painted) == 1


def _look(world):
    """What the style sheets make of all that is there."""
    nodes = [world.app, world.main, *world.main.walk_children()]
    return [
        (node.css_identifier, sorted(node.classes), node.background_colors, node.styles.color)
        for node in nodes
    ]


@pytest.mark.parametrize("theme", ["ink", "paper", "mono", "textual-light", "ansi-dark"])
async def test_a_program_that_begins_with_a_theme_looks_as_when_it_took_it(
    library_path, monkeypatch, theme
):
    monkeypatch.setattr(previewing, "SEEN_AFTER", 3600)  # or the row loses its bold meanwhile
    async with running(library_path, begin=Begin(theme=theme)) as world:
        begun, strips = _look(world), world.main._compositor.render_strips()
    async with running(library_path, begin=Begin(theme="ink")) as world:
        world.app.theme = "nord"
        await world.idle()
        world.app.theme = theme
        await world.idle()
        assert begun == _look(world)
        assert strips == world.main._compositor.render_strips()


async def test_the_style_sheets_are_parsed_once(library_path, monkeypatch):
    parsed = []
    parse = Stylesheet.reparse
    monkeypatch.setattr(Stylesheet, "reparse", lambda self: (parsed.append(self), parse(self))[1])
    async with running(library_path, begin=Begin(theme="paper")) as world:
        assert not parsed
        monkeypatch.setattr(
            "reader.tui.app.begin_with_theme", lambda app, name: setattr(app, "theme", name)
        )
        path = world.app.library.path
    async with running(path, begin=Begin(theme="paper")):
        assert parsed, "Textual has learned it: the workaround can go"
