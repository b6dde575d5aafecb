"""Views: queries with a name, built in or the user's own."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reader.frozen import frozen
from reader.model.query.parser import parse_query
from reader.model.query.tree import Field, Node, Or, Problem, Query, Word, atoms, either, rewritten
from reader.model.text import clean

_DEEPEST = 20
_MOST_ATOMS = 1_000
LONGEST_NAME = 60
"""Characters in the name of a view."""


@frozen
class View:
    """A query with a name.

    Attributes:
        name: As `in:` and commands write it, in lower case.
        text: The query.
        position: Its place among the user's own views from 1 on, 0 for a built-in one.
    """

    name: str
    text: str
    position: int = 0

    @property
    def label(self) -> str:
        """The name on the screen: built-in ones begin with a capital letter."""
        return self.name if self.position else self.name.capitalize()

    @property
    def query(self) -> Query:
        """The papers of the view."""
        return parse_query(self.text)

    @property
    def reference(self) -> Query:
        """The papers of the view, by its name where it has a limit of its own."""
        query = self.query
        if not query.limit:
            return query
        named = Field("in", (Word(self.name, quoted=" " in self.name),))
        return replace(query, tree=named, limit=0)


BUILT_IN = {
    view.name: view
    for view in (
        View("inbox", "is:unread"),
        View("today", "is:unread added:1d"),
        View("this week", "is:unread added:7d"),
        View("later", "is:later sort:prio,-decided"),
        View("reading", "is:reading"),
        View("starred", "is:starred"),
        View("read", "is:read"),
        View("all", ""),
        View("trash", "is:trash"),
    )
}
"""The views that every library has, in the order of the sidebar."""


def view_name(text: str) -> str:
    """The name of a view as it is kept; empty when the text cannot be one."""
    name = clean(text).lower()
    return "" if len(name) > LONGEST_NAME or any(char in name for char in '"(),') else name


def tag_view(tag: str) -> View:
    """The papers with a tag, as a view."""
    return View(f"#{tag}", f'tag:"{tag}"')


class UnknownViewError(Exception):
    """A view that is not there, or that names itself; its `name` says which."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{reason}: {name}")
        self.name, self.reason = name, reason


def without_views(
    node: Node,
    own: Mapping[str, str],
    inside: tuple[str, ...] = (),
    limited: Callable[[Query], Node] | None = None,
) -> Node:
    """The tree with every `in:` replaced by what the view says.

    `own` holds the queries of the user's views by name; `limited` says which papers a query with
    a `limit:` means.

    Raises:
        UnknownViewError: There is no such view, it is wrong itself, or it contains itself; or
            together they are too long.
    """
    return _Views(own, limited).replaced(node, inside)


class _Views:
    """One replacement of views, with what it may still take."""

    def __init__(self, own: Mapping[str, str], limited: Callable[[Query], Node] | None) -> None:
        self._own, self._limited = own, limited
        self._left = _MOST_ATOMS
        self.warnings: list[Problem] = []

    def replaced(self, node: Node, inside: tuple[str, ...]) -> Node:
        """The tree without `in:`."""

        def change(field: Field) -> Node:
            if field.name != "in":
                return field
            names = [value.text.lower() for value in field.values if isinstance(value, Word)]
            return either([self._meaning(name, inside) for name in names]) if names else Or(())

        return rewritten(node, change)

    def _meaning(self, name: str, inside: tuple[str, ...]) -> Node:
        if name in inside or len(inside) >= _DEEPEST:
            raise UnknownViewError(name, "a view that contains itself")
        built_in = BUILT_IN.get(name)
        text = self._own.get(name) if built_in is None else built_in.text
        if text is None:
            raise UnknownViewError(name, "no view is called so")
        query = parse_query(text)
        if query.errors:
            raise UnknownViewError(name, "a view whose query is wrong")
        self.warnings += query.warnings
        self._left -= 1 + len(atoms(query.tree))
        if self._left < 0:
            raise UnknownViewError(name, "too many words in the views of this query")
        tree = self.replaced(query.tree, (*inside, name))
        if query.limit and self._limited is not None:
            return self._limited(replace(query, tree=tree))
        return tree


def warnings_of_views(node: Node, own: Mapping[str, str]) -> list[Problem]:
    """What is worth knowing of the views that a tree names.

    Raises:
        UnknownViewError: As `without_views` does.
    """
    views = _Views(own, None)
    views.replaced(node, ())
    return views.warnings
