"""Publications of DBLP: answers of its search as JSON, and its records as XML.

Shape: https://dblp.org/faq/How+to+use+the+dblp+search+API.html and dblp.org/xml/dblp.dtd
"""

import re
from collections.abc import Iterator
from typing import Annotated
from xml.etree.ElementTree import Element

from pydantic import BeforeValidator, Field

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.details import pack_names
from reader.model.identifiers import DBLP, Identifier, parse_arxiv
from reader.model.names import parse_name
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, load, members, read_objects
from reader.sources.xml_documents import attribute, read_elements, root_of, text_at, texts_at

NAME = "dblp"
LABEL = "DBLP"
SOURCE = "dblp"

_NUMBERED = re.compile(r"\s+\d{4}$")
_KINDS = {
    "Journal Articles": names.ARTICLE, "Conference and Workshop Papers": names.CONFERENCE,
    "Informal and Other Publications": names.PREPRINT, "Books and Theses": names.BOOK,
    "Parts in Books or Collections": names.CHAPTER, "article": names.ARTICLE,
    "inproceedings": names.CONFERENCE, "incollection": names.CHAPTER, "book": names.BOOK,
    "phdthesis": names.THESIS, "mastersthesis": names.THESIS, "proceedings": names.BOOK,
}  # fmt: skip
RECORDS = ("article", "inproceedings", "incollection", "book", "phdthesis", "mastersthesis",
           "proceedings")  # fmt: skip


class Person(Loose):
    """An author; homonyms have a number behind their name."""

    text: Text = ""


def _people(value: object) -> object:
    told = value.get("author", []) if isinstance(value, dict) else value
    return told if isinstance(told, list) else [told]


class Info(Loose):
    """What is told of one publication."""

    authors: Annotated[list[Person], BeforeValidator(_people), Field(max_length=50_000)] = []
    title: Text = ""
    venue: Texts = []
    volume: Text = ""
    number: Text = ""
    pages: Text = ""
    year: Text = ""
    type: Text = ""
    key: Text = ""
    doi: Text = ""
    ee: Texts = []
    publisher: Text = ""


class Hit(Loose):
    """One hit of a search."""

    info: Info


def recognises(head: str) -> bool:
    """Whether a document is an answer of its search, or a record of it."""
    root, attributes = root_of(head)
    keyed = root in RECORDS and "key=" in attributes and "mdate=" in attributes
    return keyed or root in ("dblp", "dblpperson") or {"hits", "hit", "@score"} <= members(head)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The publications of an answer or a record."""
    if document.head.lstrip("\ufeff \n").startswith("<"):
        return read_elements(document, context, SOURCE, RECORDS, entry_of_xml)
    value = load(document)
    hits = value.get("result", {}).get("hits", {}).get("hit", [])
    return read_objects(hits, Hit, lambda hit: entry_of(hit.info), context, SOURCE)


def entry_of(info: Info) -> Entry:
    """A paper of one publication."""
    entry = Entry(key=info.key, title=info.title.removesuffix("."))
    entry.kind = _KINDS.get(info.type, names.OTHER)
    entry.authors = [_person(one.text) for one in info.authors if one.text]
    entry.published = parse_date(info.year)
    entry.venue = next(iter(info.venue), "")
    if info.key:
        entry.identify(Identifier(DBLP, info.key))
    for url in [f"https://doi.org/{info.doi}"] * bool(info.doi) + info.ee:
        entry.link(url)
    if entry.venue == "CoRR":
        entry.kind, entry.venue = names.PREPRINT, ""
        entry.identify(parse_arxiv(info.volume.removeprefix("abs/")))
    for name, value in ((names.VOLUME, info.volume), (names.ISSUE, info.number),
                        (names.PAGES, info.pages), (names.PUBLISHER, info.publisher)):  # fmt: skip
        entry.detail(name, value)
    return entry


def entry_of_xml(element: Element) -> Entry:
    """A paper of one record."""
    info = Info(
        title=text_at(element, "title"), year=text_at(element, "year"),
        venue=texts_at(element, "journal") or texts_at(element, "booktitle"),
        volume=text_at(element, "volume"), number=text_at(element, "number"),
        pages=text_at(element, "pages"), publisher=text_at(element, "publisher"),
        type=element.tag, key=attribute(element, "key"), ee=texts_at(element, "ee"),
        authors=[Person(text=name) for name in texts_at(element, "author")],
    )  # fmt: skip
    entry = entry_of(info)
    editors = pack_names(map(_person, texts_at(element, "editor")))
    entry.detail(names.EDITOR, editors)
    return entry


def _person(text: str) -> Author:
    return parse_name(_NUMBERED.sub("", text))
