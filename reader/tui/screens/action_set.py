"""A set of actions: a part of the main screen, with a handle on it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from reader.errors import ReaderError
from reader.model.change import Change
from reader.tui.selection import Targets

if TYPE_CHECKING:
    from reader.tui.screens.dialog import Dialog
    from reader.tui.screens.library import LibraryScreen

Answer = TypeVar("Answer")

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

    async def make_change(self, change: Change | None) -> tuple[str, Sequence[int]]:
        """Make a change that a dialog asks for, or undo the last one: what it did, to which papers.

        A dialog that is closed by then shows nothing: it is said below the list.
        """
        papers: Sequence[int] = ()
        try:
            told, papers = await self._make(change)
        except ReaderError as problem:
            told = str(problem)
        if self.screen.dialog is None:
            self.screen.telling.say(told)
        return told, papers

    async def _make(self, change: Change | None) -> tuple[str, Sequence[int]]:
        library = self.screen.library
        if change is None:
            done = (await asyncio.wrap_future(library.undo()))[0]
            told = f"undid: {done.group.summary}" if done.group else "nothing to undo"
        else:
            done = await asyncio.wrap_future(library.apply(change))
            told = done.group.summary if done.group else "nothing to change"
        return told, done.papers

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
