"""A record of a file on its way to a draft: collected in the file's words, cleaned in one place."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from reader.errors import TagNameError
from reader.model.citekey import importable_citekey
from reader.model.dates import UNDATED, PartialDate
from reader.model.details import PAGES
from reader.model.identifiers import (
    ARXIV,
    Identifier,
    is_short_doi,
    parse_arxiv,
    parse_doi,
    parse_link,
)
from reader.model.merge import identifying_title
from reader.model.paper import (
    Author,
    Fields,
    PaperDraft,
    Priority,
    Rejected,
    SourceRecord,
    Status,
    UserState,
)
from reader.model.tags import parse_tag
from reader.model.text import clean, clean_lines
from reader.sources.context import RAW_LENGTH, Context, content_key
from reader.sources.markup import literal_braces, untagged

MOST_AUTHORS = 20_000
LONGEST_LINE, LONGEST_TEXT = 20_000, 200_000
MOST_TAGS, MOST_VALUES = 500, 1_000
"""What one record may have of each; more is cut off and reported."""

_WITHOUT_TEX = frozenset(
    "ris csl zotero endnote wos refworks pubmed crossref europe-pmc cff read-later".split()
)
"""Sources whose titles and abstracts are plain text by their formats."""

_MOST_COUNTED = 10**15
_NO_PAPER = "nothing in it names a paper: no title and no identifier"
_PAGE_TITLE = re.compile(r"\s*\[([a-z-]+/\d{7}|\d{4}\.\d{4,5}(?:v\d+)?)\]\s+(?=\S)")
_DASHES = re.compile("\N{EN DASH}|\N{MINUS SIGN}|--+")
_UNTAGGABLE = re.compile(r"^[-+\s]+|,")


@dataclass(slots=True)
class Entry:
    """What one record of a file tells.

    Attributes:
        line, record: Where it stands, 1-based; 0 where that has no meaning.
        key: Its own key in the file, stable when it is imported again.
        stand_in: What a record without title and identifiers is called.
        complete: Whether `authors` are all.
        tags, status, starred, priority, seen, citekey, added: What the user made of it.
        problems: What of it was not understood: field, reason and the text.
    """

    line: int = 0
    record: int = 0
    key: str = ""
    title: str = ""
    stand_in: str = ""
    abstract: str = ""
    authors: list[Author] = field(default_factory=list)
    complete: bool = True
    author_count: int | None = None
    published: PartialDate = UNDATED
    updated: PartialDate = UNDATED
    kind: str = ""
    venue: str = ""
    remark: str = ""
    license: str = ""
    details: dict[str, str] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    identifiers: list[Identifier] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counters: dict[str, int] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    status: Status = Status.UNREAD
    starred: bool = False
    seen: bool = False
    priority: Priority = Priority.NONE
    citekey: str = ""
    added: str = ""
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    def identify(self, identifier: Identifier | None) -> bool:
        """Take an identifier, when it is one; whether it was."""
        if identifier is not None:
            self.identifiers.append(identifier)
        return identifier is not None

    def take_doi(self, text: str) -> None:
        """Take what should be a DOI: one that is none is kept as a detail and told of."""
        if text.strip() and not self.identify(parse_doi(text)):
            if not is_short_doi(text):
                self.complain("doi", "not a DOI", text)
            self.detail("doi", text)

    def link(self, url: str) -> None:
        """Take a link: the identifier that it stands for, else the link itself."""
        url = clean(url)
        if url and not self.identify(parse_link(url)):
            self.urls.append(url)

    def links(self, texts: Iterable[str]) -> None:
        """Take the links of texts that have nothing else."""
        for url in " ".join(texts).split():
            self.link(url)

    def detail(self, name: str, value: str) -> None:
        """Take a detail; a second value of one name is put behind the first."""
        value = clean(value)
        if value and (known := self.details.get(name)) and known != value:
            value = f"{known}; {value}"
        if value:
            self.details[name] = value

    def complain(self, about: str, reason: str, text: str) -> None:
        """Note that something of the record was not understood."""
        self.problems.append((about, reason, text))

    # -- out -------------------------------------------------------------------------------

    def items(self, context: Context, source: str) -> Iterator[PaperDraft | Rejected]:
        """The draft, and what of the record was not understood."""
        if source in _WITHOUT_TEX:
            self.title, self.abstract = map(literal_braces, (self.title, self.abstract))
        fields = self._fields()
        user = self._user()
        for about, reason, text in self.problems:
            yield Rejected(self.line, reason, clean(text)[:RAW_LENGTH], self.record, about)
        if not identifying_title(fields):
            raw = clean(" ".join([*self.details.values(), *self.notes]))[:RAW_LENGTH]
            yield Rejected(self.line, _NO_PAPER, raw, self.record, "title")
            return
        key = clean(self.key)[:LONGEST_LINE] or content_key(fields)
        record = SourceRecord(source, key, context.seen_at, context.origin, fields)
        yield PaperDraft((record,), user, self.line or self.record)

    def _fields(self) -> Fields:
        authors = self._authors()
        title = self._line("title", self._without_id(untagged(self.title)))
        identifiers = _unique(self.identifiers)
        return Fields(
            title=title if title or identifiers else self._line("title", self.stand_in),
            abstract=self._text("abstract", untagged(self.abstract)),
            authors=authors,
            author_count=self._count(authors),
            authors_complete=bool(authors) and self.complete,
            published=self.published,
            updated=self.updated,
            categories=self._lines("categories", self.categories),
            identifiers=identifiers,
            venue=self._line("venue", untagged(self.venue)),
            remark=self._line("remark", self.remark),
            license=self._line("license", self.license),
            urls=self._lines("urls", self.urls),
            counters={name: n for name, n in self.counters.items() if abs(n) < _MOST_COUNTED},
            kind=self.kind,
            details=self._details(),
            notes=tuple(self._text("notes", note) for note in self.notes[:MOST_VALUES] if note),
            files=self._lines("files", self.files),
        )

    def _without_id(self, title: str) -> str:
        """A title as arXiv's pages are called, `[1706.03762] Attention`: the id is taken off."""
        found = _PAGE_TITLE.match(title)
        return title[found.end() :] if found and self.identify(parse_arxiv(found[1])) else title

    def _details(self) -> dict[str, str]:
        if PAGES in self.details:
            self.details[PAGES] = _DASHES.sub("-", self.details[PAGES])
        told = ((clean(name), self._line(name, text)) for name, text in self.details.items())
        return {name: text for name, text in told if name and text}

    def _authors(self) -> tuple[Author, ...]:
        people = (_cleaned(one) for one in self.authors[:MOST_AUTHORS])
        if len(self.authors) > MOST_AUTHORS:
            reason = f"more authors than the limit of {MOST_AUTHORS:,}: the first are kept"
            self.complain("authors", reason, f"{len(self.authors):,} authors")
            self.author_count, self.complete = len(self.authors), False
        return tuple(one for one in people if one.family)

    def _count(self, authors: tuple[Author, ...]) -> int | None:
        if self.author_count is not None:
            return max(self.author_count, len(authors))
        return len(authors) if authors and self.complete else None

    def _line(self, about: str, text: str) -> str:
        return self._cut(about, clean(text), LONGEST_LINE)

    def _text(self, about: str, text: str) -> str:
        return self._cut(about, clean_lines(text), LONGEST_TEXT)

    def _cut(self, about: str, text: str, limit: int) -> str:
        if len(text) > limit:
            self.complain(about, f"longer than the limit of {limit:,} characters: cut", text)
        return text[:limit]

    def _lines(self, about: str, texts: Iterable[str]) -> tuple[str, ...]:
        lines = (self._line(about, text) for text in texts)
        return tuple(dict.fromkeys(filter(None, lines)))[:MOST_VALUES]

    def _user(self) -> UserState | None:
        state = UserState(
            status=self.status,
            starred=self.starred,
            seen=self.seen or self.status not in (Status.UNREAD, Status.LATER),
            priority=self.priority,
            tags=self._tags(),
            citekey=importable_citekey(self.citekey.strip()),
            added=self.added,
        )
        return state if state != UserState() else None

    def _tags(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for text in self.tags:
            try:
                names[parse_tag(_UNTAGGABLE.sub(" ", text))] = None
            except TagNameError as error:
                self.complain("tags", error.reason, text)
        return tuple(names)[:MOST_TAGS]


def _cleaned(author: Author) -> Author:
    family, given = clean(author.family), clean(author.given)
    if not family:
        return Author(given, whole=True)
    return Author(family[:LONGEST_LINE], given[:LONGEST_LINE], whole=author.whole)


def _unique(identifiers: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """Each identifier once, arXiv ids with the latest version that was named."""
    best: dict[tuple[str, str], Identifier] = {}
    for one in identifiers:
        value = clean(one.value)
        known = best.get((one.scheme, value))
        version = max(one.version, known.version if known else 0)
        best[one.scheme, value] = replace(one, value=value, version=version)
    return tuple(sorted(best.values(), key=lambda one: one.scheme != ARXIV))
