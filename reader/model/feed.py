"""Feeds: what a researcher follows, how each fares, and what a sync brought."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from urllib.parse import urlsplit, urlunsplit

from reader.errors import UsageError
from reader.frozen import frozen
from reader.model.categories import categories, is_category
from reader.model.text import clean


class FeedKind(Enum):
    """How the papers of a feed are asked for."""

    DAILY = "arXiv's daily feed"
    QUERY = "arXiv query"
    ARCHIVE = "arXiv archive"
    HUGGINGFACE = "Hugging Face"
    AUTHOR = "author"
    CITATIONS = "citations"
    WEB = "RSS or Atom"
    FOLDER = "folder"


@frozen
class Subscription:
    """What is followed.

    Attributes:
        spec: The text that means it, in one spelling: `cs.LG+stat.ML`, `hf:weekly`, a URL.
        argument: What follows the kind in it.
    """

    kind: FeedKind
    spec: str
    argument: str

    @property
    def name(self) -> str:
        """What it is called while the user gives it no name."""
        match self.kind:
            case FeedKind.HUGGINGFACE:
                return f"HF {self.argument}"
            case FeedKind.DAILY:
                return f"arXiv {self.argument}"
            case FeedKind.QUERY | FeedKind.ARCHIVE:
                return f"arXiv {self.argument}"[:60]
            case FeedKind.AUTHOR:
                return self.argument
            case FeedKind.CITATIONS:
                return f"cites {self.argument}"
            case FeedKind.WEB:
                parts = urlsplit(self.spec)
                return f"{parts.hostname or ''}{parts.path.rstrip('/')}"[:60]
            case FeedKind.FOLDER:
                return self.argument[-60:]


@frozen
class Feed:
    """A feed of the library.

    Attributes:
        cursor: How far it has been read, as its protocol keeps it.
        added: When it was subscribed to, UTC in ISO 8601.
    """

    id: int
    spec: str
    name: str
    paused: bool = False
    cursor: Mapping[str, str] = field(default_factory=dict)
    added: str = ""

    @property
    def subscription(self) -> Subscription:
        """What it follows."""
        return parse_subscription(self.spec)


@frozen
class Followed:
    """A feed that a file tells of."""

    spec: str
    name: str = ""
    paused: bool = False


@frozen
class Health:
    """How a feed fared.

    Attributes:
        tried, succeeded: When it was asked last, and when it answered last; UTC in ISO 8601.
        error: Why the last time failed, in words; empty when it did not.
        retry_at: Before this moment the service asked not to be asked again.
        warning: What is odd about an answer that was none the less one.
        items: How many papers it had on each day, by ISO date.
    """

    tried: str = ""
    succeeded: str = ""
    error: str = ""
    retry_at: str = ""
    warning: str = ""
    items: Mapping[str, int] = field(default_factory=dict)

    def per_weekday(self, today: dt.date, weeks: int = 4) -> tuple[float, ...]:
        """The mean number of papers of each weekday, Monday first, over the last weeks."""
        since = today - dt.timedelta(weeks=weeks)
        counts: list[list[int]] = [[] for _ in range(7)]
        for day, count in self.items.items():
            date = dt.date.fromisoformat(day)
            if since < date <= today:
                counts[date.weekday()].append(count)
        return tuple(sum(told) / len(told) if told else 0.0 for told in counts)


@dataclass(slots=True)
class FeedOutcome:
    """What one sync brought from one feed.

    Attributes:
        new, updated, merged: Papers that came, that have a new version, that were there already
            and are told of more fully now.
        rejected, reasons: How many entries were not understood, and why, of the first of them.
        code: The kind of error for programs, empty for none: `timeout`, `refused`, `http 429`.
        error, warning, retry_at: As `Health` has them.
    """

    feed: str
    name: str = ""
    new: int = 0
    updated: int = 0
    merged: int = 0
    rejected: int = 0
    reasons: list[str] = field(default_factory=list)
    code: str = ""
    error: str = ""
    warning: str = ""
    retry_at: str = ""


@dataclass(slots=True)
class SyncReport:
    """What a sync brought.

    Attributes:
        cancelled: Whether the user stopped it.
        problems: Why rules could not be followed.
        change: The number of the change that it made; None when nothing changed.
        undone_by: How many changes it and the rules made: so many undos take it back.
    """

    feeds: list[FeedOutcome] = field(default_factory=list)
    cancelled: bool = False
    change: int | None = None
    undone_by: int = 0
    summary: str = ""
    problems: list[str] = field(default_factory=list)

    def total(self, what: str) -> int:
        """The sum of a count of all feeds."""
        return sum(getattr(one, what) for one in self.feeds)

    @property
    def failed(self) -> list[FeedOutcome]:
        """The feeds that could not be asked."""
        return [one for one in self.feeds if one.error]


_CATEGORIES = re.compile(r"[a-z][a-z-]+(?:\.[A-Za-z-]{2,})?(?:\+[a-z][a-z-]+(?:\.[A-Za-z-]{2,})?)*")
_SETS = re.compile(r"[A-Za-z-]+(?::[A-Za-z.-]+){0,2}(?:@\d{4}-\d\d-\d\d)?")
_CITED = re.compile(r"[^\s\"]{1,200}")
HF_PERIODS = {"": "daily", "daily": "daily", "day": "daily", "weekly": "weekly", "week": "weekly",
              "monthly": "monthly", "month": "monthly"}  # fmt: skip
_LONGEST = 1_000
_HELP = (
    "an arXiv category (cs.LG, cs.LG+stat.ML), arxiv:'ti:grokking', oai:cs:cs:LG@2026-01-01, hf, "
    "hf:weekly, hf:monthly, author:'Name', cites:KEY, dir:PATH, or the URL of an RSS or Atom feed"
)


def subscriptions_like(begun: str) -> list[str]:
    """What can be followed whose text begins so: kinds, then categories, one behind a `+` too."""
    head, plus, last = begun.rpartition("+")
    kinds = (
        () if plus else ("hf", "hf:weekly", "hf:monthly", *(f"{one}:" for one in _WITH_ARGUMENT))
    )
    return [head + plus + one for one in (*kinds, *categories())
            if one.lower().startswith(last.lower())]  # fmt: skip


def parse_subscription(text: str) -> Subscription:
    """What a text as people write it means to follow.

    Raises:
        UsageError: Nothing that can be followed.
    """
    text = clean(text).strip()[:_LONGEST]
    head, colon, rest = text.partition(":")
    rest = rest.strip().strip("\"'").strip()
    head = head.lower()
    if head in ("http", "https"):
        return _web(text)
    if head == "hf" and rest.lower() in HF_PERIODS:
        period = HF_PERIODS[rest.lower()]
        return Subscription(FeedKind.HUGGINGFACE, "hf" if period == "daily" else f"hf:{period}",
                            period)  # fmt: skip
    if colon and rest and head in _WITH_ARGUMENT:
        return _with_argument(head, rest)
    if _CATEGORIES.fullmatch(text):
        return _daily(text)
    raise UsageError(f"nothing that can be followed: {text[:80]}: give {_HELP}. Nothing changed.")


_WITH_ARGUMENT = {"arxiv": FeedKind.QUERY, "oai": FeedKind.ARCHIVE, "author": FeedKind.AUTHOR,
                  "cites": FeedKind.CITATIONS, "dir": FeedKind.FOLDER}  # fmt: skip


def _with_argument(head: str, rest: str) -> Subscription:
    kind = _WITH_ARGUMENT[head]
    if head == "arxiv" and _CATEGORIES.fullmatch(rest) and _known(rest):
        return _daily(rest)
    if kind is FeedKind.ARCHIVE and not (_SETS.fullmatch(rest) and _is_day(rest)):
        raise UsageError(f"not a set of arXiv's archive: {rest[:80]}: cs, cs:cs:LG, math. "
                         "Nothing changed.")  # fmt: skip
    if kind is FeedKind.CITATIONS and not _CITED.fullmatch(rest):
        raise UsageError(f"cites: needs a citekey, an arXiv id or a DOI, not {rest[:80]}. "
                         "Nothing changed.")  # fmt: skip
    return Subscription(kind, f"{head}:{rest}", rest)


def _is_day(rest: str) -> bool:
    """Whether what follows the @ is a day of the calendar, when something does."""
    day = rest.partition("@")[2]
    try:
        return not day or bool(dt.date.fromisoformat(day))
    except ValueError:
        return False


def _daily(text: str) -> Subscription:
    parts = sorted(dict.fromkeys(text.split("+")))
    for part in parts:
        if not is_category(part):
            raise UsageError(f"no category of arXiv is called {part[:80]}: cs.LG, stat.ML, math. "
                             "Nothing changed.")  # fmt: skip
    spec = "+".join(parts)
    return Subscription(FeedKind.DAILY, spec, spec)


def _known(text: str) -> bool:
    return all(map(is_category, text.split("+")))


def _web(text: str) -> Subscription:
    try:
        parts = urlsplit(text)
        fine = bool(parts.hostname) and parts.username is None and not re.search(r"\s", text)
    except ValueError:
        fine = False
    if not fine:
        raise UsageError(f"not the URL of a feed: {text[:80]}: https://host/path. Nothing changed.")
    scheme, host = parts.scheme.lower(), parts.netloc.lower()
    address = urlunsplit((scheme, host, parts.path, parts.query, ""))
    return Subscription(FeedKind.WEB, address, address)
