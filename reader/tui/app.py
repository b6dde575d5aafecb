"""The Textual program: themes, the net before the terminal, and the main screen."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar

from textual import constants, on
from textual.app import App
from textual.events import Event
from textual.filter import LineFilter

from reader import first_frame
from reader.library.library import Library
from reader.paths import themes_folder
from reader.resources import styles
from reader.session import Place, save_place
from reader.tui._workarounds import Driver, TypedBefore, begin_with_theme, paint_held, send
from reader.tui.asking import here
from reader.tui.glyphs import ASCII, glyphs_for
from reader.tui.line_filter import AsciiChrome, NeutraliseControls, WithoutColour
from reader.tui.own_themes import OwnThemes, read_own_themes, signature
from reader.tui.screens.leaving import Left
from reader.tui.screens.library import LibraryScreen
from reader.tui.start import Begin
from reader.tui.terminal_title import GIVE_BACK, KEEP
from reader.tui.themes import MONO, OURS, Palette, role_variables
from reader.tui.type_ahead import CaughtUp, Followed, TypeAhead, Typed
from reader.tui.widgets.bars import Bar
from reader.tui.widgets.choices import Choices

_WATCH = 1.0
_WATCH_THEMES = 2.0  # looking at files costs more than all else while nothing is done


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
        begin: Begin | None = None,
    ) -> None:
        self._begin = begin or Begin()
        self._glyphs = glyphs_for(self._begin.settings.ui_glyphs)
        self._nets: list[LineFilter] = [NeutraliseControls()]
        if self._glyphs is ASCII:
            self._nets.append(AsciiChrome())
        if "NO_COLOR" in os.environ:
            self._nets.append(WithoutColour())
        super().__init__(driver_class=None if constants.DRIVER else Driver)
        self.left = Left()
        self._first = ExitStack()
        self._type_ahead = TypeAhead(self)
        self.library = library
        self._place = place
        self._themes: tuple[tuple[str, int], ...] = ()
        self._own_themes: set[str] = set()
        self.theme_problems: list[str] = []
        for theme in OURS:
            self.register_theme(theme)
        self.take_own_themes(read_own_themes(themes_folder(self._begin.config)))
        wanted = self._begin.theme or place.theme
        known = wanted in self.available_themes
        begin_with_theme(self, wanted if known else "ink")
        self.unknown_theme = "" if known or not self._begin.theme else self._begin.theme

    def on_load(self) -> None:
        """Paint nothing until everything is where it was, so that nothing jumps."""
        self._first.enter_context(self.batch_update())

    @on(LibraryScreen.Begun)
    def show_first(self) -> None:
        """Everything is there: paint it, and from now on whatever changes."""
        first_frame.leave_to_program()
        held, self._first = self._first, ExitStack()
        held.close()
        for screen in self.screen_stack:  # which is empty when one has left already
            if screen is self.screen:
                paint_held(screen)
            else:  # what is below a dialog was not laid out
                screen.refresh(layout=True)
            if isinstance(screen, LibraryScreen):
                screen.seen.set()

    async def on_event(self, event: Event) -> None:
        """Hand on an event; what was typed when what the one before it did is done."""
        if not isinstance(event, Typed) or event.is_forwarded:
            await super().on_event(event)
        elif not self._type_ahead.waits(event):
            await super().on_event(event)
            self._type_ahead.follow()

    @on(Followed)
    def _followed(self) -> None:
        self._type_ahead.followed()

    @on(TypedBefore)
    def _typed_before(self) -> None:
        """Send a message the way of those keys, behind them."""
        target = self.focused or self.screen
        target.call_later(target.post_message, CaughtUp())

    @on(CaughtUp)
    def _caught_up(self) -> None:
        self.main.typing.caught_up.set()

    @property
    def theme_is_asked_for(self) -> bool:
        """Whether the theme comes from the terminal or from a file, so that it may change."""
        return self._begin.asked or self.theme in self._own_themes

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with our roles in every theme."""
        variables = super().get_css_variables()
        return {**variables, **role_variables(variables)}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line of every widget passes the net last."""
        mono = [WithoutColour()] if self.theme == MONO.name else []
        return [*super().get_line_filters(), *self._nets, *mono]

    def get_default_screen(self) -> LibraryScreen:
        """The main screen."""
        return LibraryScreen(self.library, self.palette, self._place, self._begin)

    @property
    def palette(self) -> Palette:
        """The colours and signs that are in use."""
        sixteen = self.console.color_system == "standard"
        variables = self.get_css_variables()
        return Palette.of(self.current_theme, variables, self._glyphs, sixteen=sixteen)

    @property
    def main(self) -> LibraryScreen:
        """The main screen, whatever dialog is above it."""
        screen = self.screen_stack[0]
        if not isinstance(screen, LibraryScreen):
            raise TypeError("the main screen is not at the bottom")
        return screen

    def on_mount(self) -> None:
        """Leave cleanly when told to by a signal or by the theme's change."""
        self.set_class(self._glyphs is ASCII, "-ascii")
        self.theme_changed_signal.subscribe(self, lambda _theme: self._repaint())
        send(self, KEEP)
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            self._loop_signal(number)
        self.set_timer(_WATCH, self.show_first)
        self.set_interval(_WATCH, self._leave_without_terminal)
        self.set_interval(_WATCH_THEMES, self._watch_themes)

    def _leave_without_terminal(self) -> None:
        """Leave when the terminal is gone: under nohup no signal tells of it."""
        if not self.is_headless:
            try:
                os.tcgetpgrp(sys.__stdin__.fileno() if sys.__stdin__ else 0)
            except OSError:
                self.exit(128 + signal.SIGHUP)

    def troubles_with_themes(self) -> list[str]:
        """What is wrong with the theme that is wanted, and with the user's own."""
        unknown = f"no theme is called {self.unknown_theme}: `reader themes` lists them"
        return [*([unknown] if self.unknown_theme else []), *self.theme_problems]

    def take_own_themes(self, files: OwnThemes) -> None:
        """Take the user's own themes as their files were read."""
        self._themes, (themes, self.theme_problems) = files
        for gone in self._own_themes - {theme.name for theme in themes} - {self.theme}:
            self.unregister_theme(gone)
        for theme in themes:
            self.register_theme(theme)
        self._own_themes = {theme.name for theme in themes}

    def _watch_themes(self) -> None:
        folder = themes_folder(self._begin.config)
        looked = asyncio.get_running_loop().run_in_executor(None, signature, folder)
        looked.add_done_callback(here(self._look_at_themes))

    def _look_at_themes(self, looked: "asyncio.Future[object]") -> None:
        """A worker for each look, most of which see nothing, would cost more than all else."""
        if not looked.cancelled() and looked.result() != self._themes:
            work: Callable[..., Coroutine[Any, Any, Any]] = self._take_themes
            self.run_worker(partial(work), group="themes", exclusive=True)

    async def _take_themes(self) -> None:
        """Show a theme of the user's as its file changes."""
        folder = themes_folder(self._begin.config)
        self.take_own_themes(await asyncio.to_thread(read_own_themes, folder))
        self.refresh_css(animate=False)
        self._repaint()
        if self.theme_problems:
            self.main.telling.refuse(self.theme_problems[0])

    def _loop_signal(self, number: signal.Signals) -> None:
        try:
            loop = asyncio.get_running_loop()
            loop.add_signal_handler(number, lambda: self.exit(128 + number))
        except (ValueError, RuntimeError):
            return  # not in the main thread: tests run the program there

    def _repaint(self) -> None:
        palette, main = self.palette, self.main
        main.palette = palette
        for pane in (main.papers, main.abstract, main.sidebar, main.which_key, *main.query(Bar)):
            pane.set_palette(palette)
        for choices in self.screen.query(Choices):
            choices.set_palette(palette)
        main.telling.everything()

    def notify(self, message: str, **options: Any) -> None:
        """Textual's own messages, as text: markup in them would be obeyed."""
        super().notify(message, **{**options, "markup": False})

    async def action_quit(self) -> None:
        """Textual's own way out, which is ours."""
        self.main.leaving.leave()

    def exit(self, result: int | None = None, *args: Any, **options: Any) -> None:
        """Leave, keeping the place."""
        save_place(self.library.path, self.main.current_place())
        self.main.looking.keep_now()
        send(self, GIVE_BACK)
        super().exit(result, *args, **options)
