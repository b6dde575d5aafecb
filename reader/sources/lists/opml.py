"""OPML: the feeds of a feed reader, to be followed.

Format: http://opml.org/spec2.opml
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.errors import UsageError
from reader.model.feed import Followed, parse_subscription
from reader.model.paper import Rejected
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.xml_documents import attribute, elements, root_of

NAME = "opml"
LABEL = "OPML"

_ARXIV = re.compile(
    r"https?://(?:rss|export)\.arxiv\.org/(?:rss|atom)/([A-Za-z.+-]+)/?", re.IGNORECASE
)


def recognises(head: str) -> bool:
    """Whether a document is OPML."""
    return root_of(head)[0] == "opml"


def read(document: Document, context: Context) -> Iterator[Item]:
    """Each feed as something to follow, under its name."""
    del context  # nothing of a list of feeds becomes a paper
    number = 0
    for body in elements(document, "body"):
        for outline in body.iter():
            address = attribute(outline, "reader") or attribute(outline, "xmlUrl")
            if address:
                number += 1
                yield _feed(outline, address, number)


def _feed(outline: Element, address: str, number: int) -> Item:
    arxiv = _ARXIV.fullmatch(address.strip())
    try:
        told = parse_subscription(arxiv[1] if arxiv else address)
    except UsageError as error:
        return Rejected(0, str(error), clean(address)[:400], number)
    name = clean(attribute(outline, "title") or attribute(outline, "text"))
    return Followed(told.spec, name or told.name)
