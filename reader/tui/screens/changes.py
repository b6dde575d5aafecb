"""The history of changes: what was done, when, by whom; any one can be taken back by itself."""

import datetime as dt
from collections.abc import Sequence

from reader.model.change import ChangeGroup, GroupState
from reader.model.text import printable
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line


class Changes(Dialog[int]):
    """Lists the changes, the newest first; gives the number of the one to take back."""

    placeholder = "type to search"
    hints = "Enter takes this change back by itself   ↑ ↓ choose   Esc close"

    def __init__(self, palette: Palette, log: Sequence[ChangeGroup]) -> None:
        super().__init__("Changes", palette)
        self._log = list(log)
        self._reverted = {one.reverts for one in log
                          if one.reverts and one.state is GroupState.DONE}  # fmt: skip
        self._offered = self._log

    def offer(self, text: str) -> None:
        """Show the changes that have all words of a text."""
        words = text.lower().split()
        self._offered = [one for one in self._log
                         if all(word in f"{one.summary} {one.actor} {one.at}".lower()
                                for word in words)]  # fmt: skip
        self.choices.show([self._line(one) for one in self._offered])
        self.note("" if self._offered else "no change like this   Esc close")

    def _state(self, group: ChangeGroup) -> str:
        if group.id in self._reverted:
            return "taken back"
        return {GroupState.DONE: "", GroupState.UNDONE: "undone", GroupState.ABANDONED: "undone",
                GroupState.PAST: "elsewhere"}[group.state]  # fmt: skip

    def _line(self, group: ChangeGroup) -> Line:
        palette, state = self._palette, self._state(group)
        at = dt.datetime.fromisoformat(group.at).astimezone()
        style = palette.muted if state else palette.text
        actor = f"{group.actor}  " if group.actor != "user" else ""
        return (
            [(f"{at:%d %b %H:%M}  ", palette.muted),
             (printable(group.summary), style)],
            [(actor, palette.muted), (f"{state} ", palette.later)],
        )  # fmt: skip

    def accept(self, text: str) -> None:
        """Answer with the change under the cursor, unless it is taken back already."""
        del text
        place = self.choices.cursor
        chosen = self._offered[place] if place < len(self._offered) else None
        if chosen is not None and self._state(chosen):
            elsewhere = chosen.state is GroupState.PAST
            self.note("it was done in another library, which an import came from" if elsewhere
                      else f"it is {self._state(chosen)} already")  # fmt: skip
        elif chosen is not None:
            self.answer(chosen.id)
