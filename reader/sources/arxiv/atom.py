"""arXiv's query API and its Atom feeds, and Atom feeds of others.

Formats: https://info.arxiv.org/help/api/user-manual.html and RFC 4287
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.errors import ImportFileError
from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.names import parse_name
from reader.model.paper import Rejected
from reader.sources.arxiv.announcement import take_announcement
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.markup import plain, plain_line
from reader.sources.xml_documents import (
    attribute,
    children,
    records,
    root_of,
    text_at,
    texts_at,
)  # fmt: skip

NAME = "atom"
LABEL = "Atom (arXiv's API and feeds)"
SOURCE = "arxiv"

_ERRORS = "api/errors"
_CLASS = re.compile(r"[A-Za-z][^\s,]*")


def recognises(head: str) -> bool:
    """Whether a document is an Atom feed or entry."""
    return root_of(head)[0] in ("feed", "entry")


def read(document: Document, context: Context) -> Iterator[Item]:
    """The entries of a feed.

    Raises:
        ImportFileError: It is an error that arXiv sent as a feed.
    """
    for number, element in enumerate(records(document, "entry"), start=1):
        if isinstance(element, Rejected):
            yield element
            continue
        if _ERRORS in text_at(element, "id"):
            raise ImportFileError(f"{document.name}: arXiv's error: {text_at(element, 'summary')}")
        entry = entry_of(element)
        entry.record = number
        source = SOURCE if any(one.scheme == "arxiv" for one in entry.identifiers) else "feed"
        yield from entry.items(context, source)


def entry_of(element: Element) -> Entry:
    """A paper of one entry."""
    address = text_at(element, "id")
    entry = Entry(key=address)
    entry.title = plain_line(text_at(element, "title"))
    entry.published = parse_date(text_at(element, "published") or text_at(element, "updated"))
    arxiv = parse_arxiv(address)
    if entry.identify(arxiv) and arxiv:
        entry.key, entry.kind = arxiv.value, names.PREPRINT
        if text_at(element, "published"):
            entry.updated = parse_date(text_at(element, "updated"))
    summary = text_at(element, "summary") or text_at(element, "content")
    if not take_announcement(entry, summary):
        entry.abstract = " ".join(summary.split()) if arxiv else plain(summary)
    people = [text_at(one, "name") for one in children(element, "author")]
    if len(people) == 1 and ", " in people[0] and address.startswith("oai:"):
        people = people[0].split(", ")  # the daily feed names all in one
    entry.authors = [parse_name(name) for name in people + texts_at(element, "creator") if name]
    _categories(entry, element)
    _rest(entry, element, arxiv=arxiv is not None)
    return entry


def _categories(entry: Entry, element: Element) -> None:
    primary = [attribute(one, "term") for one in children(element, "primary_category")]
    terms = [attribute(one, "term") for one in children(element, "category")]
    # Classes of the ACM and the AMS stand among the categories; arXiv's have no blank or comma.
    entry.categories = [term for term in dict.fromkeys(primary + terms) if _CLASS.fullmatch(term)]


def _rest(entry: Entry, element: Element, *, arxiv: bool) -> None:
    entry.remark = text_at(element, "comment")
    entry.venue = text_at(element, "journal_ref") or text_at(element, "journal_reference")
    entry.license = text_at(element, "rights")
    for word in (text_at(element, "doi") or text_at(element, "DOI")).split():
        entry.identify(parse_doi(word))
    for link in children(element, "link"):
        kind = attribute(link, "rel") or "alternate"
        if kind == "alternate" or (kind == "related" and not arxiv):
            entry.link(attribute(link, "href"))
