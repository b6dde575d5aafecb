"""The panes from left to right, and reading in them."""

from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet
from reader.tui.widgets.pane import Pane

_ABSTRACT_STEP = 3


class Panes(ActionSet):
    """Actions `pane.*`: deeper to the right, shallower to the left."""

    def deeper(self, _count: int | None) -> None:
        """From the sidebar to the list, from the list to the abstract."""
        screen = self.screen
        if screen.scope is Scope.SIDEBAR:
            if view := screen.sidebar.chosen:  # at once: the next key means its papers
                screen.viewing.go(view)
            else:
                screen.sidebar.choose()
        elif screen.scope is Scope.LIST and screen.papers.ids:
            screen.go_to(screen.abstract)
        elif screen.scope is Scope.TEXT:
            key = screen.keymap.key_of("link.open")
            screen.telling.refuse(f"this is the whole abstract; {key} opens the paper's page")

    def shallower(self, _count: int | None) -> None:
        """From the abstract to the list, from the list to the sidebar."""
        screen = self.screen
        if screen.scope is Scope.TEXT:
            screen.go_to(screen.papers)
        elif screen.scope is Scope.LIST:
            self.open_sidebar()

    def open_sidebar(self) -> None:
        """Show the sidebar, as a drawer where it has no place of its own, and go there."""
        self.screen.looking.unzoom()
        self.screen.remove_class("-no-sidebar")
        self.screen.add_class("-drawer")
        self._go_to(self.screen.sidebar)

    def next(self, _count: int | None) -> None:
        """To the next pane."""
        self._cycle(1)

    def previous(self, _count: int | None) -> None:
        """To the previous pane."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        screen = self.screen
        panes: list[Pane] = [screen.papers, screen.abstract]
        if screen.sidebar.display and screen.sidebar.size.width:
            panes.insert(0, screen.sidebar)
        here = panes.index(screen.pane) if screen.pane in panes else 0
        self._go_to(panes[(here + step) % len(panes)])

    def _go_to(self, pane: Pane) -> None:
        """Go to a pane; keys behind that mean the sidebar as it is after the changes before it."""
        self.screen.go_to(pane)
        if pane is self.screen.sidebar:
            self.screen.showing.when_told(lambda: None)


class Reading(ActionSet):
    """Actions `text.*`: the abstract without leaving the list, papers without leaving the text."""

    def forward(self, count: int | None) -> None:
        """Scroll the abstract; from the abstract, the next paper."""
        self._go(count or 1)

    def backward(self, count: int | None) -> None:
        """Scroll it back; from the abstract, the previous paper."""
        self._go(-(count or 1))

    def _go(self, count: int) -> None:
        screen = self.screen
        if screen.scope is Scope.TEXT:
            screen.papers.move(screen.papers.cursor + count)
        elif not screen.abstract.display:
            screen.run("pane.deeper")
        else:
            screen.abstract.scroll_lines(_ABSTRACT_STEP * count)

    def read_on(self, _count: int | None) -> None:
        """Page the abstract; at its end, the next unread paper."""
        self.screen.previewing.when_shown(self._read_on)

    def _read_on(self) -> None:
        screen = self.screen
        if screen.abstract.at_end or not screen.abstract.size.height:
            screen.run("move.next_unread")
        else:
            screen.abstract.scroll_lines(max(1, screen.abstract.size.height - 2))

    def page_back(self, _count: int | None) -> None:
        """Page the abstract back."""
        self.screen.abstract.scroll_lines(-max(1, self.screen.abstract.size.height - 2))

    def next_sentence(self, count: int | None) -> None:
        """The reading cursor to the next sentence."""
        self._sentence(count or 1)

    def previous_sentence(self, count: int | None) -> None:
        """To the previous sentence."""
        self._sentence(-(count or 1))

    def _sentence(self, steps: int) -> None:
        if not self.screen.abstract.move_sentence(steps):
            self.screen.telling.refuse("there is no abstract to read")

    def next_mark(self, _count: int | None) -> None:
        """To the next sentence with a bar."""
        self._mark(1)

    def previous_mark(self, _count: int | None) -> None:
        """To the previous one."""
        self._mark(-1)

    def _mark(self, step: int) -> None:
        if not self.screen.abstract.move_to_mark(step):
            key = self.screen.keymap.key_of("look.skim")
            self.screen.telling.refuse(
                f"no bar {'below' if step > 0 else 'above'}; {key} shows more"
            )
