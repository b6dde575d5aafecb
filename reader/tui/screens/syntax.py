"""The query language in a dialog: every field and directive with an example."""

from reader.model.query.fields import FIELDS, ORDERS, STATES
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

_ABOUT = {
    "word": "the beginning of a word, in title, authors, abstract or tags",
    '"two words"': "exactly these words",
    "a OR b": "either; two words side by side must both be there",
    "-word": "without it",
    "( )": "group",
}
_SHOWN = {
    "sort:": f"{', '.join(key for key, told in ORDERS.items() if told)}; - reverses",
    "limit:": "at most so many papers: limit:30",
}


class Syntax(Dialog[str]):
    """Lists what a query can hold; gives what was chosen, with its colon."""

    placeholder = "type to search"
    hints = "Enter puts it into the query   Esc close"

    def __init__(self, palette: Palette) -> None:
        super().__init__("What a query can hold", palette)
        self._offered: list[str] = []

    def offer(self, text: str) -> None:
        """Show what has all words of a text."""
        words = text.lower().split()
        table = {**_ABOUT, **{f"{one.name}:": f"{one.help}: {one.example}"
                              for one in FIELDS if not one.missing}, **_SHOWN}  # fmt: skip
        table["is:"] = ", ".join(name for name, told in STATES.items() if told)
        found = {name: told for name, told in table.items()
                 if all(word in f"{name} {told}".lower() for word in words)}  # fmt: skip
        self._offered = list(found)
        self.choices.show([self._line(name, told) for name, told in found.items()])
        self.note("" if found else "nothing like this   Esc close")

    def _line(self, name: str, told: str) -> Line:
        return ([(f"{name:<13}", self._palette.accent), (told, self._palette.text)], [])

    def command(self, command: str, text: str) -> None:
        """The key that opened it closes it too."""
        super().command("cancel" if command == "help" else command, text)

    def accept(self, text: str) -> None:
        """Answer with the field under the cursor."""
        del text
        place = self.choices.cursor
        chosen = self._offered[place] if place < len(self._offered) else ""
        self.answer(chosen if chosen.endswith(":") else None)
