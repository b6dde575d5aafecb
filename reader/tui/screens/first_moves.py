"""What keys change in the picture that the next start begins with: the row of the cursor, and the
prompt.
"""  # noqa: D205 - one sentence

import asyncio
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.widget import Widget

from reader.first_moves import pack
from reader.first_prompt import fields_of
from reader.tui._workarounds import painted_lines
from reader.tui.widgets.paper_list import PaperList
from reader.tui.widgets.prompt import PromptInput

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_SENT = {"down": ("\x1b[B", "\x1bOB"), "up": ("\x1b[A", "\x1bOA")}
_STEPS = {"move.down": 1, "move.up": -1}
_PLACES = ("#list-title", "#status")
"""The bars that tell the place of the cursor."""


_BEYOND = 16
"""Rows above and below the screen: more keys do not come before the program does."""


async def moves_of(screen: "LibraryScreen") -> str:
    """What moving the cursor changes in the picture, packed; empty where it changes more.

    Where there are headings, they come behind the rows and move them. The screen is left with its
    prompt open.
    """
    papers = screen.papers
    cursor, rows = papers.cursor, _rows_around(papers)
    if not rows or papers.headings:
        return ""
    places = [papers.lines_of(row) for row in rows]
    begin, end = places[0].start, max(places[-1].stop, papers.size.height)
    plain = _lines(papers, range(begin, end))
    lit = []
    for row, place in zip(rows, places, strict=True):
        papers.set_reactive(PaperList.cursor, row)
        screen.telling.position()
        around = "".join(map(_placed, map(screen.query_one, _PLACES)))
        lit.append([*_lines(papers, place), around])
        if row != cursor:
            here = papers.lines_of(cursor)
            plain[here.start - begin : here.stop - begin] = _lines(papers, here)
    papers.set_reactive(PaperList.cursor, cursor)
    screen.telling.position()
    left, top = papers.region.offset
    numbers = (left, top, papers.size.height, -begin, rows.index(cursor), papers.density.value)
    return pack(numbers, dict(_steps(screen)), await _prompts(screen), plain, lit)


def _rows_around(papers: PaperList) -> range:
    """The rows on screen and near it, as far as they have come."""
    start = end = papers.cursor
    beyond = _BEYOND * papers.density.value
    while start and papers.lines_of(start).start > -beyond and papers.row_at(start - 1):
        start -= 1
    below = papers.size.height + beyond
    while end < len(papers.ids) and papers.lines_of(end).start < below and papers.row_at(end):
        end += 1
    return range(start, end)


def _steps(screen: "LibraryScreen") -> Iterable[tuple[str, int]]:
    for action, step in _STEPS.items():
        for key in screen.keymap.keys.get(action, ()):
            for sent in _SENT.get(key, (key,) if len(key) == 1 else ()):
                yield sent, step


async def _prompts(screen: "LibraryScreen") -> list[str]:
    """The fields of the prompts, where these leave the panes where they are.

    That the list is paler while one types, it becomes when the program is there.
    """
    before, place = painted_lines(screen), screen.papers.region
    fields: list[str] = []
    for action, ask in {
        "find.filter": screen.finding.filter,
        "find.anywhere": screen.finding.anywhere,
        "app.command": screen.program.command,
    }.items():
        ask(None)
        entry, status = screen.prompt.entry, screen.query_one("#status")
        await asyncio.sleep(0.002)
        while not entry.has_focus or status.display:  # noqa: ASYNC110 - told by no event of ours
            await asyncio.sleep(0.002)
        opened = painted_lines(screen)
        keys = [key for key in screen.keymap.keys.get(action, ()) if len(key) == 1]
        if screen.papers.region == place:
            opening = _changed(before, opened, place.bottom)
            fields += _prompt(screen, "".join(filter(str.isascii, keys)), opening, opened)
    return fields


def _prompt(
    screen: "LibraryScreen", keys: str, opening: str, opened: Sequence[str]
) -> tuple[str, ...]:
    entry, completing = screen.prompt.entry, screen.purpose.completing
    left, top = entry.content_region.offset
    cursor, beside = _cell(entry), ""
    if completing and completing.candidates:  # of no letter: what one begins, the program knows
        completing.forget()
        screen.telling.footer()
        beside = _changed(opened, painted_lines(screen), top + 1)
    with entry.prevent(PromptInput.Changed):
        entry.value, entry.cursor_position = "x", 1
    place = f"{beside}\x1b[{top + 1};{left + 1}H"
    return fields_of(keys, entry.content_size.width - 2, opening, place, _cell(entry), cursor)


def _changed(before: Sequence[str], after: Sequence[str], top: int) -> str:
    """What paints the lines from one on that are others than before."""
    lines = enumerate(zip(before, after, strict=True))
    return "".join(f"\x1b[{line + 1};1H{new}" for line, (old, new) in lines
                   if line >= top and new != old)  # fmt: skip


def _cell(entry: PromptInput) -> str:
    """The first cell of an input."""
    (line,) = entry.render_lines(Region(0, 0, 1, 1))
    return line.render(entry.app.console)


def _lines(widget: Widget, lines: range) -> list[str]:
    """Some lines of a widget as the terminal is sent them; those of a list go beyond the screen."""
    width, console = widget.scrollable_content_region.width, widget.app.console
    crop = Region(0, lines.start, width, len(lines))
    return [strip.render(console) for strip in widget.render_lines(crop)]


def _placed(bar: Widget) -> str:
    """What paints a bar where it is on the screen."""
    if not bar.display:
        return ""
    left, top = bar.region.offset
    return f"\x1b[{top + 1};{left + 1}H{_lines(bar, range(1))[0]}"
