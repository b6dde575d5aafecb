"""What read-later services and bookmark managers export: tables and JSON of links.

Columns are found by their names in any order: Pocket, Instapaper, Readwise Reader, Raindrop,
Omnivore, wallabag and Delicious among them. Readwise's highlights are notes of the page they mark.
"""

import csv
import datetime as dt
import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.details import pack_names
from reader.model.identifiers import PMID, Identifier, parse_arxiv
from reader.model.names import parse_people
from reader.model.paper import Rejected, Status
from reader.sources.context import Context, Item
from reader.sources.document import LONGEST_LINE, Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, load, members, read_objects
from reader.sources.markup import plain
from reader.sources.references.endnote_kinds import kind_of
from reader.sources.zotero.extra import take_extra
from reader.sources.zotero.items import KINDS

NAME = "read-later"
LABEL = "a read-later export"
SOURCE = "read-later"

_NAMES = {
    "title": "title", "url": "url", "link": "url", "href": "url", "book title": "title",
    "tags": "tags", "document tags": "tags", "labels": "tags", "folder": "folder",
    "status": "state", "state": "state", "location": "state", "time_added": "added",
    "timestamp": "added", "saved date": "added", "savedat": "added", "created": "added",
    "created_at": "added", "author": "author", "book author": "author", "authors": "author",
    "reading progress": "progress", "readingprogress": "progress", "selection": "note",
    "highlight": "highlight", "note": "note", "description": "summary", "excerpt": "summary",
    "is_starred": "starred", "is_archived": "archived", "favorite": "starred",
    "published_at": "published", "publishedat": "published", "abstract": "summary",
    "arxiv_id": "arxiv", "arxiv id": "arxiv", "eprint": "arxiv", "year": "published",
    "publication year": "published", "date": "dated", "publication title": "venue",
    "journal": "venue", "source title": "venue", "booktitle": "venue", "abstract note": "summary",
    "manual tags": "tags", "keywords": "tags", "author keywords": "tags", "pmid": "pmid",
    "pubmed id": "pmid", "citation key": "citekey", "document title": "title", "isbns": "isbn",
    "start page": "first_page", "page start": "first_page", "end page": "last_page",
    "page end": "last_page", "art. no.": "number", "item type": "kind", "document type": "kind",
    "journal abbreviation": names.SHORT_VENUE, "automatic tags": names.KEYWORDS,
    "index keywords": names.KEYWORDS, "file attachments": "files", "cited by": "citations",
    "document identifier": "kind", "eid": "scopus_id", "extra": "extra",
    "notes": "note", "article citation count": "citations",
}  # fmt: skip
_TELLING = frozenset(["url", "highlight", "doi", "arxiv", "pmid"])
_FORMULA = re.compile(r"^'(?=[=+@\t\r-])")
"""The mark of a cell that a spreadsheet should not compute."""
_ENDS = ("et al.", "et al", "and others", "\u2026")
_NOTHING = re.compile(r"\[No [a-z ]{1,40} available\]")  # as Scopus says it
_WHOLE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DETAILS = (
    names.VOLUME, names.ISSUE, names.NUMBER, names.PUBLISHER, names.ISSN, names.ISBN,
    names.LANGUAGE, names.PLACE, names.EDITION, names.SERIES, names.KEYWORDS, names.SHORT_VENUE,
    "scopus_id", "type", "translator",
)  # fmt: skip
_ARTICLES = ("Article", "Review", "Letter", "Editorial", "Note", "Short Survey", "Article in Press")
_RENAMED = {"type": names.GENRE}
_READ = ("archive", "archived", "read", "done", "finished")
_OURS = {status.word: status for status in Status}
_LATER = ("later", "shortlist", "new", "unread", "inbox", "succeeded")
_READ_FROM = 0.95
_DIALECTS = ",;\t"


