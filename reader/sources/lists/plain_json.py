"""JSON of papers in no standard's shape: objects with a title and whatever else they call things.

Mendeley's API, scripts of all kinds and lists of papers on the web look like this.
"""

from collections.abc import Iterator
from typing import Annotated

from pydantic import AliasChoices, BeforeValidator, Field

from reader.model.dates import date_of, month_number, parse_date
from reader.model.identifiers import PMID, Identifier, parse_arxiv, parse_doi
from reader.model.names import parse_name, parse_people
from reader.model.paper import Author, Status
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, load, members, read_objects
from reader.sources.markup import plain_line

NAME = "json"
LABEL = "JSON of papers"
SOURCE = "json"

_LISTS = ("papers", "items", "results", "data", "entries", "documents", "works", "records")
_NAMED = frozenset(["authors", "author", "year", "abstract", "doi", "arxiv", "arxiv_id", "summary"])


def recognises(head: str) -> bool:
    """Whether a JSON document has objects with titles, or is broken JSON at all."""
    found = members(head)
    titled = "title" in found and bool(found & _NAMED)
    return titled or (head.lstrip("\ufeff \t\r\n")[:2] in ("[[", "[{") and not found - {"title"})


def _year(value: object) -> object:
    if isinstance(value, float):
        raise ValueError("not a year")  # noqa: TRY004 - pydantic reports value errors
    if isinstance(value, str) and value and not parse_date(value).text:
        raise ValueError(f"not a year: {value[:40]}")
    return value


class Person(Loose):
    """A person, under any of the usual names."""

    name: Text = ""
    first: Text = Field(default="", validation_alias=AliasChoices("first_name", "given", "first"))
    last: Text = Field(default="", validation_alias=AliasChoices("last_name", "family", "last"))

    def value(self) -> Author:
        """The author."""
        if self.last:
            return Author(self.last, self.first, whole=not self.first)
        return parse_name(self.name)


class Identifiers(Loose):
    """Identifiers as Mendeley groups them."""

    doi: Text = ""
    arxiv: Text = ""
    pmid: Text = ""


class Paper(Loose):
    """One object."""

    title: Annotated[Text, Field(min_length=1)]
    authors: Text | list[Person | Text] = Field(
        default="", validation_alias=AliasChoices("authors", "author")
    )
    year: Annotated[Text, BeforeValidator(_year)] = ""
    month: Text = ""
    date: Text = Field(
        default="", validation_alias=AliasChoices("date", "published", "publicationDate")
    )
    abstract: Text = Field(default="", validation_alias=AliasChoices("abstract", "summary"))
    venue: Text = Field(
        default="", validation_alias=AliasChoices("venue", "journal", "source", "booktitle")
    )
    doi: Text = ""
    arxiv: Text = Field(default="", validation_alias=AliasChoices("arxiv", "arxiv_id", "arxivId"))
    identifiers: Identifiers = Identifiers()
    url: Text = Field(default="", validation_alias=AliasChoices("url", "link"))
    urls: Texts = Field(default=[], validation_alias=AliasChoices("urls", "websites"))
    tags: Texts = Field(default=[], validation_alias=AliasChoices("tags", "keywords"))
    id: Text = ""
    read: bool = False
    starred: bool = False
    notes: Texts = []


def read(document: Document, context: Context) -> Iterator[Item]:
    """The objects of a document."""
    value = load(document)
    if isinstance(value, dict):
        lists = (value[name] for name in _LISTS if isinstance(value.get(name), list))
        value = next(lists, [value])
    return read_objects(value, Paper, entry_of, context, SOURCE)


def entry_of(told: Paper) -> Entry:
    """A paper of one object."""
    entry = Entry(key=told.id, title=plain_line(told.title), abstract=told.abstract)
    if isinstance(told.authors, str):
        entry.authors = list(parse_people(told.authors))
    else:
        entry.authors = [parse_name(one) if isinstance(one, str) else one.value()
                         for one in told.authors]  # fmt: skip
    entry.published = parse_date(told.date)
    if not entry.published.text and told.year[:4].isdigit():
        entry.published = date_of(int(told.year[:4]), month_number(told.month))
    entry.venue = told.venue
    ids = told.identifiers
    for text in (told.arxiv, ids.arxiv, told.id):
        entry.identify(parse_arxiv(text))
    for text in (told.doi, ids.doi):
        entry.identify(parse_doi(text))
    if pmid := ids.pmid.rpartition(":")[2].strip():
        entry.identify(Identifier(PMID, pmid))
    for url in (told.url, *told.urls):
        entry.link(url)
    entry.tags, entry.notes = list(told.tags), list(told.notes)
    entry.status = Status.READ if told.read else Status.UNREAD
    entry.starred = told.starred
    return entry
