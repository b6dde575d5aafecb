"""OPML: the feeds of a feed reader.

Format: http://opml.org/spec2.opml. Feeds are not papers: they are named so that they can be
followed, and nothing is stored.
"""

from collections.abc import Iterator

from reader.model.paper import Rejected
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.xml_documents import attribute, elements, root_of

NAME = "opml"
LABEL = "OPML"


def recognises(head: str) -> bool:
    """Whether a document is OPML."""
    return root_of(head)[0] == "opml"


def read(document: Document, context: Context) -> Iterator[Item]:
    """Each feed as something that was not imported."""
    del context  # nothing of a list of feeds becomes a paper
    for number, outline in enumerate(_feeds(document), start=1):
        yield Rejected(0, "a feed, no paper: following feeds comes later", outline, number)


def _feeds(document: Document) -> Iterator[str]:
    for body in elements(document, "body"):
        for outline in body.iter():
            if url := attribute(outline, "xmlUrl"):
                yield f"{attribute(outline, 'title') or attribute(outline, 'text')} {url}".strip()
