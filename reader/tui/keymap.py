"""Which keys do what: the table's keys, a preset's, and the user's own on top.

A wrong line of the user's is named and left out, so that no file can leave the program without
keys. A key that the user gives to one action is taken from the action that had it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from reader.frozen import frozen
from reader.remembering import remembered
from reader.tui.action_table import ACTIONS, BY_ID
from reader.tui.actions import PANES, Action, Scope, key_label

MACROS = ","
"""The prefix of the user's own commands."""

UNBINDABLE = ("ctrl+i", "ctrl+m", "ctrl+h", "ctrl+[", "shift+space")
"""Keys that terminals cannot tell from Tab, Enter, Backspace, Esc and space."""

_NAMES = (
    "f1?[1-9]|f[12]0|f2[1-4]|backspace|delete|down|end|enter|escape|home|insert|left|pagedown|"
    "pageup|right|space|tab|up|ampersand|apostrophe|asterisk|at|backslash|circumflex_accent|colon|"
    "comma|dollar_sign|equals_sign|exclamation_mark|full_stop|grave_accent|greater_than_sign|"
    "left_curly_bracket|left_parenthesis|left_square_bracket|less_than_sign|minus|number_sign|"
    "percent_sign|plus|question_mark|quotation_mark|right_curly_bracket|right_parenthesis|"
    "right_square_bracket|semicolon|slash|tilde|underscore|vertical_line"
)
Trie = dict[str, "Trie | Action"]

# No letters: arrows, F-keys, and what stands beside the letters.
_ARROWS = {
    "paper.star": ("f2",), "paper.tag": ("f3",), "paper.later": ("f4",), "paper.reading": ("f5",),
    "paper.read": ("f6",), "paper.skip": ("f7",), "paper.unread": ("f8",),
    "history.undo": ("f9", "ctrl+z"), "app.close": ("f10",), "select.mark": ("insert",),
    "find.anywhere": ("f12",), "find.filter": ("/", "f11"), "app.suspend": (),
    "paper.trash": ("delete",),
}  # fmt: skip

PRESETS = ("vim", "arrows")
"""The keymaps to start from."""


@frozen
class Bindings:
    """What keys.toml says: keys by the ids of actions, and commands by the key behind `,`."""

    keys: Mapping[str, tuple[str, ...]]
    macros: Mapping[str, str]


@dataclass(frozen=True)  # with a dictionary, for what it works out once
class Keymap:
    """The keys of every action, and what was wrong with those that were asked for.

    Attributes:
        keys: By the id of the action; an action that is not there has none.
        macros: The user's own, as actions.
        problems: What was asked for and cannot be had.
        takeovers: Keys that one action took from another.
    """

    keys: Mapping[str, tuple[str, ...]]
    macros: tuple[Action, ...] = ()
    problems: tuple[str, ...] = ()
    takeovers: tuple[str, ...] = ()

    @cached_property
    def tries(self) -> dict[Scope, Trie]:
        """The sequences of each pane as a tree."""
        return {pane: self._trie(pane) for pane in PANES}

    def _trie(self, pane: Scope) -> Trie:
        root: Trie = {}
        for action, keys in self.bound():
            for sequence in keys if pane in action.scope else ():
                _plant(root, sequence, action)
        return root

    def bound(self) -> Iterable[tuple[Action, tuple[str, ...]]]:
        """Every action that has keys, the user's own behind the others."""
        for action in ACTIONS:
            if keys := self.keys.get(action.id, ()):
                yield action, keys
        yield from ((macro, macro.keys) for macro in self.macros)

    def action_of(self, sequence: str, pane: Scope) -> Action | None:
        """What a whole sequence does in a pane."""
        bound = (action for action, keys in self.bound()
                 if pane in action.scope and sequence in keys)  # fmt: skip
        return next(bound, None)

    def key_of(self, action: str) -> str:
        """The first key of an action as people write it; its command when it has none."""
        keys = self.keys.get(action, ())
        return key_label(keys[0]) if keys else f":{BY_ID[action].command}"

    def keys_of(self, action: Action) -> str:
        """All keys of an action; a row of digits as its first and last."""
        keys = [key_label(key) for key in self.keys.get(action.id, action.keys)]
        rows = [key for key in keys if key[-1].isdecimal() and key[:-1] + "2" in keys]
        alone = [key for key in keys if key not in rows]
        starts = dict.fromkeys(key[:-1] for key in rows)
        return "  ".join([*alone, *(f"{start}1–9" for start in starts)])


def _plant(root: Trie, sequence: str, action: Action) -> None:
    *prefix, last = sequence.split(" ")
    node = root
    for key in prefix:
        below = node.setdefault(key, {})
        if not isinstance(below, dict):
            raise ValueError(f"{key} is a key and a prefix")  # noqa: TRY004 - a table error
        node = below
    if last in node:
        raise ValueError(f"{sequence} is bound twice")
    node[last] = action


def preset_keys(preset: str = "vim") -> dict[str, tuple[str, ...]]:
    """The keys of a preset, by the ids of the actions."""
    if preset != "arrows":
        return {action.id: action.keys for action in ACTIONS}
    return {
        action.id: _ARROWS.get(action.id, tuple(filter(_needs_no_letter, action.keys)))
        for action in ACTIONS
    }


