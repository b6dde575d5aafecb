"""Views: queries with a name, built in or the user's own."""

from collections.abc import Mapping
from dataclasses import dataclass

from reader.model.query.parser import parse_query
from reader.model.query.tree import Field, Node, Or, Query, Word, either, rewritten
from reader.model.text import clean

_DEEPEST = 20
LONGEST_NAME = 60
"""Characters in the name of a view."""


@dataclass(frozen=True, slots=True)
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
        """The papers of the view, by its name."""
        return Query(Field("in", (Word(self.name, quoted=" " in self.name),)))


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


def without_views(node: Node, own: Mapping[str, str], inside: tuple[str, ...] = ()) -> Node:
    """The tree with every `in:` replaced by what the view says.

    `own` holds the queries of the user's views by name.

    Raises:
        UnknownViewError: There is no such view, it is wrong itself, or it contains itself.
    """

    def replaced(field: Field) -> Node:
        if field.name != "in":
            return field
        names = [value.text.lower() for value in field.values if isinstance(value, Word)]
        return either([_meaning(name, own, inside) for name in names]) if names else Or(())

    return rewritten(node, replaced)


def _meaning(name: str, own: Mapping[str, str], inside: tuple[str, ...]) -> Node:
    if name in inside or len(inside) >= _DEEPEST:
        raise UnknownViewError(name, "a view that contains itself")
    built_in = BUILT_IN.get(name)
    text = own.get(name) if built_in is None else built_in.text
    if text is None:
        raise UnknownViewError(name, "no view is called so")
    query = parse_query(text)
    if query.errors:
        raise UnknownViewError(name, "a view whose query is wrong")
    return without_views(query.tree, own, (*inside, name))
