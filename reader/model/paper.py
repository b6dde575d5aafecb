"""Papers, named by where they are on their way: draft, source record, paper, row."""

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum

from reader.frozen import frozen
from reader.model.dates import UNDATED, PartialDate
from reader.model.identifiers import ARXIV, DOI, Identifier

ID_TYPE = "I"
"""The type of arrays of papers' ids: four bytes each, enough for four thousand million papers."""


class Status(IntEnum):
    """What the user decided about a paper; set by keys only, never by the program."""

    UNREAD = 0
    LATER = 1
    READING = 2
    READ = 3
    SKIPPED = 4

    @property
    def word(self) -> str:
        """The status as people and files write it."""
        return self.name.lower()


class Priority(IntEnum):
    """The place of a paper in the queue of those to read later."""

    NONE = 0
    C = 1
    B = 2
    A = 3


@frozen
class Author:
    """One author: family and given names, or one whole name (a collaboration) as the family."""

    family: str
    given: str = ""
    whole: bool = False

    @property
    def name(self) -> str:
        """The name in reading order."""
        return f"{self.given} {self.family}" if self.given else self.family


@frozen
class Fields:
    """What one source said of a paper; text as received (cleaned), not yet made readable.

    Attributes:
        authors: In order; possibly only the first few.
        author_count: How many there are, None when the source does not say.
        authors_complete: Whether `authors` is the whole list.
        categories: arXiv classes, the primary one first.
        category_code: The abbreviated class of a listing, when it can mean several categories.
        venue: Journal, conference or publisher's place.
        remark: The authors' comment (pages, acceptance).
        urls: Links, without those that follow from the identifiers.
        counters: Numbers such as comments and upvotes, by name.
        kind: What kind of work it is, as `reader.model.details` names kinds.
        details: Volume, pages, publisher and the like, by the names of `reader.model.details`;
            what a format has besides, by its name there.
        notes: Texts that came with it, plain.
        files: Where the source says that its files are: paths or links, never opened unasked.
    """

    title: str = ""
    abstract: str = ""
    authors: tuple[Author, ...] = ()
    author_count: int | None = None
    authors_complete: bool = False
    published: PartialDate = UNDATED
    updated: PartialDate = UNDATED
    categories: tuple[str, ...] = ()
    category_code: str = ""
    identifiers: tuple[Identifier, ...] = ()
    venue: str = ""
    remark: str = ""
    license: str = ""
    urls: tuple[str, ...] = ()
    counters: Mapping[str, int] = field(default_factory=dict)
    kind: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@frozen
class SourceRecord:
    """One source's word on a paper: who said it, under which key, when, and what.

    Attributes:
        source: The kind of source, such as `arxiv-listing`.
        key: The record's own key there, stable across repeated imports.
        seen_at: When it was received, UTC in ISO 8601.
        origin: The file or feed it came through, or `samples` for the bundled shelf.
    """

    source: str
    key: str
    seen_at: str
    origin: str
    fields: Fields


@frozen
class Version:
    """An earlier version of a paper.

    Attributes:
        number: Which one, from 1.
        seen_at: When it was told of, UTC in ISO 8601.
    """

    number: int
    seen_at: str
    fields: Fields


@frozen
class UserState:
    """What the user made of a paper, as files carry it; times in UTC, ISO 8601."""

    status: Status = Status.UNREAD
    starred: bool = False
    seen: bool = False
    priority: Priority = Priority.NONE
    tags: tuple[str, ...] = ()
    citekey: str = ""
    added: str = ""
    decided: str = ""
    trashed: str = ""
    revised: bool = False


@frozen
class PaperDraft:
    """A record from outside that is not yet in the library.

    Attributes:
        records: Usually one; several when a file of our own restores a paper's provenance.
        place: Where the record stood: line or record number, for messages.
        digest: Of a record of a whole archive, whose fields need no second copy: a short key of all
            that it says, by which it is known again. Else empty.
        whole: Whether it is a whole paper of a library of ours: two such of one file are two.
        partial: Whether what it leaves out says nothing: an announcement tells less of a paper
            than its own page, which stands where it is silent.
        owned: Of a whole paper, which identifiers of its records are its own, by scheme and value:
            of two papers that tell of one identifier, one has it. None for all.
        versions: What was told of its earlier versions.
    """

    records: tuple[SourceRecord, ...]
    user: UserState | None = None
    place: int = 0
    digest: str = ""
    whole: bool = False
    partial: bool = False
    owned: frozenset[tuple[str, str]] | None = None
    versions: tuple[Version, ...] = ()

    @property
    def bulk(self) -> bool:
        """Whether it is one of a whole archive."""
        return bool(self.digest)


