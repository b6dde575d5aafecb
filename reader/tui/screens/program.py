"""The program itself: help, palette, commands, themes, the lesson, settings, quitting."""

import asyncio
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config import load_settings
from reader.model.change import Outcome, RemoveSamples
from reader.paths import config_file, keys_file
from reader.tui.action_table import BY_ID, called
from reader.tui.keymap import Bindings, load_keymap, make_keymap
from reader.tui.keys import KeyReader
from reader.tui.lesson import STEPS
from reader.tui.screens.action_set import ActionSet
from reader.tui.themes import OURS

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen

_REMEMBERED = 20
_PATIENCE = 1.0
"""Seconds that stopping waits for the changes before it."""


class Program(ActionSet):
    """Actions `app.*`."""

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self.recent: list[str] = []

    def help(self, _count: int | None, text: str = "") -> None:
        """Show the keys; run the one that is chosen."""
        from reader.tui.screens.help import Help  # noqa: PLC0415 - not before it is wanted

        screen = self.screen
        self.open_dialog(Help(screen.palette, screen.keymap, screen.scope, text), screen.run)

    def palette(self, _count: int | None) -> None:
        """Find anything by a few letters."""
        from reader.tui.screens.palette import CommandPalette  # noqa: PLC0415 - not before

        self.open_dialog(CommandPalette(self.screen), lambda run: run())

    def command(self, _count: int | None) -> None:
        """Ask for a command."""
        self.screen.commanding.ask()

    def commands(self, count: int | None, text: str) -> None:
        """Run the commands of a macro."""
        self.screen.commanding.run_all(text, count)

    def peel(self, _count: int | None) -> None:
        """Leave one layer: selection, drawer, filter, zoom; never quits."""
        screen = self.screen
        if screen.adding.cancel() or screen.following.cancel():
            return
        if screen.selection.any:
            screen.selecting.leave()
        elif screen.abstract.leave_sentences():
            return
        elif screen.has_class("-drawer"):
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        elif screen.showing.shown.words:
            screen.run("find.clear")
        elif screen.looking.zoomed:
            screen.looking.unzoom()

    def close(self, _count: int | None) -> None:
        """Quit: this is the top level."""
        self.screen.leaving.leave()

    def how_to_quit(self, _count: int | None) -> None:
        """Say how to quit."""
        key = self.screen.keymap.key_of("app.close")
        self.screen.telling.refuse(f"{key} quits; everything is saved already")

    def quit(self, _count: int | None) -> None:
        """Quit."""
        self.screen.leaving.leave()

    def suspend(self, _count: int | None) -> None:
        """Stop like any program under job control."""
        self.screen.turns.wait_for(self._stop)

    async def _stop(self) -> None:
        """Stop, not in the middle of a change: other programs would find the library locked."""
        await self.screen.library.changes_made(_PATIENCE)
        self.screen.app.action_suspend_process()

    # -- what was set up -------------------------------------------------------------------

    def used(self, label: str) -> None:
        """Remember what was chosen in the palette, the latest last."""
        self.recent = [*(one for one in self.recent if one != label), label][-_REMEMBERED:]

    def theme_names(self) -> list[str]:
        """The themes, our own first."""
        ours = [one.name for one in OURS]
        return [*ours, *sorted(set(self.screen.app.available_themes) - set(ours))]

    async def reload_settings(self) -> None:
        """Take the settings as they are now."""
        screen = self.screen
        screen.settings = await asyncio.to_thread(load_settings, screen.begin.config)
        screen.looking.settle()
        screen.looking.relayout()
        await self.reload_keys()

    async def reload_keys(self) -> None:
        """Take the keys as they are now."""
        screen = self.screen
        path, preset = keys_file(screen.begin.config), screen.settings.keys_preset
        keymap, _ = await asyncio.to_thread(load_keymap, preset, path)
        screen.keys = KeyReader(keymap)
        screen.abstract.set_keymap(keymap)
        screen.telling.everything()

    # -- theme -----------------------------------------------------------------------------

    def theme(self, _count: int | None, text: str = "") -> None:
        """Choose a theme, seen while choosing; with a name, take it."""
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        app, screen = self.screen.app, self.screen
        if text:
            self._take_theme(text)
            return
        before = app.theme
        options = [Option(name, "", name) for name in self.theme_names()]

        def seen(name: str | None) -> None:
            app.theme = name or before

        chosen = Choose(
            screen.palette, "Theme", options, at=before, seen=seen,
            hints="↑ ↓ try   Enter keep   Esc as before",
        )  # fmt: skip
        self.open_dialog(chosen, self._take_theme)

    def _take_theme(self, name: str) -> None:
        app, telling = self.screen.app, self.screen.telling
        if name in app.available_themes:
            app.theme = name
            if self.screen.settings.ui_theme not in ("", "auto", name):
                telling.say(f"theme {name}", f":set ui.theme {name} keeps it")
        else:
            telling.refuse(f"no theme is called {name}: `reader themes` lists them")

    # -- the lesson ------------------------------------------------------------------------

    def lesson(self, _count: int | None) -> None:
        """Show the first lesson again."""
        self.screen.looking.set(taught=False)
        self.begin_lesson()

    def begin_lesson(self) -> None:
        """Put the card in the place of the abstract, while the list has the focus."""
        self.screen.abstract.teach(self.screen.keymap)

    def learned(self, action: str) -> None:
        """Tick a step of the lesson; the last one ends it."""
        screen, step = self.screen, "move.down" if action == "move.up" else action
        if screen.abstract.lesson is None or step not in STEPS:
            return
        screen.abstract.learned(step)
        if step == "history.undo":
            screen.abstract.teach(None)
            screen.looking.set(taught=True)

    # -- settings --------------------------------------------------------------------------

    def set(self, _count: int | None, text: str) -> None:
        """Change a setting: `ui.theme paper`."""
        key, _, value = text.partition(" ")
        self.screen.change(self._set, key, value.strip())

    async def _set(self, key: str, value: str) -> None:
        from reader.config_file import set_value  # noqa: PLC0415 - pydantic

        screen = self.screen
        await asyncio.to_thread(set_value, config_file(screen.begin.config), key, value)
        if key == "ui.measure":
            screen.looking.set(measure=0)
        await self.reload_settings()
        if key == "ui.theme" and value in screen.app.available_themes:
            screen.app.theme = value
        later = key in ("ui.glyphs", "library.path", "backups.automatic")
        screen.telling.say(f"{key} is {value} from {'the next start' if later else 'now'} on")

    def map(self, _count: int | None, text: str) -> None:
        """Give an action another key: `d paper.skip`, or by its command: `d skip`."""
        key, _, name = text.strip().rpartition(" ")
        found = called(name)
        action = name if name in BY_ID else found[0].id if len(found) == 1 else ""
        if not key or not action:
            wrong = f"no action is called {name}" if key and not found else "a key and an action"
            self.screen.telling.refuse(f"{wrong}: :map d paper.skip")
            return
        keymap = self.screen.keymap
        keys = tuple(dict.fromkeys((*keymap.keys.get(action, ()), key)))
        trial = make_keymap(self.screen.settings.keys_preset, Bindings({action: keys}, {}))
        if key in trial.keys[action]:
            self.screen.change(self._map, action, keys)
        else:
            self.screen.telling.refuse(trial.problems[0])

    async def _map(self, action: str, keys: tuple[str, ...]) -> None:
        from reader.keys_file import set_keys  # noqa: PLC0415 - tomlkit

        screen = self.screen
        await asyncio.to_thread(set_keys, keys_file(screen.begin.config), action, keys)
        await self.reload_keys()
        screen.telling.say(f"{keys[-1]} is {action} now")

    def backup(self, _count: int | None) -> None:
        """Write a verified copy of the library."""
        self.screen.telling.say("writing a copy …")
        self.screen.change(self._backed_up, self.screen.library.back_up())

    async def _backed_up(self, done: Future[Path]) -> None:
        copy = await asyncio.wrap_future(done)
        self.screen.telling.say(f"wrote {copy}")

    def messages(self, _count: int | None) -> None:
        """Show what was said so far."""
        from reader.tui.screens.choose import Choose, Option  # noqa: PLC0415 - not before

        said = self.screen.telling.log
        if not said:
            self.screen.telling.refuse("nothing was said yet")
            return
        options = [Option(text, at, text) for at, text in reversed(said)]
        chosen = Choose(self.screen.palette, "Messages", options, hints="Enter copies   Esc close")
        self.open_dialog(chosen, self.screen.app.copy_to_clipboard)

    def remove_samples(self, _count: int | None) -> None:
        """Take the bundled shelf away."""
        self.screen.change(self._removed, self.screen.library.apply(RemoveSamples()))

    async def _removed(self, outcome: Future[Outcome]) -> None:
        screen = self.screen
        group = (await asyncio.wrap_future(outcome)).group
        if group is None:
            screen.telling.refuse("there are no sample papers")
            return
        screen.telling.say(group.summary, f"{screen.keymap.key_of('history.undo')} undoes")
        await screen.showing.refresh_summary()
        screen.finding.forget()
        screen.showing.show(screen.showing.shown)
