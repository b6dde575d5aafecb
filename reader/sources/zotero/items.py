"""Zotero items as papers; the same fields come from its database, its API and Better BibTeX JSON.

Fields and types: https://api.zotero.org/schema
"""

import re
from typing import Any

from pydantic import Field

from reader.model import details as names
from reader.model.dates import parse_date
from reader.model.details import pack_names
from reader.model.identifiers import parse_arxiv
from reader.model.paper import Author
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text
from reader.sources.markup import plain, plain_line
from reader.sources.zotero.extra import take_extra

SOURCE = "zotero"

NOT_PAPERS = frozenset(["attachment", "note", "annotation"])
"""Types of items that belong to others."""

KINDS = {
    "journalArticle": names.ARTICLE, "preprint": names.PREPRINT, "book": names.BOOK,
    "conferencePaper": names.CONFERENCE, "bookSection": names.CHAPTER, "thesis": names.THESIS,
    "report": names.REPORT, "webpage": names.WEBPAGE, "manuscript": "manuscript",
    "magazineArticle": "article-magazine", "newspaperArticle": "article-newspaper",
    "patent": "patent", "computerProgram": names.SOFTWARE, "dataset": names.DATASET,
    "standard": "standard", "blogPost": "post-weblog", "encyclopediaArticle": "entry-encyclopedia",
    "dictionaryEntry": "entry-dictionary", "presentation": "speech", "statute": "legislation",
    "case": "legal_case", "document": names.OTHER, "letter": "personal_communication",
    "film": "motion_picture", "videoRecording": "motion_picture", "map": "map",
}  # fmt: skip
"""Kinds of works by type of item."""

_VENUES = ("publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle",
           "dictionaryTitle", "blogTitle", "websiteTitle", "conferenceName")  # fmt: skip
_DETAILS = {
    "volume": names.VOLUME, "issue": names.ISSUE, "pages": names.PAGES, "place": names.PLACE,
    "publisher": names.PUBLISHER, "series": names.SERIES, "edition": names.EDITION,
    "ISBN": names.ISBN, "ISSN": names.ISSN, "language": names.LANGUAGE,
    "university": names.INSTITUTION, "institution": names.INSTITUTION,
    "journalAbbreviation": names.SHORT_VENUE,
    "reportNumber": names.NUMBER, "number": names.NUMBER, "thesisType": names.GENRE,
    "reportType": names.GENRE, "type": names.GENRE, "accessDate": names.ACCESSED,
    "shortTitle": "short_title", "libraryCatalog": "database",
}  # fmt: skip
_SKIPPED = frozenset(
    "key version itemKey itemID uri select relations collections dateModified libraryID "
    "parentItem mimeType charset linkMode md5 mtime filename inPublications".split()
)
_STARS = re.compile("[\u2605\u2b50]")


class Creator(Loose):
    """A person or, with a single name, a group."""

    role: Text = Field(default="author", alias="creatorType")
    first: Text = Field(default="", alias="firstName")
    last: Text = Field(default="", alias="lastName")
    name: Text = ""

    def value(self) -> Author:
        """The author."""
        family, given = plain_line(self.last), plain_line(self.first)
        if self.name or not family:
            return Author(plain_line(self.name) or given, whole=True)
        return Author(family, given, whole=not given)


class Tagged(Loose):
    """A tag; type 1 was put there by a program."""

    tag: Text = ""
    type: int = 0


class Attachment(Loose):
    """A file or a link of an item."""

    path: Text = ""
    title: Text = ""
    url: Text = ""


class Note(Loose):
    """A child note; HTML."""

    note: Text = ""


class ZoteroItem(Loose):
    """One item; further fields are kept as details by their name."""

    model_config = {"extra": "allow", "populate_by_name": True}

    item_type: Text = Field(alias="itemType")
    title: Text = ""
    creators: list[Creator] = Field(default=[], max_length=200_000)
    abstract: Text = Field(default="", alias="abstractNote")
    date: Text = ""
    doi: Text = Field(default="", alias="DOI")
    url: Text = ""
    extra: Text | dict[str, Text] | list[Text] = ""
    rights: Text = ""
    archive_id: Text = Field(default="", alias="archiveID")
    citekey: Text = Field(default="", alias="citationKey")
    added: Text = Field(default="", alias="dateAdded")
    tags: list[Tagged | Text] = Field(default=[], max_length=10_000)
    notes: list[Note | Text] = Field(default=[], max_length=10_000)
    attachments: list[Attachment] = Field(default=[], max_length=10_000)


