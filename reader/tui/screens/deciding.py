"""Deciding: status, star, priority, tags and trash, on whatever is meant."""

import asyncio
import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING

from reader.errors import TagNameError
from reader.model.change import (
    Change,
    Outcome,
    PriorityChange,
    PriorityStep,
    StarChange,
    StatusChange,
    TagChange,
    TrashChange,
    papers_named,
)
from reader.model.paper import PaperRow, Priority, Status
from reader.model.query.shown import Shown
from reader.tui.actions import Scope
from reader.tui.screens.action_set import MANY, ActionSet
from reader.tui.selection import Targets
from reader.tui.tagging import parse_several

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_STATUSES = {status.word: status for status in Status}
_VERBS = {Status.SKIPPED: "Skip", Status.READ: "Mark as read", Status.LATER: "Keep for later",
          Status.READING: "Mark as being read", Status.UNREAD: "Mark as unread"}  # fmt: skip


class Deciding(ActionSet):
    """Actions `paper.*`: on the selection, on so many papers from here, or on this one."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self._repeated: Callable[[Targets], None] | None = None
        self._together: list[Callable[[Targets], None]] | None = None

    def _do(self, count: int | None, verb: str, act: Callable[[Targets], None]) -> None:
        """Do something to the papers that are meant; `.` does it again to others."""
        self.on_targets(count, verb, lambda targets: self._done(act, targets))

    def _done(self, act: Callable[[Targets], None], targets: Targets) -> None:
        self._repeated = act
        if self._together is not None:
            self._together.append(act)
        act(targets)
        if self.screen.selection.given is None and self.screen.scope is not Scope.TEXT:
            self.screen.selecting.leave()

    def begin_together(self) -> None:
        """What is done until `end_together` is done again together by `.`."""
        self._together = []

    def end_together(self) -> None:
        """What is done from here on stands for itself."""
        acts, self._together = self._together or [], None

        def again(targets: Targets) -> None:
            for act in acts:
                act(targets)

        self._repeated = again if acts else self._repeated

    def repeat(self, count: int | None) -> None:
        """The last change again, to what is meant now."""
        act = self._repeated
        if act is None:
            self.screen.telling.refuse("nothing to repeat yet")
        else:
            self._do(count, "Do the last change again to", act)

    def _rows(self, targets: Targets) -> list[PaperRow]:
        """The rows that are here."""
        rows = (self.screen.papers.known(paper) for paper in targets.papers)
        return [row for row in rows if row is not None]

    def _with_rows(self, targets: Targets, then: Callable[[list[PaperRow]], None]) -> None:
        """Do something with the rows of papers: at once when they are here, else when they are."""
        rows = self._rows(targets)
        if len(rows) == targets.count:
            then(rows)
        else:
            self.screen.turns.wait_for(self._fetch_rows, targets.papers, then)

    async def _fetch_rows(self, ids: Sequence[int], then: Callable[[list[PaperRow]], None]) -> None:
        then(await self.screen.library.rows(ids))

    # -- status ----------------------------------------------------------------------------

    def set_status(self, count: int | None, text: str) -> None:
        """Give a status, which its word names; the cursor moves on, but not after `unread`."""
        status = _STATUSES[text]
        self._do(count, _VERBS[status], lambda targets: self._set(status, targets))

    def _set(self, status: Status, targets: Targets) -> None:
        rows = self._rows(targets)
        if len(rows) == targets.count and all(row.status is status for row in rows):
            self.screen.telling.say(f"already {status.word}")
        else:
            patched = [dataclasses.replace(row, status=status) for row in rows]
            self.change(StatusChange(targets.papers, status), patched)
        if status is not Status.UNREAD:
            self._advance(targets)

    def _advance(self, targets: Targets) -> None:
        """Move on after a decision: to the next unread where only those are, else one down."""
        papers, last = self.screen.papers, targets.last
        if last is None:
            return
        if self.screen.showing.shown.only_unread:
            target = papers.next_unread(last)
            papers.move(last if target is None else target)
        else:
            papers.move(last + 1)

    def skip_rest(self, _count: int | None) -> None:
        """Skip every unread paper of the view; in the sidebar, of the view there."""
        screen = self.screen
        in_sidebar = screen.scope is Scope.SIDEBAR
        view = screen.sidebar.chosen if in_sidebar else None
        if in_sidebar and view is None:
            screen.telling.refuse("there is no view here")
            return
        shown = Shown(view) if view else screen.showing.shown
        screen.turns.wait_for(self._skip_rest, dataclasses.replace(shown, unread=True))

    async def _skip_rest(self, shown: Shown) -> None:
        ids, _ = await self.screen.library.found(shown.query)
        papers = tuple(ids)
        if not papers:
            self.screen.telling.refuse("nothing unread is left in this view")
            return

        def skip() -> None:
            rows = self._rows(Targets(papers))
            patched = [dataclasses.replace(row, status=Status.SKIPPED) for row in rows]
            self.change(StatusChange(papers, Status.SKIPPED), patched)

        if len(papers) > MANY:
            self.confirm(f"Skip the remaining {len(papers):,} unread papers of this view?", skip)
        else:
            skip()

    # -- star, priority, trash -------------------------------------------------------------

    def star(self, count: int | None) -> None:
        """Star all; when all have one, take them away."""
        self.on_targets(count, "Star", lambda targets: self._with_rows(targets, self._toggle_star))

    def _toggle_star(self, rows: list[PaperRow]) -> None:
        starred = not all(row.starred for row in rows)
        self._done(
            lambda targets: self._star(targets, starred=starred),
            Targets(tuple(row.id for row in rows)),
        )

    def unstar(self, count: int | None) -> None:
        """Take the stars away."""
        self._do(count, "Unstar", lambda targets: self._star(targets, starred=False))

    def _star(self, targets: Targets, *, starred: bool) -> None:
        patched = [dataclasses.replace(row, starred=starred) for row in self._rows(targets)]
        self.change(StarChange(targets.papers, starred), patched)

    def step_priority(self, count: int | None, text: str) -> None:
        """Raise or lower the priority by one."""
        step = int(text)
        self._do(
            count, "Change the priority of",
            lambda targets: self.change(PriorityStep(targets.papers, step),
                                        [_stepped(row, step) for row in self._rows(targets)]),
        )  # fmt: skip

    def priority(self, count: int | None, text: str) -> None:
        """Set the priority: A, B, C or none."""
        if text.upper() not in Priority.__members__:
            self.screen.telling.refuse(f"no priority is called {text}: A, B, C or none")
            return
        priority = Priority[text.upper()]

        def act(targets: Targets) -> None:
            patched = [dataclasses.replace(row, priority=priority) for row in self._rows(targets)]
            self.change(PriorityChange(targets.papers, priority), patched)

        self._do(count, "Set the priority of", act)

    def trash(self, count: int | None) -> None:
        """Into the trash."""
        self._do(count, "Move to the trash", lambda targets: self._throw(targets, trashed=True))

    def untrash(self, count: int | None) -> None:
        """Out of the trash."""
        self._do(count, "Take out", lambda targets: self._throw(targets, trashed=False))

    def _throw(self, targets: Targets, *, trashed: bool) -> None:
        patched = [dataclasses.replace(row, trashed=trashed) for row in self._rows(targets)]
        self.change(TrashChange(targets.papers, trashed), patched)
        self._advance(targets)

    # -- tags ------------------------------------------------------------------------------

    def tag(self, count: int | None, text: str = "") -> None:
        """Open the tag palette; with a text, add and remove tags: `+a -b`."""
        if not text:
            self.screen.showing.when_told(partial(self._choose_tags, count))
            return
        try:
            change = parse_several(text.replace(" +", ","), ())
        except TagNameError as error:
            self.screen.telling.refuse(str(error))
            return
        self._do(count, "Tag", lambda targets: self._tag(change, targets))

    def _choose_tags(self, count: int | None) -> None:
        self.on_targets(count, "Tag", lambda targets: self._with_rows(targets, self._open_palette))

    def _open_palette(self, rows: list[PaperRow]) -> None:
        from reader.tui.screens.tag_palette import TagPalette  # noqa: PLC0415 - not before

        screen, papers = self.screen, tuple(row.id for row in rows)
        palette = TagPalette(
            screen.palette, rows, screen.showing.summary.tags,
            lambda: screen.library.suggested_tags(papers),
        )  # fmt: skip

        def tagged(change: TagChange) -> None:
            self._done(lambda targets: self._tag(change, targets), Targets(papers))

        self.open_dialog(palette, tagged)

    def _tag(self, change: TagChange, targets: Targets) -> None:
        change = dataclasses.replace(change, papers=targets.papers)
        self.change(change, [_retagged(row, change) for row in self._rows(targets)])

    # -- the change itself -----------------------------------------------------------------

    def change(self, change: Change, patched: Sequence[PaperRow] = ()) -> None:
        """Make a change: shown at once, written behind."""
        papers = papers_named(change)
        self.screen.pending.update(papers)
        self.screen.showing.patch(patched)
        self.screen.change(self.written, self.screen.library.apply(change), papers)

    async def written(self, change: Future[Outcome], papers: tuple[int, ...]) -> None:
        """Say what a change did, and show the papers as they are now."""
        screen = self.screen
        try:
            outcome = await asyncio.wrap_future(change)
        finally:
            screen.pending.subtract(papers)
            screen.pending += Counter()
            await screen.showing.refresh_rows([one for one in papers if one not in screen.pending])
        if outcome.group is None:
            screen.telling.say("nothing to change")
        else:
            undo = screen.keymap.key_of("history.undo")
            screen.telling.say(outcome.group.summary, f"{undo} undoes")
        await screen.showing.refresh_summary()


def _stepped(row: PaperRow, step: int) -> PaperRow:
    stands = max(min(row.priority + step, max(Priority)), min(Priority))
    return dataclasses.replace(row, priority=Priority(stands))


def _retagged(row: PaperRow, change: TagChange) -> PaperRow:
    tags = (set(row.tags) - set(change.remove)) | set(change.add)
    return dataclasses.replace(row, tags=tuple(sorted(tags)))
