"""papis: a folder for each paper with an info.yaml.

Format: https://papis.readthedocs.io/en/latest/info_file.html
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from reader.model import details as names
from reader.model.dates import date_of, month_number, parse_date
from reader.model.identifiers import parse_arxiv
from reader.model.paper import Author
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.json_documents import Loose, Text, Texts, read_objects
from reader.sources.lists.yaml_documents import load_yaml
from reader.sources.references.bibtex_fields import KINDS
from reader.sources.references.bibtex_names import parse_bibtex_names

NAME = "papis"
LABEL = "papis"
SOURCE = "papis"

_KEYS = re.compile(r"^(?:papis_id|author_list|time-added|files|ref):", re.MULTILINE)
_TITLE = re.compile(r"^(?:title|author):", re.MULTILINE)
_DETAILS = {
    "volume": names.VOLUME, "issue": names.ISSUE, "number": names.ISSUE, "pages": names.PAGES,
    "publisher": names.PUBLISHER, "isbn": names.ISBN, "issn": names.ISSN,
    "language": names.LANGUAGE, "abbrev_journal_title": names.SHORT_VENUE, "series": names.SERIES,
    "edition": names.EDITION, "editor": names.EDITOR,
}  # fmt: skip
_SKIPPED = frozenset(["author", "citations", "full_journal_title", "files", "papis_id"])


def _words(value: object) -> object:
    if isinstance(value, str):
        return [word for word in re.split(r"[,;]\s*|\s+", value) if word]
    return value or []


class Person(Loose):
    """An author."""

    given: Text = ""
    given_name: Text = ""
    family: Text = ""
    surname: Text = ""


class Info(Loose):
    """An info.yaml; further keys are kept as details."""

    model_config = {"extra": "allow", "populate_by_name": True}

    papis_id: Text = ""
    type: Text = ""
    ref: Text = ""
    title: Text = ""
    author: Text = ""
    people: list[Person] = Field(default=[], alias="author_list", max_length=20_000)
    year: Text = ""
    month: Text = ""
    date: Text = ""
    journal: Text = ""
    booktitle: Text = ""
    doi: Text = ""
    eprint: Text = ""
    arxiv: Text = ""
    url: Text = ""
    abstract: Text = ""
    tags: Annotated[list[Text], BeforeValidator(_words)] = []
    files: Texts = []
    notes: Texts = []
    added: Text = Field(default="", alias="time-added")


def recognises(head: str) -> bool:
    """Whether a text is an info.yaml."""
    return bool(_KEYS.search(head) and _TITLE.search(head)) and "cff-version" not in head


def read(document: Document, context: Context) -> Iterator[Item]:
    """The paper of a folder."""
    value = load_yaml(document, document.text())
    folder = document.path.parent

    def entry(info: Info) -> Entry:
        made = entry_of(info)
        made.notes = [text for name in info.notes if (text := _note(folder, name))]
        made.files = [str(folder / name) for name in info.files if _inside(folder, name)]
        return made

    return read_objects([value], Info, entry, context, SOURCE)


def entry_of(info: Info) -> Entry:
    """A paper of one info.yaml."""
    entry = Entry(key=info.papis_id or info.ref, citekey=info.ref, title=info.title)
    entry.kind = KINDS.get(info.type.lower(), info.type)
    entry.abstract, entry.venue = info.abstract, info.journal or info.booktitle
    entry.authors = [_person(one) for one in info.people]
    if not entry.authors:
        entry.authors, entry.complete = parse_bibtex_names(info.author)
    entry.published = parse_date(info.date)
    if not entry.published.text and info.year.isdigit():
        entry.published = date_of(int(info.year[:4]), month_number(info.month))
    for text in (info.eprint, info.arxiv):
        entry.identify(parse_arxiv(text))
    entry.take_doi(info.doi)
    entry.link(info.url)
    entry.tags = list(info.tags)
    added = parse_date(info.added.replace("-", "/", 2)) if info.added[:4].isdigit() else None
    entry.added = f"{added.text}T00:00:00Z" if added and added.month_day else ""
    for name, value in (info.model_extra or {}).items():
        if isinstance(value, str | int) and name not in _SKIPPED:
            entry.detail(_DETAILS.get(name, name), str(value))
    return entry


def _person(one: Person) -> Author:
    family, given = one.family or one.surname, one.given or one.given_name
    return Author(family, given, whole=not given)


def _inside(folder: Path, name: str) -> bool:
    return (folder / name).resolve().is_relative_to(folder.resolve())


def _note(folder: Path, name: str) -> str:
    """The text of a note in the folder; nothing when it is not there or leads out of it."""
    path = folder / name
    if not _inside(folder, name) or not path.is_file():
        return ""
    with path.open("rb") as file:
        return file.read(200_000).decode("utf-8", "replace")
