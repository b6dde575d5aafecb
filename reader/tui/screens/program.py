"""The program itself: help, commands, theme, quitting."""

from reader.model.change import RemoveSamples
from reader.tui.actions import commands
from reader.tui.screens.helper import Helper


class Program(Helper):
    """Actions `app.*`."""

    def help(self, _count: int | None) -> None:
        """Show the keys; run the one that is chosen."""
        from reader.tui.screens.dialogs import Help  # noqa: PLC0415 - not before it is wanted

        def chosen(action: str | None) -> None:
            if action is not None:
                self.screen.run(action)

        self.screen.app.push_screen(Help(self.screen.palette), chosen)

    def command(self, _count: int | None) -> None:
        """Ask for a command."""
        self.screen.finding.ask_command()

    def execute(self, text: str) -> None:
        """Run a command by its name or the beginning of it."""
        found = commands(text.strip().lower())
        if len(found) == 1:
            self.screen.run(found[0].id)
        elif found:
            names = ", ".join(action.command for action in found)
            self.screen.telling.refuse(f"{text.strip()} could be {names}")
        elif text.strip():
            self.screen.telling.refuse(f"no command is called {text.strip()}; ? lists them")

    def peel(self, _count: int | None) -> None:
        """Leave the drawer or the filter; never quits."""
        screen = self.screen
        if screen.has_class("-drawer"):
            screen.remove_class("-drawer")
            screen.go_to(screen.papers)
        elif screen.shown_query.terms:
            screen.run("find.clear")

    def close(self, _count: int | None) -> None:
        """Quit: this is the top level."""
        self.screen.app.exit()

    def quit(self, _count: int | None) -> None:
        """Quit."""
        self.screen.app.exit()

    def theme(self, _count: int | None) -> None:
        """The other theme."""
        app = self.screen.app
        app.theme = "paper" if app.theme == "ink" else "ink"

    def remove_samples(self, _count: int | None) -> None:
        """Take the bundled shelf away."""
        self.screen.start("changes", self._remove)

    async def _remove(self) -> None:
        screen = self.screen
        group = (await screen.library.apply(RemoveSamples())).group
        if group is None:
            screen.telling.refuse("there are no sample papers")
            return
        screen.telling.say(group.summary, "u undoes")
        await screen.refresh_summary()
        await screen.load(screen.shown_query)
