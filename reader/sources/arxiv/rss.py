"""RSS feeds: arXiv's daily one, that of Hugging Face's daily papers, journals and blogs.

Formats: https://info.arxiv.org/help/rss_specifications.html and https://www.rssboard.org/rss-specification
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.names import parse_names
from reader.model.paper import Rejected
from reader.sources.arxiv.announcement import take_announcement
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.markup import plain, plain_line
from reader.sources.xml_documents import records, root_of, text_at, texts_at

NAME = "rss"
LABEL = "RSS"

_LABELLED = re.compile(r"(?:\n|^)\s*(Authors|Upvotes|Summary|Abstract)\s*:\s*")
_URL = re.compile(r"https?://[^\s]+")


def recognises(head: str) -> bool:
    """Whether a document is an RSS feed of version 0.9 to 2.0."""
    root, _ = root_of(head)
    return root == "rss" or (root == "RDF" and "<channel" in head)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The items of a feed."""
    for number, element in enumerate(records(document, "item"), start=1):
        if isinstance(element, Rejected):
            yield element
            continue
        entry = entry_of(element)
        entry.record = number
        announced = "announced" in entry.details
        yield from entry.items(context, "arxiv" if announced else "feed")


def entry_of(element: Element) -> Entry:
    """A paper of one item."""
    number = text_at(element, "guid")
    entry = Entry(key=number or text_at(element, "link"))
    entry.title = plain_line(text_at(element, "title"))
    entry.published = parse_date(text_at(element, "pubDate") or text_at(element, "date"))
    if entry.identify(parse_arxiv(number)):
        entry.key, entry.kind = entry.identifiers[0].value, names.PREPRINT
    description = text_at(element, "description")
    if take_announcement(entry, description):
        entry.categories = [name for name in texts_at(element, "category") if " " not in name]
    else:
        _take_text(entry, plain(text_at(element, "encoded") or description))
    creators = texts_at(element, "creator") or texts_at(element, "author")
    if creators:
        entry.authors = [one for text in creators for one in parse_names(text)]
    entry.license = text_at(element, "rights")
    entry.venue = text_at(element, "journal_reference")
    for name in ("DOI", "doi"):
        entry.identify(parse_doi(text_at(element, name)))
    link = text_at(element, "link")
    if _URL.fullmatch(link):
        entry.link(link)
    elif link:
        entry.complain("link", "not a link that can be opened", link)
    return entry


def _take_text(entry: Entry, text: str) -> None:
    """A description; some feeds write authors, votes and summary into it under their names."""
    parts = _LABELLED.split(text)
    texts = [(part or "").strip() for part in parts[2::2]]
    told: dict[str, str] = dict(zip(parts[1::2], texts, strict=False))
    entry.abstract = told.get("Summary") or told.get("Abstract") or (parts[0] if told else text)
    entry.authors = list(parse_names(told.get("Authors") or ""))
    if (votes := told.get("Upvotes") or "").isdigit() and len(votes) < len("1000000"):
        entry.counters["upvotes"] = int(votes)
