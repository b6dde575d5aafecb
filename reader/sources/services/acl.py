"""The ACL Anthology's own XML.

Format: https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.model import details as names
from reader.model.dates import PartialDate, date_of, month_number, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import ACL, Identifier, parse_doi
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.xml_documents import (
    attribute,
    child,
    children,
    elements,
    root_of,
    text_at,
    text_of,
)  # fmt: skip

NAME = "acl"
LABEL = "ACL Anthology"
SOURCE = "acl"


def recognises(head: str) -> bool:
    """Whether a document is a collection of the anthology."""
    return root_of(head)[0] == "collection" and "<volume" in head


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of all volumes of a collection."""
    number = 0
    collection = attribute_in(document.head)
    for volume in elements(document, "volume"):
        for paper in children(volume, "paper"):
            number += 1
            entry = entry_of(
                paper, child(volume, "meta"), f"{collection}-{attribute(volume, 'id')}"
            )
            entry.record = number
            yield from entry.items(context, SOURCE)


def attribute_in(head: str) -> str:
    """The id of the collection that a document begins."""
    _, _, behind = root_of(head)[1].partition('id="')
    return behind.partition('"')[0]


def entry_of(paper: Element, meta: Element | None, volume: str) -> Entry:
    """A paper of one record and what its volume says."""
    number = text_at(paper, "url") or f"{volume}.{attribute(paper, 'id')}"
    entry = Entry(key=number, citekey=text_at(paper, "bibkey"), kind=names.CONFERENCE)
    entry.title = " ".join(text_at(paper, "title").split())
    entry.abstract = text_at(paper, "abstract")
    entry.authors = [_person(one) for one in children(paper, "author")]
    entry.venue = " ".join(text_at(meta, "booktitle").split())
    entry.published = _date(meta)
    if "://" not in number:
        entry.identify(Identifier(ACL, number))
    else:
        entry.link(number)
    if doi := text_at(paper, "doi"):
        entry.identify(parse_doi(doi))
    entry.detail(names.PAGES, text_at(paper, "pages").replace("\N{EN DASH}", "-"))
    entry.detail(names.PUBLISHER, text_at(meta, "publisher"))
    entry.detail(names.PLACE, text_at(meta, "address"))
    entry.detail(names.EDITOR, pack_names(_person(one) for one in children(meta, "editor")))
    return entry


def _person(element: Element) -> Author:
    family, given = text_at(element, "last"), text_at(element, "first")
    return Author(family or text_of(element), given, whole=not given)


def _date(meta: Element | None) -> PartialDate:
    year = parse_date(text_at(meta, "year"))
    month = month_number(text_at(meta, "month").split("-")[0].split("\N{EN DASH}")[0])
    return date_of(year.year, month) if year.year else year
