"""The Textual program: themes, the net before the terminal, and the main screen."""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, ClassVar

from textual.app import App
from textual.filter import LineFilter

from reader.config import Settings
from reader.library.library import Library
from reader.resources import styles
from reader.session import Place, save_place
from reader.tui.line_filter import NeutraliseControls, with_net
from reader.tui.screens.library import LibraryScreen
from reader.tui.start import Begin
from reader.tui.themes import INK, PAPER, Palette, role_variables
from reader.tui.widgets.bars import Bar

_WATCH = 1.0


class ReaderApp(App[int]):
    """The screen of one library."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    TITLE = "reader"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        styles() / name for name in ("app.tcss", "panes.tcss", "dialogs.tcss")
    ]

    def __init__(
        self,
        library: Library,
        place: Place,
        settings: Settings | None = None,
        begin: Begin | None = None,
    ) -> None:
        self._net = NeutraliseControls()
        super().__init__()
        self.library = library
        self._place = place
        self.settings, self._begin = settings or Settings(), begin or Begin()
        self.register_theme(INK)
        self.register_theme(PAPER)
        wanted = self._begin.theme or place.theme
        known = wanted in self.available_themes
        self.theme = wanted if known else "ink"
        self.unknown_theme = "" if known or not self._begin.theme else self._begin.theme

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with our roles in every theme."""
        variables = super().get_css_variables()
        return {**variables, **role_variables(variables)}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the net last."""
        return with_net(super().get_line_filters(), self._net)

    def get_default_screen(self) -> LibraryScreen:
        """The main screen."""
        palette = Palette.of(self.get_css_variables())
        return LibraryScreen(self.library, palette, self._place, self.settings, self._begin)

    @property
    def main(self) -> LibraryScreen:
        """The main screen, whatever dialog is above it."""
        screen = self.screen_stack[0]
        if not isinstance(screen, LibraryScreen):
            raise TypeError("the main screen is not at the bottom")
        return screen

    def on_mount(self) -> None:
        """Leave cleanly when told to by a signal or by the theme's change."""
        self.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            self._loop_signal(number)
        self.set_interval(_WATCH, self._leave_without_terminal)

    def _leave_without_terminal(self) -> None:
        """Leave when the terminal is gone: under nohup no signal tells of it."""
        if not self.is_headless:
            try:
                os.tcgetpgrp(sys.__stdin__.fileno() if sys.__stdin__ else 0)
            except OSError:
                self.exit(128 + signal.SIGHUP)

    def _loop_signal(self, number: signal.Signals) -> None:
        import asyncio  # noqa: PLC0415 - loaded by Textual anyway

        try:
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(number, lambda: self.exit(128 + number))
        except (ValueError, RuntimeError):
            return  # not in the main thread: tests run the program there

    def _repaint(self) -> None:
        palette = Palette.of(self.get_css_variables())
        main = self.main
        main.palette = palette
        for pane in (main.papers, main.abstract, main.sidebar, *main.query(Bar)):
            pane.set_palette(palette)
        main.telling.everything()

    def notify(self, message: str, **options: Any) -> None:
        """Textual's own messages, as text: markup in them would be obeyed."""
        super().notify(message, **{**options, "markup": False})

    async def action_quit(self) -> None:
        """Textual's own way out."""
        self.exit()

    def exit(self, result: int | None = None, *args: Any, **options: Any) -> None:
        """Leave, keeping the place."""
        save_place(self.library.path, self.main.current_place())
        super().exit(result, *args, **options)
