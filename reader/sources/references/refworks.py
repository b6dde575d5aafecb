"""RefWorks' tagged format: `RT Journal Article`, then a tag and a value a line.

Source: RefWorks' help, "RefWorks tagged format".
"""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import Precision, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import parse_arxiv
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.endnote_kinds import kind_of
from reader.sources.references.ris import number_kind, person
from reader.sources.references.tagged import Grammar, Record, read_records

NAME = "refworks"
LABEL = "RefWorks"
SOURCE = "refworks"

_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*)|())")
_START = re.compile(r"^\ufeff?RT [A-Z][A-Za-z ,/]{2,60}\r?\n(?:[A-Z][A-Z0-9] )", re.MULTILINE)
_DETAILS = {
    "VO": names.VOLUME, "IS": names.ISSUE, "PB": names.PUBLISHER, "PP": names.PLACE,
    "ED": names.EDITION, "T3": names.SERIES, "LA": names.LANGUAGE, "RD": names.ACCESSED,
    "JO": names.SHORT_VENUE, "DB": "database", "ST": "short_title",
}  # fmt: skip
_UNTOLD = ("SR", "DS", "OL")


def recognises(head: str) -> bool:
    """Whether a text has a record that begins with its type."""
    return _START.search(head) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of a file, one line at a time."""
    return read_records(document, context, SOURCE, _GRAMMAR, _entry)


def _parse(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line.rstrip())
    return (found[1], found[2] or "") if found else None


_GRAMMAR = Grammar(
    _parse,
    begins=lambda tag, _open: tag == "RT",
    ends=lambda tag: tag == "ER",
    whole=lambda record: "RT" in record.values,
)


def _entry(record: Record) -> Entry:
    entry = Entry(line=record.line, record=record.number, problems=record.problems)
    entry.kind = kind_of(record.first("RT"))
    record.take(*_UNTOLD)
    entry.title, entry.venue = record.first("T1"), record.first("JF", "T2", "JO")
    entry.abstract = record.first("AB")
    entry.authors = [person(name) for name in record.take("A1")]
    entry.detail(names.EDITOR, pack_names(map(person, record.take("A2"))))
    entry.detail(names.TRANSLATOR, pack_names(map(person, record.take("A4"))))
    year, day = record.first("YR"), record.first("FD")
    dates = [parse_date(text) for text in (day, f"{day} {year}", year)]
    known = [date for date in dates if date.precision is not Precision.NONE
             and date.text.startswith(year)]  # fmt: skip
    entry.published = max(known, key=lambda date: date.precision.rank, default=entry.published)
    if not known:
        entry.detail("year", year)
    pages = filter(None, (record.first("SP"), record.first("OP")))
    entry.detail(names.PAGES, "-".join(pages))
    _identifiers(entry, record)
    words = (word for text in record.take("K1") for word in re.split(r"[;\n]", text))
    entry.tags = [word.strip() for word in words if word.strip()]
    entry.notes += record.take("NO", "U1", "U2", "U3", "U4", "U5")
    for tag, name in _DETAILS.items():
        for value in record.take(tag):
            entry.detail(name, value)
    record.rest(entry)
    return entry


def _identifiers(entry: Entry, record: Record) -> None:
    for text in record.take("DO"):
        entry.take_doi(clean(text))
    for text in record.take("AN"):
        if not entry.identify(parse_arxiv(clean(text))):
            entry.detail("accession", text)
    entry.links(record.take("LK", "UL"))
    for number in record.take("SN"):
        entry.detail(number_kind(number), number)
    entry.detail("id", record.first("ID"))
