"""The table of actions: keys, footer, help, `:` names and the README's key table derive from it.

An action's id names its handler: `paper.star` is the method `star` of the action set `paper` of the
main screen. A contract test holds that each has one, and that no key is also a prefix.
"""

from dataclasses import dataclass
from enum import Flag, auto


class Scope(Flag):
    """The panes where an action's keys work."""

    LIST = auto()
    TEXT = auto()
    SIDEBAR = auto()
    PAPER = LIST | TEXT
    EVERYWHERE = LIST | TEXT | SIDEBAR


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key, the mouse or a `:` command does.

    Attributes:
        id: `set.method`.
        keys: Key sequences, keys of one sequence separated by spaces.
        title: What the footer says, and how help begins.
        help: One line for the help and the documents.
        command: Its `:` name, empty when it has none.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    scope: Scope = Scope.PAPER
    command: str = ""


_E, _P, _L, _T, _S = Scope.EVERYWHERE, Scope.PAPER, Scope.LIST, Scope.TEXT, Scope.SIDEBAR

ACTIONS = (
    Action("move.down", ("j", "down"), "down", "Move down; in the text, scroll", "Move", _E),
    Action("move.up", ("k", "up"), "up", "Move up", "Move", _E),
    Action("move.top", ("g g", "home"), "top", "Go to the top", "Move", _E),
    Action("move.bottom", ("G", "end"), "bottom", "Go to the bottom, or to row N (12G)", "Move",
           _E),
    Action("move.half_down", ("ctrl+d",), "half page", "Move half a page down", "Move", _E),
    Action("move.half_up", ("ctrl+u",), "half page up", "Move half a page up", "Move", _E),
    Action("move.page_down", ("ctrl+f", "pagedown"), "page", "Move a page down", "Move", _E),
    Action("move.page_up", ("ctrl+b", "pageup"), "page up", "Move a page up", "Move", _E),
    Action("move.next_unread", ("n",), "next unread", "Go to the next unread paper", "Move"),
    Action("move.previous_unread", ("N",), "previous unread", "Go to the previous unread paper",
           "Move"),
    Action("pane.deeper", ("l", "right", "enter"), "open",
           "Go deeper: sidebar, list, abstract", "Panes", _E),
    Action("pane.shallower", ("h", "left"), "back",
           "Go back: abstract, list, sidebar", "Panes", _E),
    Action("pane.next", ("tab",), "next pane", "Go to the next pane", "Panes", _E),
    Action("pane.previous", ("shift+tab",), "previous pane", "Go to the previous pane", "Panes",
           _E),
    Action("text.forward", ("J",), "next paper",
           "List: scroll the abstract; abstract: next paper", "Read"),
    Action("text.backward", ("K",), "scroll back",
           "List: scroll the abstract back; abstract: previous paper", "Read"),
    Action("text.read_on", ("space",), "read on",
           "Page the abstract; at its end, the next unread paper", "Read"),
    Action("text.page_back", ("backspace",), "page back", "Page the abstract back", "Read"),
    Action("paper.star", ("s",), "star", "Star the paper, or take the star away", "Decide",
           command="star"),
    Action("paper.later", ("w",), "later", "Want to read it later", "Decide",
           command="later"),
    Action("paper.reading", ("i",), "reading", "Reading it: in progress", "Decide",
           command="reading"),
    Action("paper.read", ("r",), "read", "Read it: done", "Decide", command="done"),
    Action("paper.skip", ("x",), "skip", "Skip it: not for me; it stays searchable", "Decide",
           command="skip"),
    Action("paper.unread", ("U",), "unread", "Put it back into the inbox", "Decide",
           command="unread"),
    Action("paper.tag", ("t",), "tag", "Add and remove tags", "Decide", command="tag"),
    Action("paper.edit", ("I",), "data", "Show and change the paper's data, with its sources",
           "Decide", command="edit"),
    Action("paper.trash", ("D",), "trash", "Move it to the trash", "Decide", command="trash"),
    Action("paper.untrash", (), "untrash", "Take it out of the trash", "Decide",
           command="untrash"),
    Action("history.undo", ("u",), "undo", "Undo the last change, whenever it was made", "Change",
           _E, command="undo"),
    Action("history.redo", ("ctrl+r",), "redo", "Redo what was undone", "Change", _E,
           command="redo"),
    Action("find.filter", ("/",), "filter", "Filter this view as you type", "Find", _E),
    Action("find.anywhere", ("f",), "find", "Find in the whole library, best match first", "Find",
           _E),
    Action("find.clear", ("\\",), "clear filter", "Clear the filter", "Find", _E),
    Action("view.refresh", ("ctrl+l",), "refresh",
           "Refresh the view: drop the dimmed rows, which no longer belong in it", "View", _E,
           command="refresh"),
    Action("view.inbox", ("g i",), "inbox", "Go to the inbox: everything unread", "View", _E),
    Action("view.today", ("g t",), "today", "Go to what came since yesterday", "View", _E),
    Action("view.later", ("g l",), "later", "Go to the papers to read later", "View", _E),
    Action("view.current", ("g c",), "reading", "Go to the papers being read", "View", _E),
    Action("view.starred", ("g s",), "starred", "Go to the starred papers", "View", _E),
    Action("view.read", ("g r",), "read", "Go to the papers that are read", "View", _E),
    Action("view.all", ("g a",), "all", "Go to all papers", "View", _E),
    Action("view.own", (*(f"g {n}" for n in range(1, 10)), *(f"alt+{n}" for n in range(1, 10))),
           "own view", "Go to your own view of that number, or by name", "View", _E,
           command="view"),
    Action("view.save", (), "save view", "Keep what is shown as a view of your own", "View", _E,
           command="save-view"),
    Action("view.sidebar", ("z s",), "sidebar", "Show or hide the sidebar", "View", _E),
    Action("copy.citation", ("y y",), "citekey", r"Copy the citekey as \cite{…}", "Copy"),
    Action("copy.title", ("y t",), "title", "Copy the title", "Copy"),
    Action("copy.url", ("y u",), "link", "Copy the link", "Copy"),
    Action("copy.bibtex", ("y b",), "BibTeX", "Copy the BibTeX entry", "Copy"),
    Action("paper.open", ("o",), "open page", "Open the abstract page in the browser", "Read",
           command="open"),
    Action("app.help", ("?", "f1"), "help", "Show these keys; type to search, Enter runs one",
           "Program", _E, command="help"),
    Action("app.command", (":",), "command", "Give a command by name", "Program", _E),
    Action("app.peel", ("escape",), "cancel", "Leave the filter; never quits", "Program", _E),
    Action("app.close", ("q",), "quit", "Quit: everything is saved already", "Program", _E,
           command="quit"),
    Action("app.how_to_quit", ("ctrl+c",), "how to quit", "Say how to quit", "Program", _E),
    Action("app.quit", ("Q", "ctrl+q"), "quit", "Quit from anywhere", "Program", _E),
    Action("app.suspend", ("ctrl+z",), "suspend", "Suspend to the shell; fg comes back",
           "Program", _E),
    Action("app.theme", (), "theme", "Change between the dark and the light theme", "Program", _E,
           command="theme"),
    Action("app.remove_samples", (), "remove samples",
           "Take the bundled sample papers away; undo brings them back", "Program", _E,
           command="remove-samples"),
)  # fmt: skip
"""Every action, in the order of the help."""

