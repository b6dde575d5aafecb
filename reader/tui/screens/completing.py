"""Completing what is typed at the prompt, and recalling earlier queries."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from reader.model.query import Problem
from reader.model.query.completing import Candidate, completed, typed
from reader.session import load_history

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

Source = Callable[[str], Awaitable[tuple[str, Sequence[Candidate]]]]
"""Gives what stays of a text, and what could follow that."""


class Completing:
    """The candidates for the word at the end of the prompt, one of which may stand there.

    Those of a query are offered while a value is typed; those of another source always.
    """

    def __init__(self, screen: "LibraryScreen", source: Source | None = None) -> None:
        self._screen = screen
        self._source = source
        self.candidates: Sequence[Candidate] = []
        self.at = -1
        self._begun = self._put = ""
        self._recalled: list[str] = []

    def forget(self) -> None:
        """Begin anew: another text, another prompt."""
        self.candidates, self.at, self._recalled = [], -1, []

    def typed(self, text: str) -> None:
        """Notice that the text is no longer what was put there; offer what could follow."""
        if text == self._put and text:
            return
        self.forget()
        if self._source is not None or typed(text).field:
            self._screen.start("complete", self._offer, text)

    async def _candidates(self, text: str) -> tuple[str, Sequence[Candidate]]:
        if self._source is not None:
            return await self._source(text)
        return text, await self._screen.library.complete(typed(text))

    async def _offer(self, text: str) -> None:
        begun, candidates = await self._candidates(text)
        if self._screen.prompt.mode and self.at < 0:
            self.candidates, self._begun = candidates, begun
            self._screen.telling.footer()

    def step(self, text: str, direction: int) -> None:
        """Put the next candidate in the place of the last word, or the one before."""
        if self.candidates:
            self.at = 0 if self.at < 0 and direction < 0 else self.at
            self._take(direction)
        else:
            self._screen.start("complete", self._fetch, text, direction)

    async def _fetch(self, text: str, direction: int) -> None:
        self._begun, self.candidates = await self._candidates(text)
        self.at = -1 if direction > 0 else 0
        if self.candidates:
            self._take(direction)
        else:
            self._screen.prompt.note("nothing to complete ")

    def _take(self, direction: int) -> None:
        self.at = (self.at + direction) % len(self.candidates)
        chosen = self.candidates[self.at]
        if self._source is not None:
            whole = len(self.candidates) == 1 and not chosen.text.endswith(":")
            blank = " " if whole else ""
            self._replace(f"{self._begun}{chosen.text}{blank}")
        else:
            self._replace(completed(self._begun, typed(self._begun), chosen))
        self._screen.telling.footer()

    def fix(self, text: str, problems: tuple[Problem, ...]) -> bool:
        """Mend every problem that can be mended; whether there was one."""
        fixable = [one for one in problems if one.fix is not None]
        for one in sorted(fixable, key=lambda one: -one.start):
            text = text[: one.start] + (one.fix or "") + text[one.end :]
        if fixable:
            self._replace(text)
        return bool(fixable)

    def recall(self, text: str) -> None:
        """Put the latest query that holds what was typed in its place; each time an earlier one."""
        self._screen.start("complete", self._recall, self._recalled or [text])

    async def _recall(self, recalled: list[str]) -> None:
        known = await asyncio.to_thread(load_history)
        earlier = [one for one in known if recalled[0] in one and one not in recalled]
        if not earlier:
            self._screen.prompt.note("no earlier query ")
            return
        self._replace(earlier[0])
        self._recalled = [*recalled, earlier[0]]

    def _replace(self, text: str) -> None:
        self._put = text
        self._screen.prompt.replace(text)
