"""EndNote's XML, which Mendeley and Bookends write too.

Text stands in one or more `style` elements. Format: what EndNote X7 to 21 export.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from reader.model import details as names
from reader.model.dates import Precision, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import parse_arxiv, split_dois
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.endnote_kinds import kind_of
from reader.sources.references.ris import person
from reader.sources.xml_documents import (
    attribute,
    child,
    children,
    local,
    read_elements,
    root_of,
    text_at,
    text_of,
)  # fmt: skip

NAME = "endnote-xml"
LABEL = "EndNote XML"
SOURCE = "endnote"

_DETAILS = {
    "volume": names.VOLUME, "number": names.ISSUE, "pages": names.PAGES, "edition": names.EDITION,
    "publisher": names.PUBLISHER, "pub-location": names.PLACE, "work-type": names.GENRE,
    "language": names.LANGUAGE, "access-date": names.ACCESSED, "remote-database-name": "database",
    "auth-address": "address", "call-num": "call_number", "section": "section",
}  # fmt: skip
_SKIPPED = frozenset(
    "database source-app rec-number foreign-keys ref-type contributors titles periodical dates "
    "keywords urls isbn electronic-resource-num abstract notes research-notes label "
    "accession-num".split()
)


def recognises(head: str) -> bool:
    """Whether a document is such an export."""
    root, _ = root_of(head)
    return root in ("xml", "records", "record") and "<record" in head and (
        "<ref-type" in head or "<contributors" in head or "<titles" in head
    )  # fmt: skip


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of an export."""
    return read_elements(document, context, SOURCE, ("record",), entry_of)


def entry_of(record: Element) -> Entry:
    """A paper of one record."""
    entry = Entry(kind=kind_of(attribute(child(record, "ref-type"), "name")))
    titles = child(record, "titles")
    entry.title = _line(child(titles, "title")) or _line(child(titles, "short-title"))
    entry.venue = (_line(child(titles, "secondary-title"))
                   or _line(child(record, "periodical", "full-title"))
                   or _line(child(titles, "alt-title")))  # fmt: skip
    entry.detail(names.SHORT_VENUE, _line(child(record, "periodical", "abbr-1")))
    entry.detail(names.SERIES, _line(child(titles, "tertiary-title")))
    entry.abstract = text_at(record, "abstract")
    _people(entry, record)
    _dates(entry, record)
    _identifiers(entry, record)
    entry.tags = [_line(one) for one in children(child(record, "keywords"), "keyword")]
    entry.notes = [text_at(record, name) for name in ("notes", "research-notes")]
    books = entry.kind in (names.BOOK, names.CHAPTER)
    number = names.NUMBER if entry.kind == names.REPORT else names.ISBN if books else names.ISSN
    entry.detail(number, _line(child(record, "isbn")))
    for element in record:
        if (name := local(element)) and name not in _SKIPPED:
            entry.detail(_DETAILS.get(name, name), _line(element))
    return entry


def _line(element: Element | None) -> str:
    return " ".join(text_of(element).split())


def _people(entry: Entry, record: Element) -> None:
    contributors = child(record, "contributors")
    people = {group: [person(_line(one)) for one in children(child(contributors, group), "author")]
              for group in ("authors", "secondary-authors", "subsidiary-authors",
                            "translated-authors", "tertiary-authors")}  # fmt: skip
    entry.authors = people["authors"]
    entry.detail(names.EDITOR, pack_names(people["secondary-authors"]))
    entry.detail(names.TRANSLATOR, pack_names(people["translated-authors"]
                                              or people["subsidiary-authors"]))  # fmt: skip
    entry.detail("series_editor", pack_names(people["tertiary-authors"]))


def _dates(entry: Entry, record: Element) -> None:
    dates = child(record, "dates")
    told = _line(child(dates, "year"))
    year = parse_date(told)
    if year.precision is Precision.NONE:
        entry.detail("year", told)  # such as: in press
    day = _line(child(dates, "pub-dates", "date"))
    full = parse_date(day if re.search(r"\d{4}", day) else f"{day} {year.text}")
    agree = full.precision is not Precision.NONE and full.year == (year.year or full.year)
    entry.published = full if agree and day else year


def _identifiers(entry: Entry, record: Element) -> None:
    doi = _line(child(record, "electronic-resource-num"))
    for word in split_dois(doi):
        entry.take_doi(word)
    number = _line(child(record, "accession-num"))
    if number and not entry.identify(parse_arxiv(number)):
        entry.detail("accession", number)
    urls = child(record, "urls")
    for group in ("related-urls", "web-urls"):
        for one in children(child(urls, group), "url"):
            for url in text_of(one).split():
                entry.link(url)
    entry.files = [_line(one) for one in children(child(urls, "pdf-urls"), "url")]
    label = _line(child(record, "label"))
    key = attribute(child(record, "foreign-keys", "key"), "db-id")
    entry.citekey = label if label and " " not in label else ""
    entry.detail("label", label if label and " " in label else "")
    entry.key = f"{key}/{_line(child(record, 'rec-number'))}" if key else ""
