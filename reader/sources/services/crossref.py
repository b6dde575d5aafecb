"""Works as Crossref's REST API gives them.

Shape: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from collections.abc import Iterator

from pydantic import Field

from reader.model import details as names
from reader.model.dates import UNDATED, Precision
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, load, members, read_objects
from reader.sources.markup import plain, plain_line
from reader.sources.references.csl_json import Date

NAME = "crossref"
LABEL = "Crossref"
SOURCE = "crossref"

_KINDS = {
    "journal-article": names.ARTICLE, "article-journal": names.ARTICLE,
    "proceedings-article": names.CONFERENCE, "paper-conference": names.CONFERENCE,
    "posted-content": names.PREPRINT, "book": names.BOOK, "monograph": names.BOOK,
    "edited-book": names.BOOK, "book-chapter": names.CHAPTER, "chapter": names.CHAPTER,
    "dissertation": names.THESIS, "report": names.REPORT, "dataset": names.DATASET,
    "proceedings": names.BOOK, "reference-entry": "entry-encyclopedia", "standard": "standard",
}  # fmt: skip


class Person(Loose):
    """An author or editor."""

    family: Text = ""
    given: Text = ""
    name: Text = ""
    literal: Text = ""
    suffix: Text = ""

    def value(self) -> Author:
        """The author."""
        family = f"{self.family} {self.suffix}".strip() or self.name or self.literal
        return Author(plain_line(family), plain_line(self.given), whole=not self.given)


class Work(Loose):
    """One work; of the dates, the earliest is the one it was published on."""

    doi: Text = Field(default="", alias="DOI")
    url: Text = Field(default="", alias="URL")
    type: Text = ""
    title: Texts = []
    subtitle: Texts = []
    container: Texts = Field(default=[], alias="container-title")
    short: Texts = Field(default=[], alias="short-container-title")
    author: list[Person] = Field(default=[], max_length=50_000)
    editor: list[Person] = Field(default=[], max_length=50_000)
    issued: Date | None = None
    online: Date | None = Field(default=None, alias="published-online")
    printed: Date | None = Field(default=None, alias="published-print")
    posted: Date | None = None
    abstract: Text = ""
    publisher: Text = ""
    volume: Text = ""
    issue: Text = ""
    page: Text = ""
    number: Text = Field(default="", alias="article-number")
    issn: Texts = Field(default=[], alias="ISSN")
    isbn: Texts = Field(default=[], alias="ISBN")
    language: Text = ""
    subject: Texts = []
    cited: int | None = Field(default=None, alias="is-referenced-by-count")


def recognises(head: str) -> bool:
    """Whether a document is an answer with works, or one work."""
    found = members(head)
    return {"message-type", "message"} <= found or (
        "DOI" in found and bool(found & {"is-referenced-by-count", "indexed", "content-domain"})
    )


def read(document: Document, context: Context) -> Iterator[Item]:
    """The works of an answer."""
    value = load(document)
    told = value.get("message", value) if isinstance(value, dict) else value
    if isinstance(told, dict) and "DOI" not in told and "items" not in told:
        groups = [one if isinstance(one, list) else [one] for one in told.values()]
        told = [one for group in groups for one in group]  # citation.js gives works by their DOI
    works = told.get("items", [told]) if isinstance(told, dict) else told
    return read_objects(works, Work, entry_of, context, SOURCE)


def entry_of(work: Work) -> Entry:
    """A paper of one work."""
    entry = Entry(key=work.doi.lower(), kind=_KINDS.get(work.type, work.type))
    title = plain_line(next(iter(work.title), ""))
    subtitle = plain_line(next(iter(work.subtitle), ""))
    repeated = not subtitle or subtitle.lower() in title.lower()
    entry.title = title if repeated else f"{title}: {subtitle}"
    entry.abstract = plain(work.abstract).strip()
    entry.abstract = entry.abstract.removeprefix("Abstract").strip()
    entry.authors = [one.value() for one in work.author]
    dates = [date.value() for date in (work.issued, work.online, work.printed, work.posted) if date]
    known = [date for date in dates if date.precision is not Precision.NONE]
    entry.published = min(known, key=lambda date: (date.text[:4], -len(date.text)), default=UNDATED)
    entry.venue = plain_line(next(iter(work.container), ""))
    if not entry.identify(parse_doi(work.doi)):
        entry.link(work.url)
    _details(entry, work)
    if work.cited is not None:
        entry.counters["citations"] = work.cited
    return entry


def _details(entry: Entry, work: Work) -> None:
    entry.detail(names.EDITOR, names.pack_names(one.value() for one in work.editor))
    for name, values in (
        (names.SHORT_VENUE, work.short[:1]), (names.PUBLISHER, [work.publisher]),
        (names.VOLUME, [work.volume]), (names.ISSUE, [work.issue]), (names.PAGES, [work.page]),
        (names.ISSN, work.issn), (names.ISBN, work.isbn), (names.LANGUAGE, [work.language]),
        (names.KEYWORDS, work.subject),
    ):  # fmt: skip
        for value in values:
            entry.detail(name, plain_line(value))
    if work.number and not entry.identify(parse_arxiv(work.number)):
        entry.detail(names.NUMBER, work.number)
