"""What the protocols share: what is known when a page is read, and what a page says."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from dataclasses import field

from reader.errors import FetchError, ImportFileError
from reader.frozen import frozen
from reader.model.paper import PaperDraft, Rejected
from reader.sources import formats
from reader.sources.context import Context
from reader.sources.document import Document
from reader.sources.fetch.asking import Ask


@frozen
class Told:
    """What a protocol is told of a feed.

    Attributes:
        argument: What is followed, as `Subscription.argument`.
        cursor: How far it was read, as the last page said.
        today: The day, in UTC.
        ids: The identifiers of the paper that it is about, where it is about one.
        page: How many pages were read before in this sync.
    """

    argument: str
    cursor: Mapping[str, str]
    today: dt.date
    context: Context
    ids: Mapping[str, str] = field(default_factory=dict)
    page: int = 0


@frozen
class Page:
    """What one answer says.

    Attributes:
        next: What is to be asked behind it; None when this was all.
        cursor: How far the feed is read with it; None for as far as before.
        warning: What is odd about it, in words.
    """

    drafts: tuple[PaperDraft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    next: Ask | None = None
    cursor: Mapping[str, str] | None = None
    warning: str = ""


def items_of(
    document: Document, context: Context, *known: str
) -> tuple[tuple[PaperDraft, ...], tuple[Rejected, ...]]:
    """The papers of an answer that is in one of the known formats, and what was not understood.

    Raises:
        FetchError: It is in none of them, or damaged.
    """
    try:
        name = next((one for one in known if formats.importer(one).recognises(document.head)), "")
        if not name and not _empty(document):
            raise FetchError(
                f"{document.name} answered with something that is no {known[0]} of papers. "
                "Nothing was taken from it.", "type")  # fmt: skip
        items = list(formats.read(document, context, name)) if name else []
    except ImportFileError as error:
        raise FetchError(f"{error} Nothing was taken from it.", "parse") from error
    return of_items(items)


def of_items(items: Iterable[object]) -> tuple[tuple[PaperDraft, ...], tuple[Rejected, ...]]:
    """Papers and rejections apart."""
    told = list(items)
    drafts = tuple(one for one in told if isinstance(one, PaperDraft))
    return drafts, tuple(one for one in told if isinstance(one, Rejected))


def _empty(document: Document) -> bool:
    """Whether a list of nothing was answered, of which no format can be told."""
    text = document.head.strip()
    if text[:1] not in ("[", "{") or len(text) > _SHORT:
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return False
    for name in ("resultList", "result", "hits"):
        if isinstance(value, dict) and isinstance(value.get(name), dict):
            value = value[name]
    if isinstance(value, dict) and value.get("@total") in ("0", 0):  # as DBLP counts
        return True
    lists = [value.get(name) for name in _LISTS] if isinstance(value, dict) else [value]
    return value in ([], {}) or any(one == [] for one in lists)


_LISTS = ("data", "results", "result", "hit", "items")
_SHORT = 5_000


def check_text(document: Document) -> None:
    """See that an answer of JSON is UTF-8, as RFC 8259 asks.

    Raises:
        FetchError: It is not.
    """
    try:
        document.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FetchError(
            f"{document.name}: byte {error.start:,} is no UTF-8. Nothing was taken from it.",
            "encoding",
        ) from error
