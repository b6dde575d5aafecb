"""Papers as Semantic Scholar's Graph API gives them: search, batch, citations, recommendations.

Shape: https://api.semanticscholar.org/api-docs/graph
"""

import re
from collections.abc import Iterator

from pydantic import Field

from reader.errors import ImportFileError
from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.identifiers import (
    ACL,
    DBLP,
    PMCID,
    PMID,
    SEMANTIC_SCHOLAR,
    Identifier,
    parse_arxiv,
    parse_doi,
)  # fmt: skip
from reader.model.names import parse_name
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, load, members, read_objects

NAME = "semantic-scholar"
LABEL = "Semantic Scholar"
SOURCE = "semantic-scholar"
PAPER_ID = "s2paper"
"""The scheme of its own hexadecimal ids."""

_ARXIV = re.compile("arxiv", re.IGNORECASE)
_WRAPPED = ("paper", "citedPaper", "citingPaper")
_KINDS = {"JournalArticle": names.ARTICLE, "Conference": names.CONFERENCE, "Book": names.BOOK,
          "BookSection": names.CHAPTER, "Dataset": names.DATASET}  # fmt: skip
_SCHEMES = {"PubMed": PMID, "ACL": ACL, "DBLP": DBLP, "CorpusId": SEMANTIC_SCHOLAR}


class Person(Loose):
    """An author."""

    name: Text = ""


class Journal(Loose):
    """Where it appeared."""

    name: Text = ""
    volume: Text = ""
    pages: Text = ""


class Pdf(Loose):
    """The open PDF."""

    url: Text = ""


class Work(Loose):
    """One paper; every member but the id can be absent."""

    paper_id: Text = Field(default="", alias="paperId")
    external: dict[str, Text] = Field(default={}, alias="externalIds")
    title: Text = ""
    abstract: Text = ""
    venue: Text = ""
    year: Text = ""
    date: Text = Field(default="", alias="publicationDate")
    authors: list[Person | Text] = Field(default=[], max_length=50_000)
    journal: Journal = Journal()
    publication_venue: Journal = Field(default=Journal(), alias="publicationVenue")
    kinds: list[Text] = Field(default=[], alias="publicationTypes")
    citations: int | None = Field(default=None, alias="citationCount")
    pdf: Pdf = Field(default=Pdf(), alias="openAccessPdf")


def recognises(head: str) -> bool:
    """Whether a document is an answer with papers."""
    return "paperId" in members(head) or {"snippet", "snippetKind"} <= members(head)


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of an answer.

    Raises:
        ImportFileError: It is an error that the service sent.
    """
    value = load(document)
    if isinstance(value, dict) and "error" in value:
        raise ImportFileError(f"{document.name}: the service's error: {value['error']}")
    if isinstance(value, dict):
        value = value.get("data", value.get("recommendedPapers", [value]))
    return read_objects(map(_unwrapped, value), Work, entry_of, context, SOURCE)


def _unwrapped(value: object) -> object:
    if isinstance(value, dict):
        return next((value[name] for name in _WRAPPED if isinstance(value.get(name), dict)), value)
    return value


def entry_of(work: Work) -> Entry:
    """A paper of one record."""
    entry = Entry(key=work.paper_id, title=work.title, abstract=work.abstract)
    kinds = [_KINDS[kind] for kind in work.kinds if kind in _KINDS]
    entry.kind = kinds[0] if kinds else ""
    people = [one if isinstance(one, str) else one.name for one in work.authors]
    entry.authors = [parse_name(name) for name in people if name]
    entry.published = parse_date(work.date or work.year)
    venues = (work.journal.name, work.venue, work.publication_venue.name)
    entry.venue = next((one for one in venues if one and not _ARXIV.match(one)), "")
    for name, value in work.external.items():
        _identify(entry, name, value)
    if not entry.identifiers and work.paper_id:
        entry.identify(Identifier(PAPER_ID, work.paper_id))
    if not _ARXIV.match(work.journal.name):
        entry.detail(names.VOLUME, work.journal.volume)
        entry.detail(names.PAGES, work.journal.pages)
    entry.link(work.pdf.url)
    if work.citations is not None:
        entry.counters["citations"] = work.citations
    return entry


def _identify(entry: Entry, name: str, value: str) -> None:
    if name == "ArXiv":
        entry.identify(parse_arxiv(value))
    elif name == "DOI":
        entry.identify(parse_doi(value))
    elif name == "PubMedCentral":
        entry.identify(Identifier(PMCID, f"PMC{value.removeprefix('PMC')}"))
    elif name in _SCHEMES:
        entry.identify(Identifier(_SCHEMES[name], value))
