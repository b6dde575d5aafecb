"""The help: the keys of a pane, searchable, and every one can be run from there."""

from collections.abc import Iterable

from reader.tui.action_table import ACTIONS
from reader.tui.actions import Action, Scope
from reader.tui.keymap import Keymap
from reader.tui.render import BOLD, cut
from reader.tui.screens.dialog import Dialog
from reader.tui.themes import Palette
from reader.tui.widgets.choices import Line

_PANES = {Scope.LIST: "the list", Scope.TEXT: "the abstract", Scope.SIDEBAR: "the sidebar"}
_KEYS = 16


class Help(Dialog[str]):
    """The actions of a pane with their keys, by group; gives the id of the one to run.

    A search looks among all actions, those of the other panes behind.
    """

    placeholder = "type to search all actions"
    hints = "Enter runs it   ↑ ↓ choose   Esc close"

    def __init__(
        self, palette: Palette, keymap: Keymap, scope: Scope = Scope.LIST, topic: str = ""
    ) -> None:
        super().__init__(f"Keys of {_PANES[scope]}", palette)
        self._keymap, self._scope, self._topic = keymap, scope, topic
        self._offered: list[Action | None] = []

    def on_mount(self) -> None:
        """Begin with a topic when one was given."""
        if self._topic:
            self.entry.value = self._topic

    def offer(self, text: str) -> None:
        """Show the actions that have all words of a text, under the names of their groups."""
        words = text.lower().split()
        found = [action for action in (*ACTIONS, *self._keymap.macros)
                 if all(word in self._told(action) for word in words)]  # fmt: skip
        here = [action for action in found if self._scope in action.scope]
        elsewhere = [action for action in found if action not in here] if words else []
        lines: list[Line] = []
        self._offered = []
        for action, heading in (*_headed(here), *_headed(elsewhere, "elsewhere: ")):
            if heading:
                self._offered.append(None)
                lines.append(([(heading, self._palette.muted + BOLD)], []))
            self._offered.append(action)
            lines.append(self._line(action))
        self.choices.show(lines, 1)
        self.note("" if found else "no key or command like this   Esc close")

    def _told(self, action: Action) -> str:
        keys = self._keymap.keys.get(action.id, action.keys)
        words = [action.title, action.help, action.group, action.command, *keys]
        return " ".join(words).lower()

    def _line(self, action: Action) -> Line:
        palette = self._palette
        keys = cut(self._keymap.keys_of(action), _KEYS)
        command = f":{action.command} " if action.command else ""
        told = [(f"  {keys:<{_KEYS}} ", palette.accent), (action.help, palette.text)]
        return (told, [(command, palette.muted)])

    def move(self, step: int) -> None:
        """Move over the headings."""
        super().move(step)
        if self._at(self.choices.cursor) is None:
            super().move(step if self.choices.cursor else 1)

    def accept(self, text: str) -> None:
        """Answer with the action under the cursor."""
        del text
        action = self._at(self.choices.cursor)
        if action is not None or not self._offered:
            self.answer(action.id if action else None)

    def _at(self, index: int) -> Action | None:
        return self._offered[index] if index < len(self._offered) else None


def _headed(actions: Iterable[Action], before: str = "") -> Iterable[tuple[Action, str]]:
    """Actions, each with the heading of the group that begins with it."""
    group = ""
    for action in actions:
        yield action, "" if action.group == group else f"{before}{action.group}"
        group = action.group
