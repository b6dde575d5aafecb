"""Papers and their rows: every column of theirs is spelled here, once for each direction."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from reader.library.packing import unpack, unpacked
from reader.library.rows import Image
from reader.library.versions import versions_of
from reader.model.dates import PartialDate, Precision
from reader.model.identifiers import CITEKEY, Identifier
from reader.model.identity import SHORTEST_TITLE, letters_key
from reader.model.merge import Shown, primary_code
from reader.model.names import pack_authors, unpack_authors
from reader.model.paper import (
    Fields,
    Paper,
    PaperRow,
    Priority,
    SourceRecord,
    Status,
    format_byline,
)
from reader.model.record_json import compact, fields_object, fields_value

BULK = "#"
"""How the digest of a bulk record begins."""

_CHUNK = 500
_TAG_SEPARATOR = "\x1f"
_ROW_COLUMNS = """
    p.id, p.citekey, p.title, p.byline, p.published, p.date_precision, p.category, p.status,
    p.starred, p.seen, p.priority, p.comments, p.trashed IS NOT NULL, p.revised,
    (SELECT group_concat(name, char(31)) FROM
      (SELECT name FROM paper_tags JOIN tags ON tags.id = tag WHERE paper = p.id ORDER BY name))
"""


def row_of(values: tuple[Any, ...]) -> PaperRow:
    """The list row of one result of `_ROW_COLUMNS`."""
    (paper, citekey, title, byline, published, precision, category, status, starred, seen,
     priority, comments, trashed, revised, tags) = values  # fmt: skip
    return PaperRow(
        paper, citekey, title, byline, PartialDate(published, Precision(precision)), category,
        Status(status), bool(starred), bool(seen), Priority(priority), comments,
        tuple(tags.split(_TAG_SEPARATOR)) if tags else (), bool(trashed), bool(revised),
    )  # fmt: skip


def rows_by_id(connection: sqlite3.Connection, ids: Sequence[int]) -> list[PaperRow]:
    """The rows of papers, in the order of the ids; those that are gone are left out."""
    found: dict[int, PaperRow] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT {_ROW_COLUMNS} FROM papers p WHERE p.id IN ({marks})"  # noqa: S608 - our own words
        found.update((values[0], row_of(values)) for values in connection.execute(query, chunk))
    return [found[paper] for paper in ids if paper in found]


def abstracts(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The readable abstracts of papers, by id."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        query = f"SELECT paper, abstract, packed FROM texts WHERE paper IN ({marks})"  # noqa: S608 - marks
        rows = connection.execute(query, chunk)
        found.update((paper, unpacked(abstract, packed)) for paper, abstract, packed in rows)
    return found


def get_paper(connection: sqlite3.Connection, paper: int) -> Paper | None:
    """One whole paper; None when it is gone."""
    return next(iter(get_papers(connection, [paper])), None)


def get_papers(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Paper]:
    """Whole papers in the order of the ids; those that are gone are left out."""
    for start in range(0, len(ids), _CHUNK):
        for row in rows_by_id(connection, ids[start : start + _CHUNK]):
            values = connection.execute(
                "SELECT authors, abstract, categories, title_source, abstract_source, packed, "
                "more, author_count, added, decided, trashed FROM texts JOIN papers ON id = paper "
                "WHERE paper = ?",
                (row.id,),
            ).fetchone()
            if values is not None:
                yield _paper(connection, row, values)


def _paper(connection: sqlite3.Connection, row: PaperRow, values: tuple[Any, ...]) -> Paper:
    (authors, abstract, categories, title_source, abstract_source, packed, more, count, added,
     decided, trashed) = values  # fmt: skip
    if packed is not None:
        abstract, abstract_source = unpack(packed)
    told = json.loads(more) if more else {}
    paper = Paper(
        row=row,
        title_source=title_source or "",
        abstract=abstract,
        abstract_source=abstract_source or "",
        authors=unpack_authors(authors),
        author_count=count,
        categories=tuple(categories.split()),
        identifiers=identifiers_of(connection, row.id),
        updated=PartialDate(*_date(told.get("updated"))),
        venue=told.get("venue", ""),
        remark=told.get("remark", ""),
        license=told.get("license", ""),
        links=tuple(told.get("urls", ())),
        counters=told.get("counters", {}),
        sources=(),
        added=added,
        decided=decided,
        trashed=trashed or "",
        versions=tuple(versions_of(connection, row.id)),
    )
    return replace(paper, sources=records_of(connection, row.id, paper))


def texts_of(connection: sqlite3.Connection, paper: int) -> Fields:
    """The authors of a paper and the abstract that was received: the little that tells it apart."""
    row = connection.execute(
        "SELECT authors, abstract, abstract_source, packed FROM texts WHERE paper = ?", (paper,)
    ).fetchone()
    authors, abstract, source, packed = row or ("", "", None, None)
    if packed is not None:
        abstract, source = unpack(packed)
    return Fields(authors=unpack_authors(authors), abstract=source or abstract)


def _date(told: list[str] | None) -> tuple[str, Precision]:
    return (told[0], Precision(told[1])) if told else ("", Precision.NONE)


def identifiers_of(connection: sqlite3.Connection, paper: int) -> tuple[Identifier, ...]:
    """The identifiers of a paper, by scheme."""
    rows = connection.execute(
        "SELECT scheme, value, version FROM identifiers WHERE paper = ? ORDER BY scheme, value",
        (paper,),
    )
    return tuple(Identifier(*row) for row in rows)


def records_of(
    connection: sqlite3.Connection, paper: int, shown: Paper | None = None
) -> tuple[SourceRecord, ...]:
    """What each source said of a paper, in the order of arrival.

    A record of a bulk archive keeps no fields of its own: they are those that the paper shows.
    """
    rows = connection.execute(
        "SELECT source, key, seen_at, origin, fields FROM sources WHERE paper = ? ORDER BY seq",
        (paper,),
    ).fetchall()
    records = []
    for source, key, seen_at, origin, fields in rows:
        if fields.startswith(BULK):
            shown = shown or get_paper(connection, paper)
            told = shown_fields(shown) if shown else Fields()
        else:
            told = fields_value(json.loads(fields))
        records.append(SourceRecord(source, key, seen_at, origin, told))
    return tuple(records)


def shown_fields(paper: Paper) -> Fields:
    """The fields of a paper as if one source had said them all."""
    return Fields(
        title=paper.title_source or paper.row.title,
        abstract=paper.abstract_source or paper.abstract,
        authors=paper.authors,
        author_count=paper.author_count,
        authors_complete=paper.author_count == len(paper.authors),
        published=paper.row.published,
        updated=paper.updated,
        categories=paper.categories,
        identifiers=paper.identifiers,
        venue=paper.venue,
        remark=paper.remark,
        license=paper.license,
        urls=paper.links,
        counters=paper.counters,
    )


# -- storing -----------------------------------------------------------------------------------


@lru_cache(maxsize=8)
def title_hash(title: str) -> int | None:
    """A 64-bit key of a title's letters, for finding equal titles; None for short titles."""
    letters = letters_key(title)
    if len(letters) < SHORTEST_TITLE:
        return None
    digest = hashlib.blake2b(letters.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def paper_columns(shown: Shown) -> Image:
    """The columns of `papers` that follow from what is shown (not place, citekey and state)."""
    complete = shown.author_count == len(shown.authors)
    return {
        "title": shown.title,
        "byline": format_byline(shown.authors, shown.author_count, complete=complete),
        "author_count": shown.author_count,
        "published": shown.published.text,
        "date_precision": shown.published.precision.value,
        "category": primary_code(shown.categories),
        "comments": shown.counters.get("comments", 0),
        "title_key": title_hash(shown.title),
    }


def text_columns(shown: Shown) -> Image:
    """The columns of `texts`."""
    more: dict[str, Any] = {
        "updated": [shown.updated.text, shown.updated.precision.value]
        if shown.updated.text
        else None,
        "venue": shown.venue,
        "remark": shown.remark,
        "license": shown.license,
        "urls": list(shown.urls),
        "counters": shown.counters,
    }
    told = {name: value for name, value in more.items() if value}
    return {
        "authors": pack_authors(shown.authors),
        "abstract": shown.abstract,
        "categories": " ".join(shown.categories),
        "title_source": shown.title_source or None,
        "abstract_source": shown.abstract_source or None,
        "more": compact(told) if told else None,
    }


def source_columns(record: SourceRecord, digest: str = "") -> Image:
    """The columns of `sources` for one record.

    One of a whole archive keeps only its digest: as long as it is the paper's one source, what it
    said is what the paper shows.
    """
    fields = BULK + digest if digest else compact(fields_object(record.fields))
    return {
        "source": record.source,
        "key": record.key,
        "seen_at": record.seen_at,
        "origin": record.origin,
        "fields": fields,
    }


def called(record: SourceRecord, citekey: str) -> SourceRecord:
    """A record that also tells what its paper was called."""
    alias = Identifier(CITEKEY, citekey)
    told = tuple(dict.fromkeys((*record.fields.identifiers, alias)))
    return replace(record, fields=replace(record.fields, identifiers=told))


def papers_with(connection: sqlite3.Connection, identifiers: Iterable[Identifier]) -> list[int]:
    """The papers that have one of these identifiers, in the order of the identifiers."""
    found: dict[int, None] = {}
    for one in identifiers:
        row = connection.execute(
            "SELECT paper FROM identifiers WHERE scheme = ? AND value = ?", (one.scheme, one.value)
        ).fetchone()
        if row:
            found[row[0]] = None
    return list(found)