def recognises(head: str) -> bool:
    """Whether a text is a table or a JSON document of links."""
    if found := {name.lower() for name in members(head)}:
        return "url" in found and bool(found & {"title", "given_title"}) and bool(
            found & {"readingprogress", "savedat", "is_archived", "tags", "time_added", "labels"}
        )  # fmt: skip
    columns = _columns(head)
    told = set(columns or ())
    return "title" in told and bool(_TELLING & told or {"author", "published"} <= told)


def _columns(head: str) -> list[str] | None:
    """Our names for the columns of a table; None when its first line names none."""
    first = head.lstrip("\ufeff").partition("\n")[0].strip()
    if len(first) > len(_NAMES) * 40 or "<" in first:
        return None
    delimiter = max(_DIALECTS, key=first.count)
    try:
        row = next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return None
    known = [_NAMES.get(name.strip().lower(), name.strip().lower()) for name in row]
    return known if len(row) > 1 else None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The links of an export, those that name a paper as that paper."""
    if members(document.head):
        yield from read_objects(_objects(document), Link, entry_of, context, SOURCE)
        return
    columns = _columns(document.head) or []
    lines = (line for _, line in document.lines())
    delimiter = max(_DIALECTS, key=document.head.partition("\n")[0].count)
    csv.field_size_limit(LONGEST_LINE)
    rows = csv.reader(lines, delimiter=delimiter)
    next(rows, None)
    try:
        yield from read_objects(_told(rows, columns), Link, entry_of, context, SOURCE)
    except csv.Error as error:
        yield Rejected(rows.line_num, f"no row of a table: {error}")


def _told(rows: Iterator[list[str]], columns: list[str]) -> Iterator[dict[str, object]]:
    """The rows as objects; highlights of one page come together."""
    pages: dict[str, dict[str, object]] = {}
    for row in rows:
        told: dict[str, object] = {}
        for name, cell in zip(columns, row, strict=False):
            value = _FORMULA.sub("", cell)
            fuller = name == "published" and len(value) > len(str(told.get(name, "")))
            told[name] = value if fuller else told.get(name) or value
        if "highlight" not in columns:
            if any(value.strip() for value in row):
                yield told
            continue
        page = pages.setdefault(str(told.get("url") or told.get("title")), {**told, "notes": []})
        texts = (str(told.get(name) or "") for name in ("highlight", "note"))
        page["notes"].append("\n".join(filter(None, texts)))  # type: ignore[attr-defined] # a list
        page.pop("note", None)
    yield from pages.values()


def _objects(document: Document) -> list[object]:
    value = load(document)
    if isinstance(value, dict):
        value = value.get("list", value.get("bookmarks", [value]))
        value = list(value.values()) if isinstance(value, dict) else value
    return [_renamed(one) for one in value]


def _renamed(value: object) -> object:
    if not isinstance(value, dict):
        return value
    told: dict[str, object] = {}
    for name, one in value.items():
        ours = _NAMES.get(str(name).lower(), str(name).lower())
        told[ours] = told.get(ours) or one
    return told


class Link(Loose):
    """One saved page."""

    title: Text = ""
    url: Text = ""
    author: Text | Texts = ""
    tags: Text | Texts = ""
    folder: Text = ""
    state: Text = ""
    added: Text = ""
    progress: Text = ""
    summary: Text = ""
    published: Text = ""
    dated: Text = ""
    note: Text = ""
    notes: Texts = []
    starred: Text | bool = ""
    venue: Text = ""
    doi: Text = ""
    arxiv: Text = ""
    pmid: Text = ""
    citekey: Text = ""
    volume: Text = ""
    issue: Text = ""
    pages: Text = ""
    first_page: Text = ""
    last_page: Text = ""
    number: Text = ""
    publisher: Text = ""
    issn: Text = ""
    isbn: Text = ""
    language: Text = ""
    archived: Text | bool = ""
    kind: Text = ""
    extra: Text = ""
    files: Text = ""
    citations: Text = ""
    editor: Text = ""
    place: Text = ""
    edition: Text = ""
    series: Text = ""
    keywords: Text = ""
    short_venue: Text = ""
    scopus_id: Text = ""
    type: Text = ""
    translator: Text = ""


def entry_of(link: Link) -> Entry:
    """A paper of one saved page."""
    entry = Entry(key=link.citekey or link.url, title=link.title)
    entry.abstract = "" if _NOTHING.fullmatch(link.summary) else link.summary
    for part in link.url.split():
        entry.link(part)
    authors = link.author if isinstance(link.author, str) else "; ".join(link.author)
    authors = _NOTHING.sub("", authors)
    told = authors.rstrip()
    end = next((one for one in _ENDS if told.lower().endswith(one)), "")
    entry.authors = list(parse_people(told.removesuffix(told[-len(end) :] if end else "")))
    entry.complete = not end
    _cited(entry, link)
    entry.published = parse_date(link.dated or link.published)
    if not entry.published.text:
        entry.detail("year", link.dated or link.published)  # such as: in press
    entry.tags = _tags(link.tags)
    entry.notes = [plain(note) for note in (*link.notes, link.note)]
    entry.added = _moment(link.added)
    states = [link.state.lower(), link.folder.lower()]
    if link.kind and link.citekey and states[0] in _OURS:
        entry.status = _OURS[states[0]]
    elif any(state in _READ for state in states) or _is_read(link):
        entry.status = Status.READ
    elif any(state in _LATER for state in states):
        entry.status = Status.LATER
    elif link.folder and link.folder.lower() != "starred":
        entry.tags.append(link.folder)
    entry.starred = _truth(link.starred) or "starred" in states
    return entry


def _cited(entry: Entry, link: Link) -> None:
    """What tables of references tell besides, such as Zotero's."""
    entry.venue, entry.citekey, entry.kind = link.venue, link.citekey, _kind(link.kind)
    for part in link.doi.split():
        entry.take_doi(part)
    entry.identify(parse_arxiv(link.arxiv) or parse_arxiv(link.number))
    entry.identify(Identifier(PMID, link.pmid) if link.pmid.isdigit() else None)
    pages = "-".join(filter(None, (link.first_page, link.last_page)))
    entry.detail("pages", link.pages or pages)
    for name in _DETAILS:
        entry.detail(_RENAMED.get(name, name), getattr(link, name))
    entry.detail(names.EDITOR, pack_names(parse_people(link.editor)))
    entry.files = [file.strip() for file in link.files.split(";") if file.strip()]
    take_extra(entry, link.extra)
    if link.citations.isdigit():
        entry.counters["citations"] = int(link.citations)


