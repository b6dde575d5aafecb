"""EndNote's tagged export (.enw, refer): `%T` lines.

Format: https://en.wikipedia.org/wiki/EndNote
"""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import Precision, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import parse_arxiv, parse_doi
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.endnote_kinds import kind_of
from reader.sources.references.ris import number_kind, person
from reader.sources.references.tagged import Grammar, Record, read_records

NAME = "enw"
LABEL = "EndNote (.enw)"
SOURCE = "endnote"

_LINE = re.compile(r"\ufeff?%([!-~])(?:\s(.*)|())")
_START = re.compile(r"^\ufeff?%(?:0|T|A)(?:\s|$)", re.MULTILINE)
_DETAILS = {
    "V": names.VOLUME, "N": names.ISSUE, "P": names.PAGES, "I": names.PUBLISHER, "C": names.PLACE,
    "7": names.EDITION, "S": names.SERIES, "9": names.GENRE, "G": names.LANGUAGE,
    "[": names.ACCESSED, "W": "database", "~": "database",
}  # fmt: skip


def recognises(head: str) -> bool:
    """Whether a text begins with such lines."""
    return head.lstrip("\ufeff \n").startswith("%") and _START.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of a file, one line at a time."""
    return read_records(document, context, SOURCE, _GRAMMAR, _entry)


def _parse(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line)
    return (found[1], found[2] or "") if found else None


def _begins(tag: str, record: Record | None) -> bool:
    return record is None or (tag == "0" and set(record.values) != {"0"})


_GRAMMAR = Grammar(_parse, _begins, whole=lambda record: "0" in record.values)


def _entry(record: Record) -> Entry:
    entry = Entry(line=record.line, record=record.number, problems=record.problems)
    entry.kind = kind_of((record.take("0") or [""])[-1])
    entry.title = record.first("T", "!")
    entry.venue = record.first("J", "B") or record.first("S")
    entry.stand_in = entry.venue
    entry.abstract = "\n".join(record.take("X"))
    entry.authors = [person(name) for name in record.take("A")]
    entry.detail(names.EDITOR, pack_names(person(name) for name in record.take("E", "Y")))
    entry.detail(names.TRANSLATOR, pack_names(person(name) for name in record.take("?")))
    day, year = record.first("8"), record.first("D")
    dates = [parse_date(text) for text in (day, f"{day} {year}", year) if text.strip()]
    known = [date for date in dates if date.precision is not Precision.NONE]
    if not known:
        entry.detail("year", year)  # such as: in press
    entry.published = max(known, key=lambda date: date.precision.rank, default=entry.published)
    _identifiers(entry, record)
    for words in record.take("K"):
        entry.tags += re.split(r"\n|;\s*|,\s+", words)
    entry.tags = [word for word in entry.tags if word.strip()]
    entry.notes += record.take("Z", "O")
    for tag, name in _DETAILS.items():
        for value in record.take(tag):
            entry.detail(name, value)
    record.rest(entry)
    return entry


def _identifiers(entry: Entry, record: Record) -> None:
    for text in record.take("R", "M"):
        value = clean(text)
        if not entry.identify(parse_doi(value) or parse_arxiv(value)):
            entry.detail("accession", value)
    entry.links(record.take("U"))
    for number in record.take("@"):
        entry.detail(number_kind(number), number)
    entry.files = [clean(file) for file in record.take(">")]
    key = record.first("F")
    entry.key = entry.citekey = key
