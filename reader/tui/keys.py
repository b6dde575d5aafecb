"""Key sequences: digits are counts, prefixes wait for ever, and no key is both."""

import re
from dataclasses import dataclass, field

from reader.frozen import frozen
from reader.tui.actions import Action, Scope
from reader.tui.keymap import DEFAULT, Keymap, Trie

_LARGEST_COUNT = 9_999_999
_DIGIT = re.compile(r"(?:alt\+)?([1-9])")


@frozen
class Pressed:
    """What a key came to.

    Attributes:
        action: The action to run, None while a sequence is not complete or leads nowhere.
        count: The count before it, None when none was given.
        waiting: Whether more keys belong to the sequence.
        unknown: What was typed when it leads nowhere.
    """

    action: Action | None = None
    count: int | None = None
    waiting: bool = False
    unknown: str = ""


@dataclass(slots=True)
class KeyReader:
    """Reads keys one by one; it remembers the count and the prefix of an unfinished sequence."""

    keymap: Keymap = DEFAULT
    count: int | None = None
    prefix: tuple[str, ...] = field(default=())

    def press(self, key: str, scope: Scope) -> Pressed:
        """Take one key in a pane; a digit that ends a sequence is its count."""
        if not self.prefix and key.isdecimal() and key.isascii() and (self.count or key != "0"):
            self.count = min((self.count or 0) * 10 + int(key), _LARGEST_COUNT)
            return Pressed(waiting=True)
        if key == "escape" and (self.prefix or self.count):
            self.clear()
            return Pressed()
        found = _step(self.keymap.tries[scope], (*self.prefix, key))
        if isinstance(found, dict):
            self.prefix = (*self.prefix, key)
            return Pressed(waiting=True)
        unknown = "" if found else " ".join((*self.prefix, key))
        digit = _DIGIT.fullmatch(key) if found and found.numbered else None
        count = int(digit[1]) if digit else self.count
        self.clear()
        return Pressed(found, count, unknown=unknown)

    def clear(self) -> None:
        """Forget an unfinished sequence."""
        self.count, self.prefix = None, ()

    def pending(self) -> str:
        """The unfinished sequence as it was typed."""
        return "".join([str(self.count or ""), *self.prefix])

    def continuations(self, scope: Scope) -> list[tuple[str, Action]]:
        """The keys that complete the pending prefix, and what they do."""
        found = _step(self.keymap.tries[scope], self.prefix) if self.prefix else None
        if not isinstance(found, dict):
            return []
        return [(key, value) for key, value in found.items() if isinstance(value, Action)]


def _step(trie: Trie, keys: tuple[str, ...]) -> "Trie | Action | None":
    node: Trie | Action | None = trie
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node