@frozen
class Rejected:
    """A stretch of input that was not understood, or a field of a record that was left out.

    Attributes:
        line: 1-based line, 0 when unknown.
        record: 1-based record, 0 when it belongs to none.
        field: The field concerned, empty for the whole stretch.
        raw: The beginning of the text itself, cleaned.
    """

    line: int
    reason: str
    raw: str = ""
    record: int = 0
    field: str = ""


@frozen
class Tag:
    """A label of the user's; `/` in its name makes a hierarchy."""

    name: str
    colour: str = ""
    pinned: int = 0
    papers: int = 0


@frozen
class Apart:
    """Two papers, by their citekeys, that look alike and that the user said are different works."""

    ours: str
    theirs: str


@frozen
class PaperRow:
    """The light projection that a list paints."""

    id: int
    citekey: str
    title: str
    byline: str
    published: PartialDate
    category: str
    status: Status
    starred: bool
    seen: bool
    priority: Priority
    comments: int
    tags: tuple[str, ...]
    trashed: bool = False
    revised: bool = False


@frozen
class Paper:
    """A whole paper as the library shows it; title and abstract are readable Unicode.

    Attributes:
        title_source: The title as received where it differs, else empty; likewise the abstract.
        sources: Who told of it, in the order of arrival.
        versions: Its earlier versions that were told of.
        added, decided, trashed: When it came, was given its status, was put into the trash: UTC in
            ISO 8601, empty when it was not.
    """

    row: PaperRow
    title_source: str
    abstract: str
    abstract_source: str
    authors: tuple[Author, ...]
    author_count: int | None
    categories: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    updated: PartialDate
    venue: str
    remark: str
    license: str
    links: tuple[str, ...]
    counters: Mapping[str, int]
    sources: tuple[SourceRecord, ...]
    added: str
    decided: str = ""
    trashed: str = ""
    versions: tuple[Version, ...] = ()

    @property
    def urls(self) -> tuple[str, ...]:
        """Its pages, the abstract page first."""
        ranked = sorted(self.identifiers, key=lambda one: (one.scheme != ARXIV, one.scheme != DOI))
        return tuple(dict.fromkeys([one.url for one in ranked if one.url] + list(self.links)))


_SOURCE_LABELS = {
    "hf-listing": "HF Daily", "arxiv-listing": "arXiv", "arxiv": "arXiv", "reader": "file",
    "user": "you", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON", "zotero": "Zotero",
    "endnote": "EndNote", "wos": "Web of Science", "refworks": "RefWorks",
    "cff": "CITATION.cff", "huggingface": "HF Daily", "pubmed": "PubMed",
    "europe-pmc": "Europe PMC",
    "semantic-scholar": "Semantic Scholar", "crossref": "Crossref", "datacite": "DataCite",
    "openalex": "OpenAlex", "dblp": "DBLP", "acl": "ACL Anthology", "feed": "feed", "web": "page",
    "read-later": "read later", "markdown": "Markdown", "text": "text", "pdf": "PDF",
}  # fmt: skip


def source_label(source: str) -> str:
    """A kind of source as people call it."""
    return _SOURCE_LABELS.get(source, source)


SAMPLES = "samples/"
"""The origin of what came with the bundled shelf; no file can be called so."""

BYLINE_NAMES = 3


def format_byline(authors: tuple[Author, ...], count: int | None, *, complete: bool) -> str:
    """The authors in a few cells: `Kamb, Ganguli`, `Simon +13`, `14 authors`, `Pan, Erez …`."""
    total = count if count is not None else len(authors) if complete else None
    if not authors:
        return "" if not count else "1 author" if count == 1 else f"{count} authors"
    if total is None:
        return ", ".join(author.family for author in authors[:BYLINE_NAMES]) + " …"
    if total > 2:  # noqa: PLR2004 - two names are both shown
        return f"{authors[0].family} +{total - 1}"
    return ", ".join(author.family for author in authors)
