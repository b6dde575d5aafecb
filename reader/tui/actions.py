"""What an action is, and the questions that keys, footer, palette, help and documents ask of them.

An action's id names its handler: `paper.star` is the method `star` of the action set `paper` of the
main screen, unless it names another `handler`, which it gives its `text`. A handler takes the count
typed before the key, and a text where the action takes one. A contract test holds that each action
can be found and run.
"""

from collections.abc import Sequence
from enum import Enum, Flag, auto

from reader.frozen import frozen


class Scope(Flag):
    """The panes where an action's keys work."""

    LIST = auto()
    TEXT = auto()
    SIDEBAR = auto()
    PAPER = LIST | TEXT
    EVERYWHERE = LIST | TEXT | SIDEBAR


PANES = (Scope.LIST, Scope.TEXT, Scope.SIDEBAR)
"""Each pane by itself."""


class Offers(Enum):
    """What completes the text of an action."""

    NOTHING = ""
    TAGS = "tags"
    VIEWS = "views"
    THEMES = "themes"
    ORDERS = "orders"
    GROUPS = "groups"
    SETTINGS = "settings"
    QUERY = "query"
    CHOICE = "choice"
    FEEDS = "feeds"
    SOURCES = "sources"


@frozen
class Action:
    """One thing that a key, the mouse or a `:` command does.

    Attributes:
        id: `set.method`.
        keys: Key sequences, keys of one sequence separated by spaces.
        title: What the footer says, and how help begins.
        help: One line for the help and the documents.
        command: Its `:` name.
        takes: What may follow that name; in brackets when it need not.
        offers: What completes it.
        handler: The id of what does it, when several actions have one in common.
        text: What the handler is given then.
        numbered: Whether the digit that ends its key is its count: `g 3`.
        ranged: Whether it is done to papers, so that a range may stand before its name.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    scope: Scope = Scope.PAPER
    command: str = ""
    takes: str = ""
    offers: Offers = Offers.NOTHING
    handler: str = ""
    text: str = ""
    ranged: bool = False
    numbered: bool = False

    @property
    def needs_text(self) -> bool:
        """Whether it can do nothing without a text."""
        return bool(self.takes) and not self.takes.startswith("[") and not self.text

    @property
    def choices(self) -> tuple[str, ...]:
        """The words that it takes, where it takes one of a few: `A|B|C`."""
        words = self.takes.strip("[]")
        return tuple(words.split("|")) if self.offers is Offers.CHOICE else ()


def named(prefix: str, actions: Sequence[Action]) -> list[Action]:
    """The actions whose `:` name is `prefix`, or begins with it when none is."""
    exact = [action for action in actions if action.command == prefix]
    return exact or [action for action in actions if prefix and action.command.startswith(prefix)]


def key_label(keys: str) -> str:
    """A key sequence as people write it: `y t`, `ctrl+d`."""
    return " ".join(_LABELS.get(key, key) for key in keys.split(" "))


_LABELS = {
    "escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "up": "↑", "down": "↓", "left": "←",
    "right": "→", "shift+up": "shift+↑", "shift+down": "shift+↓",
    **{f"f{number}": f"F{number}" for number in range(1, 13)},
}  # fmt: skip
