"""The floor: a Textual program with one line of text, which every key changes."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Floor(App[None]):
    """One Static that counts keys."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("0 ready", id="line")

    def on_key(self, event: events.Key) -> None:
        """Count, or quit."""
        if event.key == "q":
            self.exit()
        line = self.query_one("#line", Static)
        count = int(str(line.content).split()[0])
        line.update(f"{count + 1} keys")


if __name__ == "__main__":
    Floor().run()
