"""Key sequences: digits are counts, prefixes wait for ever, and no key is both."""

from dataclasses import dataclass, field

from reader.tui.actions import ACTIONS, Action, Scope

_LARGEST_COUNT = 9_999_999

Trie = dict[str, "Trie | Action"]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a key came to.

    Attributes:
        action: The action to run, None while a sequence is not complete or leads nowhere.
        count: The count before it, None when none was given.
        waiting: Whether more keys belong to the sequence.
    """

    action: Action | None = None
    count: int | None = None
    waiting: bool = False


@dataclass(slots=True)
class KeyReader:
    """Reads keys one by one; it remembers the count and the prefix of an unfinished sequence."""

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
        found = _step(_tries()[scope], (*self.prefix, key))
        if isinstance(found, dict):
            self.prefix = (*self.prefix, key)
            return Pressed(waiting=True)
        count = int(key[-1]) if found and key[-1].isdecimal() else self.count
        self.clear()
        return Pressed(found, count)

    def clear(self) -> None:
        """Forget an unfinished sequence."""
        self.count, self.prefix = None, ()

    def pending(self) -> str:
        """The unfinished sequence as it was typed."""
        return "".join([str(self.count or ""), *self.prefix])

    def continuations(self, scope: Scope) -> list[tuple[str, Action]]:
        """The keys that complete the pending prefix, and what they do."""
        found = _step(_tries()[scope], self.prefix) if self.prefix else None
        if not isinstance(found, dict):
            return []
        return [(key, value) for key, value in found.items() if isinstance(value, Action)]


def _step(trie: Trie, keys: tuple[str, ...]) -> "Trie | Action | None":
    node: Trie | Action | None = trie
    for key in keys:
        node = node.get(key) if isinstance(node, dict) else None
    return node


_TRIES: dict[Scope, Trie] = {}


def _tries() -> dict[Scope, Trie]:
    if not _TRIES:
        for scope in (Scope.LIST, Scope.TEXT, Scope.SIDEBAR):
            _TRIES[scope] = build_trie(scope)
    return _TRIES


def build_trie(scope: Scope) -> Trie:
    """The key sequences of a pane as a tree.

    Raises:
        ValueError: Two actions share a sequence, or a key is also a prefix.
    """
    root: Trie = {}
    for action in ACTIONS:
        for sequence in action.keys if scope in action.scope else ():
            *prefix, last = sequence.split(" ")
            node = root
            for key in prefix:
                below = node.setdefault(key, {})
                if not isinstance(below, dict):
                    raise ValueError(f"{key} is a key and a prefix")  # noqa: TRY004 - a table error
                node = below
            if last in node:
                raise ValueError(f"{sequence} is bound twice in {scope}")
            node[last] = action
    return root
