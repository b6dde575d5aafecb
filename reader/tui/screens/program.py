"""The program itself: help, commands, theme, quitting."""

import asyncio
from concurrent.futures import Future

from reader.errors import TagNameError
from reader.model.change import Outcome, RemoveSamples
from reader.tui.actions import Action, commands, key_of
from reader.tui.screens.action_set import ActionSet


class Program(ActionSet):
    """Actions `app.*`."""

    def help(self, _count: int | None) -> None:
        """Show the keys; run the one that is chosen."""
        from reader.tui.screens.dialogs import Help  # noqa: PLC0415 - not before it is wanted

        self.open_dialog(Help(self.screen.palette), self.screen.run)

    def command(self, _count: int | None) -> None:
        """Ask for a command."""
        self.screen.finding.ask_command()

    def execute(self, text: str) -> None:
        """Run a command by its name or the beginning of it, with what follows the name."""
        name, _, rest = text.strip().partition(" ")
        found = commands(name.lower())
        if len(found) == 1:
            self._execute(found[0], rest.strip())
        elif found:
            names = ", ".join(action.command for action in found)
            self.screen.telling.refuse(f"{name} could be {names}")
        elif name:
            help_key = key_of("app.help")
            self.screen.telling.refuse(f"no command is called {name}; {help_key} lists them")

    def _execute(self, action: Action, rest: str) -> None:
        if not rest:
            self.screen.run(action.id)
        elif action.command == "theme" and rest in self.screen.app.available_themes:
            self.screen.app.theme = rest
        elif action.command == "view":
            if not self.screen.viewing.named(rest):
                self.screen.telling.refuse(f"no view is called {rest}")
        elif action.command == "save-view":
            self.screen.viewing.save_as(rest, self.screen.showing.shown.text)
        elif action.command == "tag":
            try:
                self.screen.deciding.tag_with(rest)
            except TagNameError as error:
                self.screen.telling.refuse(str(error))
        else:
            self.screen.telling.refuse(f"{action.command}: cannot do anything with {rest}")

    def peel(self, _count: int | None) -> None:
        """Leave the drawer or the filter; never quits."""
        screen = self.screen
        if screen.has_class("-drawer"):
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        elif screen.showing.shown.words:
            screen.run("find.clear")

    def close(self, _count: int | None) -> None:
        """Quit: this is the top level."""
        self.screen.app.exit()

    def how_to_quit(self, _count: int | None) -> None:
        """Say how to quit."""
        self.screen.telling.refuse(f"{key_of('app.close')} quits; everything is saved already")

    def quit(self, _count: int | None) -> None:
        """Quit."""
        self.screen.app.exit()

    def suspend(self, _count: int | None) -> None:
        """Stop like any program under job control."""
        self.screen.app.action_suspend_process()

    def theme(self, _count: int | None) -> None:
        """The other theme."""
        app = self.screen.app
        app.theme = "paper" if app.theme == "ink" else "ink"

    def remove_samples(self, _count: int | None) -> None:
        """Take the bundled shelf away."""
        self.screen.change(self._removed, self.screen.library.apply(RemoveSamples()))

    async def _removed(self, outcome: Future[Outcome]) -> None:
        screen = self.screen
        group = (await asyncio.wrap_future(outcome)).group
        if group is None:
            screen.telling.refuse("there are no sample papers")
            return
        screen.telling.say(group.summary, f"{key_of('history.undo')} undoes")
        await screen.showing.refresh_summary()
        screen.finding.forget()
        screen.showing.show(screen.showing.shown)
