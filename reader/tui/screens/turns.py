"""Taking turns: keys mean the papers that were asked for, so they wait until those are here."""

from collections import deque
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

Act = Callable[[], None]
Work = Callable[..., Coroutine[Any, Any, Any]]

_PATIENCE = 1.0
"""Seconds that keys wait for work, which may itself wait for a program that keeps the library."""


class Turns:
    """What waits for the list: for its first rows, for all of it, or for work that leads on.

    Attributes:
        partial: Whether the list has its first rows only, and the others come.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        self._screen = screen
        self._loading = self.partial = False
        self._working: set[object] = set()
        self._waiting: deque[Act] = deque()
        self._for_all: list[Act] = []

    def asked(self) -> None:
        """Other papers were asked for."""
        self._loading = True

    @property
    def loading(self) -> bool:
        """Whether other papers were asked for and are not here yet."""
        return self._loading

    @property
    def all_here(self) -> bool:
        """Whether the list is whole, and no other was asked for."""
        return not (self._loading or self.partial)

    def first_rows(self) -> None:
        """The first rows of a large list are here, the others come."""
        self.partial = True
        self._go_on()

    def whole(self) -> None:
        """The list is here, all of it."""
        counted, self.partial = self.partial, False
        if counted:
            self._screen.telling.position()
        waiting, self._for_all = self._for_all, []
        for act in waiting:
            act()
        self._go_on()

    def _go_on(self) -> None:
        """Do what waited, until other papers are asked for; what is typed at a prompt, at once."""
        self._loading = False
        while self._waiting and (self._elsewhere or not self._busy):
            self._waiting.popleft()()

    @property
    def _elsewhere(self) -> bool:
        """Whether keys are for a prompt or a dialog: those do not mean the list."""
        return bool(self._screen.prompt.mode) or self._screen.dialog is not None

    @property
    def _busy(self) -> bool:
        return self._loading or bool(self._working) or bool(self._for_all)

    def wait_for(self, work: Work, *values: object) -> None:
        """Run work that opens a dialog or moves the cursor: the keys behind it wait, not for ever.

        Each is done.
        """
        mark = object()
        self._working.add(mark)
        self._screen.set_timer(_PATIENCE, partial(self._worked, mark))
        self._screen.change(self._run, mark, partial(work, *values))

    async def _run(self, mark: object, work: Work) -> None:
        try:
            await work()
        finally:
            self._worked(mark)

    def _worked(self, mark: object) -> None:
        if mark in self._working:
            self._working.discard(mark)
            if not self._loading:
                self._go_on()

    def in_turn(self, act: Act) -> None:
        """Do something when the rows are here; at once where the list is not meant."""
        if self._waiting or (self._busy and not self._elsewhere):
            self._waiting.append(act)
        else:
            act()

    def when_whole(self, act: Act) -> None:
        """Do something when the list is whole; the keys behind it wait, as it moves the cursor."""
        if self.partial:
            self._for_all.append(act)
        else:
            act()

    def when_rows(self, count: int, act: Act) -> None:
        """Do something with so many rows from the cursor on, when the list has them or is whole."""
        papers = self._screen.papers
        if self.partial and papers.cursor + count >= len(papers.ids):
            self._for_all.append(act)
        else:
            act()
