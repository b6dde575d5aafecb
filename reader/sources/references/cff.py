"""CITATION.cff files: the software, its preferred citation and its references.

Schema: https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
"""

from collections.abc import Iterator

from pydantic import Field

from reader.model import details as names
from reader.model.dates import date_of, month_number, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import parse_link
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, read_objects
from reader.sources.lists.yaml_documents import load_yaml

NAME = "cff"
LABEL = "CITATION.cff"
SOURCE = "cff"

_KINDS = {
    "article": names.ARTICLE, "conference-paper": names.CONFERENCE, "proceedings": names.BOOK,
    "conference": names.CONFERENCE, "book": names.BOOK, "thesis": names.THESIS,
    "report": names.REPORT, "data": names.DATASET, "dataset": names.DATASET,
    "website": names.WEBPAGE, "unpublished": "manuscript", "magazine-article": "article-magazine",
}  # fmt: skip


class Person(Loose):
    """A person, or an entity with a name."""

    family: Text = Field(default="", alias="family-names")
    given: Text = Field(default="", alias="given-names")
    particle: Text = Field(default="", alias="name-particle")
    suffix: Text = Field(default="", alias="name-suffix")
    name: Text = ""

    def value(self) -> Author:
        """The author."""
        family = " ".join(filter(None, (self.particle, self.family, self.suffix))) or self.name
        return Author(family, self.given, whole=not self.given)


class Identified(Loose):
    """An identifier of some type."""

    value: Text = ""


class Conference(Loose):
    """Where it was presented."""

    name: Text = ""


class Work(Loose):
    """The software itself or one of its references."""

    type: Text = "software"
    title: Text = ""
    authors: list[Person] = Field(default=[], max_length=20_000)
    editors: list[Person] = Field(default=[], max_length=20_000)
    abstract: Text = ""
    doi: Text = ""
    identifiers: list[Identified] = []
    url: Text = ""
    repository: Text = ""
    code: Text = Field(default="", alias="repository-code")
    released: Text = Field(default="", alias="date-released")
    date: Text = Field(default="", alias="date-published")
    year: Text = ""
    month: Text = ""
    journal: Text = ""
    collection: Text = Field(default="", alias="collection-title")
    conference: Conference | Text = ""
    volume: Text = ""
    issue: Text = ""
    start: Text = ""
    end: Text = ""
    publisher: Conference | Text = ""
    version: Text = ""
    license: Texts = []
    keywords: Texts = []


def recognises(head: str) -> bool:
    """Whether a text is such a file."""
    return "\ncff-version:" in f"\n{head}" and "\nauthors:" in f"\n{head}"


def read(document: Document, context: Context) -> Iterator[Item]:
    """The software, its preferred citation and its references, each a paper."""
    value = load_yaml(document, document.text())
    told = value if isinstance(value, dict) else {}
    preferred = told.get("preferred-citation")
    works = [told, *([preferred] if preferred else []), *(told.get("references") or [])]
    if isinstance(preferred, dict) and not preferred.get("title"):
        preferred["title"] = told.get("title", "")
    return read_objects(works, Work, entry_of, context, SOURCE)


def entry_of(work: Work) -> Entry:
    """A paper of one work."""
    entry = Entry(title=work.title, abstract=work.abstract)
    entry.kind = _KINDS.get(work.type, names.SOFTWARE if work.type == "software" else names.OTHER)
    entry.authors = [one.value() for one in work.authors]
    entry.detail(names.EDITOR, pack_names(one.value() for one in work.editors))
    entry.published = parse_date(work.date or work.released)
    if not entry.published.text and work.year.isdigit():
        entry.published = date_of(int(work.year[:4]), month_number(work.month))
    entry.venue = work.journal or work.collection or _name(work.conference)
    for text in (work.doi, *(one.value for one in work.identifiers)):
        if text and not entry.identify(parse_link(text)):
            entry.detail("identifier", text)
    for url in (work.url, work.repository, work.code):
        entry.link(url)
    pages = "-".join(filter(None, (work.start, work.end)))
    for name, value in ((names.VOLUME, work.volume), (names.ISSUE, work.issue),
                        (names.PAGES, pages), (names.PUBLISHER, _name(work.publisher)),
                        ("version", work.version)):  # fmt: skip
        entry.detail(name, value)
    entry.license = ", ".join(work.license)
    entry.tags = list(work.keywords)
    return entry


def _name(value: Conference | str) -> str:
    return value if isinstance(value, str) else value.name