BY_ID = {action.id: action for action in ACTIONS}


# What the footer of a pane shows; where there is no room, the highest number yields first.
_FOOTERS = {
    Scope.LIST: (
        ("pane.deeper", 2), ("paper.star", 1), ("paper.later", 1), ("paper.reading", 7),
        ("paper.read", 5), ("paper.skip", 3), ("paper.tag", 4), ("text.read_on", 9),
        ("find.filter", 6), ("find.anywhere", 4), ("history.undo", 2), ("app.close", 8),
        ("app.help", 0),
    ),
    Scope.TEXT: (
        ("pane.shallower", 0), ("move.down", 3), ("text.read_on", 2), ("text.forward", 4),
        ("paper.star", 1), ("paper.later", 1), ("paper.read", 5), ("paper.skip", 6),
        ("paper.tag", 4), ("copy.citation", 7), ("paper.open", 8), ("history.undo", 2),
        ("app.help", 0),
    ),
    Scope.SIDEBAR: (
        ("pane.deeper", 0), ("move.down", 1), ("find.filter", 3), ("find.anywhere", 2),
        ("history.undo", 2), ("app.close", 4), ("app.help", 0),
    ),
}  # fmt: skip


def commands(prefix: str, *, every: bool = False) -> list[Action]:
    """The actions whose `:` name is `prefix`, or begins with it when none is; or `every` one."""
    named = [action for action in ACTIONS if action.command]
    if every:
        return named
    exact = [action for action in named if action.command == prefix]
    return exact or [action for action in named if prefix and action.command.startswith(prefix)]


def footer_actions(scope: Scope) -> list[tuple[Action, int]]:
    """The actions that the footer shows for a pane, in order, with how soon each must yield."""
    return [(BY_ID[name], place) for name, place in _FOOTERS[scope]]


def key_of(action: str) -> str:
    """The first key of an action, as people write it."""
    return key_label(BY_ID[action].keys[0])


def keys_of(action: Action) -> str:
    """All keys of an action, as people write them; a row of digits as its first and last."""
    keys = [key_label(key) for key in action.keys]
    rows = [key for key in keys if key[-1].isdecimal() and key[:-1] + "2" in keys]
    alone = [key for key in keys if key not in rows]
    starts = dict.fromkeys(key[:-1] for key in rows)
    return "  ".join([*alone, *(f"{start}1–9" for start in starts)])


def key_label(keys: str) -> str:
    """A key sequence as people write it: `y t`, `ctrl+d`."""
    return {"escape": "esc", "pagedown": "pgdn", "pageup": "pgup", "f1": "F1"}.get(keys, keys)
