"""Taking changes back, making them again, and looking through them."""

import asyncio
from concurrent.futures import Future
from functools import partial

from reader.model.change import Outcome
from reader.tui.screens.action_set import ActionSet

_MANY = 200
"""Papers of one change from which on the view is shown afresh rather than row by row."""

_REGROUPING = ("merge", "split", "apart")
"""Changes after which the papers of a view are others."""

_LISTED = 500
_DIGITS = 6


class History(ActionSet):
    """Actions `history.*`."""

    def undo(self, count: int | None, text: str = "") -> None:
        """Undo the last changes."""
        if number := self._number(count, text):
            walked = self.screen.library.undo(number)
            self.screen.turns.wait_for(partial(self._walked, walked, back=True))

    def redo(self, count: int | None, text: str = "") -> None:
        """Redo what was undone."""
        if number := self._number(count, text):
            walked = self.screen.library.redo(number)
            self.screen.turns.wait_for(partial(self._walked, walked, back=False))

    def _number(self, count: int | None, text: str) -> int:
        """How many changes; 0, with the reason said, when the text tells no number."""
        if not text:
            return count or 1
        if text.isascii() and text.isdigit() and 0 < len(text) < _DIGITS and int(text):
            return int(text)
        self.screen.telling.refuse(f"not a number of changes: {text[:20]}")
        return 0

    def repeat(self, count: int | None) -> None:
        """Do the last change again."""
        self.screen.deciding.repeat(count)

    async def _walked(self, outcomes: Future[list[Outcome]], *, back: bool) -> None:
        opposite = self.screen.keymap.key_of("history.redo" if back else "history.undo")
        verb, then = ("undid", "redoes") if back else ("redid", "undoes")
        done = await asyncio.wrap_future(outcomes)
        for walked, outcome in enumerate(done):
            if outcome.group is None:
                self._no_more(walked, verb, f"{walked}{opposite} {then}")
                break
            if back:
                self.screen.program.learned("history.undo")
            self.screen.telling.say(f"{verb}: {outcome.group.summary}", f"{opposite} {then}")
            await self._show(outcome)

    def _no_more(self, walked: int, verb: str, back: str) -> None:
        """Say that there were no more changes than so many."""
        if walked:
            changes = "1 change" if walked == 1 else f"{walked:,} changes"
            self.screen.telling.say(f"{verb} {changes}: there are no more", back)
        else:
            self.screen.telling.refuse("nothing to undo" if verb == "undid" else "nothing to redo")

    async def _show(self, outcome: Outcome) -> None:
        """Show what changed; where papers came or went, or many changed, the whole view."""
        screen, papers = self.screen, self.screen.papers
        await screen.showing.refresh_summary()
        few = outcome.papers[:_MANY]
        rows = await screen.library.rows(few)
        gone = len(rows) < len(few)
        anew = outcome.group is not None and outcome.group.verb in _REGROUPING
        shown = screen.showing.shown
        here = set(papers.ids)
        came = any(shown.holds(row) and row.id not in here for row in rows)
        if gone or anew or len(outcome.papers) > _MANY or (came and not shown.words):
            screen.finding.forget()
            current = papers.row
            screen.showing.show(screen.showing.shown, current.id if current else 0)
            return
        await screen.showing.refresh_rows(few)
        if rows and rows[0].id in papers.ids:
            papers.show_index(papers.index_of(rows[0].id))
            papers.keep_cursor_visible()  # which is where the next key acts

    # -- all changes -----------------------------------------------------------------------

    def list(self, _count: int | None) -> None:
        """Show all changes; the chosen one is taken back by itself."""
        self.screen.turns.wait_for(self._list)

    async def _list(self) -> None:
        from reader.tui.screens.changes import Changes  # noqa: PLC0415 - not before it is wanted

        log = await self.screen.library.log(_LISTED)
        if not log:
            self.screen.telling.refuse("nothing was changed yet")
            return
        self.open_dialog(Changes(self.screen.palette, log), self._revert)

    def _revert(self, group: int) -> None:
        self.screen.turns.wait_for(self._reverted, self.screen.library.revert(group))

    async def _reverted(self, reverted: Future[Outcome]) -> None:
        outcome = await asyncio.wrap_future(reverted)
        if outcome.group is not None:
            key = self.screen.keymap.key_of("history.undo")
            self.screen.telling.say(outcome.group.summary, f"{key} undoes")
            await self._show(outcome)
