"""What a list shows: a view or what was found in the whole library, and a filter over it."""

from dataclasses import dataclass, replace
from functools import lru_cache

from reader.model.paper import PaperRow
from reader.model.query.holding import holds, mentions_trash
from reader.model.query.parser import parse_query
from reader.model.query.tree import And, Field, Query, Word
from reader.model.query.views import BUILT_IN, View

INBOX = BUILT_IN["inbox"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a list shows.

    Attributes:
        view: The view it is, or from which one looked elsewhere.
        sought: What is looked for in the whole library, best match first; empty in a view.
        filter: What is asked of those papers besides.
    """

    view: View = INBOX
    sought: str = ""
    filter: str = ""

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
        if self.sought or not self.filter:
            return f"{self.sought} {self.filter}".strip() or self.view.text
        if self.view.name.startswith("#"):
            return f"{self.view.text} {self.filter}"
        name = f'"{self.view.name}"' if " " in self.view.name else self.view.name
        return f"in:{name} {self.filter}" if self.view.text else self.filter

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
    base = shown.view.query
    if shown.sought:
        base = replace(parse_query(shown.sought), ranked=True)
    if not shown.filter:
        return base
    if not shown.sought:
        base = shown.view.reference
    narrowed = parse_query(shown.filter)
    return replace(narrowed.within(base), ranked=base.ranked)