def entry_of(item: ZoteroItem, key: str, collections: list[str]) -> Entry | None:
    """A paper of one item with the tags of its collections.

    A note or a file that belongs to no work is one without a title, None when it is empty.
    """
    if item.item_type in NOT_PAPERS:
        return _alone(item)
    rest: dict[str, Any] = dict(item.model_extra or {})
    entry = Entry(key=key, kind=KINDS.get(item.item_type, item.item_type), citekey=item.citekey)
    entry.title, entry.abstract = plain_line(item.title), plain(item.abstract)
    entry.published = parse_date(item.date)
    if item.date and entry.published.text != item.date:
        entry.detail("date" if entry.published.text else "year", item.date)
    entry.license = item.rights
    entry.added = item.added if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", item.added) else ""
    for name in _VENUES:
        text = rest.pop(name, "")
        if isinstance(text, str) and text and not entry.venue:
            entry.venue = plain_line(text)
        elif isinstance(text, str):
            entry.detail(name, text)
    entry.stand_in = str(rest.get("caseName") or rest.get("nameOfAct") or rest.get("subject") or "")
    _people(entry, item)
    _identifiers(entry, item)
    _belongings(entry, item, collections)
    for name, value in rest.items():
        if isinstance(value, str | int) and value and name not in _SKIPPED:
            entry.detail(_DETAILS.get(name, name), str(value))
    return entry


def _alone(item: ZoteroItem) -> Entry | None:
    told = {"title": item.title, **(item.model_extra or {})}
    texts = [str(told.get(name) or "") for name in ("note", "title", "path", "url", "filename")]
    text = next(filter(None, map(plain, texts)), "")
    return Entry(notes=[f"{item.item_type}: {text}"]) if text else None


def _people(entry: Entry, item: ZoteroItem) -> None:
    roles: dict[str, list[Author]] = {}
    for one in item.creators:
        roles.setdefault(one.role, []).append(one.value())
    first = next((role for role in ("author", "inventor", "programmer", "presenter", "artist",
                                    "director", "cartographer") if role in roles), "")  # fmt: skip
    entry.authors = roles.pop(first, [])
    for role, people in roles.items():
        entry.detail(role, pack_names(people))


def _identifiers(entry: Entry, item: ZoteroItem) -> None:
    entry.take_doi(item.doi)
    if item.archive_id and not entry.identify(parse_arxiv(item.archive_id)):
        entry.detail("archiveID", item.archive_id)
    take_extra(entry, _lines(item.extra))
    if entry.venue.lower().startswith("arxiv"):
        entry.identify(parse_arxiv(entry.venue.split(" ")[0]))
        entry.kind, entry.venue = names.PREPRINT, ""
    entry.link(item.url)


def _lines(extra: str | dict[str, str] | list[str]) -> str:
    """The Extra field, which Better BibTeX also writes as a list or by its keys."""
    if isinstance(extra, dict):
        extra = [f"{name}: {value}" for name, value in extra.items()]
    return extra if isinstance(extra, str) else "\n".join(extra)


def _belongings(entry: Entry, item: ZoteroItem, collections: list[str]) -> None:
    for one in item.tags:
        name = one if isinstance(one, str) else one.tag
        if isinstance(one, Tagged) and one.type == 1:
            entry.detail(names.KEYWORDS, name)
        elif _STARS.fullmatch(name.strip()):
            entry.starred = True
        elif name.strip().lower() in ("/unread", "unread"):
            entry.tags.append(name.strip("/"))
        elif name.strip():
            entry.tags.append(name)
    entry.tags += [f"zotero/{name}" for name in collections]
    entry.notes += [plain(one if isinstance(one, str) else one.note) for one in item.notes]
    for file in item.attachments:
        if path := file.path or file.url:
            entry.files.append(path)


def collection_path(key: str, parents: dict[str, tuple[str, str]]) -> str:
    """The name of a collection behind those above it, by `/`."""
    path: list[str] = []
    while key in parents and len(path) < len("abcdefgh"):
        name, key = parents[key]
        path.insert(0, name.replace("/", "-").strip() or "-")
    return "/".join(path)
