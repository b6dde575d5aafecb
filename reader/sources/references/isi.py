"""Web of Science's own export: `FN`, then `PT` to `ER` for each record, `EF`.

Format: https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

import re
from collections.abc import Iterator

from reader.model import details as names
from reader.model.dates import Precision, parse_date
from reader.model.details import pack_names
from reader.model.identifiers import PMID, Identifier, parse_doi
from reader.model.paper import Author
from reader.model.text import clean
from reader.sources.context import Context, Item
from reader.sources.document import Document
from reader.sources.entry import Entry
from reader.sources.references.ris import person
from reader.sources.references.tagged import Grammar, Record, read_records

NAME = "isi"
LABEL = "Web of Science"
SOURCE = "wos"

_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: (.*)|())")
_START = re.compile(r"^\ufeff?(?:FN [^\n]*\nVR |PT [A-Z]\n)", re.MULTILINE)
_DETAILS = {
    "VL": names.VOLUME, "IS": names.ISSUE, "PU": names.PUBLISHER, "PA": names.PLACE,
    "PI": names.PLACE, "J9": names.SHORT_VENUE, "LA": names.LANGUAGE, "SE": names.SERIES,
    "SN": names.ISSN, "BN": names.ISBN, "DT": names.GENRE, "ID": names.KEYWORDS,
    "AR": names.NUMBER,
}  # fmt: skip
_KINDS = {
    "J": names.ARTICLE,
    "B": names.BOOK,
    "S": names.CONFERENCE,
    "C": names.CONFERENCE,
    "P": "patent",
}


def recognises(head: str) -> bool:
    """Whether a text begins like such an export."""
    return _START.search(head[:5_000].replace("\r\n", "\n")) is not None


def read(document: Document, context: Context) -> Iterator[Item]:
    """The records of a file, one line at a time."""
    return read_records(document, context, SOURCE, _GRAMMAR, _entry)


def _parse(line: str) -> tuple[str, str] | None:
    found = _LINE.fullmatch(line.rstrip())
    return (found[1], found[2] or "") if found and found[1] not in ("FN", "VR", "EF") else None


_GRAMMAR = Grammar(
    _parse,
    begins=lambda tag, _open: tag == "PT",
    ends=lambda tag: tag == "ER",
    chrome=lambda line: line[:2] in ("FN", "VR", "EF"),
    end="ER",
)


def _entry(record: Record) -> Entry:
    entry = Entry(line=record.line, record=record.number, problems=record.problems)
    entry.kind = _KINDS.get(record.first("PT"), names.OTHER)
    entry.title, entry.venue = record.first("TI"), record.first("SO")
    entry.abstract = record.first("AB")
    people = record.take("AF")
    short = record.take("AU")
    entry.authors = [person(name) for text in people or short for name in text.split("\n")]
    groups = [name for text in record.take("CA") for name in text.split("\n")]
    entry.authors += [Author(clean(name), whole=True) for name in groups]
    words = [word for text in record.take("DE") for word in text.replace("\n", " ").split(";")]
    entry.tags = [word.strip() for word in words if word.strip()]
    editors = [name for text in record.take("BE", "ED") for name in text.split("\n")]
    entry.detail(names.EDITOR, pack_names(map(person, editors)))
    year, day = record.first("PY"), record.first("PD")
    dated = parse_date(f"{day.capitalize()} {year}")
    entry.published = dated if dated.precision is not Precision.NONE else parse_date(year)
    entry.key = record.first("UT")
    entry.identify(parse_doi(record.first("DI")))
    if pmid := record.first("PM"):
        entry.identify(Identifier(PMID, pmid))
    pages = filter(None, (record.first("BP"), record.first("EP")))
    entry.detail(names.PAGES, "-".join(pages))
    for tag, name in _DETAILS.items():
        for value in record.take(tag):
            entry.detail(name, clean(value))
    record.rest(entry)
    return entry
