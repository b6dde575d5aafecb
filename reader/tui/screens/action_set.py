"""A set of actions: a part of the main screen, with a handle on it."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from reader.errors import ReaderError
from reader.model.change import Change, Outcome
from reader.tui.selection import Targets

if TYPE_CHECKING:
    from concurrent.futures import Future

    from reader.tui.screens.dialog import Dialog
    from reader.tui.screens.library import LibraryScreen

Answer = TypeVar("Answer")
Done = TypeVar("Done")
Papers = Sequence[int]
Made = Callable[[str], Coroutine[Any, Any, None]]
"""Is told what a change did, in words, when the main screen shows it."""

MANY = 50
"""So many papers are changed without a question."""


class ActionSet:
    """A part of the main screen: the actions of one kind."""

    def __init__(self, screen: "LibraryScreen") -> None:
        self.screen = screen

    def open_dialog(self, dialog: "Dialog[Answer]", then: Callable[[Answer], None]) -> None:
        """Open a dialog and do something with its answer; keys pressed meanwhile are its own."""
        self.screen.dialog = dialog

        def answered(answer: Answer | None) -> None:
            self.screen.dialog = None
            if answer is not None:
                then(answer)
            for key in dialog.left_over():
                self.screen.typing.in_turn(key)

        self.screen.app.push_screen(dialog, answered)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask, and do something when the answer is yes."""
        from reader.tui.screens.dialog import Confirm  # noqa: PLC0415 - not before it is wanted

        self.open_dialog(Confirm(self.screen.palette, question), lambda _yes: then())

    def make_change(self, change: Change | None, then: Made) -> None:
        """Make a change that a dialog asks for, or undo the last one, and tell what it did.

        It is promised at once: the changes that later keys ask for come behind it. A dialog that is
        closed by then shows nothing, so it is said below the list.
        """
        if change is None:
            self.screen.change(self._undone, self.screen.library.undo(), then)
        else:
            self.screen.change(self._made, self.screen.library.apply(change), then)

    async def _undone(self, promised: "Future[list[Outcome]]", then: Made) -> None:
        await self._settle(promised, then, lambda done: _in_words(done[0], "undid: ", "undo"))

    async def _made(self, promised: "Future[Outcome]", then: Made) -> None:
        await self._settle(promised, then, lambda done: _in_words(done, "", "change"))

    async def _settle(
        self, promised: "Future[Done]", then: Made, words: Callable[[Done], tuple[str, Papers]]
    ) -> None:
        papers: Papers = ()
        try:
            told, papers = words(await asyncio.wrap_future(promised))
        except ReaderError as problem:
            told = str(problem)
        if self.screen.dialog is None:
            self.screen.telling.say(told)
        await self.screen.showing.refresh_summary()
        await self.screen.showing.refresh_rows(papers)
        await then(told)

    def on_targets(self, count: int | None, verb: str, then: Callable[[Targets], None]) -> None:
        """Do something to the papers that are meant; many that were not counted are asked for."""
        targets = self.screen.targets(count)
        self.screen.papers.keep_cursor_visible()  # the wheel may have scrolled it away
        if not targets.papers:
            self.screen.telling.refuse("there is no paper here")
        elif targets.asked or targets.count <= MANY:
            then(targets)
        else:
            self.confirm(f"{verb} {targets.count:,} papers?", lambda: then(targets))


def _in_words(outcome: Outcome, verb: str, otherwise: str) -> tuple[str, Papers]:
    told = f"{verb}{outcome.group.summary}" if outcome.group else f"nothing to {otherwise}"
    return told, outcome.papers
