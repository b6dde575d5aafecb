"""How the screen looks: panes, layout, density, measure, skim bars, math."""

import asyncio
from dataclasses import replace
from typing import Any

from reader.session import Look, load_look, save_look
from reader.tui import layout
from reader.tui._workarounds import after_refresh
from reader.tui.actions import Scope
from reader.tui.layout import Layout
from reader.tui.rows import Density
from reader.tui.screens.action_set import ActionSet
from reader.tui.screens.reading import Panes
from reader.tui.widgets.pane import Pane

_STEP = 4
_MEASURES = (60, 72, 88, 0)
_FULL = 10_000
_SKIMS = ("off", "results", "all")


def _sound(look: Look) -> Look:
    """A look without what cannot be: its file may be another version's, or damaged."""
    usual = Look()
    return replace(
        look,
        density=look.density if look.density.upper() in Density.__members__ else usual.density,
        layout=look.layout if look.layout in layout.WISHES else usual.layout,
        skim=look.skim if look.skim in _SKIMS else usual.skim,
        measure=max(look.measure, 0), sidebar=layout.sidebar_width(look.sidebar),
        columns=layout.share(look.columns), rows=layout.share(look.rows),
    )  # fmt: skip


class Looking(ActionSet):
    """Actions `look.*`, and the layout that follows from the size of the terminal."""

    look = _kept = Look()
    layout = Layout.TRIPLE
    zoomed = ""

    def begin(self) -> None:
        """As it was set up."""
        self.look = self._kept = _sound(load_look())
        self.settle()

    def settle(self) -> None:
        """What the settings say counts more than what was set up."""
        settings = self.screen.settings
        if settings.ui_density:
            self.look = replace(self.look, density=settings.ui_density)
        self.screen.abstract.set_measure(self._measure)
        self.screen.abstract.set_skim(self.look.skim)

    def set(self, **values: Any) -> None:
        """Change something; it is kept within a second, and when the program ends."""
        self.look = replace(self.look, **values)

    def keep(self) -> None:
        """Keep what was changed, without waiting for the disk."""
        if self.look != self._kept:
            self._kept = self.look
            self.screen.change(asyncio.to_thread, save_look, self.look)

    def keep_now(self) -> None:
        """Likewise, at the end."""
        if self.look != self._kept:
            save_look(self.look)

    # -- layout ----------------------------------------------------------------------------

    @property
    def titled(self) -> bool:
        """Whether the list has a line of its own above it."""
        return self.layout in (Layout.TRIPLE, Layout.SPLIT)

    def lay_out(self, *, update: bool = True) -> None:
        """Show the panes that the terminal has room for, as large as they were made."""
        screen, look = self.screen, self.look
        width, height = screen.size
        self.layout = layout.layout_of(width, height, look.layout)
        for one in Layout:
            screen.set_class(one is self.layout, one.value, update=update)
        screen.set_class(layout.too_small(width, height), "-too-small", update=update)
        density = Density[(look.density or "cozy").upper()]
        screen.papers.density = Density.COMPACT if layout.one_line_rows(width, height) else density
        self._divide()

    def _divide(self) -> None:
        screen, look = self.screen, self.look
        stacked = self.layout is Layout.STACKED
        percent = look.rows if stacked else look.columns
        papers = screen.query_one("#list")
        for pane, part in ((papers, percent), (screen.abstract, 100 - percent)):
            one = not self.layout.divided or stacked
            pane.styles.width = "1fr" if one else f"{part}fr"
            pane.styles.height = f"{part}fr" if stacked else "1fr"
        if not self.layout.divided:
            screen.sidebar.styles.width = "1fr"
        elif screen.has_class("-drawer") and self.layout is not Layout.TRIPLE:
            screen.sidebar.styles.width = max(look.sidebar, 24)
        else:
            screen.sidebar.styles.width = look.sidebar

    def cycle(self, values: tuple[str, ...], now: str, wanted: str) -> str | None:
        """The wanted one of some values, the one behind the present one, None for a wrong one."""
        if wanted and wanted not in values:
            self.screen.telling.refuse(f"not {wanted}: one of {', '.join(values)}")
            return None
        place = values.index(now) + 1 if now in values else 0
        return wanted or values[place % len(values)]

    def layout_to(self, _count: int | None, text: str = "") -> None:
        """Another layout."""
        if chosen := self.cycle(layout.WISHES, self.look.layout, text):
            self.unzoom()
            self.set(layout=chosen)
            self.relayout()
            self.screen.telling.say(f"layout {chosen}")

    def relayout(self) -> None:
        """Lay out again, keeping what had the focus in sight."""
        screen = self.screen
        self.lay_out()
        screen.show_pane(screen.focused)
        after_refresh(screen, screen.telling.everything)

    def resize(self, count: int | None, text: str) -> None:
        """Make the focused pane larger or smaller."""
        step = int(text) * (count or 1) * _STEP
        scope = self.screen.scope
        if scope is Scope.SIDEBAR:
            self.set(sidebar=layout.sidebar_width(self.look.sidebar + step // 2))
        elif not self.layout.divided:
            self.screen.telling.refuse("there is only one pane here")
            return
        else:
            self.share(self._share() + (step if scope is Scope.LIST else -step))
        self._divide()

    def _share(self) -> int:
        return self.look.rows if self.layout is Layout.STACKED else self.look.columns

    def share(self, percent: int) -> None:
        """Give the list so much of the room that it has with the abstract."""
        name = "rows" if self.layout is Layout.STACKED else "columns"
        self.set(**{name: layout.share(percent)})
        self._divide()

    def drag(self, pane: Pane, x: int, y: int) -> None:
        """Put the edge of a pane where the mouse is."""
        region = self.screen.query_one("#panes").region
        if pane is self.screen.sidebar:
            self.set(sidebar=layout.sidebar_width(x - region.x + 1))
            self._divide()
        elif self.layout is Layout.STACKED:
            self.share(round(100 * (y - region.y) / max(region.height, 1)))
        elif self.layout.divided:
            left = self.screen.query_one("#list").region.x
            self.share(round(100 * (x - left) / max(region.right - left, 1)))

    def zoom(self, _count: int | None) -> None:
        """The focused pane alone, or all again."""
        if self.zoomed:
            self.unzoom()
            return
        self.zoomed = {Scope.LIST: "list", Scope.TEXT: "abstract"}.get(self.screen.scope, "sidebar")
        self.screen.add_class(f"-zoom-{self.zoomed}")
        self.screen.telling.everything()

    def unzoom(self) -> None:
        """All panes again."""
        if self.zoomed:
            self.screen.remove_class(f"-zoom-{self.zoomed}")
            self.zoomed = ""
            after_refresh(self.screen, self.screen.telling.everything)

    def sidebar(self, _count: int | None) -> None:
        """Show or hide the sidebar."""
        screen = self.screen
        if self.zoomed:
            self.unzoom()
            screen.remove_class("-no-sidebar")
        elif self.layout is Layout.TRIPLE:
            screen.toggle_class("-no-sidebar")
            if screen.scope is Scope.SIDEBAR:
                screen.go_to(screen.papers)
        elif screen.sidebar.size.width:
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        else:
            Panes(screen).open_sidebar()

    def abstract(self, _count: int | None) -> None:
        """Show or hide the abstract."""
        screen = self.screen
        hidden = not screen.has_class("-no-abstract")
        screen.set_class(hidden, "-no-abstract")
        if hidden and screen.pane is screen.abstract:
            screen.go_to(screen.papers)
        after_refresh(screen, screen.telling.everything)

    # -- the list --------------------------------------------------------------------------

    def density(self, _count: int | None, text: str = "") -> None:
        """More or fewer lines for each paper."""
        values = tuple(one.name.lower() for one in Density)
        if chosen := self.cycle(values, self.look.density or "cozy", text):
            self.set(density=chosen)
            self.lay_out()
            narrow = self.screen.papers.density is not Density[chosen.upper()]
            note = "; one line where there is no room" if narrow else ""
            self.screen.telling.say(f"density {chosen}{note}")
            self.screen.showing.need_gists()

    def put(self, _count: int | None, text: str) -> None:
        """Scroll the cursor's row to the top, the centre or the bottom."""
        papers = self.screen.papers
        room = papers.size.height - papers.density.value
        papers.put_cursor({"top": 0, "centre": room // 2}.get(text, room))

    # -- the abstract ----------------------------------------------------------------------

    @property
    def _measure(self) -> int:
        return self.look.measure or self.screen.settings.ui_measure

    def measure(self, _count: int | None, text: str = "") -> None:
        """Another widest line."""
        values = tuple(str(one) if one else "full" for one in _MEASURES)
        now = "full" if self._measure >= _FULL else str(self._measure)
        if chosen := self.cycle(values, now, text):
            self.set(measure=_FULL if chosen == "full" else int(chosen))
            self.screen.abstract.set_measure(self._measure)
            self.screen.telling.say(f"measure {chosen}")

    def skim(self, _count: int | None, text: str = "") -> None:
        """Other bars beside the abstract."""
        if chosen := self.cycle(_SKIMS, self.look.skim, text):
            self.set(skim=chosen)
            self.screen.abstract.set_skim(chosen)
            told = {"results": "goal and result", "all": "goal, method and result"}
            self.screen.telling.say(f"skim bars: {told.get(chosen, 'none')}")

    def math(self, _count: int | None) -> None:
        """Math as Unicode, or as received."""
        raw = self.screen.abstract.toggle_source()
        self.screen.telling.say("math as LaTeX" if raw else "math as Unicode")
