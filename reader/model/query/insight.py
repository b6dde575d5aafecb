"""What is to be said of a search: where it matched, and what would find less or more."""

from reader.frozen import frozen


@frozen
class Suggestion:
    """A change of a query: what to add, leave out or write instead, and how many it would find."""

    text: str
    papers: int


@frozen
class Insight:
    """What is to be said of a search.

    Attributes:
        places: Where each of the first papers matched.
        matched: How many of those matched in which part.
        narrow: What to add to find fewer.
        widen: What to leave out to find more; the number is how many more.
        first: How many papers `places` and `matched` tell of, 0 for all that were found.
        spelling: Words of the library in place of one that it does not know; likewise.
    """

    places: dict[int, tuple[str, ...]]
    matched: dict[str, int]
    narrow: tuple[Suggestion, ...] = ()
    widen: tuple[Suggestion, ...] = ()
    spelling: tuple[Suggestion, ...] = ()
    first: int = 0
