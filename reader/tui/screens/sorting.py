"""The order of the list, and its groups."""

from dataclasses import replace

from reader.model.query import parse_query
from reader.model.query.shown import Shown
from reader.model.query.tree import Order
from reader.tui.screens.action_set import ActionSet

_CYCLE = ("", "day", "source", "tag")


class Sorting(ActionSet):
    """Actions `sort.*`."""

    @property
    def _shown(self) -> Shown:
        return self.screen.showing.shown

    def by(self, _count: int | None, text: str) -> None:
        """By a key, or several."""
        query = parse_query(f"sort:{text.replace(' ', '')}")
        if query.problems:
            self.screen.telling.refuse(query.problems[0].message)
        else:
            self._show(replace(self._shown, orders=query.orders))

    def reverse(self, _count: int | None) -> None:
        """The other way round."""
        query = self._shown.query
        usual = (Order("relevance" if query.ranked else "date"),)
        first, *rest = self._shown.orders or query.orders or usual
        turned = replace(first, reverse=not first.reverse)
        self._show(replace(self._shown, orders=(turned, *rest)))

    def cycle_group(self, _count: int | None) -> None:
        """By day, by source, by tag, not at all."""
        here = self._shown.query.group
        place = _CYCLE.index(here) + 1 if here in _CYCLE else 0
        self.group(None, _CYCLE[place % len(_CYCLE)] or "none")

    def group(self, _count: int | None, text: str) -> None:
        """By what all papers of a group have in common."""
        query = parse_query(f"group:{text}")
        if query.problems:
            self.screen.telling.refuse(query.problems[0].message)
            return
        self._show(replace(self._shown, group=query.group))
        self.screen.telling.say(f"grouped by {query.group}" if query.group else "not grouped")

    def _show(self, shown: Shown) -> None:
        row = self.screen.papers.row
        self.screen.showing.show(shown, row.id if row else 0)
