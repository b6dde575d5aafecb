"""Selecting: marks across views, and the visual range."""

from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet


class Selecting(ActionSet):
    """Actions `select.*`."""

    def show(self) -> None:
        """Show what is selected."""
        selection = self.screen.selection
        self.screen.papers.set_selection(frozenset(selection.marks), selection.anchor)
        self.screen.telling.position()
        self.screen.telling.footer()

    def moving(self) -> None:
        """A plain movement ends a range that shift began."""
        selection = self.screen.selection
        if selection.anchor is not None and not selection.sticky:
            self.leave()

    def leave(self) -> None:
        """Select nothing any more."""
        if self.screen.selection.any:
            self.screen.selection.clear()
            self.show()

    def leave_range(self) -> None:
        """Other papers are shown: a range of rows means nothing there, marks do."""
        if self.screen.selection.anchor is not None:
            self.screen.selection.anchor = None
            self.show()

    def mark(self, count: int | None) -> None:
        """Mark the paper and move down; of a range, all of it."""
        screen, selection, papers = self.screen, self.screen.selection, self.screen.papers
        if not papers.ids:
            screen.telling.refuse("there is no paper here")
        elif selection.anchor is not None:
            selection.end_range(papers.ids, papers.cursor, keep=True)
        else:
            here = papers.ids[papers.cursor : papers.cursor + (count or 1)]
            selection.toggle(here)
            papers.move(papers.cursor + len(here))
        self.show()

    def visual(self, _count: int | None) -> None:
        """Begin a range here, or end it keeping nothing; in the text, of sentences."""
        screen, selection = self.screen, self.screen.selection
        if screen.scope is Scope.TEXT:
            screen.abstract.toggle_range()
            return
        if not screen.papers.ids:
            screen.telling.refuse("there is no paper here")
            return
        selection.anchor = None if selection.anchor is not None else screen.papers.cursor
        selection.sticky = True
        self.show()

    def down(self, count: int | None) -> None:
        """Extend the range down."""
        self._extend(count or 1)

    def up(self, count: int | None) -> None:
        """Extend it up."""
        self._extend(-(count or 1))

    def _extend(self, rows: int) -> None:
        screen, selection = self.screen, self.screen.selection
        if selection.anchor is None and screen.papers.ids:
            selection.anchor, selection.sticky = screen.papers.cursor, False
        screen.papers.move(screen.papers.cursor + rows)
        self.show()

    def other_end(self) -> None:
        """Put the cursor at the other end of the range."""
        selection, papers = self.screen.selection, self.screen.papers
        if selection.anchor is not None:
            selection.anchor, here = papers.cursor, selection.anchor
            papers.move(here)
            self.show()

    def all(self, _count: int | None) -> None:
        """Mark every paper of the view, or none when all are marked."""
        selection, ids = self.screen.selection, self.screen.papers.ids
        selection.anchor = None
        if ids:
            selection.toggle(ids)
        self.show()

    def again(self, _count: int | None) -> None:
        """Mark again what was selected last."""
        selection = self.screen.selection
        if selection.earlier:
            selection.add(selection.earlier)
            self.show()
        else:
            self.screen.telling.refuse("nothing was selected before")

    def told(self) -> str:
        """The selection in words, empty when there is none."""
        selection, papers = self.screen.selection, self.screen.papers
        chosen = dict.fromkeys([*selection.marks, *selection.in_range(papers.ids, papers.cursor)])
        if not selection.any:
            return ""
        here = sum(1 for paper in papers.ids if paper in chosen) if selection.marks else len(chosen)
        away = f", {len(chosen) - here:,} not in this view" if here < len(chosen) else ""
        return f"{len(chosen):,} {'marked' if selection.anchor is None else 'selected'}{away}"
