"""The table of fields: the parser, completion, help and documents derive from it."""

from difflib import get_close_matches
from enum import Enum, auto

from reader.frozen import frozen


class Kind(Enum):
    """What the values of a field are."""

    TEXT = auto()
    """Words in the full-text index."""
    WORDS = auto()
    """Words of a short text."""
    TAG = auto()
    CATEGORY = auto()
    SOURCE = auto()
    IDENTIFIER = auto()
    CITEKEY = auto()
    STATE = auto()
    PRESENCE = auto()
    NUMBER = auto()
    DATE = auto()
    PRIORITY = auto()
    VIEW = auto()
    PAPER = auto()
    """A paper that is compared with."""


@frozen
class FieldInfo:
    """One field.

    Attributes:
        missing: What the library does not keep yet, so that the field finds nothing; empty for a
            field that works.
    """

    name: str
    kind: Kind
    help: str
    example: str
    aliases: tuple[str, ...] = ()
    missing: str = ""


FIELDS = (
    FieldInfo("title", Kind.TEXT, "words of the title", "title:grokking", ("ti",)),
    FieldInfo(
        "author", Kind.TEXT, "words of the authors' names", 'author:"jamie simon"', ("au", "by")
    ),
    FieldInfo("abstract", Kind.TEXT, "words of the abstract", "abstract:grokking"),
    FieldInfo("text", Kind.TEXT, "words of title or abstract", 'text:"flow matching"'),
    FieldInfo("note", Kind.TEXT, "words of your notes", 'note:"compare with"', missing="notes"),
    FieldInfo(
        "tag", Kind.TAG, "a tag and those below it; tag:=a only it, tag:a/ only below", "tag:theory"
    ),
    FieldInfo("cat", Kind.CATEGORY, "a category, an archive or a class", "cat:LG,ML"),
    FieldInfo("is", Kind.STATE, "what you decided, and other facts", "is:unread"),
    FieldInfo("has", Kind.PRESENCE, "something that the paper has", "has:doi"),
    FieldInfo("no", Kind.PRESENCE, "something that the paper lacks", "no:abstract"),
    FieldInfo("year", Kind.NUMBER, "year of publication", "year:2023..2025"),
    FieldInfo("date", Kind.DATE, "day of publication", "date:2025-03"),
    FieldInfo("added", Kind.DATE, "when it came into the library", "added:7d"),
    FieldInfo("updated", Kind.DATE, "when a new version appeared", "updated:2025.."),
    FieldInfo("decided", Kind.DATE, "when its status was set last", "decided:today"),
    FieldInfo("finished", Kind.DATE, "when it was marked read", "finished:lastweek"),
    FieldInfo(
        "opened",
        Kind.DATE,
        "when its full text was opened",
        "opened:..30d",
        missing="times of opening",
    ),
    FieldInfo(
        "seen",
        Kind.DATE,
        "when its abstract was on screen",
        "seen:today",
        missing="times of seeing (is:seen works)",
    ),
    FieldInfo(
        "source",
        Kind.SOURCE,
        "the kind of source, or the feed or file, that told of it",
        "source:hf",
        ("feed",),
    ),
    FieldInfo("venue", Kind.WORDS, "words of the journal or conference", "venue:icml,neurips"),
    FieldInfo(
        "id",
        Kind.IDENTIFIER,
        "an arXiv id, a DOI or the beginning of one",
        "id:2604.01234",
        ("doi", "arxiv"),
    ),
    FieldInfo(
        "key", Kind.CITEKEY, "the citekey or its beginning; a former one, whole", "key:simon2026"
    ),
    FieldInfo("prio", Kind.PRIORITY, "priority A, B, C or none", "prio:A,B", ("priority",)),
    FieldInfo(
        "score", Kind.NUMBER, "how well it fits you, 0 to 100", "score:>=80", missing="scores"
    ),
    FieldInfo("votes", Kind.NUMBER, "upvotes where it was told of", "votes:>=20", ("upvotes",)),
    FieldInfo("comments", Kind.NUMBER, "comments where it was told of", "comments:>0"),
    FieldInfo("authors", Kind.NUMBER, "how many authors", "authors:1"),
    FieldInfo("pages", Kind.NUMBER, "how many pages", "pages:..8", missing="page counts"),
    FieldInfo("in", Kind.VIEW, "a view", "in:inbox"),
    FieldInfo(
        "like", Kind.PAPER, "similar to a paper", "like:simon2026there", missing="similarity"
    ),
    FieldInfo("cites", Kind.PAPER, "citing a paper", "cites:simon2026there", missing="citations"),
    FieldInfo(
        "citedby", Kind.PAPER, "cited by a paper", "citedby:simon2026there", missing="citations"
    ),
)
"""Every field, in the order of the documents."""

DIRECTIVES = {
    "sort": "sort:prio,-added", "group": "group:year", "limit": "limit:30",
}  # fmt: skip
"""What says how papers are shown rather than which, with an example."""

BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}
"""Fields by name and alias."""

STATES = {
    "unread": "in the inbox", "later": "to be read later", "reading": "being read",
    "read": "read", "skipped": "skipped", "starred": "starred",
    "seen": "its abstract was on screen", "new": "came since your last visit", "inbox": "unread",
    "library": "starred, tagged, prioritised, or later, reading or read",
    "tagged": "has a tag", "trash": "in the trash", "dup": "may be the same as another paper",
    "updated": "has a new version that you have not seen",
    "expired": "", "followed": "", "wildcard": "",
}  # fmt: skip
"""The values of `is:` and what they mean; those without a meaning are not kept yet."""

PRESENCES = {
    "doi": "a DOI", "arxiv": "an arXiv id", "abstract": "an abstract", "tags": "a tag",
    "authors": "names of authors", "venue": "a venue", "comments": "comments where it was told of",
    "date": "a date", "pdf": "", "fulltext": "", "notes": "", "highlights": "", "code": "",
    "citation": "",
}  # fmt: skip
"""The values of `has:` and `no:`; those without a meaning are not kept yet."""

_SINGULAR = {"tag": "tags", "note": "notes", "comment": "comments", "author": "authors",
             "highlight": "highlights", "text": "fulltext"}  # fmt: skip

ORDERS = {
    "date": "newest publication first", "added": "latest arrival first",
    "decided": "latest decision first", "finished": "latest finished first",
    "updated": "latest new version first", "prio": "highest priority first",
    "title": "by title", "author": "by first author", "year": "newest year first",
    "votes": "most votes first", "comments": "most comments first",
    "relevance": "best match first", "score": "", "opened": "",
}  # fmt: skip
"""The keys of `sort:` in their usual direction; those without a meaning are not kept yet."""

GROUPS = ("day", "month", "year", "source", "tag", "status", "cat", "prio", "none")
"""The keys of `group:`."""

PERIODS = ("today", "yesterday", "thisweek", "lastweek", "monday", "tuesday", "wednesday",
           "thursday", "friday", "saturday", "sunday")  # fmt: skip
"""The words for days and weeks; a weekday is the latest such day, today included."""


def canonical_presence(text: str) -> str:
    """A value of `has:` as it is listed: `tag` and `tags` are the same."""
    return _SINGULAR.get(text, text)


def closest(text: str, known: object) -> str:
    """The known word nearest to a mistyped one, or nothing."""
    found = get_close_matches(text.lower(), [*known], n=1)  # type: ignore[misc]
    return found[0] if found else ""
