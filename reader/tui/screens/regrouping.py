"""What is one work and what is two: possible duplicates compared, merged or kept apart."""

import asyncio
from concurrent.futures import Future

from reader.model.change import MergeChange, Outcome, Regrouping, SplitChange
from reader.model.merge import identifying_title
from reader.model.paper import Paper, source_label
from reader.tui.screens.action_set import ActionSet

_MOST = 20


class Grouping(ActionSet):
    """Actions `dup.*`."""

    def compare(self, _count: int | None) -> None:
        """Compare the marked papers, else this one with those that it may be the same as."""
        screen = self.screen
        row = screen.papers.row
        if row is None:
            screen.telling.refuse("there is no paper here")
            return
        marked = screen.targets(None).papers if screen.selection.any else ()
        screen.turns.wait_for(self._compare, row.id, marked[:_MOST])

    async def _compare(self, paper: int, marked: tuple[int, ...]) -> None:
        others = [one for one in marked if one != paper]
        if not others:
            others = await self.screen.library.look_alikes(paper)
        if not others:
            self.screen.telling.refuse(
                "nothing looks like this paper; mark two to compare them; /is:dup finds those"
            )
            return
        ours, theirs = await self.screen.library.whole([paper, others[0]])
        self._open(ours, theirs)

    def _open(self, ours: Paper, theirs: Paper) -> None:
        from reader.tui.screens.compare import Compare  # noqa: PLC0415 - not before it is wanted

        self.open_dialog(Compare(self.screen.palette, ours, theirs), self._do)

    def merge(self, _count: int | None) -> None:
        """Merge the marked papers into the one under the cursor."""
        screen = self.screen
        row = screen.papers.row
        others = [one for one in screen.targets(None).papers if row and one != row.id]
        if row is None or not screen.selection.any or not others:
            screen.telling.refuse("mark the papers that are one work, the cursor on what stays")
            return
        question = f"merge {len(others) + 1} papers into “{row.title[:40]}”?"
        self.confirm(question, lambda: self._do(MergeChange(row.id, tuple(others))))

    def split(self, _count: int | None) -> None:
        """Choose a record of this paper that becomes a paper of its own."""
        self.screen.previewing.with_paper(self._split)

    def _split(self, paper: Paper) -> None:
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        if len(paper.sources) < 2:  # noqa: PLR2004 - one for each side
            self.screen.telling.refuse("this paper has one record: nothing to split")
            return
        options = [
            Option(identifying_title(one.fields) or "your own values",
                   f"{source_label(one.source)}, {one.origin}", number)
            for number, one in enumerate(paper.sources, start=1)
        ]  # fmt: skip
        chosen = Choose(self.screen.palette, "Which record is another work?", options)
        self.open_dialog(chosen, lambda number: self._do(SplitChange(paper.row.id, (number,))))

    def _do(self, change: Regrouping) -> None:
        self.screen.selecting.leave()
        self.screen.turns.wait_for(self._done, self.screen.library.apply(change))

    async def _done(self, done: Future[Outcome]) -> None:
        screen = self.screen
        outcome = await asyncio.wrap_future(done)
        if outcome.group is None:
            screen.telling.say("nothing to change")
            return
        undo = screen.keymap.key_of("history.undo")
        screen.telling.say(outcome.group.summary, f"{undo} undoes")
        await screen.showing.refresh_summary()
        screen.finding.forget()
        screen.showing.show(screen.showing.shown, outcome.papers[0])
