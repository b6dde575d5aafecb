"""The arXiv metadata snapshot: JSON lines, one paper each, streamed.

Format: https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

import email.utils
import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from reader.model.dates import UNDATED, PartialDate, Precision, parse_iso
from reader.model.identifiers import Identifier, parse_arxiv, parse_doi
from reader.model.latex import convert
from reader.model.names import parse_names
from reader.model.paper import Author, Fields, PaperDraft
from reader.model.text import clean
from reader.sources.context import Context, Item, content_key, digest
from reader.sources.document import Document
from reader.sources.json_lines import first_object, read_objects

NAME = "snapshot"
LABEL = "an arXiv metadata snapshot"
SOURCE = "arxiv"

_NEW_ID_LENGTH = 4
_CENTURY_TURN = 90
_CREATED = re.compile(r"[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) \d\d:\d\d:\d\d GMT")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

Line = Annotated[str, Field(max_length=20_000)]
Text = Annotated[str, Field(max_length=100_000)]
Parts = Annotated[list[Line], Field(max_length=20)]


class Version(BaseModel):
    """One version of a paper and when it was submitted (RFC 2822)."""

    version: Line = ""
    created: Line = ""


class SnapshotRecord(BaseModel):
    """One line of the snapshot; fields we do not use are let through."""

    model_config = ConfigDict(populate_by_name=True)

    id: Line
    title: Line = Field(min_length=1)
    abstract: Text | None = None
    authors: Text | None = None
    authors_parsed: list[Parts] | None = Field(default=None, max_length=20_000)
    categories: Line | None = None
    comments: Line | None = None
    journal_ref: Line | None = Field(default=None, alias="journal-ref")
    doi: Line | None = None
    license: Line | None = None
    versions: list[Version] | None = Field(default=None, max_length=1_000)
    date: Line | None = None
    update_date: Line | None = None


def recognises(head: str) -> bool:
    """Whether a text begins with lines of the snapshot."""
    value = first_object(head)
    return {"id", "title"} <= set(value) and bool({"abstract", "categories"} & set(value))


def read(document: Document, context: Context) -> Iterator[Item]:
    """The papers of a snapshot, one line at a time, and the lines that are none."""
    return read_objects(document, _validated, lambda told, line: _draft(*told, line, context))


def _validated(text: str) -> tuple[SnapshotRecord, str]:
    """A line, and a short key of all that it says."""
    return SnapshotRecord.model_validate_json(text), digest(text)


def _draft(record: SnapshotRecord, key: str, line: int, context: Context) -> PaperDraft:
    arxiv = parse_arxiv(record.id)
    fields = _fields(record, arxiv)
    if arxiv is None:
        return context.draft(SOURCE, content_key(fields), fields, line)
    return context.draft(SOURCE, arxiv.value, fields, line, key)


def _fields(record: SnapshotRecord, arxiv: Identifier | None) -> Fields:
    authors = _authors(record)
    return Fields(
        title=clean(record.title),
        abstract=clean(record.abstract or ""),
        authors=authors,
        author_count=len(authors) or None,
        authors_complete=bool(authors),
        published=_published(record, arxiv),
        updated=parse_iso(record.update_date or ""),
        categories=tuple(clean(record.categories or "").split()),
        identifiers=_identifiers(record, arxiv),
        venue=clean(record.journal_ref or ""),
        remark=clean(record.comments or ""),
        license=clean(record.license or ""),
    )


def _authors(record: SnapshotRecord) -> tuple[Author, ...]:
    if record.authors_parsed:
        return tuple(filter(None, (_parsed_author(parts) for parts in record.authors_parsed)))
    return parse_names(clean(convert(record.authors or "").text))


def _parsed_author(parts: list[str]) -> Author | None:
    """`[last, first, suffix, affiliation…]` as an author."""
    told = [clean(convert(part).text) if part else "" for part in parts[:3]]
    last, first, suffix = (*told, "", "", "")[:3]
    family = f"{last} {suffix}" if suffix and last else last or suffix
    return Author(family, first, whole=not first) if family else None


def _published(record: SnapshotRecord, arxiv: Identifier | None) -> PartialDate:
    """The day of version 1, else the date given, else the month that the identifier tells."""
    for version in record.versions or ():
        found = _CREATED.fullmatch(version.created)
        if found and found[2] in _MONTHS:
            day, month, year = found.groups()
            return parse_iso(f"{year}-{_MONTHS.index(month) + 1:02}-{int(day):02}")
        parsed = email.utils.parsedate(version.created)
        if parsed:
            return parse_iso(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}")
    if record.date and (date := parse_iso(record.date)) != UNDATED:
        return date
    return _month_of(arxiv) if arxiv else UNDATED


def _month_of(arxiv: Identifier) -> PartialDate:
    digits = arxiv.value.rpartition("/")[2][:_NEW_ID_LENGTH]
    century = "19" if int(digits[:2]) > _CENTURY_TURN else "20"
    return PartialDate(f"{century}{digits[:2]}-{digits[2:]}", Precision.MONTH)


def _identifiers(record: SnapshotRecord, arxiv: Identifier | None) -> tuple[Identifier, ...]:
    named: list[Identifier | None] = [
        Identifier(arxiv.scheme, arxiv.value, max(arxiv.version, len(record.versions or ())))
        if arxiv
        else None
    ]
    named += [parse_doi(part) for part in (record.doi or "").split()]
    return tuple(dict.fromkeys(one for one in named if one))
