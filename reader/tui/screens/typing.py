"""Typing: what a key is for."""

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.actions import Scope
from reader.tui.screens.action_set import ActionSet
from reader.tui.widgets.pane import TYPED, KeyPressed

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_PATIENCE = 5.0
"""Seconds that the first screen waits for what was typed before it, should the machine be busy."""


class Typing(ActionSet):
    """Keys, each in its turn, go to the dialog or the prompt that is opening, else they are read.

    What has the focus already gets its keys from Textual.
    """

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self.caught_up = asyncio.Event()

    async def catch_up(self) -> None:
        """Wait for what was typed over the picture, so that the first screen shows what it did."""
        if not self.screen.app.is_headless:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.caught_up.wait(), _PATIENCE)

    def begin(self, typed: str) -> None:
        """Take what was typed before the screen was there."""
        for char in typed:
            self.screen.post_message(KeyPressed(TYPED.get(char, char)))

    def in_turn(self, key: str) -> None:
        """Take a key, when the papers that it means are there."""
        self.screen.turns.in_turn(partial(self._take, key))

    def paste_in_turn(self, text: str) -> None:
        """Take the first line of a pasted text where the prompt is opening; keys it never is."""
        self.screen.turns.in_turn(partial(self._paste, "".join(text.splitlines()[:1])))

    def _paste(self, text: str) -> None:
        for char in filter(str.isprintable, text):
            if self.screen.dialog is None and self.screen.prompt.mode:
                self._take(char)

    def _take(self, key: str) -> None:
        screen = self.screen
        if screen.leaving.begun:
            return
        if screen.dialog is not None:
            screen.dialog.take(key)
        elif screen.prompt.mode:
            self._take_in_prompt(*screen.prompt.take(key))
        elif not screen.has_class("-too-small"):
            self._read(key)
        elif key in ("q", "Q", "ctrl+q"):
            screen.run("app.quit")

    def _take_in_prompt(self, command: str, text: str) -> None:
        if command:
            self.screen.purpose.commanded(command, text)
        else:
            self.screen.purpose.typed(text)

    def _in_sidebar(self, sequence: str) -> str:
        """What a key does in the sidebar, in words; empty for nothing."""
        keymap = self.screen.keymap
        action = keymap.action_of(sequence, Scope.SIDEBAR)
        back = keymap.key_of("pane.shallower")
        return f"in the sidebar ({back}) it is “{action.title}”" if action else ""

    def _read(self, key: str) -> None:
        """Take a key as a part of a command."""
        screen, telling = self.screen, self.screen.telling
        if key == "o" and screen.selection.anchor is not None and not screen.keys.prefix:
            screen.selecting.other_end()
            return
        pressed = screen.keys.press(key, screen.scope)
        telling.clear_error()
        if pressed.action is not None:
            perform = partial(screen.perform, pressed.action, pressed.count)
            screen.turns.when_rows(pressed.count or 1, perform)
        elif pressed.unknown:
            help_key = screen.keymap.key_of("app.help")
            where = self._in_sidebar(pressed.unknown) or f"{help_key} lists the keys"
            telling.refuse(f"{pressed.unknown} does nothing here; {where}")
        elif pressed.waiting and screen.keys.prefix:
            show = partial(telling.which_key, screen.keys.prefix)
            delay = screen.settings.keys_whichkey_delay / 1000
            screen.set_timer(delay, show) if delay else show()
        telling.footer()
