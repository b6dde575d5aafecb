"""Selecting: marks across views, and the visual range."""

from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet


class Selecting(ActionSet):
    """Actions `select.*`."""

    _version = 0
    _counted: tuple[object, int, int] = (None, 0, 0)

    def show(self) -> None:
        """Show what is selected."""
        selection = self.screen.selection
        self._version += 1
        self.screen.papers.set_selection(selection.marks, selection.anchor)
        self.screen.telling.position()
        self.screen.telling.footer()

    def moving(self) -> None:
        """A plain movement ends a range that shift began."""
        selection = self.screen.selection
        if selection.anchor is not None and not selection.sticky:
            self.leave()

    def leave(self) -> None:
        """Select nothing any more."""
        selection, papers = self.screen.selection, self.screen.papers
        if selection.any:
            chosen = [*selection.marks, *selection.in_range(papers.ids, papers.cursor)]
            selection.earlier = tuple(dict.fromkeys(chosen))
            selection.clear()
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
        self.screen.turns.when_whole(self._all)

    def _all(self) -> None:
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
        if selection.anchor is not None:
            marked = len(selection.marks)
            chosen = abs(selection.anchor - papers.cursor) + 1
            return f"{chosen:,} selected" + (f", {marked:,} marked" if marked else "")
        if not selection.marks:
            return ""
        marked = len(selection.marks)
        away = marked - self._marked_here()
        return f"{marked:,} marked" + (f", {away:,} not in this view" if away else "")

    def _marked_here(self) -> int:
        """How many marked papers are in the list; counted when either has changed."""
        ids, marks = self.screen.papers.ids, self.screen.selection.marks
        if self._counted[0] is not ids or self._counted[1] != self._version:
            here = sum(1 for paper in ids if paper in marks)
            self._counted = (ids, self._version, here)
        return self._counted[2]
