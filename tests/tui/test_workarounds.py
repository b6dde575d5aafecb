"""The workarounds for Textual 8.2.8: each is still needed, and does what it is for."""

import asyncio

from textual._compositor import Compositor
from textual.geometry import Region
from textual.scrollbar import ScrollBar

from reader.tui._workarounds import FrugalCompositor, QuickScrollBar
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