def _needs_no_letter(sequence: str) -> bool:
    return not any(len(key) == 1 and key.isalpha() for key in sequence.split(" "))


def make_keymap(preset: str = "vim", own: Bindings | None = None) -> Keymap:
    """The keymap of a preset with the user's own keys on top."""
    keys = preset_keys(preset)
    problems: list[str] = []
    takeovers: list[str] = []
    for name, wanted in (own.keys if own else {}).items():
        if name not in BY_ID:
            near = get_close_matches(name, BY_ID, n=1)
            hint = f": {near[0]}?" if near else "; `reader keys` lists them."
            problems.append(f"no action is called {name}{hint} It is left out.")
            continue
        wrong = {key: reason for key in wanted if (reason := _wrong(key))}
        problems += wrong.values()
        keys[name] = ()
        for key in dict.fromkeys(wanted):
            if key in wrong:
                continue
            if clash := _clash(keys, name, key):
                problems.append(clash)
            else:
                takeovers += _take(keys, name, key)
                keys[name] = (*keys[name], key)
    macros = tuple(_macros(own.macros if own else {}, problems))
    return Keymap(keys, macros, tuple(problems), tuple(takeovers))


@cache
def _a_key() -> re.Pattern[str]:
    """A key as Textual calls those of a terminal: a character, or a name behind modifiers."""
    modifier = r"(?:(?:alt|ctrl|hyper|meta|shift|super)\+)"
    return re.compile(rf"\S|{modifier}*(?:{_NAMES})|{modifier}+[^\W_A-Z]")


def _wrong(sequence: str) -> str:
    """Why no key sequence can be like this; empty when it can."""
    parts = sequence.split(" ")
    if not all(parts):
        return f"“{sequence}” is not a key: write `x`, `ctrl+x` or `g x`. It is left out."
    if parts[0].isdecimal():
        return f"“{sequence}”: digits are counts. It is left out."
    if parts[0] == MACROS:
        return f"“{sequence}”: {MACROS} begins your own commands. It is left out."
    if odd := next((part for part in parts if not _a_key().fullmatch(part)), ""):
        return (f"“{sequence}”: no key is called {odd}: write `x`, `ctrl+x`, `f2` or `g x`. "
                "It is left out.")  # fmt: skip
    unsendable = next((part for part in parts if part in UNBINDABLE), "")
    return (
        f"“{sequence}”: terminals cannot send {unsendable}. It is left out." if unsendable else ""
    )


def _others(keys: Mapping[str, tuple[str, ...]], name: str) -> Iterable[str]:
    """The actions that are reached from the same panes."""
    return [other for other in keys if BY_ID[name].scope & BY_ID[other].scope]


def _clash(keys: Mapping[str, tuple[str, ...]], name: str, sequence: str) -> str:
    """Why an action cannot have a sequence: another's begins it or goes on from it."""
    for other in _others(keys, name):
        if clash := next((key for key in keys[other] if _is_prefix(key, sequence)), ""):
            return (f"{sequence} for {name}: {clash} is {other}'s, and a key cannot begin another. "
                    "It is left out.")  # fmt: skip
    return ""


def _take(keys: dict[str, tuple[str, ...]], name: str, sequence: str) -> Iterable[str]:
    """Take a sequence from the actions that have it, and say what they have left."""
    for other in _others(keys, name):
        if sequence in keys[other]:
            keys[other] = tuple(key for key in keys[other] if key != sequence)
            left = ", ".join(keys[other]) or f"only :{BY_ID[other].command}"
            yield f"{sequence} is {name} now; {other} has {left}"


def _is_prefix(one: str, other: str) -> bool:
    return one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _macros(own: Mapping[str, str], problems: list[str]) -> Iterable[Action]:
    for key, commands in own.items():
        if len(key.split(" ")) != 1 or not key or not commands.strip():
            problems.append(f"“{key}” under {MACROS}: one key and a command. It is left out.")
        else:
            yield Action(
                f"own.{key}", (f"{MACROS} {key}",), commands, commands, "Your own",
                Scope.EVERYWHERE, handler="app.commands", text=commands,
            )  # fmt: skip


def load_keymap(preset: str, path: Path) -> tuple[Keymap, tuple[str, ...]]:
    """The keymap of a preset with the keys of a file, and all that is wrong with that."""
    try:
        told = remembered(path, _read)
    except FileNotFoundError:
        return make_keymap(preset), ()
    except OSError as error:
        return make_keymap(preset), (f"{path}: cannot be read ({error})",)
    keys = {name: tuple(keys) for name, keys in told["keys"].items()}
    keymap = make_keymap(preset, Bindings(keys, told["macros"]))
    return keymap, (*told["problems"], *keymap.problems)


def _read(path: Path) -> Any:
    from reader.keys_file import read_keys  # noqa: PLC0415 - pydantic, when it changed only

    return read_keys(path)


DEFAULT = make_keymap()
"""The keys of the table."""
