"""What a list shows: a view or what was found in the whole library, and a filter over it."""

from dataclasses import replace
from functools import lru_cache

from reader.frozen import frozen
from reader.model.paper import PaperRow
from reader.model.query.holding import holds, mentions_trash
from reader.model.query.parser import parse_query
from reader.model.query.tree import And, Field, Order, Query, Word, joined
from reader.model.query.views import BUILT_IN, View

INBOX = BUILT_IN["inbox"]


@frozen
class Shown:
    """What a list shows.

    Attributes:
        view: The view it is, or from which one looked elsewhere.
        sought: What is looked for in the whole library, best match first; empty in a view.
        filter: What is asked of those papers besides.
        orders: The order that was chosen for this list, instead of the view's.
        group: The grouping that was chosen, None for the view's.
        unread: Whether only what is unread is shown.
    """

    view: View = INBOX
    sought: str = ""
    filter: str = ""
    orders: tuple[Order, ...] = ()
    group: str | None = None
    unread: bool = False

    @property
    def base(self) -> "Shown":
        """The same without the filter."""
        return replace(self, filter="")

    @property
    def home(self) -> "Shown":
        """The view itself."""
        return Shown(self.view)

    @property
    def words(self) -> str:
        """What was typed, as it is shown."""
        return " ".join(filter(None, [self.sought, self.filter]))

    @property
    def query(self) -> Query:
        """Which papers these are; with the problems of what was typed last."""
        return _query(self)

    @property
    def text(self) -> str:
        """The query as text, for keeping it as a view."""
        return " ".join(filter(None, [self._papers, *self._chosen()]))

    def _chosen(self) -> list[str]:
        """What was chosen besides what was typed, as a query says it."""
        keys = ",".join(f"{'-' if one.reverse else ''}{one.key}" for one in self.orders)
        return [
            "is:unread" if self.unread else "",
            f"sort:{keys}" if keys else "",
            f"group:{self.group or 'none'}" if self.group is not None else "",
        ]

    @property
    def _papers(self) -> str:
        if self.sought or not (self.filter or any(self._chosen())):
            return f"{self.sought} {self.filter}".strip() or self.view.text
        if self.view.name.startswith("#"):
            return f"{self.view.text} {self.filter}".strip()
        name = f'"{self.view.name}"' if " " in self.view.name else self.view.name
        return f"in:{name} {self.filter}".strip() if self.view.text else self.filter

    def holds(self, row: PaperRow) -> bool | None:
        """Whether a row still belongs here after its state changed; None where it does not tell."""
        tree = self.query.tree
        return False if row.trashed and not mentions_trash(tree) else holds(tree, row)

    @property
    def only_unread(self) -> bool:
        """Whether a paper leaves this list when it is decided about."""
        tree = self.query.tree
        return tree == _UNREAD or (isinstance(tree, And) and _UNREAD in tree.parts)


_UNREAD = Field("is", (Word("unread"),))


@lru_cache(maxsize=64)
def _query(shown: Shown) -> Query:
    """What a list shows, as a query: asked once for every row of it."""
    query = _asked(shown)
    if shown.unread:
        query = replace(query, tree=joined([_UNREAD, query.tree]))
    if shown.group is not None:
        query = replace(query, group=shown.group)
    return replace(query, orders=shown.orders) if shown.orders else query


def _asked(shown: Shown) -> Query:
    """The query of the view or the search, with the filter."""
    base = shown.view.query
    if shown.sought:
        base = replace(parse_query(shown.sought), ranked=True)
    if not shown.filter:
        return base
    if not shown.sought:
        base = shown.view.reference
    narrowed = parse_query(shown.filter)
    return replace(narrowed.within(base), ranked=base.ranked)
