"""Queries as values: a tree of what papers must be, and how they are shown."""

from collections.abc import Callable
from dataclasses import field, replace

from reader.frozen import frozen


@frozen
class Text:
    """Words that a paper must contain, in order; the last is a prefix unless it is a phrase."""

    words: str
    phrase: bool = False


@frozen
class Word:
    """A value that is a name or text.

    Attributes:
        quoted: Whether it stood in quotes, and so means exactly these words.
        exact: `tag:=theory`: nothing below it.
    """

    text: str
    quoted: bool = False
    exact: bool = False


@frozen
class Span:
    """From `low` to `high`, both included unless `strict`; an empty end is open.

    The ends are numbers, dates (whole periods), durations (so long ago) or words such as `today`,
    as they were written: what they mean depends on the day on which they are asked.
    """

    low: str = ""
    high: str = ""
    strict: bool = False


Value = Word | Span


@frozen
class Field:
    """`name:value,value`: any of the values; the name is that of a field, never an alias."""

    name: str
    values: tuple[Value, ...]


@frozen
class Not:
    """What a paper must not be."""

    part: "Node"


@frozen
class And:
    """All of the parts; of none, every paper."""

    parts: tuple["Node", ...] = ()


@frozen
class Or:
    """Any of the parts."""

    parts: tuple["Node", ...]


Node = Text | Field | Not | And | Or

ALL = And()
"""Every paper."""


@frozen
class Order:
    """A key to sort by, in its usual direction or the opposite one."""

    key: str
    reverse: bool = False


@frozen
class Problem:
    """Something wrong with a query, at characters `start` to `end` of its text.

    Attributes:
        error: Whether the query must not run; else it runs and this is worth knowing.
        fix: What to put in the place of those characters, None when nobody can say.
    """

    start: int
    end: int
    message: str
    error: bool = True
    fix: str | None = None


@frozen
class Query:
    """Which papers, in which order.

    Attributes:
        orders: What `sort:` says; empty for the order of the place where it is asked.
        group: What `group:` says.
        limit: At most so many papers, 0 for all.
        ranked: Whether the best matches come first where `orders` is empty, as find does.
        problems: What was wrong with the text; two queries are the same whatever was.
    """

    tree: Node = ALL
    orders: tuple[Order, ...] = ()
    group: str = ""
    limit: int = 0
    ranked: bool = False
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Why it must not run."""
        return tuple(one for one in self.problems if one.error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is worth knowing of it."""
        return tuple(one for one in self.problems if not one.error)

    @property
    def everything(self) -> bool:
        """Whether it asks nothing of a paper."""
        return self.tree == ALL

    def within(self, base: "Query") -> "Query":
        """This query asked of the papers of another: the base's order and group unless it says."""
        tight = [one for one in (self.limit, base.limit) if one]
        return replace(
            self,
            tree=joined([base.tree, self.tree]),
            orders=self.orders or base.orders,
            group=self.group or base.group,
            limit=min(tight, default=0),
        )


def joined(parts: "list[Node]") -> Node:
    """All of the parts as one node, without needless nesting."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, And) else [part]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(parts: "list[Node]") -> Node:
    """Any of the parts as one node, without needless nesting."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Or) else [part]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def atoms(node: Node, *, excluded: bool = True) -> list[Text | Field]:
    """The leaves of a tree, in their order, with what papers must not have or without."""
    found: list[Text | Field] = []
    waiting = [node]
    while waiting:
        match waiting.pop():
            case And(parts=parts) | Or(parts=parts):
                waiting += reversed(parts)
            case Not(part=part):
                waiting += [part] if excluded else []
            case leaf:
                found.append(leaf)
    return found


def texts(node: Node) -> list[Text]:
    """The words and phrases that a paper must contain somewhere, those ruled out left out."""
    match node:
        case Text():
            return [node]
        case And(parts=parts) | Or(parts=parts):
            return [text for part in parts for text in texts(part)]
        case _:
            return []


def rewritten(node: Node, change: Callable[[Field], Node]) -> Node:
    """The tree with every field put through `change`."""
    match node:
        case Field():
            return change(node)
        case Not(part=part):
            return Not(rewritten(part, change))
        case And(parts=parts):
            return joined([rewritten(part, change) for part in parts])
        case Or(parts=parts):
            return either([rewritten(part, change) for part in parts])
        case Text():
            return node
