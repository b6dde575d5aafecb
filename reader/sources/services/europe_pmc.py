"""Works as Europe PMC's search gives them.

Shape: https://europepmc.org/RestfulWebService
"""

from collections.abc import Iterator

from pydantic import Field

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import PMCID, PMID, Identifier
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects
from reader.sources.markup import plain, plain_line

NAME = "europe-pmc"
LABEL = "Europe PMC"
SOURCE = "europe-pmc"


class Person(Loose):
    """An author, or a group of them."""

    full: Text = Field(default="", alias="fullName")
    given: Text = Field(default="", alias="firstName")
    family: Text = Field(default="", alias="lastName")
    group: Text = Field(default="", alias="collectiveName")

    def value(self) -> Author:
        """The author."""
        if self.family:
            return Author(plain_line(self.family), plain_line(self.given), whole=not self.given)
        return Author(plain_line(self.group or self.full), whole=True)


class People(Loose):
    """The authors."""

    author: list[Person] = Field(default=[], max_length=50_000)


class Journal(Loose):
    """A journal."""

    title: Text = ""


class Issue(Loose):
    """Where it stands in the journal."""

    volume: Text = ""
    issue: Text = ""
    journal: Journal = Journal()


class Work(Loose):
    """One work."""

    id: Text = ""
    source: Text = ""
    pmid: Text = ""
    pmcid: Text = ""
    doi: Text = ""
    title: Text = ""
    people: People = Field(default=People(), alias="authorList")
    abstract: Text = Field(default="", alias="abstractText")
    issue: Issue = Field(default=Issue(), alias="journalInfo")
    pages: Text = Field(default="", alias="pageInfo")
    date: Text = Field(default="", alias="firstPublicationDate")
    year: Text = Field(default="", alias="pubYear")
    cited: int | None = Field(default=None, alias="citedByCount")


def recognises(head: str) -> bool:
    """Whether a document is an answer of its search."""
    return {"resultList", "hitCount"} <= members(head)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The works of an answer."""
    value = load(document)
    told = value.get("resultList", {}) if isinstance(value, dict) else {}
    works = (told.get("result") or []) if isinstance(told, dict) else []
    return read_objects(works, Work, entry_of, context, SOURCE)


def entry_of(work: Work) -> Entry:
    """A paper of one work."""
    entry = Entry(key=f"{work.source}:{work.id}", title=plain_line(work.title).removesuffix("."))
    entry.kind = names.PREPRINT if work.source == "PPR" else names.ARTICLE
    entry.abstract = plain(work.abstract)
    entry.authors = [one.value() for one in work.people.author]
    entry.published = parse_date(work.date or work.year)
    entry.venue = plain_line(work.issue.journal.title)
    entry.take_doi(work.doi)
    for scheme, value in ((PMID, work.pmid), (PMCID, work.pmcid)):
        if value:
            entry.identify(Identifier(scheme, value))
    for name, value in ((names.VOLUME, work.issue.volume), (names.ISSUE, work.issue.issue),
                        (names.PAGES, work.pages)):  # fmt: skip
        entry.detail(name, value)
    if work.cited is not None:
        entry.counters["citations"] = work.cited
    return entry
