"""What is looked for: a view, and words that a paper must contain."""

from dataclasses import dataclass
from enum import StrEnum

from reader.model.paper import PaperRow, Status
from reader.model.text import clean

MOST_TERMS = 200
"""Terms of a query; more are left out."""

_LONGEST = 4_000


class View(StrEnum):
    """The built-in views, by the name that files and commands use."""

    INBOX = "inbox"
    LATER = "later"
    READING = "reading"
    STARRED = "starred"
    READ = "read"
    ALL = "all"

    @property
    def label(self) -> str:
        """The view's name on the screen."""
        return self.value.capitalize()

    def holds(self, row: PaperRow) -> bool:
        """Whether a paper still belongs in the view after its state changed."""
        if self is View.STARRED:
            return row.starred
        wanted = STATUS_OF_VIEW.get(self)
        return wanted is None or row.status == wanted


STATUS_OF_VIEW = {
    View.INBOX: Status.UNREAD,
    View.LATER: Status.LATER,
    View.READING: Status.READING,
    View.READ: Status.READ,
}
"""The views that hold the papers of one status."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word (a prefix) or one phrase (exact words in order)."""

    text: str
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Papers of a view or with a tag that contain every term.

    Attributes:
        tag: Only papers with this tag or a tag below it; empty for all.
        ranked: Whether the best matches come first rather than the newest.
    """

    view: View = View.ALL
    terms: tuple[Term, ...] = ()
    tag: str = ""
    ranked: bool = False

    def holds(self, row: PaperRow) -> bool:
        """Whether a row still belongs among the results after its state changed."""
        return self.view.holds(row) and (not self.tag or _tagged(row, self.tag))


def _tagged(row: PaperRow, tag: str) -> bool:
    return any(name == tag or name.startswith(f"{tag}/") for name in row.tags)


def parse_words(text: str) -> tuple[Term, ...]:
    """Plain words and "quoted phrases" as terms; total, in time linear in the length."""
    terms: list[Term] = []
    quoted = False
    for part in clean(text)[:_LONGEST].split('"'):
        pieces = [part] if quoted else part.split()
        terms += [Term(piece.strip(), quoted) for piece in pieces if _tells(piece)]
        quoted = not quoted
    return tuple(terms[:MOST_TERMS])


def _tells(piece: str) -> bool:
    return any(char.isalnum() for char in piece)


def format_words(terms: tuple[Term, ...]) -> str:
    """Terms as `parse_words` reads them."""
    return " ".join(f'"{term.text}"' if term.phrase else term.text for term in terms)