def _kind(told: str) -> str:
    """The kind of work by what tables call it: Zotero's types, Scopus's and IEEE's words, ours."""
    if told in _ARTICLES:
        return names.ARTICLE
    known = KINDS.get(told) or kind_of(told)
    return told if known == names.OTHER else known


def _tags(told: str | list[str]) -> list[str]:
    words = re.split(r"[|,;]", told) if isinstance(told, str) else told
    return [word.strip(" []\"'") for word in words if word.strip(" []\"'")]


def _truth(value: str | bool) -> bool:  # noqa: FBT001 - a value, not a switch
    return value is True or str(value).lower() in ("1", "true", "yes")


def _is_read(link: Link) -> bool:
    try:
        progress = float(link.progress.rstrip("%") or 0)
    except ValueError:
        progress = 0.0
    share = progress / 100 if progress > 1 else progress
    return _truth(link.archived) or share >= _READ_FROM


def _moment(text: str) -> str:
    """When it was saved, in UTC: seconds since 1970 or a date; nothing when it is neither."""
    if text.isdigit() and len(text) == len("1600322788"):
        return dt.datetime.fromtimestamp(int(text), dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if _WHOLE_TIME.fullmatch(text):
        return text
    date = parse_date(text)
    return f"{date.text}T00:00:00Z" if date.month_day else ""
